# SPDX-License-Identifier: GPL-2.0-or-later
"""The modem's end of an Ethernet link, held against scapy's DHCP and neighbour discovery."""

from __future__ import annotations

import struct
from collections.abc import Callable
from ipaddress import IPv6Address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.bearer import FamilyFacts
from qmiprobe.sim.dataplane._addresses import family_facts
from qmiprobe.sim.usb.data._advertisement import advertise, is_solicitation
from qmiprobe.sim.usb.data._dhcp import answer_dhcp, is_dhcp
from qmiprobe.sim.usb.data._station import OWN_ADDRESS, Heard, Station

Lease = Callable[[int], FamilyFacts | None]
HOST = "02:00:00:00:00:02"
HOST_BYTES = bytes.fromhex("020000000002")
OWN = "02:50:1b:ab:00:01"
FACTS = {number: family_facts(number, mtu=1430) for number in (4, 6)}


def up(family: int) -> FamilyFacts | None:
    return FACTS[family]


def down(_family: int) -> FamilyFacts | None:
    return None


def _dhcp(options: list[Any], *, broadcast: bool = True, ciaddr: str = "0.0.0.0") -> bytes:
    from scapy.layers.dhcp import BOOTP, DHCP
    from scapy.layers.inet import IP, UDP
    from scapy.layers.l2 import Ether

    flags = 0x8000 if broadcast else 0
    bootp = BOOTP(chaddr=HOST_BYTES, xid=0x1234ABCD, flags=flags, ciaddr=ciaddr)
    ip = IP(src=ciaddr, dst="255.255.255.255") / UDP(sport=68, dport=67)
    frame = Ether(src=HOST, dst="ff:ff:ff:ff:ff:ff") / ip / bootp / DHCP(options=[*options, "end"])
    return bytes(frame)


def _options(reply: bytes | None) -> tuple[Any, dict[str, Any]]:
    from scapy.layers.dhcp import DHCP
    from scapy.layers.l2 import Ether

    assert reply is not None
    frame = Ether(reply)
    assert bytes(frame) == bytes(_recomputed(frame)), "checksums"
    options = {one[0]: one[1:] for one in frame[DHCP].options if isinstance(one, tuple)}
    return frame, options


def _recomputed(frame: Any) -> Any:  # noqa: ANN401  # scapy is not typed
    from scapy.layers.inet import IP, UDP
    from scapy.layers.l2 import Ether

    again = frame.copy()
    del again[IP].chksum
    del again[UDP].chksum
    return Ether(bytes(again))


def test_a_host_gets_its_address_by_dhcp():
    from scapy.layers.dhcp import BOOTP
    from scapy.layers.inet import IP

    station = Station(up)
    frame, options = _options(station.take(_dhcp([("message-type", "discover")])).reply)
    assert (frame.dst, frame.src) == (HOST, OWN)
    assert (frame[IP].src, frame[IP].dst) == ("192.0.2.1", "255.255.255.255")
    assert (frame[BOOTP].yiaddr, frame[BOOTP].xid) == ("192.0.2.2", 0x1234ABCD)
    assert options["message-type"] == (2,)
    asked = [("message-type", "request"), ("requested_addr", "192.0.2.2")]
    asked.append(("server_id", "192.0.2.1"))
    _, options = _options(station.take(_dhcp(asked)).reply)
    assert options["message-type"] == (5,)
    assert options["subnet_mask"] == ("255.255.255.252",)
    assert options["router"] == options["server_id"] == ("192.0.2.1",)
    assert options["name_server"] == ("198.51.100.53", "198.51.100.54")
    assert options["interface-mtu"] == (1430,)
    assert options["lease_time"] == (7200,)


def test_a_renewal_goes_to_the_host_itself():
    from scapy.layers.inet import IP

    asked = _dhcp([("message-type", "request")], broadcast=False, ciaddr="192.0.2.2")
    frame, options = _options(Station(up).take(asked).reply)
    assert frame[IP].dst == "192.0.2.2"
    assert options["message-type"] == (5,)


def test_another_address_is_refused():
    from scapy.layers.dhcp import BOOTP

    asked = _dhcp([("message-type", "request"), ("requested_addr", "192.0.2.77")])
    frame, options = _options(Station(up).take(asked).reply)
    assert options["message-type"] == (6,)
    assert frame[BOOTP].yiaddr == "0.0.0.0"


def test_a_host_with_an_address_is_informed_without_a_lease():
    asked = _dhcp([("message-type", "inform")], broadcast=False, ciaddr="192.0.2.2")
    _, options = _options(Station(up).take(asked).reply)
    assert options["message-type"] == (5,)
    assert "lease_time" not in options
    assert options["router"] == ("192.0.2.1",)


@pytest.mark.parametrize(
    ("options", "lease"),
    [
        ([("message-type", "discover")], down),
        ([("message-type", "release")], up),
        ([("message-type", "request"), ("server_id", "10.0.0.1")], up),
        ([], up),
    ],
)
def test_a_server_that_has_nothing_to_say_is_silent(options: list[Any], lease: Lease):
    assert Station(lease).take(_dhcp(options)) == Heard(note="no-lease")


def _solicitation(source: str = "fe80::2") -> bytes:
    from scapy.layers.inet6 import ICMPv6ND_RS, IPv6
    from scapy.layers.l2 import Ether

    return bytes(
        Ether(src=HOST, dst="33:33:00:00:00:02")
        / IPv6(src=source, dst="ff02::2", hlim=255)
        / ICMPv6ND_RS()
    )


@pytest.mark.parametrize(("source", "answered"), [("fe80::2", "fe80::2"), ("::", "ff02::1")])
def test_a_solicitation_gets_the_prefix_of_the_session(source: str, answered: str):
    from scapy.layers import inet6
    from scapy.layers.l2 import Ether

    reply = Station(up).take(_solicitation(source)).reply
    assert reply is not None
    frame = Ether(reply)
    assert frame.dst == HOST
    assert (frame[inet6.IPv6].src, frame[inet6.IPv6].dst) == ("fe80::1", answered)
    assert frame[inet6.IPv6].hlim == 255
    again = frame.copy()
    del again[inet6.ICMPv6ND_RA].cksum
    assert bytes(again) == reply, "checksum"
    prefix = frame[inet6.ICMPv6NDOptPrefixInfo]
    assert (prefix.prefix, prefix.prefixlen, prefix.A, prefix.L) == ("2001:db8:1::", 64, 1, 0)
    assert frame[inet6.ICMPv6NDOptMTU].mtu == 1430
    assert frame[inet6.ICMPv6NDOptRDNSS].dns == ["2001:db8:53::53"]
    assert frame[inet6.ICMPv6NDOptSrcLLAddr].lladdr == OWN


def test_there_is_no_router_without_a_session():
    assert Station(down).take(_solicitation()) == Heard(note="no-lease")


def test_the_hosts_address_is_learned_from_what_it_sends():
    packet = _dhcp([])[14:]
    station = Station(up)
    assert station.wrap(packet)[:14] == b"\xff" * 6 + OWN_ADDRESS + b"\x08\x00"
    other = bytes(6) + b"\x01" + HOST_BYTES[1:]
    station.take(other + b"\x08\x00" + packet)
    assert station.wrap(packet)[:6] == b"\xff" * 6, "a group address is nobody's"
    station.take(bytes(6) + HOST_BYTES + b"\x08\x00" + packet)
    assert station.wrap(packet)[:6] == HOST_BYTES
    assert Station(up, host=HOST_BYTES).wrap(packet)[:6] == HOST_BYTES


def test_arp_is_answered_and_packets_go_on():
    station = Station(up)
    arp = struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1) + HOST_BYTES + bytes([192, 0, 2, 2]) + bytes(6)
    frame = b"\xff" * 6 + HOST_BYTES + b"\x08\x06" + arp + bytes([192, 0, 2, 1])
    heard = station.take(frame)
    assert heard.reply is not None
    assert heard.reply[:14] == HOST_BYTES + OWN_ADDRESS + b"\x08\x06"
    packet = IPv6Address("::1").packed * 4
    assert station.take(bytes(6) + HOST_BYTES + b"\x86\xdd" + packet) == Heard(packet)
    assert station.take(bytes(6) + HOST_BYTES + b"\x88\xcc" + packet) == Heard(note="not-ip")
    assert station.take(b"short") == Heard(note="short-frame")


@given(st.binary(max_size=120), st.sampled_from([b"\x08\x00", b"\x08\x06", b"\x86\xdd"]))
def test_any_frame_can_be_taken(data: bytes, kind: bytes):
    Station(up).take(bytes(6) + HOST_BYTES + kind + data)


@given(st.data())
def test_any_damage_to_a_question_is_borne(draw: st.DataObject):
    whole = draw.draw(st.sampled_from([_dhcp([("message-type", "discover")]), _solicitation()]))
    packet = bytearray(whole[14:])
    start = 20 if packet[0] == 0x45 else 6
    packet[draw.draw(st.integers(start, len(packet) - 1))] = draw.draw(st.integers(0, 255))
    cut = bytes(packet[: draw.draw(st.integers(0, len(packet)))])
    for one in (bytes(packet), cut):
        if is_dhcp(one):
            answer_dhcp(one, FACTS[4])
        if is_solicitation(one):
            advertise(one, FACTS[6], own=OWN_ADDRESS)
