# SPDX-License-Identifier: GPL-2.0-or-later
"""A decoded QMI message."""

from __future__ import annotations

from dataclasses import dataclass, field

from qmiprobe._message import Message
from qmiprobe._wire import Note
from qmiprobe.qmi._sdu import Header
from qmiprobe.qmi.services._shared import Error

RESULT = 0x02
"""The Result TLV: status u16, error u16; in every response."""


@dataclass(frozen=True)
class Result:
    """What a response says of its request."""

    ok: bool
    error: Error

    def __str__(self) -> str:
        return "success" if self.ok else f"{self.error} ({int(self.error)})"


@dataclass(slots=True)
class QmiMessage:
    """A decoded message: header, body where it is defined, and what was odd about the bytes."""

    header: Header
    raw: bytes
    result: Result | None = None
    """Only in responses; None where the TLV is missing."""
    body: Message | None = None
    """None where the message is not defined: ``header`` still names it by number."""
    notes: tuple[Note, ...] = ()
    unknown: dict[int, bytes] = field(default_factory=dict)
    """TLVs that the definition does not have or that it cannot read, by number."""
