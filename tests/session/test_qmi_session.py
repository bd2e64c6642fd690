# SPDX-License-Identifier: GPL-2.0-or-later
"""Data sessions over QMI: facts, refusals, calls that are not ours, and nothing left behind."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface

import pytest
import trio

from qmiprobe.device import QmiDevice
from qmiprobe.errors import NoAnswer
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi.services import wds
from qmiprobe.qmi.services._shared import Error
from qmiprobe.session import (
    DataSession,
    SessionRefused,
    SessionRequest,
    find_qmi_session,
    open_qmi_session,
)
from tests.device.scripted import After, ScriptedQmi, Silent, opened_qmi

pytestmark = pytest.mark.autojump
V4, V6 = SessionRequest(families=(4,)), SessionRequest(families=(6,))


class Own(Exception):
    """Something that goes wrong in a caller's block."""


def _settings_v4(**changes: object) -> wds.GetCurrentSettingsResponse:
    values: dict[str, object] = {
        "ipv4_address": IPv4Address("10.64.1.2"),
        "ipv4_gateway_address": IPv4Address("10.64.1.1"),
        "ipv4_gateway_subnet_mask": IPv4Address("255.255.255.252"),
        "primary_ipv4_dns_address": IPv4Address("192.0.2.53"),
        "secondary_ipv4_dns_address": IPv4Address("192.0.2.54"),
        "mtu": 1430,
    }
    return wds.GetCurrentSettingsResponse(**{**values, **changes})  # type: ignore[arg-type]


def _settings_v6(**changes: object) -> wds.GetCurrentSettingsResponse:
    address = IPv6Address("2001:db8:1::2")
    values: dict[str, object] = {
        "ipv6_address": wds.Ipv6Address(address=address, prefix_length=64),
        "ipv6_gateway_address": wds.Ipv6Address(address=address + 1, prefix_length=64),
        "ipv6_primary_dns_address": IPv6Address("2001:db8::53"),
        "mtu": 1420,
    }
    return wds.GetCurrentSettingsResponse(**{**values, **changes})  # type: ignore[arg-type]


def _family_of(modem: ScriptedQmi, message: QmiMessage) -> int:
    """Return which family the client of this message is about."""
    asked = [
        one.body
        for one in modem.requests
        if isinstance(one.body, wds.SetIpFamily) and one.header.client == message.header.client
    ]
    assert isinstance(asked[-1], wds.SetIpFamily)
    return int(asked[-1].preference)


def healthy(modem: ScriptedQmi) -> None:
    """Make a modem that grants everything: handles 4 and 6."""
    modem.script(wds.SetIpFamily, wds.SetIpFamilyResponse())
    modem.script(
        wds.StartNetwork,
        lambda message: wds.StartNetworkResponse(packet_data_handle=_family_of(modem, message)),
    )
    modem.script(
        wds.GetCurrentSettings,
        lambda message: _settings_v4() if _family_of(modem, message) == 4 else _settings_v6(),
    )
    modem.script(wds.StopNetwork, wds.StopNetworkResponse())


def _handles(modem: ScriptedQmi) -> list[int]:
    """Return the handles that were stopped, in order."""
    stops = modem.bodies(wds.StopNetwork)
    return [stop.packet_data_handle for stop in stops if isinstance(stop, wds.StopNetwork)]


async def _try(device: QmiDevice, request: SessionRequest) -> DataSession:
    async with open_qmi_session(device, request) as session:
        return session


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
        assert _handles(modem) == [6, 4]
        assert modem.held == []
        assert device.observed.anomalies == []


async def test_what_the_user_wants_is_asked_for_and_nothing_else():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        await _try(device, V4)
        wanted = SessionRequest(
            families=(6,), apn="internet", user="user", password="secret", profile=3
        )
        await _try(device, wanted)
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


@pytest.mark.parametrize(
    ("changes", "interface", "gateway", "dns", "mtu"),
    [
        ({"ipv4_gateway_subnet_mask": None}, "10.64.1.2/32", "10.64.1.1", 2, 1430),
        ({"ipv4_gateway_subnet_mask": IPv4Address(0)}, "10.64.1.2/32", "10.64.1.1", 2, 1430),
        (
            {"ipv4_gateway_subnet_mask": IPv4Address("255.0.255.0")},
            *("10.64.1.2/32", "10.64.1.1", 2, 1430),
        ),
        ({"ipv4_gateway_address": IPv4Address(0)}, "10.64.1.2/30", None, 2, 1430),
        ({"primary_ipv4_dns_address": IPv4Address(0)}, "10.64.1.2/30", "10.64.1.1", 1, 1430),
        (
            {"secondary_ipv4_dns_address": IPv4Address("192.0.2.53")},
            *("10.64.1.2/30", "10.64.1.1", 1, 1430),
        ),
        (
            {"primary_ipv4_dns_address": None, "secondary_ipv4_dns_address": None, "mtu": 0},
            *("10.64.1.2/30", "10.64.1.1", 0, None),
        ),
        ({"mtu": None}, "10.64.1.2/30", "10.64.1.1", 2, None),
    ],
)
async def test_zeros_and_nonsense_in_the_settings_are_no_facts(
    changes: dict[str, object], interface: str, gateway: str | None, dns: int, mtu: int | None
):
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.GetCurrentSettings, _settings_v4(**changes))
        (facts,) = (await _try(device, V4)).families
        assert str(facts.interface) == interface
        assert facts.gateway == (IPv4Address(gateway) if gateway else None)
        assert len(facts.dns) == dns
        assert facts.mtu == mtu


@pytest.mark.parametrize("length", [0, 129, 255])
async def test_an_ipv6_prefix_that_cannot_be_one_counts_as_the_address_alone(length: int):
    async with opened_qmi() as (device, modem):
        healthy(modem)
        given = wds.Ipv6Address(address=IPv6Address("2001:db8::1"), prefix_length=length)
        modem.script(wds.GetCurrentSettings, _settings_v6(ipv6_address=given))
        (facts,) = (await _try(device, V6)).families
        assert facts.interface == IPv6Interface("2001:db8::1/128")


@pytest.mark.parametrize(
    ("request_", "settings"),
    [
        (V4, _settings_v4(ipv4_address=None)),
        (V4, _settings_v4(ipv4_address=IPv4Address(0))),
        (V6, _settings_v6(ipv6_address=None)),
        (V6, _settings_v6(ipv6_address=wds.Ipv6Address(address=IPv6Address(0), prefix_length=64))),
    ],
)
async def test_a_call_without_an_address_is_a_refusal_and_is_stopped(
    request_: SessionRequest, settings: wds.GetCurrentSettingsResponse
):
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.GetCurrentSettings, settings)
        with pytest.raises(SessionRefused, match="no address given") as got:
            await _try(device, request_)
        (refusal,) = got.value.refusals
        assert (refusal.family, refusal.type) == (request_.families[0], "no-address")
        assert modem.count(wds.StopNetwork) == 1
        assert modem.held == []


def _refusing(modem: ScriptedQmi, body: wds.StartNetworkResponse, error: Error) -> None:
    modem.script(
        wds.StartNetwork, lambda message: modem.connection.respond(message, body, error=error)
    )


@pytest.mark.parametrize(
    ("kind", "number", "name"),
    [
        ("3gpp", 33, "option-unsubscribed"),
        ("internal", 211, "pdn-ipv6-call-throttled"),
        ("cm", 2001, "no-service"),
        ("3gpp", 30000, "unknown"),
        ("ipv6", 1, "prefix-unavailable"),
    ],
)
async def test_a_refusal_has_the_networks_reason_by_type_and_number(
    kind: str, number: int, name: str
):
    async with opened_qmi() as (device, modem):
        healthy(modem)
        body = wds.StartNetworkResponse.empty()
        body.call_end_reason = wds.CallEndReason.GENERIC_UNSPECIFIED
        body.verbose_call_end_reason = wds.VerboseCallEndReason(
            type=wds.CallEndReasonVerboseType.from_name(kind), reason=number
        )
        _refusing(modem, body, Error.CALL_FAILED)
        with pytest.raises(SessionRefused) as got:
            await _try(device, V4)
        (refusal,) = got.value.refusals
        assert (refusal.family, refusal.type, refusal.number) == (4, kind, number)
        assert refusal.name == name
        assert str(got.value) == f"{kind} {number} ({name})"
        assert modem.count(wds.StopNetwork) == 0
        assert modem.held == []


async def test_a_type_of_reason_that_nobody_knows_is_shown_by_number():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        body = wds.StartNetworkResponse.empty()
        body.verbose_call_end_reason = wds.VerboseCallEndReason(
            type=wds.CallEndReasonVerboseType(99), reason=7
        )
        _refusing(modem, body, Error.CALL_FAILED)
        with pytest.raises(SessionRefused, match=r"^99 7 \(unknown\)$"):
            await _try(device, V4)


async def test_old_firmware_gives_the_old_reason():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        body = wds.StartNetworkResponse.empty()
        body.call_end_reason = wds.CallEndReason.GENERIC_NO_SERVICE
        _refusing(modem, body, Error.CALL_FAILED)
        with pytest.raises(SessionRefused) as got:
            await _try(device, V4)
        (refusal,) = got.value.refusals
        assert (refusal.type, refusal.number) == ("call-end-reason", 3)
        assert refusal.name == "generic-no-service"


async def test_a_refusal_without_a_reason_is_the_qmi_error():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StartNetwork, Error.INVALID_PROFILE)
        with pytest.raises(SessionRefused) as got:
            await _try(device, V4)
        (refusal,) = got.value.refusals
        assert (refusal.type, refusal.number) == ("qmi-error", int(Error.INVALID_PROFILE))
        assert refusal.name == "invalid-profile"


async def test_one_family_granted_and_one_refused_is_a_session():
    async with opened_qmi() as (device, modem):
        healthy(modem)

        def only_v4(message: QmiMessage) -> object:
            if _family_of(modem, message) == 6:
                return Error.CALL_FAILED
            return wds.StartNetworkResponse(packet_data_handle=44)

        modem.script(wds.StartNetwork, only_v4)
        async with open_qmi_session(device, SessionRequest()) as session:
            assert [one.family for one in session.families] == [4]
            assert [(one.family, one.type) for one in session.refusals] == [(6, "qmi-error")]
            assert len(modem.held) == 1
        assert _handles(modem) == [44]
        assert modem.held == []


async def test_both_refused_is_a_refusal_of_both():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StartNetwork, Error.CALL_FAILED)
        with pytest.raises(SessionRefused) as got:
            await _try(device, SessionRequest())
        assert [one.family for one in got.value.refusals] == [4, 6]
        assert modem.held == []


async def test_settings_that_are_refused_are_a_refusal_of_that_family():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.GetCurrentSettings, Error.OUT_OF_CALL, _settings_v6())
        async with open_qmi_session(device, SessionRequest()) as session:
            assert [one.name for one in session.refusals] == ["out-of-call"]
            assert [one.family for one in session.families] == [6]
        assert sorted(_handles(modem)) == [4, 6]


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
        assert _handles(modem) == [66]


async def test_a_modem_without_ip_families_is_started_all_the_same():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.SetIpFamily, Error.INVALID_QMI_COMMAND)
        assert (await _try(device, V4)).families
        (anomaly,) = device.observed.anomalies
        assert anomaly.kind == "set-ip-family"
        assert "invalid-qmi-command" in anomaly.text


async def test_a_session_is_stopped_when_the_block_raises():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        with pytest.raises(Own):
            async with open_qmi_session(device, SessionRequest()):
                raise Own
        assert _handles(modem) == [6, 4]
        assert modem.held == []


async def test_a_session_is_stopped_when_the_block_is_cancelled():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        with trio.move_on_after(1):
            async with open_qmi_session(device, SessionRequest()):
                await trio.sleep_forever()
        assert _handles(modem) == [6, 4]
        assert modem.held == []


async def test_a_start_that_is_cancelled_and_granted_all_the_same_is_stopped():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StartNetwork, After(1.5, wds.StartNetworkResponse(packet_data_handle=77)))
        modem.script(wds.Abort, wds.AbortResponse())
        with trio.move_on_after(1) as scope:
            await _try(device, V4)
        assert scope.cancelled_caught
        assert modem.count(wds.Abort) == 1
        assert _handles(modem) == [77]
        assert modem.held == []


async def test_a_start_that_is_not_answered_is_aborted_and_its_client_given_back():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StartNetwork, Silent())
        modem.script(wds.Abort, wds.AbortResponse())
        with pytest.raises(NoAnswer):
            await _try(device, SessionRequest(timeout=20))
        assert modem.count(wds.Abort) == 1
        assert modem.held == []


async def test_the_first_family_is_stopped_when_the_second_start_is_cancelled():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StartNetwork, wds.StartNetworkResponse(packet_data_handle=44), Silent())
        modem.script(wds.Abort, wds.AbortResponse())
        with trio.move_on_after(1):
            await _try(device, SessionRequest())
        assert _handles(modem) == [44]
        assert modem.held == []


@pytest.mark.parametrize("error", [Error.NO_EFFECT, Error.OUT_OF_CALL, Error.INVALID_HANDLE])
async def test_a_call_that_ended_by_itself_needs_no_stop(error: Error):
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StopNetwork, error)
        await _try(device, V4)
        assert device.observed.anomalies == []


async def test_a_stop_that_is_refused_is_kept_as_evidence():
    async with opened_qmi() as (device, modem):
        healthy(modem)
        modem.script(wds.StopNetwork, Error.INTERNAL)
        await _try(device, V4)
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
            modem.script(wds.GetPacketStatistics, Error.NOT_SUPPORTED)
            assert await session.packets() is None


def _connected(*families: int) -> object:
    def answer(modem: ScriptedQmi, message: QmiMessage) -> wds.GetPacketServiceStatusResponse:
        up = _family_of(modem, message) in families
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
        modem.script(wds.GetCurrentSettings, _settings_v4())
        session = await find_qmi_session(device)
        assert session is not None
        assert [one.family for one in session.families] == [4]


@pytest.mark.parametrize("families", [(), (5,), (4, 4), (4, 6, 0)])
def test_other_families_than_4_and_6_cannot_be_asked_for(families: tuple[int, ...]):
    with pytest.raises(ValueError, match="want 4, 6 or both"):
        SessionRequest(families=families)
