# SPDX-License-Identifier: GPL-2.0-or-later
"""Wire types that hold other types: nested structs and counted arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from qmiprobe._message import Struct, decode_struct, encode_struct
from qmiprobe._types import Int, Scope, Wire
from qmiprobe._wire import Reader, Writer
from qmiprobe.errors import EncodeError

T = TypeVar("T")


class Nested(Wire):
    """A struct in place, in the window of the outer one; its offsets count from its own start."""

    def __init__(self, cls: type[Struct]) -> None:
        self.cls = cls
        sizes = [field.wire.fixed for field in cls.__fields__]
        known = [size for size in sizes if size is not None]
        plain = len(known) == len(sizes) and all(field.present is None for field in cls.__fields__)
        self.fixed = sum(known) if plain else None

    @property
    def least(self) -> int:
        """Of a struct that older firmware cut short, the first member alone is sure."""
        first = next(iter(self.cls.__fields__), None)
        return first.wire.least if first is not None and first.present is None else 0

    def decode(self, reader: Reader, scope: Scope) -> Struct:
        outer, reader.base = reader.base, reader.pos
        try:
            return decode_struct(self.cls, reader)
        finally:
            reader.base = outer

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        if not isinstance(value, self.cls):
            raise EncodeError(f"{value!r} is no {self.cls.__name__}")
        outer, writer.base = writer.base, len(writer.data)
        encode_struct(value, writer)
        writer.base = outer


@dataclass
class Sequenced(Generic[T]):
    """An array that is one of several segments, with the segment's number."""

    number: int
    items: list[T]


class Array(Wire):
    """Values one after another.

    ``count``: an :class:`Int` is a prefix, a number is fixed, a name is an earlier member.
    ``sequence``: a number that follows the count prefix.
    """

    def __init__(self, inner: Wire, *, count: Int | int | str, sequence: Int | None = None) -> None:
        self.inner = inner
        self.count = count
        self.sequence = sequence
        if isinstance(count, int) and inner.fixed is not None:
            self.fixed = count * inner.fixed

    @property
    def least(self) -> int:
        return self.count.fixed if isinstance(self.count, Int) else self.fixed or 0

    def decode(self, reader: Reader, scope: Scope) -> list[object] | Sequenced[object]:
        number = self.read_count(reader, scope)
        segment = reader.uint(self.sequence.fixed) if self.sequence is not None else None
        items = self.items(reader, scope, number)
        return items if segment is None else Sequenced(segment, items)

    def read_count(self, reader: Reader, scope: Scope) -> int:
        """Return how many items follow."""
        if isinstance(self.count, Int):
            return reader.uint(self.count.fixed)
        return int(scope[self.count]) if isinstance(self.count, str) else self.count  # type: ignore[call-overload]

    def items(self, reader: Reader, scope: Scope, number: int) -> list[object]:
        """Read ``number`` items; a count that the bytes cannot hold is refused at once."""
        if number * max(self.inner.fixed or self.inner.least, 1) > reader.remaining:
            reader.fail(f"{number} items announced, {reader.remaining} bytes left")
        return [self.inner.decode(reader, scope) for _ in range(number)]

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        if self.sequence is not None:
            if not isinstance(value, Sequenced):
                raise EncodeError(f"{value!r} is no Sequenced(number, items)")
            items, segment = value.items, value.number
        else:
            items, segment = value, None  # type: ignore[assignment]
        if not isinstance(items, (list, tuple)):
            raise EncodeError(f"{items!r} is no list")
        self._put_count(writer, len(items))
        if self.sequence is not None:
            self.sequence.encode(writer, segment, scope)
        for index, item in enumerate(items):
            try:
                self.inner.encode(writer, item, scope)
            except EncodeError as error:
                raise EncodeError(f"[{index}]: {error}") from None

    def _put_count(self, writer: Writer, number: int) -> None:
        if isinstance(self.count, Int):
            if number >> (8 * self.count.fixed):
                raise EncodeError(f"{number} items do not fit a {self.count.fixed}-byte count")
            writer.uint(number, self.count.fixed)
        elif isinstance(self.count, int) and number != self.count:
            raise EncodeError(f"{number} items, exactly {self.count} are wanted")
