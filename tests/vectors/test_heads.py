# SPDX-License-Identifier: GPL-2.0-or-later
"""Heads of messages that a log cut off: refused as a whole, incomplete for the framer."""

from __future__ import annotations

import pytest

from qmiprobe.errors import DecodeError
from qmiprobe.mbim._codec import decode as decode_mbim
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.qmi._codec import decode as decode_qmi
from qmiprobe.qmi._frame import QmuxFramer
from tests.vectors.load import load

pytestmark = pytest.mark.needs("vectors")


def test_a_head_is_no_message():
    for vector in load("truncated"):
        decode = decode_qmi if vector.record["protocol"] == "qmi" else decode_mbim
        with pytest.raises(DecodeError):
            decode(vector.data)


def test_a_framer_waits_for_the_rest_of_a_head():
    for vector in load("truncated"):
        framer = QmuxFramer() if vector.record["protocol"] == "qmi" else MbimFramer()
        assert framer.feed(vector.data) == [], vector.place
        assert framer.partial, vector.place


def test_every_cut_of_every_whole_message_is_refused():
    for name, decode in (("qmi", decode_qmi), ("mbim", decode_mbim)):
        for vector in load(name)[::7]:
            for size in range(len(vector.data)):
                with pytest.raises(DecodeError):
                    decode(vector.data[:size])
