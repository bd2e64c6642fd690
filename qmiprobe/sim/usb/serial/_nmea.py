# SPDX-License-Identifier: GPL-2.0-or-later
"""The sentences of a GPS port that sees no satellite (NMEA 0183)."""

from __future__ import annotations

_WITHOUT_FIX = (
    "GPGSV,1,1,00",
    "GPGGA,,,,,,0,,,,,,,,",
    "GPVTG,,T,,M,,N,,K,N",
    "GPRMC,,V,,,,,,,,,,N",
    "GPGSA,A,1,,,,,,,,,,,,,,,",
)


def sentence(text: str) -> bytes:
    """Return a sentence with its ``$``, checksum and end."""
    value = 0
    for byte in text.encode("ascii"):
        value ^= byte
    return f"${text}*{value:02X}\r\n".encode("ascii")


def without_fix() -> bytes:
    """Return what such a port says each second."""
    return b"".join(map(sentence, _WITHOUT_FIX))
