# SPDX-License-Identifier: GPL-2.0-or-later
"""Data sessions over MBIM: others' sessions, cancelled ones, and nothing left behind."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface

import pytest
import trio

from qmiprobe.errors import DecodeError, MbimError, NoAnswer
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import (
    AuthProtocol,
    ContextIpType,
    ContextType,
    Status,
)
from qmiprobe.session import (
    SessionRequest,
    find_mbim_session,
    open_mbim_session,
)
from tests.device.scripted import After, Silent, opened_mbim
from tests.session.mbim_modem import UP_AND_DOWN, connects, healthy, try_session

pytestmark = pytest.mark.autojump
STATES = bc.ActivationState


class Own(Exception):
    """Something that goes wrong in a caller's block."""


async def test_a_session_comes_up_with_its_facts_and_goes_down():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        async with open_mbim_session(device, SessionRequest()) as session:
            assert modem.active == device.owned_sessions == {0}
        v4, v6 = session.families
        assert v4.interface == IPv4Interface("10.64.1.2/30")
        assert v4.gateway == IPv4Address("10.64.1.1")
        assert v4.dns == (IPv4Address("192.0.2.53"), IPv4Address("192.0.2.54"))
        assert v4.mtu == 1430
        assert v6.interface == IPv6Interface("2001:db8:1::2/64")
        assert v6.gateway == IPv6Address("2001:db8:1::3")
        assert v6.dns == (IPv6Address("2001:db8::53"),)
        assert v6.mtu == 1420
        assert (session.owner, session.session_id, session.refusals) == ("qmiprobe", 0, ())
        assert modem.active == device.owned_sessions == set()
        assert connects(modem) == UP_AND_DOWN
        assert device.observed.anomalies == []


@pytest.mark.parametrize(
    ("families", "kind"),
    [((4,), ContextIpType.IPV4), ((6,), ContextIpType.IPV6), ((6, 4), ContextIpType.IPV4V6)],
)
async def test_what_the_user_wants_is_asked_for(families: tuple[int, ...], kind: ContextIpType):
    async with opened_mbim() as (device, modem):
        healthy(modem)
        wanted = SessionRequest(families=families, apn="internet", user="user", password="secret")
        session = await try_session(device, wanted)
        assert {one.family for one in session.families} == set(families)
        body = modem.bodies(bc.ConnectSet)[0]
        assert isinstance(body, bc.ConnectSet)
        assert body.ip_type == kind
        assert (body.access_string, body.user_name, body.password) == ("internet", "user", "secret")
        assert body.auth_protocol == AuthProtocol.CHAP
        assert body.context_type == ContextType.INTERNET


async def test_another_session_number_is_another_session():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        modem.active = {0}
        async with open_mbim_session(device, SessionRequest(), session_id=2) as session:
            assert session.session_id == 2
            assert modem.active == {0, 2}
        assert modem.active == {0}
        assert device.owned_sessions == set()


async def test_a_function_that_does_not_tell_of_sessions_is_asked_for_one():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        modem.script(bc.ConnectQuery, Status.CONTEXT_NOT_ACTIVATED)
        assert (await try_session(device)).families


async def test_it_is_deactivated_when_the_block_raises():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        with pytest.raises(Own):
            async with open_mbim_session(device, SessionRequest()):
                raise Own
        assert modem.active == set()


async def test_it_is_deactivated_when_the_block_is_cancelled():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        with trio.move_on_after(1):
            async with open_mbim_session(device, SessionRequest()):
                await trio.sleep_forever()
        assert modem.active == device.owned_sessions == set()


async def test_a_start_that_is_cancelled_is_deactivated():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        modem.script(bc.ConnectSet, After(2, modem.state(0)), modem.state(0))
        with trio.move_on_after(1) as scope:
            await try_session(device)
        assert scope.cancelled_caught
        assert connects(modem) == UP_AND_DOWN


async def test_a_start_without_an_answer_or_with_a_damaged_one_is_deactivated():
    async with opened_mbim() as (device, modem):
        healthy(modem)

        def damaged(message: MbimMessage) -> bytes:
            data = bytearray(modem.connection.answer(message, modem.state(0))[0])
            data[44] = 0xFF
            return bytes(data)

        for answer, error in ((Silent(), NoAnswer), (damaged, DecodeError)):
            modem.asked.clear()
            modem.script(bc.ConnectSet, answer, modem.state(0))
            with pytest.raises(error):
                await try_session(device, SessionRequest(timeout=3))
            assert connects(modem) == UP_AND_DOWN


async def test_it_is_deactivated_where_the_addresses_cannot_be_read():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        modem.script(bc.IpConfigurationQuery, Status.NO_DEVICE_SUPPORT)
        with pytest.raises(MbimError):
            await try_session(device)
        assert modem.active == set()


async def test_a_session_that_ended_by_itself_needs_no_deactivation():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        async with open_mbim_session(device, SessionRequest()):
            modem.active.clear()
        assert device.observed.anomalies == []
        assert device.owned_sessions == set()


async def test_what_cannot_be_deactivated_is_evidence_and_ends_with_close():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        async with open_mbim_session(device, SessionRequest()):
            modem.script(bc.ConnectSet, Status.FAILURE)
        assert [one.kind for one in device.observed.anomalies] == ["not-stopped"]
        assert device.owned_sessions == {0}
    assert modem.asked[-1] == "close"
    assert modem.active == set()


async def test_after_ours_somebody_elses_session_keeps_the_function_open():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        await try_session(device)
        modem.active.add(0)
    assert modem.count("close") == 0


async def test_a_mute_function_is_left_in_bounded_time():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        async with open_mbim_session(device, SessionRequest()):
            modem.take = lambda data: None  # type: ignore[method-assign]
            begin = trio.current_time()
        assert trio.current_time() - begin == pytest.approx(5)
        assert device.observed.counts == {"not-stopped": 1}
    assert trio.current_time() - begin < 6


async def test_the_functions_counters_are_read():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        counted = bc.PacketStatisticsResponse.blank(out_packets=7, in_packets=2)
        modem.script(bc.PacketStatisticsQuery, counted)
        async with open_mbim_session(device, SessionRequest()) as session:
            assert await session.packets() == (7, 2)
            modem.script(bc.PacketStatisticsQuery, Status.NO_DEVICE_SUPPORT)
            assert await session.packets() is None


async def test_somebody_elses_session_is_found_with_its_facts():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        assert await find_mbim_session(device) is None
        modem.active = {0}
        session = await find_mbim_session(device)
        assert session is not None
        assert session.owner == "other"
        assert [one.family for one in session.families] == [4, 6]
        assert connects(modem) == []
