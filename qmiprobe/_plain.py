# SPDX-License-Identifier: GPL-2.0-or-later
"""Values as JSON data and back: names and shapes of the command line's contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address
from typing import Protocol, TypeAlias, runtime_checkable

from qmiprobe._arrays import Array, Nested, Sequenced
from qmiprobe._enums import OpenEnum, OpenFlags, Uuid
from qmiprobe._message import Struct
from qmiprobe._types import Bool, Bytes, Float, Int, IPv4, IPv6, UuidWire, Wire
from qmiprobe.errors import EncodeError

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@runtime_checkable
class Plain(Protocol):
    """A value of one protocol only, which knows itself what it is as JSON data."""

    def to_plain(self) -> Json:
        """Return the value as JSON data."""


@runtime_checkable
class FromPlain(Protocol):
    """A wire type of one protocol only, which knows itself what JSON data stands for."""

    def from_plain(self, data: Json) -> object:
        """Return the value that ``data`` stands for; :class:`EncodeError` if it is none."""


def to_json(value: object) -> Json:
    """Return ``value`` as JSON data: enums and flags with name and value, bytes as hex."""
    kind = type(value)
    how = _HOW.get(kind)
    if how is None:
        how = _HOW[kind] = next(make for known, make in _KINDS if issubclass(kind, known))
    return how(value)


def _same(value: Json) -> Json:
    return value


def _flags(value: OpenFlags) -> Json:
    known: list[Json] = [{"name": v.names[int(v)], "value": int(v)} for v in value]
    return [*known, {"name": None, "value": value.unknown}] if value.unknown else known


def _uuid(value: Uuid) -> Json:
    return {"name": value.name, "value": value.text} if value.names else value.text


def _several(value: Iterable[object]) -> Json:
    return [to_json(item) for item in value]


_KINDS: tuple[tuple[type[object], Callable[..., Json]], ...] = (
    (OpenEnum, lambda value: {"name": value.name, "value": int(value)}),
    (OpenFlags, _flags),
    (int, _same),
    (str, _same),
    (float, _same),
    (type(None), _same),
    (Uuid, _uuid),
    (bytes, bytes.hex),
    (Struct, lambda value: fields_to_json(value)),
    (Sequenced, lambda value: {"number": value.number, "items": _several(value.items)}),
    (list, _several),
    (tuple, _several),
    (Plain, lambda value: value.to_plain()),
    (object, str),
)
"""Which type becomes what; the first that fits counts."""
_HOW: dict[type[object], Callable[..., Json]] = {}
"""The same, for each class that was met."""


def fields_to_json(struct: Struct) -> dict[str, Json]:
    """Return the fields that have a value, by name."""
    return {field.name: to_json(value) for field, value in struct.public() if value is not None}


def from_json(wire: Wire, data: Json) -> object:
    """Return the value of that type that ``data`` stands for; text is read where it is given.

    What a command line can say is accepted: names of enums, numbers as text, hex for bytes.
    """
    inner = getattr(wire, "inner", None)
    if isinstance(wire, Array) or (isinstance(data, list) and inner is not None):
        return _array(wire, data)
    if inner is not None:
        return from_json(inner, data)
    if isinstance(wire, Nested):
        return from_fields(wire.cls, data)
    if isinstance(wire, Int):
        return _integer(wire, data)
    if isinstance(wire, Bool):
        return _boolean(data)
    if isinstance(wire, Float) and isinstance(data, str):
        try:
            return float(data)
        except ValueError:
            raise EncodeError(f"{data!r} is no number") from None
    if isinstance(wire, (IPv4, IPv6)) and isinstance(data, str):
        try:
            return IPv4Address(data) if isinstance(wire, IPv4) else IPv6Address(data)
        except ValueError as error:
            raise EncodeError(str(error)) from None
    if isinstance(wire, UuidWire):
        text = data.get("value") if isinstance(data, dict) else data
        return wire.enum.from_name(str(text))
    if isinstance(wire, Bytes) and isinstance(data, str):
        try:
            return bytes.fromhex(data.replace(":", ""))
        except ValueError:
            raise EncodeError(f"{data!r} is not hex") from None
    return wire.from_plain(data) if isinstance(wire, FromPlain) else data


def from_fields(cls: type[Struct], data: Json) -> Struct:
    """Return a ``cls`` made of JSON data by field name; :class:`EncodeError` names the field."""
    if not isinstance(data, dict):
        raise EncodeError(f"{data!r} is no object with fields")
    known = {field.name: field for field in cls.__fields__ if field.public and field.init}
    computed = {field.name for field in cls.__fields__} - known.keys()
    values = {}
    for name, item in data.items():
        field = known.get(name)
        if name in computed:
            raise EncodeError(f"{name} is computed from the other fields: leave it out")
        if field is None:
            raise EncodeError(f"no field {name!r}; known: {', '.join(known) or 'none'}")
        try:
            values[field.attr] = from_json(field.wire, item)
        except EncodeError as error:
            raise EncodeError(f"{name}: {error}") from None
    try:
        return cls(**values)
    except TypeError as error:
        raise EncodeError(str(error)) from None


def _array(wire: Wire, data: Json) -> object:
    items = data.get("items") if isinstance(data, dict) else data
    if not isinstance(items, list):
        raise EncodeError(f"{data!r} is no list")
    inner: Wire = wire.inner  # type: ignore[attr-defined]
    if isinstance(inner, Array):
        return from_json(inner, list(items))
    values = [from_json(inner, item) for item in items]
    if isinstance(data, dict):
        return Sequenced(_integer(Int(8), data.get("number")), values)
    return values


def _integer(wire: Int, data: Json) -> int:
    if isinstance(data, dict):
        data = data.get("value")
    if isinstance(data, list) and wire.enum is not None:
        value = 0
        for part in data:
            value |= _integer(wire, part)
        return wire.enum(value)
    if isinstance(data, str) and wire.enum is not None:
        if issubclass(wire.enum, OpenFlags):
            value = 0
            for word in filter(None, map(str.strip, data.split(","))):
                value |= wire.enum.from_name(word)
            return wire.enum(value)
        return wire.enum.from_name(data)
    try:
        number = int(data, 0) if isinstance(data, str) else data
    except ValueError:
        raise EncodeError(f"{data!r} is no number") from None
    if not isinstance(number, int):
        raise EncodeError(f"{data!r} is no number")
    return wire.enum(number) if wire.enum is not None else number


def _boolean(data: Json) -> bool:
    words = {"true": True, "yes": True, "on": True, "1": True}
    words |= {"false": False, "no": False, "off": False, "0": False}
    value = words.get(str(data).lower())
    if value is None:
        raise EncodeError(f"{data!r} is neither true nor false")
    return value
