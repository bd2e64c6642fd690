# SPDX-License-Identifier: GPL-2.0-or-later
"""What a router makes of a packet that is too long: a complaint to its sender, or fragments."""

from __future__ import annotations

import struct
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING

from ._header import checksum

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

    from ._header import Header

_HOPS = 64
_V4_QUOTED = 8
_V6_MINIMUM_MTU = 1280
_ICMP, _ICMPV6 = 1, 58
_V4_ERRORS = {3, 4, 5, 11, 12}
_V6_FIRST_INFORMATIONAL = 128
_MORE_FRAGMENTS = 0x2000
_OFFSET_MASK = 0x1FFF


def too_big(packet: bytes, header: Header, *, mtu: int, router: IPAddress) -> bytes | None:
    """Return the ICMP message that tells the packet's sender the MTU, from ``router``.

    None where RFC 1122 and RFC 4443 forbid one: for ICMP errors and later fragments.
    """
    if not header.first or _is_icmp_error(packet, header):
        return None
    if isinstance(router, IPv4Address) and isinstance(header.source, IPv4Address):
        quoted = packet[: header.offset + _V4_QUOTED]
        body = struct.pack("!BBHHH", 3, 4, 0, 0, mtu) + quoted
        body = body[:2] + struct.pack("!H", checksum(body)) + body[4:]
        return _v4_packet(body, source=router, destination=header.source)
    if isinstance(router, IPv6Address) and isinstance(header.source, IPv6Address):
        quoted = packet[: _V6_MINIMUM_MTU - 48]
        body = struct.pack("!BBHI", 2, 0, 0, mtu) + quoted
        return _icmpv6_packet(body, source=router, destination=header.source)
    raise ValueError(f"router {router} and packet from {header.source} differ in family")


def fragment(packet: bytes, header: Header, *, mtu: int) -> list[bytes]:
    """Return the fragments of an IPv4 packet, each at most ``mtu`` bytes long.

    Options are copied to every fragment: nothing in the simulated network sends any.
    """
    head, payload = packet[: header.offset], packet[header.offset : header.size]
    step = (mtu - len(head)) // 8 * 8
    if step <= 0:
        raise ValueError(f"MTU {mtu} leaves no room behind a header of {len(head)} bytes")
    flags = struct.unpack_from("!H", head, 6)[0]
    parts = []
    for start in range(0, len(payload), step):
        data = payload[start : start + step]
        more = _MORE_FRAGMENTS if start + step < len(payload) else flags & _MORE_FRAGMENTS
        where = more | ((flags & _OFFSET_MASK) + start // 8)
        new = head[:2] + struct.pack("!H", len(head) + len(data)) + head[4:6]
        new += struct.pack("!H", where) + head[8:10] + b"\0\0" + head[12:]
        parts.append(new[:10] + struct.pack("!H", checksum(new)) + new[12:] + data)
    return parts


def icmpv6_checksum(body: bytes, *, source: IPv6Address, destination: IPv6Address) -> int:
    """Return the checksum of an ICMPv6 message whose checksum field is zero."""
    pseudo = source.packed + destination.packed + struct.pack("!I3xB", len(body), _ICMPV6)
    return checksum(pseudo + body)


def _is_icmp_error(packet: bytes, header: Header) -> bool:
    if header.number not in (_ICMP, _ICMPV6) or len(packet) <= header.offset:
        return False
    kind = packet[header.offset]
    return kind in _V4_ERRORS if header.family == 4 else kind < _V6_FIRST_INFORMATIONAL


def _v4_packet(body: bytes, *, source: IPv4Address, destination: IPv4Address) -> bytes:
    ends = source.packed + destination.packed
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(body), 0, 0, _HOPS, _ICMP, 0) + ends
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + body


def _icmpv6_packet(body: bytes, *, source: IPv6Address, destination: IPv6Address) -> bytes:
    value = icmpv6_checksum(body, source=source, destination=destination)
    body = body[:2] + struct.pack("!H", value) + body[4:]
    head = struct.pack("!IHBB", 0x60000000, len(body), _ICMPV6, _HOPS)
    return head + source.packed + destination.packed + body
