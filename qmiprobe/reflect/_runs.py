# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs of data on a flow of their own: what a path carries of UDP, each way."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import trio

from ._ancillary import stamp
from ._bare import BARE_BYTES, Count, read_head, tag_of
from ._bulk import Segments, send_run, take_many
from ._far import FarRefused, run_of
from ._messages import Ask, Status

if TYPE_CHECKING:
    from ._far import Run
    from ._flow import Flow

_TRIES = 3
_LATE_SECONDS = 0.2
_SILENT_SECONDS = 1.0


class Counting:
    """Counts the packets of one run toward this side."""

    def __init__(self, key: bytes, run: int, *, headers: int, most: int) -> None:
        self.count = Count(run)
        self.whole = trio.Event()
        self._tag = tag_of(key, run, down=True)
        self._headers = headers
        self._most = most

    def take(self, buffer: bytearray, start: int, end: int) -> bool:
        """Return whether this part of the buffer is a packet of a run; one of this is counted."""
        bare = read_head(buffer, end - start, start)
        if bare is None:
            return False
        tag, number = bare
        if tag == self._tag:
            size = end - start + self._headers
            self.count.take(number, size=size, at_ns=time.time_ns())
            if self.count.packets >= self._most:
                self.whole.set()
        return True


async def data_up(flow: Flow, run: int, *, size: int, rate: float, seconds: float) -> Run:
    """Send run number ``run`` on a flow that is for nothing else; see ``Far.data_up``."""
    place = flow.place
    stamp(place.sock, sent=False)
    await flow.tally(run)  # begins it there
    payload = max(size - place.headers, BARE_BYTES)
    segments = Segments(place.sock, tag_of(flow.held.key, run, down=False), payload=payload)
    sent = await send_run(segments, size=payload + place.headers, rate=rate, seconds=seconds)
    await trio.sleep(_LATE_SECONDS)
    return run_of(await flow.tally(run), sent=sent)


async def data_down(flow: Flow, run: int, *, size: int, rate: float, count: int) -> Run:
    """Have run number ``run`` sent here, on a flow for nothing else; see ``Far.data_down``."""
    place = flow.place
    stamp(place.sock, sent=False)
    take_many(place.sock)
    counting = Counting(flow.held.key, run, headers=place.headers, most=count)
    flow.counting = counting
    ask = Ask(size=size, count=count, gap_us=int(size / rate * 1e6), run=run)
    for _ in range(_TRIES):
        if await flow.asked(ask, _SILENT_SECONDS) or counting.count.packets:
            break
    before = -1
    while before < counting.count.packets < count:  # as long as some come
        before = counting.count.packets
        with trio.move_on_after(_SILENT_SECONDS):
            await counting.whole.wait()
    sent = (await flow.tally(run)).packets
    if not sent:
        raise FarRefused(Status.TOO_LONG)
    return run_of(counting.count.tally(), sent=sent)
