# SPDX-License-Identifier: GPL-2.0-or-later
"""QMUX framing: where one QMI message ends on a control port and the next begins.

A QMUX header is marker 0x01, length u16 (the bytes after the marker), flags, service,
client id. All little-endian.
"""

from __future__ import annotations

from typing import ClassVar

from qmiprobe._framing import Framer

MARKER = 0x01
FLAGS_FROM_HOST = 0x00
FLAGS_FROM_SERVICE = 0x80
MAX_MESSAGE = 0x10000
"""Longest QMUX message in bytes: the length field, and the marker that it does not count."""
MIN_LENGTH = 5 + 6
"""Smallest value of the length field: the rest of the header and a CTL message of 6 bytes."""


class QmuxFramer(Framer):
    """Whole QMUX messages out of bytes; plausible are marker, length and flags.

    What service and client say is not looked at, nor whether the message inside is sound.
    """

    header_size: ClassVar[int] = 4

    def __init__(self) -> None:
        super().__init__(limit=MAX_MESSAGE)

    def message_length(self, data: bytes) -> int | None:
        if data and data[0] != MARKER:
            return None
        if len(data) < 3:
            return 0
        length = data[1] | data[2] << 8
        if length < MIN_LENGTH:
            return None
        if len(data) < 4:
            return 0
        return 1 + length if data[3] in (FLAGS_FROM_HOST, FLAGS_FROM_SERVICE) else None
