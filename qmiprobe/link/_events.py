# SPDX-License-Identifier: GPL-2.0-or-later
"""What a socket hears: data, and the ICMP errors of its error queue, read together.

trio's own ``recvmsg`` with MSG_ERRQUEUE spins while ordinary data waits, since the socket stays
readable. So one task per socket waits for either, and takes both without waiting.
"""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING

import trio

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

ORIGIN_LOCAL = 1
ORIGIN_ICMP = 2
ORIGIN_ICMP6 = 3

_IP_RECVERR = 11
_IPV6_RECVERR = 25
_MOST_AT_ONCE = 256
_ERROR = struct.Struct("=IBBBBII")  # struct sock_extended_err


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
        if (level, kind) in (
            (socket.IPPROTO_IP, _IP_RECVERR),
            (socket.IPPROTO_IPV6, _IPV6_RECVERR),
        ):
            return parse_extended_error(data, quoted)
    return NetworkError(0, 0, 0, 0, 0, None, quoted)


def parse_extended_error(data: bytes, quoted: bytes) -> NetworkError:
    """Return the error in ``data`` (struct sock_extended_err, then the offender's address)."""
    if len(data) < _ERROR.size:
        return NetworkError(0, 0, 0, 0, 0, None, quoted)
    number, origin, kind, code, _, info, _ = _ERROR.unpack_from(data)
    offender = _parse_offender(data[_ERROR.size :])
    return NetworkError(number, origin, kind, code, info, offender, quoted)


def _parse_offender(data: bytes) -> IPAddress | None:
    if len(data) < 8:
        return None
    family = struct.unpack_from("=H", data)[0]
    if family == socket.AF_INET:
        return IPv4Address(data[4:8])
    if family == socket.AF_INET6 and len(data) >= 24:
        return IPv6Address(data[8:24])
    return None
