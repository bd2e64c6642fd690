# SPDX-License-Identifier: GPL-2.0-or-later
"""What a control port showed while it was used: latencies, and all that did not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from qmiprobe._wire import Note

MOST = 200
"""Anomalies kept whole; further ones are counted by kind."""
USUAL = frozenset(
    (
        *("assumed-mbimex", "assumed-vendor", "bad-buffer", "fragment", "short"),
        *("trailing-bytes", "trailing-zeros", "unexpected-tlv", "unknown-tlv", "unknown-value"),
        "unprintable",
    )
)
"""Notes about bytes as other versions of a firmware write them: nothing that is known is lost."""


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

    def remark(self, name: str, notes: Iterable[Note], raw: bytes, at: float) -> None:
        """Keep what is odd about an answer's bytes, unless it is usual; ``name`` says of what."""
        for note in notes:
            if note.code not in USUAL:
                self.record(note.code, f"{name}: {note.text}", raw, at)
