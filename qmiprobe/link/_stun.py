# SPDX-License-Identifier: GPL-2.0-or-later
"""STUN binding requests and what answers them (RFC 8489), with the attributes of RFC 5780. Pure."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

TRANSACTION_BYTES = 12
CHANGE_PORT, CHANGE_ADDRESS = 2, 4
_REQUEST, _RESPONSE = 0x0001, 0x0101
_COOKIE = 0x2112A442
_MAPPED, _CHANGE, _XOR_MAPPED, _OTHER = 0x0001, 0x0003, 0x0020, 0x802C
_HEAD = struct.Struct("!HHI12s")
_FAMILY = {1: 4, 2: 6}

Place = tuple["IPAddress", int]
"""Address and UDP port."""


@dataclass(frozen=True, kw_only=True)
class Binding:
    """What a STUN server says."""

    mapped: Place
    """Whom it sees as the sender."""
    other: Place | None = None
    """Where it also listens, where it tests NATs (RFC 5780)."""


def binding_request(transaction: bytes, *, change: int = 0) -> bytes:
    """Return a request; ``change`` asks for the answer from another port, or address, or both."""
    body = struct.pack("!HHI", _CHANGE, 4, change) if change else b""
    return _HEAD.pack(_REQUEST, len(body), _COOKIE, transaction) + body


def parse_binding(data: bytes, transaction: bytes) -> Binding | None:
    """Return what the response to ``transaction`` says, or None for anything else."""
    if len(data) < _HEAD.size:
        return None
    kind, length, cookie, identifier = _HEAD.unpack_from(data)
    right = kind == _RESPONSE and cookie == _COOKIE and identifier == transaction
    if not right or length > len(data) - _HEAD.size:
        return None
    found: dict[int, Place] = {}
    at, end = _HEAD.size, _HEAD.size + length
    while at + 4 <= end:
        attribute, size = struct.unpack_from("!HH", data, at)
        value = data[at + 4 : min(end, at + 4 + size)]
        place = _place(value, transaction if attribute == _XOR_MAPPED else None)
        if attribute in (_MAPPED, _XOR_MAPPED, _OTHER) and place is not None:
            found.setdefault(attribute, place)
        at += 4 + (size + 3) // 4 * 4
    mapped = found.get(_XOR_MAPPED) or found.get(_MAPPED)
    return None if mapped is None else Binding(mapped=mapped, other=found.get(_OTHER))


def _place(value: bytes, transaction: bytes | None) -> Place | None:
    family = _FAMILY.get(value[1]) if len(value) >= 8 else None
    size = {4: 4, 6: 16}.get(family or 0, 0)
    if not size or len(value) != 4 + size:
        return None
    port = struct.unpack_from("!H", value, 2)[0]
    packed = value[4:]
    if transaction is not None:
        key = struct.pack("!I", _COOKIE) + transaction
        port ^= _COOKIE >> 16
        packed = bytes(a ^ b for a, b in zip(packed, key, strict=False))
    return (IPv4Address(packed) if family == 4 else IPv6Address(packed)), port


def binding_response(transaction: bytes, *, mapped: Place, other: Place | None = None) -> bytes:
    """Return what a server says, for servers of tests."""
    body = _attribute(_XOR_MAPPED, mapped, transaction)
    body += _attribute(_OTHER, other, None) if other is not None else b""
    return _HEAD.pack(_RESPONSE, len(body), _COOKIE, transaction) + body


def _attribute(kind: int, place: Place, transaction: bytes | None) -> bytes:
    address, port = place
    packed = address.packed
    if transaction is not None:
        key = struct.pack("!I", _COOKIE) + transaction
        port ^= _COOKIE >> 16
        packed = bytes(a ^ b for a, b in zip(packed, key, strict=False))
    value = struct.pack("!BBH", 0, {4: 1, 6: 2}[address.version], port) + packed
    return struct.pack("!HH", kind, len(value)) + value
