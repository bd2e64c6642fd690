# SPDX-License-Identifier: GPL-2.0-or-later
"""A serial port as a USB function: line control of CDC ACM and of vendors' ports, bulk data."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn, Protocol

import trio

from qmiprobe.sim.usb._function import Stall

from ._nmea import without_fix

if TYPE_CHECKING:
    from qmiprobe.sim.usb._function import Pipes, Setup
    from qmiprobe.sim.usb._layout import Interface

    from ._at_port import AtPort

SET_LINE_CODING, GET_LINE_CODING = (0x21, 0x20), (0xA1, 0x21)
SET_LINE_STATE, SEND_BREAK = (0x21, 0x22), (0x21, 0x23)
DTR, RTS = 1, 2
_CODING_LENGTH = 7
_USUAL_CODING = (115200).to_bytes(4, "little") + bytes((0, 0, 8))
_SERIAL_STATE, _DSR = 0x20, 2
_ROOM = 65536
"""Bytes that wait for a host that does not fetch them; then the oldest are lost."""


class Voice(Protocol):
    """What speaks at a port."""

    def feed(self, data: bytes) -> bytes:
        """Take what the host sent; return what goes back."""

    def watch(self, tell: Callable[[bytes], None]) -> Callable[[], None]:
        """Give ``tell`` what is said unasked; returns what ends that."""

    async def speak(self, tell: Callable[[bytes], None]) -> None:
        """Say what is said by the clock, for ever."""


class AtVoice:
    """AT commands."""

    def __init__(self, port: AtPort) -> None:
        self.feed = port.feed
        self.watch = port.watch

    async def speak(self, tell: Callable[[bytes], None]) -> None:
        """Say nothing by the clock."""
        await trio.sleep_forever()


class Silence:
    """Takes everything and says nothing, as a diagnostic port to whoever does not know how."""

    def feed(self, data: bytes) -> bytes:
        """Take it."""
        return b""

    def watch(self, tell: Callable[[bytes], None]) -> Callable[[], None]:
        """Say nothing."""
        return lambda: None

    async def speak(self, tell: Callable[[bytes], None]) -> None:
        """Say nothing."""
        await trio.sleep_forever()


class GpsVoice(Silence):
    """NMEA sentences once a second."""

    async def speak(self, tell: Callable[[bytes], None]) -> NoReturn:
        """Say that there is no fix."""
        while True:
            tell(without_fix())
            await trio.sleep(1)


class SerialFunction:
    """One port: control requests go to ``interface``, bytes over the endpoints of ``data``.

    What is said unasked is lost while no program has the port open and reads from it.
    """

    def __init__(
        self, interface: Interface, voice: Voice, *, data: Interface | None = None
    ) -> None:
        self._interface = interface
        self._data = data or interface
        self._voice = voice
        self._waiting = bytearray()
        self._filled = trio.Event()
        self._raised = trio.Event()
        self._sending = trio.CancelScope()
        self.coding = _USUAL_CODING
        """Rate, stop bits, parity and data bits as in the request."""
        self.lines = 0
        """DTR and RTS."""

    @property
    def interfaces(self) -> tuple[int, ...]:
        """The control interface, and the data interface of CDC ACM."""
        return tuple(dict.fromkeys((self._interface.number, self._data.number)))

    def control(self, setup: Setup, data: bytes) -> bytes:
        """Take or give the line's settings."""
        if setup.kind == SET_LINE_STATE:
            self._set_lines(setup.value & (DTR | RTS))
            return b""
        if setup.kind == SET_LINE_CODING and len(data) == _CODING_LENGTH:
            self.coding = data
            return b""
        if setup.kind == GET_LINE_CODING:
            return self.coding
        if setup.kind == SEND_BREAK:
            return b""
        raise Stall

    def _set_lines(self, lines: int) -> None:
        before, self.lines = self.lines, lines
        if lines & DTR and not before & DTR:
            self._raised.set()
        if before & DTR and not lines & DTR:  # closed: nobody wants the rest any more
            self._waiting.clear()
            self._sending.cancel()

    def set_alternate(self, interface: int, alternate: int) -> None:
        """Do nothing: settings differ in nothing that matters here."""

    async def run(self, pipes: Pipes) -> None:
        """Be the port until cancelled."""
        into, out = self._data.endpoint("in", "bulk"), self._data.endpoint("out", "bulk")
        if into is None or out is None:
            await trio.sleep_forever()
            return

        def tell(data: bytes) -> None:
            if self._waiting:
                self._say(data)
            else:
                pipes.send_nowait(into.address, data)

        unwatch = self._voice.watch(tell)
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._write, pipes, into.address)
                nursery.start_soon(self._show_lines, pipes)
                nursery.start_soon(self._voice.speak, tell)
                while True:
                    self._say(self._voice.feed(await pipes.receive(out.address)))
        finally:
            unwatch()

    def _say(self, data: bytes) -> None:
        if data:
            self._waiting += data
            del self._waiting[:-_ROOM]
            self._filled.set()

    async def _write(self, pipes: Pipes, endpoint: int) -> None:
        while True:
            while not self._waiting:
                self._filled = trio.Event()
                await self._filled.wait()
            data = bytes(self._waiting)
            self._waiting.clear()
            with trio.CancelScope() as self._sending:
                await pipes.send(endpoint, data)

    async def _show_lines(self, pipes: Pipes) -> None:
        """Tell that a modem is there (DSR), whenever a program opens the port."""
        endpoint = self._interface.endpoint("in", "interrupt")
        while True:
            await self._raised.wait()
            self._raised = trio.Event()
            if endpoint is not None:
                head = bytes((0xA1, _SERIAL_STATE, 0, 0, self._interface.number, 0, 2, 0))
                pipes.send_nowait(endpoint.address, head + bytes((_DSR, 0)))
