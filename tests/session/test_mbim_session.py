# SPDX-License-Identifier: GPL-2.0-or-later
"""Data sessions over MBIM: facts, refusals, others' sessions, and nothing left behind."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface

import pytest
import trio

from qmiprobe.device import MbimDevice
from qmiprobe.errors import DecodeError, MbimError, NoAnswer
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import (
    AuthProtocol,
    ContextIpType,
    ContextType,
    NwError,
    Status,
)
from qmiprobe.session import (
    DataSession,
    SessionRefused,
    SessionRequest,
    find_mbim_session,
    open_mbim_session,
)
from tests.device.scripted import After, ScriptedMbim, Silent, opened_mbim

pytestmark = pytest.mark.autojump
STATES = bc.ActivationState


class Own(Exception):
    """Something that goes wrong in a caller's block."""


def configuration(**changes: object) -> bc.IpConfigurationResponse:
    """Return what a healthy network gives both families."""
    v6 = IPv6Address("2001:db8:1::2")
    values: dict[str, object] = {
        "ipv4_addresses": [
            bc.Ipv4Element(on_link_prefix_length=30, ipv4_address=IPv4Address("10.64.1.2"))
        ],
        "ipv6_addresses": [bc.Ipv6Element(on_link_prefix_length=64, ipv6_address=v6)],
        "ipv4_gateway": IPv4Address("10.64.1.1"),
        "ipv6_gateway": v6 + 1,
        "ipv4_dns_servers": [IPv4Address("192.0.2.53"), IPv4Address("192.0.2.54")],
        "ipv6_dns_servers": [IPv6Address("2001:db8::53")],
        "ipv4_mtu": 1430,
        "ipv6_mtu": 1420,
    }
    return bc.IpConfigurationResponse.blank(**{**values, **changes})


def healthy(modem: ScriptedMbim) -> None:
    """Make a function that grants everything."""

    def connect(message: MbimMessage) -> object:
        body = message.body
        assert isinstance(body, bc.ConnectSet)
        if body.activation_command == bc.ActivationCommand.ACTIVATE:
            modem.active.add(body.session_id)
        elif body.session_id not in modem.active:
            return Status.CONTEXT_NOT_ACTIVATED
        else:
            modem.active.discard(body.session_id)
        return modem.state(body.session_id)

    modem.script(bc.ConnectSet, connect)
    modem.script(bc.IpConfigurationQuery, configuration())


def _commands(modem: ScriptedMbim) -> list[tuple[int, int]]:
    """Return session and command of each CONNECT set, in order."""
    sets = modem.bodies(bc.ConnectSet)
    return [
        (one.session_id, int(one.activation_command))
        for one in sets
        if isinstance(one, bc.ConnectSet)
    ]


UP_AND_DOWN = [(0, 1), (0, 0)]


async def _try(device: MbimDevice, request: SessionRequest | None = None) -> DataSession:
    async with open_mbim_session(device, request or SessionRequest()) as session:
        return session


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
        assert _commands(modem) == UP_AND_DOWN
        assert device.observed.anomalies == []


@pytest.mark.parametrize(
    ("families", "kind"),
    [((4,), ContextIpType.IPV4), ((6,), ContextIpType.IPV6), ((6, 4), ContextIpType.IPV4V6)],
)
async def test_what_the_user_wants_is_asked_for(families: tuple[int, ...], kind: ContextIpType):
    async with opened_mbim() as (device, modem):
        healthy(modem)
        wanted = SessionRequest(families=families, apn="internet", user="user", password="secret")
        session = await _try(device, wanted)
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


@pytest.mark.parametrize(
    "changes",
    [
        {"ipv4_dns_servers": [IPv4Address(0), IPv4Address("192.0.2.53"), IPv4Address(0)]},
        {"ipv4_dns_servers": [IPv4Address("192.0.2.53")] * 2},
    ],
)
async def test_dns_servers_are_told_once_and_without_zeros(changes: dict[str, object]):
    async with opened_mbim() as (device, modem):
        healthy(modem)
        modem.script(bc.IpConfigurationQuery, configuration(**changes))
        (facts, _) = (await _try(device)).families
        assert facts.dns == (IPv4Address("192.0.2.53"),)


async def test_what_is_not_announced_is_not_there():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        bare = configuration(
            ipv4_gateway=None, ipv4_mtu=None, ipv4_dns_servers=[], ipv6_addresses=[]
        )
        modem.script(bc.IpConfigurationQuery, bare)
        session = await _try(device)
        (facts,) = session.families
        assert (facts.gateway, facts.mtu, facts.dns) == (None, None, ())
        (refusal,) = session.refusals
        assert (refusal.family, refusal.type, refusal.name) == (6, "no-address", "no address given")


async def test_a_prefix_that_cannot_be_one_counts_as_the_address_alone():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        odd = bc.Ipv4Element(on_link_prefix_length=77, ipv4_address=IPv4Address("10.64.1.2"))
        modem.script(bc.IpConfigurationQuery, configuration(ipv4_addresses=[odd]))
        assert (await _try(device)).families[0].interface == IPv4Interface("10.64.1.2/32")


async def test_the_networks_remark_says_why_a_family_is_missing():
    async with opened_mbim() as (device, modem):
        healthy(modem)

        def only_v4(_message: MbimMessage) -> object:
            modem.active.add(0)
            return bc.ConnectResponse.blank(activation_state=STATES.ACTIVATED, nw_error=NwError(50))

        modem.script(bc.ConnectSet, only_v4)
        modem.script(bc.IpConfigurationQuery, configuration(ipv6_addresses=[]))
        session = await _try(device)
        (refusal,) = session.refusals
        assert (refusal.family, refusal.type, refusal.number) == (6, "nw-error", 50)


async def test_without_any_address_it_is_refused_and_deactivated():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        modem.script(bc.IpConfigurationQuery, configuration(ipv4_addresses=[], ipv6_addresses=[]))
        with pytest.raises(SessionRefused) as got:
            await _try(device)
        assert [(one.family, one.type) for one in got.value.refusals] == [
            (4, "no-address"),
            (6, "no-address"),
        ]
        assert trio.current_time() == pytest.approx(2)
        assert modem.active == set()


async def test_addresses_may_come_a_little_later():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        empty = configuration(ipv4_addresses=[], ipv6_addresses=[])
        modem.script(bc.IpConfigurationQuery, empty, empty, configuration())
        assert len((await _try(device)).families) == 2


@pytest.mark.parametrize("ex3", [False, True])
async def test_a_failure_has_the_networks_reason_out_of_its_buffer(ex3: bool):
    async with opened_mbim() as (device, modem):
        healthy(modem)
        error = NwError(33)
        body = (
            bc.ConnectResponseEx3.blank(nw_error=error)
            if ex3
            else bc.ConnectResponse.blank(nw_error=error)
        )
        if ex3:
            device.connection.mbimex = modem.connection.mbimex = "3.0"
            modem.script(bc.ConnectQueryEx3, bc.ConnectResponseEx3.blank())

        def refuse(message: MbimMessage) -> bytes:
            (data,) = modem.connection.answer(message, body, status=Status.FAILURE)
            return data

        modem.script(bc.ConnectSetEx3 if ex3 else bc.ConnectSet, refuse)
        with pytest.raises(SessionRefused) as got:
            await _try(device)
        (refusal,) = got.value.refusals
        assert (refusal.family, refusal.type, refusal.number) == (0, "nw-error", 33)
        assert refusal.name == NwError(33).name
        assert device.owned_sessions == set()


@pytest.mark.parametrize("with_buffer", [False, True])
async def test_a_failure_without_a_reason_is_the_status(with_buffer: bool):
    async with opened_mbim() as (device, modem):
        healthy(modem)
        body = bc.ConnectResponse.blank() if with_buffer else None

        def refuse(message: MbimMessage) -> bytes:
            status = Status.MAX_ACTIVATED_CONTEXTS
            (data,) = modem.connection.answer(message, body, status=status)
            return data

        modem.script(bc.ConnectSet, refuse)
        with pytest.raises(SessionRefused) as got:
            await _try(device)
        (refusal,) = got.value.refusals
        assert (refusal.type, refusal.number) == ("status", 13)
        assert refusal.name == "max-activated-contexts"


async def test_what_was_refused_is_not_deactivated_for_it_may_be_anothers_by_now():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        modem.script(bc.ConnectSet, Status.FAILURE)
        with pytest.raises(SessionRefused):
            await _try(device)
        assert _commands(modem) == [(0, 1)]
        assert device.owned_sessions == set()


@pytest.mark.parametrize(
    ("error", "text"), [(NwError(0), "session deactivated"), (NwError(27), "nw-error 27")]
)
async def test_a_success_that_is_none_is_a_refusal(error: NwError, text: str):
    async with opened_mbim() as (device, modem):
        healthy(modem)
        body = bc.ConnectResponse.blank(activation_state=STATES.DEACTIVATED, nw_error=error)
        modem.script(bc.ConnectSet, body)
        with pytest.raises(SessionRefused, match=text):
            await _try(device)
        assert _commands(modem) == [(0, 1)]


async def test_a_session_that_takes_its_time_is_waited_for():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        modem.script(bc.ConnectSet, bc.ConnectResponse.blank(activation_state=STATES.ACTIVATING))
        modem.script(
            bc.ConnectQuery,
            bc.ConnectResponse.blank(activation_state=STATES.DEACTIVATED),
            bc.ConnectResponse.blank(activation_state=STATES.ACTIVATING),
            bc.ConnectResponse.blank(activation_state=STATES.ACTIVATED),
        )
        async with open_mbim_session(device, SessionRequest()) as session:
            assert len(session.families) == 2
            assert trio.current_time() == pytest.approx(1)
        assert _commands(modem) == UP_AND_DOWN


async def test_a_session_that_never_comes_up_is_refused_in_time_and_deactivated():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        modem.script(bc.ConnectSet, bc.ConnectResponse.blank(activation_state=STATES.ACTIVATING))
        modem.script(
            bc.ConnectQuery,
            bc.ConnectResponse.blank(activation_state=STATES.DEACTIVATED),
            bc.ConnectResponse.blank(activation_state=STATES.ACTIVATING),
        )
        with pytest.raises(SessionRefused, match="session activating"):
            await _try(device, SessionRequest(timeout=3))
        assert trio.current_time() <= 4
        assert _commands(modem) == UP_AND_DOWN


@pytest.mark.parametrize("state", [STATES.ACTIVATED, STATES.ACTIVATING])
async def test_a_session_in_use_is_refused_and_left_alone(state: bc.ActivationState):
    async with opened_mbim() as (device, modem):
        healthy(modem)
        modem.script(bc.ConnectQuery, bc.ConnectResponse.blank(activation_state=state))
        with pytest.raises(SessionRefused, match="in-use") as got:
            await _try(device)
        assert [(one.family, one.type) for one in got.value.refusals] == [(0, "in-use")]
        assert _commands(modem) == []
        assert device.owned_sessions == set()


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
            await _try(device)
        assert scope.cancelled_caught
        assert _commands(modem) == UP_AND_DOWN


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
                await _try(device, SessionRequest(timeout=3))
            assert _commands(modem) == UP_AND_DOWN


async def test_it_is_deactivated_where_the_addresses_cannot_be_read():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        modem.script(bc.IpConfigurationQuery, Status.NO_DEVICE_SUPPORT)
        with pytest.raises(MbimError):
            await _try(device)
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
        await _try(device)
        modem.active.add(0)
    assert modem.count("close") == 0


async def test_a_mute_function_is_left_in_bounded_time():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        async with open_mbim_session(device, SessionRequest()):
            modem.take = lambda data: None  # type: ignore[method-assign]
            begin = trio.current_time()
        assert trio.current_time() - begin == pytest.approx(5)
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
        assert _commands(modem) == []
