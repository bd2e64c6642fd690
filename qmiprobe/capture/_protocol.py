# SPDX-License-Identifier: GPL-2.0-or-later
"""Tells QMI from MBIM by the first bytes of a message."""

from __future__ import annotations

from qmiprobe.capture._captured import Protocol
from qmiprobe.errors import DecodeError
from qmiprobe.mbim._frame import MESSAGE_TYPES
from qmiprobe.qmi._frame import MARKER


def protocol_of(data: bytes) -> Protocol:
    """Return which protocol a message is of; DecodeError where it begins like neither.

    MBIM's OPEN begins with QMI's marker too, but with a length that no QMUX frame has.
    """
    if int.from_bytes(data[:4], "little") in MESSAGE_TYPES and len(data) >= 4:
        return "mbim"
    if data[:1] == bytes((MARKER,)):
        return "qmi"
    if not data:
        raise DecodeError("no bytes")
    raise DecodeError(f"{data[:4].hex()} begins neither a QMUX frame (01) nor an MBIM message")


def recognised(data: bytes) -> tuple[Protocol | None, DecodeError | None]:
    """Return what :func:`protocol_of` says of a message: its protocol, or why there is none."""
    try:
        return protocol_of(data), None
    except DecodeError as unknown:
        return None, unknown
