# SPDX-License-Identifier: GPL-2.0-or-later
"""The system calls of a control port, behind a seam that tests replace by a fake driver."""

from __future__ import annotations

import fcntl
import os
import select
import stat
import sys
import termios
from typing import Protocol

import trio

IOCTL_WDM_MAX_COMMAND = 0x800248A0
"""_IOR('H', 0xA0, u16) of include/uapi/linux/usb/cdc-wdm.h; other drivers: ENOTTY."""

Terminal = list[int | list[bytes | int]]
"""A terminal's settings, as tcgetattr gives them."""


class System(Protocol):
    """What a control port asks of the system. Failures are OSError with their errno."""

    def open(self, path: str, flags: int) -> int: ...

    def close(self, fd: int) -> None: ...

    def read(self, fd: int, size: int) -> bytes: ...

    def write(self, fd: int, data: bytes) -> int: ...

    def max_command(self, fd: int) -> int:
        """IOCTL_WDM_MAX_COMMAND, in bytes."""

    def is_character_device(self, fd: int) -> bool: ...

    def is_pollable(self, fd: int) -> bool:
        """Whether readiness can be waited for (not so with /dev/null or a file)."""

    def is_terminal(self, fd: int) -> bool: ...

    def make_raw(self, fd: int) -> Terminal:
        """Sets a terminal to pass every byte as it is; returns the settings it had."""

    def restore(self, fd: int, settings: Terminal) -> None: ...

    def hung_up(self, fd: int) -> bool:
        """Whether poll says HUP at this moment."""

    async def wait_readable(self, fd: int) -> None: ...

    async def wait_writable(self, fd: int) -> None: ...

    def notify_closing(self, fd: int) -> None:
        """Ends all waits on ``fd`` with trio.ClosedResourceError."""


class Linux:
    """The real system calls."""

    def open(self, path: str, flags: int) -> int:
        return os.open(path, flags)

    def close(self, fd: int) -> None:
        os.close(fd)

    def read(self, fd: int, size: int) -> bytes:
        return os.read(fd, size)

    def write(self, fd: int, data: bytes) -> int:
        return os.write(fd, data)

    def max_command(self, fd: int) -> int:
        answer = bytearray(2)
        fcntl.ioctl(fd, IOCTL_WDM_MAX_COMMAND, answer)
        return int.from_bytes(answer, sys.byteorder)

    def is_character_device(self, fd: int) -> bool:
        return stat.S_ISCHR(os.fstat(fd).st_mode)

    def is_pollable(self, fd: int) -> bool:
        with select.epoll() as epoll:
            try:
                epoll.register(fd, select.EPOLLIN)
            except PermissionError:
                return False
        return True

    def is_terminal(self, fd: int) -> bool:
        return os.isatty(fd)

    def make_raw(self, fd: int) -> Terminal:
        try:
            before = termios.tcgetattr(fd)
            termios.tcsetattr(fd, termios.TCSANOW, raw(before))
        except termios.error as error:
            raise OSError(*error.args) from error
        return before

    def restore(self, fd: int, settings: Terminal) -> None:
        try:
            termios.tcsetattr(fd, termios.TCSANOW, settings)
        except termios.error as error:
            raise OSError(*error.args) from error

    def hung_up(self, fd: int) -> bool:
        poll = select.poll()
        poll.register(fd, 0)
        return any(flags & select.POLLHUP for _, flags in poll.poll(0))

    async def wait_readable(self, fd: int) -> None:
        await trio.lowlevel.wait_readable(fd)

    async def wait_writable(self, fd: int) -> None:
        await trio.lowlevel.wait_writable(fd)

    def notify_closing(self, fd: int) -> None:
        trio.lowlevel.notify_closing(fd)


def raw(settings: Terminal) -> Terminal:
    """The settings with nothing that edits, echoes, holds back or interprets a byte."""
    iflag, oflag, cflag, lflag, *speeds, characters = settings
    assert isinstance(iflag, int)
    assert isinstance(oflag, int)
    assert isinstance(cflag, int)
    assert isinstance(lflag, int)
    assert isinstance(characters, list)
    iflag &= ~(termios.IGNBRK | termios.BRKINT | termios.PARMRK | termios.ISTRIP | termios.INPCK)
    iflag &= ~(termios.INLCR | termios.IGNCR | termios.ICRNL | termios.IXON | termios.IXOFF)
    oflag &= ~termios.OPOST
    lflag &= ~(termios.ECHO | termios.ECHONL | termios.ICANON | termios.ISIG | termios.IEXTEN)
    cflag &= ~(termios.CSIZE | termios.PARENB)
    cflag |= termios.CS8 | termios.CREAD | termios.CLOCAL
    characters = list(characters)
    characters[termios.VMIN] = 1
    characters[termios.VTIME] = 0
    return [iflag, oflag, cflag, lflag, *speeds, characters]
