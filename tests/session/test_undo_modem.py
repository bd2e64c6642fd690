# SPDX-License-Identifier: GPL-2.0-or-later
"""What an earlier run left in a modem is ended where it is that run's, and left where it is not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
import trio

from qmiprobe.device import MbimDevice, Observed, QmiDevice, mbim_device, qmi_device
from qmiprobe.device._leftovers import take_witness
from qmiprobe.qmi.services import ctl
from qmiprobe.session import (
    SessionRequest,
    joined_mbim_device,
    open_mbim_session,
    open_qmi_session,
    unwind,
)
from qmiprobe.session._ledger import Ledger
from qmiprobe.session._steps import MbimSession, QmiWitness
from qmiprobe.sim import SimulatedModem, open_simulated
from qmiprobe.sim._parts import CallEnd

pytestmark = pytest.mark.autojump
WDS = 1
BY_NETWORK = CallEnd(kind="3gpp", number=38)


async def _keep_qmi(device: QmiDevice) -> Ledger:
    """Start a session and leave it, as `connect` does; return what a later run ends it by."""
    ledger = Ledger()
    async with AsyncExitStack() as stack:
        witness = await take_witness(device, stack)
        assert witness is not None
        session = await stack.enter_async_context(open_qmi_session(device, SessionRequest()))
        for step in (QmiWitness(client=witness.client.cid), *session.ending):
            ledger.push(step)
        session.leave()
        device.leave(witness.client)
    return ledger


@asynccontextmanager
async def _qmi() -> AsyncIterator[tuple[SimulatedModem, QmiDevice, QmiDevice]]:
    """Give a modem, the device of the run that keeps a session, and that of a later one."""
    modem = SimulatedModem("ec25")
    async with (
        open_simulated(modem) as open_port,
        qmi_device(open_port()) as first,
        qmi_device(open_port()) as later,
    ):
        await trio.sleep(10)
        yield modem, first, later


async def test_a_kept_session_is_up_after_its_run_and_ended_by_a_later_one():
    async with _qmi() as (modem, first, later):
        ledger = await _keep_qmi(first)
        assert first.held == set()
        assert modem.state.sessions.families(0) == [4, 6]
        assert await unwind(ledger, device=later) == ()
        assert modem.state.sessions.numbers == []
        assert modem.client_ids == []


async def test_ids_of_calls_that_the_network_ended_go_back_too():
    async with _qmi() as (modem, first, later):
        ledger = await _keep_qmi(first)
        modem.state.sessions.end_all(BY_NETWORK)
        assert await unwind(ledger, device=later) == ()
        assert modem.client_ids == []


async def test_after_a_sync_the_same_ids_are_another_programs_and_stay():
    async with _qmi() as (modem, first, later):
        ledger = await _keep_qmi(first)
        await later.call(ctl.Sync())
        assert modem.client_ids == []
        async with later.client("wds"), later.client("wds"):
            others = sorted(modem.client_ids)
            assert [service for service, _ in others] == [WDS, WDS]
            problems = await unwind(ledger, device=later)
            assert sorted(modem.client_ids) == others
            assert len(problems) == 2
            assert "may be another program's by now" in problems[0]


async def test_after_a_sync_another_programs_call_stays_up():
    async with _qmi() as (modem, first, later):
        ledger = await _keep_qmi(first)
        await later.call(ctl.Sync())
        async with open_qmi_session(later, SessionRequest()):
            await unwind(ledger, device=later)
            assert modem.state.sessions.families(0) == [4, 6]


async def test_a_modem_that_is_gone_took_everything_with_it():
    async with _qmi() as (_, first, later):
        ledger = await _keep_qmi(first)
        await later.transport.aclose()
        await trio.sleep(1)
        assert await unwind(ledger, device=later) == ()
        assert ledger.steps == ()


@asynccontextmanager
async def _mbim() -> AsyncIterator[tuple[SimulatedModem, MbimDevice, tuple[str, ...]]]:
    """Give a modem, a device that joins its open function, and a kept session's addresses."""
    modem = SimulatedModem("em7455")
    async with open_simulated(modem) as open_port:
        await trio.sleep(10)
        port = open_port()
        async with (
            mbim_device(port) as first,
            open_mbim_session(first, SessionRequest()) as session,
        ):
            session.leave()
            addresses = tuple(str(one.interface) for one in session.families)
        assert first.left_open
        async with joined_mbim_device(port, observed=Observed()) as later:
            yield modem, later, addresses


def _noted(*addresses: str) -> Ledger:
    ledger = Ledger()
    ledger.push(MbimSession(session_id=0, addresses=addresses))
    return ledger


async def test_an_mbim_session_is_joined_and_ended_and_the_function_closed():
    async with _mbim() as (modem, later, addresses):
        assert modem.state.sessions.families(0) == [4, 6]
        assert await unwind(_noted(*addresses), device=later) == ()
        assert modem.state.sessions.numbers == []
    assert not later.left_open


async def test_one_whose_addresses_were_not_known_yet_is_ended():
    async with _mbim() as (modem, later, _):
        assert await unwind(_noted(), device=later) == ()
        assert modem.state.sessions.numbers == []


async def test_one_with_other_addresses_is_another_programs_and_the_function_stays_open():
    async with _mbim() as (modem, later, _):
        (problem,) = await unwind(_noted("192.0.2.99/30"), device=later)
        assert "other addresses by now" in problem
        assert modem.state.sessions.families(0) == [4, 6]
    assert later.left_open
    assert modem.state.sessions.families(0) == [4, 6]


async def test_a_function_that_was_closed_since_has_no_session():
    modem = SimulatedModem("em7455")
    async with open_simulated(modem) as open_port:
        async with joined_mbim_device(open_port(), observed=Observed()) as later:
            assert await unwind(_noted("192.0.2.2/30"), device=later) == ()
        assert modem.state.sessions.numbers == []
