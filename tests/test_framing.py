# SPDX-License-Identifier: GPL-2.0-or-later
"""Both framers: whole messages out of any bytes, garbage named, nothing lost, memory bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe._framing import Frame, Framer, Garbage
from qmiprobe.mbim._frame import MESSAGE_TYPES, MbimFramer
from qmiprobe.qmi._frame import QmuxFramer

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[[], Framer]

VERSION_INFO = bytes.fromhex("010b00000000000121000000")
ALLOCATED = bytes.fromhex("011700800000010122000c0002040000000000010200010a")
OPEN_DONE = bytes.fromhex("01000080100000000100000000000000")
CLOSE = bytes.fromhex("020000000c00000003000000")
DEVICE_CAPS = bytes.fromhex(
    "0300000030000000020000000100000000000000"
    "a289cc33bcbb8b4fb6b0133ec2aae6df010000000000000000000000"
)

FRAMERS = pytest.mark.parametrize(
    ("make", "first", "second"),
    [(QmuxFramer, VERSION_INFO, ALLOCATED), (MbimFramer, DEVICE_CAPS, OPEN_DONE)],
    ids=["qmux", "mbim"],
)


def fed(framer: Framer, data: bytes, size: int) -> list[Frame | Garbage]:
    """What comes out when ``data`` arrives ``size`` bytes at a time."""
    found: list[Frame | Garbage] = []
    for at in range(0, len(data), size):
        found += framer.feed(data[at : at + size])
    return found


@FRAMERS
def test_one_message_in_one_read_is_one_frame(make: Make, first: bytes, second: bytes):
    framer = make()
    assert framer.feed(first) == [Frame(first)]
    assert framer.feed(second) == [Frame(second)]
    assert framer.pending == 0


@FRAMERS
def test_two_messages_in_one_read_are_two_frames(make: Make, first: bytes, second: bytes):
    assert make().feed(first + second) == [Frame(first), Frame(second)]


@FRAMERS
def test_messages_may_come_one_byte_at_a_time(make: Make, first: bytes, second: bytes):
    framer = make()
    assert fed(framer, first + second + first, 1) == [Frame(first), Frame(second), Frame(first)]
    assert framer.flush() == []


@FRAMERS
@pytest.mark.parametrize("size", [2, 3, 5, 7, 11, 13, 64])
def test_the_size_of_the_pieces_makes_no_difference(
    make: Make, first: bytes, second: bytes, size: int
):
    noise = b"\x00\xff" * 20
    data = noise + first + second + noise + first
    expected = [Garbage(noise), Frame(first), Frame(second), Garbage(noise), Frame(first)]
    assert fed(make(), data, size) == expected


@FRAMERS
def test_noise_before_a_message_is_one_garbage_even_byte_by_byte(
    make: Make, first: bytes, second: bytes
):
    noise = b"\r\nOK\r\n" + bytes(34)
    assert fed(make(), noise + first, 1) == [Garbage(noise), Frame(first)]


@FRAMERS
def test_noise_alone_is_held_until_it_is_given_up(make: Make, first: bytes, second: bytes):
    framer = make()
    assert framer.feed(b"AT\r") == []
    assert (framer.pending, framer.partial) == (3, False)
    assert framer.flush() == [Garbage(b"AT\r")]
    assert (framer.pending, framer.flush()) == (0, [])


@FRAMERS
def test_half_a_message_is_pending_and_partial_until_it_is_given_up(
    make: Make, first: bytes, second: bytes
):
    framer = make()
    assert framer.feed(first[:9]) == []
    assert (framer.pending, framer.partial) == (9, True)
    assert framer.flush() == [Garbage(first[:9])]
    assert framer.feed(second) == [Frame(second)]


@FRAMERS
def test_a_read_that_is_a_whole_message_shows_that_the_pending_half_lost_its_rest(
    make: Make, first: bytes, second: bytes
):
    framer = make()
    assert framer.feed(first[:9]) == []
    assert framer.feed(second + second) == [Garbage(first[:9]), Frame(second), Frame(second)]
    assert framer.pending == 0


def test_a_read_that_completes_the_pending_message_is_its_rest_though_it_looks_like_another():
    inside = VERSION_INFO
    outside = bytes([1, 5 + 6 + len(inside), 0, 0x80, 0, 0, 1, 1, 0, 0, 12, 0]) + inside
    framer = QmuxFramer()
    assert framer.feed(outside[:12]) == []
    assert framer.feed(inside) == [Frame(outside)]


def test_a_read_that_completes_the_pending_message_and_brings_more_is_a_stream():
    framer = QmuxFramer()
    assert framer.feed(ALLOCATED[:5]) == []
    assert framer.feed(ALLOCATED[5:] + VERSION_INFO) == [Frame(ALLOCATED), Frame(VERSION_INFO)]


def test_a_read_that_begins_like_a_message_but_is_not_whole_continues_the_pending_one():
    framer = MbimFramer()
    assert framer.feed(DEVICE_CAPS[:20]) == []
    assert framer.feed(OPEN_DONE[:12]) == []
    assert framer.pending == 32


@pytest.mark.parametrize(
    "header",
    ["02 0b 00 00", "01 0a 00 00", "01 00 00 80", "01 0b 00 01", "01 0b 00 40", "01 0b 00 ff"],
)
def test_a_qmux_header_that_cannot_be_one_is_skipped(header: str):
    wrong = bytes.fromhex(header) + b"\xee" * 8
    assert QmuxFramer().feed(wrong + VERSION_INFO) == [Garbage(wrong), Frame(VERSION_INFO)]


@pytest.mark.parametrize(
    "header",
    [
        "00000000 10000000",
        "05000000 10000000",
        "07000000 10000000",
        "05000080 10000000",
        "01000040 10000000",
        "01000080 0b000000",
        "01000080 01000100",
        "01000080 00000000",
        "03000000 ffffffff",
    ],
)
def test_an_mbim_header_that_cannot_be_one_is_skipped(header: str):
    wrong = bytes.fromhex(header) + b"\xee" * 8
    assert MbimFramer().feed(wrong + CLOSE) == [Garbage(wrong), Frame(CLOSE)]


def test_every_mbim_message_type_is_framed():
    framer = MbimFramer()
    for kind in MESSAGE_TYPES:
        message = kind.to_bytes(4, "little") + (12).to_bytes(4, "little") + bytes(4)
        assert fed(framer, message, 1) == [Frame(message)]


def test_the_longest_qmux_message_is_framed():
    longest = b"\x01\xff\xff\x80" + b"\xaa" * 0xFFFC
    assert len(longest) == 0x10000
    assert fed(QmuxFramer(), longest, 4096) == [Frame(longest)]


def test_an_mbim_message_of_the_limit_is_framed_and_a_longer_one_is_garbage():
    def message(length: int) -> bytes:
        return b"\x03\x00\x00\x00" + length.to_bytes(4, "little") + bytes([0xAA] * (length - 8))

    assert MbimFramer(limit=512).feed(message(512)) == [Frame(message(512))]
    framer = MbimFramer(limit=512)
    found = framer.feed(message(513)) + framer.flush()
    assert b"".join(item.data for item in found) == message(513)
    assert all(isinstance(item, Garbage) for item in found)


def test_an_mbim_limit_below_a_header_is_refused():
    with pytest.raises(ValueError, match="limit is 11"):
        MbimFramer(limit=11)


@FRAMERS
def test_memory_stays_bounded_under_endless_noise(make: Make, first: bytes, second: bytes):
    framer = make()
    for _ in range(80):
        framer.feed(b"\xff" * 4096)
        assert framer.pending <= 0x10000
    assert fed(framer, first, 1)[-1] == Frame(first)


noise = st.binary(min_size=1, max_size=40).map(lambda data: bytes(byte | 0xF0 for byte in data))
pieces = st.lists(st.integers(1, 30), min_size=1, max_size=60)


@given(parts=st.lists(noise | st.sampled_from([VERSION_INFO, ALLOCATED]), max_size=12), cuts=pieces)
def test_frames_survive_any_noise_and_any_cutting(parts: list[bytes], cuts: list[int]):
    data = b"".join(parts)
    whole, cut = QmuxFramer(), QmuxFramer()
    expected = whole.feed(data) + whole.flush()
    found, at = list[Frame | Garbage](), 0
    for size in [*cuts, len(data)]:
        found += cut.feed(data[at : at + size])
        at += size
    found += cut.flush()
    assert found == expected
    assert [item.data for item in found if isinstance(item, Frame)] == [
        part for part in parts if part[0] == 1
    ]


@given(chunks=st.lists(st.binary(max_size=60), max_size=20))
@pytest.mark.parametrize("make", [QmuxFramer, MbimFramer])
def test_every_byte_comes_out_once_and_in_order(make: Make, chunks: list[bytes]):
    framer = make()
    found = [item for chunk in chunks for item in framer.feed(chunk)] + framer.flush()
    assert b"".join(item.data for item in found) == b"".join(chunks)
    assert framer.pending == 0
