# SPDX-License-Identifier: GPL-2.0-or-later
"""Headers, fragments and ICMP complaints, byte by byte, without a kernel."""

from __future__ import annotations

import struct
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.sim.dataplane import NetworkFaults
from qmiprobe.sim.dataplane._dns_server import answer_query
from qmiprobe.sim.dataplane._header import checksum, read_header, read_ports
from qmiprobe.sim.dataplane._http_server import answer_request
from qmiprobe.sim.dataplane._icmp import fragment, too_big
from qmiprobe.sim.dataplane._path import Path

CLIENT, SERVER, ROUTER = "192.0.2.2", "203.0.113.80", IPv4Address("192.0.2.1")
# The IPv4 header of RFC 791's kind whose checksum 0xb861 is worked out in many textbooks.
TEXTBOOK = bytes.fromhex("45000073000040004011b861c0a80001c0a800c7")


def v4(payload: bytes, *, number: int = 17, flags: int = 0x4000, options: bytes = b"") -> bytes:
    length = 20 + len(options)
    head = struct.pack(
        "!BBHHHBBH", 0x40 | length // 4, 0, length + len(payload), 0x1234, flags, 64, number, 0
    )
    head += IPv4Address(CLIENT).packed + IPv4Address(SERVER).packed + options
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + payload


def v6(payload: bytes, *, number: int = 17) -> bytes:
    head = struct.pack("!IHBB", 0x60000000, len(payload), number, 64)
    ends = IPv6Address("2001:db8:1::2").packed + IPv6Address("2001:db8:80::80").packed
    return head + ends + payload


def test_the_checksum_is_that_of_the_textbook():
    assert checksum(TEXTBOOK[:10] + b"\0\0" + TEXTBOOK[12:]) == 0xB861
    assert checksum(b"\x00\x01\xf2\x03\xf4\xf5\xf6\xf7") == 0x220D  # RFC 1071, section 3
    assert checksum(b"\x01") == checksum(b"\x01\x00")


def test_a_header_says_who_to_whom_what_and_how_long():
    header = read_header(v4(struct.pack("!HHHH", 5, 53, 8, 0)) + b"padding of a short frame")
    assert header is not None
    assert (str(header.source), str(header.destination)) == (CLIENT, SERVER)
    assert (header.family, header.protocol, header.offset, header.size) == (4, "udp", 20, 28)
    assert header.first
    assert not header.may_fragment


@pytest.mark.parametrize(
    ("chain", "protocol", "offset", "first"),
    [
        ((6, b""), "tcp", 40, True),
        ((58, b""), "icmp", 40, True),
        ((0, b"\x11\x00" + bytes(6)), "udp", 48, True),
        ((60, b"\x06\x01" + bytes(14)), "tcp", 56, True),
        ((44, b"\x11\x00\x00\x01" + bytes(4)), "udp", 48, True),
        ((44, b"\x11\x00\x00\x08" + bytes(4)), "udp", 48, False),
        ((50, b""), "other", 40, True),
        ((59, b""), "other", 40, True),
    ],
)
def test_ipv6_extension_headers_are_walked(
    chain: tuple[int, bytes], protocol: str, offset: int, first: bool
):
    number, extension = chain
    header = read_header(v6(extension + bytes(20), number=number))
    assert header is not None
    assert (header.protocol, header.offset, header.first) == (protocol, offset, first)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x45",
        bytes(60),
        v4(bytes(20))[:-1],
        b"\x44" + v4(bytes(20))[1:],
        v4(bytes(20))[:8] + b"\x01" + v4(bytes(20))[9:],
        v6(bytes(20))[:-1],
        v6(b"")[:39],
        b"\xff\xff\xff\xff\xff\xff\x02\x00\x00\x00\x00\x01\x08\x06" + bytes(46),
        b"\x33\x33\x00\x00\x00\x16\x02\x00\x00\x00\x00\x01\x86\xdd" + v6(bytes(20)),
    ],
    ids=str,
)
def test_what_is_no_ip_packet_is_known_as_such(data: bytes):
    assert read_header(data) is None


@given(st.binary(max_size=120), st.sampled_from([None, 4, 6]))
def test_no_bytes_break_the_header_reader(data: bytes, family: int | None):
    packet = {None: data, 4: v4(data), 6: v6(data, number=len(data) % 61)}[family]
    header = read_header(packet)
    if header is not None:
        assert header.offset <= header.size <= len(packet)
        read_ports(packet, header)
        Path(mtu=68).carry(packet, header, router=ip_address("2001:db8::1" if family == 6 else 1))


@given(st.integers(1, 4000), st.integers(68, 1500), st.sampled_from([b"", b"\x94\x04\x00\x00"]))
def test_fragments_fit_and_add_up_to_the_packet(size: int, mtu: int, options: bytes):
    payload = bytes(number % 251 for number in range(size))
    packet = v4(payload, flags=0, options=options)
    header = read_header(packet)
    assert header is not None
    whole = b""
    parts = fragment(packet, header, mtu=mtu)
    for number, part in enumerate(parts):
        read = read_header(part)
        assert read is not None, "each has a right checksum"
        assert len(part) == read.size <= mtu
        flags = struct.unpack_from("!H", part, 6)[0]
        assert (flags & 0x1FFF) * 8 == len(whole)
        assert bool(flags & 0x2000) == (number < len(parts) - 1)
        assert part[4:6] == packet[4:6]
        whole += part[read.offset :]
    assert whole == payload


def test_a_fragment_may_be_cut_again():
    packet = v4(bytes(range(100)), flags=0x2000 | 10)
    header = read_header(packet)
    assert header is not None
    flags = [struct.unpack_from("!H", part, 6)[0] for part in fragment(packet, header, mtu=68)]
    assert flags == [0x2000 | 10, 0x2000 | 16, 0x2000 | 22]


def test_a_complaint_quotes_the_packet_and_names_the_mtu():
    packet = v4(bytes(2000))
    header = read_header(packet)
    assert header is not None
    complaint = too_big(packet, header, mtu=1400, router=ROUTER)
    assert complaint is not None
    read = read_header(complaint)
    assert read is not None
    assert (str(read.source), str(read.destination), read.protocol) == (
        "192.0.2.1",
        CLIENT,
        "icmp",
    )
    assert complaint[20:22] == b"\x03\x04"
    assert complaint[26:28] == struct.pack("!H", 1400)
    assert complaint[28:] == packet[:28]
    assert checksum(complaint[20:]) in (0, 0xFFFF)


def test_an_ipv6_complaint_fits_1280_bytes():
    packet = v6(bytes(2000))
    header = read_header(packet)
    assert header is not None
    complaint = too_big(packet, header, mtu=1400, router=IPv6Address("2001:db8:1::1"))
    assert complaint is not None
    assert len(complaint) == 1280
    assert complaint[40:42] == b"\x02\x00"
    assert complaint[44:48] == struct.pack("!I", 1400)


@pytest.mark.parametrize(
    "packet",
    [
        v4(b"\x03\x01" + bytes(1500), number=1),
        v4(bytes(1500), flags=0x4000 | 5),
        v6(b"\x01\x00" + bytes(1500), number=58),
    ],
    ids=["icmp error", "later fragment", "icmpv6 error"],
)
def test_nobody_complains_about_errors_and_later_fragments(packet: bytes):
    header = read_header(packet)
    assert header is not None
    router = ROUTER if header.family == 4 else IPv6Address("2001:db8:1::1")
    assert too_big(packet, header, mtu=1400, router=router) is None


def test_a_size_that_no_link_may_have_is_refused():
    with pytest.raises(ValueError, match="mtu_black_hole_up=67: must be at least 68"):
        NetworkFaults(mtu_black_hole_up=67)
    assert NetworkFaults(mtu_up=68).mtu_up == 68


@given(st.binary(max_size=300))
def test_no_bytes_break_the_servers(data: bytes):
    answer_query(data, NetworkFaults())
    answer_query(b"\x12\x34\x01\x00\x00\x01" + bytes(6) + data, NetworkFaults())
    assert answer_request(data, NetworkFaults()).startswith(b"HTTP/1.1 ")
    assert answer_request(data + b"\r\n\r\n", NetworkFaults()).startswith(b"HTTP/1.1 ")
