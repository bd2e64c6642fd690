# SPDX-License-Identifier: GPL-2.0-or-later
"""What was measured, ready to be drawn: from facts, by their names, the same for every view."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from qmiprobe.diagnosis import Facts

_FAMILIES = (("v4", "IPv4"), ("v6", "IPv6"))
_FEW = 10
"""Round trips below this are no series."""
_ETHERNET = 1500


class RoundTrips(NamedTuple):
    """A series of small packets at a steady pace, over one IP family."""

    family: str
    times: tuple[float | None, ...]
    """Milliseconds, in the order of sending; None: nothing came back."""
    lost: int
    rationed: bool
    """What did not come back was left out by the host, not lost."""
    interval_ms: float | None

    @property
    def ordered(self) -> list[float]:
        """The times that there are, the shortest first."""
        return sorted(one for one in self.times if one is not None)

    @property
    def median(self) -> float:
        """The median, milliseconds."""
        return median(self.ordered)

    @property
    def p95(self) -> float:
        """What 95 of 100 round trips kept below, milliseconds."""
        known = self.ordered
        return known[math.ceil(0.95 * len(known)) - 1]


class Largest(NamedTuple):
    """The largest packet that passes on one way."""

    way: str
    size: int
    black_hole: bool
    """Larger ones vanish without a word; else they are said to be too large, or not sent."""
    mtu: int | None
    """What the netdev would send, bytes."""


class Tried(NamedTuple):
    """Sizes that were sent over one IP family, and which of them vanished."""

    family: str
    sizes: tuple[int, ...]
    holes: frozenset[int]


class Lifetime(NamedTuple):
    """How long something that is idle lives, seconds."""

    what: str
    outlived: float
    """The longest silence that it outlived."""
    ended: float | None
    """The shortest one that it did not; None: it outlived all that were tried."""

    @property
    def said(self) -> str:
        """The same in words."""
        if self.ended is None:
            return f"{self.outlived:g} s and more"
        return f"{self.outlived:g} s to {self.ended:g} s"


class Waiting(NamedTuple):
    """The median round trip without and with load."""

    when: str
    milliseconds: float
    lost: float | None
    """Share of small packets lost meanwhile."""


class Rate(NamedTuple):
    """Throughput of one way."""

    way: str
    mbit: float


def round_trips(facts: Facts) -> Iterator[RoundTrips]:
    """Give the series of each family."""
    for key, family in _FAMILIES:
        root = f"link.rtt.{key}"
        times = _numbers(facts, f"{root}.times_ms")
        if sum(one is not None for one in times) < _FEW:
            continue
        lost = facts.integer(f"{root}.lost") or 0
        rationed = facts.flag(f"{root}.rationed") or False
        yield RoundTrips(family, times, lost, rationed, facts.number(f"{root}.interval_ms"))


def _numbers(facts: Facts, name: str) -> tuple[float | None, ...]:
    values = facts.get(name)
    if not isinstance(values, Sequence) or isinstance(values, str):
        return ()
    return tuple(
        float(one) if isinstance(one, int | float) and not isinstance(one, bool) else None
        for one in values
    )


def largest(facts: Facts) -> Iterator[Largest]:
    """Give the path MTU of each way of the link, and inside a tunnel."""
    for key, family in _FAMILIES:
        for root, way in (("link.pmtu_up", "up"), ("link.pmtu_down", "down")):
            mtu = facts.integer("netdev.mtu") if way == "up" else None
            yield from _largest(facts, f"{root}.{key}", f"{family} {way}", mtu)
    yield from _largest(facts, "vpn.outer", "outside", facts.integer("vpn.carrier.mtu"))
    mtu = facts.integer("vpn.mtu")
    for key, family in _FAMILIES:
        root = f"vpn.inner.{key}"
        yield from _largest(facts, f"{root}.up", f"{family} inside, up", mtu)
        yield from _largest(facts, f"{root}.echo", f"{family} inside, and back", mtu)


def _largest(facts: Facts, root: str, way: str, mtu: int | None) -> Iterator[Largest]:
    size = facts.integer(f"{root}.size")
    if size is not None:
        hole = facts.flag(f"{root}.black_hole") or False
        yield Largest(way, size, hole, mtu or (_ETHERNET if hole else None))


def tried_sizes(facts: Facts) -> Iterator[Tried]:
    """Give the sizes of each family of which some vanish while larger ones pass."""
    for key, family in _FAMILIES:
        tried = facts.numbers(f"link.sizes.{key}.tried")
        holes = frozenset(facts.numbers(f"link.sizes.{key}.holes"))
        if tried and holes:
            yield Tried(family, tried, holes)


def lifetimes(facts: Facts) -> Iterator[Lifetime]:
    """Give the lifetimes of what is idle, of the link and below a tunnel."""
    for outlived, ended, what in (
        ("link.nat_lifetime.unreplied.at_least_s", ".below_s", "UDP, one packet"),
        ("link.nat_lifetime.replied.at_least_s", ".below_s", "UDP, both ways"),
        ("link.tcp_idle.at_least_s", ".below_s", "TCP"),
        ("vpn.nat.kept_s", ".lost_s", "below the tunnel"),
    ):
        lived = facts.number(outlived)
        if lived is not None:
            yield Lifetime(what, lived, facts.number(outlived.rpartition(".")[0] + ended))


def waiting(facts: Facts) -> tuple[Waiting, ...]:
    """Return the round trips without and with load; none where there is nothing to compare."""
    found = tuple(
        Waiting(when, milliseconds, facts.number(f"link.load.{name}_loss"))
        for name, when in (("idle", "idle"), ("down", "while loading"), ("up", "while sending"))
        if (milliseconds := facts.number(f"link.load.{name}_ms")) is not None
    )
    return found if len(found) > 1 else ()


def rates(facts: Facts) -> Iterator[Rate]:
    """Give the throughput of each way."""
    for way in ("down", "up"):
        mbit = facts.number(f"link.load.{way}_mbit")
        if mbit is not None:
            yield Rate(way, mbit)
