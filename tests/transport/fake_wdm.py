# SPDX-License-Identifier: GPL-2.0-or-later
"""A fake descriptor that behaves as the cdc-wdm driver does (drivers/usb/class/cdc-wdm.c)."""

from __future__ import annotations

import errno
import os
from collections import deque
from typing import TYPE_CHECKING

import trio

from qmiprobe.transport._open import open_port
from qmiprobe.transport._wdm import WdmTransport

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmiprobe._framing import Framer
    from qmiprobe.transport._system import Terminal

PATH = "/dev/cdc-wdm0"
REQUEST = bytes.fromhex("010b00000000000121000000")
SECOND = bytes.fromhex("010b00000000000221000000")
ANSWER = bytes.fromhex("011700800000010122000c0002040000000000010200010a")
STALE = bytes.fromhex("01120080000001092100070002040000000000")
"""The answer to a request that an earlier reader of the port made."""


def failed(number: int) -> OSError:
    """The OSError that a system call raises."""
    return OSError(number, os.strerror(number))


class FakeWdm:
    """The driver with one device; a ``System`` for the transport, a test bench for the test."""

    def __init__(self, *, max_command: int = 4096) -> None:
        self.driver_buffer = max_command
        self.max_command_answer: int | OSError = max_command
        self.open_error: OSError | None = None
        self.close_error: OSError | None = None
        self.character_device = True
        self.pollable = True
        self.terminal = False
        self.commands: list[bytes] = []
        """What the device got."""
        self.on_command: Callable[[bytes], None] = lambda command: None
        self.opened: list[tuple[str, int]] = []
        self.closed = 0
        self.reads = 0
        self.writes = 0
        self.read_sizes: list[int] = []
        self.command_stuck = False
        """The device does not take the command: the driver stays busy with it."""
        self.stream_room: int | None = None
        """On a tty: bytes that it takes before the other end reads."""
        self.empty_reads = 0
        """Reads to come that return nothing, as after a failed transfer."""
        self.spurious = 0
        """Wake-ups to come that bring nothing."""
        self.next_write_fails = 0
        """With this number, and poll does not say so before."""
        self.read_errors: deque[int] = deque()
        self.write_errors: deque[int] = deque()
        self._buffer = bytearray()
        self._busy = False
        self._overflow = False
        self._unplugged = False
        self._hung_up = False
        self._resetting = False
        self._closing = False
        self._changed = trio.Event()

    def transport(self, framer: Framer) -> WdmTransport:
        """Opened without a thread, for tests on a mock clock."""
        return WdmTransport(open_port(PATH, self), framer=framer)

    # What the device and the bus do.

    def answer(self, data: bytes) -> None:
        """The device's answer arrives in the driver, which has room for so much."""
        if len(self._buffer) + len(data) > self.driver_buffer:
            self._overflow = True
        else:
            self._buffer += data
        self._wake()

    def complete(self, error: int = 0) -> None:
        """The command that is on its way has arrived, or failed with ``error``."""
        self._busy = False
        if error:
            self.write_errors.append(error)
        self._wake()

    def unplug(self) -> None:
        self._unplugged = self._hung_up = True
        self._wake()

    def hang_up(self) -> None:
        """Poll says HUP, and reads say nothing of it."""
        self._hung_up = True
        self._wake()

    def reset(self, *, begins: bool) -> None:
        self._resetting = begins
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = trio.Event()

    # What the driver does.

    def open(self, path: str, flags: int) -> int:
        if self.open_error:
            raise self.open_error
        self.opened.append((path, flags))
        return 77

    def close(self, fd: int) -> None:
        self.closed += 1
        if self.close_error:
            raise self.close_error

    def read(self, fd: int, size: int) -> bytes:
        assert not self.closed, "read after close"
        self.reads += 1
        self.read_sizes.append(size)
        if self.read_errors:
            raise failed(self.read_errors.popleft())
        if self.empty_reads:
            self.empty_reads -= 1
            return b""
        if not self._buffer:
            self._fail_empty_read()
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data

    def _fail_empty_read(self) -> None:
        if self._unplugged:
            raise failed(errno.ENODEV)
        if self._overflow:
            self._overflow = False
            raise failed(errno.ENOBUFS)
        if self._resetting:
            raise failed(errno.EIO)
        raise failed(errno.EAGAIN)

    def write(self, fd: int, data: bytes) -> int:
        assert not self.closed, "write after close"
        self.writes += 1
        if self._unplugged:
            raise failed(errno.ENODEV)
        if self.next_write_fails:
            raise failed(self.next_write_fails)
        if self.write_errors:
            raise failed(self.write_errors.popleft())
        if self._busy or self.stream_room == 0:
            raise failed(errno.EAGAIN)
        if self._resetting:
            raise failed(errno.EIO)
        taken = data[: self.driver_buffer]
        if self.stream_room is not None:
            taken = taken[: self.stream_room]
            self.stream_room -= len(taken)
        self._busy = self.command_stuck
        self.commands.append(taken)
        self.on_command(taken)
        return len(taken)

    def max_command(self, fd: int) -> int:
        if isinstance(self.max_command_answer, OSError):
            raise self.max_command_answer
        return self.max_command_answer

    def is_character_device(self, fd: int) -> bool:
        return self.character_device

    def is_pollable(self, fd: int) -> bool:
        return self.pollable

    def is_terminal(self, fd: int) -> bool:
        return self.terminal

    def make_raw(self, fd: int) -> Terminal:
        return []

    def restore(self, fd: int, settings: Terminal) -> None: ...

    def hung_up(self, fd: int) -> bool:
        return self._hung_up

    async def wait_readable(self, fd: int) -> None:
        await self._wait(
            lambda: bool(self._buffer or self.read_errors or self.empty_reads or self._resetting)
        )

    async def wait_writable(self, fd: int) -> None:
        await self._wait(lambda: not self._busy and self.stream_room != 0)

    async def _wait(self, ready: Callable[[], bool]) -> None:
        await trio.lowlevel.checkpoint()
        while not (self._hung_up or self.write_errors or ready()):
            if self._closing:
                raise trio.ClosedResourceError
            if self.spurious:
                self.spurious -= 1
                return
            await self._changed.wait()

    def notify_closing(self, fd: int) -> None:
        self._closing = True
        self._wake()
