# SPDX-License-Identifier: GPL-2.0-or-later
"""Turns a field table into one straight Python function, for messages as they usually are.

What is unusual in a way that the function was not made for is :class:`Odd`: then the careful
decoder reads the same bytes, so that there is one truth about them. A compiled function gives
the value and the notes that the careful decoder gives, or raises; tests hold both together.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from qmiprobe._arrays import Array, Nested
from qmiprobe._compile_plain import (
    AFTER,
    CODES,
    ODD,
    Code,
    Extension,
    Odd,
    Plain,
    Unsupported,
    build_struct,
    emit_items,
    emit_run,
    plain_of,
)
from qmiprobe._message import Field, Struct
from qmiprobe._text import Text, Utf16Text, printable
from qmiprobe._types import Bytes, Int, Wire
from qmiprobe._wire import Log, Note, Reader

_CACHED, _SHORT = 4096, 64
"""Most texts that one field remembers, and most bytes of one."""

__all__ = ["AFTER", "ODD", "Odd", "Read", "Unsupported", "compile_value", "emit", "emit_struct"]


def trailing_bytes(name: str, tlv: int | None, left: int) -> Note:
    """Return the note about bytes behind a TLV's value."""
    return Note("trailing-bytes", f"{left} bytes behind {name}", tlv)


Read = Callable[[bytes, int, int, list[Note]], Any]
"""Reads the value between two positions; appends notes."""


def compile_value(field: Field, tlv: int) -> Read | None:
    """Return the function for a whole TLV; None where there is none."""
    code = Code(tlv=tlv)
    code.names["_behind"] = partial(trailing_bytes, field.name, tlv)
    try:
        value = emit(code, field.wire, field.personal)
    except Unsupported:
        return None
    code.line("if at != end: notes.append(_behind(end - at))")
    code.line(f"return {value}")
    return code.finish("data, at, end, notes")


def emit(code: Code, wire: Wire, personal: bool, extension: Extension | None = None) -> str:
    """Write what reads a value at ``at``, and return the expression that stands for it."""
    plain = plain_of(code, wire, personal, extension)
    if plain is not None:
        return plain.build(emit_run(code, [plain])[0])
    value = extension.varied(code, wire, personal) if extension is not None else None
    if value is not None:
        return value
    if isinstance(wire, Nested):
        return emit_struct(code, wire.cls, personal, extension)
    if isinstance(wire, Text) and not isinstance(wire.size, str):
        return _emit_text(code, wire)
    if type(wire) is Bytes:
        return emit_octets(code, wire)
    if type(wire) is Array and wire.sequence is None:
        return _emit_array(code, wire, personal, extension)
    raise Unsupported


def emit_struct(
    code: Code, cls: type[Struct], personal: bool, extension: Extension | None = None
) -> str:
    """Write what reads a struct in place, and return the variable that holds it."""
    outer, code.scope, base = code.scope, {}, code.base
    if extension is not None:
        code.base = code.variable()
        code.line(f"{code.base} = at")
    values: list[tuple[str, str]] = []
    run: list[tuple[Field, Plain]] = []

    def flush() -> None:
        names = emit_run(code, [plain for _, plain in run]) if run else []
        for (field, plain), parts in zip(run, names, strict=True):
            keep(field, plain.build(parts))
        run.clear()

    def keep(field: Field, value: str) -> None:
        code.scope[field.attr] = value
        if field.public:
            values.append((field.attr, value))

    for field in cls.__fields__:
        hidden = personal or field.personal
        if field.present is not None:
            flush()
            keep(field, _emit_present(code, cls, field, hidden, extension))
            continue
        plain = plain_of(code, field.wire, hidden, extension, reserved=field.reserved)
        if field.valid is not None:
            if extension is None or plain is None:
                raise Unsupported
            plain = extension.valid(code, field, plain)
        if plain is not None:
            run.append((field, plain))
            continue
        flush()
        keep(field, emit(code, field.wire, hidden, extension))
    flush()
    code.scope, code.base = outer, base
    return build_struct(code, cls, values)


def _emit_present(
    code: Code, cls: type[Struct], field: Field, personal: bool, extension: Extension | None
) -> str:
    """Write what reads a member that is there on a condition, and return its variable."""
    condition = field.present
    if condition is None or field.reserved or field.valid is not None:
        raise Unsupported
    numbers = {one.attr for one in cls.__fields__ if isinstance(one.wire, Int)}
    attrs = sorted({term.path[0] for term in condition.terms})
    if not numbers.issuperset(attrs) or any(attr not in code.scope for attr in attrs):
        raise Unsupported

    @lru_cache(_CACHED)
    def holds(*values: object) -> bool:
        return condition.holds(dict(zip(attrs, values, strict=True)))

    value = code.variable()
    code.line(f"{value} = None")
    code.line(f"if {code.let(holds, 'holds')}({', '.join(code.scope[attr] for attr in attrs)}):")
    code.depth += 1
    code.line(f"{value} = {emit(code, field.wire, personal, extension)}")
    code.depth -= 1
    return value


def emit_count(code: Code, count: Int | int | str) -> str:
    """Write what reads a count, and return the expression that stands for it."""
    if isinstance(count, Int):
        return emit_run(code, [Plain(CODES[count.fixed], 1, lambda parts: parts[0])])[0][0]
    if isinstance(count, str):
        if count not in code.scope:
            raise Unsupported
        return code.scope[count]
    return str(count)


def _emit_text(code: Code, wire: Text) -> str:
    return emit_text_of(code, wire, emit_octets(code, wire))


def emit_text_of(code: Code, wire: Text | Utf16Text, octets: str) -> str:
    """Write what makes text of its octets, and return the variable that holds it."""
    text = code.variable()
    known, missing = _texts(wire, code.tlv)
    code.line(f"{text} = {code.let(known.get, 'find')}({octets})")
    code.line(f"if {text} is None: {text} = {code.let(missing, 'miss')}(notes, {octets})")
    return text


def _texts(
    wire: Text | Utf16Text, tlv: int | None
) -> tuple[dict[bytes, str], Callable[[list[Note], bytes], str]]:
    """Return texts that came lately without anything odd, and what reads the others."""
    known: dict[bytes, str] = {}
    alone = type(wire)(limit=wire.limit)

    def miss(notes: list[Note], octets: bytes) -> str:
        text = _plain_text(wire, octets)
        if text is not None:
            if len(known) < _CACHED and len(octets) <= _SHORT:
                known[octets] = text
            return text
        if wire.fixed is not None:
            raise Odd
        log = Log()
        log.tlv = tlv
        text = alone.decode(Reader(octets, log=log), {})
        notes += log.notes
        return text

    return known, miss


def _plain_text(wire: Text | Utf16Text, octets: bytes) -> str | None:
    """Return the text of octets, or None where there may be something odd about them."""
    if wire.limit is not None and len(octets) > wire.limit:
        return None
    wide = isinstance(wire, Utf16Text)
    try:
        text = octets.decode("utf-16-le" if wide else "utf-8")
    except UnicodeDecodeError:
        return None
    plain = text[-1:] != "\0" if wide else printable(text)
    return text if plain else None


def emit_octets(code: Code, wire: Text | Bytes) -> str:
    """Write what reads octets in place, and return the variable that holds them."""
    octets = code.variable()
    if wire.size is None:
        code.line(f"{octets} = data[at:end]")
        code.line("at = end")
        return octets
    start = code.variable()
    size = emit_count(code, wire.size)
    code.line(f"{start} = at")
    code.line(f"at += {size}")
    code.line("if at > end: raise Odd")
    code.line(f"{octets} = data[{start}:at]")
    if type(wire) is Bytes and wire.limit is not None:
        code.line(f"if len({octets}) > {wire.limit}: raise Odd")
    return octets


def _emit_array(code: Code, wire: Array, personal: bool, extension: Extension | None) -> str:
    number, items = emit_count(code, wire.count), code.variable()
    inner, plain = wire.inner, plain_of(code, wire.inner, personal)
    if plain is None:
        code.line(f"if {number} > end - at: raise Odd")
        code.line(f"{items} = []")
        code.line(f"for _ in range({number}):")
        code.depth += 1
        code.line(f"{items}.append({emit(code, inner, personal, extension)})")
        code.depth -= 1
        return items
    start = code.variable()
    code.line(f"{start} = at")
    code.line(f"at += {number} * {inner.fixed}")
    code.line("if at > end: raise Odd")
    if plain.layout == "B" and isinstance(inner, Int) and inner.enum is None:
        code.line(f"{items} = [*data[{start}:at]]")
        return items
    emit_items(code, items, plain, f"data[{start}:at]")
    return items
