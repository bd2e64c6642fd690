# SPDX-License-Identifier: GPL-2.0-or-later
"""The 16-bit and the 32-bit form of an NTB's header and tables, field by field."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_Table = tuple[bytes, int, list[tuple[int, int]]]


@dataclass(frozen=True, kw_only=True)
class NdpForm:
    """Layouts and sizes of one form, in bytes."""

    signature: bytes
    header: struct.Struct
    """Signature, header length, sequence, block length, offset of the first table."""
    table: struct.Struct
    """Signature, table length, offset of the following table."""
    entry: struct.Struct
    """Offset and length of a datagram."""
    table_multiple: int
    longest: int

    @property
    def header_length(self) -> int:
        """Length of the header in front."""
        return self.header.size

    @property
    def entry_length(self) -> int:
        """Length of one entry of a table."""
        return self.entry.size

    def table_length(self, datagrams: int) -> int:
        """Return the length of a table of so many datagrams, its end mark included."""
        length = self.table.size + (datagrams + 1) * self.entry.size
        return length + -length % self.table_multiple

    def put_header(self, buffer: bytearray, *, sequence: int, first_table: int) -> None:
        """Write the header of a block that fills ``buffer``."""
        self.header.pack_into(
            buffer, 0, self.signature, self.header.size, sequence & 0xFFFF, len(buffer), first_table
        )

    def put_table(
        self,
        buffer: bytearray,
        at: int,
        *,
        signature: bytes,
        following: int,
        entries: Sequence[tuple[int, int]],
    ) -> None:
        """Write a table; what is left of it stays zero, which ends it."""
        self.table.pack_into(buffer, at, signature, self.table_length(len(entries)), following)
        for number, entry in enumerate(entries):
            self.entry.pack_into(buffer, at + self.table.size + number * self.entry.size, *entry)

    def read_header(self, data: bytes) -> tuple[int, int, int] | None:
        """Return block length, sequence and offset of the first table; None: no such header."""
        if len(data) < self.header.size:
            return None
        signature, length, sequence, block, first = self.header.unpack_from(data)
        if signature != self.signature or length != self.header.size:
            return None
        return block, sequence, first

    def read_table(self, data: bytes, at: int) -> _Table | None:
        """Return signature, offset of the following table and entries; None: there is none."""
        if at < self.header.size or at + self.table.size > len(data):
            return None
        signature, length, following = self.table.unpack_from(data, at)
        if at + length > len(data) or length < self.table_length(0):
            return None
        entries = []
        for start in range(
            at + self.table.size, at + length - self.entry.size + 1, self.entry.size
        ):
            offset, size = self.entry.unpack_from(data, start)
            if offset == 0 or size == 0:
                break
            entries.append((offset, size))
        return signature, following, entries


NTB16 = NdpForm(
    signature=b"NCMH",
    header=struct.Struct("<4sHHHH"),
    table=struct.Struct("<4sHH"),
    entry=struct.Struct("<HH"),
    table_multiple=4,
    longest=0xFFFF,
)
NTB32 = NdpForm(
    signature=b"ncmh",
    header=struct.Struct("<4sHHII"),
    table=struct.Struct("<4sH2xI4x"),
    entry=struct.Struct("<II"),
    table_multiple=8,
    longest=0xFFFFFFFF,
)
