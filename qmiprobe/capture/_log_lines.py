# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads messages that a log shows as one run of hex after a word, or as hex alone.

* uqmi -v: ``Send packet: 01 0f ..``, ``Received packet: ..``
* umbim -v: ``sending (16): 01 00 ..``, ``reading (48): ..``
* RouterOS, topics lte,packet,raw: ``lte1 mbim: wdm <<< send #1``, then lines of ``lte1 mbim: ..``
* quectel-CM -v: ``[11-23_04:12:02:126] 01 0f ..``
* lines that are nothing but hex, if they are a whole message
"""

from __future__ import annotations

import re

from qmiprobe._trace_format import Direction
from qmiprobe.capture._captured import Captured
from qmiprobe.capture._log_form import PAIRS, Gathering, Place

_SENT = frozenset({"send", "sending", "<<<"})
_OPENWRT = re.compile(
    r"\b(?P<verb>Send|Received) packet:(?P<hex>[0-9A-Fa-f ]+)$"
    r"|\b(?P<word>sending|reading) \((?P<said>\d{1,6})\):(?P<bytes>[0-9A-Fa-f ]*)$"
)
_ROUTEROS = re.compile(
    r"(?P<port>\S{1,40}) (?:mbim|qmi): (?:wdm (?P<arrow><<<|>>>) (?:send|recv)"
    r"|(?P<hex>[0-9A-Fa-f]{2,8}(?: [0-9A-Fa-f]{2,8})*)$)"
)
_QUECTEL = re.compile(
    r"\[\d\d-\d\d_\d\d:\d\d:\d\d:\d{3}\] (?P<hex>[0-9A-Fa-f]{2}(?: [0-9A-Fa-f]{2})*)$"
)
_QUOTED = re.compile(r"^[>|\s]+")
_BEGINS = re.compile(r"[>|\s]*0[1-47]")
"""How a message begins, of either protocol."""
_LEAST = 10
"""Bytes in the first line of hex alone: fewer are words and numbers in hex digits."""


class OpenWrtLines:
    """The forms of uqmi and umbim, which the mails that quote them wrap."""

    def __init__(self) -> None:
        self._gathering: Gathering | None = None

    @property
    def is_open(self) -> bool:
        """Whether a message is unfinished that the next line may go on with."""
        return self._gathering is not None

    def line(self, text: str, place: Place) -> list[Captured]:
        """Take one line of a log."""
        found = _OPENWRT.search(text.rstrip()) if "ing (" in text or " packet:" in text else None
        if found is not None:
            items = self.end()
            verb = (found["verb"] or found["word"]).lower()
            said = int(found["said"]) if found["said"] else None
            direction: Direction = "to-device" if verb in _SENT else "from-device"
            self._gathering = Gathering(place, said=said, direction=direction)
            self._gathering.take(found["hex"] or found["bytes"] or "")
            return items + self._if_whole()
        if self._gathering is None:
            return []
        if self._gathering.goes_on(text):
            return self._if_whole()
        return self.end() if text.strip() else []

    def _if_whole(self) -> list[Captured]:
        return self.end() if self._gathering is not None and self._gathering.is_whole else []

    def end(self) -> list[Captured]:
        """Return what is incomplete at the end."""
        gathering, self._gathering = self._gathering, None
        return [gathering.item()] if gathering is not None else []


class RouterOsLines:
    """The form of RouterOS, for each modem apart: their lines stand between each other's."""

    def __init__(self) -> None:
        self._gathering: dict[str, Gathering] = {}

    @property
    def is_open(self) -> bool:
        """Whether a message is unfinished that the next line may go on with."""
        return bool(self._gathering)

    def line(self, text: str, place: Place) -> list[Captured]:
        """Take one line of a log."""
        found = _ROUTEROS.search(text.rstrip()) if "mbim: " in text or "qmi: " in text else None
        if found is None:
            return []
        port = found["port"]
        if found["arrow"]:
            items = self._given_up(port)
            direction: Direction = "to-device" if found["arrow"] in _SENT else "from-device"
            here = Place(place.time, place.is_coarse, port)
            self._gathering[port] = Gathering(here, said=None, direction=direction)
            return items
        gathering = self._gathering.get(port)
        if gathering is None:
            return []
        gathering.take(found["hex"])
        return self._given_up(port) if gathering.is_whole else []

    def _given_up(self, port: str) -> list[Captured]:
        gathering = self._gathering.pop(port, None)
        return [gathering.item()] if gathering is not None and gathering.data else []

    def end(self) -> list[Captured]:
        """Return what is incomplete at the end."""
        return [item for port in tuple(self._gathering) for item in self._given_up(port)]


class HexLines:
    """Hex alone on lines among text. What is not whole was no message: nobody said that it is."""

    def __init__(self) -> None:
        self._gathering: Gathering | None = None

    def line(self, text: str, place: Place) -> list[Captured]:
        """Take one line of a log."""
        if self._gathering is not None:
            if self._gathering.goes_on(text):
                return self._if_whole()
            self._gathering = None
        found = _QUECTEL.search(text.rstrip()) if text.startswith("[") else None
        if found is None and not _BEGINS.match(text):
            return []
        digits = found["hex"] if found is not None else _QUOTED.sub("", text).strip()
        if len(digits) < 2 * _LEAST or not PAIRS.fullmatch(digits):
            return []
        gathering = Gathering(place, said=None, direction=None)
        gathering.take(digits)
        if gathering.wanted is None:
            return []
        self._gathering = gathering
        return self._if_whole()

    def _if_whole(self) -> list[Captured]:
        gathering = self._gathering
        if gathering is None or not gathering.is_whole:
            return []
        self._gathering = None
        return [gathering.item()] if len(gathering.data) == gathering.wanted else []

    def end(self) -> list[Captured]:
        """Return nothing: half a message without a word about it is none."""
        return []
