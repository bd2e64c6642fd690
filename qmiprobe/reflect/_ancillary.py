# SPDX-License-Identifier: GPL-2.0-or-later
"""What the kernel tells of each packet beside its data: TTL, TOS, fragments, time, own address.

Times are the kernel's, in nanoseconds since 1970 (CLOCK_REALTIME), taken as a packet came to the
netdev's queue or from its driver. Where the kernel gave none, this process's own stands in.
"""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING

from qmiprobe.sockets import (
    ORIGIN_STAMP,
    ExtendedError,
    is_extended_error,
    parse_extended_error,
    queue_errors,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmiprobe.bearer import IPAddress

# <linux/in.h>, <linux/in6.h>, <linux/net_tstamp.h>: not in the standard library of Python 3.11
_IP_TOS, _IP_TTL, _IP_PKTINFO = 1, 2, 8
_IP_RECVTTL, _IP_RECVTOS, _IP_RECVFRAGSIZE = 12, 13, 25
_V6_RECVPKTINFO, _V6_PKTINFO, _V6_RECVHOPLIMIT, _V6_HOPLIMIT = 49, 50, 51, 52
_V6_RECVTCLASS, _V6_TCLASS, _V6_RECVFRAGSIZE = 66, 67, 77
_SO_TIMESTAMPING = 37
_STAMP_QUEUED, _STAMP_RECEIVED, _STAMP_REPORT = 1 << 8, 1 << 3, 1 << 4
_STAMP_ID, _STAMP_ONLY = 1 << 7, 1 << 11
_TIMESPEC = struct.Struct("@ll")
_SPACE = 512


@dataclass(frozen=True, kw_only=True)
class Told:
    """What came with a packet."""

    ttl: int = 0
    """0: not told."""
    tos: int = 0
    fragment: int = 0
    """Bytes of the largest fragment; 0: it came in one piece."""
    at_ns: int
    by_kernel: bool
    """Whether ``at_ns`` is the kernel's."""
    local: IPAddress | None = None
    """The address that it was sent to."""


@dataclass(frozen=True, kw_only=True)
class PathError:
    """An ICMP error, or one of this host's own kernel, for a packet that was sent."""

    errno: int
    from_network: bool
    mtu: int = 0
    """Of the next hop, bytes, where ``errno`` is EMSGSIZE."""
    type: int = 0
    code: int = 0
    offender: IPAddress | None = None


@dataclass(frozen=True)
class SentStamp:
    """When packet number ``index`` of a socket came to the netdev's queue."""

    index: int
    at_ns: int


def ask_for_all(sock: socket.socket, *, errors: bool = False, sent: bool = False) -> None:
    """Have the kernel tell these of each packet; ``errors`` and ``sent`` by the error queue."""
    if sock.family == socket.AF_INET:
        level = socket.IPPROTO_IP
        options = [_IP_RECVTTL, _IP_RECVTOS, _IP_RECVFRAGSIZE, _IP_PKTINFO]
    else:
        level = socket.IPPROTO_IPV6
        options = [_V6_RECVHOPLIMIT, _V6_RECVTCLASS, _V6_RECVFRAGSIZE, _V6_RECVPKTINFO]
    for option in options:
        sock.setsockopt(level, option, 1)
    if errors:
        queue_errors(sock)
    stamp(sock, sent=sent)


def stamp(sock: socket.socket, *, sent: bool) -> None:
    """Turn the kernel's time stamps on, the count of sent packets from 0 again."""
    sock.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPING, 0)
    flags = _STAMP_RECEIVED | _STAMP_REPORT
    if sent:
        flags |= _STAMP_QUEUED | _STAMP_ID | _STAMP_ONLY
    sock.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPING, flags)


Sender = tuple[str, int]
Control = list[tuple[int, int, bytes]]


def receive(sock: socket.socket, *, most: int = 65535) -> tuple[bytes, Sender, Told] | None:
    """Return the next packet, its sender and what the kernel told; None where none waits."""
    buffer = bytearray(most)
    got = receive_into(sock, buffer)
    if got is None:
        return None
    length, sender, ancillary = got
    return bytes(buffer[:length]), sender, parse_told(ancillary)


def receive_into(sock: socket.socket, buffer: bytearray) -> tuple[int, Sender, Control] | None:
    """Return the length of the next packet, its sender, and what ``parse_told`` reads."""
    try:
        length, ancillary, _, sender = sock.recvmsg_into([buffer], _SPACE, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
    return length, (sender[0], sender[1]) if sender else ("", 0), ancillary


def parse_told(ancillary: Iterable[tuple[int, int, bytes]]) -> Told:
    """Return what the control messages of one packet say."""
    ttl = tos = fragment = 0
    at_ns: int | None = None
    local: IPAddress | None = None
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == _SO_TIMESTAMPING:
            at_ns = _parse_stamp(data)
        elif level == socket.IPPROTO_IP:
            if kind == _IP_PKTINFO and len(data) >= 12:
                local = IPv4Address(data[8:12])
            ttl = _int(data) if kind == _IP_TTL else ttl
            tos = data[0] if kind == _IP_TOS else tos
            fragment = _int(data) if kind == _IP_RECVFRAGSIZE else fragment
        elif level == socket.IPPROTO_IPV6:
            if kind == _V6_PKTINFO and len(data) >= 16:
                local = IPv6Address(data[:16])
            ttl = _int(data) if kind == _V6_HOPLIMIT else ttl
            tos = _int(data) if kind == _V6_TCLASS else tos
            fragment = _int(data) if kind == _V6_RECVFRAGSIZE else fragment
    return Told(
        ttl=ttl & 0xFF,
        tos=tos & 0xFF,
        fragment=min(fragment, 0xFFFF),
        at_ns=at_ns or time.time_ns(),
        by_kernel=bool(at_ns),
        local=local,
    )


def next_error(sock: socket.socket) -> PathError | SentStamp | None:
    """Return the next entry of the error queue; None where it is empty."""
    while True:
        try:
            _, ancillary, _, _ = sock.recvmsg(1, _SPACE, socket.MSG_ERRQUEUE | socket.MSG_DONTWAIT)
        except OSError:
            return None
        entry = parse_error(ancillary)
        if entry is not None:
            return entry


def parse_error(ancillary: Iterable[tuple[int, int, bytes]]) -> PathError | SentStamp | None:
    """Return what the control messages of an entry of the error queue say."""
    at_ns = 0
    error = ExtendedError()
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == _SO_TIMESTAMPING:
            at_ns = _parse_stamp(data) or 0
        elif is_extended_error(level, kind):
            error = parse_extended_error(data)
    if not error.origin:
        return None
    if error.origin == ORIGIN_STAMP:
        return SentStamp(error.data, at_ns) if at_ns else None
    return PathError(
        errno=error.errno,
        from_network=error.from_network,
        mtu=error.info,
        type=error.type,
        code=error.code,
        offender=error.offender,
    )


def how_to_send(
    family: int, *, tos: int | None = None, ttl: int = 0, source: IPAddress | None = None
) -> Control:
    """Return control messages that give one packet a TOS byte, a TTL, a source address."""
    made: Control = []
    v4 = family == 4
    level = socket.IPPROTO_IP if v4 else socket.IPPROTO_IPV6
    if tos is not None:
        made.append((level, _IP_TOS if v4 else _V6_TCLASS, struct.pack("=i", tos)))
    if ttl:
        made.append((level, _IP_TTL if v4 else _V6_HOPLIMIT, struct.pack("=i", ttl)))
    if source is not None and v4:
        made.append((level, _IP_PKTINFO, struct.pack("=I4s4s", 0, source.packed, bytes(4))))
    elif source is not None:
        made.append((level, _V6_PKTINFO, source.packed + struct.pack("=I", 0)))
    return made


def _parse_stamp(data: bytes) -> int | None:
    if len(data) < _TIMESPEC.size:
        return None
    seconds, rest = _TIMESPEC.unpack_from(data)
    return int(seconds) * 1_000_000_000 + int(rest) or None


def _int(data: bytes) -> int:
    return int.from_bytes(data[:4], "little" if struct.pack("=H", 1)[0] else "big")
