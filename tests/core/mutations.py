# SPDX-License-Identifier: GPL-2.0-or-later
"""Damages messages the way that buses, firmware and attackers do; all from a seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

EXTREMES = (
    0,
    1,
    2,
    7,
    8,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFF,
)


def _flip(random: Random, data: bytearray, other: bytes) -> None:
    for _ in range(random.randint(1, 4)):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _cut(random: Random, data: bytearray, other: bytes) -> None:
    del data[random.randrange(len(data)) :]


def _drop(random: Random, data: bytearray, other: bytes) -> None:
    at = random.randrange(len(data))
    del data[at : at + random.randint(1, 9)]


def _insert(random: Random, data: bytearray, other: bytes) -> None:
    at = random.randrange(len(data))
    data[at:at] = random.randbytes(random.randint(1, 9))


def _splice(random: Random, data: bytearray, other: bytes) -> None:
    del data[random.randrange(len(data)) :]
    data += other[random.randrange(len(other)) :]


def _lie(random: Random, data: bytearray, other: bytes) -> None:
    """Put an extreme or near number where a length, count or offset may stand."""
    size = random.choice((1, 2, 4))
    at = random.randrange(len(data))
    near = int.from_bytes(data[at : at + size], "little") + random.randint(-4, 4)
    number = random.choice((near, random.choice(EXTREMES), random.randrange(len(data) + 9)))
    data[at : at + size] = (number & ((1 << 8 * size) - 1)).to_bytes(size, "little")


def _noise(random: Random, data: bytearray, other: bytes) -> None:
    at = random.randrange(len(data))
    data[at : at + 16] = random.randbytes(16)


def _twice(random: Random, data: bytearray, other: bytes) -> None:
    at = random.randrange(len(data))
    data[at:at] = data[at : at + random.randint(3, 30)]


_WAYS: tuple[Callable[[Random, bytearray, bytes], None], ...] = (
    _flip, _cut, _drop, _insert, _splice, _lie, _lie, _noise, _twice,
)  # fmt: skip


def damaged(random: Random, message: bytes, other: bytes) -> bytes:
    """Return ``message`` damaged in one to three ways; ``other`` is what gets spliced in."""
    data = bytearray(message)
    for _ in range(random.randint(1, 3)):
        if not data:
            break
        random.choice(_WAYS)(random, data, other)
    return bytes(data)


def mend_qmux(data: bytes) -> bytes:
    """Return ``data`` with the lengths of the QMUX frame, the SDU and its last TLV put right."""
    size = 12 if len(data) > 4 and data[4] == 0 else 13
    if len(data) < size:
        return data
    mended = bytearray(data)
    at = size
    while len(mended) - at >= 3:
        room = len(mended) - at - 3
        length = min(int.from_bytes(mended[at + 1 : at + 3], "little"), room)
        mended[at + 1 : at + 3] = length.to_bytes(2, "little")
        at += 3 + length
    del mended[at:]
    data = bytes(mended)
    mended[0:3] = b"\x01" + ((len(data) - 1) & 0xFFFF).to_bytes(2, "little")
    mended[size - 2 : size] = ((len(data) - size) & 0xFFFF).to_bytes(2, "little")
    return bytes(mended)


def mend_mbim(data: bytes) -> bytes:
    """Return ``data`` with the lengths of the MBIM message and its buffer put right."""
    mended = bytearray(data)
    mended[4:8] = len(data).to_bytes(4, "little")
    at = 40 if mended[:4] == b"\x07\0\0\x80" else 44
    if len(mended) >= at + 4:
        mended[12:20] = b"\x01\0\0\0\0\0\0\0"
        mended[at : at + 4] = (len(mended) - at - 4).to_bytes(4, "little")
    return bytes(mended)
