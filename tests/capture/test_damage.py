# SPDX-License-Identifier: GPL-2.0-or-later
"""Records that are packed, have control characters, or lines that nobody would write."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest

from qmiprobe.capture import Captured, Decoder, read_messages
from qmiprobe.errors import DecodeError
from tests.capture.captures import Usbmon, pcap
from tests.capture.messages import GET_IDS_ANSWER, GET_IDS_REQUEST, unhex

DATA = Path(__file__).parent / "data"
REQUEST, ANSWER = unhex(GET_IDS_REQUEST), unhex(GET_IDS_ANSWER)


def read(data: bytes, *, portion: int = 4096) -> list[Captured]:
    chunks = [data[at : at + portion] for at in range(0, len(data), portion)]
    return list(read_messages(chunks)[1])


@pytest.mark.parametrize("portion", [1, 100, 1 << 20])
def test_packed_records_are_unpacked(portion: int):
    log = (DATA / "qmicli-1.32-verbose-full.log").read_bytes()
    assert len(read(gzip.compress(log), portion=portion)) == 6
    two = gzip.compress(log) + gzip.compress(log)
    assert len(read(two, portion=portion)) == 12
    usb = Usbmon()
    usb.send(REQUEST)
    usb.get(ANSWER)
    found = read(gzip.compress(pcap(usb.packets)), portion=portion)
    assert [one.data for one in found] == [REQUEST, ANSWER]


def test_packed_records_that_are_damaged_are_refused():
    packed = gzip.compress((DATA / "qmicli-1.32-verbose-full.log").read_bytes())
    with pytest.raises(DecodeError, match="the gzip file ends early"):
        read(packed[:-20])
    with pytest.raises(DecodeError, match="the gzip file is damaged"):
        read(packed[:20] + b"\xff" * 20 + packed[40:])


def test_a_log_with_control_characters_is_a_log():
    text = f"\x07\x1b[1mroot\x08\nSend packet: {REQUEST.hex(' ')}\n"
    assert [one.data for one in read(text.encode())] == [REQUEST]


UNITS = ["a", "0", " ", "<", "01:", "read(1<", "sent message ", "<<<<<< data = ", "x mbim: ", "[",
         'iov_base="', "\\x01", "1 ", "Send packet: 0", "sending (1): 0 ", "C Ci:1:1:0 ",
         "> "]  # fmt: skip
BEGINS = ["", 'read(1, "', "lte mbim: ", "<<<<<<   data   = ", "[12", "sending (99999): "]


def test_no_line_takes_more_than_its_length():
    decoder = Decoder()
    began = time.process_time()
    for unit in UNITS:
        for begin in BEGINS:
            line = (begin + unit * (20_000 // len(unit))).encode()
            for item in read_messages([b"text\n", line + b"\n", line + b"...\n", b"translated\n"])[
                1
            ]:
                decoder.decode(item)
    # Some 0.5 s; one form that goes back and forth in such a line takes seconds for each.
    assert time.process_time() - began < 20
