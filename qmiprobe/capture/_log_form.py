# SPDX-License-Identifier: GPL-2.0-or-later
"""What the forms have in common in which logs show messages: hex that may go on for lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol as Interface

from qmiprobe._trace_format import Direction
from qmiprobe._wire import Note
from qmiprobe.capture._captured import Captured
from qmiprobe.capture._protocol import protocol_of, recognised
from qmiprobe.capture._titles import title
from qmiprobe.errors import DecodeError
from qmiprobe.mbim._frame import MESSAGE_TYPES

PAIRS = re.compile(r"[0-9A-Fa-f]{2}(?:[:\s]*[0-9A-Fa-f]{2})*:?")
_MORE = re.compile(r":?[0-9A-Fa-f]{1,2}(?:[:\s]*[0-9A-Fa-f]{1,2})*:?")
"""What a line may be that goes on with hex: lines are broken within bytes too."""
_QUOTED = re.compile(r"^[>|\s]+")
_NO_HEX = re.compile(r"[^0-9A-Fa-f]+")
_HEADER_OF_MBIM = 12
_HEADER_OF_QMI = 12


@dataclass
class Place:
    """Where in a log its reader is: what the lines before have said."""

    time: float | None = None
    is_coarse: bool = False
    port: str | None = None


class LogForm(Interface):
    """One form in which logs show messages."""

    def line(self, text: str, place: Place) -> list[Captured]:
        """Take one line; return the messages that it completes, or shows to stay incomplete."""
        ...

    def end(self) -> list[Captured]:
        """Return what is incomplete at the end."""
        ...


def length_said(data: bytes) -> int | None:
    """Return the length of the message that begins with ``data``; None where none begins so."""
    if len(data) >= 8 and int.from_bytes(data[:4], "little") in MESSAGE_TYPES:
        length = int.from_bytes(data[4:8], "little")
        return length if length >= _HEADER_OF_MBIM else None
    if len(data) >= 6 and data[0] == 1 and data[3] in (0x00, 0x80):
        length = int.from_bytes(data[1:3], "little") + 1
        return length if length >= _HEADER_OF_QMI else None
    return None


class Gathering:
    """The hex of one message, which may go on over several lines."""

    def __init__(self, place: Place, *, said: int | None, direction: Direction | None) -> None:
        self._place = Place(place.time, place.is_coarse, place.port)
        self._said = said
        self._direction = direction
        self._digits = ""

    @property
    def data(self) -> bytes:
        """What there is of the message."""
        return bytes.fromhex(self._digits[: len(self._digits) // 2 * 2])

    @property
    def wanted(self) -> int | None:
        """How many bytes the message has; None while nothing says it."""
        return self._said if self._said is not None else length_said(self.data[:16])

    @property
    def is_whole(self) -> bool:
        """Whether all of it is there."""
        wanted = self.wanted
        return wanted is not None and len(self._digits) >= 2 * wanted

    def take(self, text: str) -> None:
        """Add hex, whatever stands between the digits."""
        self._digits += _NO_HEX.sub("", text)

    def goes_on(self, line: str) -> bool:
        """Take ``line`` where it is nothing but hex, a mail's quoting aside; else return False."""
        text = _QUOTED.sub("", line).strip()
        if not _MORE.fullmatch(text):
            return False
        self.take(text)
        return True

    def item(self, *notes: Note) -> Captured:
        """Return the message, or what there is of it with the reason why it is not whole."""
        return self.rebuilt(self.data, *notes)

    def rebuilt(self, data: bytes, *notes: Note) -> Captured:
        """Return ``data`` as the message, as whole as its own length says."""
        place, wanted = self._place, self.wanted
        protocol, _ = recognised(data)
        short = wanted is not None and len(data) < wanted and not notes
        return Captured(
            data=data, direction=self._direction, time=place.time, is_coarse=place.is_coarse,
            port=place.port, protocol=protocol, notes=notes,
            error=cut_short(data, wanted or 0, "the log shows") if short else None,
        )  # fmt: skip


def cut_short(data: bytes, wanted: int, who: str) -> DecodeError:
    """Return the error for a message of which a record has the beginning only."""
    name = None
    if len(data) >= 8:
        whole = data + bytes(min(max(wanted - len(data), 0), 1 << 16))
        try:
            name = title(whole, protocol=protocol_of(whole))
        except DecodeError:
            name = None
    of = f": {name}" if name else ""
    return DecodeError(f"{who} only {len(data)} of {wanted} bytes{of}", offset=len(data))
