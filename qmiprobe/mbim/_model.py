# SPDX-License-Identifier: GPL-2.0-or-later
"""A decoded MBIM message."""

from __future__ import annotations

from dataclasses import dataclass

from qmiprobe._message import Message
from qmiprobe._wire import Note
from qmiprobe.mbim._header import Packet
from qmiprobe.mbim.services._shared import ProtocolError, Status

MBIMEX = ("1.0", "2.0", "3.0", "4.0")
"""Versions of Microsoft's extensions, oldest first; a device never asked speaks 1.0."""


@dataclass(slots=True, kw_only=True)
class MbimMessage:
    """A decoded message: packet, body where it is defined, and what was odd about the bytes."""

    packet: Packet
    raw: bytes
    body: Message | None = None
    """None where nothing is defined, a refusal's buffer is empty or means nothing, or this is one
    fragment of several."""
    mbimex: str = "1.0"
    notes: tuple[Note, ...] = ()

    @property
    def direction(self) -> str:
        """Kind of definition: query, set, response or notification; empty for other messages."""
        return direction(self.packet)

    @property
    def status(self) -> Status | None:
        """Status of a done message; None for others."""
        done = ("open-done", "close-done", "command-done")
        return Status(self.packet.value) if self.packet.kind in done else None

    @property
    def error(self) -> ProtocolError | None:
        """Code of an error message; None for others."""
        errors = ("host-error", "function-error")
        return ProtocolError(self.packet.value) if self.packet.kind in errors else None


def direction(packet: Packet) -> str:
    """Return which definition a packet's buffer follows; empty where it has none."""
    if packet.kind == "command":
        return "set" if packet.value else "query"
    return {"command-done": "response", "indicate-status": "notification"}.get(packet.kind, "")
