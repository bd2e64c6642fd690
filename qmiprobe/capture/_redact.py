# SPDX-License-Identifier: GPL-2.0-or-later
"""Masks personal values in a message of either protocol, QMI inside MBIM included."""

from __future__ import annotations

from functools import partial

from qmiprobe.capture._captured import Protocol
from qmiprobe.mbim import _redact as _mbim
from qmiprobe.qmi import _redact as _qmi


def redact(
    data: bytes, *, protocol: Protocol | None, mbimex: str | None = None, vendor: int | None = None
) -> bytes:
    """Return ``data`` with personal values masked, of the same length; takes any bytes.

    ``protocol`` None: bytes that mean nothing, in which long runs of digits are masked.
    ``mbimex`` and ``vendor`` (USB vendor id) choose among layouts, as when decoding.
    """
    if protocol == "mbim":
        return _mbim.redact(data, mbimex=mbimex, inner=partial(_qmi.redact, vendor=vendor))
    return _qmi.redact(data, vendor=vendor)
