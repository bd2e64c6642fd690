# SPDX-License-Identifier: GPL-2.0-or-later
"""The first packet of each VPN protocol, and what counts as an answer to it.

They ask whether somebody speaks the protocol there; none leads to a session. WireGuard has no
such packet: without the peer's keys it is silent by design, so the tunnel itself has to ask.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass

IKE_PORT, NATT_PORT = 500, 4500
_IKE_HEADER = struct.Struct("!8s8sBBBBII")
_SA, _KE, _NONCE, _NOTIFY = 33, 34, 40, 41
_SA_INIT, _INITIATOR, _IKEV2 = 34, 0x08, 0x20
_MARKER = bytes(4)
_GROUP = 31  # X25519: 32 bytes, and a server without it answers all the same, by a notification


@dataclass(frozen=True)
class Hello:
    """A packet to send, and how its answer is known."""

    name: str
    payload: bytes
    fits: Callable[[bytes], bool]
    attempts: int = 3


def ike_hello(*, natt: bool, size: int = 0) -> Hello:
    """Return an IKE_SA_INIT (RFC 7296, 1.2); ``natt`` as it stands on port 4500 (RFC 3948).

    Any answer to it shows that IKE is reached: a proposal, a cookie, a refusal. ``size`` pads the
    message to so many bytes, by a payload that a receiver skips.
    """
    initiator = os.urandom(8)
    proposal = _proposal()
    key = struct.pack("!HH", _GROUP, 0) + os.urandom(32)
    chain = [(_SA, proposal), (_KE, key), (_NONCE, os.urandom(32))]
    length = _IKE_HEADER.size + sum(4 + len(body) for _, body in chain)
    if size > length + 8:
        filling = struct.pack("!BBH", 0, 0, 40960) + bytes(size - length - 8)  # private use status
        chain.append((_NOTIFY, filling))
    body = b""
    for number, (_, data) in enumerate(chain):
        following = chain[number + 1][0] if number + 1 < len(chain) else 0
        body += struct.pack("!BBH", following, 0, 4 + len(data)) + data
    header = _IKE_HEADER.pack(
        initiator, bytes(8), _SA, _IKEV2, _SA_INIT, _INITIATOR, 0, _IKE_HEADER.size + len(body)
    )
    marker = _MARKER if natt else b""

    def fits(data: bytes) -> bool:
        return data.startswith(marker + initiator) and len(data) >= len(marker) + 28

    return Hello(f"IKE_SA_INIT on {NATT_PORT if natt else IKE_PORT}", marker + header + body, fits)


def _proposal() -> bytes:
    """Return one proposal of AES-CBC-256, SHA-256 and X25519."""
    kinds = [(1, 12, b"\x80\x0e\x01\x00"), (2, 5, b""), (3, 12, b""), (4, _GROUP, b"")]
    transforms = b""
    for number, (kind, identity, attributes) in enumerate(kinds):
        more = 3 if number + 1 < len(kinds) else 0
        length = 8 + len(attributes)
        transforms += struct.pack("!BBHBBH", more, 0, length, kind, 0, identity) + attributes
    head = struct.pack("!BBHBBBB", 0, 0, 8 + len(transforms), 1, 1, 0, len(kinds))
    return head + transforms


def openvpn_hello() -> Hello:
    """Return a hard reset of a client (V2); a server without tls-auth or tls-crypt answers it."""
    session = os.urandom(8)
    payload = bytes([7 << 3]) + session + b"\0" + bytes(4)

    def fits(data: bytes) -> bool:
        return len(data) >= 14 and data[0] >> 3 == 8

    return Hello("OpenVPN reset", payload, fits)


def dtls_hello() -> Hello:
    """Return a DTLS 1.2 ClientHello (RFC 6347); a server answers it by a cookie or an alert."""
    suites = struct.pack("!6H", 0xC02F, 0xC030, 0xC02B, 0xC02C, 0x009C, 0x00FF)
    groups = struct.pack("!HHHHH", 10, 6, 4, 29, 23)
    signatures = struct.pack("!HHHHHH", 13, 8, 6, 0x0403, 0x0804, 0x0401)
    extensions = groups + signatures
    body = b"\xfe\xfd" + os.urandom(32) + b"\0\0"
    body += struct.pack("!H", len(suites)) + suites + b"\x01\0"
    body += struct.pack("!H", len(extensions)) + extensions
    length = len(body).to_bytes(3, "big")
    handshake = b"\x01" + length + bytes(2) + bytes(3) + length + body
    record = b"\x16\xfe\xff" + bytes(8) + struct.pack("!H", len(handshake)) + handshake

    def fits(data: bytes) -> bool:
        return len(data) >= 13 and data[0] in (0x15, 0x16) and data[1] == 0xFE

    return Hello("DTLS hello", record, fits)


def l2tp_hello() -> Hello:
    """Return an L2TP start request (RFC 2661, 6.1): unencrypted, for a server that takes it so."""
    pairs = _pair(0, b"\0\x01") + _pair(2, b"\x01\0") + _pair(7, b"host") + _pair(3, bytes(4))
    pairs += _pair(9, os.urandom(2))
    payload = struct.pack("!HHHHHH", 0xC802, 12 + len(pairs), 0, 0, 0, 0) + pairs

    def fits(data: bytes) -> bool:
        return len(data) >= 12 and data[0] & 0x80 != 0 and data[1] & 0x0F == 2

    return Hello("L2TP start", payload, fits)


def _pair(kind: int, value: bytes) -> bytes:
    return struct.pack("!HHH", 0x8000 | (6 + len(value)), 0, kind) + value
