# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of sessions, and Ethernet's small talk, without a kernel."""

from __future__ import annotations

import struct
from ipaddress import IPv4Interface, IPv6Interface, ip_address

import pytest

from qmiprobe.sim.dataplane import BearerTable, Gate, PacketCounters
from qmiprobe.sim.dataplane import _addresses as addresses
from qmiprobe.sim.dataplane import _ethernet as ethernet
from qmiprobe.sim.dataplane._header import checksum, read_header
from tests.sim.dataplane.test_packets import v4, v6

OWN, HOST = bytes.fromhex("020000000001"), bytes.fromhex("020000000002")


def test_each_family_of_each_session_is_counted_apart():
    table = BearerTable()
    table.up(0, 4, IPv4Interface("192.0.2.2/30"))
    table.up(0, 6, IPv6Interface("2001:db8:1::2/64"))
    table.up(2, 4, IPv4Interface("192.0.2.6/30"))
    gate = Gate(table)
    assert gate.admit(0, v4(bytes(80))) is not None
    assert gate.admit(0, v6(bytes(60))) is not None
    assert gate.admit(2, v4(bytes(80))) is None, "that address is another session's"
    assert gate.admit(1, v4(bytes(80))) is None
    assert gate.admit(2, v6(bytes(60))) is None
    assert gate.dropped == {"wrong-source": 1, "no-session": 2}
    assert table.counters(0, 4) == PacketCounters(tx_packets=1, tx_bytes=100)
    assert table.counters(0) == PacketCounters(tx_packets=2, tx_bytes=200)
    assert table.counters(2) == PacketCounters(tx_dropped=1)
    assert table.counters(7) == PacketCounters()


def test_packets_down_find_the_session_that_owns_the_address():
    table = BearerTable()
    table.up(4, 6, IPv6Interface("2001:db8:80::2/64"))
    table.up(5, 4, IPv4Interface("203.0.113.80/30"))
    gate = Gate(table)
    assert gate.deliver(v4(bytes(80))) == 5
    assert gate.deliver(v6(bytes(60))) == 4, "an IPv6 session owns its whole prefix"
    table.down(5, 4)
    table.down(5, 4)
    assert gate.deliver(v4(bytes(80))) is None
    assert gate.deliver(b"noise") is None
    assert gate.dropped == {"no-destination": 2}
    assert table.counters(5) == PacketCounters(rx_packets=1, rx_bytes=100)


def test_an_address_of_the_other_family_is_refused():
    with pytest.raises(ValueError, match=r"session 0: 192\.0\.2\.2/30 is not of family 6"):
        BearerTable().up(0, 6, IPv4Interface("192.0.2.2/30"))


def test_each_session_gets_an_address_of_its_own():
    facts = [addresses.family_facts(n, index=i, mtu=1430) for n in (4, 6) for i in range(8)]
    assert len({fact.interface.ip for fact in facts}) == 16
    assert str(facts[0].interface) == "192.0.2.2/30"
    assert str(facts[0].gateway) == "192.0.2.1"
    assert str(facts[8].interface) == "2001:db8:1::2/64"
    assert str(facts[9].interface) == "2001:db8:1:1::2/64"
    assert {fact.mtu for fact in facts} == {1430}
    for fact in facts:
        assert fact.gateway in fact.interface.network
        assert len(fact.dns) == (2 if fact.family == 4 else 1)
    with pytest.raises(ValueError, match="session 8"):
        addresses.family_facts(4, index=8)
    with pytest.raises(ValueError, match="family 5"):
        addresses.family_facts(5)


def test_a_frame_goes_on_and_comes_off():
    for packet, kind in ((v4(b"abcd"), b"\x08\x00"), (v6(b"abcd"), b"\x86\xdd")):
        frame = ethernet.wrap(packet, source=OWN, destination=HOST)
        assert frame[:14] == HOST + OWN + kind
        assert ethernet.unwrap(frame) == packet
    assert ethernet.unwrap(HOST + OWN + b"\x08\x06" + bytes(28)) is None
    assert ethernet.unwrap(b"short") is None


def _arp(sender: str, wanted: str, *, operation: int = 1) -> bytes:
    head = b"\xff" * 6 + HOST + b"\x08\x06" + struct.pack("!HHBBH", 1, 0x800, 6, 4, operation)
    return head + HOST + ip_address(sender).packed + bytes(6) + ip_address(wanted).packed


def test_arp_is_answered_for_others_and_never_for_the_hosts_own_address():
    reply = ethernet.answer(_arp("192.0.2.2", "192.0.2.1"), own=OWN)
    assert reply is not None
    assert reply[:14] == HOST + OWN + b"\x08\x06"
    assert reply[20:22] == b"\x00\x02"
    assert reply[22:32] == OWN + bytes([192, 0, 2, 1])
    assert reply[32:42] == HOST + bytes([192, 0, 2, 2])
    assert ethernet.answer(_arp("0.0.0.0", "192.0.2.2"), own=OWN) is None
    assert ethernet.answer(_arp("192.0.2.2", "192.0.2.2"), own=OWN) is None
    assert ethernet.answer(_arp("192.0.2.2", "192.0.2.1", operation=2), own=OWN) is None
    assert ethernet.answer(_arp("192.0.2.2", "192.0.2.1")[:30], own=OWN) is None


def _solicit(sender: str, wanted: str) -> bytes:
    body = struct.pack("!BBHI", 135, 0, 0, 0) + ip_address(wanted).packed
    head = struct.pack("!IHBB", 0x60000000, len(body), 58, 255)
    packet = head + ip_address(sender).packed + ip_address("ff02::1:ff00:1").packed + body
    return ethernet.wrap(packet, source=HOST, destination=bytes.fromhex("3333ff000001"))


def test_a_neighbour_solicitation_gets_its_advertisement():
    frame = ethernet.answer(_solicit("fe80::2", "2001:db8:1::1"), own=OWN)
    assert frame is not None
    packet = ethernet.unwrap(frame)
    assert packet is not None
    header = read_header(packet)
    assert header is not None
    assert (str(header.source), str(header.destination)) == ("2001:db8:1::1", "fe80::2")
    assert packet[40] == 136
    assert packet[-6:] == OWN
    pseudo = packet[8:40] + struct.pack("!I3xB", len(packet) - 40, 58)
    assert checksum(pseudo + packet[40:]) in (0, 0xFFFF)
    assert ethernet.answer(_solicit("::", "2001:db8:1::2"), own=OWN) is None
    assert ethernet.answer(_solicit("fe80::2", "fe80::2"), own=OWN) is None
