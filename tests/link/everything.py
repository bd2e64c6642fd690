# SPDX-License-Identifier: GPL-2.0-or-later
"""All measurements at once on one simulated network, beside a decoy; once for each fault."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import trio

from qmiprobe import link
from qmiprobe.sim.dataplane import NetworkFaults
from tests.netns import run_in_netns

from .bed import decoy, network, settle

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

HEALTHY = NetworkFaults()


@dataclass
class Everything:
    """What all measurements found, and how long each took."""

    returned: link.ReturnFacts = field(init=False)
    dns: link.DnsFacts = field(init=False)
    http: link.HttpFacts = field(init=False)
    up: dict[int, link.PmtuFacts] = field(default_factory=dict)
    down: dict[int, link.DownFacts] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    leaked: list[bytes] = field(default_factory=list)
    """Packets that left by the decoy."""
    left: int = 0
    """Packets that left by the session's netdev."""


@cache
def everything(faults: NetworkFaults = HEALTHY, *, host_mtu: int = 1500) -> Everything:
    """Return what all measurements find on a network with ``faults``."""
    return run_in_netns(_measure, faults, host_mtu)


async def _measure(faults: NetworkFaults, host_mtu: int) -> Everything:
    result = Everything()
    async with network(faults, host_mtu=host_mtu) as bed:
        bearer, targets = bed.bearer, bed.targets

        async def timed(name: str, measure: Callable[[], Awaitable[None]]) -> None:
            started = time.monotonic()
            await measure()
            result.seconds[name] = time.monotonic() - started

        async def returned() -> None:
            result.returned = await link.measure_return(bearer, targets=targets)

        async def names() -> None:
            result.dns = await link.ask_dns(bearer, targets=targets)

        async def pages() -> None:
            result.http = await link.fetch_pages(bearer, targets=targets)

        async def up() -> None:
            async with trio.open_nursery() as nursery:
                for family in (4, 6):
                    nursery.start_soon(up_of, family)

        async def up_of(family: int) -> None:
            facts = await link.measure_pmtu_up(bearer, targets=targets, family=family)
            result.up[family] = facts

        async def down() -> None:
            async with trio.open_nursery() as nursery:
                for family in (4, 6):
                    nursery.start_soon(down_of, family)

        async def down_of(family: int) -> None:
            facts = await link.measure_pmtu_down(bearer, targets=targets, family=family)
            result.down[family] = facts

        with decoy() as other:
            async with trio.open_nursery() as nursery:
                for measure in (returned, names, pages, up, down):
                    nursery.start_soon(timed, measure.__name__, measure)
            await settle()
            result.leaked = other.left()
            netdev = await link.read_netdev(bearer.netdev)
            result.left = netdev.counters.tx_packets
    return result
