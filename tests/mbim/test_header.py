# SPDX-License-Identifier: GPL-2.0-or-later
"""MBIM messages up to their buffer: what is refused, and what is the same after a round trip."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qmiprobe._enums import Uuid
from qmiprobe.errors import DecodeError, EncodeError
from qmiprobe.mbim._header import KINDS, Joiner, Packet, build, from_device, parse, split

SERVICE = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
DONE = Packet(kind="command-done", transaction=3, service=SERVICE, cid=1, buffer=bytes(range(100)))


@pytest.mark.parametrize("kind", KINDS.values())
def test_a_message_of_each_kind_is_the_same_after_a_round_trip(kind: str):
    packet = replace(DONE, kind=kind)  # type: ignore[arg-type]
    found = parse(build(packet))
    assert (found.kind, found.transaction) == (kind, 3)
    assert build(found) == build(packet)
    assert from_device(found.kind) == (kind.endswith("-done") or kind.startswith(("fu", "in")))


@pytest.mark.parametrize(
    ("at", "number", "said"),
    [
        (0, 9, "message type 0x00000009 is not MBIM"),
        (4, 147, "length says 147 bytes, there are 148"),
        (12, 0, "fragment 0 of 0"),
        (16, 1, "fragment 1 of 1"),
        (44, 101, "buffer length says 101 bytes, there are 100"),
    ],
)
def test_a_message_whose_numbers_do_not_agree_is_refused(at: int, number: int, said: str):
    data = bytearray(build(DONE))
    data[at : at + 4] = number.to_bytes(4, "little")
    with pytest.raises(DecodeError, match=said) as caught:
        parse(bytes(data))
    assert caught.value.offset in (at, 12)


def test_every_head_of_a_message_is_refused():
    data = build(DONE)
    for size in range(len(data)):
        with pytest.raises(DecodeError):
            parse(data[:size])


def test_a_close_with_bytes_behind_it_is_a_close():
    assert parse(bytes.fromhex("02000000 10000000 03000000 00000000")).kind == "close"


def test_a_buffer_shorter_than_its_room_is_taken_as_long_as_it_says():
    data = bytearray(build(DONE))
    data[44:48] = (96).to_bytes(4, "little")
    assert parse(bytes(data)).buffer == DONE.buffer[:96]


@pytest.mark.parametrize("limit", [21, 32, 48, 64, 147])
def test_fragments_join_to_the_message_that_was_split(limit: int):
    fragments = list(split(build(DONE), limit))
    assert len(fragments) > 1
    assert max(map(len, fragments)) <= limit
    joiner = Joiner()
    assert [joiner.add(fragment) for fragment in fragments[:-1]] == [None] * (len(fragments) - 1)
    assert joiner.pending
    assert joiner.add(fragments[-1]) == build(DONE)
    assert not joiner.pending


def test_a_message_that_fits_is_not_split():
    assert list(split(build(DONE), 148)) == [build(DONE)]
    with pytest.raises(EncodeError, match="20 bytes cannot hold a fragment"):
        list(split(build(DONE), 20))


def test_a_number_that_does_not_fit_is_refused():
    for packet in (replace(DONE, transaction=2**32), replace(DONE, cid=-1)):
        with pytest.raises(EncodeError):
            build(packet)
