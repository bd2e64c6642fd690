# SPDX-License-Identifier: GPL-2.0-or-later
"""How long what is idle lives on the way: a NAT's mappings, and connections of TCP.

The reflector answers late, on a flow or connection of its own for each delay: the longest answer
that still comes is the lifetime. All delays of a round run at once, so a round takes little longer
than the lifetime itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

import trio

from qmiprobe.errors import NoAnswer, TransportError

from ._together import together

if TYPE_CHECKING:
    from qmiprobe.reflect import Far

_SECONDS = "2 4 7 12 20 28 38 58 75 90 118 150 178 240 290 400 590 880"
LADDER = tuple(float(seconds) for seconds in _SECONDS.split())
"""Seconds; most are just below a usual setting (30, 60, 120, 180, 300)."""
RESOLUTION = 0.5
_MOST_AT_ONCE = 12
_MOST_ROUNDS = 4
_GRACE = 1.5
_GREETING_SECONDS = 4.0
_STREAM_AFTER, _STREAM_PACKETS = 2.25, 3
"""Linux takes a flow for a stream when packets go both ways still two seconds after the first."""


class End(StrEnum):
    """How an idle connection came to its end."""

    SILENCE = "silence"
    RESET = "reset"


@dataclass(frozen=True, kw_only=True)
class Lifetime:
    """How long something idle lives, in seconds."""

    at_least: float = 0.0
    """The longest delay after which an answer came."""
    below: float | None = None
    """The shortest one above it after which none did; None: all came."""
    end: End | None = None
    tried: tuple[float, ...] = ()

    @property
    def seconds(self) -> float | None:
        """The middle of the two; None where no delay was long enough."""
        return None if self.below is None else (self.at_least + self.below) / 2


@dataclass(frozen=True, kw_only=True)
class NatLifeFacts:
    """How long a NAT keeps a UDP mapping that nothing passes."""

    unreplied: Lifetime
    """After one packet that was not answered."""
    replied: Lifetime
    """After packets both ways: a stream."""


Late = Callable[[float], Awaitable[End | None]]
"""Ask for an answer so many seconds later; what came instead of it, None where it came."""


async def measure_nat_lifetime(
    far: Far, *, longest_s: float, resolution_s: float = RESOLUTION
) -> NatLifeFacts:
    """Return how long UDP mappings live, up to ``longest_s``.

    Takes about twice the lifetime, and ``longest_s`` where it is longer than that.
    """
    unreplied, replied = await together(
        partial(search, late, longest_s=longest_s, resolution_s=resolution_s)
        for late in (partial(_late_answer, far), partial(_late_in_stream, far))
    )
    return NatLifeFacts(unreplied=unreplied, replied=replied)


async def measure_tcp_idle(
    far: Far, *, longest_s: float, resolution_s: float = RESOLUTION
) -> Lifetime:
    """Return how long an idle TCP connection lives, up to ``longest_s``, as above."""
    return await search(partial(_late_by_tcp, far), longest_s=longest_s, resolution_s=resolution_s)


async def search(late: Late, *, longest_s: float, resolution_s: float) -> Lifetime:
    """Return the lifetime, by rounds of delays at once that close in on it."""
    run = _Search(late)
    low, high = 0.0, longest_s
    steps: Sequence[float] = (*(step for step in LADDER if step < longest_s), longest_s)
    for _ in range(_MOST_ROUNDS):
        await run.fly(steps)
        low = run.low
        if run.high is None:
            break
        high = run.high
        if high - low <= resolution_s:
            break
        count = min(_MOST_AT_ONCE, max(1, round((high - low) / resolution_s)))
        steps = [low + (high - low) * step / (count + 1) for step in range(1, count + 1)]
        steps.append(high)  # once more: one that is lost is no lifetime
    return run.facts()


class _Search:
    def __init__(self, late: Late) -> None:
        self._late = late
        self._ends: dict[float, End | None] = {}

    @property
    def low(self) -> float:
        """The longest that came."""
        return max((delay for delay, end in self._ends.items() if end is None), default=0.0)

    @property
    def high(self) -> float | None:
        """The shortest above that one which did not."""
        lost = (delay for delay, end in self._ends.items() if end is not None and delay > self.low)
        return min(lost, default=None)

    async def fly(self, steps: Sequence[float]) -> None:
        """Try all delays at once; those above two that stay away are not waited for."""
        gone: list[float] = []

        async def one(delay: float, scope: trio.CancelScope) -> None:
            end = await self._late(delay)
            if self._ends.get(delay, End.SILENCE) is not None:
                self._ends[delay] = end
            if end is not None:
                gone.append(delay)
            pending = [step for step in steps if step < max(gone, default=0.0)]
            if len(gone) > 1 and all(step in self._ends for step in pending):
                scope.cancel()

        async with trio.open_nursery() as nursery:
            for delay in steps:
                nursery.start_soon(one, delay, nursery.cancel_scope)

    def facts(self) -> Lifetime:
        """Return what is known now."""
        return Lifetime(
            at_least=self.low,
            below=self.high,
            end=self._ends[self.high] if self.high is not None else None,
            tried=tuple(sorted(self._ends)),
        )


async def _late_answer(far: Far, delay: float) -> End | None:
    async with far.flow() as flow:
        return None if await flow.delayed(delay, timeout=_GRACE) else End.SILENCE


async def _late_in_stream(far: Far, delay: float) -> End | None:
    async with far.flow() as flow:
        await flow.echo()
        for _ in range(_STREAM_PACKETS):
            await trio.sleep(_STREAM_AFTER / _STREAM_PACKETS)
            await flow.echo()
        return None if await flow.delayed(delay, timeout=_GRACE) else End.SILENCE


async def _late_by_tcp(far: Far, delay: float) -> End | None:
    try:
        async with far.stream() as connection:
            with trio.move_on_after(_GREETING_SECONDS):
                await connection.echo()
            with trio.move_on_after(delay + _GRACE):
                await connection.delayed(delay)
                return None
            return End.SILENCE
    except (OSError, NoAnswer, TransportError, trio.TooSlowError):
        return End.RESET
