# SPDX-License-Identifier: GPL-2.0-or-later
"""Sessions on the simulated modem: the same from both protocols, whatever is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio

from qmiprobe.device import MbimDevice, QmiDevice, mbim_device, qmi_device
from qmiprobe.session import (
    DataSession,
    SessionRefused,
    SessionRequest,
    find_mbim_session,
    find_qmi_session,
    open_mbim_session,
    open_qmi_session,
)
from qmiprobe.sim import SimulatedModem, open_simulated
from qmiprobe.sim._parts import Context
from qmiprobe.transport import MemoryTransport
from tests.device.lag import lagging

pytestmark = [pytest.mark.autojump, pytest.mark.parametrize("profile", ["ec25", "em7455"])]


@asynccontextmanager
async def _device(
    modem: SimulatedModem, port: MemoryTransport
) -> AsyncIterator[QmiDevice | MbimDevice]:
    if modem.profile.protocol == "qmi":
        async with qmi_device(port) as qmi:
            yield qmi
    else:
        async with mbim_device(port) as mbim:
            yield mbim


@asynccontextmanager
async def _session(
    device: QmiDevice | MbimDevice, request: SessionRequest
) -> AsyncIterator[DataSession]:
    opening = (
        open_qmi_session(device, request)
        if isinstance(device, QmiDevice)
        else open_mbim_session(device, request)
    )
    async with opening as session:
        yield session


async def _find(device: QmiDevice | MbimDevice) -> DataSession | None:
    if isinstance(device, QmiDevice):
        return await find_qmi_session(device)
    return await find_mbim_session(device)


async def _refused(profile: str, *faults: str) -> SessionRefused:
    modem = SimulatedModem(profile, faults=faults)
    async with open_simulated(modem) as open_port, _device(modem, open_port()) as device:
        await trio.sleep(10)
        with pytest.raises(SessionRefused) as got:
            async with _session(device, SessionRequest()):
                pytest.fail("it is not up")
        assert modem.state.sessions.numbers == []
        assert device.observed.anomalies == []
    return got.value


async def test_a_healthy_session_has_both_families_and_is_gone_afterwards(profile: str):
    modem = SimulatedModem(profile)
    async with open_simulated(modem) as open_port, _device(modem, open_port()) as device:
        await trio.sleep(10)
        async with _session(device, SessionRequest()) as session:
            assert [one.family for one in session.families] == [4, 6]
            for facts in session.families:
                given = modem.state.sessions.find(0, facts.family)
                assert given is not None
                assert facts == given.facts
        assert modem.state.sessions.numbers == []
        assert device.observed.anomalies == []


async def test_refused_calls_have_the_networks_reason(profile: str):
    refused = await _refused(profile, "call-refused")
    first = refused.refusals[0]
    kind = "3gpp" if profile == "ec25" else "nw-error"
    assert (first.type, first.number) == (kind, 33)


async def test_without_a_session_none_is_found(profile: str):
    modem = SimulatedModem(profile)
    async with open_simulated(modem) as open_port, _device(modem, open_port()) as device:
        await trio.sleep(10)
        assert await _find(device) is None


async def test_no_address_is_a_refusal(profile: str):
    refused = await _refused(profile, "no-address")
    assert {one.type for one in refused.refusals} == {"no-address"}


async def test_one_family_refused_leaves_the_other(profile: str):
    modem = SimulatedModem(profile, faults=["v6-refused"])
    async with open_simulated(modem) as open_port, _device(modem, open_port()) as device:
        await trio.sleep(10)
        async with _session(device, SessionRequest()) as session:
            assert [one.family for one in session.families] == [4]
            assert [one.family for one in session.refusals] == [6]
            assert session.refusals[0].number == 50
        assert modem.state.sessions.numbers == []


async def test_dns_servers_of_a_network_that_tells_none_are_none(profile: str):
    modem = SimulatedModem(profile)
    modem.state.calls.with_dns = False
    async with open_simulated(modem) as open_port, _device(modem, open_port()) as device:
        await trio.sleep(10)
        async with _session(device, SessionRequest()) as session:
            assert [one.dns for one in session.families] == [(), ()]


@pytest.mark.parametrize("moment", range(0, 80, 3))
async def test_cancelled_at_any_moment_nothing_stays_up(profile: str, moment: int):
    modem = SimulatedModem(profile)
    async with open_simulated(modem) as open_port, lagging(open_port(), 0.05) as port:
        await trio.sleep(10)
        with trio.move_on_after(moment / 50):
            async with _device(modem, port) as device, _session(device, SessionRequest()):
                await trio.sleep_forever()
        await trio.sleep(5)
        assert modem.state.sessions.numbers == []


async def test_a_stored_profile_says_the_apn(profile: str):
    modem = SimulatedModem(profile)
    async with open_simulated(modem) as open_port, _device(modem, open_port()) as device:
        await trio.sleep(10)
        modem.state.store_context(Context(number=2, apn="other.example"))
        async with _session(device, SessionRequest(profile=2)):
            session = modem.state.sessions.find(0, 4)
            assert session is not None
            assert session.apn == "other.example"


async def test_what_is_up_is_read_again_until_the_network_ends_it(profile: str):
    modem = SimulatedModem(profile)
    async with open_simulated(modem) as open_port, _device(modem, open_port()) as device:
        await trio.sleep(10)
        async with _session(device, SessionRequest()) as session:
            assert await session.read() == session.families
            modem.state.sessions.stop(0, 6)
            assert [one.family for one in await session.read()] == [4]
            modem.state.sessions.stop(0, 4)
            assert await session.read() == ()
