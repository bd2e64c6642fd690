# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds the time that a line of a log begins with, in the forms that logs of modems have."""

from __future__ import annotations

import re
from calendar import timegm
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NO_YEAR = 2000
"""Stands for the year of logs that do not name it: a leap year, so that 29 February is a day."""
_MONTH = "(?P<name>[A-Za-z]{3})"
_CLOCK = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # ModemManager's own; since the epoch, or since it started
        r"[\[<(] *(?P<seconds>\d{3,12}\.\d{3,9})\]",
        # strace -ttt, journalctl -o short-unix, with a process id or not
        r"^(?:\[pid +\d+\] |\d+ +)?(?P<seconds>\d{9,10}\.\d{3,9})\b",
        # dmesg and journalctl -o short-monotonic
        r"^\[ *(?P<seconds>\d{1,9}\.\d{3,9})\]",
        rf"\b(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)[T ]{_CLOCK}"
        r"(?P<zone>Z|[+-]\d\d:?\d\d)?",
        # qmicli and mbimcli
        rf"\[(?P<day>\d{{1,2}}) {_MONTH} (?P<year>\d{{4}}), {_CLOCK}\]",
        # OpenWrt's logread, then syslog's, which leaves the year out
        rf"\b{_MONTH} +(?P<day>\d{{1,2}}) {_CLOCK} (?P<year>\d{{4}})\b",
        rf"^\W*{_MONTH} +(?P<day>\d{{1,2}}) {_CLOCK}\b",
        # quectel-CM
        r"\[(?P<month>\d\d)-(?P<day>\d\d)_(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
        r":(?P<part>\d{3})\]",
        # RouterOS
        rf"^\W*{_MONTH}/(?P<day>\d\d)/(?P<year>\d{{4}}) {_CLOCK}\b",
        rf"^\W*{_MONTH}/(?P<day>\d\d) {_CLOCK}\b",
        # strace -t and -tt, RouterOS of the same day
        rf"^(?:\[pid +\d+\] |\d+ +)?\W*{_CLOCK}\b",
    )
)


class LogTime(NamedTuple):
    """When a line was written."""

    seconds: float
    """Since the epoch where the line has a whole date, taken as UTC where it names no zone; else
    since the year, the day, or the program began."""
    is_coarse: bool
    """Whether it is whole seconds."""


def time_of(line: str) -> LogTime | None:
    """Return the time at the beginning of ``line``, or None where there is none."""
    head = line[:120]
    for form in _FORMS:
        found = form.search(head)
        if found is not None:
            time = _time(found.groupdict())
            if time is not None:
                return time
    return None


def _time(said: dict[str, str | None]) -> LogTime | None:
    plain = said.get("seconds")
    if plain is not None:
        return LogTime(float(plain), is_coarse=False)
    month = _month(said)
    if month is None:
        return None
    year = int(said.get("year") or _NO_YEAR)
    day = int(said.get("day") or 1)
    clock = [int(said[name] or 0) for name in ("hour", "minute", "second")]
    if not 1 <= day <= 31 or clock[0] > 23 or clock[1] > 59 or clock[2] > 60 or year < 1970:
        return None
    whole = timegm((year, month, day, *clock))
    if said.get("year") is None:
        whole -= timegm((_NO_YEAR, 1, 1, 0, 0, 0))
    part = said.get("part")
    seconds = whole - _zone(said.get("zone")) + (float(f"0.{part}") if part else 0.0)
    return LogTime(seconds, is_coarse=part is None)


def _month(said: dict[str, str | None]) -> int | None:
    name = said.get("name")
    if name is not None:
        return _MONTHS.index(name.lower()) + 1 if name.lower() in _MONTHS else None
    month = int(said.get("month") or 1)
    return month if 1 <= month <= 12 else None


def _zone(text: str | None) -> int:
    """Return how many seconds the zone is ahead of UTC."""
    if text is None or text == "Z":
        return 0
    sign = -1 if text[0] == "-" else 1
    return sign * (int(text[1:3]) * 3600 + int(text[-2:]) * 60)
