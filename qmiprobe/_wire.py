# SPDX-License-Identifier: GPL-2.0-or-later
"""Bounds-checked reading and writing of bytes, and the notes that tolerant decoding leaves.

Every decoder of the project reads through :class:`Reader`: running out of bytes is a
:class:`DecodeError` with an offset, never an ``IndexError``; and each value read while a personal
field is being decoded leaves its span, so that redaction needs no second parser.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, NoReturn

from qmiprobe.errors import DecodeError


class Note(NamedTuple):
    """Something odd in bytes that still have a meaning."""

    code: str
    """A slug such as ``unknown-tlv`` or ``trailing-bytes``; scripts may rely on it."""
    text: str
    tlv: int | None = None
    """Number of the TLV it was seen in; None outside QMI."""


SpanKind = Literal["octets", "text", "utf-16", "unknown"]


class Span(NamedTuple):
    """Where in the message something stands that may name a person, a card, a device or a place."""

    start: int
    end: int
    kind: SpanKind
    """``unknown``: bytes that no definition speaks of; digits in them may be anybody's."""


class Log:
    """What one decoding gathers on the side: notes, and spans of personal values."""

    __slots__ = ("notes", "personal", "referred", "spans", "tlv")

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.spans: list[Span] = []
        """Personal values, and bytes that may hold some."""
        self.personal = 0
        """Above 0 while a personal field is being decoded."""
        self.referred = 0
        """Bytes that references have pointed at so far."""
        self.tlv: int | None = None

    def note(self, code: str, text: str) -> None:
        """Keep a note; it takes the number of the TLV being read."""
        self.notes.append(Note(code, text, self.tlv))

    def leftover(self, start: int, end: int, *, personal: bool = False) -> None:
        """Keep the span of bytes that no definition speaks of, or that mean nothing."""
        if end > start:
            hidden = personal or self.personal
            self.spans.append(Span(start, end, "octets" if hidden else "unknown"))


_MOST_REFERRED = 16


class Reader:
    """A window on a message: ``pos`` runs from ``base`` to ``end``.

    Offsets inside MBIM buffers count from ``base``; ``extent`` is the highest position reached
    by any read in the window or in one made from it.
    """

    __slots__ = ("base", "data", "end", "extent", "log", "pos")

    def __init__(
        self, data: bytes, *, start: int = 0, end: int | None = None, log: Log | None = None
    ) -> None:
        self.data = data
        self.base = self.pos = self.extent = start
        self.end = len(data) if end is None else end
        self.log = Log() if log is None else log

    @property
    def remaining(self) -> int:
        """Bytes left in the window."""
        return self.end - self.pos

    def fail(self, text: str) -> NoReturn:
        """Raise :class:`DecodeError` at the present position."""
        raise DecodeError(text, offset=self.pos)

    def skip(self, size: int) -> int:
        """Step over ``size`` bytes; return where they start."""
        start = self.pos
        if size > self.end - start:
            self.fail(f"{size} bytes wanted, {self.end - start} left")
        self.pos = start + size
        if self.pos > self.extent:
            self.extent = self.pos
        return start

    def value(self, size: int, kind: SpanKind = "octets") -> bytes:
        """Return ``size`` bytes of a value; its span is kept if it is personal."""
        start = self.skip(size)
        if self.log.personal and size:
            self.log.spans.append(Span(start, start + size, kind))
        return self.data[start : start + size]

    def uint(self, size: int) -> int:
        """Return a little-endian number that is structure, not value: a count, size or offset."""
        start = self.skip(size)
        return int.from_bytes(self.data[start : start + size], "little")

    def window(self, start: int, size: int) -> Reader:
        """Return a window of ``size`` bytes at ``start`` from this one's base."""
        begin = self.base + start
        if begin + size > self.end:
            self.fail(f"value at {start} of {size} bytes reaches beyond the {self.end - self.base}")
        self.refer(size)
        inner = Reader(self.data, start=begin, end=begin + size, log=self.log)
        if begin + size > self.extent:
            self.extent = begin + size
        return inner

    def refer(self, size: int) -> None:
        """Count ``size`` bytes that a reference points at.

        References that overlap could make a small message as large as its square: a few times
        the message is the most that a device may have meant.
        """
        self.log.referred += size
        if self.log.referred > _MOST_REFERRED * len(self.data):
            self.fail(f"references to more than {_MOST_REFERRED} times the message's bytes")


class Writer:
    """Bytes being written: a static part, and values that it refers to by offset.

    References are resolved by :meth:`finish`, which appends the values in order and fills in
    their offsets, counted from the start of the struct that holds them (MBIM 1.0, 10.3).
    """

    __slots__ = ("_references", "base", "data")

    def __init__(self) -> None:
        self.data = bytearray()
        self.base = 0
        """Where the struct begins that is being written."""
        self._references: list[tuple[int, int, bytes, int]] = []

    def uint(self, value: int, size: int) -> None:
        """Append a little-endian number of ``size`` bytes."""
        self.data += value.to_bytes(size, "little")

    def reference(self, position: int, value: bytes, pad: int) -> None:
        """Put ``value`` behind the static part and its offset at ``position``."""
        self._references.append((position, self.base, value, pad))

    def finish(self) -> bytes:
        """Return all bytes; each value starts and ends on a multiple of its padding."""
        for position, base, value, pad in self._references:
            self.data += bytes(-len(self.data) % pad)
            self.data[position : position + 4] = (len(self.data) - base).to_bytes(4, "little")
            self.data += value
            self.data += bytes(-len(value) % pad)
        self._references.clear()
        return bytes(self.data)
