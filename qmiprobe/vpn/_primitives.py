# SPDX-License-Identifier: GPL-2.0-or-later
"""What a WireGuard handshake is made of: X25519 (RFC 7748), ChaCha20-Poly1305 (RFC 8439).

For single messages of a diagnosis: slow, and not in constant time.
"""

from __future__ import annotations

import hmac
import struct

_P = 2**255 - 19
_A24 = 121665
_POLY = 2**130 - 5
_CLAMP = 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
_CONSTANTS = (0x61707865, 0x3320646E, 0x79622D32, 0x6B206574)
_BASE = (9).to_bytes(32, "little")


def public_key(private: bytes) -> bytes:
    """Return the public key of a private one, 32 bytes each."""
    return x25519(private, _BASE)


def x25519(private: bytes, public: bytes) -> bytes:
    """Return the secret that a private key and another's public key have in common."""
    scalar = int.from_bytes(private, "little")
    scalar = scalar & ~7 & (2**255 - 1) | 2**254
    u = int.from_bytes(public, "little") & (2**255 - 1)
    x2, z2, x3, z3 = 1, 0, u, 1
    swapped = 0
    for at in reversed(range(255)):
        bit = scalar >> at & 1
        if bit != swapped:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swapped = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a % _P, b * b % _P, d * a % _P, c * b % _P
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % _P, u * (da - cb) ** 2 % _P
        x2, z2 = aa * bb % _P, e * (aa + _A24 * e) % _P
    if swapped:
        x2, z2 = x3, z3
    return (x2 * pow(z2, _P - 2, _P) % _P).to_bytes(32, "little")


def seal(key: bytes, nonce: bytes, plain: bytes, beside: bytes) -> bytes:
    """Return ``plain`` encrypted, with a tag of 16 bytes that covers ``beside`` too."""
    secret = _xored(key, nonce, plain)
    return secret + _tag(key, nonce, secret, beside)


def opened(key: bytes, nonce: bytes, sealed: bytes, beside: bytes) -> bytes | None:
    """Return what was sealed; None where the tag does not fit."""
    secret, tag = sealed[:-16], sealed[-16:]
    if not hmac.compare_digest(_tag(key, nonce, secret, beside), tag):
        return None
    return _xored(key, nonce, secret)


def _tag(key: bytes, nonce: bytes, secret: bytes, beside: bytes) -> bytes:
    once = _block(key, nonce, 0)[:32]
    r, s = int.from_bytes(once[:16], "little") & _CLAMP, int.from_bytes(once[16:], "little")
    data = _padded(beside) + _padded(secret) + struct.pack("<QQ", len(beside), len(secret))
    total = 0
    for at in range(0, len(data), 16):
        total = (total + int.from_bytes(data[at : at + 16] + b"\1", "little")) * r % _POLY
    return ((total + s) & (2**128 - 1)).to_bytes(16, "little")


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 16)


def _xored(key: bytes, nonce: bytes, data: bytes) -> bytes:
    stream = b"".join(_block(key, nonce, 1 + at // 64) for at in range(0, len(data), 64))
    return bytes(one ^ other for one, other in zip(data, stream, strict=False))


def _block(key: bytes, nonce: bytes, counter: int) -> bytes:
    """Return 64 bytes of ChaCha20's stream."""
    start = [*_CONSTANTS, *struct.unpack("<8I", key), counter, *struct.unpack("<3I", nonce)]
    state = list(start)
    for _ in range(10):
        for a, b, c, d in (
            *((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)),
            *((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)),
        ):
            _quarter(state, a, b, c, d)
    mixed = ((one + other) & 0xFFFFFFFF for one, other in zip(state, start, strict=True))
    return struct.pack("<16I", *mixed)


def _quarter(state: list[int], a: int, b: int, c: int, d: int) -> None:
    for to, of, into, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        state[to] = (state[to] + state[of]) & 0xFFFFFFFF
        turned = state[into] ^ state[to]
        state[into] = (turned << by | turned >> (32 - by)) & 0xFFFFFFFF
