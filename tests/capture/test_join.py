# SPDX-License-Identifier: GPL-2.0-or-later
"""Fragments of MBIM messages in a record: joined, or told apart as what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qmiprobe.capture._captured import Captured
from qmiprobe.capture._join import join_fragments
from qmiprobe.mbim._header import split
from tests.capture.messages import OPEN, RADIO_STATE, RADIO_STATE_QUERY, unhex

MESSAGE = unhex(RADIO_STATE)
PARTS = [
    Captured(data=part, protocol="mbim", direction="from-device", time=float(number))
    for number, part in enumerate(split(MESSAGE, 32))
]
WHOLE = Captured(data=MESSAGE, protocol="mbim", direction="from-device", time=9.0)
QUERY = Captured(data=unhex(RADIO_STATE_QUERY), protocol="mbim", direction="to-device")


def test_the_example_has_three_fragments():
    assert len(PARTS) == 3


def test_fragments_become_one_message_with_the_time_of_the_last():
    assert list(join_fragments(PARTS)) == [replace(WHOLE, time=2.0)]


def test_the_other_direction_and_other_protocols_may_stand_between():
    other = Captured(data=b"\x01", protocol="qmi", direction="from-device")
    found = list(join_fragments([PARTS[0], QUERY, PARTS[1], other, PARTS[2]]))
    assert found == [QUERY, other, replace(WHOLE, time=2.0)]


def test_open_between_fragments_of_one_direction_does_not_lose_them():
    opening = replace(WHOLE, data=unhex(OPEN))
    found = list(join_fragments([*PARTS[:2], opening, PARTS[2]]))
    assert [one.data for one in found] == [opening.data, MESSAGE]


@pytest.mark.parametrize(
    ("items", "data", "said"),
    [
        (PARTS[:2], [b"".join(one.data for one in PARTS[:2])], "only 2 of 3 fragments"),
        ([PARTS[0], WHOLE], [PARTS[0].data, MESSAGE], "only 1 of 3 fragments: a new message"),
        ([PARTS[0], *PARTS], [PARTS[0].data, MESSAGE], "only 1 of 3 fragments: a new first"),
        (PARTS[1:2], [PARTS[1].data], "no first fragment came"),
        ([PARTS[0], PARTS[2]], [PARTS[0].data, PARTS[2].data], "only 1 of 3 fragments"),
    ],
)
def test_what_is_missing_is_said_and_what_follows_counts(
    items: list[Captured], data: list[bytes], said: str
):
    found = list(join_fragments(items))
    assert [one.data for one in found] == data
    assert found[0].error is not None
    assert said in str(found[0].error)
    if found[-1].data == MESSAGE:
        assert found[-1].error is None


def test_bytes_without_a_sound_header_pass_and_break_no_message():
    bad = replace(WHOLE, data=b"\xff" * 20)
    assert list(join_fragments([PARTS[0], bad, *PARTS[1:]])) == [bad, replace(WHOLE, time=2.0)]
