# SPDX-License-Identifier: GPL-2.0-or-later
"""The modem's end of a pty as a control transport; it can dribble and it can hang up."""

from __future__ import annotations

import contextlib
import os
import pty
import tty
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio

from qmiprobe._framing import Frame, Framer, Garbage
from qmiprobe.errors import DeviceGone


class PtyEnd:
    """Reads whole messages and writes them in pieces of ``piece`` bytes."""

    def __init__(self, framer: Framer, *, piece: int = 4096) -> None:
        self._framer = framer
        self._piece = piece
        self._ready: deque[Frame | Garbage] = deque()
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self.path = os.ttyname(self._slave)
        self.name = self.path
        self.max_command: int | None = None

    async def receive(self) -> Frame | Garbage:
        while not self._ready:
            try:
                await trio.lowlevel.wait_readable(self._master)
                data = os.read(self._master, 4096)
            except BlockingIOError:
                continue
            except (OSError, trio.ClosedResourceError):
                raise DeviceGone("closed", port=self.path) from None
            self._ready.extend(self._framer.feed(data))
        await trio.lowlevel.checkpoint()
        return self._ready.popleft()

    async def send(self, message: bytes) -> None:
        while message:
            try:
                sent = os.write(self._master, message[: self._piece])
            except BlockingIOError:
                await trio.lowlevel.wait_writable(self._master)
                continue
            except OSError:
                raise DeviceGone("closed", port=self.path) from None
            message = message[sent:]
            await trio.lowlevel.checkpoint()

    async def aclose(self) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        """Let the host see the end of the line."""
        for fd in (self._master, self._slave):
            with contextlib.suppress(OSError):
                if fd == self._master:
                    trio.lowlevel.notify_closing(fd)
                os.close(fd)


@asynccontextmanager
async def pty_end(framer: Framer, *, piece: int = 4096) -> AsyncIterator[PtyEnd]:
    """Give the modem's end of a new pty."""
    end = PtyEnd(framer, piece=piece)
    try:
        yield end
    finally:
        end.hang_up()
