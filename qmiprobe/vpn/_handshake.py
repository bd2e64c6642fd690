# SPDX-License-Identifier: GPL-2.0-or-later
"""WireGuard's handshake as its initiator, with a tunnel's own keys (the WireGuard paper, 5.4).

It asks what silence does not tell: does the peer take these keys, at a time that is really now,
and does it have the same pre-shared key. Nothing is sent after it, so no session begins.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from dataclasses import dataclass, field
from enum import StrEnum

from ._primitives import opened, public_key, seal, x25519

_CONSTRUCTION = b"Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s"
_IDENTIFIER = b"WireGuard v1 zx2c4 Jason@zx2c4.com"
_MAC1 = b"mac1----"
_INITIATION, _RESPONSE, _COOKIE = 1, 2, 3
_RESPONSE_SIZE = 92
_TAI_EPOCH = 0x4000000000000000 + 10
_WHITENED = ~0xFFFFFF
"""Nanoseconds are cut to 16 ms, as WireGuard does: later stamps are then later."""
_NO_NONCE = bytes(12)


class Answer(StrEnum):
    """What a peer said to a handshake of ours."""

    AGREES = "agrees"
    """It knows the keys, and all of them are the same on both sides."""
    SECRET_DIFFERS = "secret-differs"
    """It knows our key, and has another pre-shared key."""
    BUSY = "busy"
    """It is under load, and wants the question again with a cookie."""


@dataclass(frozen=True)
class PeerKeys:
    """Keys of a tunnel toward one peer, 32 bytes each; never shown."""

    private: bytes = field(repr=False)
    peer: bytes = field(repr=False)
    secret: bytes = field(default=bytes(32), repr=False)
    """The pre-shared key."""


class Initiation:
    """One handshake: its first message, and what is to be made of the answer."""

    def __init__(self, keys: PeerKeys, *, now: float) -> None:
        """``now``: seconds since 1970 that it is stamped with."""
        self._keys = keys
        self._index = os.urandom(4)
        self._ephemeral = os.urandom(32)
        ephemeral = public_key(self._ephemeral)
        chain = _hash(_CONSTRUCTION)
        mixed = _hash(_hash(chain + _IDENTIFIER) + keys.peer)
        (chain,) = _derived(chain, ephemeral, 1)
        mixed = _hash(mixed + ephemeral)
        chain, key = _derived(chain, x25519(self._ephemeral, keys.peer), 2)
        static = seal(key, _NO_NONCE, public_key(keys.private), mixed)
        mixed = _hash(mixed + static)
        chain, key = _derived(chain, x25519(keys.private, keys.peer), 2)
        stamp = seal(key, _NO_NONCE, _stamp(now), mixed)
        self._chain, self._mixed = chain, _hash(mixed + stamp)
        body = bytes((_INITIATION, 0, 0, 0)) + self._index + ephemeral + static + stamp
        mac = hashlib.blake2s(body, digest_size=16, key=_hash(_MAC1 + keys.peer)).digest()
        self.message = body + mac + bytes(16)

    def answer(self, data: bytes) -> Answer | None:
        """Return what a packet of the peer says to it; None where it is about something else."""
        if data[:1] == bytes((_COOKIE,)) and data[4:8] == self._index:
            return Answer.BUSY
        if len(data) != _RESPONSE_SIZE or data[0] != _RESPONSE or data[8:12] != self._index:
            return None
        ephemeral, empty = data[12:44], data[44:60]
        (chain,) = _derived(self._chain, ephemeral, 1)
        mixed = _hash(self._mixed + ephemeral)
        (chain,) = _derived(chain, x25519(self._ephemeral, ephemeral), 1)
        (chain,) = _derived(chain, x25519(self._keys.private, ephemeral), 1)
        _, extra, key = _derived(chain, self._keys.secret, 3)
        fits = opened(key, _NO_NONCE, empty, _hash(mixed + extra)) is not None
        return Answer.AGREES if fits else Answer.SECRET_DIFFERS


def _stamp(now: float) -> bytes:
    """TAI64N, 12 bytes."""
    seconds = int(now)
    nanoseconds = int((now - seconds) * 1e9) & _WHITENED
    return struct.pack("!QI", _TAI_EPOCH + seconds, nanoseconds)


def _hash(data: bytes) -> bytes:
    return hashlib.blake2s(data).digest()


def _derived(chain: bytes, given: bytes, count: int) -> tuple[bytes, ...]:
    """HKDF with BLAKE2s (RFC 5869): ``count`` keys."""
    secret = hmac.digest(chain, given, "blake2s")
    found: list[bytes] = []
    for number in range(1, count + 1):
        before = found[-1] if found else b""
        found.append(hmac.digest(secret, before + bytes((number,)), "blake2s"))
    return tuple(found)
