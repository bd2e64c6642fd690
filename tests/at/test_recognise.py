# SPDX-License-Identifier: GPL-2.0-or-later
"""What a serial port speaks is known by what it sends, and noise is nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.at import recognise
from qmiprobe.sim.usb.serial._nmea import sentence, without_fix

# Version request of the diagnostic protocol, and its escape byte inside a frame.
QCDM = bytes.fromhex("00 78 f0 7e")


@pytest.mark.parametrize(
    ("data", "spoken"),
    [
        (b"\r\nOK\r\n", "at"),
        (b"AT\r\r\nERROR\r\n", "at"),
        (b"\r\n+CME ERROR: 10\r\n", "at"),
        (b"\r\n+CREG: 1,5\r\n", "at"),
        (b"\r\n^RSSI:18\r\n", "at"),
        (b"\r\nRING\r\n", "at"),
        (without_fix(), "nmea"),
        (sentence("PQTMVER,1"), "nmea"),
        (QCDM, "qcdm"),
        (b"garbage\x7e" + QCDM, "qcdm"),
        (b"", None),
        (b"AT\r", None),
        (b"OKAY then\r\n", None),
        (without_fix().replace(b"*", b"*0"), None),
        (QCDM[:-1], None),
        (bytes([QCDM[0] ^ 1, *QCDM[1:]]), None),
        (b"\x7e\x7e\x7e\x7e", None),
    ],
)
def test_each_language_is_known_by_its_marks(data: bytes, spoken: str | None):
    assert recognise(data) == spoken


def test_a_frame_with_escaped_bytes_is_read():
    # 7d 5e stands for 7e, 7d 5d for 7d; the checksum is over what they stand for.
    inner = bytes([0x4B, 0x7E, 0x7D, 0x01])
    value = 0xFFFF
    for byte in inner:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x8408 if value & 1 else 0)
    whole = inner + (value ^ 0xFFFF).to_bytes(2, "little")
    escaped = b"".join(bytes([0x7D, b ^ 0x20]) if b in (0x7D, 0x7E) else bytes([b]) for b in whole)
    assert recognise(escaped + b"\x7e") == "qcdm"


@given(st.binary(max_size=300))
def test_any_bytes_can_be_looked_at(data: bytes):
    assert recognise(data) in (None, "at", "nmea", "qcdm")


def test_noise_is_hardly_ever_taken_for_a_language():
    chance = random.Random(7)
    taken = sum(recognise(chance.randbytes(400)) is not None for _ in range(300))
    assert taken <= 3
