# SPDX-License-Identifier: GPL-2.0-or-later
"""QMAP frames, byte by byte as the kernel's documentation lays them out."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.sim.usb.data._qmap import (
    ACKNOWLEDGED,
    FLOW_DISABLE,
    UNSUPPORTED,
    MapCommand,
    MuxedPacket,
    QmapTransfer,
    acknowledge,
    decode_transfer,
    encode_command,
    encode_packets,
)

PACKETS = st.lists(
    st.builds(
        MuxedPacket,
        mux_id=st.integers(0, 255),
        packet=st.binary(min_size=1, max_size=1600),
        checked=st.booleans(),
    ),
    max_size=6,
)
COMMANDS = st.builds(
    MapCommand,
    mux_id=st.integers(0, 255),
    name=st.integers(0, 255),
    kind=st.integers(0, 3),
    transaction=st.integers(0, 0xFFFFFFFF),
    data=st.binary(max_size=12),
)


def test_two_packets_stand_as_the_kernel_documents_it():
    data = encode_packets([MuxedPacket(1, b"\x45" * 20), MuxedPacket(0x81, b"\x60" * 41)])
    assert data.hex(" ", 4) == (
        bytes.fromhex("00010014")
        + b"\x45" * 20
        + bytes.fromhex("0381002c")
        + b"\x60" * 41
        + bytes(3)
    ).hex(" ", 4)


def test_version_5_puts_a_checksum_header_that_the_length_leaves_out():
    data = encode_packets([MuxedPacket(1, b"\x45" * 22, checked=True)], version=5)
    assert data == bytes.fromhex("42010018 04800000") + b"\x45" * 22 + bytes(2)
    assert decode_transfer(data, version=5).packets == (MuxedPacket(1, b"\x45" * 22, True),)


def test_the_host_need_not_pad():
    """qmi_wwan's own mux netdevs do not, and one transfer is one frame."""
    data = bytes.fromhex("00020015") + b"\x45" * 21
    assert decode_transfer(data) == QmapTransfer((MuxedPacket(2, b"\x45" * 21),))


def test_flow_control_is_acknowledged_and_other_commands_are_not_known():
    stop = bytes.fromhex("8001000c 01000000 00000007 00000000")
    other = bytes.fromhex("80020008 63000000 00000008")
    done = decode_transfer(stop + other)
    assert done.commands == (
        MapCommand(1, FLOW_DISABLE, transaction=7, data=bytes(4)),
        MapCommand(2, 99, transaction=8),
    )
    answers = decode_transfer(acknowledge(done.commands)).commands
    assert [(one.name, one.kind, one.transaction) for one in answers] == [
        (FLOW_DISABLE, ACKNOWLEDGED, 7), (99, UNSUPPORTED, 8),
    ]  # fmt: skip
    assert acknowledge(answers) == b"", "an answer is never answered"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("00010014 4500", "frame at 0: 20 bytes announced, 2 there"),
        ("00010000", "frame at 0: nothing in it"),
        ("04010004 45000000", "frame at 0: nothing in it"),
        ("80010004 01000000", "frame at 0: a command of 4 bytes, 8 are the least"),
        ("0001", "2 bytes behind the last frame"),
    ],
)
def test_damage_is_noted(text: str, note: str):
    assert decode_transfer(bytes.fromhex(text)) == QmapTransfer(notes=(note,))


def test_zeros_behind_the_last_frame_are_no_damage():
    sound = encode_packets([MuxedPacket(1, b"\x45" * 20)])
    assert decode_transfer(sound + bytes(3)) == decode_transfer(sound)
    assert decode_transfer(b"") == QmapTransfer()


def test_what_no_frame_holds_is_refused():
    for packet in (MuxedPacket(1, b""), MuxedPacket(256, b"\x45"), MuxedPacket(1, bytes(65536))):
        with pytest.raises(ValueError, match="no QMAP frame holds it"):
            encode_packets([packet])
    with pytest.raises(ValueError, match="QMAP version 4"):
        decode_transfer(b"", version=4)


@given(PACKETS, st.sampled_from([1, 5]))
def test_packets_go_and_come(packets: list[MuxedPacket], version: int):
    found = decode_transfer(encode_packets(packets, version=version), version=version)
    if version == 1:
        packets = [MuxedPacket(one.mux_id, one.packet) for one in packets]
    assert found == QmapTransfer(tuple(packets))


@given(PACKETS)
def test_a_reader_as_simple_as_the_kernels_finds_the_same(packets: list[MuxedPacket]):
    data, offset, found = encode_packets(packets), 0, []
    while offset + 4 < len(data):
        pad, mux_id, length = struct.unpack_from(">BBH", data, offset)
        found.append((mux_id, data[offset + 4 : offset + 4 + length - (pad & 0x3F)]))
        offset += 4 + length
    assert found == [(one.mux_id, one.packet) for one in packets]
    assert len(data) % 4 == 0


@given(st.lists(COMMANDS, max_size=3), PACKETS)
def test_commands_go_and_come_among_packets(commands: list[MapCommand], packets: list[MuxedPacket]):
    data = encode_packets(packets) + b"".join(map(encode_command, commands))
    assert decode_transfer(data).commands == tuple(commands)


@given(st.binary(max_size=300), st.sampled_from([1, 5]))
def test_anything_can_be_read(data: bytes, version: int):
    found = decode_transfer(data, version=version)
    assert sum(len(one.packet) for one in found.packets) <= len(data)
