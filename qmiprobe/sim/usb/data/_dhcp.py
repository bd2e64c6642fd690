# SPDX-License-Identifier: GPL-2.0-or-later
"""The DHCP server in a modem: gives the host the one address that the network gave (RFC 2131)."""

from __future__ import annotations

import struct
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

from qmiprobe.sim.dataplane._header import checksum, read_header, read_ports

if TYPE_CHECKING:
    from qmiprobe.bearer import FamilyFacts

LEASE_SECONDS = 7200
_SERVER_PORT, _CLIENT_PORT = 67, 68
_UDP = 17
_COOKIE = bytes.fromhex("63825363")
_FIXED = struct.Struct("!BBBB4sHH4s4s4s4s16s64s128s4s")
_SHORTEST = 300
_BROADCAST_FLAG = 0x8000
_DISCOVER, _OFFER, _REQUEST, _ACK, _NAK, _INFORM = 1, 2, 3, 5, 6, 8
_MASK, _ROUTER, _DNS, _MTU, _WANTED, _LEASE, _KIND, _SERVER, _END = 1, 3, 6, 26, 50, 51, 53, 54, 255
_NOBODY = bytes(4)


def is_dhcp(packet: bytes) -> bool:
    """Whether an IP packet of the host is one to a DHCP server."""
    header = read_header(packet)
    if header is None or header.family != 4 or header.protocol != "udp":
        return False
    return read_ports(packet, header) == (_CLIENT_PORT, _SERVER_PORT)


def answer_dhcp(packet: bytes, facts: FamilyFacts | None) -> bytes | None:
    """Return the IP packet that answers one of :func:`is_dhcp`; None: there is nothing to say.

    ``facts`` is what the data session has; None while it is down, when the server is silent.
    """
    header = read_header(packet)
    if header is None or facts is None or facts.gateway is None:
        return None
    message = packet[header.offset + 8 : header.size]
    if len(message) < _FIXED.size or message[0] != 1 or message[236:240] != _COOKIE:
        return None
    options = _read_options(message[_FIXED.size :])
    own, client = facts.interface.ip.packed, message[12:16]
    server = facts.gateway.packed
    kind = options.get(_KIND, b"\0")[0]
    if options.get(_SERVER, server) != server:
        return None  # the host has taken another server's offer
    if kind == _REQUEST and options.get(_WANTED, client) != own:
        return _reply(message, server, _NOBODY, bytes([_KIND, 1, _NAK, _SERVER, 4]) + server)
    answers = {_DISCOVER: _OFFER, _REQUEST: _ACK, _INFORM: _ACK}
    if kind not in answers:
        return None
    given = _KIND.to_bytes() + bytes([1, answers[kind]]) + _given(facts, server)
    if kind != _INFORM:
        given += struct.pack("!BBI", _LEASE, 4, LEASE_SECONDS)
    return _reply(message, server, _NOBODY if kind == _INFORM else own, given)


def _given(facts: FamilyFacts, server: bytes) -> bytes:
    dns = b"".join(one.packed for one in facts.dns if isinstance(one, IPv4Address))
    mask = facts.interface.netmask.packed
    options = bytes([_SERVER, 4]) + server + bytes([_MASK, 4]) + mask
    options += bytes([_ROUTER, 4]) + server
    if dns:
        options += bytes([_DNS, len(dns)]) + dns
    if facts.mtu is not None:
        options += struct.pack("!BBH", _MTU, 2, facts.mtu)
    return options


def _read_options(data: bytes) -> dict[int, bytes]:
    """Return the options by number; what reaches beyond the end is left out."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 1 < len(data) and data[at] != _END:
        if data[at] == 0:
            at += 1
            continue
        value = data[at + 2 : at + 2 + data[at + 1]]
        if value and len(value) == data[at + 1]:
            found[data[at]] = value
        at += 2 + data[at + 1]
    return found


def _reply(message: bytes, server: bytes, given: bytes, options: bytes) -> bytes:
    flags, client = struct.unpack_from("!H4s", message, 10)
    head = _FIXED.pack(
        2, 1, 6, 0, message[4:8], 0, flags, client, given, server, message[24:28],
        message[28:44], b"", b"", _COOKIE,
    )  # fmt: skip
    body = (head + options + bytes([_END])).ljust(_SHORTEST, b"\0")
    direct = client if any(client) else given
    everybody = flags & _BROADCAST_FLAG or not any(direct)
    return _udp_packet(body, server, b"\xff" * 4 if everybody else direct)


def _udp_packet(body: bytes, source: bytes, destination: bytes) -> bytes:
    length = 8 + len(body)
    udp = struct.pack("!HHHH", _SERVER_PORT, _CLIENT_PORT, length, 0) + body
    pseudo = source + destination + struct.pack("!BBH", 0, _UDP, length)
    udp = udp[:6] + struct.pack("!H", checksum(pseudo + udp) or 0xFFFF) + udp[8:]
    ends = source + destination
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + length, 0, 0, 64, _UDP, 0) + ends
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + udp
