# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures of every byte order and link type, damaged ones, and those that other tools wrote."""

from __future__ import annotations

import struct
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.capture import Captured, Decoder, read_messages
from qmiprobe.errors import CannotTest, QmiprobeError
from qmiprobe.mbim._header import split
from tests.capture.captures import (
    STAMP,
    Usbmon,
    block,
    enhanced,
    interface,
    option,
    pcap,
    pcapng,
    section,
)
from tests.capture.messages import (
    GET_IDS_ANSWER,
    GET_IDS_REQUEST,
    OPEN,
    OPEN_DONE,
    RADIO_STATE,
    RADIO_STATE_QUERY,
    unhex,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REQUEST, ANSWER = unhex(GET_IDS_REQUEST), unhex(GET_IDS_ANSWER)
PORT = "usb 1:5 interface 4"


def read(data: bytes, *, portion: int = 4096) -> list[Captured]:
    chunks = [data[at : at + portion] for at in range(0, len(data), portion)]
    return list(read_messages(chunks)[1])


def conversation(link_type: int = 220, order: str = "<") -> Usbmon:
    usb = Usbmon(link_type, order)
    usb.send(REQUEST)
    usb.get(ANSWER)
    return usb


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("link_type", [189, 220])
@pytest.mark.parametrize("kind", ["pcap", "nanoseconds", "pcapng"])
def test_usbmon_gives_messages_with_direction_time_and_port(kind: str, link_type: int, order: str):
    packets = conversation(link_type, order).packets
    if kind == "pcapng":
        data = pcapng(packets, link_type=link_type, order=order)
    else:
        is_fine = kind == "nanoseconds"
        data = pcap(packets, link_type=link_type, order=order, nanoseconds=is_fine)
    first, second = read(data)
    assert (first.data, first.direction, first.port) == (REQUEST, "to-device", PORT)
    assert (second.data, second.direction, second.port) == (ANSWER, "from-device", PORT)
    assert first.time == STAMP
    assert second.time == pytest.approx(STAMP + 0.003)
    decoder = Decoder(follow=True)
    decoder.decode(first)
    assert decoder.decode(second).latency_s == pytest.approx(0.003, abs=1e-6)


@pytest.mark.parametrize("portion", [1, 7, 1 << 20])
def test_the_portions_in_which_bytes_come_do_not_matter(portion: int):
    for data in (pcap(conversation().packets), pcapng(conversation().packets)):
        assert [one.data for one in read(data, portion=portion)] == [REQUEST, ANSWER]


def test_other_transfers_are_passed_over_and_urbs_used_again():
    usb = Usbmon()
    usb.event("S", transfer=3, endpoint=0x81, size=1500)
    usb.event("S", setup=bytes.fromhex("8006000100001200"), size=18)  # GET_DESCRIPTOR
    usb.event("C", size=18, data=bytes(18))
    usb.event("C", transfer=3, endpoint=0x81, size=84, data=bytes(84))
    usb.event("C", size=12, data=REQUEST)  # of a transfer that began before the capture
    urb = usb.urb
    usb.send(REQUEST)
    usb.urb = urb
    usb.get(ANSWER)
    usb.get(b"")
    assert [one.data for one in read(pcap(usb.packets))] == [REQUEST, ANSWER]


def test_modems_and_interfaces_side_by_side_are_told_apart_and_joined_each():
    usb = Usbmon()
    state = unhex(RADIO_STATE)
    parts = list(split(state, 48))
    usb.send(unhex(RADIO_STATE_QUERY), interface=12, device=7)
    usb.get(parts[0], interface=12, device=7)
    usb.get(ANSWER)
    usb.get(parts[1], interface=12, device=7)
    found = read(pcap(usb.packets))
    assert [(one.data, one.port, one.protocol) for one in found] == [
        (unhex(RADIO_STATE_QUERY), "usb 1:7 interface 12", "mbim"),
        (ANSWER, PORT, "qmi"),
        (state, "usb 1:7 interface 12", "mbim"),
    ]


def test_packets_too_short_for_usbmon_are_passed_over():
    assert read(pcap([b"", bytes(63), *conversation().packets]))[0].data == REQUEST


def test_a_stall_is_told():
    usb = Usbmon()
    usb.send(REQUEST, status=-32)
    usb.get(b"", status=-32)
    usb.get(b"", status=-2)  # taken back by the driver when the port was closed
    sent, got = read(pcap(usb.packets))
    assert [note.code for note in sent.notes] == ["not-taken"]
    assert "status -32 (EPIPE, a stall)" in sent.notes[0].text
    assert "GET_ENCAPSULATED_RESPONSE failed with status -32 (EPIPE" in str(got.error)


def test_what_was_sent_without_a_completion_comes_at_the_end():
    usb = conversation()
    del usb.packets[1]
    assert sorted(one.data for one in read(pcap(usb.packets))) == sorted([REQUEST, ANSWER])


def test_packets_that_the_snaplen_cut_are_named():
    found = read(pcap(conversation().packets, snaplen=64 + 20))
    assert found[0].data == REQUEST
    assert found[1].data == ANSWER[:20]
    assert "the capture kept only 20 of 38 bytes: dms get-ids response" in str(found[1].error)
    assert "tcpdump -s 0" in str(found[1].error)


@pytest.mark.parametrize("link_type", [147, 162])
def test_bare_messages_of_the_users_link_types(link_type: int):
    found = read(pcap([unhex(OPEN), unhex(OPEN_DONE), b"\xff\xff"], link_type=link_type))
    assert [(one.data, one.protocol) for one in found] == [
        (unhex(OPEN), "mbim"),
        (unhex(OPEN_DONE), "mbim"),
        (b"\xff\xff", None),
    ]
    (cut,) = read(pcap([ANSWER], link_type=link_type, snaplen=30))
    assert "only 30 of 38 bytes" in str(cut.error)


def test_other_link_types_are_refused_by_number():
    with pytest.raises(CannotTest, match="link type 1: known are"):
        read(pcap([bytes(60)], link_type=1))
    both = (
        section() + interface(1) + interface(147) + enhanced(bytes(60)) + enhanced(ANSWER, number=1)
    )
    assert [one.data for one in read(both)] == [ANSWER]


def test_blocks_and_options_of_pcapng():
    flags = option("<", 1, b"a comment") + option("<", 2, struct.pack("<I", 2))
    nano = option("<", 2, b"usbmon1") + option("<", 9, b"\x09") + option("<", 0, b"")
    power = option("<", 9, b"\x8a") + option("<", 14, struct.pack("<q", 1000))
    stamp = (STAMP >> 12) * 0x1000
    data = b"".join(
        [
            section(),
            block("<", 0x0BAD, b"unknown"),
            interface(147, options=nano),
            interface(148, options=power),
            enhanced(REQUEST, stamp=STAMP * 10**9 + 5 * 10**8, options=flags),
            enhanced(ANSWER, number=1, stamp=stamp * 1024),
            block("<", 3, struct.pack("<I", len(REQUEST)) + REQUEST),
            block("<", 2, struct.pack("<HHIIII", 1, 0, 0, 1024, 13, 13) + REQUEST),
            section(">"),
            interface(162, ">"),
            enhanced(ANSWER, order=">"),
        ]
    )
    found = read(data)
    assert [one.data for one in found] == [REQUEST, ANSWER, REQUEST, REQUEST, ANSWER]
    assert [one.time for one in found] == [STAMP + 0.5, stamp + 1000, None, 1001.0, STAMP]
    assert [one.direction for one in found] == ["to-device", None, None, None, None]


@pytest.mark.parametrize("make", [pcap, pcapng])
def test_a_file_that_ends_early_gives_what_it_has_and_an_error(
    make: Callable[[list[bytes]], bytes],
):
    data = make(conversation().packets)
    found = read(data[:-10])
    assert found[0].data == REQUEST
    assert "file ends within" in str(found[-1].error)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd4\xc3\xb2\xa1" + bytes(5), "not a pcap file"),
        (pcap([])[:24] + struct.pack("<IIII", 0, 0, 1 << 30, 1), "is damaged"),
        (section() + enhanced(b"x"), "interface 0, which is not described"),
        (section() + block("<", 1, b"12"), "no interface description"),
        (section() + interface(147) + block("<", 6, bytes(8)), "no packet block"),
        (section() + interface(147) + block("<", 3, b""), "no simple packet block"),
        (section() + interface(147) + block("<", 6, struct.pack("<IIIII", 0, 0, 0, 99, 99)),
         "a packet of 99 bytes in a block of 20"),
        (section() + struct.pack("<II", 6, 1 << 30), "is damaged"),
        (section() + struct.pack("<II", 6, 13), "is damaged"),
        (section()[:8] + b"abcd" + section()[12:], "no byte order"),
        (section() + b"\x06", "within a block's header"),
    ],
)  # fmt: skip
def test_damage_is_an_error_and_not_the_end_of_the_program(data: bytes, said: str):
    assert said in str(read(data)[-1].error)


@pytest.mark.needs("tshark")
@pytest.mark.parametrize("kind", ["pcap", "nsecpcap", "pcapng"])
def test_what_wiresharks_tools_write_reads_the_same(kind: str, tmp_path: Path):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for order in "<>":
        for make in (pcap, pcapng):
            ours.write_bytes(make(conversation(order=order).packets, order=order))
            subprocess.run(["editcap", "-F", kind, ours, theirs], check=True, capture_output=True)
            expected, found = read(ours.read_bytes()), read(theirs.read_bytes())
            assert [one.data for one in found] == [one.data for one in expected]
            assert [one.time for one in found] == pytest.approx([one.time for one in expected])


@given(
    st.sampled_from(
        [pcap(conversation().packets), pcapng(conversation(order=">").packets, order=">")]
    ),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=6),
    st.integers(0, 700),
)
def test_damaged_captures_give_messages_or_errors_of_ours(
    data: bytes, flips: list[tuple[int, int]], end: int
):
    damaged = bytearray(data[:end])
    for at, byte in flips:
        if 4 <= at < len(damaged):
            damaged[at] = byte
    decoder = Decoder(follow=True)
    with suppress(QmiprobeError):
        for item in read(bytes(damaged)):
            decoder.decode(item).json()
