# SPDX-License-Identifier: GPL-2.0-or-later
"""usbmon's text, with and without the number of the bus, among other text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.capture import Captured, Decoder, read_messages
from tests.capture.messages import GET_IDS_ANSWER, GET_IDS_REQUEST, unhex

REQUEST, ANSWER = unhex(GET_IDS_REQUEST), unhex(GET_IDS_ANSWER)
TAG = "ffff88003c0f8a80"


def words(data: bytes) -> str:
    return data[:32].hex(" ", -4)


def read(*lines: str) -> list[Captured]:
    return list(read_messages([f"{line}\n".encode() for line in lines])[1])


def transfers(bus: str) -> list[str]:
    return [
        f"{TAG} 1000100 S Co:{bus}005:0 s 21 00 0000 0004 000d 13 = {words(REQUEST)}",
        f"{TAG} 1000200 C Co:{bus}005:0 0 13 >",
        f"{TAG} 1000300 C Ii:{bus}005:5 0:32 8 = a1010000 04000000",
        f"{TAG} 1000300 S Ci:{bus}005:0 s a1 01 0000 0004 1000 4096 <",
        f"{TAG} 1000900 C Ci:{bus}005:0 0 38 = {words(ANSWER)}",
        f"{TAG} 1001000 S Bi:{bus}005:1 -115 1500 <",
    ]


@pytest.mark.parametrize(
    ("bus", "port"), [("1:", "usb 1:5 interface 4"), ("", "usb 0:5 interface 4")]
)
def test_messages_are_found_and_the_missing_bytes_of_long_ones_named(bus: str, port: str):
    first, second = read("# cat /sys/kernel/debug/usb/usbmon/1u", *transfers(bus))
    assert (first.data, first.direction, first.port) == (REQUEST, "to-device", port)
    assert (first.time, second.time) == (1.0001, 1.0009)
    assert (second.data, second.direction) == (ANSWER[:32], "from-device")
    assert "usbmon's text kept only 32 of 38 bytes: dms get-ids response" in str(second.error)
    assert "tcpdump -i usbmon1" in str(second.error)


def test_the_time_stamp_that_wraps_goes_on():
    before = [line.replace(f"{TAG} 1000", f"{TAG} 4095000") for line in transfers("1:")[:4]]
    after = [line.replace(f"{TAG} 1000", f"{TAG} 000") for line in transfers("1:")[4:]]
    first, second = read(*before, *after)
    assert first.time == 4095.0001
    assert second.time == pytest.approx(4096.0009)


def test_a_stall_is_told():
    (found,) = read(*transfers("1:")[3:4], f"{TAG} 1000900 C Ci:1:005:0 -32 0")
    assert "EPIPE" in str(found.error)


PIECES = ["S", "C", "E", " Ci:1:005:0", " Co:005:00", TAG, " 5 ", "s 21 00 0000 0004 000d", " 13 =",
          " 010c0000", " -32", " 0", " <", "s a1 01 0000 ffff ffff 4294967295"]  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=8))
def test_pieces_in_any_order_are_messages_or_errors(lines: list[str]):
    decoder = Decoder(follow=True)
    for item in read("x", *transfers("1:"), *lines):
        decoder.decode(item).json()
