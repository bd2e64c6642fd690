# SPDX-License-Identifier: GPL-2.0-or-later
"""MBIM framing: where one MBIM message or fragment ends on a control port.

An MBIM header is message type, message length (header included) and transaction id, each
a little-endian u32. On the port every fragment is a message of its own.
"""

from __future__ import annotations

from typing import ClassVar

from qmiprobe._framing import Framer

MESSAGE_TYPES = frozenset(
    (
        *(0x00000001, 0x00000002, 0x00000003, 0x00000004),
        *(0x80000001, 0x80000002, 0x80000003, 0x80000004, 0x80000007),
    )
)
"""OPEN, CLOSE, COMMAND, HOST_ERROR; their answers, FUNCTION_ERROR, INDICATE_STATUS."""
HEADER_SIZE = 12
"""Bytes of the header, and the shortest message there is (CLOSE)."""
DEFAULT_LIMIT = 0x10000
"""Longest message accepted when nothing else is known, in bytes."""

_TYPE_BYTES = tuple(value.to_bytes(4, "little") for value in sorted(MESSAGE_TYPES))


class MbimFramer(Framer):
    """Whole MBIM messages out of bytes; plausible are a known type and a length.

    ``limit``: longest message in bytes that is believed; a longer one is garbage.
    """

    header_size: ClassVar[int] = 8

    def __init__(self, *, limit: int = DEFAULT_LIMIT) -> None:
        if limit < HEADER_SIZE:
            raise ValueError(f"limit is {limit}, the shortest message has {HEADER_SIZE} bytes")
        super().__init__(limit=limit)

    def message_length(self, data: bytes) -> int | None:
        if not any(known.startswith(data[:4]) for known in _TYPE_BYTES):
            return None
        if len(data) < 8:
            return 0
        length = int.from_bytes(data[4:8], "little")
        return length if HEADER_SIZE <= length <= self._limit else None
