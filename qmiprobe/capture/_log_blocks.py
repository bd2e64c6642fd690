# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the RAW blocks that libqmi and libmbim log: qmicli, mbimcli, their proxies, ModemManager.

A line says "sent message" or "received message", then come ``RAW:``, ``length = 16`` and
``data   = 01:0F:..`` behind ``<<<<<<`` or ``>>>>>>``, and the same in words. Unless personal data
is asked for (``--verbose-full``), versions since 2022 cut ``data`` after twelve bytes.
"""

from __future__ import annotations

import re

from qmiprobe._trace_format import Direction
from qmiprobe.capture._captured import Captured
from qmiprobe.capture._log_cut import Cut, cut_message
from qmiprobe.capture._log_form import Gathering, Place

_SENTENCE = re.compile(
    r"\b(?P<verb>sent|received) (?:unexpected )?(?P<what>message|fragment)\b(?!.*translated)",
    re.IGNORECASE,
)
_KEY = re.compile(
    r"(?P<arrow>[<>]{6})\s+(?:(?P<raw>RAW)\b"
    r"|(?P<key>data|length|type|value|service|cid|status error|max control transfer)\s*="
    r"\s*(?P<text>.*))"
)
_HEAD = 400
"""Characters of a line in which the sentence stands."""
_CUT = ("...", "\u2026")


class RawBlocks:
    """The form of libqmi's and libmbim's logs; see the module."""

    def __init__(self) -> None:
        self._direction: Direction | None = None
        self._is_fragment = False
        self._in_raw = False
        self._said: int | None = None
        self._gathering: Gathering | None = None
        self._cut: Cut | None = None
        self._whole_was_sent = False

    @property
    def is_open(self) -> bool:
        """Whether a message is unfinished that the next line may go on with."""
        return self._gathering is not None

    def line(self, text: str, place: Place) -> list[Captured]:
        """Take one line of a log."""
        if "<<<<<<" in text or ">>>>>>" in text:
            found = _KEY.search(text)
            if found is not None:
                return self._found(found, place)
        if self._gathering is not None:
            if self._gathering.goes_on(text):
                return self._finish() if self._gathering.is_whole else []
            if not text.strip():
                return []
        sentence = _SENTENCE.search(text[:_HEAD])
        if sentence is not None:
            self._sentence(sentence)
        return self._finish()

    def end(self) -> list[Captured]:
        """Return what is incomplete at the end."""
        return self._finish() + self._give_up()

    def _sentence(self, found: re.Match[str]) -> None:
        self._direction = "to-device" if found["verb"].lower() == "sent" else "from-device"
        self._is_fragment = found["what"].lower() == "fragment"
        if self._is_fragment and self._direction == "to-device" and not self._whole_was_sent:
            self._cut = None  # its fragments follow in full

    def _found(self, found: re.Match[str], place: Place) -> list[Captured]:
        key, text = found["key"], (found["text"] or "").strip()
        if found["raw"]:
            self._said, self._in_raw = None, True
            return self._finish()
        if key == "data":
            return self._finish() + self._give_up() + self._data(text, found["arrow"], place)
        if key == "length" and self._in_raw:
            self._said = int(text) if text.isdecimal() and len(text) < 8 else None
        elif self._cut is not None:
            self._cut.take(key, text)
            return self._if_complete()
        return []

    def _data(self, text: str, arrow: str, place: Place) -> list[Captured]:
        said, direction = self._said, self._direction
        if direction is None and arrow == ">>>>>>":
            direction = "from-device"
        is_fragment, self._is_fragment = self._is_fragment, False
        self._said = self._direction = None
        self._in_raw = False
        if is_fragment and direction == "to-device" and self._whole_was_sent:
            return []  # it stood there whole before
        gathering = Gathering(place, said=said, direction=direction)
        gathering.take(text)
        if not text.endswith(_CUT):
            self._gathering = gathering
            return self._finish() if gathering.is_whole else []
        self._whole_was_sent = False
        self._cut = cut_message(gathering, said)
        return self._if_complete() if self._cut is not None else [gathering.item()]

    def _if_complete(self) -> list[Captured]:
        """Return the message that was cut, once all of it is known."""
        item = self._cut.whole() if self._cut is not None else None
        if item is None:
            return []
        self._cut = None
        self._note(item)
        return [item]

    def _finish(self) -> list[Captured]:
        """Return the message that was gathered."""
        gathering, self._gathering = self._gathering, None
        if gathering is None:
            return []
        item = gathering.item()
        self._note(item)
        return [item]

    def _note(self, item: Captured) -> None:
        if item.direction == "to-device":
            self._whole_was_sent = item.error is None

    def _give_up(self) -> list[Captured]:
        """Return what was cut and will not be completed."""
        cut, self._cut = self._cut, None
        return [cut.given_up()] if cut is not None else []
