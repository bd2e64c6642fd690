# SPDX-License-Identifier: GPL-2.0-or-later
"""Functions being written, and the lines in them that read values of fixed size."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from struct import Struct as Layout
from struct import error as LayoutError
from typing import Any, Protocol

from qmiprobe._arrays import Array, Nested
from qmiprobe._enums import OpenEnum, OpenFlags
from qmiprobe._message import Field, Struct
from qmiprobe._types import Bool, Bytes, Float, Int, IPv4, IPv6, Wire, odd_boolean, unknown_value
from qmiprobe._wire import Note, Reader


class Odd(Exception):
    """The careful decoder has to look at these bytes."""


ODD = (Odd, IndexError, UnicodeDecodeError, LayoutError)
"""What a compiled function may raise."""


AFTER = 8
"""How often the careful decoder reads a definition before it is compiled: a program that asks a
modem a few questions would wait longer for the compiler than it would win."""


class Unsupported(Exception):
    """There is no compiled form of this type; the plain decoder reads it."""


CODES = {1: "B", 2: "H", 4: "I", 8: "Q"}
"""Layout codes of unsigned numbers by their size."""
_CACHED = 4096
"""Most values that one field remembers."""


class Code:
    """A function being written: its lines, what its names stand for, and its variables."""

    def __init__(self, *, tlv: int | None = None) -> None:
        self.tlv = tlv
        self.lines: list[str] = []
        self.depth = 1
        self.names: dict[str, object] = {"Odd": Odd}
        self.scope: dict[str, str] = {}
        """Variables of the members of the struct being read, by attribute."""
        self.base = "base"
        """Variable of the place that the struct's offsets count from."""
        self._count = 0

    def line(self, text: str) -> None:
        """Add a line at the present depth."""
        self.lines.append("    " * self.depth + text)

    def let(self, value: object, hint: str) -> str:
        """Return a name that stands for ``value`` in the function."""
        self._count += 1
        name = f"{hint}{self._count}"
        self.names[name] = value
        return name

    def variable(self) -> str:
        """Return the name of a variable that is not in use."""
        self._count += 1
        return f"v{self._count}"

    def finish(self, arguments: str) -> Callable[..., Any]:
        """Return the function."""
        source = "\n".join([f"def read({arguments}):", *self.lines])
        exec(compile(source, "<compiled definition>", "exec"), self.names)
        read: Callable[..., Any] = self.names["read"]  # type: ignore[assignment]
        return read


class Plain:
    """How a value of fixed size is read: a layout of ``struct``, and what is made of its parts."""

    def __init__(self, layout: str, parts: int, build: Callable[[list[str]], str]) -> None:
        self.layout = layout
        self.parts = parts
        self.build = build


class Extension(Protocol):
    """The types that one protocol has beside the common ones."""

    def fixed(self, code: Code, wire: Wire, personal: bool) -> Plain | None:
        """Return how a type of fixed size is read; None if it is not one of these."""

    def varied(self, code: Code, wire: Wire, personal: bool) -> str | None:
        """Write what reads another type, and return its value; None if it is not one of these."""

    def valid(self, code: Code, field: Field, plain: Plain) -> Plain:
        """Return how a member is read that counts only where a mask says so."""


def emit_run(code: Code, plains: list[Plain]) -> list[list[str]]:
    """Write what reads the parts of values that stand one after another; return their names."""
    layout = Layout("<" + "".join(plain.layout for plain in plains))
    names = [[code.variable() for _ in range(plain.parts)] for plain in plains]
    flat = [name for part in names for name in part]
    if layout.format == "<B":
        code.line("if at >= end: raise Odd")
        code.line(f"{flat[0]} = data[at]")
    else:
        code.line(f"if at + {layout.size} > end: raise Odd")
        if flat:
            unpack = code.let(layout.unpack_from, "unpack")
            code.line(f"{', '.join(flat)}, = {unpack}(data, at)")
    code.line(f"at += {layout.size}")
    return names


def build_struct(code: Code, cls: type[Struct], values: list[tuple[str, str]]) -> str:
    """Write what makes a ``cls`` of its values."""
    struct, new = code.variable(), code.let(cls.__new__, "new")
    code.line(f"{struct} = {new}({code.let(cls, cls.__name__)})")
    for attr, value in values:
        code.line(f"{struct}.{attr} = {value}")
    return struct


def plain_of(
    code: Code,
    wire: Wire,
    personal: bool,
    extension: Extension | None = None,
    *,
    reserved: bool = False,
) -> Plain | None:
    """Return how a type of fixed size is read; None if it varies."""
    if wire.fixed is None or not wire.fixed:
        return None
    if reserved:
        return Plain(f"{wire.fixed}x", 0, lambda parts: "None")
    plain = extension.fixed(code, wire, personal) if extension is not None else None
    if plain is not None:
        return plain
    if (
        isinstance(wire, Int)
        and wire.fixed in CODES
        and (wire.order == "little" or wire.fixed == 1)
    ):
        layout = CODES[wire.fixed]
        return _number(code, wire, layout.lower() if wire.signed else layout, personal)
    if isinstance(wire, Bool) and wire.fixed in CODES:
        return _boolean(code, CODES[wire.fixed])
    if isinstance(wire, Float):
        return Plain("f" if wire.fixed == 4 else "d", 1, lambda parts: parts[0])
    if type(wire) is Bytes:
        return Plain(f"{wire.fixed}s", 1, lambda parts: parts[0])
    if type(wire) is Nested:
        return _flat_struct(code, wire.cls, personal)
    if type(wire) is Array:
        return _flat_array(code, wire, personal)
    if isinstance(wire, (IPv4, IPv6, Int)) or not hasattr(wire, "inner"):
        convert = code.let(_converter(wire), "convert")
        return Plain(f"{wire.fixed}s", 1, lambda parts: f"{convert}({parts[0]})")
    return None


def _number(code: Code, wire: Int, layout: str, personal: bool) -> Plain:
    enum = wire.enum
    if enum is None:
        return Plain(layout, 1, lambda parts: parts[0])

    def build(parts: list[str]) -> str:
        value = code.variable()
        number = parts[0]
        code.line(f"{value} = {find}({number})")
        code.line(f"if {value} is None: {value} = {miss}(notes, {number})")
        return value

    known, missing = _lookup(enum, code.tlv, personal)
    find, miss = code.let(known.get, "find"), code.let(missing, "miss")
    return Plain(layout, 1, build)


def _boolean(code: Code, layout: str) -> Plain:
    odd = code.let(odd_boolean, "odd")

    def build(parts: list[str]) -> str:
        value, number = code.variable(), parts[0]
        code.line(
            f"{value} = {number} == 1 if {number} < 2 else {odd}(notes, {number}, {code.tlv})"
        )
        return value

    return Plain(layout, 1, build)


def _lookup(
    enum: type[OpenEnum | OpenFlags], tlv: int | None, personal: bool
) -> tuple[dict[int, Any], Callable[[list[Note], int], Any]]:
    """Return the values that need no note, and what makes the others."""
    known: dict[int, Any] = {value: enum(value) for value in enum.names}
    unknown: dict[int, tuple[Any, Note]] = {}

    def miss(notes: list[Note], number: int) -> object:
        found = unknown.get(number)
        if found is None:
            value = enum(number)
            if value.known:
                if len(known) < _CACHED:
                    known[number] = value
                return value
            found = value, unknown_value(enum, number, tlv, personal=personal)
            if len(unknown) < _CACHED:
                unknown[number] = found
        notes.append(found[1])
        return found[0]

    return known, miss


def _converter(wire: Wire) -> Callable[[bytes], object]:
    """Return what makes a value of octets, and remembers the last ones."""

    @lru_cache(_CACHED)
    def convert(octets: bytes) -> object:
        reader = Reader(octets)
        value = wire.decode(reader, {})
        if reader.log.notes:
            raise Odd
        return value

    return convert


def _flat_struct(code: Code, cls: type[Struct], personal: bool) -> Plain | None:
    parts: list[tuple[Field, Plain]] = []
    for field in cls.__fields__:
        plain = plain_of(code, field.wire, personal or field.personal, reserved=field.reserved)
        if plain is None or field.present is not None or field.valid is not None:
            return None
        parts.append((field, plain))

    def build(names: list[str]) -> str:
        values, rest = [], names
        for field, plain in parts:
            value = plain.build(rest[: plain.parts])
            rest = rest[plain.parts :]
            if field.public:
                values.append((field.attr, value))
        return build_struct(code, cls, values)

    layout = "".join(plain.layout for _, plain in parts)
    return Plain(layout, sum(plain.parts for _, plain in parts), build)


def _flat_array(code: Code, wire: Array, personal: bool) -> Plain | None:
    plain = plain_of(code, wire.inner, personal)
    if not isinstance(wire.count, int) or plain is None or wire.sequence is not None:
        return None
    count, each = wire.count, plain.parts

    def build(names: list[str]) -> str:
        items = [plain.build(names[at * each : (at + 1) * each]) for at in range(count)]
        return f"[{', '.join(items)}]"

    return Plain(plain.layout * count, each * count, build)


def emit_items(code: Code, items: str, plain: Plain, octets: str) -> None:
    """Write what makes the list ``items`` of values of fixed size that fill ``octets``."""
    parts = [code.variable() for _ in range(plain.parts)]
    unpack = code.let(Layout("<" + plain.layout).iter_unpack, "each")
    code.line(f"{items} = []")
    code.line(f"for {', '.join(parts)}, in {unpack}({octets}):")
    code.depth += 1
    code.line(f"{items}.append({plain.build(parts)})")
    code.depth -= 1
