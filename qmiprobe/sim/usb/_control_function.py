# SPDX-License-Identifier: GPL-2.0-or-later
"""The control half of a QMI or MBIM interface: encapsulated commands (CDC-WDM), DTR."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import trio

from qmiprobe.sim.usb._encapsulated import EncapsulatedPort
from qmiprobe.sim.usb._faults import UsbFaults
from qmiprobe.sim.usb._function import Babble, Pipes, Setup, Stall
from qmiprobe.sim.usb._layout import Interface
from qmiprobe.transport._port import ControlTransport

SEND_ENCAPSULATED, GET_ENCAPSULATED = (0x21, 0x00), (0xA1, 0x01)
SET_LINE_STATE, RESET_FUNCTION = (0x21, 0x22), (0x21, 0x05)
_RESPONSE_AVAILABLE = 0x01
_STRANGE = 0x20
"""SERIAL_STATE, which a control port has no use for."""

Serve = Callable[[ControlTransport], Awaitable[None]]
"""Is the modem at one control port until that is closed."""
Leave = Callable[[str], None]
"""Has the modem leave the bus: ``gone``, ``back``, ``boot-loader``."""


class ControlFunction:
    """One control port; what it carries is the modem's."""

    def __init__(
        self,
        interface: Interface,
        port: EncapsulatedPort,
        serve: Serve,
        *,
        faults: UsbFaults,
        leave: Leave,
    ) -> None:
        self.interfaces = (interface.number,)
        self.dtr = False
        self._port = port
        self._serve = serve
        self._faults = faults
        self._leave = leave
        self._needs_dtr = interface.dtr or faults.needs_dtr
        endpoint = interface.endpoint("in", "interrupt")
        self._notify = None if endpoint is None else endpoint.address
        self._commands = 0
        self._empty = 0
        """Announced answers of no bytes."""
        self._fetched = b""
        """The last answer."""

    def control(self, setup: Setup, data: bytes) -> bytes:
        """Carry out a request of the driver's."""
        if setup.kind == SEND_ENCAPSULATED:
            self._send(data)
        elif setup.kind == GET_ENCAPSULATED:
            return self._fetch()
        elif setup.kind == SET_LINE_STATE:
            self.dtr = bool(setup.value & 1)
            if self._needs_dtr and not self.dtr:
                self._port.clear()
        elif setup.kind == RESET_FUNCTION:
            self._port.clear()
        else:
            raise Stall
        return b""

    def set_alternate(self, interface: int, alternate: int) -> None:
        """Do nothing: there is one setting only."""

    async def run(self, pipes: Pipes) -> None:
        """Be the modem there, and announce its answers."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._announce, pipes)
            await self._serve(self._port)
            # The modem ended it, not the host: it has gone.
            self._leave("gone")

    def _happens(self, fault: str) -> bool:
        """Whether a counted fault happens to the command there is, or its answer."""
        return self._commands > self._faults.spared and self._faults.take(fault)

    def _send(self, data: bytes) -> None:
        self._commands += 1
        if self._happens("send_stalls"):
            raise Stall
        if self._faults.leaves and self._commands > self._faults.spared:
            leaves, self._faults.leaves = self._faults.leaves, ""
            self._leave(leaves)
        elif self.dtr or not self._needs_dtr:
            self._port.take(data)

    def _fetch(self) -> bytes:
        if self._happens("get_stalls"):
            self._port.spend()
            raise Stall
        if self._empty:
            self._empty -= 1
            return b""
        if self._fetched and self._happens("double_answers"):
            self._port.spend()
            return self._fetched
        self._fetched = self._port.fetch()
        if self._fetched and self._happens("long_answers"):
            raise Babble
        return self._fetched

    async def _announce(self, pipes: Pipes) -> None:
        if self._notify is None:
            return
        while True:
            await self._port.next_announcement()
            if self._happens("lost_notifications"):
                self._port.lose_announcement()
                continue
            for code in self._notifications():
                await pipes.send(self._notify, self._notification(code))

    def _notifications(self) -> list[int]:
        """Return what is told of an answer: that it is there, as a rule."""
        codes = [_RESPONSE_AVAILABLE]
        if self._happens("empty_answers"):
            self._empty += 1
            codes.append(_RESPONSE_AVAILABLE)
        if self._happens("unknown_notifications"):
            codes.insert(0, _STRANGE)
        return codes

    def _notification(self, code: int) -> bytes:
        return bytes((0xA1, code, 0, 0, self.interfaces[0], 0, 0, 0))
