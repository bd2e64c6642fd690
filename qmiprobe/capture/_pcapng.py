# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the packets of a pcapng file: sections, interfaces, enhanced, simple and old packet blocks.

Layout: draft-ietf-opsawg-pcapng.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qmiprobe._trace_format import Direction
from qmiprobe.capture._pcap import LONGEST_PACKET, Packet
from qmiprobe.capture._stream import ByteStream
from qmiprobe.errors import DecodeError

SECTION = b"\x0a\x0d\x0d\x0a"
_ORDERS = {b"\x4d\x3c\x2b\x1a": "<", b"\x1a\x2b\x3c\x4d": ">"}
_INTERFACE, _OLD_PACKET, _SIMPLE_PACKET, _PACKET = 1, 2, 3, 6
_END_OF_OPTIONS, _FLAGS, _RESOLUTION, _OFFSET = 0, 2, 9, 14
_DIRECTIONS: dict[int, Direction] = {1: "from-device", 2: "to-device"}


@dataclass(frozen=True, slots=True)
class _Interface:
    link_type: int
    units: float
    """Of its time stamps in a second."""
    offset: int
    """Seconds to add to them."""


def read_pcapng(chunks: Iterable[bytes]) -> Iterator[Packet]:
    """Give the packets; DecodeError where the file is damaged or ends within a block."""
    stream = ByteStream(chunks)
    order, at = "<", 0
    interfaces: list[_Interface] = []
    while head := stream.take(8):
        if len(head) < 8:
            raise DecodeError("the pcapng file ends within a block's header", offset=at)
        magic = b""
        if head[:4] == SECTION:
            magic = stream.take(4)
            order = _ORDERS.get(magic, "")
            if not order:
                raise DecodeError(f"{magic.hex()} is no byte order of a pcapng file", offset=at)
            interfaces = []
        kind, size = struct.unpack(order + "II", head)
        if size % 4 or size < 12 + len(magic):
            raise DecodeError(f"a block of {size} bytes: the pcapng file is damaged", offset=at)
        if kind in (_INTERFACE, _OLD_PACKET, _SIMPLE_PACKET, _PACKET):
            body = _body(stream, size, at)
            if kind == _INTERFACE:
                interfaces.append(_interface(body, order, at))
            else:
                yield _packet(kind, body, order, interfaces, at)
        else:
            stream.skip(size - 8 - len(magic))
        at += size


def _body(stream: ByteStream, size: int, at: int) -> bytes:
    if size > LONGEST_PACKET:
        raise DecodeError(f"a block of {size} bytes: the pcapng file is damaged", offset=at)
    body = stream.take(size - 8)
    if len(body) < size - 8:
        raise DecodeError("the pcapng file ends within a block", offset=at)
    return body[:-4]


def _interface(body: bytes, order: str, at: int) -> _Interface:
    if len(body) < 8:
        raise DecodeError(f"{len(body)} bytes are no interface description", offset=at)
    link_type = struct.unpack_from(order + "H", body)[0]
    units, offset = 1e6, 0
    for code, value in _options(body[8:], order):
        if code == _RESOLUTION and value:
            power = value[0] & 0x7F
            units = 2.0**power if value[0] & 0x80 else 10.0**power
        elif code == _OFFSET and len(value) == 8:
            offset = struct.unpack(order + "q", value)[0]
    return _Interface(link_type, units, offset)


def _packet(kind: int, body: bytes, order: str, interfaces: list[_Interface], at: int) -> Packet:
    number, stamp, data, size, options = _parts(kind, body, order, at)
    if number >= len(interfaces):
        raise DecodeError(f"a packet of interface {number}, which is not described", offset=at)
    one = interfaces[number]
    time = None if stamp is None else stamp / one.units + one.offset
    direction = None
    for code, value in _options(options, order):
        if code == _FLAGS and len(value) == 4:
            direction = _DIRECTIONS.get(struct.unpack(order + "I", value)[0] & 3)
    return Packet(one.link_type, order, time, data, size, direction)


def _parts(
    kind: int, body: bytes, order: str, at: int
) -> tuple[int, int | None, bytes, int, bytes]:
    """Return interface, time stamp, data, original size and options of a packet block."""
    if kind == _SIMPLE_PACKET:
        if len(body) < 4:
            raise DecodeError(f"{len(body)} bytes are no simple packet block", offset=at)
        size = struct.unpack_from(order + "I", body)[0]
        return 0, None, body[4 : 4 + size], size, b""
    if len(body) < 20:
        raise DecodeError(f"{len(body)} bytes are no packet block", offset=at)
    layout = "IIIII" if kind == _PACKET else "HxxIIII"
    number, high, low, kept, size = struct.unpack_from(order + layout, body)
    if kept > len(body) - 20:
        raise DecodeError(f"a packet of {kept} bytes in a block of {len(body)}", offset=at)
    options = body[20 + (kept + 3 & ~3) :]
    return number, high << 32 | low, body[20 : 20 + kept], size, options


def _options(data: bytes, order: str) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        code, size = struct.unpack_from(order + "HH", data, at)
        if code == _END_OF_OPTIONS:
            return
        yield code, data[at + 4 : at + 4 + size]
        at += 4 + (size + 3 & ~3)
