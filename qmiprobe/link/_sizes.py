# SPDX-License-Identifier: GPL-2.0-or-later
"""Packets of certain sizes that vanish while larger ones pass: lengths that USB takes badly.

A transfer that ends at a whole number of USB packets (512 bytes at high speed, 1024 at super
speed) needs a short one after it; where the driver or the modem gets that wrong, just those packets
are lost, with the Ethernet header of 14 bytes or without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import trio

from ._packets import require_names
from ._pmtu_up import ways_up
from ._sized import Method
from ._sockets import require_netdev
from ._volley import Inconclusive, Volleys

if TYPE_CHECKING:
    from qmiprobe.bearer import BearerFacts, IPAddress, Targets

    from ._sized import Way

WHOLE_SECONDS = 12.0
_ETHERNET = 14
_USB_PACKETS = (512, 1024)
_GRID = 128
_AT_ONCE = 12
_CONFIRMATIONS = 2
_MOST_HOLES = 0.5
"""Share of all sizes; more of them do not vanish by their size."""


@dataclass(frozen=True, kw_only=True)
class SizeFacts:
    """What became of packets of many sizes; sizes are bytes of an IP packet."""

    family: int
    tried: tuple[int, ...] = ()
    holes: tuple[int, ...] = ()
    """Lost nine times each, while a larger size passed."""
    lost: tuple[int, ...] = ()
    """Lost with no larger size that passes: the matter of the path MTU."""
    target: IPAddress | None = None
    both_ways: bool = False
    """Whether the answers were as large (echo)."""
    inconclusive: str | None = None


def sizes_to_try(most: int) -> tuple[int, ...]:
    """Return sizes up to ``most``: around what USB packets are long, and a grid between."""
    around = {
        whole * packet - header + step
        for packet in _USB_PACKETS
        for whole in range(1, most // packet + 1)
        for header in (0, _ETHERNET)
        for step in (-1, 0, 1)
    }
    grid = range(_GRID, most + 1, _GRID)
    return tuple(sorted(size for size in around | {*grid, most} if _GRID <= size <= most))


async def measure_sizes(
    bearer: BearerFacts, *, targets: Targets, family: int, most: int, both_ways: bool = True
) -> SizeFacts:
    """Return which sizes up to ``most`` vanish, within 12 s; ``both_ways`` by echo requests.

    Raises CannotTest when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    require_names(targets.existing_name)
    ways = [
        way
        for way in ways_up(bearer, targets, family)
        if way.method is Method.ECHO or not both_ways
    ]
    run = _Run(family, both_ways=both_ways)
    with trio.move_on_after(WHOLE_SECONDS):
        async with trio.open_nursery() as nursery:
            try:
                await run.measure(ways, Volleys(nursery), sizes_to_try(most))
            except Inconclusive as reason:
                run.inconclusive = str(reason)
            else:
                run.inconclusive = None
            nursery.cancel_scope.cancel()
    return run.facts()


class _Run:
    def __init__(self, family: int, *, both_ways: bool) -> None:
        self.inconclusive: str | None = f"no end within {WHOLE_SECONDS:g} s"
        self._family = family
        self._both_ways = both_ways
        self._way: Way | None = None
        self._tried: set[int] = set()
        self._passed: set[int] = set()

    async def measure(self, ways: list[Way], volleys: Volleys, sizes: tuple[int, ...]) -> None:
        way = self._way = await volleys.choose(ways)
        sizes = tuple(size for size in sizes if size >= way.control_size)
        for start in range(0, len(sizes), _AT_ONCE):
            await self._fly(volleys, way, sizes[start : start + _AT_ONCE])
        for _ in range(_CONFIRMATIONS):
            lost = sorted(self._tried - self._passed)
            for start in range(0, len(lost), _AT_ONCE):
                await self._fly(volleys, way, tuple(lost[start : start + _AT_ONCE]))

    async def _fly(self, volleys: Volleys, way: Way, sizes: tuple[int, ...]) -> None:
        outcome = await volleys.fly(way, sizes)
        self._tried |= set(sizes)
        self._passed |= outcome.passed

    def facts(self) -> SizeFacts:
        """Return what is known now: holes only where all was asked often enough."""
        lost = sorted(self._tried - self._passed) if self.inconclusive is None else []
        largest = max(self._passed, default=0)
        if len(lost) > _MOST_HOLES * len(self._tried):
            lost, self.inconclusive = [], "the host answers only some of all packets"
        return SizeFacts(
            family=self._family,
            tried=tuple(sorted(self._tried)),
            holes=tuple(size for size in lost if size < largest),
            lost=tuple(size for size in lost if size > largest),
            target=self._way.target if self._way else None,
            both_ways=self._both_ways,
            inconclusive=self.inconclusive,
        )
