# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines of a trace: what went over a control port, when, in which direction, as hex.

A trace is JSON lines: one header, then one entry a message. Written by ``transport``, read
by ``capture``; neither may know the other, so what both need is here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

FORMAT = "qmiprobe-trace/1"

Direction = Literal["to-device", "from-device"]
Kind = Literal["frame", "garbage"]


@dataclass(frozen=True, kw_only=True)
class TraceHeader:
    """What a trace says of itself."""

    version: str
    """Of the qmiprobe that wrote it."""
    protocol: str | None = None
    """``qmi`` or ``mbim``."""
    port: str | None = None
    max_command: int | None = None
    """Longest command that the port took, in bytes."""


@dataclass(frozen=True, kw_only=True)
class TraceEntry:
    """One whole message, or garbage, that went over the port."""

    time: float
    """Seconds since the trace began."""
    direction: Direction
    data: bytes
    kind: Kind = "frame"
    name: str | None = None
    """What the message is called, where the writer knew."""


def header_line(header: TraceHeader) -> str:
    """The first line of a trace, without line end."""
    return json.dumps(
        {
            "format": FORMAT,
            "tool": {"name": "qmiprobe", "version": header.version},
            "protocol": header.protocol,
            "port": header.port,
            "max_command": header.max_command,
        }
    )


def entry_line(entry: TraceEntry) -> str:
    """One line of a trace, without line end; the time is cut to microseconds."""
    line: dict[str, object] = {
        "t": round(entry.time, 6),
        "dir": entry.direction,
        "hex": entry.data.hex(),
        "kind": entry.kind,
    }
    if entry.name is not None:
        line["name"] = entry.name
    return json.dumps(line)
