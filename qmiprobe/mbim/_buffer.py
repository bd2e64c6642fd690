# SPDX-License-Identifier: GPL-2.0-or-later
"""Wire types of MBIM information buffers: values that stand elsewhere, named by offset and size.

Offsets count from the start of the struct that holds them; the information buffer is the
outermost one (MBIM 1.0, 10.3). A consumer takes unaligned values, a producer pads to 4.
"""

from __future__ import annotations

from dataclasses import dataclass

from qmiprobe._arrays import Array, Nested
from qmiprobe._message import Struct, decode_struct, encode_struct
from qmiprobe._plain import Json
from qmiprobe._text import Text, Utf16Text
from qmiprobe._types import Bytes, Int, Scope, Sized, Wire
from qmiprobe._wire import Note, Reader, Writer
from qmiprobe.errors import EncodeError


def absent(wire: Wire) -> object:
    """Return what a reference of 0 stands for: empty text or bytes, no items, or None."""
    if isinstance(wire, (Text, Utf16Text)):
        return ""
    if isinstance(wire, Bytes):
        return b""
    return [] if isinstance(wire, (Array, Packed)) else None


def _is_private(wire: Wire) -> bool:
    cls: type[Struct] | None = getattr(wire, "cls", None)
    return cls is not None and any(field.sensitive for field in cls.__fields__)


def _decode_all(wire: Wire, reader: Reader, scope: Scope) -> object:
    value = wire.decode(reader, scope)
    if reader.extent < reader.end:
        left = reader.end - reader.extent
        if left > 3 or any(reader.data[reader.extent : reader.end]):
            reader.log.note("trailing-bytes", f"{left} bytes behind a value")
            reader.log.leftover(reader.extent, reader.end, personal=_is_private(wire))
    return value


def _encode_alone(wire: Wire, value: object, scope: Scope) -> bytes:
    writer = Writer()
    wire.encode(writer, value, scope)
    return writer.finish()


def _items(value: object) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, (list, tuple)):
        raise EncodeError(f"{value!r} is no list")
    return list(value)


class OffsetSize(Wire):
    """Offset and size here, the value elsewhere; ``swapped``: the size comes first (UICC)."""

    fixed = 8

    def __init__(self, inner: Wire, *, swapped: bool = False, pad: int = 4) -> None:
        self.inner = inner
        self.swapped = swapped
        self.pad = pad

    def decode(self, reader: Reader, scope: Scope) -> object:
        first, second = reader.uint(4), reader.uint(4)
        size, offset = (first, second) if self.swapped else (second, first)
        if not size:
            return absent(self.inner)
        if not offset:
            reader.log.note("offset-zero", f"{size} bytes announced at offset 0")
            return absent(self.inner)
        return _decode_all(self.inner, reader.window(offset, size), scope)

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        position = len(writer.data)
        writer.data += bytes(8)
        if value is None or value == absent(self.inner):
            return
        raw = _encode_alone(self.inner, value, scope)
        at = position if self.swapped else position + 4
        writer.data[at : at + 4] = len(raw).to_bytes(4, "little")
        writer.reference(position + 4 if self.swapped else position, raw, self.pad)


class Offset(Wire):
    """An offset here, the value elsewhere; its size is fixed or stands in another member."""

    fixed = 4

    def __init__(self, inner: Wire, *, pad: int = 4) -> None:
        self.inner = inner
        self.pad = pad

    def decode(self, reader: Reader, scope: Scope) -> object:
        return self.fetch(reader, scope, self.inner)

    def fetch(self, reader: Reader, scope: Scope, inner: Wire) -> object:
        """Read the offset and then ``inner`` where it points."""
        offset = reader.uint(4)
        if not offset:
            return absent(inner)
        outer_end = reader.end - reader.base
        if offset > outer_end:
            reader.fail(f"offset {offset} is beyond the {outer_end} bytes")
        begin = reader.base + offset
        there = Reader(reader.data, start=begin, end=reader.end, log=reader.log)
        value = inner.decode(there, scope)
        reader.refer(there.pos - begin)
        reader.extent = max(reader.extent, there.pos)
        return value

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        position = len(writer.data)
        writer.data += bytes(4)
        if value is not None and value != absent(self.inner):
            writer.reference(position, _encode_alone(self.inner, value, scope), self.pad)


class CountedOffset(Wire):
    """A count, then the offset of that many values one after another."""

    fixed = 8

    def __init__(self, inner: Wire, *, pad: int = 4) -> None:
        self.inner = Array(inner, count=0)
        self._offset = Offset(self.inner, pad=pad)

    def decode(self, reader: Reader, scope: Scope) -> object:
        array = Array(self.inner.inner, count=reader.uint(4))
        value = self._offset.fetch(reader, scope, array)
        if value == [] and array.count:
            reader.log.note("offset-zero", f"{array.count} items announced at offset 0")
        return value

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        items = _items(value)
        writer.uint(len(items), 4)
        Offset(Array(self.inner.inner, count=len(items))).encode(writer, items, scope)


class SizeInline(Wire):
    """A size, then the value in place, padded to 4."""

    least = 4

    def __init__(self, inner: Sized) -> None:
        self.inner = inner

    def decode(self, reader: Reader, scope: Scope) -> object:
        size = reader.uint(4)
        start = reader.skip(size)
        inner = Reader(reader.data, start=start, end=reader.pos, log=reader.log)
        value = self.inner.decode(inner, scope)
        reader.skip(min(-size % 4, reader.remaining))
        return value

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        raw = _encode_alone(self.inner, value, scope)
        writer.uint(len(raw), 4)
        writer.data += raw + bytes(-len(raw) % 4)


class Pairs(Array):
    """As many (offset, size) pairs as the count says, each item elsewhere and with its own base."""

    def __init__(self, inner: Wire, *, count: Int | int | str, pad: int = 4) -> None:
        self._pair = OffsetSize(inner, pad=pad)
        super().__init__(self._pair, count=count)
        self._empty = inner.least == 0
        """Whether an item may have no bytes at all."""

    def items(self, reader: Reader, scope: Scope, number: int) -> list[object]:
        found = []
        for index, item in enumerate(super().items(reader, scope, number)):
            if item is None and self._empty:
                nothing = Reader(reader.data, start=reader.pos, end=reader.pos, log=reader.log)
                item = self._pair.inner.decode(nothing, scope)
            if item is None:
                reader.log.note("empty-item", f"item {index} of {number} is not there")
            else:
                found.append(item)
        return found


class Packed(Wire):
    """A count, then structs of varying size one after another, each with its own base."""

    least = 4
    several = True

    def __init__(self, inner: Nested) -> None:
        self.inner = inner

    def decode(self, reader: Reader, scope: Scope) -> list[object]:
        count = reader.uint(4)
        if count > reader.remaining:
            reader.fail(f"{count} structs announced, {reader.remaining} bytes left")
        items: list[object] = []
        for _ in range(count):
            inner = Reader(reader.data, start=reader.pos, end=reader.end, log=reader.log)
            items.append(decode_struct(self.inner.cls, inner))
            size = inner.extent - inner.base
            reader.skip(min(size + -size % 4, reader.remaining))
        return items

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        items = _items(value)
        writer.uint(len(items), 4)
        for item in items:
            raw = _encode_alone(self.inner, item, scope)
            writer.data += raw + bytes(-len(raw) % 4)


@dataclass(frozen=True)
class MbimTlv:
    """One TLV of MBIMEx 3.0: type and data, without padding."""

    type: int
    data: bytes

    def to_plain(self) -> Json:
        """Return it as JSON data, its octets as hex."""
        return {"type": self.type, "data": self.data.hex()}


def _read_tlv(reader: Reader) -> tuple[int, Reader]:
    """Return a TLV's type and a window on its data, with the reader behind its padding."""
    kind, _reserved, padding, size = (reader.uint(n) for n in (2, 1, 1, 4))
    start = reader.skip(size)
    reader.skip(min(padding, reader.remaining))
    return kind, Reader(reader.data, start=start, end=start + size, log=reader.log)


def _write_tlv(writer: Writer, tlv: MbimTlv) -> None:
    padding = -len(tlv.data) % 4
    for number, size in ((tlv.type, 2), (0, 1), (padding, 1), (len(tlv.data), 4)):
        writer.uint(number, size)
    writer.data += tlv.data + bytes(padding)


_SUCH = '{"type": 10, "data": "4100"}'


class TlvList(Wire):
    """TLVs up to the end of the buffer."""

    name = "tlv-list"

    def from_plain(self, data: Json) -> list[MbimTlv]:
        """Return the TLVs that a list of ``{"type": 10, "data": "hex"}`` stands for."""
        try:
            if not isinstance(data, list):
                raise TypeError
            return [MbimTlv(int(tlv["type"]), bytes.fromhex(tlv["data"])) for tlv in data]  # type: ignore[index, call-overload, arg-type]
        except (KeyError, TypeError, ValueError):
            raise EncodeError(f"{data!r} is no list of TLVs such as {_SUCH}") from None

    def decode(self, reader: Reader, scope: Scope) -> list[MbimTlv]:
        found = []
        while reader.remaining:
            kind, data = _read_tlv(reader)
            reader.log.leftover(data.base, data.end)
            found.append(MbimTlv(kind, data.data[data.base : data.end]))
        return found

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        for tlv in _items(value):
            if not isinstance(tlv, MbimTlv):
                raise EncodeError(f"{tlv!r} is no MbimTlv")
            _write_tlv(writer, tlv)


class InTlv(Wire):
    """One value inside a TLV of a given type."""

    least = 8

    def __init__(self, inner: Wire, *, type: int) -> None:  # noqa: A002  # the field's word
        self.inner = inner
        self.type = type

    def decode(self, reader: Reader, scope: Scope) -> object:
        kind, data = _read_tlv(reader)
        if kind != self.type:
            reader.log.note("unknown-tlv", f"TLV type {kind} where {self.type} is expected")
            reader.log.leftover(data.base, data.end)
            return None
        return self.inner.decode(data, scope)

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        raw = b"" if value is None else _encode_alone(self.inner, value, scope)
        _write_tlv(writer, MbimTlv(self.type, raw))


def trailing(left: int) -> Note:
    """Return the note about bytes at the end of a buffer."""
    return Note("trailing-bytes", f"{left} bytes that nothing refers to")


def decode_buffer(cls: type[Struct], reader: Reader) -> Struct:
    """Read an information buffer; what no member refers to leaves a note."""
    struct = decode_struct(cls, reader)
    left = reader.end - reader.extent
    if left > 3 or any(reader.data[reader.extent : reader.end]):
        reader.log.notes.append(trailing(left))
        reader.log.leftover(reader.extent, reader.end)
    return struct


def encode_buffer(struct: Struct) -> bytes:
    """Return the information buffer of ``struct``."""
    writer = Writer()
    encode_struct(struct, writer)
    return writer.finish()
