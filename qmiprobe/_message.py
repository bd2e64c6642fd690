# SPDX-License-Identifier: GPL-2.0-or-later
"""Structs and messages: plain data with a table of fields, and the one codec that reads it.

Generated modules declare subclasses; ``dataclass_transform`` lets editors and type checkers see
real attributes. (Frozen dataclasses take 0.5 ms a class to make: too slow for 1,500 of them.)
"""

from __future__ import annotations

from typing import Any, ClassVar, Generic, Self, TypeVar, dataclass_transform

from qmiprobe._condition import Condition
from qmiprobe._enums import OpenFlags
from qmiprobe._types import Int, Scope, Wire
from qmiprobe._wire import Reader, Writer
from qmiprobe.errors import EncodeError

MISSING = object()
"""Default of a field that has none."""


class Field:
    """One member of a struct, or one TLV of a QMI message."""

    __slots__ = (
        "attr", "default", "derived", "doc", "expected", "init", "name", "personal", "present",
        "required", "reserved", "tlv", "unit", "valid", "wire",
    )  # fmt: skip

    def __init__(
        self,
        wire: Wire,
        *,
        name: str = "",
        tlv: int | None = None,
        required: bool = True,
        derived: str | None = None,
        reserved: bool = False,
        personal: bool = False,
        unit: str | None = None,
        doc: str | None = None,
        expected: Condition | None = None,
        present: Condition | None = None,
        valid: tuple[str, int] | None = None,
        init: bool = True,
        default: object = MISSING,
        default_factory: type[list[object]] | None = None,
    ) -> None:
        self.wire = wire
        self.default = default_factory if default_factory is not None else default
        self.name = name
        self.attr = ""
        self.tlv = tlv
        self.required = required
        self.derived = derived
        """``count``, ``size`` or ``mask``: computed from other members when encoding."""
        self.reserved = reserved
        self.personal = personal
        self.unit = unit
        self.doc = doc
        self.expected = expected
        self.present = present
        self.valid = valid
        """Attribute of the mask and the bit in it that says whether the value counts."""
        self.init = init

    @property
    def public(self) -> bool:
        """Whether users see it: counts, sizes and reserved bytes are the codec's own."""
        return not self.reserved and self.derived not in ("count", "size")

    @property
    def sensitive(self) -> bool:
        """Whether it or anything in it is personal."""
        return self.personal or _holds_personal(self.wire)


def member(wire: Wire, **options: Any) -> Any:  # noqa: ANN401  # type checkers see the field
    """Declare one member of a struct or one TLV; the options are those of :class:`Field`."""
    return Field(wire, **options)


@dataclass_transform(kw_only_default=True, field_specifiers=(member,))
class Struct:
    """Fields one after another; made from keyword arguments, compared by value."""

    __fields__: ClassVar[tuple[Field, ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = []
        for attr, value in list(cls.__dict__.items()):
            if isinstance(value, Field):
                value.attr = attr
                value.name = value.name or attr.strip("_").replace("_", "-")
                own.append(value)
                delattr(cls, attr)
        if own or "__fields__" not in cls.__dict__:
            inherited = [
                field for base in cls.__bases__ for field in getattr(base, "__fields__", ())
            ]
            cls.__fields__ = tuple(inherited + own)

    def __init__(self, **values: object) -> None:
        state = self.__dict__
        for field in self.__fields__:
            if field.public and field.init:
                value = values.pop(field.attr, field.default)
                if value is MISSING:
                    raise TypeError(f"{type(self).__name__} needs {field.attr}=")
                state[field.attr] = [] if value is list else value
        if values:
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(values))}")
        for field in self.__fields__:
            if field.derived == "mask":
                state[field.attr] = _mask(field, self)

    @classmethod
    def empty(cls) -> Self:
        """Return one whose fields are all None: what decoding starts from."""
        new = cls.__new__(cls)
        new.__dict__.update((field.attr, None) for field in cls.__fields__ if field.public)
        return new

    @classmethod
    def blank(cls, **values: object) -> Self:
        """Return one with zeros where nothing is given: MBIM queries that are written in full."""
        new = cls.empty()
        for field in cls.__fields__:
            if field.public and field.init:
                zeros = Reader(bytes(field.wire.fixed or 0))
                missing = field.default is MISSING
                new.__dict__[field.attr] = (
                    field.wire.decode(zeros, {}) if missing else field.default
                )
        unknown = values.keys() - new.__dict__.keys()
        if unknown:
            raise TypeError(f"{cls.__name__} has no {', '.join(sorted(unknown))}")
        new.__dict__.update(values)
        new.__dict__.update(
            {f.attr: [] for f in cls.__fields__ if new.__dict__.get(f.attr) is list}
        )
        for field in cls.__fields__:
            if field.derived == "mask":
                new.__dict__[field.attr] = _mask(field, new)
        return new

    def public(self) -> list[tuple[Field, object]]:
        """Return the fields that users see, with their values."""
        state = self.__dict__
        return [(field, state.get(field.attr)) for field in self.__fields__ if field.public]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Struct) or type(other) is not type(self):
            return NotImplemented
        return self.public() == other.public()

    __hash__ = None  # type: ignore[assignment]  # mutable, like any list

    def __repr__(self) -> str:
        given = [f"{field.attr}={value!r}" for field, value in self.public() if value is not None]
        return f"{type(self).__name__}({', '.join(given)})"


R_co = TypeVar("R_co", bound="Response", covariant=True)


class Message(Struct):
    """What has an id of its own: :class:`Request`, :class:`Response`, :class:`Indication`."""

    service: ClassVar[Any]
    """QMI: the service's number; MBIM: its UUID."""
    service_name: ClassVar[str]
    id: ClassVar[int]
    """QMI: message id; MBIM: command id."""
    message: ClassVar[str]
    """Name in the definitions, with hyphens."""
    kind: ClassVar[str]


class Request(Message, Generic[R_co]):
    """Host to modem; its type fixes the answer's."""

    kind = "request"
    response: ClassVar[type[Response]]


class Response(Message):
    """Modem to host, answering a request."""

    kind = "response"


class Indication(Message):
    """Modem to host, unasked (MBIM: a notification)."""

    kind = "indication"


def _mask(mask: Field, struct: Struct) -> int:
    """Return the flags of the members that are set, of those that ``mask`` speaks for."""
    bits = 0
    for field in struct.__fields__:
        if field.valid and field.valid[0] == mask.attr:
            if struct.__dict__.get(field.attr) not in (None, []):
                bits |= field.valid[1]
    enum = mask.wire.enum if isinstance(mask.wire, Int) else None
    return enum(bits) if enum is not None else bits


def decode_struct(cls: type[Struct], reader: Reader) -> Struct:
    """Read the members of ``cls`` one after another.

    A struct that ends between two members is a shorter one from older firmware: the rest stays
    None, with a note. One that ends inside a member is a :class:`DecodeError`.
    """
    struct = cls.empty()
    scope = struct.__dict__
    for field in cls.__fields__:
        if field.present is not None and not field.present.holds(scope):
            continue
        if reader.pos == reader.end != reader.base and field.wire.least:
            reader.log.note("short", f"ends before {field.name}")
            break
        if field.valid is not None:
            scope[field.attr] = _decode_valid(field, reader, scope)
        else:
            scope[field.attr] = decode_field(field, reader, scope)
    return struct


def _holds_personal(wire: Wire | None) -> bool:
    while wire is not None:
        cls: type[Struct] | None = getattr(wire, "cls", None)
        if cls is not None:
            return any(field.sensitive for field in cls.__fields__)
        wire = getattr(wire, "inner", None)
    return False


def decode_field(field: Field, reader: Reader, scope: Scope) -> object:
    """Read one field's value, keeping its span when it is personal."""
    if not field.personal:
        return field.wire.decode(reader, scope)
    reader.log.personal += 1
    try:
        return field.wire.decode(reader, scope)
    finally:
        reader.log.personal -= 1


def _decode_valid(field: Field, reader: Reader, scope: Scope) -> object:
    assert field.valid is not None
    mask = scope[field.valid[0]]
    if isinstance(mask, int) and mask & field.valid[1]:
        value = decode_field(field, reader, scope)
        if value is None or value == []:
            reader.log.note("mask-without-item", f"{field.name} is announced and not there")
        return value
    start = reader.skip(field.wire.fixed or 0)
    if any(reader.data[start : reader.pos]):
        reader.log.note("item-without-mask", f"{field.name} is there and not announced")
    return [] if field.default is list else None


def encode_struct(struct: Struct, writer: Writer) -> None:
    """Append the members of ``struct``; counts, sizes and masks are computed here."""
    scope = struct.__dict__
    derived = _derive(struct)
    for field in struct.__fields__:
        if field.present is not None and not field.present.holds(scope):
            if scope.get(field.attr) is not None:
                raise EncodeError(f"{field.name} is given, but {field.present.text} does not hold")
            continue
        value = derived.get(field.attr) if field.derived else scope.get(field.attr)
        encode_field(field, writer, value, scope)


def encode_field(field: Field, writer: Writer, value: object, scope: Scope) -> None:
    """Append one field's value; an :class:`EncodeError` names the field."""
    if field.reserved:
        writer.data += bytes(field.wire.fixed or 0)
        return
    if value is None and field.valid is not None:
        writer.data += bytes(field.wire.fixed or 0)
        return
    try:
        field.wire.encode(writer, value, scope)
    except EncodeError as error:
        raise EncodeError(f"{field.name}: {error}") from None


def _derive(struct: Struct) -> dict[str, int]:
    """Return the counts, sizes and masks that the other members ask for."""
    derived: dict[str, int] = {}
    for field in struct.__fields__:
        if field.derived == "mask":
            derived[field.attr] = _mask(field, struct)
    for field in struct.__fields__:
        value = struct.__dict__.get(field.attr)
        if field.present is not None and not field.present.holds(struct.__dict__):
            continue
        try:
            measured = measures(field.wire, value)
        except EncodeError as error:
            raise EncodeError(f"{field.name}: {error}") from None
        for kind, attr, number in measured:
            if derived.setdefault(attr, number) != number:
                raise EncodeError(
                    f"{field.name}: {kind} {number}, another member has {derived[attr]}"
                )
    for field in struct.__fields__:
        if field.derived in ("count", "size"):
            derived.setdefault(field.attr, 0)
    return derived


def measures(wire: Wire, value: object) -> list[tuple[str, str, int]]:
    """Return (kind, attribute, number) for each count or size that stands in another member."""
    found = []
    inner: Wire | None = wire
    while inner is not None:
        count, size = getattr(inner, "count", None), getattr(inner, "size", None)
        if isinstance(count, str):
            found.append(("count", count, len(value) if isinstance(value, list) else 0))
        if isinstance(size, str) and hasattr(inner, "to_bytes"):
            found.append(("size", size, len(inner.to_bytes(value)) if value is not None else 0))
        inner = getattr(inner, "inner", None)
    return found


__all__ = ["Field", "Indication", "Message", "OpenFlags", "Request", "Response", "Struct", "member"]
