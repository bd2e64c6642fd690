# SPDX-License-Identifier: GPL-2.0-or-later
"""Masks the personal values in one MBIM message, for traces, reports and everything printed."""

from __future__ import annotations

from collections.abc import Callable

from qmiprobe._redact import mask, mask_runs
from qmiprobe._wire import Span
from qmiprobe.errors import DecodeError
from qmiprobe.mbim import _registry
from qmiprobe.mbim._careful import decode
from qmiprobe.mbim._header import Packet


def redact(
    data: bytes, *, mbimex: str | None = None, inner: Callable[[bytes], bytes] | None = None
) -> bytes:
    """Return ``data`` in the same length without what is personal; never raises.

    ``inner`` redacts the QMI message that the service ``qmi`` carries; without it that message is
    masked as a whole, and so is what a single fragment carries. Elsewhere, what cannot be
    decoded loses only long runs of digits.
    """
    try:
        message, spans = decode(data, mbimex=mbimex)
    except DecodeError:
        return mask_runs(data)
    packet = message.packet
    start, end = packet.buffer_at, packet.buffer_at + len(packet.buffer)
    if inner is not None and _carries_qmi(packet):
        redacted = inner(packet.buffer)
        if len(redacted) == len(packet.buffer):
            rest = [span for span in spans if span.start >= end]
            return mask(data[:start] + redacted + data[end:], rest, ())
    if message.notes and start:  # perhaps another layout: what was taken for a number may be text
        spans.append(Span(start, end, "unknown"))
    return mask(data, spans, [(start, end)])


def _carries_qmi(packet: Packet) -> bool:
    return packet.total == 1 and _registry.service_name(packet.service.text) == "qmi"
