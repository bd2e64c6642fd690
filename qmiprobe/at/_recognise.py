# SPDX-License-Identifier: GPL-2.0-or-later
"""What a serial port speaks, by what it sends; pure.

A sentence or frame counts only with its checksum right: noise and another speed look like much.
"""

from __future__ import annotations

import re
from typing import Literal

Spoken = Literal["at", "nmea", "qcdm"]

_SENTENCE = re.compile(rb"\$(?P<text>[A-Z]{2,5}[^*\r\n$]{0,100})\*(?P<sum>[0-9A-Fa-f]{2})")
_END_OF_FRAME = 0x7E
_ESCAPE = 0x7D
_SHORTEST_FRAME = 3
_GOOD_CRC = 0xF0B8
"""Remainder of CRC-16/X-25 over a frame with its checksum (ISO/IEC 13239)."""
FINAL = re.compile(
    r"OK|ERROR|\+CM[ES] ERROR:.*|COMMAND NOT SUPPORT|CONNECT.*|NO (?:CARRIER|ANSWER|DIALTONE)|BUSY"
)
_UNASKED = re.compile(r"[+^%#$*][A-Z]{2,}[A-Z0-9]*:.*|RING")


def recognise(data: bytes) -> Spoken | None:
    """Return what sent ``data``; None for silence and for what is not known."""
    if any(_is_sentence(found) for found in _SENTENCE.finditer(data)):
        return "nmea"
    if _has_frame(data):
        return "qcdm"
    lines = (line.strip() for line in data.decode("ascii", "replace").splitlines())
    if any(FINAL.fullmatch(line) or _UNASKED.fullmatch(line) for line in lines):
        return "at"
    return None


def _is_sentence(found: re.Match[bytes]) -> bool:
    value = 0
    for byte in found["text"]:
        value ^= byte
    return value == int(found["sum"], 16)


def _has_frame(data: bytes) -> bool:
    """Whether a frame of the diagnostic protocol (HDLC as of ISO/IEC 13239) is in it."""
    for part in data.split(bytes([_END_OF_FRAME]))[:-1]:
        frame = _unescaped(part)
        if len(frame) >= _SHORTEST_FRAME and _crc(frame) == _GOOD_CRC:
            return True
    return False


def _unescaped(part: bytes) -> bytes:
    out, escaped = bytearray(), False
    for byte in part:
        if byte == _ESCAPE and not escaped:
            escaped = True
            continue
        out.append(byte ^ 0x20 if escaped else byte)
        escaped = False
    return bytes(out)


def _crc(data: bytes) -> int:
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x8408 if value & 1 else 0)
    return value
