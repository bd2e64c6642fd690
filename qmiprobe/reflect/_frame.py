# SPDX-License-Identifier: GPL-2.0-or-later
"""The frame of the reflector: what is asked and answered, signed, in one datagram or raw packet.

A frame is ``prefix | head | MAC | body | padding``. The prefix lets it look like another protocol
to whoever watches; the head has the length of the body, so that padding can bring a packet to any
size; the MAC (HMAC-SHA-256, cut to 128 bits) covers head and body, not padding, which is cheap at
any size. Over TCP a frame stands behind its length, two bytes.
"""

from __future__ import annotations

import hmac
import struct
from dataclasses import dataclass
from enum import IntEnum

from qmiprobe.errors import EncodeError

MAGIC = b"QPR1"
PREFIXES = (0, 4, 8, 16, 28, 32)
"""Bytes that may stand before the head: none, or enough for the head of WireGuard, OpenVPN, IKE."""
MAC_BYTES = 16
NO_PROOF = bytes(8)
NO_SESSION = bytes(8)
LONGEST_BODY = 1024

_HEAD = struct.Struct("!4sBBH8sI8s")  # magic, op, nothing, length of the body, session, ..., proof
OVERHEAD = _HEAD.size + MAC_BYTES
LENGTH = struct.Struct("!H")
"""What stands before a frame over TCP: its bytes."""


class Op(IntEnum):
    """What a frame is."""

    HELLO = 1
    COOKIE = 2
    OPEN = 3
    OPENED = 4
    ASK = 5
    ANSWER = 6
    TALLY = 8
    TALLIED = 9
    CLOSE = 10
    SYN = 11
    SYN_SEEN = 12
    PULL = 13
    PUSH = 14


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One frame, without its padding."""

    op: int
    session: bytes = NO_SESSION
    sequence: int = 0
    proof: bytes = NO_PROOF
    """What shows that the sender hears what is sent to its address; see ``_keys.path_proof``."""
    body: bytes = b""
    prefix: bytes = b""

    @property
    def size(self) -> int:
        """Bytes without padding."""
        return len(self.prefix) + OVERHEAD + len(self.body)


@dataclass(frozen=True)
class Sealed:
    """A frame as it arrived: not to be believed before ``signed_by`` says so."""

    frame: Frame
    mac: bytes
    signed: bytes
    size: int
    """Bytes of the whole datagram, prefix and padding included."""

    def signed_by(self, key: bytes) -> bool:
        """Return whether whoever made it knows ``key``."""
        return hmac.compare_digest(self.mac, _mac(key, self.signed))


def seal(frame: Frame, *, key: bytes, size: int = 0) -> bytes:
    """Return the frame signed by ``key``, padded to ``size`` bytes where it is shorter.

    Raises EncodeError for a prefix or a body of a length that no receiver takes.
    """
    if len(frame.prefix) not in PREFIXES:
        raise EncodeError(f"a prefix of {len(frame.prefix)} bytes: it may have {PREFIXES}")
    if len(frame.body) > LONGEST_BODY:
        raise EncodeError(f"a body of {len(frame.body)} bytes: at most {LONGEST_BODY} fit")
    head = _HEAD.pack(
        MAGIC, frame.op, 0, len(frame.body), frame.session, frame.sequence, frame.proof
    )
    signed = head + frame.body
    made = frame.prefix + head + _mac(key, signed) + frame.body
    return made.ljust(size, b"\0")


def unseal(data: bytes) -> Sealed | None:
    """Return the frame in ``data``, or None where there is none; the signature is not checked."""
    for start in PREFIXES:
        if data[start : start + 4] == MAGIC:
            return _unseal_at(data, start)
    return None


def _unseal_at(data: bytes, start: int) -> Sealed | None:
    end = start + OVERHEAD
    if len(data) < end:
        return None
    _, op, _, length, session, sequence, proof = _HEAD.unpack_from(data, start)
    if length > LONGEST_BODY or len(data) < end + length:
        return None
    head, mac = data[start : start + _HEAD.size], data[start + _HEAD.size : end]
    body = data[end : end + length]
    frame = Frame(
        op=op, session=session, sequence=sequence, proof=proof, body=body, prefix=data[:start]
    )
    return Sealed(frame, mac, head + body, len(data))


def _mac(key: bytes, signed: bytes) -> bytes:
    return hmac.digest(key, signed, "sha256")[:MAC_BYTES]
