# SPDX-License-Identifier: GPL-2.0-or-later
"""NTBs, byte by byte as the specifications of NCM and MBIM lay them out."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.sim.usb.data._ntb import (
    NCM_FRAMES,
    Block,
    Ntb,
    Placement,
    decode_ntb,
    encode_ntb,
    most_bytes,
    session_signature,
)

A, B, C = b"\x45" * 21, b"\x60" * 41, b"\x45" * 24
TWO_SESSIONS = [Block(session_signature(0), (A, B)), Block(session_signature(7), (C,))]
BLOCKS = st.lists(
    st.builds(
        Block,
        signature=st.integers(0, 255).map(session_signature) | st.just(NCM_FRAMES),
        datagrams=st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=4).map(tuple),
    ),
    max_size=5,
)
PLACEMENTS = st.builds(
    Placement,
    wide=st.booleans(),
    divisor=st.sampled_from([4, 8, 32]),
    remainder=st.integers(0, 3),
    alignment=st.sampled_from([4, 8, 16]),
    link_header=st.sampled_from([0, 14]),
    tables_last=st.booleans(),
)


def test_two_sessions_in_16_bit_form_stand_as_specified():
    data = encode_ntb(TWO_SESSIONS, sequence=3, placement=Placement())
    first = "4e434d48 0c00 0300 8c00 0c00"  # NCMH, 12 bytes, sequence 3, 140 in all, table at 12
    first += "49505300 1400 6400 2000 1500 3800 2900 0000 0000"  # IPS 0: 21 at 32, 41 at 56
    assert data[:32] == bytes.fromhex(first)
    assert data[32:97] == A + bytes(3) + B
    assert data[97:116] == bytes(3) + bytes.fromhex("49505307 1000 0000 7400 1800 0000 0000")
    assert data[116:] == C


def test_one_session_in_32_bit_form_with_the_table_last_stands_as_specified():
    placement = Placement(wide=True, tables_last=True, alignment=8)
    data = encode_ntb(TWO_SESSIONS[1:], sequence=3, placement=placement)
    assert data[:16] == bytes.fromhex("6e636d68 1000 0300 48000000 28000000")  # table at 40
    assert data[16:40] == C
    table = "69707307 2000 0000 00000000 00000000 10000000 18000000 00000000 00000000"
    assert data[40:] == bytes.fromhex(table)


def test_ncm_aligns_what_stands_behind_the_ethernet_header():
    """NCM 1.0, 3.3.4: the remainder is the payload's, so the frame begins 14 bytes before."""
    frames = (b"\x02" * 60, b"\x02" * 61, b"\x02" * 62)
    placement = Placement(divisor=4, link_header=14)
    data = encode_ntb([Block(NCM_FRAMES, frames)], sequence=0, placement=placement)
    assert data[12:16] == b"NCM0"
    for number in range(3):
        offset, length = struct.unpack_from("<HH", data, 20 + 4 * number)
        assert (offset + 14) % 4 == 0
        assert data[offset : offset + length] == frames[number]


def test_a_table_may_end_with_unused_room():
    """Linux leaves room for as many datagrams as there might have come."""
    data = bytes.fromhex("4e434d48 0c00 0100 3500 0c00 49505300 1400 0000 2000 1500") + bytes(8) + A
    assert decode_ntb(data) == Ntb((Block(session_signature(0), (A,)),), 1)


def test_a_block_length_of_zero_means_the_whole_transfer():
    data = bytes.fromhex("4e434d48 0c00 0100 0000 0c00 49505300 1000 0000 1c00 1500 0000 0000") + A
    assert decode_ntb(data) == Ntb((Block(session_signature(0), (A,)),), 1)


def _damaged(at: int, value: int) -> bytes:
    data = bytearray(encode_ntb(TWO_SESSIONS, sequence=3, placement=Placement()))
    struct.pack_into("<H", data, at, value)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "datagrams", "note"),
    [
        (b"", (), "no NTB: nothing in front"),
        (b"\x45" * 40, (), "no NTB: 45454545 in front"),
        (_damaged(4, 16), (), "no NTB: 4e434d48 in front"),
        (_damaged(8, 200), (A, B, C), "200 bytes announced, 140 there"),
        (_damaged(10, 0), (), "no table of datagrams"),
        (_damaged(10, 8), (), "table at 8: cannot be"),
        (_damaged(10, 138), (), "table at 138: cannot be"),
        (_damaged(16, 400), (), "table at 12: cannot be"),
        (_damaged(18, 12), (A, B), "table at 12: cannot be"),
        (_damaged(22, 200), (C,), "table at 12: 200 bytes at 32 are not there"),
        (_damaged(24, 139), (A, C), "table at 12: 41 bytes at 139 are not there"),
    ],
)
def test_damage_is_noted(data: bytes, datagrams: tuple[bytes, ...], note: str):
    found = decode_ntb(data)
    assert tuple(one for block in found.blocks for one in block.datagrams) == datagrams
    assert found.notes == (note,)


def test_tables_that_name_the_same_bytes_again_and_again_cost_no_memory():
    entries = struct.pack("<HH", 12, 0xFF00) * 8000
    table = struct.pack("<4sHH", b"IPS\0", 8 + len(entries), 0) + entries
    data = struct.pack("<4sHHHH", b"NCMH", 12, 0, 0, 12) + table
    data += bytes(0xFFFF - len(data))
    found = decode_ntb(data)
    assert len(found.blocks[0].datagrams) == 1
    assert len(found.notes) == 1


def test_what_no_block_holds_is_refused():
    with pytest.raises(ValueError, match="do not fit an NTB of 65535"):
        encode_ntb([Block(NCM_FRAMES, (bytes(65520),))], sequence=0, placement=Placement())
    with pytest.raises(ValueError, match="a datagram without bytes"):
        encode_ntb([Block(NCM_FRAMES, (A, b""))], sequence=0, placement=Placement())


def test_a_signature_tells_the_session():
    assert Block(session_signature(255), ()).session_id == 255
    assert Block(b"DSS\x01", ()).session_id is None
    assert Block(NCM_FRAMES, ()).session_id is None


@given(BLOCKS, st.integers(0, 0xFFFF), PLACEMENTS)
def test_blocks_go_and_come(blocks: list[Block], sequence: int, placement: Placement):
    data = encode_ntb(blocks, sequence=sequence, placement=placement)
    found = decode_ntb(data)
    assert found.blocks == tuple(blocks)
    assert found.sequence == sequence
    assert found.notes == (() if blocks else ("no table of datagrams",))
    count = sum(len(one.datagrams) for one in blocks)
    total = sum(len(part) for one in blocks for part in one.datagrams)
    assert len(data) <= most_bytes(count, total, len(blocks), placement=placement)


@given(BLOCKS.filter(bool), PLACEMENTS)
def test_everything_stands_where_the_parameters_allow(blocks: list[Block], placement: Placement):
    data = encode_ntb(blocks, sequence=0, placement=placement)
    table = struct.Struct("<4sH2xI" if placement.wide else "<4sHH")
    entry = struct.Struct("<II" if placement.wide else "<HH")
    at = struct.unpack_from("<I" if placement.wide else "<H", data, 12 if placement.wide else 10)[0]
    while at:
        assert at % placement.alignment == 0
        length, following = table.unpack_from(data, at)[1:]
        assert length % (8 if placement.wide else 4) == 0
        start = at + (16 if placement.wide else 8)
        offset, size = entry.unpack_from(data, start)
        while offset and size:
            aligned = offset + placement.link_header - placement.remainder
            assert aligned % placement.divisor == 0
            start += entry.size
            offset, size = entry.unpack_from(data, start)
        at = following


@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda tail: b"NCMH\x0c\0" + tail))
def test_anything_can_be_read(data: bytes):
    found = decode_ntb(data)
    assert sum(len(part) for one in found.blocks for part in one.datagrams) <= len(data)


@given(BLOCKS.filter(bool), PLACEMENTS, st.data())
def test_any_byte_may_be_wrong(blocks: list[Block], placement: Placement, draw: st.DataObject):
    data = bytearray(encode_ntb(blocks, sequence=0, placement=placement))
    data[draw.draw(st.integers(0, min(63, len(data) - 1)))] = draw.draw(st.integers(0, 255))
    found = decode_ntb(bytes(data))
    assert sum(len(part) for one in found.blocks for part in one.datagrams) <= len(data)
