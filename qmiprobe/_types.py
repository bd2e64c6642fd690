# SPDX-License-Identifier: GPL-2.0-or-later
"""Wire types: how one value stands in bytes, both ways.

A type knows nothing of TLVs or information buffers; ``scope`` holds the values of the struct's
earlier members, for counts and sizes that stand elsewhere than before their value.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address
from typing import Literal

from qmiprobe._enums import OpenEnum, OpenFlags, Uuid
from qmiprobe._wire import Note, Reader, SpanKind, Writer
from qmiprobe.errors import EncodeError

Scope = Mapping[str, object]


class Wire:
    """One type: ``fixed`` is its size in bytes, or None where it varies."""

    fixed: int | None = None

    @property
    def least(self) -> int:
        """The fewest bytes that a value takes."""
        return self.fixed or 0

    def decode(self, reader: Reader, scope: Scope) -> object:
        """Read one value; :class:`DecodeError` where the bytes cannot mean one."""
        raise NotImplementedError

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        """Append one value; :class:`EncodeError` where the definition does not allow it."""
        raise NotImplementedError


def unknown_value(enum: type[object], number: int, tlv: int | None, *, personal: bool) -> Note:
    """Return the note about a number that an enum, or bits that flags, have no name for."""
    shown = "a value" if personal else f"{number} ({number:#x})"
    return Note("unknown-value", f"{enum.__name__} does not know {shown}", tlv)


def odd_boolean(notes: list[Note], number: int, tlv: int | None) -> bool:
    """Append the note about a boolean that is neither 0 nor 1, and return what it means."""
    notes.append(Note("unknown-value", f"a boolean is {number}", tlv))
    return True


class Int(Wire):
    """An integer of 1 to 8 bytes, little-endian unless ``big``, perhaps an enum or flags."""

    def __init__(
        self,
        size: int,
        *,
        signed: bool = False,
        big: bool = False,
        enum: type[OpenEnum | OpenFlags] | None = None,
    ) -> None:
        self.fixed: int = size
        self.signed = signed
        self.order: Literal["big", "little"] = "big" if big else "little"
        self.enum = enum

    def decode(self, reader: Reader, scope: Scope) -> int:
        number = int.from_bytes(reader.value(self.fixed), self.order, signed=self.signed)
        if self.enum is None:
            return number
        value = self.enum(number)
        if not value.known:
            log = reader.log
            log.notes.append(unknown_value(self.enum, number, log.tlv, personal=log.personal > 0))
        return value

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        if not isinstance(value, int):
            raise EncodeError(f"{value!r} is no integer")
        try:
            writer.data += value.to_bytes(self.fixed, self.order, signed=self.signed)
        except OverflowError:
            kind = "signed" if self.signed else "unsigned"
            raise EncodeError(f"{value} does not fit {self.fixed} {kind} bytes") from None


class Bool(Wire):
    """True or false in ``size`` bytes; any value but 0 is true, others than 1 leave a note."""

    def __init__(self, size: int = 1) -> None:
        self.fixed: int = size

    def decode(self, reader: Reader, scope: Scope) -> bool:
        number = int.from_bytes(reader.value(self.fixed), "little")
        if number > 1:
            odd_boolean(reader.log.notes, number, reader.log.tlv)
        return number != 0

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        if value not in (0, 1):
            raise EncodeError(f"{value!r} is neither true nor false")
        writer.uint(int(bool(value)), self.fixed)


class Float(Wire):
    """IEEE 754, little-endian, 4 or 8 bytes."""

    def __init__(self, size: int) -> None:
        self.fixed: int = size
        self._struct = struct.Struct("<f" if size == 4 else "<d")

    def decode(self, reader: Reader, scope: Scope) -> float:
        value: float = self._struct.unpack(reader.value(self.fixed))[0]
        return value

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        if not isinstance(value, (int, float)):
            raise EncodeError(f"{value!r} is no number")
        try:
            writer.data += self._struct.pack(value)
        except OverflowError:
            raise EncodeError(f"{value} does not fit {self.fixed} bytes") from None


class IPv4(Wire):
    """Four bytes in network order, or reversed as QMI WDS has them."""

    fixed = 4

    def __init__(self, *, swapped: bool = False) -> None:
        self.step = -1 if swapped else 1

    def decode(self, reader: Reader, scope: Scope) -> IPv4Address:
        return IPv4Address(reader.value(4)[:: self.step])

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        if not isinstance(value, IPv4Address):
            raise EncodeError(f"{value!r} is no IPv4 address")
        writer.data += value.packed[:: self.step]


class IPv6(Wire):
    """Sixteen bytes in network order."""

    fixed = 16

    def decode(self, reader: Reader, scope: Scope) -> IPv6Address:
        return IPv6Address(reader.value(16))

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        if not isinstance(value, IPv6Address):
            raise EncodeError(f"{value!r} is no IPv6 address")
        writer.data += value.packed


class UuidWire(Wire):
    """Sixteen bytes in text order."""

    fixed = 16

    def __init__(self, enum: type[Uuid] = Uuid) -> None:
        self.enum = enum

    def decode(self, reader: Reader, scope: Scope) -> Uuid:
        return self.enum(reader.value(16))

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        if not isinstance(value, bytes) or len(value) != 16:
            raise EncodeError(f"{value!r} is no UUID")
        writer.data += value


class Sized(Wire):
    """A value whose length stands elsewhere.

    ``size``: None takes the rest of the window, an :class:`Int` is a prefix, a number is fixed,
    a name is an earlier member.
    """

    kind: SpanKind = "octets"
    """What a personal value is made of, for redaction."""

    def __init__(self, size: Int | int | str | None = None, *, limit: int | None = None) -> None:
        self.size = size
        self.limit = limit
        """Most bytes that a sender may put; a reader takes more, with a note."""
        self.fixed: int | None = size if isinstance(size, int) else None

    @property
    def least(self) -> int:
        return self.size.fixed if isinstance(self.size, Int) else self.fixed or 0

    def take(self, reader: Reader, scope: Scope) -> bytes:
        """Read the value's bytes."""
        size = self.size
        if size is None:
            length = reader.remaining
        elif isinstance(size, int):
            length = size
        elif isinstance(size, str):
            length = int(scope[size])  # type: ignore[call-overload]
        else:
            length = reader.uint(size.fixed)
        if self.limit is not None and length > self.limit:
            reader.log.note("too-long", f"{length} bytes where at most {self.limit} are expected")
        return reader.value(length, self.kind)

    def put(self, writer: Writer, value: bytes) -> None:
        """Append the value's bytes, with their prefix or up to their fixed size."""
        if self.limit is not None and len(value) > self.limit:
            raise EncodeError(f"{len(value)} bytes, at most {self.limit} are allowed")
        if isinstance(self.size, Int):
            if len(value) >> (8 * self.size.fixed):
                raise EncodeError(f"{len(value)} bytes do not fit a {self.size.fixed}-byte length")
            writer.uint(len(value), self.size.fixed)
        elif isinstance(self.size, int) and len(value) != self.size:
            raise EncodeError(f"{len(value)} bytes, exactly {self.size} are wanted")
        writer.data += value

    def to_bytes(self, value: object) -> bytes:
        """Turn the value into its bytes."""
        raise NotImplementedError

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        self.put(writer, self.to_bytes(value))


class Bytes(Sized):
    """Raw octets."""

    def decode(self, reader: Reader, scope: Scope) -> bytes:
        return self.take(reader, scope)

    def to_bytes(self, value: object) -> bytes:
        if not isinstance(value, (bytes, bytearray)):
            raise EncodeError(f"{value!r} is not bytes")
        return bytes(value)
