# SPDX-License-Identifier: GPL-2.0-or-later
"""Cuts bytes from a control port into whole messages and says what did not fit.

Pure: bytes in, :class:`Frame` and :class:`Garbage` out. What a header looks like is the
business of the two framers, ``qmiprobe.qmi._frame`` and ``qmiprobe.mbim._frame``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Frame:
    """One whole control message; its header is plausible, the rest was not looked at."""

    data: bytes


@dataclass(frozen=True)
class Garbage:
    """Bytes that belong to no whole message: noise, or a message whose rest never came."""

    data: bytes


class Framer(ABC):
    """Collects what reads return until messages are whole; holds at most two ``limit`` bytes.

    How the bytes were cut into reads makes no difference, with one exception: a read that
    is exactly one or more whole messages while a part of another is pending. cdc-wdm gives
    a message a read, so the pending part has then lost its rest and is garbage - unless
    part and read together are whole messages too, which is how a stream would look.
    """

    header_size: ClassVar[int]
    """Bytes that :meth:`message_length` needs to be sure."""

    def __init__(self, *, limit: int) -> None:
        if limit < self.header_size:
            raise ValueError(f"limit is {limit}, a header alone takes {self.header_size} bytes")
        self._limit = limit
        self._skipped = bytearray()
        self._part = bytearray()

    @abstractmethod
    def message_length(self, data: bytes) -> int | None:
        """Length in bytes of the message that begins with ``data`` (at most a header long).

        0: ``data`` is too short to say. None: no message begins like this.
        """

    @property
    def pending(self) -> int:
        """Bytes that are held and not yet given out."""
        return len(self._skipped) + len(self._part)

    @property
    def partial(self) -> bool:
        """True while the beginning of a message waits for its rest."""
        return bool(self._part)

    def feed(self, data: bytes) -> list[Frame | Garbage]:
        """Messages that ``data`` completes, and runs of garbage, in the order of the bytes.

        Skipped bytes come out as one :class:`Garbage` (cut at ``limit``) as soon as the
        next plausible header is known; before that only :meth:`flush` gives them out.
        """
        found: list[Frame | Garbage] = []
        if self._part and self._restarts(data):
            found += self.flush()
        self._part += data
        self._cut(self._part, self._skipped, found)
        return found

    def flush(self) -> list[Garbage]:
        """What is pending, given up: nothing, or one :class:`Garbage`."""
        data = bytes(self._skipped + self._part)
        self._skipped.clear()
        self._part.clear()
        return [Garbage(data)] if data else []

    def _cut(self, part: bytearray, skipped: bytearray, found: list[Frame | Garbage]) -> None:
        """Moves whole messages and garbage out of ``part``; what remains waits for more."""
        at = 0
        while at < len(part):
            length = self.message_length(bytes(part[at : at + self.header_size]))
            if length is None or length > self._limit:
                skipped.append(part[at])
                at += 1
                if len(skipped) >= self._limit:
                    found.append(Garbage(bytes(skipped)))
                    skipped.clear()
                continue
            if length and skipped:
                found.append(Garbage(bytes(skipped)))
                skipped.clear()
            if not length or at + length > len(part):
                break
            found.append(Frame(bytes(part[at : at + length])))
            at += length
        del part[:at]

    def _restarts(self, data: bytes) -> bool:
        """Whether ``data`` is whole messages by itself and no continuation of the part."""
        length = self.message_length(data[: self.header_size])
        if not length or length > len(data):
            return False
        return self._is_whole(data) and not self._is_whole(bytes(self._part) + data)

    def _is_whole(self, data: bytes) -> bool:
        part, skipped, found = bytearray(data), bytearray(), list[Frame | Garbage]()
        self._cut(part, skipped, found)
        return not part and not skipped and all(isinstance(item, Frame) for item in found)
