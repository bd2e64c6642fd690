# SPDX-License-Identifier: GPL-2.0-or-later
"""Times two ways of doing the same work, in turns, so that both meet the same machine.

The time is that of the processor: what else runs there counts as little as it can.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass


class Missing(Exception):
    """What a benchmark needs is not on this machine; the text says what."""


def judged(ratio: float, aim: float) -> str:
    """Return a ratio with its aim, and whether it is met."""
    return f"ratio {ratio:.2f} (aim {aim:g}: {'hit' if ratio <= aim else 'missed'})"


@dataclass(frozen=True)
class Comparison:
    """What one piece of the work takes, ours and the peer's, in seconds."""

    work: str
    ours: float
    peer: str
    theirs: float
    aim: float

    @property
    def ratio(self) -> float:
        """Ours by theirs: below 1 is faster than the peer."""
        return self.ours / self.theirs

    def __str__(self) -> str:
        ours, theirs = (f"{1e6 * seconds:.1f} us" for seconds in (self.ours, self.theirs))
        return f"{self.work}: {ours}, {self.peer} {theirs}, {judged(self.ratio, self.aim)}"


def in_turns(
    ours: Callable[[], None], theirs: Callable[[], None], *, pieces: int, rounds: int = 60
) -> tuple[float, float]:
    """Return the seconds that one of ``pieces`` takes: the best of ``rounds`` of each, in turns."""
    ours()
    theirs()
    best = [float("inf"), float("inf")]
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for index, work in enumerate((ours, theirs)):
                start = time.thread_time()
                work()
                best[index] = min(best[index], time.thread_time() - start)
    finally:
        gc.enable()
    return best[0] / pieces, best[1] / pieces
