# SPDX-License-Identifier: GPL-2.0-or-later
"""The router of a mobile network on an Ethernet link: answers solicitations (RFC 4861, 8106)."""

from __future__ import annotations

import struct
from ipaddress import IPv6Address
from typing import TYPE_CHECKING

from qmiprobe.sim.dataplane._header import read_header
from qmiprobe.sim.dataplane._icmp import icmpv6_checksum

if TYPE_CHECKING:
    from qmiprobe.bearer import FamilyFacts

ROUTER = IPv6Address("fe80::1")
_EVERYBODY = IPv6Address("ff02::1")
_ICMPV6 = 58
_SOLICITATION, _ADVERTISEMENT = 133, 134
_SECONDS = 1800
_AUTONOMOUS = 0x40
"""A mobile network's prefix is for making an address, and not on-link (3GPP TS 23.401)."""


def is_solicitation(packet: bytes) -> bool:
    """Whether an IP packet of the host asks for routers."""
    header = read_header(packet)
    if header is None or header.number != _ICMPV6 or len(packet) <= header.offset:
        return False
    return packet[header.offset] == _SOLICITATION


def advertise(packet: bytes, facts: FamilyFacts | None, *, own: bytes) -> bytes | None:
    """Return the IP packet that answers one of :func:`is_solicitation`.

    ``own`` is the modem's Ethernet address. None while there is no IPv6 session, and without its
    facts: the router of a network that the host is not connected to says nothing.
    """
    if facts is None:
        return None
    options = b"\x01\x01" + own
    if facts.mtu is not None:
        options += struct.pack("!BBHI", 5, 1, 0, facts.mtu)
    network = facts.interface.network
    options += struct.pack("!BBBBIII", 3, 4, network.prefixlen, _AUTONOMOUS, _SECONDS, _SECONDS, 0)
    options += network.network_address.packed
    dns = [one.packed for one in facts.dns if isinstance(one, IPv6Address)]
    if dns:
        options += struct.pack("!BBHI", 25, 1 + 2 * len(dns), 0, _SECONDS) + b"".join(dns)
    body = struct.pack("!BBHBBHII", _ADVERTISEMENT, 0, 0, 64, 0, _SECONDS, 0, 0) + options
    host = IPv6Address(packet[8:24])
    destination = _EVERYBODY if host == IPv6Address(0) else host
    value = icmpv6_checksum(body, source=ROUTER, destination=destination)
    body = body[:2] + struct.pack("!H", value) + body[4:]
    head = struct.pack("!IHBB", 0x60000000, len(body), _ICMPV6, 255)
    return head + ROUTER.packed + destination.packed + body
