# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads logs in which messages stand among any other text, several forms of them side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qmiprobe.capture._captured import Captured, Protocol
from qmiprobe.capture._join import join_fragments
from qmiprobe.capture._log_blocks import RawBlocks
from qmiprobe.capture._log_form import LogForm, Place
from qmiprobe.capture._log_lines import HexLines, OpenWrtLines, RouterOsLines
from qmiprobe.capture._log_time import time_of
from qmiprobe.capture._strace import StraceLines
from qmiprobe.capture._usbmon_text import UsbmonText

_PORT = re.compile(r"\[(/dev/[^\]\s]+)\]")
_INSIDE = ("<<<<<<", ">>>>>>", " ", "\t")
_NEW_LINE = "#012"
"""How rsyslog writes the line ends inside of a message."""


def read_log(lines: Iterable[bytes], protocol: Protocol | None = None) -> Iterator[Captured]:
    """Give the messages in a log, MBIM's fragments joined; text without any gives none.

    ``protocol`` is of no use here: each form of a log shows it.
    """
    return join_fragments(_items(lines))


def _items(lines: Iterable[bytes]) -> Iterator[Captured]:
    place = Place()
    blocks, openwrt, routeros, nameless = RawBlocks(), OpenWrtLines(), RouterOsLines(), HexLines()
    forms: tuple[LogForm, ...] = (blocks, openwrt, routeros, StraceLines(), UsbmonText())
    readers = [form.line for form in forms]
    for line in lines:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        _look(text, place)
        for part in text.split(_NEW_LINE) if _NEW_LINE in text else (text,):
            claimed = blocks.is_open or openwrt.is_open or routeros.is_open
            for read in readers:
                yield from read(part, place)
            if not claimed:
                yield from nameless.line(part, place)
    for form in forms:
        yield from form.end()


def _look(text: str, place: Place) -> None:
    """Note what the line says of time and port; lines inside of a block say nothing."""
    if not text or text.startswith(_INSIDE):
        return
    time = time_of(text)
    if time is not None:
        place.time, place.is_coarse = time
    found = _PORT.search(text)
    if found is not None:
        place.port = found[1]
