# SPDX-License-Identifier: GPL-2.0-or-later
"""Masks the personal values in one QMUX frame, for traces, reports and everything printed."""

from __future__ import annotations

from qmiprobe._redact import mask, mask_runs
from qmiprobe.errors import DecodeError
from qmiprobe.qmi._careful import decode
from qmiprobe.qmi._sdu import parse_header, parse_tlvs


def redact(data: bytes, *, vendor: int | None = None) -> bytes:
    """Return ``data`` in the same length without what is personal; never raises.

    What cannot be decoded, and TLVs that no definition has, lose only long runs of digits.
    """
    try:
        _, spans = decode(data, vendor=vendor)
    except DecodeError:
        return mask_runs(data)
    tlvs = parse_tlvs(data, parse_header(data)[1])
    return mask(data, spans, [(tlv.start, tlv.end) for tlv in tlvs])
