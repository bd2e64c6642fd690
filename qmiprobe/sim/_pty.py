# SPDX-License-Identifier: GPL-2.0-or-later
"""A simulated modem as a pty, for programs that open a path.

The modem holds the slave open too, so that its master never sees an end, and clients may come
and go. What a client left unread is thrown away when it closes: the next one starts afresh.
"""

from __future__ import annotations

import os
import termios
import tty
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import trio

from qmiprobe._framing import Frame, Framer, Garbage
from qmiprobe.errors import CannotTest, DeviceGone, TransportError
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.sim._inotify import OpenWatch
from qmiprobe.sim._modem import SimulatedModem
from qmiprobe.sim._unwrap import single_errors
from qmiprobe.transport._port import ControlTransport

READ_SIZE = 65536


class PtyPort:
    """The modem's end of a pty: a :class:`~qmiprobe.transport.ControlTransport`."""

    def __init__(self, framer: Framer) -> None:
        self._framer = framer
        self._ready: deque[Frame | Garbage] = deque()
        self._master, self._slave = _open_pty()
        self.path = os.ttyname(self._slave)
        """What clients open."""
        self.name = self.path
        self.max_command: int | None = None
        self._closed = False
        self._receiving = trio.CancelScope()
        """Around the wait for bytes; cancelled where another task took them in."""
        try:
            self._watch = OpenWatch(self.path)
        except CannotTest:
            os.close(self._master)
            os.close(self._slave)
            raise

    async def receive(self) -> Frame | Garbage:
        """Return the next message of whichever client there is."""
        while not self._ready:
            self._look()
            if not self._ready and not self._read():
                with trio.CancelScope() as self._receiving:
                    await self._wait(trio.lowlevel.wait_readable)
        await trio.lowlevel.checkpoint()
        return self._ready.popleft()

    async def send(self, message: bytes) -> None:
        """Write one message; without a client it is lost, as on a port that nobody reads."""
        sent = 0
        while sent < len(message):
            self._look()
            if not self._watch.programs:
                await trio.lowlevel.checkpoint()
                return
            try:
                sent += os.write(self._master, message[sent:])
            except BlockingIOError:
                await self._wait(trio.lowlevel.wait_writable)
            except OSError as error:
                raise self._gone() from error

    async def watch_clients(self) -> None:
        """Throw away, for ever, what clients left unread when they closed."""
        while not self._closed:
            self._look()
            try:
                await trio.lowlevel.wait_readable(self._watch.fd)
            except trio.ClosedResourceError:
                return

    async def aclose(self) -> None:
        """Remove the pty."""
        if not self._closed:
            self._closed = True
            for fd in (self._master, self._slave, self._watch.fd):
                trio.lowlevel.notify_closing(fd)
                os.close(fd)
        await trio.lowlevel.checkpoint()

    def _look(self) -> None:
        if self._closed:
            raise self._gone()
        if self._watch.look():
            while self._read():
                pass
            self._ready.extend(self._framer.flush())
            _drain(self._slave)
            if self._ready:
                self._receiving.cancel()

    def _read(self) -> bool:
        try:
            data = os.read(self._master, READ_SIZE)
        except BlockingIOError:
            return False
        except OSError as error:
            raise self._gone() from error
        self._ready.extend(self._framer.feed(data))
        return True

    async def _wait(self, ready: Callable[[int], Awaitable[None]]) -> None:
        try:
            await ready(self._master)
        except trio.ClosedResourceError:
            raise self._gone() from None

    def _gone(self) -> TransportError:
        return DeviceGone("the simulated modem has gone", port=self.name)


def _open_pty() -> tuple[int, int]:
    try:
        master, slave = os.openpty()
    except OSError as error:
        raise CannotTest(f"no pty: {error}; is /dev/pts mounted?") from None
    tty.setraw(slave, termios.TCSANOW)
    os.set_blocking(master, False)
    os.set_blocking(slave, False)
    return master, slave


def _drain(slave: int) -> None:
    """Throw away what clients did not read, and no more than that: not what they wrote."""
    with suppress(BlockingIOError):
        while os.read(slave, READ_SIZE):
            pass
    termios.tcflush(slave, termios.TCIFLUSH)


@asynccontextmanager
async def serve_pty(
    modem: SimulatedModem, *, wrap: Callable[[ControlTransport], ControlTransport] | None = None
) -> AsyncGenerator[str, None]:
    """Serve the modem on a new pty and give the path that clients open.

    ``wrap`` may put something around the modem's end, such as a trace. The pty is gone at the
    end. Raises CannotTest where the system has no pty to give.
    """
    qmi = modem.profile.protocol == "qmi"
    port = PtyPort(QmuxFramer() if qmi else MbimFramer())
    with single_errors():
        async with trio.open_nursery() as nursery:
            nursery.start_soon(port.watch_clients)
            nursery.start_soon(modem.serve, port if wrap is None else wrap(port))
            try:
                yield port.path
            finally:
                nursery.cancel_scope.cancel()
