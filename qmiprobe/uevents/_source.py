# SPDX-License-Identifier: GPL-2.0-or-later
"""Hears the kernel's events on a netlink socket, and looks for itself where it cannot hear.

Who waits subscribes first, then looks, and then waits: what happens in between is heard, so that
no change is missed. An event says only that it is time to look; what counts is what is there.
"""

from __future__ import annotations

import errno
import os
import socket
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import trio

from qmiprobe.uevents._event import Uevent, parse_uevent

_NETLINK_KOBJECT_UEVENT = 15
_KERNEL_GROUP = 1
_BUFFER_BYTES = 1 << 20
_SO_RCVBUFFORCE = 33
_LARGEST = 16384
_KEPT = 4096
_INITIAL_USER_NAMESPACE = 0xEFFFFFFD
"""Its inode, the same on every machine: the kernel tells of hardware only to namespaces of it."""

POLL_S = 0.2
"""Between two looks where nothing can be heard."""
LOOK_AGAIN_S = 1.0
"""Between two looks without an event: udev's own work (rights, links, names) is no event here."""

T = TypeVar("T")


class Uevents:
    """A subscription; made by :func:`open_uevents`, which ends it."""

    def __init__(self, sock: socket.socket | None, why_deaf: str | None = None) -> None:
        self._socket = sock
        self.why_deaf = why_deaf
        """Why this process cannot hear the kernel; None where it can."""
        self.heard: deque[Uevent] = deque(maxlen=_KEPT)
        """What came since the subscription began, the last few thousand events, oldest first."""
        self.lost = 0
        """How often the kernel had more to say than the socket could hold."""

    async def changed(self) -> tuple[Uevent, ...]:
        """Wait until it is time to look, and return what was heard; empty where nothing was.

        Returns after :data:`POLL_S` where nothing can be heard, else at the latest after
        :data:`LOOK_AGAIN_S`.
        """
        if self._socket is None:
            await trio.sleep(POLL_S)
            return ()
        with trio.move_on_after(LOOK_AGAIN_S):
            while True:
                await trio.lowlevel.wait_readable(self._socket)
                lost = self.lost
                fresh = self.drain()
                if fresh or self.lost > lost:
                    return fresh
        return ()

    def drain(self) -> tuple[Uevent, ...]:
        """Take what came by now, without waiting, and return it."""
        fresh: list[Uevent] = []
        while self._socket is not None:
            try:
                data, sender = self._socket.recvfrom(_LARGEST, socket.MSG_DONTWAIT)
            except BlockingIOError:
                break
            except OSError as error:
                if error.errno != errno.ENOBUFS:
                    raise
                self.lost += 1
                continue
            # Any program may send to a netlink socket; the kernel's number is 0.
            event = parse_uevent(data) if sender[0] == 0 else None
            if event is not None:
                fresh.append(event)
        self.heard.extend(fresh)
        return tuple(fresh)

    async def wait_for(self, look: Callable[[], T | None], *, timeout: float) -> T | None:
        """Return what ``look`` finds, at once or after a change; None after ``timeout`` seconds.

        ``look`` returns None as long as what is waited for is not there; it may read sysfs.
        """
        with trio.move_on_after(timeout):
            while True:
                found = look()
                if found is not None:
                    return found
                await self.changed()
        return look()


@contextmanager
def open_uevents() -> Iterator[Uevents]:
    """Subscribe to the kernel's events, from here on until the block ends.

    Where they cannot be heard (no such socket, or a container, to which the kernel does not tell
    of hardware) the subscription says why, and looks every :data:`POLL_S` seconds.
    """
    sock, why_deaf = _subscribe()
    try:
        yield Uevents(sock, why_deaf)
    finally:
        if sock is not None:
            sock.close()


async def wait_for(look: Callable[[], T | None], *, timeout: float) -> T | None:
    """Subscribe, then wait as :meth:`Uevents.wait_for` does."""
    with open_uevents() as events:
        return await events.wait_for(look, timeout=timeout)


def _subscribe() -> tuple[socket.socket | None, str | None]:
    if not _hears_of_hardware():
        return None, "in a container: the kernel tells of devices only outside of it"
    try:
        kind = socket.SOCK_DGRAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK
        sock = socket.socket(socket.AF_NETLINK, kind, _NETLINK_KOBJECT_UEVENT)
    except OSError as error:
        return None, f"no netlink socket for uevents: {error.strerror}"
    try:
        _enlarge(sock)
        sock.bind((0, _KERNEL_GROUP))
    except OSError as error:
        sock.close()
        return None, f"cannot subscribe to uevents: {error.strerror}"
    return sock, None


def _hears_of_hardware() -> bool:
    try:
        return os.stat("/proc/self/ns/user").st_ino == _INITIAL_USER_NAMESPACE
    except OSError:  # a kernel without user namespaces
        return True


def _enlarge(sock: socket.socket) -> None:
    """Let the socket hold a whole modem's coming: some hundred events of several hundred bytes."""
    for option in (_SO_RCVBUFFORCE, socket.SO_RCVBUF):
        with suppress(OSError):  # the first is for root
            sock.setsockopt(socket.SOL_SOCKET, option, _BUFFER_BYTES)
            return
