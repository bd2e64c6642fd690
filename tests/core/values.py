# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes a message of any definition, from its field table: what every codec test is fed with.

All values are ones that decode without a note. Hypothesis drives it through :func:`randoms`;
long runs drive it with seeds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address
from random import Random
from typing import Any

from hypothesis import strategies as st

from qmiprobe._arrays import Array, Nested, Sequenced
from qmiprobe._enums import OpenEnum, OpenFlags, Uuid
from qmiprobe._message import Field, Message, Response, Struct
from qmiprobe._text import Bcd, Plmn, Text, Utf16Text
from qmiprobe._types import Bool, Bytes, Float, Int, IPv4, IPv6, Sized, UuidWire, Wire
from qmiprobe.mbim import _registry as mbim_registry
from qmiprobe.mbim._buffer import (
    CountedOffset,
    InTlv,
    MbimTlv,
    Offset,
    OffsetSize,
    Packed,
    Pairs,
    SizeInline,
    TlvList,
)
from qmiprobe.mbim.services import _index as mbim_index
from qmiprobe.qmi import _registry as qmi_registry
from qmiprobe.qmi._codec import Result
from qmiprobe.qmi.services import _index as qmi_index
from qmiprobe.qmi.services._shared import Error

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .-_+/:äßñéΩЖ中€"
"""What texts are made of: characters of one, two and three bytes."""


def randoms() -> st.SearchStrategy[Random]:
    """Return the strategy of the randomness that a :class:`Maker` draws from."""
    return st.integers(0, 2**32 - 1).map(Random)


def qmi_classes() -> list[type[Message]]:
    """Return every QMI definition."""
    return [qmi_registry.load(entry.module, entry.cls) for entry in qmi_index.DEFINITIONS]


def mbim_classes() -> list[tuple[mbim_index.Definition, type[Message]]]:
    """Return every MBIM definition with its entry in the index."""
    return [
        (entry, mbim_registry.load(entry.module, entry.cls)) for entry in mbim_index.DEFINITIONS
    ]


class Maker:
    """Makes values; each count or size that two members share is drawn once a struct."""

    def __init__(self, random: Random, *, most: int = 3, full: bool = False) -> None:
        self.random = random
        self.most = most
        """Most items in an array."""
        self.full = full
        """Whether to leave nothing out that may be left out, and no text empty."""

    def struct(self, cls: type[Struct]) -> Struct:
        """Return a ``cls`` with a value in every member that its layout has."""
        scope: dict[str, object] = {}
        shared: dict[str, int] = {}
        for field in cls.__fields__:
            if not field.public or not field.init:
                continue
            scope[field.attr] = self.field(field, scope, shared)
        return cls(**scope)

    def field(self, field: Field, scope: dict[str, object], shared: dict[str, int]) -> object:
        """Return a value for one member, None where it may or has to be absent."""
        if field.present is not None and not field.present.holds(scope):
            return None
        if field.default is None and field.present is None and not self.full:
            if self.random.random() < 0.3:
                return None
        return self.value(field.wire, shared)

    def message(self, cls: type[Message]) -> tuple[Message, Result | None]:
        """Return a ``cls``, and for a QMI response the result under which its TLVs are expected."""
        body = self.struct(cls)
        assert isinstance(body, Message)
        result = self.result(cls) if issubclass(cls, Response) else None
        scope = {"result": result, **body.__dict__}
        for field in cls.__fields__:
            if field.expected is not None and not field.expected.holds(scope):
                setattr(body, field.attr, None)
        return body, result

    def result(self, cls: type[Message]) -> Result:
        """Return success, or an error that a TLV of ``cls`` is expected with."""
        errors = [
            Error.from_name(term.name if term.operator == "==" else "incorrect-pin")
            for field in cls.__fields__
            if field.expected is not None
            for term in field.expected.terms
            if term.path == ("result", "error")
        ]
        error = self.random.choice([Error(0), *errors])
        return Result(error == 0, error)

    def value(self, wire: Wire, shared: dict[str, int]) -> object:
        """Return a value of type ``wire``."""
        for kind, make in _MAKERS:
            if isinstance(wire, kind):
                return make(self, wire, shared)
        raise AssertionError(f"no way to make a {type(wire).__name__}")

    def count(self, count: Int | int | str | None, shared: dict[str, int], most: int) -> int:
        """Return how many items or octets, the same for all that share a member."""
        if isinstance(count, str):
            return shared.setdefault(count, self.random.randint(self.least, most))
        if isinstance(count, int):
            return count
        return self.random.randint(self.least, most)

    @property
    def least(self) -> int:
        return int(self.full)


def _int(maker: Maker, wire: Int, shared: dict[str, int]) -> int:
    low = -(1 << (8 * wire.fixed - 1)) if wire.signed else 0
    high = (1 << (8 * wire.fixed - (1 if wire.signed else 0))) - 1
    if wire.enum is None:
        edges = [low, high, 0, 1]
        return maker.random.choice([*edges, maker.random.randint(low, high)])
    known = [value for value in wire.enum.names if low <= value <= high]
    if issubclass(wire.enum, OpenEnum):
        return wire.enum(maker.random.choice(known))
    number = 0
    for flag in maker.random.sample(known, maker.random.randint(0, len(known))):
        number |= flag
    assert issubclass(wire.enum, OpenFlags)
    return wire.enum(number)


def _octets(maker: Maker, wire: Bytes, shared: dict[str, int]) -> bytes:
    most = 12 if wire.limit is None else min(12, wire.limit)
    return maker.random.randbytes(maker.count(wire.size, shared, most))


def _room(maker: Maker, wire: Sized, shared: dict[str, int]) -> int:
    room = 12 if wire.limit is None else min(12, wire.limit)
    return maker.count(wire.size, shared, room) if isinstance(wire.size, (int, str)) else room


def _text(maker: Maker, wire: Sized, shared: dict[str, int]) -> str:
    encoding = "utf-16-le" if isinstance(wire, Utf16Text) else "utf-8"
    room = _room(maker, wire, shared)
    size = maker.random.randint(maker.least, max(maker.least, room))
    text = ""
    for char in maker.random.choices(LETTERS, k=size):
        if len((text + char).encode(encoding)) <= room:
            text += char
    return text or ("7" if maker.full and room else "")


def _bcd(maker: Maker, wire: Bcd, shared: dict[str, int]) -> str:
    size = maker.random.randint(maker.least, 2 * _room(maker, wire, shared))
    return "".join(maker.random.choices("0123456789", k=size))


def _plmn(maker: Maker, wire: Plmn, shared: dict[str, int]) -> str:
    mnc = maker.random.choice((f"{maker.random.randrange(100):02}", "001", "999"))
    return f"{maker.random.randrange(1000):03}-{mnc}"


def _float(maker: Maker, wire: Float, shared: dict[str, int]) -> float:
    return maker.random.choice((0.0, -1.5, 0.25, 1e6, 2.0**100, -(2.0**-100)))


def _uuid(maker: Maker, wire: UuidWire, shared: dict[str, int]) -> Uuid:
    names = list(wire.enum.names.values())
    if names and maker.random.random() < 0.7:
        return wire.enum.from_name(maker.random.choice(names))
    return wire.enum(maker.random.randbytes(16))


def _array(maker: Maker, wire: Array, shared: dict[str, int]) -> object:
    number = maker.count(wire.count, shared, maker.most)
    items = [maker.value(wire.inner, {}) for _ in range(number)]
    if wire.sequence is None:
        return items
    return Sequenced(maker.random.randrange(256), items)


def _several(maker: Maker, wire: Any, shared: dict[str, int]) -> list[object]:  # noqa: ANN401
    inner = wire.inner.inner if isinstance(wire, CountedOffset) else wire.inner
    return [maker.value(inner, {}) for _ in range(maker.random.randint(maker.least, maker.most))]


def _elsewhere(maker: Maker, wire: Any, shared: dict[str, int]) -> object:  # noqa: ANN401
    return maker.value(wire.inner, shared)


def _tlvs(maker: Maker, wire: TlvList, shared: dict[str, int]) -> list[MbimTlv]:
    return [
        MbimTlv(maker.random.randrange(1, 18), maker.random.randbytes(maker.random.randrange(9)))
        for _ in range(maker.random.randint(maker.least, maker.most))
    ]


_MAKERS: list[tuple[type | tuple[type, ...], Callable[[Maker, Any, dict[str, int]], object]]] = [
    (Int, _int),
    (Bool, lambda maker, wire, shared: maker.random.random() < 0.5),
    (Float, _float),
    (IPv4, lambda maker, wire, shared: IPv4Address(maker.random.randbytes(4))),
    (IPv6, lambda maker, wire, shared: IPv6Address(maker.random.randbytes(16))),
    (UuidWire, _uuid),
    (Plmn, _plmn),
    (Bytes, _octets),
    ((Text, Utf16Text), _text),
    (Bcd, _bcd),
    (Nested, lambda maker, wire, shared: maker.struct(wire.cls)),
    ((CountedOffset, Packed), _several),
    (Array, _array),
    ((OffsetSize, Offset, SizeInline, InTlv), _elsewhere),
    (TlvList, _tlvs),
]  # fmt: skip


def wires(wire: Wire) -> Iterator[Wire]:
    """Return ``wire`` and every type inside it."""
    yield wire
    inner = getattr(wire, "inner", None)
    if isinstance(inner, Wire):
        yield from wires(inner)
    cls = getattr(wire, "cls", None)
    for field in cls.__fields__ if cls is not None else ():
        yield from wires(field.wire)


__all__ = ["Maker", "Pairs", "mbim_classes", "qmi_classes", "randoms", "wires"]
