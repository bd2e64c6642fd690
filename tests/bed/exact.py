# SPDX-License-Identifier: GPL-2.0-or-later
"""The radio of the bed as a process of its own that the scheduler lets go first.

Within the test's own loop packets wait for whatever else runs there, and deadlines are rounded up
to a millisecond: on a loaded machine that is most of a small jitter. This one is late by some
hundredths of a millisecond, so what is measured across it can be held against what it was told.
It knows delay, jitter, order and loss, nothing else.
"""

from __future__ import annotations

import contextlib
import heapq
import os
import random
import select
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import trio

if TYPE_CHECKING:
    from .recipe import Radio

_LONGEST = 65536
_PRIORITY = 10
_AT_ONCE = 32


async def exact_relay(up: int, down: int, radio: Radio) -> None:
    """Carry packets between the descriptors of wwan0 (``up``) and ue (``down``), for ever."""
    figures = [radio.delay_s, radio.jitter_s, radio.loss_up, radio.loss_down, radio.seed]
    command = [sys.executable, "-m", "tests.bed.exact", str(up), str(down), *map(str, figures)]
    if radio.keep_order:
        command.append("in-order")
    await trio.run_process(command, pass_fds=(up, down))


@dataclass
class _Way:
    source: int
    sink: int
    loss: float
    chance: random.Random
    last_due: float = 0.0


def _carry(ways: list[_Way], delay_s: float, jitter_s: float, *, in_order: bool) -> None:
    waiting: list[tuple[float, int, int, bytes]] = []
    number = 0
    by_source = {way.source: way for way in ways}
    while True:
        left = max(0.0, waiting[0][0] - time.monotonic()) if waiting else None
        for source in select.select(list(by_source), [], [], left)[0]:
            way = by_source[source]
            with contextlib.suppress(OSError):  # none is left, or the netdev is down
                for _ in range(_AT_ONCE):
                    packet = os.read(source, _LONGEST)
                    if way.chance.random() < way.loss:
                        continue
                    due = time.monotonic() + delay_s + way.chance.uniform(0, jitter_s)
                    due = way.last_due = max(due, way.last_due) if in_order else due
                    number += 1
                    heapq.heappush(waiting, (due, number, way.sink, packet))
        while waiting and waiting[0][0] <= time.monotonic():
            with contextlib.suppress(OSError):
                os.write(waiting[0][2], waiting[0][3])
            heapq.heappop(waiting)


def main() -> None:
    """Carry packets as the command line says."""
    with contextlib.suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(_PRIORITY))
    up, down = int(sys.argv[1]), int(sys.argv[2])
    delay_s, jitter_s, loss_up, loss_down = map(float, sys.argv[3:7])
    seed = int(sys.argv[7])
    ways = [
        _Way(up, down, loss_up, random.Random(seed)),
        _Way(down, up, loss_down, random.Random(seed + 1)),
    ]
    _carry(ways, delay_s, jitter_s, in_order="in-order" in sys.argv[8:])


if __name__ == "__main__":
    main()
