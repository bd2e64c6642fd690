# SPDX-License-Identifier: GPL-2.0-or-later
"""One control message as some record has it: what every reader gives out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from qmiprobe._trace_format import Direction
from qmiprobe._wire import Note
from qmiprobe.errors import DecodeError

Protocol: TypeAlias = Literal["qmi", "mbim"]


@dataclass(frozen=True, kw_only=True)
class Captured:
    """The bytes of one message, with what the record says of it."""

    data: bytes
    direction: Direction | None = None
    time: float | None = None
    """Seconds, from where the record counts; None where it has no times."""
    is_coarse: bool = False
    """Whether the record's times are whole seconds, too coarse to time an answer."""
    port: str | None = None
    """The control port, as the record names it; None where it is of one and does not say which."""
    protocol: Protocol | None = None
    """None where the record does not say it: the bytes do."""
    error: DecodeError | None = None
    """Why the record gives no whole message; ``data`` is what there is of it, perhaps nothing."""
    notes: tuple[Note, ...] = ()
    """What is odd about the record, rather than the message."""
