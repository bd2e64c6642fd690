# SPDX-License-Identifier: GPL-2.0-or-later
"""The times that lines of logs begin with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.capture._log_time import time_of

DAY = 86400.0
NOVEMBER = 1795392000.0
"""23 November 2026."""


@pytest.mark.parametrize(
    ("line", "seconds", "is_coarse"),
    [
        ("ModemManager[700]: <debug> [1448315918.355566] [mm-port.c:5]", 1448315918.355566, False),
        ("<dbg> [000012.000345] x", 12.000345, False),
        ("[23 Nov 2026, 04:12:02] [Debug] x", NOVEMBER + 15122, True),
        ("[1 Feb 1970, 00:00:00] x", 31 * DAY, True),
        ("1795407122.737688 write(5", 1795407122.737688, False),
        ("[pid  3728] 1795407122.737688 write(5", 1795407122.737688, False),
        ("3728  04:26:52.724532 write(5", 16012.724532, False),
        ("04:26:52 write(5", 16012.0, True),
        ("[pid  3728] 04:26:52.737688 sendto(5", 16012.737688, False),
        ("[   12.345678] usb 1-1: new device", 12.345678, False),
        ("2026-11-23T04:12:02.5Z host x", NOVEMBER + 15122.5, False),
        ("2026-11-23T04:12:02+0100 host x", NOVEMBER + 11522, True),
        ("2026-11-23T04:12:02-01:30 host x", NOVEMBER + 20522, True),
        ("2026-11-23 04:12:02,250 x", NOVEMBER + 15122.25, False),
        ("Mon Nov 23 04:12:02 2026 daemon.debug [2022]: x", NOVEMBER + 15122, True),
        ("Jan  2 00:00:01 host ModemManager[1]: x", DAY + 1, True),
        ("Jan 02 00:00:01.250000 host ModemManager[1]: x", DAY + 1.25, False),
        ("[01-02_00:00:01:126] Quectel", DAY + 1.126, False),
        ("jan/02 00:00:01 lte,packet x", DAY + 1, True),
        ("jan/02/1970 00:00:01 lte,packet x", DAY + 1, True),
        ("15:24:02 lte,packet,raw lte2 x", 55442.0, True),
    ],
)
def test_each_form_is_read(line: str, seconds: float, is_coarse: bool):
    found = time_of(line)
    assert found is not None
    assert found.seconds == pytest.approx(seconds, abs=1e-6)
    assert found.is_coarse == is_coarse


@pytest.mark.parametrize(
    "line",
    ["", "text", "at 12:30 o'clock", "version 1.2.3", "[23 Foo 2026, 04:12:02] x", "25:00:00 x",
     "2026-13-01T00:00:00Z", "Nov 32 00:00:00 x", "[/dev/cdc-wdm0] sent message..."],
)  # fmt: skip
def test_what_is_no_time_gives_none(line: str):
    assert time_of(line) is None


@given(
    st.from_regex(r"[\[<(]? ?[0-9]{0,4}[-/:. ][0-9]{0,10}[ T:.][0-9:.+Z-]{0,20}\]?", fullmatch=True)
)
def test_any_line_gives_a_time_or_none(line: str):
    time_of(line)
