# SPDX-License-Identifier: GPL-2.0-or-later
"""The control half of a QMI or MBIM interface: encapsulated commands (CDC-WDM), DTR."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import trio

from qmiprobe.sim.usb._encapsulated import EncapsulatedPort
from qmiprobe.sim.usb._faults import UsbFaults
from qmiprobe.sim.usb._function import Pipes, Setup, Stall
from qmiprobe.sim.usb._layout import Interface
from qmiprobe.transport._port import ControlTransport

SEND_ENCAPSULATED, GET_ENCAPSULATED = (0x21, 0x00), (0xA1, 0x01)
SET_LINE_STATE, RESET_FUNCTION = (0x21, 0x22), (0x21, 0x05)
_STRANGE = 0x20
"""SERIAL_STATE, which a control port has no use for."""

Serve = Callable[[ControlTransport], Awaitable[None]]
"""Is the modem at one control port until that is closed."""


class ControlFunction:
    """One control port; what it carries is the modem's."""

    def __init__(
        self,
        interface: Interface,
        port: EncapsulatedPort,
        serve: Serve,
        *,
        faults: UsbFaults,
        unplug: Callable[[], None],
    ) -> None:
        self.interfaces = (interface.number,)
        self.dtr = False
        self._port = port
        self._serve = serve
        self._faults = faults
        self._unplug = unplug
        self._needs_dtr = interface.dtr or faults.needs_dtr
        endpoint = interface.endpoint("in", "interrupt")
        self._notify = None if endpoint is None else endpoint.address
        self._empty = 0
        """Announced answers of no bytes."""

    def control(self, setup: Setup, data: bytes) -> bytes:
        """Carry out a request of the driver's."""
        if setup.kind == SEND_ENCAPSULATED:
            if self._faults.take("send_stalls"):
                raise Stall
            if self.dtr or not self._needs_dtr:
                self._port.take(data)
            return b""
        if setup.kind == GET_ENCAPSULATED:
            return self._fetch()
        if setup.kind == SET_LINE_STATE:
            self.dtr = bool(setup.value & 1)
            if self._needs_dtr and not self.dtr:
                self._port.clear()
            return b""
        if setup.kind == RESET_FUNCTION:
            self._port.clear()
            return b""
        raise Stall

    def set_alternate(self, interface: int, alternate: int) -> None:
        """Do nothing: there is one setting only."""

    async def run(self, pipes: Pipes) -> None:
        """Be the modem there, and announce its answers."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._announce, pipes)
            await self._serve(self._port)
            # The modem ended it, not the host: it has gone.
            self._unplug()

    def _fetch(self) -> bytes:
        if self._faults.take("get_stalls"):
            raise Stall
        if self._empty:
            self._empty -= 1
            return b""
        return self._port.fetch()

    async def _announce(self, pipes: Pipes) -> None:
        if self._notify is None:
            return
        while True:
            await self._port.next_announcement()
            for code in self._notifications():
                await pipes.send(self._notify, self._notification(code))

    def _notifications(self) -> list[int]:
        """Return what is told of an answer: that it is there, as a rule."""
        codes = [1]
        if self._faults.take("unknown_notifications"):
            codes.insert(0, _STRANGE)
        if self._faults.take("empty_answers"):
            self._empty += 1
            codes.insert(0, 1)
        if self._faults.take("lost_notifications"):
            codes = []
        return codes

    def _notification(self, code: int) -> bytes:
        return bytes((0xA1, code, 0, 0, self.interfaces[0], 0, 0, 0))
