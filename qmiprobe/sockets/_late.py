# SPDX-License-Identifier: GPL-2.0-or-later
"""How long a socket must be kept after its last use."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import trio

if TYPE_CHECKING:
    import socket

KEEP_SECONDS = 3.0


def retire(sock: socket.socket, *, seconds: float = KEEP_SECONDS) -> None:
    """Close ``sock`` a little later, or when trio ends.

    An answer that comes after its socket has gone is refused by the kernel itself, with a RST or
    an ICMP error that follows the routing table: it may leave by another netdev. So a socket that
    an answer may still come to stays, bound and unread.
    """
    trio.lowlevel.spawn_system_task(_close_later, sock, seconds)


async def _close_later(sock: socket.socket, seconds: float) -> None:
    try:
        await trio.sleep(seconds)
    finally:
        with contextlib.suppress(OSError):  # out of a system task an error would end the program
            sock.close()
