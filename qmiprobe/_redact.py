# SPDX-License-Identifier: GPL-2.0-or-later
"""Masks personal values in messages; every length stays, so that the rest reads as before.

A digit becomes 0, another character X, octets and numbers 0. In bytes that no definition speaks
of, runs of digits are masked that are long enough to name a subscriber.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from qmiprobe._wire import Span

_RUN = re.compile(rb"[0-9]{8,}")
_WIDE_RUN = re.compile(rb"(?:[0-9]\0){7,}[0-9]")
# Where no personal value is expected, only what is nearly as long as an IMSI is taken for one.
_IDENTITY = re.compile(rb"[0-9]{14,}")
_WIDE_IDENTITY = re.compile(rb"(?:[0-9]\0){13,}[0-9]")

_KEPT = b"\x00\xff+"  # fill, and the sign of an international number
_TEXT = bytes(
    code if code in _KEPT else ord("0") if chr(code) in "0123456789" else ord("X")
    for code in range(256)
)


def mask(data: bytes, spans: Iterable[Span], values: Iterable[tuple[int, int]]) -> bytes:
    """Return ``data`` with what stands in ``spans`` masked.

    Elsewhere in ``values``, the places where values stand, only digits as many as an IMSI has.
    """
    out = bytearray(data)
    for start, end, kind in spans:
        part = bytes(out[start:end])
        if kind == "octets":
            part = bytes(len(part))
        elif kind == "text":
            part = part.translate(_TEXT)
        elif kind == "utf-16":
            part = _mask_wide(part)
        else:
            part = mask_runs(part)
        out[start:end] = part
    for start, end in values:
        part = _mask_digits(bytes(out[start:end]), _IDENTITY)
        out[start:end] = _mask_digits(part, _WIDE_IDENTITY)
    return bytes(out)


def mask_runs(data: bytes) -> bytes:
    """Return ``data`` with every run of eight or more digits masked, also of UTF-16 ones."""
    return _mask_digits(_mask_digits(data, _RUN), _WIDE_RUN)


def _mask_digits(data: bytes, pattern: re.Pattern[bytes]) -> bytes:
    return pattern.sub(lambda match: match[0].translate(_TEXT), data)


def _mask_wide(data: bytes) -> bytes:
    units = [int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data) - 1, 2)]
    masked = [
        unit if unit in (0, ord("+")) else ord("0") if chr(unit) in "0123456789" else ord("X")
        for unit in units
    ]
    return b"".join(unit.to_bytes(2, "little") for unit in masked) + bytes(len(data) % 2)
