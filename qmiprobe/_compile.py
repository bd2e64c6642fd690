# SPDX-License-Identifier: GPL-2.0-or-later
"""Turns a field table into one straight Python function, for messages as they usually are.

What is unusual in a way that the function was not made for is :class:`Odd`: then the careful
decoder reads the same bytes, so that there is one truth about them. A compiled function gives
the value and the notes that the careful decoder gives, or raises; tests hold both together.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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
from qmiprobe._text import Text, printable
from qmiprobe._types import Bytes, Int, Wire
from qmiprobe._wire import Note

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
        if field.present is not None:
            raise Unsupported
        hidden = personal or field.personal
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
    value = emit_octets(code, wire)
    if wire.limit is not None:
        code.line(f"if len({value}) > {wire.limit}: raise Odd")
    text = code.variable()
    code.line(f"{text} = {value}.decode()")
    code.line(f"if not {text}.isprintable() and not {code.let(printable, 'blank')}({text}):")
    code.line("    raise Odd")
    return text


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
