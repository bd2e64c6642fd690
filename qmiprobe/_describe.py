# SPDX-License-Identifier: GPL-2.0-or-later
"""What a definition has, as JSON data: for the command ``protocol`` and for completion."""

from __future__ import annotations

from typing import TypeAlias

from qmiprobe._arrays import Array, Nested
from qmiprobe._message import MISSING, Field, Struct
from qmiprobe._plain import Json
from qmiprobe._text import Bcd, Plmn, Text, Utf16Text
from qmiprobe._types import Bool, Bytes, Float, Int, IPv4, IPv6, UuidWire, Wire

FieldJson: TypeAlias = "dict[str, Json]"

_NAMES: list[tuple[type | tuple[type, ...], str]] = [
    (Bool, "bool"),
    ((Text, Utf16Text), "text"),
    (Bytes, "bytes"),
    (Bcd, "bcd"),
    (Plmn, "plmn"),
    (IPv4, "ipv4"),
    (IPv6, "ipv6"),
    (UuidWire, "uuid"),
    (Nested, "struct"),
]


def describe(cls: type[Struct]) -> list[FieldJson]:
    """Return the fields of a definition that users see, in their order on the wire.

    Each has name, type (``array of u16``), TLV number or None, whether it must be given, whether
    it is personal, unit, name of its enum, flags or UUIDs, the condition under which it is there,
    and the fields inside it.
    """
    return [_field(field, False) for field in cls.__fields__ if field.public]


def _field(field: Field, personal: bool) -> FieldJson:
    personal = personal or field.personal
    inner = _innermost(field.wire)
    enum = getattr(inner, "enum", None)
    inside: list[Json] = []
    if isinstance(inner, Nested):
        inside = [_field(member, personal) for member in inner.cls.__fields__ if member.public]
    return {
        "name": field.name,
        "type": type_name(field.wire),
        "tlv": field.tlv,
        "required": _is_required(field),
        "personal": personal,
        "unit": field.unit,
        "enum": (enum.definition or None) if enum is not None else None,
        "when": _when(field),
        "fields": inside,
    }


def _is_required(field: Field) -> bool:
    if field.tlv is not None:
        return field.required
    return field.init and field.default is MISSING


def _when(field: Field) -> str | None:
    condition = field.expected or field.present
    if condition is not None:
        return condition.text
    if field.valid is None:
        return None
    mask, flag = field.valid
    return f"{mask.replace('_', '-')} has {flag}"


def _innermost(wire: Wire) -> Wire:
    while (inner := getattr(wire, "inner", None)) is not None:
        wire = inner
    return wire


def type_name(wire: Wire) -> str:
    """Return the type in the definitions' words, wherever its value stands."""
    inner: Wire | None = getattr(wire, "inner", None)
    if inner is not None:
        several = isinstance(wire, Array) or getattr(wire, "several", False)
        return f"array of {type_name(inner)}" if several else type_name(inner)
    if isinstance(wire, Int):
        return f"{'s' if wire.signed else 'u'}{8 * wire.fixed}"
    if isinstance(wire, Float):
        return f"f{8 * wire.fixed}"
    for kind, name in _NAMES:
        if isinstance(wire, kind):
            return name
    return str(getattr(wire, "name", type(wire).__name__))
