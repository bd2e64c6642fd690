# SPDX-License-Identifier: GPL-2.0-or-later
"""The modem's side of a serial port: a pty that a function answers."""

from __future__ import annotations

import os
import pty
import termios
import tty
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import trio

from qmiprobe.sim import SimulatedModem
from qmiprobe.sim.usb.serial import AtPort

Answer = Callable[[bytes], bytes]


class ModemSide:
    """What tests see of it."""

    def __init__(self, master: int, slave: int) -> None:
        self._master, self._slave = master, slave
        self.path = os.ttyname(slave)
        self.heard = b""
        self._left = False

    @property
    def settings(self) -> list[object]:
        """The tty's settings."""
        return list(termios.tcgetattr(self._slave))

    def say(self, data: bytes) -> None:
        """Send something unasked."""
        os.write(self._master, data)

    def leave(self) -> None:
        """Be gone, as when it is unplugged."""
        if not self._left:
            self._left = True
            trio.lowlevel.notify_closing(self._master)
            os.close(self._master)

    async def serve(self, answer: Answer) -> None:
        while not self._left:
            try:
                await trio.lowlevel.wait_readable(self._master)
            except trio.ClosedResourceError:
                return
            with suppress(BlockingIOError):
                data = os.read(self._master, 4096)
                self.heard += data
                reply = answer(data)
                if reply:
                    os.write(self._master, reply)


@asynccontextmanager
async def modem_side(answer: Answer) -> AsyncIterator[ModemSide]:
    """Have a port whose modem answers so while the block runs."""
    master, slave = pty.openpty()
    tty.setraw(slave)  # else it sends back what the modem says, before anybody has opened it
    os.set_blocking(master, False)
    side = ModemSide(master, slave)
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(side.serve, answer)
            yield side
            nursery.cancel_scope.cancel()
    finally:
        side.leave()
        os.close(slave)


def simulated_at(profile: str = "ec25") -> Answer:
    """Return the AT port of a simulated modem."""
    modem = SimulatedModem(profile)
    return AtPort(modem.profile, modem.state).feed


def silent(_data: bytes) -> bytes:
    """Say nothing."""
    return b""
