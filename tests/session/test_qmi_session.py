# SPDX-License-Identifier: GPL-2.0-or-later
"""Data sessions over QMI: what is asked, calls that are not ours, and nothing left behind."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface

import pytest
import trio

from qmiprobe.errors import NoAnswer
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi.services import wds
from qmiprobe.qmi.services._shared import Error
from qmiprobe.session import (
    Auth,
    SessionRefused,
    SessionRequest,
    find_qmi_session,
    open_qmi_session,
)
from qmiprobe.session._qmi import Mux
from tests.device.scripted import After, ScriptedQmi, Silent, opened_qmi
from tests.session.qmi_modem import (
    family_of,
    healthy,
    settings_v4,
    settings_v6,
    stopped_handles,
    try_session,
)

pytestmark = pytest.mark.autojump
V4, V6 = SessionRequest(families=(4,)), SessionRequest(families=(6,))


class Own(Exception):
    """Something that goes wrong in a caller's block."""


async def test_both_families_come_up_each_with_its_client_and_go_down_in_reverse():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        async with open_qmi_session(device, SessionRequest()) as session:
            assert session.owner == "qmiprobe"
            assert session.refusals == ()
            assert len(modem.held) == 2
            assert modem.count(wds.StopNetwork) == 0
        v4, v6 = session.families
        assert v4.interface == IPv4Interface("10.64.1.2/30")
        assert v4.gateway == IPv4Address("10.64.1.1")
        assert v4.dns == (IPv4Address("192.0.2.53"), IPv4Address("192.0.2.54"))
        assert v4.mtu == 1430
        assert v6.interface == IPv6Interface("2001:db8:1::2/64")
        assert v6.gateway == IPv6Address("2001:db8:1::3")
        assert v6.dns == (IPv6Address("2001:db8::53"),)
        assert v6.mtu == 1420
        assert stopped_handles(modem) == [6, 4]
        assert modem.held == []
        assert device.observed.anomalies == []


@pytest.mark.parametrize(
    ("auth", "user", "asked"),
    [
        (None, "", None),
        (None, "user", 3),
        ("none", "user", 0),
        ("pap", "user", 1),
        ("chap", "", 2),
        ("both", "", 3),
    ],
)
async def test_user_and_password_are_told_in_the_way_that_is_wanted(
    auth: Auth | None, user: str, asked: int | None
):
    async with opened_qmi() as (device, modem):
        healthy(modem)
        await try_session(device, SessionRequest(families=(4,), user=user, auth=auth))
        (start,) = modem.bodies(wds.StartNetwork)
        assert isinstance(start, wds.StartNetwork)
        assert start.authentication_preference == asked


async def test_each_client_is_bound_to_the_mux_id_before_its_call_is_started():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.BindMuxDataPort, wds.BindMuxDataPortResponse())
        async with open_qmi_session(device, SessionRequest(), mux=Mux(7, (2, 4))):
            pass
        order = [type(one.body) for one in modem.requests if one.header.service == 1]
        for kind in (wds.BindMuxDataPort, wds.SetIpFamily, wds.StartNetwork):
            assert order.count(kind) == 2
        assert order.index(wds.BindMuxDataPort) < order.index(wds.StartNetwork)
        bind = modem.bodies(wds.BindMuxDataPort)[0]
        assert isinstance(bind, wds.BindMuxDataPort)
        assert bind.mux_id == 7
        assert bind.endpoint_info is not None
        assert (bind.endpoint_info.endpoint_type, bind.endpoint_info.interface_number) == (2, 4)


async def test_a_mux_id_that_is_refused_refuses_the_session():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.BindMuxDataPort, Error.INVALID_ARGUMENT)
        with pytest.raises(SessionRefused) as refused:
            async with open_qmi_session(device, V4, mux=Mux(7, None)):
                pass
        assert [one.type for one in refused.value.refusals] == ["qmi-error"]
        assert modem.count(wds.StartNetwork) == 0
        assert modem.held == []


async def test_what_the_user_wants_is_asked_for_and_nothing_else():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        await try_session(device, V4)
        wanted = SessionRequest(
            families=(6,), apn="internet", user="user", password="secret", profile=3
        )
        await try_session(device, wanted)
        plain, full = modem.bodies(wds.StartNetwork)
        assert isinstance(plain, wds.StartNetwork)
        assert isinstance(full, wds.StartNetwork)
        assert (plain.apn, plain.username, plain.password) == (None, None, None)
        assert plain.authentication_preference is None
        assert plain.ip_family_preference == 4
        assert (full.apn, full.username, full.password) == ("internet", "user", "secret")
        assert full.authentication_preference == 3
        assert full.profile_index_3gpp == 3
        assert full.ip_family_preference == 6
        assert "secret" not in repr(wanted)


async def test_a_call_that_is_up_already_is_used_and_never_stopped():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StartNetwork, Error.NO_EFFECT)
        async with open_qmi_session(device, SessionRequest()) as session:
            assert session.owner == "other"
            assert len(session.families) == 2
        assert modem.count(wds.StopNetwork) == 0
        assert modem.held == []


async def test_of_two_calls_only_the_own_one_is_stopped():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        started = wds.StartNetworkResponse(packet_data_handle=66)
        modem.script(wds.StartNetwork, Error.NO_EFFECT, started)
        async with open_qmi_session(device, SessionRequest()) as session:
            assert session.owner == "qmiprobe"
        assert stopped_handles(modem) == [66]


async def test_a_modem_without_ip_families_is_started_all_the_same():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.SetIpFamily, Error.INVALID_QMI_COMMAND)
        assert (await try_session(device, V4)).families
        (anomaly,) = device.observed.anomalies
        assert anomaly.kind == "set-ip-family"
        assert "invalid-qmi-command" in anomaly.text


async def test_a_session_is_stopped_when_the_block_raises():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        with pytest.raises(Own):
            async with open_qmi_session(device, SessionRequest()):
                raise Own
        assert stopped_handles(modem) == [6, 4]
        assert modem.held == []


async def test_a_session_is_stopped_when_the_block_is_cancelled():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        with trio.move_on_after(1):
            async with open_qmi_session(device, SessionRequest()):
                await trio.sleep_forever()
        assert stopped_handles(modem) == [6, 4]
        assert modem.held == []


async def test_a_start_that_is_cancelled_and_granted_all_the_same_is_stopped():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StartNetwork, After(1.5, wds.StartNetworkResponse(packet_data_handle=77)))
        modem.script(wds.Abort, wds.AbortResponse())
        with trio.move_on_after(1) as scope:
            await try_session(device, V4)
        assert scope.cancelled_caught
        assert modem.count(wds.Abort) == 1
        assert stopped_handles(modem) == [77]
        assert modem.held == []


async def test_a_start_that_is_not_answered_is_aborted_and_its_client_given_back():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StartNetwork, Silent())
        modem.script(wds.Abort, wds.AbortResponse())
        with pytest.raises(NoAnswer):
            await try_session(device, SessionRequest(timeout=20))
        assert modem.count(wds.Abort) == 1
        assert modem.held == []


async def test_the_first_family_is_stopped_when_the_second_start_is_cancelled():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StartNetwork, wds.StartNetworkResponse(packet_data_handle=44), Silent())
        modem.script(wds.Abort, wds.AbortResponse())
        with trio.move_on_after(1):
            await try_session(device, SessionRequest())
        assert stopped_handles(modem) == [44]
        assert modem.held == []


@pytest.mark.parametrize("error", [Error.NO_EFFECT, Error.OUT_OF_CALL, Error.INVALID_HANDLE])
async def test_a_call_that_ended_by_itself_needs_no_stop(error: Error):
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StopNetwork, error)
        await try_session(device, V4)
        assert device.observed.anomalies == []


async def test_a_stop_that_is_refused_is_kept_as_evidence():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StopNetwork, Error.INTERNAL)
        await try_session(device, V4)
        assert [one.kind for one in device.observed.anomalies] == ["not-stopped"]
        assert modem.held == []


async def test_a_modem_that_goes_mute_is_left_in_bounded_time():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        async with open_qmi_session(device, SessionRequest()):
            modem.take = lambda data: None  # type: ignore[method-assign]
            begin = trio.current_time()
        assert trio.current_time() - begin == pytest.approx(5 + 3 * 0.25)
        assert device.observed.counts == {"not-stopped": 2, "not-released": 2}


async def test_the_modems_counters_are_summed_over_the_families():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        counted = wds.GetPacketStatisticsResponse(tx_packets_ok=5, rx_packets_ok=3)
        modem.script(wds.GetPacketStatistics, counted)
        async with open_qmi_session(device, SessionRequest()) as session:
            assert await session.packets() == (10, 6)
            for lacking in (
                Error.NOT_SUPPORTED,
                wds.GetPacketStatisticsResponse(tx_packets_ok=5),
                wds.GetPacketStatisticsResponse(rx_packets_ok=5),
            ):
                modem.script(wds.GetPacketStatistics, lacking)
                assert await session.packets() is None


def _connected(*families: int) -> object:
    def answer(modem: ScriptedQmi, message: QmiMessage) -> wds.GetPacketServiceStatusResponse:
        up = family_of(modem, message) in families
        states = wds.ConnectionStatus
        return wds.GetPacketServiceStatusResponse(
            connection_status=states.CONNECTED if up else states.DISCONNECTED
        )

    return answer


@pytest.mark.parametrize("families", [(), (4,), (6,), (4, 6)])
async def test_a_session_of_somebody_else_is_found_by_family(families: tuple[int, ...]):
    async with opened_qmi() as (device, modem):
        healthy(modem)
        answer = _connected(*families)
        modem.script(wds.GetPacketServiceStatus, lambda message: answer(modem, message))  # type: ignore[operator]
        session = await find_qmi_session(device)
        if not families:
            assert session is None
        else:
            assert session is not None
            assert session.owner == "other"
            assert tuple(one.family for one in session.families) == families
        assert modem.held == []
        assert modem.count(wds.StartNetwork) == modem.count(wds.StopNetwork) == 0


async def test_a_found_session_has_counters_too():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        answer = _connected(4)
        modem.script(wds.GetPacketServiceStatus, lambda message: answer(modem, message))  # type: ignore[operator]
        counted = wds.GetPacketStatisticsResponse(tx_packets_ok=5, rx_packets_ok=3)
        modem.script(wds.GetPacketStatistics, counted)
        session = await find_qmi_session(device)
        assert session is not None
        assert await session.packets() == (5, 3)
        assert modem.held == []


async def test_a_modem_without_families_shows_its_session_once():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.SetIpFamily, Error.INVALID_QMI_COMMAND)
        up = wds.GetPacketServiceStatusResponse(connection_status=wds.ConnectionStatus.CONNECTED)
        modem.script(wds.GetPacketServiceStatus, up)
        v6 = settings_v6().ipv6_address
        modem.script(wds.GetCurrentSettings, settings_v4(ipv6_address=v6))
        session = await find_qmi_session(device)
        assert session is not None
        assert [one.family for one in session.families] == [4]


@pytest.mark.parametrize("families", [(), (5,), (4, 4), (4, 6, 0)])
def test_other_families_than_4_and_6_cannot_be_asked_for(families: tuple[int, ...]):
    with pytest.raises(ValueError, match="want 4, 6 or both"):
        SessionRequest(families=families)
