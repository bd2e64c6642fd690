# SPDX-License-Identifier: GPL-2.0-or-later
"""Loss and delay of each way by itself: small datagrams to a reflector, which notes what came.

The two clocks differ by nobody knows what, so of the delays of one way their variation is told
alone: what they are above the quickest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING

from qmiprobe.reflect import FarRefused

from ._rtt import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmiprobe.bearer import IPAddress
    from qmiprobe.reflect import Echo, Far, Flow

_TRIES = 5
_SILENT = "the reflector does not answer over UDP"


@dataclass(frozen=True, kw_only=True)
class OneWay:
    """What became of packets one way."""

    sent: int
    lost: int
    delays: tuple[float | None, ...] = ()
    """Seconds above the quickest, in the order of sending; None: not known."""

    @property
    def loss_interval(self) -> tuple[float, float]:
        """Where the share of loss lies with 95 % confidence (Wilson)."""
        return wilson(self.lost, self.sent)

    @property
    def jitter_s(self) -> float | None:
        """Mean difference between packets that follow one another (RFC 3393)."""
        steps = [
            abs(later - earlier)
            for earlier, later in pairwise(self.delays)
            if earlier is not None and later is not None
        ]
        return fmean(steps) if steps else None

    @property
    def spread_s(self) -> float | None:
        """What 95 of 100 stay below, above the quickest (RFC 5481)."""
        delays = sorted(one for one in self.delays if one is not None)
        return delays[max(0, math.ceil(0.95 * len(delays)) - 1)] if delays else None


@dataclass(frozen=True, kw_only=True)
class EachWayFacts:
    """A series of small datagrams to the reflector and back."""

    family: int
    target: IPAddress
    up: OneWay | None = None
    down: OneWay | None = None
    by_kernel: int = 0
    """Of how many both times on this host are the kernel's own."""
    inconclusive: str | None = None


async def measure_each_way(far: Far, *, count: int, interval_s: float) -> EachWayFacts:
    """Return what becomes of ``count`` datagrams each way, within their time and some seconds."""
    family, target = int(far.address.version), far.address
    try:
        async with far.flow() as flow:
            before, _ = await _ask(flow)  # what comes first wakes the radio, too
            if before is None:
                return EachWayFacts(family=family, target=target, inconclusive=_SILENT)
            echoes = await flow.series(count, interval_s=interval_s)
            after, tries = await _ask(flow)
    except (OSError, FarRefused) as error:
        return EachWayFacts(family=family, target=target, inconclusive=str(error))
    if after is None:
        return EachWayFacts(family=family, target=target, inconclusive=_SILENT)
    asked_after = (after.window & ((1 << tries) - 1)).bit_count()
    reached = min(count, max(0, after.received - before.received - asked_after))
    came = sum(echo is not None for echo in echoes)
    reached = max(reached, came)
    return EachWayFacts(
        family=family,
        target=target,
        up=OneWay(sent=count, lost=count - reached, delays=_delays(echoes, up=True)),
        down=OneWay(sent=reached, lost=reached - came, delays=_delays(echoes, up=False)),
        by_kernel=sum(echo.by_kernel for echo in echoes if echo is not None),
    )


async def _ask(flow: Flow) -> tuple[Echo | None, int]:
    """Return the first answer, and how many packets it took."""
    for tries in range(1, _TRIES + 1):
        echo = await flow.echo()
        if echo is not None:
            return echo, tries
    return None, _TRIES


def _delays(echoes: Sequence[Echo | None], *, up: bool) -> tuple[float | None, ...]:
    times = [None if one is None else (one.up_ns if up else one.down_ns) for one in echoes]
    least = min((one for one in times if one is not None), default=0)
    return tuple(None if one is None else (one - least) / 1e9 for one in times)
