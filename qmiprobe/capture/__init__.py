# SPDX-License-Identifier: GPL-2.0-or-later
"""Readers and writers of what was recorded: traces of control ports, and captures."""

from __future__ import annotations

from qmiprobe.capture._captured import Captured, Protocol
from qmiprobe.capture._decoded import Decoded, Decoder
from qmiprobe.capture._detect import Format, read_messages
from qmiprobe.capture._hex import looks_like_hex, parse_hex
from qmiprobe.capture._protocol import protocol_of
from qmiprobe.capture._redact import redact
from qmiprobe.capture._titles import title
from qmiprobe.capture._trace import open_trace, read_trace
from qmiprobe.capture._write_pcapng import PcapngWriter

__all__ = [
    "Captured",
    "Decoded",
    "Decoder",
    "Format",
    "PcapngWriter",
    "Protocol",
    "looks_like_hex",
    "open_trace",
    "parse_hex",
    "protocol_of",
    "read_messages",
    "read_trace",
    "redact",
    "title",
]
