# SPDX-License-Identifier: GPL-2.0-or-later
"""From what a command line says of fields to a message; what is wrong is said by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from qmiprobe._arrays import Array, Nested
from qmiprobe._message import MISSING, Field, Message, Struct
from qmiprobe._plain import FromPlain, Json, from_json
from qmiprobe._types import Int, Wire
from qmiprobe.cli._known import nearest
from qmiprobe.errors import EncodeError

if TYPE_CHECKING:
    from collections.abc import Mapping


def make_body(cls: type[Message], data: Mapping[str, Json], *, blank: bool) -> Message:
    """Return a ``cls`` with these fields; EncodeError names the field that is wrong or missing.

    ``blank``: what is not given is zero, for MBIM's queries that are written in full.
    """
    name = f"{cls.service_name}.{cls.message}"
    values = {}
    for key, item in data.items():
        field = _field(cls, key, name)
        values[field.attr] = _convert(field, item, f"{name}: {key}")
    if blank:
        return cls.blank(**values)
    missing = [
        field for field in settable(cls) if field.attr not in values and field.default is MISSING
    ]
    if missing:
        wanted = ", ".join(example for field in missing for example in examples(field))
        raise EncodeError(f"{name} also needs {wanted}")
    return cls(**values)


def settable(cls: type[Struct]) -> list[Field]:
    """Return the fields that a user gives."""
    return [field for field in cls.__fields__ if field.public and field.init]


def struct_of(wire: Wire) -> type[Struct] | None:
    """Return the struct that ``wire`` holds one or many of."""
    inner: Wire | None = wire
    while inner is not None:
        if isinstance(inner, Nested):
            return inner.cls
        inner = getattr(inner, "inner", None)
    return None


def enum_names(wire: Wire) -> list[str]:
    """Return the names of the values of an enum, of flags or of known UUIDs."""
    while getattr(wire, "inner", None) is not None:
        wire = wire.inner  # type: ignore[attr-defined]
    enum = getattr(wire, "enum", None)
    return list(enum.names.values()) if enum is not None else []


def examples(field: Field) -> list[str]:
    """Return how a field is given: ``mode=online|low-power|...``; a struct by its members."""
    cls = struct_of(field.wire)
    if cls is None:
        return [f"{field.name}={_value(field.wire)}"]
    path = field.name if isinstance(field.wire, Nested) else f"{field.name}[0]"
    return [f"{path}.{one}" for member in settable(cls) for one in examples(member)]


def _value(wire: Wire) -> str:
    names = enum_names(wire)
    if names:
        return "|".join(names[:3]) + ("|..." if len(names) > 3 else "")
    return "NUMBER" if isinstance(wire, Int) else "VALUE"


def _field(cls: type[Struct], key: str, where: str) -> Field:
    known = {field.name: field for field in settable(cls)}
    if key not in known:
        listed = f"; it has {', '.join(known)}" if known else "; it has none"
        raise EncodeError(f"{where} has no field {key!r}{nearest(key, known) or listed}")
    return known[key]


def _convert(field: Field, data: Json, where: str) -> object:
    try:
        return from_json(field.wire, _prepare(field.wire, data, where))
    except EncodeError as error:
        text = str(error)
        raise EncodeError(text if text.startswith(where) else f"{where}: {text}") from None
    except (TypeError, ValueError) as error:
        raise EncodeError(f"{where}: {error}") from None


def _prepare(wire: Wire, data: Json, where: str) -> Json:
    """Read lists and objects that are written as text, and look for misspelt names."""
    if isinstance(data, str) and data[:1] in ("[", "{") and _holds_many(wire):
        data = _parsed(data)
    if isinstance(wire, Array):
        return _prepare_items(wire.inner, _split(data) if isinstance(data, str) else data, where)
    inner: Wire | None = getattr(wire, "inner", None)
    if inner is not None:
        many = isinstance(data, list) and not isinstance(inner, Array)
        return (_prepare_items if many else _prepare)(inner, data, where)
    if isinstance(wire, Nested) and isinstance(data, dict):
        return {
            key: _prepare(_field(wire.cls, key, where).wire, item, f"{where}.{key}")
            for key, item in data.items()
        }
    return data


def _prepare_items(inner: Wire, data: Json, where: str) -> Json:
    if isinstance(data, dict):  # one segment of several: {"number": 0, "items": [...]}
        return {**data, "items": _prepare_items(inner, data.get("items"), where)}
    if isinstance(data, list):
        return [_prepare(inner, item, f"{where}[{number}]") for number, item in enumerate(data)]
    return data


def _holds_many(wire: Wire) -> bool:
    inner: Wire | None = wire
    while inner is not None:
        if isinstance(inner, (Array, Nested, FromPlain)):
            return True
        inner = getattr(inner, "inner", None)
    return False


def _split(text: str) -> Json:
    return [part.strip() for part in text.split(",")] if text.strip() else []


def _parsed(text: str) -> Json:
    try:
        return cast("Json", json.loads(text))
    except ValueError as error:
        raise EncodeError(f"not JSON: {error}") from None
