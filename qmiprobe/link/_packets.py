# SPDX-License-Identifier: GPL-2.0-or-later
"""Small packets by hand: echo requests, DNS queries of any size, and whose a captured one is."""

from __future__ import annotations

import struct
from typing import NamedTuple

from qmiprobe.errors import CannotTest

IP_HEADER = {4: 20, 6: 40}
UDP_HEADER = 8
TCP_HEADER = 20
ICMP_HEADER = 8

DNS_TYPES = {"A": 1, "AAAA": 28}

_ICMP, _TCP, _UDP, _ICMP6 = 1, 6, 17, 58
_ECHO = {4: (8, 0), 6: (128, 129)}  # request, reply
_V6_EXTENSIONS = {0, 43, 60}
_ANSWER_LIMIT = 512  # the EDNS size that a query offers: only the way up is to be measured
_EDNS_PADDING = 12
_OPT_SIZE = 11
_OPTION_HEADER = 4


class Flow(NamedTuple):
    """What tells one probe's packets from all others on the netdev."""

    family: int
    protocol: str
    """icmp, udp or tcp."""
    local: int
    """Our port; for echo our identifier."""


def internet_checksum(data: bytes) -> int:
    """Return the checksum of RFC 1071 over ``data``."""
    padded = data + b"\0" if len(data) % 2 else data
    total: int = sum(struct.unpack(f"!{len(padded) // 2}H", padded))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def echo_request(family: int, identifier: int, sequence: int, *, size: int = 64) -> bytes:
    """Return an ICMP or ICMPv6 echo request that makes an IP packet of ``size`` bytes.

    The kernel fills in the checksum of ICMPv6.
    """
    kind = _ECHO[family][0]
    payload = bytes(size - IP_HEADER[family] - ICMP_HEADER)
    message = struct.pack("!BBHHH", kind, 0, 0, identifier, sequence) + payload
    if family == 6:
        return message
    return message[:2] + struct.pack("!H", internet_checksum(message)) + message[4:]


def parse_echo_reply(family: int, data: bytes, *, ip_header: bool) -> tuple[int, int] | None:
    """Return identifier and sequence of an echo reply, or None for anything else."""
    if ip_header:
        data = data[(data[0] & 0x0F) * 4 :] if data else b""
    if len(data) < ICMP_HEADER or data[0] != _ECHO[family][1]:
        return None
    identifier, sequence = struct.unpack_from("!HH", data, 4)
    return identifier, sequence


def encode_name(name: str) -> bytes:
    """Return a DNS name as labels. ValueError for one that DNS does not allow."""
    labels = [label.encode("idna") for label in name.rstrip(".").split(".") if label]
    if any(len(label) > 63 for label in labels) or sum(len(label) + 1 for label in labels) > 254:
        raise ValueError(f"name {name!r}: a label has at most 63 bytes, a name 255")
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def require_names(*names: str) -> None:
    """Raise CannotTest when one of the targets' ``names`` can never be asked for."""
    for name in names:
        try:
            encode_name(name)
        except ValueError as error:
            raise CannotTest(
                f"target name {name!r} is no DNS name ({error}); set another"
            ) from error


def dns_query(name: str, kind: str, identifier: int) -> bytes:
    """Return a plain recursive query for the A or AAAA records of ``name``."""
    header = struct.pack("!HHHHHH", identifier, 0x0100, 1, 0, 0, 0)
    return header + encode_name(name) + struct.pack("!HH", DNS_TYPES[kind], 1)


def padded_dns_query(name: str, kind: str, identifier: int, *, size: int) -> bytes:
    """Return a query of exactly ``size`` bytes, filled with EDNS padding (RFC 7830).

    It offers to take 512 bytes only, so that the answer stays small. ValueError when ``size`` is
    below ``smallest_padded_query(name)``.
    """
    query = dns_query(name, kind, identifier)
    padding = size - smallest_padded_query(name)
    if padding < 0:
        raise ValueError(f"a padded query for {name!r} has at least {size - padding} bytes")
    header = query[:10] + struct.pack("!H", 1)
    option = struct.pack("!HH", _EDNS_PADDING, padding) + bytes(padding)
    opt = b"\0" + struct.pack("!HHIH", 41, _ANSWER_LIMIT, 0, len(option)) + option
    return header + query[12:] + opt


def smallest_padded_query(name: str) -> int:
    """Return the bytes of a query for ``name`` whose padding is empty."""
    return 12 + len(encode_name(name)) + 4 + _OPT_SIZE + _OPTION_HEADER


def answers_dns(data: bytes, identifier: int) -> bool:
    """Return whether ``data`` is a DNS response, of any kind, with this identifier."""
    return len(data) >= 12 and data[:2] == identifier.to_bytes(2, "big") and bool(data[2] & 0x80)


def flow_of(packet: bytes, *, outgoing: bool) -> Flow | None:
    """Return which flow of ours an IP packet belongs to, or None for what cannot be one.

    An ICMP error belongs to the flow of the packet that it quotes.
    """
    head = _transport(packet)
    if head is None:
        return None
    family, protocol, data = head
    if protocol in (_ICMP, _ICMP6):
        return _icmp_flow(family, data, outgoing=outgoing)
    if protocol in (_TCP, _UDP) and len(data) >= 4:
        ports = struct.unpack_from("!HH", data)
        return Flow(family, "tcp" if protocol == _TCP else "udp", ports[0 if outgoing else 1])
    return None


def _icmp_flow(family: int, data: bytes, *, outgoing: bool) -> Flow | None:
    if len(data) < ICMP_HEADER:
        return None
    if data[0] == _ECHO[family][0 if outgoing else 1]:
        return Flow(family, "icmp", struct.unpack_from("!H", data, 4)[0])
    is_error = data[0] in (3, 11, 12) if family == 4 else data[0] in (1, 2, 3, 4)
    if outgoing or not is_error:
        return None
    quoted = _transport(data[ICMP_HEADER:])
    if quoted is None or (quoted[1] in (_ICMP, _ICMP6) and not _is_echo_request(quoted)):
        return None
    return flow_of(data[ICMP_HEADER:], outgoing=True)


def _is_echo_request(head: tuple[int, int, bytes]) -> bool:
    return len(head[2]) >= ICMP_HEADER and head[2][0] == _ECHO[head[0]][0]


def _transport(packet: bytes) -> tuple[int, int, bytes] | None:
    """Return IP family, protocol and what follows the IP headers; None for another fragment."""
    if len(packet) >= 20 and packet[0] >> 4 == 4:
        fragment = struct.unpack_from("!H", packet, 6)[0] & 0x1FFF
        length = (packet[0] & 0x0F) * 4
        return None if fragment or length < 20 else (4, packet[9], packet[length:])
    if len(packet) >= 40 and packet[0] >> 4 == 6:
        protocol, offset = packet[6], 40
        while protocol in _V6_EXTENSIONS and len(packet) >= offset + 8:
            protocol, offset = packet[offset], offset + 8 * (packet[offset + 1] + 1)
        return 6, protocol, packet[offset:]
    return None
