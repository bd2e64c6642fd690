# SPDX-License-Identifier: GPL-2.0-or-later
"""Values of messages for people: enums by name and number, figures in the unit meant."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from qmiprobe._arrays import Sequenced
from qmiprobe._enums import OpenEnum, OpenFlags, Uuid
from qmiprobe._message import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCALED = re.compile(r"(-?\d+(?:\.\d+)?) (.+)")
_STEP = "  "


def field_lines(struct: Struct) -> Iterator[str]:
    """Give ``name: value`` for each field that has a value, what it holds indented below it."""
    for field, value in struct.public():
        if value is not None:
            yield from _lines(field.name, value, field.unit)


def _lines(name: str, value: object, unit: str | None) -> Iterator[str]:
    if isinstance(value, Sequenced):
        yield from _lines(f"{name} (segment {value.number})", value.items, unit)
    elif isinstance(value, Struct):
        yield f"{name}:"
        yield from (_STEP + line for line in field_lines(value))
    elif isinstance(value, (list, tuple)) and any(map(_has_lines, value)):
        yield f"{name}:"
        for index, item in enumerate(value):
            yield from (_STEP + line for line in _lines(f"[{index}]", item, unit))
    else:
        yield f"{name}: {value_text(value, unit)}"


def _has_lines(value: object) -> bool:
    return isinstance(value, (Struct, Sequenced, list, tuple))


def value_text(value: object, unit: str | None = None) -> str:
    """Return one value on one line; ``unit`` is that of one step, as ``0.1 dBm``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, OpenEnum):
        return f"{value.name or 'no name'} ({int(value)})"
    if isinstance(value, OpenFlags):
        return f"{value or 'none'} ({int(value):#x})"
    if isinstance(value, (int, float)):
        return _with_unit(value, unit)
    if isinstance(value, Uuid):
        return f"{value.name} ({value.text})" if value.name else value.text
    if isinstance(value, bytes):
        return value.hex() or "(empty)"
    if isinstance(value, (list, tuple)):
        return ", ".join(value_text(item, unit) for item in value) or "(none)"
    if is_dataclass(value) and not isinstance(value, type):
        parts = ((part.name, getattr(value, part.name)) for part in fields(value))
        return " ".join(f"{name} {value_text(item)}" for name, item in parts)
    return printable(str(value)) or '""'


def printable(text: str) -> str:
    """Return ``text`` on one line, escapes in place of what would steer a terminal."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


def _with_unit(value: float, unit: str | None) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    if unit is None:
        return text
    scaled = _SCALED.fullmatch(unit)
    if scaled is None:
        return f"{text} {unit}"
    figure = Decimal(scaled[1]) * Decimal(text)
    return f"{figure:f} {scaled[2]}"
