# SPDX-License-Identifier: GPL-2.0-or-later
"""Readers and writers of what was recorded: traces of control ports, and captures.

Each is loaded when it is first asked for: who shows one answer reads no capture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe._later import loader

if TYPE_CHECKING:
    from qmiprobe.capture._captured import Captured, Protocol
    from qmiprobe.capture._decoded import Decoded, Decoder
    from qmiprobe.capture._detect import Format, read_messages
    from qmiprobe.capture._hex import looks_like_hex, parse_hex
    from qmiprobe.capture._protocol import protocol_of
    from qmiprobe.capture._redact import redact
    from qmiprobe.capture._titles import title
    from qmiprobe.capture._trace import open_trace, read_trace
    from qmiprobe.capture._write_pcapng import PcapngWriter

_LATER = {
    "Captured": "_captured",
    "Decoded": "_decoded",
    "Decoder": "_decoded",
    "Format": "_detect",
    "PcapngWriter": "_write_pcapng",
    "Protocol": "_captured",
    "looks_like_hex": "_hex",
    "open_trace": "_trace",
    "parse_hex": "_hex",
    "protocol_of": "_protocol",
    "read_messages": "_detect",
    "read_trace": "_trace",
    "redact": "_redact",
    "title": "_titles",
}

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

__getattr__ = loader(__name__, _LATER)
