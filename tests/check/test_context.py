# SPDX-License-Identifier: GPL-2.0-or-later
"""What a climb takes goes back in order, whatever happens, in bounded time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio

from qmiprobe.address import ControlPort
from qmiprobe.check._context import CheckContext, CheckOptions, open_context
from qmiprobe.device import mbim_device, qmi_device
from qmiprobe.errors import NoAnswer
from qmiprobe.qmi.services import dms
from qmiprobe.session import SessionRequest, open_mbim_session, open_qmi_session
from qmiprobe.sim import SimulatedModem, open_simulated
from qmiprobe.transport import memory_pair
from tests.device.scripted import PORT, scripted_mbim, scripted_qmi

pytestmark = pytest.mark.autojump


class Own(Exception):
    """Something that goes wrong."""


@asynccontextmanager
async def _context() -> AsyncIterator[CheckContext]:
    async with open_context(ControlPort(name="test", open=None), CheckOptions()) as context:
        yield context


class Log:
    """Managers that say when they are entered and left."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    @asynccontextmanager
    async def manager(self, name: str, *, enter: float = 0, leave: float = 0) -> AsyncIterator[str]:
        try:
            await trio.sleep(enter)
            self.lines.append(f"+{name}")
            async with trio.open_nursery() as nursery:
                nursery.start_soon(trio.sleep_forever)
                yield name
                await trio.sleep(leave)
                nursery.cancel_scope.cancel()
        finally:
            self.lines.append(f"-{name}")

    @asynccontextmanager
    async def session(self, name: str, *, leave: float = 0) -> AsyncIterator[str]:
        """Give one without scopes of its own, as sessions and client ids are."""
        self.lines.append(f"+{name}")
        try:
            yield name
        finally:
            await trio.sleep(leave)
            self.lines.append(f"-{name}")


async def test_what_is_kept_outlives_the_scope_that_entered_it():
    log = Log()
    async with _context() as context:
        with trio.move_on_after(1) as scope:
            assert await context.keep(log.manager("device")) == "device"
            scope.cancel()
            await trio.sleep(1)
        assert log.lines == ["+device"]
        await trio.sleep(5)
    assert log.lines == ["+device", "-device"]


async def test_sessions_go_before_devices_and_devices_in_reverse_and_ports_last():
    log = Log()
    port, other = memory_pair(PORT)
    async with _context() as context:
        context.transport = port
        await context.keep(log.manager("first"))
        await context.keep(log.manager("second"))
        await context.stack.enter_async_context(log.session("session"))
        close = port.aclose

        async def aclose() -> None:
            log.lines.append("-port")
            await close()

        port.aclose = aclose  # type: ignore[method-assign]
    assert log.lines[3:] == ["-session", "-second", "-first", "-port"]
    await other.aclose()


async def test_cancelled_it_still_gives_back_while_the_devices_live():
    log = Log()
    with trio.move_on_after(1) as scope:
        async with _context() as context:
            await context.keep(log.manager("device", leave=0.5))
            await context.stack.enter_async_context(log.session("session", leave=0.5))
            await trio.sleep_forever()
    assert scope.cancelled_caught
    assert trio.current_time() == 2
    assert log.lines == ["+device", "+session", "-session", "-device"]


async def test_an_entry_that_fails_leaves_nothing_and_its_error_bare():
    class Broken:
        async def __aenter__(self) -> None:
            raise Own

        async def __aexit__(self, *_: object) -> None:
            pytest.fail("it was never entered")

    async with _context() as context:
        with pytest.raises(Own):
            await context.keep(Broken())
        assert await context.keep(Log().manager("device")) == "device"


async def test_an_entry_that_is_cancelled_leaves_nothing_and_does_not_hang():
    log = Log()
    async with _context() as context:
        with trio.move_on_after(1) as scope:
            await context.keep(log.manager("device", enter=10))
        assert scope.cancelled_caught
        assert trio.current_time() == 1
        assert log.lines == ["-device"]


@pytest.mark.parametrize("moment", [0.0, 0.9999, 1.0, 1.0001])
async def test_cancelled_around_the_moment_of_entry_it_does_not_hang(moment: float):
    log = Log()
    with trio.move_on_after(moment):
        async with _context() as context:
            await context.keep(log.manager("device", enter=1))
            await trio.sleep_forever()
    assert trio.current_time() <= 2
    assert log.lines.count("+device") == log.lines.count("-device") or log.lines == ["-device"]


async def test_an_entry_in_a_scope_that_was_cancelled_before_does_not_hang():
    log = Log()
    async with _context() as context:
        with trio.CancelScope() as scope:
            scope.cancel()
            await context.keep(log.manager("device"))
        assert scope.cancelled_caught
    assert "+device" not in log.lines


async def test_the_blocks_error_leaves_bare_after_all_was_given_back():
    log = Log()

    async def use() -> None:
        async with _context() as context:
            await context.keep(log.manager("device"))
            raise Own

    with pytest.raises(Own):
        await use()
    assert log.lines == ["+device", "-device"]


async def test_a_session_that_fails_to_stop_does_not_keep_the_devices():
    log = Log()

    async def fail() -> None:
        raise Own

    async def use() -> None:
        async with _context() as context:
            await context.keep(log.manager("device"))
            context.stack.push_async_callback(fail)

    with pytest.raises(Own):
        await use()
    assert log.lines == ["+device", "-device"]


async def test_a_device_that_breaks_ends_the_climb_with_its_error():
    log = Log()

    @asynccontextmanager
    async def breaks() -> AsyncIterator[None]:
        async with trio.open_nursery() as nursery:

            async def crash() -> None:
                await trio.sleep(1)
                raise Own

            nursery.start_soon(crash)
            yield

    async def use() -> None:
        async with _context() as context:
            await context.keep(log.manager("device"))
            await context.keep(breaks())
            await trio.sleep_forever()

    with pytest.raises(BaseExceptionGroup) as got:
        await use()
    assert got.group_contains(Own)
    assert trio.current_time() == 1
    assert log.lines == ["+device", "-device"]


async def test_a_qmi_session_in_a_cancelled_climb_goes_back_through_a_living_device():
    modem = SimulatedModem("ec25")
    async with open_simulated(modem) as open_port:
        with trio.move_on_after(20) as scope:
            async with _context() as context:
                port = open_port()
                context.opened.append(port)
                device = await context.keep(qmi_device(port))
                await trio.sleep(10)
                opening = open_qmi_session(device, SessionRequest())
                await context.stack.enter_async_context(opening)
                assert modem.state.sessions.numbers == [0]
                await trio.sleep_forever()
        assert scope.cancelled_caught
        assert modem.state.sessions.numbers == []
        assert modem.face.connection.clients.held() == []  # type: ignore[union-attr]
        assert device.observed.anomalies == []


async def test_an_mbim_session_in_a_cancelled_climb_is_deactivated_and_the_function_closed():
    modem = SimulatedModem("em7455")
    async with open_simulated(modem) as open_port:
        with trio.move_on_after(20) as scope:
            async with _context() as context:
                port = open_port()
                context.opened.append(port)
                device = await context.keep(mbim_device(port))
                await trio.sleep(10)
                opening = open_mbim_session(device, SessionRequest())
                await context.stack.enter_async_context(opening)
                assert modem.state.sessions.numbers == [0]
                await trio.sleep_forever()
        assert scope.cancelled_caught
        assert modem.state.sessions.numbers == []
        assert not device.connection.is_open
        assert device.observed.anomalies == []


async def test_a_client_that_a_rung_took_goes_back_before_its_device_ends():
    async with scripted_qmi() as (port, modem):
        with trio.move_on_after(1):
            async with _context() as context:
                device = await context.keep(qmi_device(port))
                with trio.move_on_after(0.5):
                    await context.stack.enter_async_context(device.client("dms"))
                    modem.script(dms.GetModel, dms.GetModelResponse(model=""))
                await trio.sleep_forever()
        assert modem.held == []


async def test_a_device_that_does_not_open_is_not_kept():
    async with scripted_mbim() as (port, modem):
        modem.take = lambda data: None  # type: ignore[method-assign]
        async with _context() as context:
            with pytest.raises(NoAnswer):
                await context.keep(mbim_device(port, timeout=2))
            assert trio.current_time() == 2
        assert trio.current_time() == 2
