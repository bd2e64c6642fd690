# SPDX-License-Identifier: GPL-2.0-or-later
"""The machine that a rebind works on: sysfs to read and write, modules to load, changes to hear."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol, TypeVar

import trio

from qmiprobe.errors import CannotTest
from qmiprobe.uevents import Uevents, open_uevents

T = TypeVar("T")


class System(Protocol):
    """A seam for tests."""

    @property
    def sysroot(self) -> str:
        """Where sysfs and proc are read."""
        ...

    async def write(self, path: str, text: str) -> None:
        """Write to a file of sysfs. Raises OSError with what the kernel says."""

    async def modprobe(self, driver: str, *, by_force: bool) -> str | None:
        """Load a module; return why that failed. ``by_force``: though a file keeps it out."""
        ...

    async def set_up(self, netdev: str, *, up: bool) -> bool:
        """Take a netdev up or down; return whether it was up."""
        ...

    async def wait_for(self, look: Callable[[], T | None], *, timeout: float) -> T | None:
        """Return what ``look`` finds, looking again after each change; None after the time."""
        ...


class Linux:
    """This machine; made by :func:`this_machine`."""

    sysroot = "/"

    def __init__(self, events: Uevents) -> None:
        self._events = events

    async def write(self, path: str, text: str) -> None:
        # In a thread that is waited for in any case: the kernel may ask the modem for seconds, and
        # a write that is still under way while its way back begins would be the worst of all.
        await trio.to_thread.run_sync(_write, path, text)

    async def modprobe(self, driver: str, *, by_force: bool) -> str | None:
        words = ["modprobe", *(["--ignore-install"] if by_force else []), driver]
        try:
            done = await trio.run_process(
                words, capture_stdout=True, stderr=subprocess.STDOUT, check=False
            )
        except FileNotFoundError:
            return "there is no modprobe: install kmod, or run it from /sbin"
        said = done.stdout.decode(errors="replace").strip()
        return None if done.returncode == 0 else said or f"exit status {done.returncode}"

    async def set_up(self, netdev: str, *, up: bool) -> bool:
        return await trio.to_thread.run_sync(lambda: _set_up(netdev, up=up))

    async def wait_for(self, look: Callable[[], T | None], *, timeout: float) -> T | None:
        return await self._events.wait_for(look, timeout=timeout)


def require_rights(name: str) -> None:
    """Raise CannotTest where this user may not change the USB device ``name``."""
    path = f"/sys/bus/usb/devices/{name}/bConfigurationValue"
    if os.path.exists(path) and not os.access(path, os.W_OK):
        raise CannotTest(
            f"{path} is not to be written: run as root; in a container sysfs is read-only, run it "
            "on the host"
        )


@contextmanager
def this_machine() -> Iterator[Linux]:
    """Give this machine, its events heard from here on."""
    with open_uevents() as events:
        yield Linux(events)


def _write(path: str, text: str) -> None:
    # One write, no buffer: what the kernel says to it is what counts.
    file = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(file, text.encode("ascii"))
    finally:
        with suppress(OSError):
            os.close(file)


_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 0x01


def _set_up(netdev: str, *, up: bool) -> bool:
    import fcntl
    import socket
    import struct

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh22x", netdev.encode(), 0)
        answer = fcntl.ioctl(any_socket, _SIOCGIFFLAGS, request)
        flags = struct.unpack_from("16sh", answer)[1] & 0xFFFF
        was = bool(flags & _IFF_UP)
        if was != up:
            flags = flags | _IFF_UP if up else flags & ~_IFF_UP
            request = struct.pack("16sH22x", netdev.encode(), flags)
            fcntl.ioctl(any_socket, _SIOCSIFFLAGS, request)
    return was


def shown(error: OSError) -> str:
    """Return an error as people look for it: the text and its name."""
    name = errno.errorcode.get(error.errno or 0, "no errno")
    return f"{error.strerror or error} ({name})"
