# SPDX-License-Identifier: GPL-2.0-or-later
"""What a control port showed while it was used: latencies, and all that did not fit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

MOST = 200
"""Anomalies kept whole; further ones are counted by kind."""


@dataclass(frozen=True)
class Anomaly:
    """Something that a sound modem does not do; ``at`` is trio's clock, seconds."""

    kind: str
    text: str
    raw: bytes
    at: float


@dataclass
class Observed:
    """Evidence of one use of a port."""

    anomalies: list[Anomaly] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    """Seconds from each request to its answer, in order."""
    dropped_indications: int = 0

    def record(self, kind: str, text: str, raw: bytes, at: float) -> None:
        """Keep an anomaly."""
        self.counts[kind] += 1
        if len(self.anomalies) < MOST:
            self.anomalies.append(Anomaly(kind, text, raw, at))
