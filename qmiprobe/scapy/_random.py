# SPDX-License-Identifier: GPL-2.0-or-later
"""Random values for ``fuzz()``: of the field's type as far as it goes, names or not."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

from scapy.volatile import VolatileValue

from qmiprobe._arrays import Array, Nested, Sequenced
from qmiprobe._message import Struct
from qmiprobe._text import Bcd, Plmn
from qmiprobe._types import Bytes, Sized, Wire
from qmiprobe._wire import Reader
from qmiprobe.errors import DecodeError

MOST = 4
"""Most items of an array; octets of a text or of bytes are at most sixteen times that."""
_SHARED = 1
"""Items where several fields share one count: all draw by themselves."""


class RandomValue(VolatileValue):  # type: ignore[misc]  # scapy has no types
    """A new value of one wire type each time that a packet is built."""

    def __init__(self, wire: Wire, absent: object = None, *, depends: bool = False) -> None:
        super().__init__()
        self.wire = wire
        self.absent = absent
        """What stands for a field that is left out; None where it may not be."""
        self.depends = depends
        """Whether other fields decide if this one is there."""

    def _fix(self) -> object:
        if self.absent is not None and random.random() < 0.25:
            return self.absent
        drawn = value(self.wire)
        return Drawn(drawn) if self.depends else drawn

    def __deepcopy__(self, memo: object) -> RandomValue:
        return self

    def __repr__(self) -> str:
        return "<random>"


class Drawn(NamedTuple):
    """A value that counts only where the other fields want one."""

    value: object


def value(wire: Wire) -> object:
    """Return a random value that ``wire`` can encode."""
    if isinstance(wire, Nested):
        return struct(wire.cls)
    if isinstance(wire, Array):
        items = [value(wire.inner) for _ in range(_count(wire.count, MOST))]
        return items if wire.sequence is None else Sequenced(random.randrange(256), items)
    if isinstance(wire, Plmn):
        return f"{random.randrange(1000):03}-{random.randrange(100):02}"
    if isinstance(wire, Sized):
        return _sized(wire)
    inner: Any = getattr(wire, "inner", None)
    if inner is not None:
        many = type(wire).__name__ == "Packed"  # structs one behind another
        return [value(inner) for _ in range(_count(None, MOST))] if many else value(inner)
    if wire.fixed is None:
        return []
    return _decoded(wire)


def struct(cls: type[Struct]) -> Struct:
    """Return a struct of random values."""
    drawn: dict[str, object] = {}
    for field in cls.__fields__:
        if field.public and field.init:
            wanted = field.present is None or field.present.holds(drawn)
            drawn[field.attr] = value(field.wire) if wanted else None
    return cls(**drawn)


def _decoded(wire: Wire) -> object:
    """Any bits are a value of a number, an enum, an address; of a float too, NaN included."""
    for _ in range(8):
        try:
            return wire.decode(Reader(random.randbytes(wire.fixed or 0)), {})
        except DecodeError:
            continue
    return wire.decode(Reader(bytes(wire.fixed or 0)), {})


def _sized(wire: Sized) -> object:
    most = 16 * MOST if wire.limit is None else min(16 * MOST, wire.limit)
    if isinstance(wire, Bytes):
        return random.randbytes(_count(wire.size, most))
    if isinstance(wire, Bcd):
        return "".join(random.choices("0123456789", k=2 * _count(wire.size, most)))
    # Half of the room, for texts of two bytes a character.
    room = wire.size if isinstance(wire.size, int) else random.randrange(most + 1)
    return "".join(random.choices("abcXYZ019 .-+/%", k=room // 2))


def _count(count: object, most: int) -> int:
    if isinstance(count, int):
        return count
    return _SHARED if isinstance(count, str) else random.randrange(most + 1)
