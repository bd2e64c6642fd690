# SPDX-License-Identifier: GPL-2.0-or-later
"""What MBIM adds to compiled functions: values that stand elsewhere in the buffer.

A struct's function keeps ``extent``, the end of what it has read: what lies behind that is odd,
but for padding.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from struct import Struct as Layout
from typing import Any

from qmiprobe._arrays import Nested
from qmiprobe._compile import Odd, Read, Unsupported, emit_count, emit_struct, emit_text_of
from qmiprobe._compile_plain import Code, Plain, emit_items, plain_of
from qmiprobe._message import Field, Struct
from qmiprobe._text import Text, Utf16Text
from qmiprobe._types import Bytes, IPv4, IPv6, Wire
from qmiprobe._wire import Note
from qmiprobe.mbim._buffer import (
    CountedOffset,
    InTlv,
    MbimTlv,
    Offset,
    OffsetSize,
    Packed,
    Pairs,
    TlvList,
    absent,
    trailing,
)


def compile_buffer(cls: type[Struct]) -> Read | None:
    """Return the function for an information buffer; None where there is none."""
    note = "if extent < end and _rest(data, extent, end): notes.append(_trailing(end - extent))"
    try:
        return _function(cls, False, (note,), "")
    except Unsupported:
        return None


@cache
def _whole(cls: type[Any], personal: bool) -> Read:
    """Return what reads a struct that fills its place."""
    return _function(
        cls, personal, ("if extent < end and _rest(data, extent, end): raise Odd",), ""
    )


@cache
def _part(cls: type[Any], personal: bool) -> Callable[..., tuple[Struct, int]]:
    """Return what reads a struct with others behind it, and says where it ends."""
    return _function(cls, personal, (), ", extent")


def _function(
    cls: type[Struct], personal: bool, checks: tuple[str, ...], more: str
) -> Callable[..., Any]:
    code = Code()
    code.names |= {"_rest": _rest, "_trailing": trailing}
    code.line("extent = at")
    value = emit_struct(code, cls, personal, _Buffer())
    code.line("if at > extent: extent = at")
    for check in checks:
        code.line(check)
    code.line(f"return {value}{more}")
    return code.finish("data, at, end, notes")


def _rest(data: bytes, extent: int, end: int) -> bool:
    """Whether more than padding stands behind what was read."""
    return end - extent > 3 or any(data[extent:end])


class _Buffer:
    """The types of information buffers."""

    def fixed(self, code: Code, wire: Wire, personal: bool) -> Plain | None:
        if type(wire) is OffsetSize:
            inner, swapped, base = wire.inner, wire.swapped, code.base

            def offset_size(parts: list[str]) -> str:
                size, offset = parts if swapped else parts[::-1]
                return _referred(code, inner, base, offset, size, personal)

            return Plain("II", 2, offset_size)
        if type(wire) is Offset:
            inner, base = wire.inner, code.base
            return Plain("I", 1, lambda parts: _pointed(code, inner, base, parts[0], personal))
        if type(wire) is CountedOffset:
            array, base = wire.inner.inner, code.base
            return Plain("II", 2, lambda parts: _counted(code, array, base, parts, personal))
        return None

    def varied(self, code: Code, wire: Wire, personal: bool) -> str | None:
        if isinstance(wire, Pairs):
            return _pairs(code, wire, personal)
        if type(wire) is InTlv:
            return _in_tlv(code, wire, personal)
        if type(wire) is TlvList:
            return _tlvs(code)
        return None

    def valid(self, code: Code, field: Field, plain: Plain) -> Plain:
        assert field.valid is not None
        mask, flag = field.valid
        nothing = "[]" if field.default is list else "None"

        def build(parts: list[str]) -> str:
            value = code.variable()
            code.line(f"if {code.scope[mask]} & {int(flag)}:")
            code.depth += 1
            code.line(f"{value} = {plain.build(parts)}")
            code.line(f"if {value} is None or {value} == []: raise Odd")
            code.depth -= 1
            code.line("else:")
            code.line(f"    if {' or '.join(parts)}: raise Odd")
            code.line(f"    {value} = {nothing}")
            return value

        return Plain(plain.layout, plain.parts, build)


def _referred(code: Code, inner: Wire, base: str, offset: str, size: str, personal: bool) -> str:
    """Write what reads a value by offset and size; none where the size is 0."""
    value, start, stop = code.variable(), code.variable(), code.variable()
    nothing = absent(inner)
    code.line(f"if not {size}: {value} = {nothing!r}")
    code.line("else:")
    code.depth += 1
    code.line(f"if not {offset}: raise Odd")
    code.line(f"{start} = {base} + {offset}")
    code.line(f"{stop} = {start} + {size}")
    code.line(f"if {stop} > end: raise Odd")
    code.line(f"if {stop} > extent: extent = {stop}")
    _window(code, inner, value, start, stop, personal)
    code.depth -= 1
    return value


def _window(code: Code, inner: Wire, value: str, start: str, stop: str, personal: bool) -> None:
    """Write what reads a value that fills its place."""
    if type(inner) is Nested:
        read = code.let(_whole(inner.cls, personal), "read")  # type: ignore[arg-type]
        code.line(f"{value} = {read}(data, {start}, {stop}, notes)")
        return
    if type(inner) is Packed:
        read = code.let(_packed(inner.inner.cls, personal), "packed")  # type: ignore[arg-type]
        code.line(f"{value} = {read}(data, {start}, {stop}, notes)")
        return
    if not isinstance(inner, (Utf16Text, Text, Bytes)) or inner.size is not None:
        raise Unsupported
    if isinstance(inner, Bytes):
        if inner.limit is not None:
            code.line(f"if {stop} - {start} > {inner.limit}: raise Odd")
        code.line(f"{value} = data[{start}:{stop}]")
        return
    octets = code.variable()
    code.line(f"{octets} = data[{start}:{stop}]")
    code.line(f"{value} = {emit_text_of(code, inner, octets)}")


@cache
def _packed(cls: type[Any], personal: bool) -> Callable[[bytes, int, int, list[Note]], object]:
    """Return what reads a count and structs of varying size one after another."""
    part = _part(cls, personal)  # type: ignore[arg-type]
    count = Layout("<I").unpack_from

    def read(data: bytes, at: int, end: int, notes: list[Note]) -> object:
        items = []
        number, at = count(data, at)[0], at + 4
        if number > end - at:
            raise Odd
        for _ in range(number):
            item, extent = part(data, at, end, notes)
            items.append(item)
            at = min(extent + (at - extent) % 4, end)
        if at > end or _rest(data, at, end):
            raise Odd
        return items

    return read


def _pointed(code: Code, inner: Wire, base: str, offset: str, personal: bool) -> str:
    """Write what reads a value by its offset alone; none where that is 0."""
    if isinstance(inner, Bytes) and isinstance(inner.size, str):
        size, convert = code.scope.get(inner.size), None
        if size is None or inner.limit is not None:
            raise Unsupported
    elif isinstance(inner, (IPv4, IPv6)):
        plain = plain_of(code, inner, personal)
        assert plain is not None
        size, convert = str(inner.fixed), plain.build
    else:
        raise Unsupported
    value, start, stop = code.variable(), code.variable(), code.variable()
    code.line(f"if not {offset}: {value} = {absent(inner)!r}")
    code.line("else:")
    code.depth += 1
    code.line(f"{start} = {base} + {offset}")
    code.line(f"{stop} = {start} + {size}")
    code.line(f"if {stop} > end: raise Odd")
    code.line(f"if {stop} > extent: extent = {stop}")
    octets = f"data[{start}:{stop}]"
    code.line(f"{value} = {convert([octets]) if convert is not None else octets}")
    code.depth -= 1
    return value


def _counted(code: Code, inner: Wire, base: str, parts: list[str], personal: bool) -> str:
    """Write what reads values of fixed size by their count and offset."""
    plain = plain_of(code, inner, personal)
    if plain is None:
        raise Unsupported
    count, offset = parts
    items, start, stop = code.variable(), code.variable(), code.variable()
    code.line(f"if not {offset}:")
    code.line(f"    if {count}: raise Odd")
    code.line(f"    {items} = []")
    code.line("else:")
    code.depth += 1
    code.line(f"{start} = {base} + {offset}")
    code.line(f"{stop} = {start} + {count} * {inner.fixed}")
    code.line(f"if {stop} > end: raise Odd")
    code.line(f"if {stop} > extent: extent = {stop}")
    emit_items(code, items, plain, f"data[{start}:{stop}]")
    code.depth -= 1
    return items


def _in_tlv(code: Code, wire: InTlv, personal: bool) -> str:
    """Write what reads a value in a TLV of a given type."""
    kind, padding, size = code.variable(), code.variable(), code.variable()
    value, start, stop = code.variable(), code.variable(), code.variable()
    unpack = code.let(_TLV.unpack_from, "unpack")
    code.line("if at + 8 > end: raise Odd")
    code.line(f"{kind}, {padding}, {size} = {unpack}(data, at)")
    code.line(f"{start} = at + 8")
    code.line(f"{stop} = {start} + {size}")
    code.line(f"if {stop} > end or {kind} != {wire.type}: raise Odd")
    code.line(f"at = min({stop} + {padding}, end)")
    _window(code, wire.inner, value, start, stop, personal)
    return value


def _tlvs(code: Code) -> str:
    """Write what reads TLVs up to the end."""
    items, read = code.variable(), code.let(_read_tlvs, "tlvs")
    code.line(f"{items} = {read}(data, at, end)")
    code.line("at = end")
    return items


_TLV = Layout("<HxBI")


def _read_tlvs(data: bytes, at: int, end: int) -> list[MbimTlv]:
    found = []
    while at < end:
        if at + 8 > end:
            raise Odd
        kind, padding, size = _TLV.unpack_from(data, at)
        stop = at + 8 + size
        if stop > end:
            raise Odd
        found.append(MbimTlv(kind, data[at + 8 : stop]))
        at = min(stop + padding, end)
    return found


def _pairs(code: Code, wire: Pairs, personal: bool) -> str:
    """Write what reads values by as many offsets and sizes."""
    pair = wire.inner
    assert isinstance(pair, OffsetSize)
    number, base = emit_count(code, wire.count), code.base
    items, total = code.variable(), code.variable()
    offset, size = code.variable(), code.variable()
    unpack = code.let(Layout("<II").unpack_from, "unpack")
    code.line(f"if {number} * 8 > end - at: raise Odd")
    code.line(f"{items}, {total} = [], 0")
    code.line(f"for _ in range({number}):")
    code.depth += 1
    code.line(f"{offset}, {size} = {unpack}(data, at)")
    code.line("at += 8")
    code.line(f"{total} += {size}")
    code.line(f"if {total} > end - {base}: raise Odd")  # references that overlap
    value = _referred(code, pair.inner, base, offset, size, personal)
    code.line(f"if {value} is None: raise Odd")
    code.line(f"{items}.append({value})")
    code.depth -= 1
    return items
