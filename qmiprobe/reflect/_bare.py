# SPDX-License-Identifier: GPL-2.0-or-later
"""The packets of a run of data: a magic, a tag and a number, not signed each.

A signed frame opens a run; from then on both sides know its tag, which nobody else can guess. Such
a packet is counted and never answered, so who sees the tag on its way can spoil a figure only.
"""

from __future__ import annotations

import hmac
import struct

from ._messages import Tally

MAGIC = b"QPRD"
_HEAD = struct.Struct("!4s8sI")
BARE_BYTES = _HEAD.size
"""The fewest bytes that such a packet carries."""
NUMBER = struct.Struct("!I")
NUMBER_AT = 12
_TAG_BYTES = 8
_SEEN = 4096
"""So many packets late a second copy is still told from a late first one."""
_NEVER = 0xFF


def tag_of(key: bytes, run: int, *, down: bool) -> bytes:
    """Return what marks the packets of one run, one way, of the session with ``key``."""
    way = b"down" if down else b"up"
    return hmac.digest(key, b"run" + way + run.to_bytes(4, "big"), "sha256")[:_TAG_BYTES]


def head(tag: bytes) -> bytes:
    """Return what a packet begins with, its number 0."""
    return _HEAD.pack(MAGIC, tag, 0)


def read_head(buffer: bytes | bytearray, length: int, start: int = 0) -> tuple[bytes, int] | None:
    """Return tag and number of the packet at ``start``, ``length`` bytes long; None: another."""
    if length < BARE_BYTES:
        return None
    magic, tag, number = _HEAD.unpack_from(buffer, start)
    return (tag, number) if magic == MAGIC else None


class Count:
    """What has come of a run: each packet once, whatever their order. Its memory is bounded."""

    def __init__(self, run: int) -> None:
        self.run = run
        self.packets = 0
        self.size = 0
        """Bytes of IP packets."""
        self.late = 0
        """Packets that came after one that was sent later."""
        self.twice = 0
        self.first_ns = self.last_ns = 0
        self._highest = -1
        self._seen = bytearray([_NEVER]) * _SEEN

    def take(self, number: int, *, size: int, at_ns: int) -> None:
        """Count packet ``number``, from 0, of ``size`` bytes."""
        slot, lap = number % _SEEN, number // _SEEN % _NEVER
        if number > self._highest:
            self._highest = number
        elif number > self._highest - _SEEN and self._seen[slot] == lap:
            self.twice += 1
            return
        else:
            self.late += 1
        if number > self._highest - _SEEN:
            self._seen[slot] = lap
        if not self.packets:
            self.first_ns = at_ns
        self.packets += 1
        self.size += size
        self.last_ns = at_ns

    def tally(self) -> Tally:
        """Return it as it is told to the other side."""
        return Tally(
            run=self.run,
            packets=self.packets,
            size=self.size,
            first_ns=self.first_ns,
            last_ns=self.last_ns,
            late=self.late,
            twice=self.twice,
        )
