# SPDX-License-Identifier: GPL-2.0-or-later
"""What a tap's packets tell: flows by the other side, packets behind QMAP, "too big"."""

from __future__ import annotations

import struct
from ipaddress import ip_address

import pytest

from qmiprobe.link._peers import TCP, UDP, Passed, _flow
from qmiprobe.link._tap import _behind_qmap, _is_too_big

HERE, THERE = ip_address("10.64.0.2"), ip_address("203.0.113.10")


def packet(source: bytes, target: bytes, protocol: int, ports: tuple[int, int]) -> bytes:
    """An IPv4 or IPv6 packet with eight bytes of a transport header."""
    transport = struct.pack("!HHI", *ports, 0)
    if len(source) == 16:
        return struct.pack("!IHBB", 6 << 28, 8, protocol, 64) + source + target + transport
    head = struct.pack("!BBHHHBBH", 0x45, 0, 28, 1, 0, 64, protocol, 0)
    return head + source + target + transport


@pytest.mark.parametrize("protocol", [TCP, UDP])
def test_a_flow_is_the_same_both_ways(protocol: int):
    out = _flow(packet(HERE.packed, THERE.packed, protocol, (40000, 53)), outgoing=True)
    back = _flow(packet(THERE.packed, HERE.packed, protocol, (53, 40000)), outgoing=False)
    assert out is not None
    assert out == back
    passed = Passed(frozenset({out}), frozenset({out}))
    assert passed.sent_to(THERE, protocol, 53)
    assert passed.answered(THERE, protocol, 53)
    assert not passed.sent_to(THERE, protocol, 123)


def test_an_answer_to_an_earlier_port_is_none():
    out = ((THERE.packed, UDP, 53), 40001)
    late = ((THERE.packed, UDP, 53), 40000)
    assert not Passed(frozenset({out}), frozenset({late})).answered(THERE, UDP, 53)


def test_what_has_no_ports_is_no_flow():
    assert _flow(packet(HERE.packed, THERE.packed, 50, (1, 2)), outgoing=True) is None
    assert _flow(b"", outgoing=True) is None
    six = ip_address("2001:db8::1").packed
    assert _flow(packet(six, six, UDP, (1, 2)), outgoing=True) == ((six, UDP, 2), 1)


@pytest.mark.parametrize("size", [4, 16])
def test_a_packet_behind_a_qmap_header_is_known_in_what_was_taken_for_a_frame(size: int):
    address = bytes(range(1, size + 1))
    inner = packet(address, address, UDP, (53, 40000))
    frame = struct.pack("!BBH", 0, 1, len(inner)) + inner
    assert _behind_qmap(frame[6:12], frame[14:])
    bare = inner + bytes(20)
    assert not _behind_qmap(bare[6:12], bare[14:])


def test_too_big_is_told_from_other_errors():
    told = packet(THERE.packed, HERE.packed, 1, (0, 0))[:20] + b"\3\4" + bytes(34)
    assert _is_too_big(told, 4)
    assert not _is_too_big(told, 6)
    assert not _is_too_big(told[:21] + b"\3" + told[22:], 4)
