# SPDX-License-Identifier: GPL-2.0-or-later
"""What a data session is asked with, what it gives, and why it was refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from qmiprobe.bearer import FamilyFacts
from qmiprobe.errors import QmiprobeError

START_TIMEOUT = 180.0
"""Seconds; networks have been seen to take minutes, and ModemManager waits as long."""
STOP_TIMEOUT = 5.0
QUERY_TIMEOUT = 10.0


@dataclass(frozen=True, kw_only=True)
class SessionRequest:
    """What the user wants; empty fields are the network's or the profile's choice."""

    apn: str = ""
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    families: tuple[int, ...] = (4, 6)
    profile: int | None = None
    timeout: float = START_TIMEOUT


@dataclass(frozen=True)
class Refusal:
    """Why the network or the modem refused: a reason's type, number and name."""

    family: int
    """4 or 6; 0 where one request was for both."""
    type: str
    """``3gpp``, ``internal``, ``cm``, ...: QMI's verbose types; ``call-end-reason`` the old
    one; ``nw-error`` and ``status`` of MBIM; ``qmi-error``."""
    number: int
    name: str

    def __str__(self) -> str:
        return f"{self.type} {self.number} ({self.name})"


class SessionRefused(QmiprobeError):
    """No family came up; ``refusals`` says why for each."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("; ".join(str(refusal) for refusal in refusals))
        self.refusals = refusals


async def _no_counters() -> tuple[int, int] | None:
    return None


@dataclass
class DataSession:
    """A session that is up."""

    families: tuple[FamilyFacts, ...]
    refusals: tuple[Refusal, ...] = ()
    """Families that were asked for and not granted."""
    owner: str = "qmiprobe"
    """``other`` where somebody else started it."""
    session_id: int = 0
    packets: Callable[[], Awaitable[tuple[int, int] | None]] = _no_counters
    """Reads the modem's own counters: packets sent and received; None where it has none."""
