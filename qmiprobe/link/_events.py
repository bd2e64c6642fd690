# SPDX-License-Identifier: GPL-2.0-or-later
"""What a socket hears: data, and the ICMP errors of its error queue, read together.

trio's own ``recvmsg`` with MSG_ERRQUEUE spins while ordinary data waits, since the socket stays
readable. So one task per socket waits for either, and takes both without waiting.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

import trio

from qmiprobe.sockets import (
    ORIGIN_ICMP,
    ORIGIN_ICMP6,
    ExtendedError,
    is_extended_error,
    parse_extended_error,
)

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

_MOST_AT_ONCE = 256


@dataclass(frozen=True)
class Datagram:
    """Data as the socket gave it; from a raw IPv4 socket with its IP header."""

    data: bytes


@dataclass(frozen=True)
class NetworkError:
    """One entry of the error queue."""

    errno: int
    origin: int
    """ORIGIN_LOCAL, ORIGIN_ICMP or ORIGIN_ICMP6."""
    type: int
    code: int
    info: int
    """The next hop's MTU in bytes where ``errno`` is EMSGSIZE."""
    offender: IPAddress | None
    """Who sent the ICMP error."""
    quoted: bytes
    """What it quotes of our packet, without IP and UDP headers."""

    @property
    def from_network(self) -> bool:
        """Whether an ICMP message brought it; else this host's own kernel says so."""
        return self.origin in (ORIGIN_ICMP, ORIGIN_ICMP6)


Event = Datagram | NetworkError


async def next_events(sock: socket.socket) -> list[Event]:
    """Wait until ``sock`` has something, and return all of it: errors first."""
    while True:
        await trio.lowlevel.wait_readable(sock)
        events = drain(sock)
        if events:
            return events


def drain(sock: socket.socket) -> list[Event]:
    """Return what ``sock`` holds now, errors first, at most a few hundred; never waits."""
    events: list[Event] = []
    for _ in range(_MOST_AT_ONCE):
        error = _take_error(sock)
        if error is None:
            break
        events.append(error)
    for _ in range(_MOST_AT_ONCE):
        try:
            data = sock.recv(65535, socket.MSG_DONTWAIT)
        except BlockingIOError:
            break
        except OSError:
            continue  # a pending error, taken by this very call; its entry was queued above
        events.append(Datagram(data))
    return events


def _take_error(sock: socket.socket) -> NetworkError | None:
    try:
        quoted, ancillary, _, _ = sock.recvmsg(2048, 512, socket.MSG_ERRQUEUE | socket.MSG_DONTWAIT)
    except OSError:
        return None
    for level, kind, data in ancillary:
        if is_extended_error(level, kind):
            return network_error(parse_extended_error(data), quoted)
    return network_error(ExtendedError(), quoted)


def network_error(told: ExtendedError, quoted: bytes) -> NetworkError:
    """Return what an entry says, with what it quotes of our packet."""
    return NetworkError(
        told.errno, told.origin, told.type, told.code, told.info, told.offender, quoted
    )
