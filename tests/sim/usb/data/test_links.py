# SPDX-License-Identifier: GPL-2.0-or-later
"""The forms that data functions speak: which transfers carry which packets."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.sim._parts import Framing
from qmiprobe.sim.usb._layout import NtbParameters
from qmiprobe.sim.usb.data._link import DataLink, EthernetLink, Packed, RawIpLink
from qmiprobe.sim.usb.data._ntb import NCM_FRAMES, Block, Placement, decode_ntb, encode_ntb
from qmiprobe.sim.usb.data._ntb import session_signature as signature
from qmiprobe.sim.usb.data._ntb_link import BlockWriter, MbimLink, NcmLink
from qmiprobe.sim.usb.data._qmap import (
    FLOW_DISABLE,
    MapCommand,
    MuxedPacket,
    decode_transfer,
    encode_command,
    encode_packets,
)
from qmiprobe.sim.usb.data._qmi_link import QmiLink
from qmiprobe.sim.usb.data._station import OWN_ADDRESS, Station
from tests.sim.usb.data.pipes import echo

A = echo("192.0.2.2", "203.0.113.80")
B = echo("2001:db8:1::2", "2001:db8:80::80", size=101)
HOST = bytes.fromhex("020000000002")
ARP = b"\xff" * 6 + HOST + bytes.fromhex("08060001080006040001") + HOST
ARP += bytes([192, 0, 2, 2]) + bytes(6) + bytes([192, 0, 2, 1])


def framing(form: str, aggregation: str = "disabled", *, size: int = 0) -> Framing:
    made = Framing(form, ("raw-ip", "802.3"), ("qmap", "qmapv5"))
    made.aggregate(uplink=aggregation, downlink=aggregation, size=size)
    return made


def station() -> Station:
    return Station(lambda _family: None, host=HOST)


def framed(packet: bytes, *, up: bool = False) -> bytes:
    ends = OWN_ADDRESS + HOST if up else HOST + OWN_ADDRESS
    return ends + (b"\x86\xdd" if packet[0] >> 4 == 6 else b"\x08\x00") + packet


@dataclass
class Settings:
    """What function and host agreed on."""

    input_size: int = 16384
    input_datagrams: int = 0
    ntb32: bool = False
    parameters: NtbParameters = field(default_factory=NtbParameters)


def mbim(longest: int = 16384, *, wide: bool = False) -> MbimLink:
    return MbimLink(BlockWriter(Settings(longest, ntb32=wide)))


def ncm() -> NcmLink:
    return NcmLink(BlockWriter(Settings(), link_header=14), station())


def test_raw_ip_is_one_packet_a_transfer():
    link = RawIpLink()
    assert link.unpack(A).packets == [(0, A)]
    assert link.pack([(0, A), (1, A), (0, B)]) == [Packed(A, [0]), Packed(B, [0])]
    found = link.unpack(framed(A, up=True))
    assert (found.packets, found.frames, found.notes) == ([], 1, ["not-ip"])


def test_ethernet_frames_hold_packets_and_get_answers():
    link = EthernetLink(station())
    assert link.pack([(0, A), (1, A), (0, B)]) == [Packed(framed(A), [0]), Packed(framed(B), [0])]
    assert link.unpack(framed(B, up=True)).packets == [(0, B)]
    answered = link.unpack(ARP)
    assert (answered.packets, answered.frames) == ([], 1)
    assert [one.data[:14] for one in answered.replies] == [HOST + OWN_ADDRESS + b"\x08\x06"]
    assert (answered.replies[0].sessions, answered.replies[0].frames) == ([], 1)
    assert link.unpack(b"noise").notes == ["short-frame"]


def test_a_qmi_function_speaks_what_the_host_chose_last():
    chosen = framing("raw-ip")
    link = QmiLink(chosen, station())
    assert link.pack([(0, A)])[0].data == link.unpack(A).packets[0][1] == A
    chosen.format = "802.3"
    assert link.pack([(0, A)])[0].data == framed(A)
    assert link.unpack(framed(A, up=True)).packets == [(0, A)]
    chosen.format = "raw-ip"
    chosen.aggregate(uplink="qmap", downlink="qmap")
    muxed = encode_packets([MuxedPacket(0, A)])
    assert link.pack([(0, A)])[0].data == muxed
    assert link.unpack(muxed).packets == [(0, A)]
    chosen.aggregate(downlink="disabled")
    assert link.pack([(0, A)])[0].data == A
    assert link.unpack(muxed).packets == [(0, A)]


@pytest.mark.parametrize(("aggregation", "version"), [("qmap", 1), ("qmapv5", 5)])
def test_qmap_puts_the_packets_of_all_sessions_together(aggregation: str, version: int):
    link = QmiLink(framing("raw-ip", aggregation), station())
    (packed,) = link.pack([(1, A), (2, B), (1, A)])
    found = decode_transfer(packed.data, version=version).packets
    assert [(one.mux_id, one.packet) for one in found] == [(1, A), (2, B), (1, A)]
    assert (packed.sessions, packed.frames) == ([1, 2, 1], 3)
    up = encode_packets([MuxedPacket(2, B), MuxedPacket(1, A)], version=version)
    assert link.unpack(up).packets == [(2, B), (1, A)]


def test_qmap_keeps_to_what_the_host_takes():
    chosen = framing("raw-ip", "qmap", size=400)
    link = QmiLink(chosen, station())
    made = link.pack([(1, A)] * 9)
    assert [len(one.sessions) for one in made] == [4, 4, 1]
    assert all(len(one.data) <= 400 for one in made)
    chosen.aggregate(datagrams=3, size=0)
    assert [len(one.sessions) for one in link.pack([(1, A)] * 9)] == [3, 3, 3]


def test_flow_control_is_acknowledged_beside_packets():
    link = QmiLink(framing("raw-ip", "qmap"), station())
    up = encode_command(MapCommand(1, FLOW_DISABLE, transaction=9))
    up += encode_packets([MuxedPacket(1, A)]) + b"\x00\x01\xff\xff"
    found = link.unpack(up)
    assert (found.packets, found.frames, found.notes) == ([(1, A)], 1, ["bad-qmap"])
    (reply,) = found.replies
    assert decode_transfer(reply.data).commands[0].transaction == 9
    assert (reply.sessions, reply.frames) == ([], 0)


def test_mbim_puts_each_session_into_a_table_of_its_own():
    link = mbim()
    (packed,) = link.pack([(0, A), (7, B), (0, B)])
    found = decode_ntb(packed.data)
    assert found.blocks == (Block(signature(0), (A, B)), Block(signature(7), (B,)))
    assert (packed.sessions, packed.frames) == ([0, 7, 0], 3)
    assert decode_ntb(link.pack([(255, A)])[0].data).sequence == found.sequence + 1
    assert link.pack([(256, A), (-1, A)]) == []


def test_mbim_takes_sessions_and_drops_service_streams():
    blocks = [Block(signature(3), (A, B)), Block(b"DSS\x03", (b"stream",))]
    found = mbim().unpack(encode_ntb(blocks, sequence=0, placement=Placement()))
    assert found.packets == [(3, A), (3, B)]
    assert (found.frames, found.notes) == (3, ["no-session-stream"])
    assert mbim().unpack(A).notes == ["bad-ntb"]


def test_blocks_keep_to_what_the_host_takes():
    settings = Settings(2048)
    writer = BlockWriter(settings)
    link = MbimLink(writer)
    made = link.pack([(0, echo("192.0.2.2", "203.0.113.80", size=900))] * 5 + [(0, A)])
    assert [len(one.sessions) for one in made] == [2, 2, 2]
    assert all(len(one.data) <= 2048 for one in made)
    settings.input_datagrams = 1
    assert [len(one.sessions) for one in link.pack([(0, A)] * 3)] == [1, 1, 1]
    assert link.pack([(0, bytes(2048))]) == []
    sequence = decode_ntb(link.pack([(0, A)])[0].data).sequence
    assert sequence == 6
    writer.reset()
    assert decode_ntb(link.pack([(0, A)])[0].data).sequence == 0


def test_ncm_has_ethernet_frames_in_its_blocks():
    link = ncm()
    (packed,) = link.pack([(0, A), (1, A), (0, B)])
    assert decode_ntb(packed.data).blocks == (Block(NCM_FRAMES, (framed(A), framed(B))),)
    assert (packed.sessions, packed.frames) == ([0, 0], 2)
    frames = (framed(A, up=True), ARP, ARP)
    blocks = [Block(NCM_FRAMES, frames), Block(signature(0), (A,))]
    found = link.unpack(encode_ntb(blocks, sequence=0, placement=Placement()))
    assert (found.packets, found.frames, found.notes) == ([(0, A)], 4, ["not-ethernet"])
    (reply,) = found.replies
    assert (reply.sessions, reply.frames) == ([], 2)
    assert len(decode_ntb(reply.data).blocks[0].datagrams) == 2


PACKETS = st.lists(
    st.tuples(st.integers(0, 3), st.binary(min_size=20, max_size=1500)), min_size=1, max_size=90
)


def test_blocks_are_placed_as_the_parameters_say():
    writer = BlockWriter(
        Settings(
            ntb32=True, parameters=NtbParameters(in_divisor=32, in_remainder=2, in_alignment=16)
        ),
        link_header=14,
    )
    expected = Placement(wide=True, divisor=32, remainder=2, alignment=16, link_header=14)
    assert writer.placement == expected
    assert writer.write([Block(NCM_FRAMES, (A,))])[:4] == b"ncmh"


@given(PACKETS, st.integers(2048, 32768))
def test_every_packet_gets_through_in_order(packets: list[tuple[int, bytes]], longest: int):
    """Of each session: blocks share them out by session."""
    links: list[DataLink] = [mbim(longest), mbim(longest, wide=True)]
    for link in (*links, QmiLink(framing("raw-ip", "qmap", size=longest), station())):
        made = link.pack(packets)
        assert all(len(one.data) <= longest for one in made)
        found = [packet for one in made for packet in link.unpack(one.data).packets]
        for wanted in range(4):
            mine = [packet for number, packet in packets if number == wanted]
            assert [packet for number, packet in found if number == wanted] == mine
        assert sum(len(one.sessions) for one in made) == len(packets)


@given(st.binary(max_size=200))
def test_any_transfer_can_be_unpacked(data: bytes):
    links: list[DataLink] = [mbim(), ncm()]
    links += [QmiLink(framing("802.3"), station()), QmiLink(framing("raw-ip"), station())]
    links += [QmiLink(framing("raw-ip", name), station()) for name in ("qmap", "qmapv5")]
    for link in links:
        link.unpack(data)
