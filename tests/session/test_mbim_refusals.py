# SPDX-License-Identifier: GPL-2.0-or-later
"""What an MBIM function says of a session: its facts, and why there is none."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Interface

import pytest
import trio

from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import (
    NwError,
    Status,
)
from qmiprobe.session import (
    SessionRefused,
    SessionRequest,
    open_mbim_session,
)
from tests.device.scripted import opened_mbim
from tests.session.mbim_modem import UP_AND_DOWN, configuration, connects, healthy, try_session

pytestmark = pytest.mark.autojump
STATES = bc.ActivationState


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
        (facts, _) = (await try_session(device)).families
        assert facts.dns == (IPv4Address("192.0.2.53"),)


async def test_what_is_not_announced_is_not_there():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        bare = configuration(
            ipv4_gateway=None, ipv4_mtu=None, ipv4_dns_servers=[], ipv6_addresses=[]
        )
        modem.script(bc.IpConfigurationQuery, bare)
        session = await try_session(device)
        (facts,) = session.families
        assert (facts.gateway, facts.mtu, facts.dns) == (None, None, ())
        (refusal,) = session.refusals
        assert (refusal.family, refusal.type, refusal.name) == (6, "no-address", "no address given")


async def test_a_prefix_that_cannot_be_one_counts_as_the_address_alone():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        odd = bc.Ipv4Element(on_link_prefix_length=77, ipv4_address=IPv4Address("10.64.1.2"))
        modem.script(bc.IpConfigurationQuery, configuration(ipv4_addresses=[odd]))
        assert (await try_session(device)).families[0].interface == IPv4Interface("10.64.1.2/32")


async def test_the_networks_remark_says_why_a_family_is_missing():
    async with opened_mbim() as (device, modem):
        healthy(modem)

        def only_v4(_message: MbimMessage) -> object:
            modem.active.add(0)
            return bc.ConnectResponse.blank(activation_state=STATES.ACTIVATED, nw_error=NwError(50))

        modem.script(bc.ConnectSet, only_v4)
        modem.script(bc.IpConfigurationQuery, configuration(ipv6_addresses=[]))
        session = await try_session(device)
        (refusal,) = session.refusals
        assert (refusal.family, refusal.type, refusal.number) == (6, "nw-error", 50)


async def test_without_any_address_it_is_refused_and_deactivated():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        modem.script(bc.IpConfigurationQuery, configuration(ipv4_addresses=[], ipv6_addresses=[]))
        with pytest.raises(SessionRefused) as got:
            await try_session(device)
        assert [(one.family, one.type, one.number) for one in got.value.refusals] == [
            (4, "no-address", 0),
            (6, "no-address", 0),
        ]
        assert trio.current_time() == pytest.approx(2)
        assert modem.active == set()


async def test_addresses_may_come_a_little_later():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        empty = configuration(ipv4_addresses=[], ipv6_addresses=[])
        modem.script(bc.IpConfigurationQuery, empty, empty, configuration())
        assert len((await try_session(device)).families) == 2


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
            await try_session(device)
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
            await try_session(device)
        (refusal,) = got.value.refusals
        assert (refusal.type, refusal.number) == ("status", 13)
        assert refusal.name == "max-activated-contexts"


async def test_what_was_refused_is_not_deactivated_for_it_may_be_anothers_by_now():
    async with opened_mbim() as (device, modem):
        healthy(modem)
        modem.script(bc.ConnectSet, Status.FAILURE)
        with pytest.raises(SessionRefused):
            await try_session(device)
        assert connects(modem) == [(0, 1)]
        assert device.owned_sessions == set()


@pytest.mark.parametrize(
    ("error", "text"), [(NwError(0), "session deactivated"), (NwError(27), "nw-error 27")]
)
async def test_a_success_that_is_none_is_a_refusal(error: NwError, text: str):
    async with opened_mbim() as (device, modem):
        healthy(modem)
        body = bc.ConnectResponse.blank(activation_state=STATES.DEACTIVATED, nw_error=error)
        modem.script(bc.ConnectSet, body)
        with pytest.raises(SessionRefused, match=text) as got:
            await try_session(device)
        (refusal,) = got.value.refusals
        assert (refusal.family, refusal.number) == (0, int(error))
        assert refusal.type == ("nw-error" if error else "status")
        assert connects(modem) == [(0, 1)]


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
        assert connects(modem) == UP_AND_DOWN


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
            await try_session(device, SessionRequest(timeout=3))
        assert trio.current_time() <= 4
        assert connects(modem) == UP_AND_DOWN


@pytest.mark.parametrize("state", [STATES.ACTIVATED, STATES.ACTIVATING])
async def test_a_session_in_use_is_refused_and_left_alone(state: bc.ActivationState):
    async with opened_mbim() as (device, modem):
        healthy(modem)
        modem.script(bc.ConnectQuery, bc.ConnectResponse.blank(activation_state=state))
        with pytest.raises(SessionRefused, match="in-use") as got:
            await try_session(device)
        assert [(one.family, one.type) for one in got.value.refusals] == [(0, "in-use")]
        assert connects(modem) == []
        assert device.owned_sessions == set()
