# SPDX-License-Identifier: GPL-2.0-or-later
"""One control message as some record has it: what every reader gives out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from qmiprobe._trace_format import Direction
from qmiprobe.errors import DecodeError

Protocol: TypeAlias = Literal["qmi", "mbim"]


@dataclass(frozen=True, kw_only=True)
class Captured:
    """The bytes of one message, with what the record says of it."""

    data: bytes
    direction: Direction | None = None
    time: float | None = None
    """Seconds, from where the record counts; None where it has no times."""
    protocol: Protocol | None = None
    """None where the record does not say it: the bytes do."""
    error: DecodeError | None = None
    """Why the record gives no whole message; ``data`` is what there is of it, perhaps nothing."""
