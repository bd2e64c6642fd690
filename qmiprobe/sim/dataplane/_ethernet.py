# SPDX-License-Identifier: GPL-2.0-or-later
"""The little Ethernet that a modem in 802.3 mode speaks: a header, and answers to ARP and NDP."""

from __future__ import annotations

import struct
from ipaddress import IPv6Address

from ._icmp import icmpv6_checksum

HEADER_LENGTH = 14

_IPV4, _ARP, _IPV6 = 0x0800, 0x0806, 0x86DD
_ARP_REQUEST = struct.pack("!HHBBH", 1, _IPV4, 6, 4, 1)
_ARP_REPLY = struct.pack("!HHBBH", 1, _IPV4, 6, 4, 2)
_ICMPV6 = 58
_SOLICITATION, _ADVERTISEMENT = 135, 136
_SOLICITED_OVERRIDE = 0x60000000


def wrap(packet: bytes, *, source: bytes, destination: bytes) -> bytes:
    """Return the Ethernet frame that carries an IP packet."""
    kind = _IPV6 if packet[0] >> 4 == 6 else _IPV4
    return destination + source + struct.pack("!H", kind) + packet


def unwrap(frame: bytes) -> bytes | None:
    """Return the IP packet of an Ethernet frame, or None where it carries something else."""
    kind = _kind(frame)
    return frame[HEADER_LENGTH:] if kind in (_IPV4, _IPV6) else None


def answer(frame: bytes, *, own: bytes) -> bytes | None:
    """Return the reply to an ARP request or a neighbour solicitation, None for anything else.

    The modem answers for every address, as modems do; not when the host only probes whether its
    own address is taken.
    """
    kind = _kind(frame)
    if kind == _ARP:
        return _answer_arp(frame, own)
    if kind == _IPV6:
        return _answer_solicitation(frame, own)
    return None


def _kind(frame: bytes) -> int | None:
    if len(frame) <= HEADER_LENGTH:
        return None
    return int.from_bytes(frame[12:14], "big")


def _answer_arp(frame: bytes, own: bytes) -> bytes | None:
    message = frame[HEADER_LENGTH : HEADER_LENGTH + 28]
    if len(message) < 28 or message[:8] != _ARP_REQUEST:
        return None
    host, host_ip, wanted = message[8:14], message[14:18], message[24:28]
    if not any(host_ip) or host_ip == wanted:
        return None
    reply = _ARP_REPLY + own + wanted + host + host_ip
    return host + own + struct.pack("!H", _ARP) + reply


def _answer_solicitation(frame: bytes, own: bytes) -> bytes | None:
    packet = frame[HEADER_LENGTH:]
    if len(packet) < 64 or packet[6] != _ICMPV6 or packet[40] != _SOLICITATION:
        return None
    host, wanted = IPv6Address(packet[8:24]), IPv6Address(packet[48:64])
    if host == IPv6Address(0) or host == wanted:
        return None
    body = struct.pack("!BBHI", _ADVERTISEMENT, 0, 0, _SOLICITED_OVERRIDE)
    body += wanted.packed + b"\x02\x01" + own
    value = icmpv6_checksum(body, source=wanted, destination=host)
    body = body[:2] + struct.pack("!H", value) + body[4:]
    head = struct.pack("!IHBB", 0x60000000, len(body), _ICMPV6, 255)
    packet = head + wanted.packed + host.packed + body
    return wrap(packet, source=own, destination=frame[6:12])
