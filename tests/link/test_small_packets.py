# SPDX-License-Identifier: GPL-2.0-or-later
"""Packets by hand, held against dnspython and scapy, and against noise."""

from __future__ import annotations

import dns.edns
import dns.message
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.errors import CannotTest
from qmiprobe.link import _packets
from qmiprobe.link._packets import Flow, flow_of

NAME = "there.example"
FAMILIES = pytest.mark.parametrize("family", [4, 6])


@given(st.integers(_packets.smallest_padded_query(NAME), 9000), st.integers(0, 0xFFFF))
def test_a_padded_query_has_exactly_the_wanted_size(size: int, identifier: int) -> None:
    wire = _packets.padded_dns_query(NAME, "AAAA", identifier, size=size)
    assert len(wire) == size
    message = dns.message.from_wire(wire)
    assert message.id == identifier
    assert message.question == dns.message.make_query(NAME, "AAAA").question
    assert [option.otype for option in message.options] == [dns.edns.OptionType.PADDING]
    assert message.payload == 512


def test_a_query_that_is_longer_than_wanted_is_refused() -> None:
    with pytest.raises(ValueError, match="has at least 46 bytes"):
        _packets.padded_dns_query(NAME, "A", 1, size=30)
    assert _packets.smallest_padded_query(NAME) == 46


def test_a_plain_query_is_dnspythons() -> None:
    theirs = dns.message.make_query(NAME, "A", id=7).to_wire()
    assert _packets.dns_query(NAME, "A", 7) == theirs


@pytest.mark.parametrize("name", ["a" * 64 + ".example", "a." * 130, "a..\udcff.b"])
def test_a_name_that_dns_does_not_allow_cannot_be_asked_for(name: str) -> None:
    with pytest.raises(CannotTest, match="is no DNS name"):
        _packets.require_names(NAME, name)


def test_a_name_in_another_script_is_encoded() -> None:
    assert _packets.encode_name("bücher.example.") == b"\x0dxn--bcher-kva\x07example\0"


@FAMILIES
def test_scapy_reads_an_echo_request_and_its_checksum(family: int) -> None:
    from scapy.layers.inet import ICMP

    wire = _packets.echo_request(family, 0x1234, 5, size=100)
    assert len(wire) == 100 - _packets.IP_HEADER[family]
    if family == 4:
        packet = ICMP(wire)
        assert (packet.type, packet.id, packet.seq) == (8, 0x1234, 5)
        assert (
            packet.chksum
            == ICMP(type=8, id=0x1234, seq=5, chksum=None)
            .__class__(bytes(ICMP(type=8, id=0x1234, seq=5) / wire[8:]))
            .chksum
        )
    else:
        assert wire[:8] == b"\x80\0\0\0\x12\x34\0\x05"


def _packet(family: int, number: int, body: bytes) -> bytes:
    if family == 4:
        return b"\x45" + bytes(8) + bytes([number]) + bytes(10) + body
    return b"\x60" + bytes(5) + bytes([number]) + bytes(33) + body


@FAMILIES
@pytest.mark.parametrize(("number", "name"), [(6, "tcp"), (17, "udp")])
def test_a_packets_flow_is_its_own_port_each_way(family: int, number: int, name: str) -> None:
    packet = _packet(family, number, b"\0\x01\0\x02" + bytes(16))
    assert flow_of(packet, outgoing=True) == Flow(family, name, 1)
    assert flow_of(packet, outgoing=False) == Flow(family, name, 2)


@FAMILIES
def test_an_echo_belongs_to_its_identifier_request_out_and_reply_in(family: int) -> None:
    number, request, reply = (1, 8, 0) if family == 4 else (58, 128, 129)
    out = _packet(family, number, bytes([request, 0, 0, 0, 1, 2, 0, 1]))
    back = _packet(family, number, bytes([reply, 0, 0, 0, 1, 2, 0, 1]))
    assert flow_of(out, outgoing=True) == flow_of(back, outgoing=False)
    assert flow_of(out, outgoing=True) == Flow(family, "icmp", 0x0102)
    assert flow_of(out, outgoing=False) is None
    assert flow_of(back, outgoing=True) is None


@FAMILIES
def test_an_icmp_error_belongs_to_what_it_quotes(family: int) -> None:
    number, kind = (1, 3) if family == 4 else (58, 1)
    quoted = _packet(family, 17, b"\0\x07\0\x35" + bytes(4))
    error = _packet(family, number, bytes([kind, 3, 0, 0, 0, 0, 0, 0]) + quoted)
    assert flow_of(error, outgoing=False) == Flow(family, "udp", 7)
    assert flow_of(error, outgoing=True) is None
    nested = _packet(family, number, bytes([kind, 3, 0, 0, 0, 0, 0, 0]) + error)
    assert flow_of(nested, outgoing=False) is None


def test_later_fragments_and_extension_headers_are_understood() -> None:
    later = bytearray(_packet(4, 17, b"\0\x07\0\x35" + bytes(4)))
    later[7] = 1
    assert flow_of(bytes(later), outgoing=True) is None
    hop = _packet(6, 0, b"\x11\0" + bytes(6) + b"\0\x07\0\x35" + bytes(4))
    assert flow_of(hop, outgoing=True) == Flow(6, "udp", 7)


@given(st.binary(max_size=120), st.sampled_from([b"", b"\x45", b"\x60"]), st.booleans())
def test_no_bytes_make_the_tap_raise(data: bytes, start: bytes, outgoing: bool) -> None:
    flow_of(start + data, outgoing=outgoing)


@given(st.binary(max_size=60), st.booleans(), st.sampled_from([4, 6]))
def test_no_bytes_make_the_echo_reader_raise(data: bytes, header: bool, family: int) -> None:
    _packets.parse_echo_reply(family, data, ip_header=header)
