# SPDX-License-Identifier: GPL-2.0-or-later
"""NTBs, the transfer blocks of NCM and MBIM: many datagrams in one bulk transfer.

A header (NTH), then tables of datagrams (NDP) whose signature says what the datagrams are: IP
packets of an MBIM session, a device service stream, Ethernet frames of NCM. All little-endian;
16-bit and 32-bit forms. Sources: USB CDC NCM 1.0 chapter 3, USB CDC MBIM 1.0 chapter 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ._ntb_form import NTB16, NTB32, NdpForm

NCM_FRAMES = b"NCM0"
"""Ethernet frames of NCM, without checksums."""
_NCM_FRAMES32 = b"ncm0"


@dataclass(frozen=True, slots=True)
class Block:
    """The datagrams of one table, in the 16-bit form's signature."""

    signature: bytes
    datagrams: tuple[bytes, ...]

    @property
    def session_id(self) -> int | None:
        """Number of the MBIM session whose IP packets these are; None: they are something else."""
        return self.signature[3] if self.signature[:3] == b"IPS" else None


@dataclass(frozen=True, slots=True)
class Ntb:
    """A decoded block; ``notes`` tells what of it meant nothing."""

    blocks: tuple[Block, ...] = ()
    sequence: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Placement:
    """Where things may stand in a block, as the receiver demands in its NTB parameters."""

    wide: bool = False
    """The 32-bit form."""
    divisor: int = 4
    remainder: int = 0
    """A datagram's payload begins at an offset that leaves this when divided by the divisor."""
    alignment: int = 4
    """Of the tables."""
    link_header: int = 0
    """Length of what stands before the payload that is aligned: 14 for Ethernet (NCM), else 0."""
    tables_last: bool = False
    """Tables stand behind all datagrams."""

    def datagram_at(self, offset: int) -> int:
        """Return the first offset from there on where a datagram may begin."""
        return offset + (self.remainder - self.link_header - offset) % self.divisor

    def table_at(self, offset: int) -> int:
        """Return the first offset from there on where a table may begin."""
        return offset + -offset % self.alignment


def session_signature(session_id: int) -> bytes:
    """Return the signature of an MBIM session's IP packets, 0 to 255."""
    return b"IPS" + bytes([session_id])


def encode_ntb(blocks: Sequence[Block], *, sequence: int, placement: Placement) -> bytes:
    """Return the NTB, one table for each of ``blocks``.

    ValueError where it is too long, and for a datagram without bytes, which would end its table.
    """
    form = NTB32 if placement.wide else NTB16
    filled = [one for one in blocks if one.datagrams]
    if not all(all(one.datagrams) for one in filled):
        raise ValueError("a datagram without bytes: no NTB holds it")
    sizes = [form.table_length(len(one.datagrams)) for one in filled]
    tables, where, end = _place(filled, sizes, form, placement)
    if end > form.longest:
        raise ValueError(f"{end} bytes do not fit an NTB of {form.longest}")
    buffer = bytearray(end)
    form.put_header(buffer, sequence=sequence, first_table=tables[0] if tables else 0)
    following = [*tables[1:], 0][: len(tables)]
    for block, at, after, offsets in zip(filled, tables, following, where, strict=True):
        signature = block.signature if form is NTB16 else _lower(block.signature)
        entries = [(offset, len(one)) for offset, one in zip(offsets, block.datagrams, strict=True)]
        form.put_table(buffer, at, signature=signature, following=after, entries=entries)
        for offset, one in zip(offsets, block.datagrams, strict=True):
            buffer[offset : offset + len(one)] = one
    return bytes(buffer)


def _place(
    blocks: Sequence[Block], sizes: Sequence[int], form: NdpForm, placement: Placement
) -> tuple[list[int], list[list[int]], int]:
    """Return the offsets of the tables, those of each one's datagrams, and the length of it all."""
    end, tables, where = form.header_length, [], []
    for block, size in zip(blocks, sizes, strict=True):
        if not placement.tables_last:
            tables.append(placement.table_at(end))
            end = tables[-1] + size
        offsets = []
        for one in block.datagrams:
            offsets.append(placement.datagram_at(end))
            end = offsets[-1] + len(one)
        where.append(offsets)
    if placement.tables_last:
        for size in sizes:
            tables.append(placement.table_at(end))
            end = tables[-1] + size
    return tables, where, end


def most_bytes(datagrams: int, total: int, signatures: int, *, placement: Placement) -> int:
    """Return what a block of so many datagrams of so many bytes in all needs at most."""
    form = NTB32 if placement.wide else NTB16
    table = form.table_length(0) + placement.alignment
    return (
        form.header_length
        + signatures * table
        + datagrams * (form.entry_length + placement.divisor)
        + total
    )


def decode_ntb(data: bytes) -> Ntb:
    """Return what stands in a block of either form; never raises.

    Reading ends at the first table that cannot be, and takes no more bytes than there are.
    """
    form = NTB32 if data[:4] == NTB32.signature else NTB16
    header = form.read_header(data)
    if header is None:
        return Ntb(notes=(f"no NTB: {data[:4].hex() or 'nothing'} in front",))
    notes: list[str] = []
    length, sequence, first = header
    if length == 0:
        length = len(data)
    if length > len(data):
        notes.append(f"{length} bytes announced, {len(data)} there")
    body = data[:length]
    blocks = tuple(_read_tables(body, first, form, notes))
    return Ntb(blocks, sequence, tuple(notes))


def _read_tables(body: bytes, first: int, form: NdpForm, notes: list[str]) -> Iterator[Block]:
    at, seen, room = first, set[int](), len(body)
    if at == 0:
        notes.append("no table of datagrams")
    while at != 0:
        table = None if at in seen else form.read_table(body, at)
        if table is None:
            notes.append(f"table at {at}: cannot be")
            return
        seen.add(at)
        signature, following, entries = table
        datagrams = []
        for offset, size in entries:
            if offset + size > len(body) or size > room:
                notes.append(f"table at {at}: {size} bytes at {offset} are not there")
                break
            room -= size
            datagrams.append(body[offset : offset + size])
        plain = signature if form is NTB16 else _upper(signature)
        yield Block(plain, tuple(datagrams))
        at = following


def _upper(signature: bytes) -> bytes:
    if signature == _NCM_FRAMES32:
        return NCM_FRAMES
    return signature[:3].upper() + signature[3:]


def _lower(signature: bytes) -> bytes:
    return signature[:3].lower() + signature[3:]
