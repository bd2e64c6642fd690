# SPDX-License-Identifier: GPL-2.0-or-later
"""The path MTU from this host up, exact to the byte, and whether a router would have said so.

Packets carry Don't Fragment and ignore the kernel's own idea of the path MTU; answers are small,
so that the way down has no part in it. The search is that of RFC 8899.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import trio

from ._netdev import read_netdev
from ._packets import require_names
from ._search import Search
from ._sized import Method, Way
from ._sockets import origin_toward, require_netdev
from ._tap import too_big_for
from ._volley import Inconclusive, Volleys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmiprobe.bearer import BearerFacts, IPAddress, Targets

WHOLE_SECONDS = 4.7
_BASE = {4: 1200, 6: 1280}
_SIZES_AT_ONCE = 4
_LARGEST = 65535
_MOST_TARGETS = 2


@dataclass(frozen=True, kw_only=True)
class PmtuFacts:
    """What the path up carries; sizes are bytes of an IP packet."""

    family: int
    netdev_mtu: int
    method: Method | None = None
    """How it was measured; None where nothing answered."""
    target: IPAddress | None = None
    size: int | None = None
    """The path MTU, at most the netdev's; None: see ``inconclusive``."""
    signalled: int | None = None
    """The smallest MTU that a router gave (fragmentation needed, packet too big); 0 from one that
    gave no number; None where no router said anything."""
    offender: IPAddress | None = None
    """The router that said so."""
    black_hole: bool = False
    """Packets above ``size`` vanish, and no router names ``size`` or less."""
    unheard: bool = False
    """A router did say so: it came in on the netdev and reached no socket."""
    probes: int = 0
    """Packets sent to find it, small ones not counted."""
    passes: int | None = None
    """The largest size that was seen to pass, also where the search came to no end."""
    fails: int | None = None
    """The smallest size that was seen not to pass; None where all passed."""
    inconclusive: str | None = None
    """Why there is no ``size``."""

    @property
    def both_ways(self) -> bool:
        """Whether the measure includes the way down (echo)."""
        return self.method is Method.ECHO


async def measure_pmtu_up(
    bearer: BearerFacts,
    *,
    targets: Targets,
    family: int,
    methods: frozenset[Method] = frozenset(Method),
    most: int = _LARGEST,
) -> PmtuFacts:
    """Return the path MTU up of IP family 4 or 6, within 5 s; with echo alone that of both ways.

    ``most`` (bytes) is where the search ends, if the netdev's MTU is larger. Raises CannotTest
    when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    require_names(targets.existing_name)
    netdev = await read_netdev(bearer.netdev)
    if not netdev.exists:
        return PmtuFacts(family=family, netdev_mtu=0, inconclusive="the netdev has just gone")
    with too_big_for(bearer.netdev, family) as told:
        with trio.move_on_after(WHOLE_SECONDS):
            async with trio.open_nursery() as nursery:
                full, near = min(netdev.mtu, most, _LARGEST), _near(bearer, family)
                run = _Run(family, full, Volleys(nursery), near=near)
                ways = ways_up(bearer, targets, family)
                await run.measure([way for way in ways if way.method in methods])
                nursery.cancel_scope.cancel()
        came_in = told()
    facts = run.facts()
    unheard = facts.black_hole and facts.signalled is None and came_in
    return replace(facts, unheard=unheard)


class _Run:
    """One measurement: what is known so far."""

    def __init__(
        self, family: int, netdev_mtu: int, volleys: Volleys, *, near: frozenset[IPAddress]
    ) -> None:
        self._family = family
        self._near = near
        self._netdev_mtu = netdev_mtu
        self._volleys = volleys
        self._way: Way | None = None
        self._search: Search | None = None
        self._all_pass = False
        self._inconclusive: str | None = f"no end within {WHOLE_SECONDS:g} s"

    async def measure(self, ways: list[Way]) -> None:
        """Find the size, or why there is none."""
        try:
            way = self._way = await self._volleys.choose(ways)
            await self._find(way, passes=way.control_size)
            if self._all_pass and way.target in self._near:
                await self._look_beyond()
            other = self._volleys.other_than(self._way)
            if self._search is not None and self._signalled() is None and other is not None:
                await self._doubt(self._search, other)
        except Inconclusive as reason:
            self._inconclusive = str(reason)
        else:
            self._inconclusive = None

    async def _find(self, way: Way, *, passes: int) -> None:
        """Search on ``way`` from a size that passes up to the netdev's MTU, which comes first."""
        full = self._netdev_mtu
        if full <= passes or full in (await self._volleys.fly(way, [full])).passed:
            self._all_pass, self._search = True, None
            return
        self._all_pass = False
        search = self._search = Search(low=passes, high=full, base=_BASE[self._family])
        while not search.done:
            sizes = search.next_sizes(_SIZES_AT_ONCE, hint=self._signalled())
            outcome = await self._volleys.fly(way, sizes)
            search.note(passed=outcome.passed, lost=outcome.lost)

    async def _look_beyond(self) -> None:
        """Ask a server beyond the operator's own, if one answers: the way to it may be narrower."""
        beyond = await self._volleys.answered_beyond(self._near)
        if beyond is not None:
            self._way = beyond
            await self._find(beyond, passes=beyond.control_size)

    async def _doubt(self, search: Search, other: Way) -> None:
        """Ask by another method: servers and filters drop large packets too, not paths alone."""
        larger = search.low + 1
        if larger in (await self._volleys.fly(other, [larger])).passed:
            self._way = other
            await self._find(other, passes=larger)

    def _signalled(self) -> int | None:
        told = (flight.signalled for flight in self._volleys.flights)
        return min((mtu for mtu in told if mtu is not None), default=None)

    def facts(self) -> PmtuFacts:
        """Return what is known now."""
        flights = self._volleys.flights
        passes = max((flight.size for flight in flights if flight.answered), default=None)
        size = self._netdev_mtu if self._all_pass else self._search.low if self._search else None
        if self._inconclusive is not None:
            size = None
        signalled = self._signalled()
        limited = size is not None and size < self._netdev_mtu
        return PmtuFacts(
            family=self._family,
            netdev_mtu=self._netdev_mtu,
            method=self._way.method if self._way else None,
            target=self._way.target if self._way else None,
            size=size,
            signalled=signalled,
            offender=next((f.offender for f in flights if f.signalled == signalled), None)
            if signalled is not None
            else None,
            black_hole=limited and (signalled is None or signalled > (size or 0)),
            probes=sum(flight.sent for flight in flights),
            passes=passes,
            fails=self._search.high if self._search else None,
            inconclusive=self._inconclusive,
        )


def _near(bearer: BearerFacts, family: int) -> frozenset[IPAddress]:
    """The network's own servers."""
    facts = bearer.family(family)
    return frozenset(facts.dns if facts is not None else ())


def ways_up(bearer: BearerFacts, targets: Targets, family: int) -> Iterator[Way]:
    """Yield how to send packets of a size: at most two targets a method, the best first."""
    facts = bearer.family(family)
    if facts is None:
        return
    # The network's own servers may stand before what is narrow: those beyond it come first.
    servers = [one for one in (*targets.resolvers, *facts.dns) if one.version == family]
    hosts = [host for host in targets.echo if host.version == family]
    near = [facts.gateway] if facts.gateway is not None else []
    for method, places in (
        (Method.DNS_PADDING, servers),
        (Method.CLOSED_PORT, hosts),
        (Method.ECHO, [*hosts, *near]),
    ):
        most = _MOST_TARGETS + (len(facts.dns) if method is Method.DNS_PADDING else 0)
        for place in list(dict.fromkeys(places))[:most]:
            yield Way(method, origin_toward(bearer, place), place, targets.existing_name)
