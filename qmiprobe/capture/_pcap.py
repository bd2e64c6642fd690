# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the packets of a pcap file, of either byte order, with micro- or nanoseconds.

Layout: draft-ietf-opsawg-pcap.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qmiprobe._trace_format import Direction
from qmiprobe.capture._stream import ByteStream
from qmiprobe.errors import DecodeError

MAGIC = {
    b"\xd4\xc3\xb2\xa1": ("<", 1_000_000),
    b"\xa1\xb2\xc3\xd4": (">", 1_000_000),
    b"\x4d\x3c\xb2\xa1": ("<", 1_000_000_000),
    b"\xa1\xb2\x3c\x4d": (">", 1_000_000_000),
}
"""The first bytes, with the byte order and the units of a second that they mean."""
LONGEST_PACKET = 1 << 20
"""More than any capture of control messages keeps of one; what says more is damaged."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet of a capture."""

    link_type: int
    order: str
    """Byte order of the machine that captured, ``<`` or ``>``."""
    time: float | None
    """Seconds since the epoch."""
    data: bytes
    size: int
    """Bytes that it had; more than there are of ``data`` where the capture cut it."""
    direction: Direction | None = None


def read_pcap(chunks: Iterable[bytes]) -> Iterator[Packet]:
    """Give the packets; DecodeError where the file is damaged or ends within one."""
    stream = ByteStream(chunks)
    header = stream.take(24)
    known = MAGIC.get(header[:4])
    if known is None or len(header) < 24:
        raise DecodeError(f"not a pcap file: it begins with {header[:4].hex()}", offset=0)
    order, units = known
    link_type = struct.unpack_from(order + "I", header, 20)[0] & 0xFFFF
    record = struct.Struct(order + "IIII")
    at = 24
    while head := stream.take(16):
        if len(head) < 16:
            raise DecodeError("the pcap file ends within a packet's header", offset=at)
        seconds, part, kept, size = record.unpack(head)
        if kept > LONGEST_PACKET:
            raise DecodeError(f"a packet of {kept} bytes: the pcap file is damaged", offset=at)
        data = stream.take(kept)
        if len(data) < kept:
            raise DecodeError("the pcap file ends within a packet", offset=at)
        yield Packet(link_type, order, seconds + part / units, data, size)
        at += 16 + kept
