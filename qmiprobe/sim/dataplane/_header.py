# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the IP header of a packet: as much as a gate and a router must know."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

_V4_LENGTH = 20
_V6_LENGTH = 40
_DONT_FRAGMENT = 0x4000
_OFFSET_MASK = 0x1FFF
_V6_FRAGMENT = 44
_V6_EXTENSIONS = {0, 43, 60}
_PROTOCOLS = {1: "icmp", 58: "icmp", 6: "tcp", 17: "udp"}


@dataclass(frozen=True, slots=True)
class Header:
    """The facts of one IP packet."""

    family: int
    source: IPAddress
    destination: IPAddress
    number: int
    """IP protocol number of what is carried, behind IPv6 extension headers."""
    offset: int
    """Where in the packet that begins."""
    size: int
    """Length of the whole packet in bytes, as its header says."""
    first: bool
    """False for a later fragment, which has no ports."""
    may_fragment: bool
    """Whether a router may cut it: IPv4 without DF."""

    @property
    def protocol(self) -> str:
        """Return icmp (also for ICMPv6), tcp, udp or other."""
        return _PROTOCOLS.get(self.number, "other")


def read_header(data: bytes) -> Header | None:
    """Return the header of the IP packet ``data``, or None where it is not a sound IP packet."""
    if len(data) < _V4_LENGTH:
        return None
    version = data[0] >> 4
    if version == 4:
        return _read_v4(data)
    if version == 6 and len(data) >= _V6_LENGTH:
        return _read_v6(data)
    return None


def read_ports(packet: bytes, header: Header) -> tuple[int, int] | None:
    """Return source and destination port of a TCP or UDP packet, None where it has none."""
    if header.protocol not in ("tcp", "udp") or not header.first:
        return None
    if len(packet) < header.offset + 4:
        return None
    source, destination = struct.unpack_from("!HH", packet, header.offset)
    return source, destination


def checksum(data: bytes) -> int:
    """Return the internet checksum (RFC 1071) of ``data``."""
    padded = data if len(data) % 2 == 0 else data + b"\0"
    return 0xFFFF - int.from_bytes(padded, "big") % 0xFFFF


def _read_v4(data: bytes) -> Header | None:
    length = (data[0] & 0xF) * 4
    size, fragment, number = struct.unpack_from("!2xH2xHxB", data)
    if length < _V4_LENGTH or not length <= size <= len(data):
        return None
    if checksum(data[:length]) not in (0, 0xFFFF):
        return None
    return Header(
        family=4,
        source=IPv4Address(data[12:16]),
        destination=IPv4Address(data[16:20]),
        number=number,
        offset=length,
        size=size,
        first=not fragment & _OFFSET_MASK,
        may_fragment=not fragment & _DONT_FRAGMENT,
    )


def _read_v6(data: bytes) -> Header | None:
    payload, number = struct.unpack_from("!4xHB", data)
    size = _V6_LENGTH + payload
    if size > len(data):
        return None
    offset, first = _V6_LENGTH, True
    while (number in _V6_EXTENSIONS or number == _V6_FRAGMENT) and first and offset + 8 <= size:
        step = 8 if number == _V6_FRAGMENT else 8 + data[offset + 1] * 8
        if number == _V6_FRAGMENT:
            first = struct.unpack_from("!2xH", data, offset)[0] & 0xFFF8 == 0
        number = data[offset]
        offset += step
    return Header(
        family=6,
        source=IPv6Address(data[8:24]),
        destination=IPv6Address(data[24:40]),
        number=number,
        offset=min(offset, size),
        size=size,
        first=first,
        may_fragment=False,
    )
