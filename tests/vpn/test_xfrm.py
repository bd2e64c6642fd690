# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel's IPsec policies and associations are read as the kernel writes them."""

from __future__ import annotations

import struct
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.vpn import Tunnel
from qmiprobe.vpn._xfrm import (
    Association,
    Policy,
    find_xfrm,
    parse_association,
    parse_policy,
    tunnels,
)
from tests.bed.place import Place
from tests.netns import run_in_netns

HERE, FAR = ip_address("10.64.0.2"), ip_address("203.0.113.10")


def _association(*attributes: bytes, protocol: int = 50) -> bytes:
    body = bytes(56) + FAR.packed.ljust(16, b"\0") + bytes(4) + bytes([protocol, 0, 0, 0])
    body += HERE.packed.ljust(16, b"\0") + bytes(64) + struct.pack("=QQQQ", 4711, 9, 0, 0)
    body += bytes(12) + bytes(8) + struct.pack("=HBBB", 2, 1, 32, 0)
    return body.ljust(224, b"\0") + b"".join(attributes)


def _attribute(kind: int, value: bytes) -> bytes:
    return (struct.pack("=HH", 4 + len(value), kind) + value).ljust(
        -(-len(value) // 4) * 4 + 4, b"\0"
    )


def _algorithm(name: str) -> bytes:
    return name.encode().ljust(64, b"\0") + struct.pack("=II", 160, 128) + b"secret key bytes, 20"


def test_an_association_is_read_without_its_key():
    udp = _attribute(4, struct.pack("=H", 2) + struct.pack("!HH", 4500, 4501) + bytes(16))
    (found,) = parse_association(_association(_attribute(18, _algorithm("rfc4106(gcm(aes))")), udp))
    assert found == Association(
        source=HERE,
        destination=FAR,
        bytes=4711,
        encapsulated=True,
        port=4501,
        cipher="AES_GCM_16",
    )


def test_bare_esp_with_two_algorithms_and_other_protocols_are_told_apart():
    parts = [_attribute(2, _algorithm("cbc(aes)")), _attribute(20, _algorithm("hmac(sha256)"))]
    (found,) = parse_association(_association(*parts))
    assert not found.encapsulated
    assert found.cipher == "AES_CBC/HMAC_SHA2_256_128"
    assert list(parse_association(_association(protocol=51))) == []


def test_policies_and_associations_of_one_side_make_one_tunnel():
    networks = [ip_network("10.1.0.0/24"), ip_network("10.3.0.0/24")]
    policies = [
        Policy(ours=ip_network("10.2.0.2/32"), theirs=one, source=HERE, destination=FAR)
        for one in networks
    ]
    ways = ((HERE, FAR, 100), (FAR, HERE, 50))
    associations = [
        Association(
            source=source, destination=to, bytes=count, encapsulated=False, port=0, cipher="X"
        )
        for source, to, count in ways
    ]
    (found,) = tunnels(policies, associations)
    assert (found.endpoint, found.established, found.transport) == (FAR, True, "esp")
    assert (found.sent, found.received) == (100, 50)
    assert found.networks == tuple(networks)
    (waiting,) = tunnels(policies, [])
    assert (waiting.established, waiting.port) == (False, 500)


@pytest.mark.needs("root", "netns")
def test_the_kernels_own_policies_are_found():
    async def body() -> list[Tunnel]:
        Place("here", own=True).ip(
            [
                "xfrm policy add src 10.2.0.2/32 dst 10.1.0.0/24 dir out "
                "tmpl src 10.64.0.2 dst 203.0.113.10 proto esp mode tunnel",
                "xfrm policy add src 10.1.0.0/24 dst 10.2.0.2/32 dir in "
                "tmpl src 203.0.113.10 dst 10.64.0.2 proto esp mode tunnel",
                "xfrm policy add src fd02::2/128 dst fd01::/64 dir out "
                "tmpl src 2001:db8:1::2 dst 2001:db8:3::10 proto esp mode tunnel",
            ]
        )
        return find_xfrm()

    found = {str(one.endpoint): one for one in run_in_netns(body)}
    assert set(found) == {"203.0.113.10", "2001:db8:3::10"}
    assert found["203.0.113.10"].networks == (ip_network("10.1.0.0/24"),)
    assert found["203.0.113.10"].ours == (ip_network("10.2.0.2/32"),)
    assert found["2001:db8:3::10"].local == ip_address("2001:db8:1::2")


@given(st.binary(max_size=600))
def test_no_bytes_break_the_reader(data: bytes):
    for start in (b"", _association(), bytes(40) + b"\x02\0\x18\x20" + bytes(124) + b"\x01"):
        list(parse_association(start + data))
        list(parse_policy(start + data))
