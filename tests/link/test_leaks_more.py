# SPDX-License-Identifier: GPL-2.0-or-later
"""No packet of a measurement leaves by another netdev, whatever the way does to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

import pytest
import trio

from qmiprobe import link
from tests.bed.recipe import HEALTHY, Recipe
from tests.bed.reflector import far_of
from tests.bed.world import bed
from tests.netns import run_in_netns

from .bed import decoy

pytestmark = [pytest.mark.needs("netns"), pytest.mark.needs("tun"), pytest.mark.needs("nft")]

FILTERED = Recipe(
    name="filtered",
    cause="",
    finding=None,
    nft=(
        "carrier: forward meta l4proto { esp, gre } reject with icmpx type admin-prohibited",
        "carrier: forward udp dport { 500, 4500 } drop",
        "carrier: forward tcp dport { 22, 1723 } reject with tcp reset",
        "carrier: forward ip ecn != not-ect drop",
        "carrier: early ip frag-off & 0x1fff != 0 drop",
        "carrier: nat-in iifname ue tcp dport 443 redirect to :8080",
    ),
)


async def _measure_all(recipe: Recipe) -> tuple[list[bytes], int]:
    async with bed(recipe) as built:
        bearer, targets = built.bearer, built.targets
        calls: list[Callable[[], Awaitable[object]]] = []
        for family in (4, 6):
            for measure in (
                link.measure_fragments,
                link.measure_marks,
                link.measure_nat_type,
                link.measure_options,
                link.measure_ports,
                link.measure_protocols,
            ):
                calls.append(partial(measure, bearer, targets=targets, family=family))  # noqa: PERF401
            calls.append(
                partial(
                    link.measure_rtt, bearer, targets=targets, family=family, count=20,
                    interval_s=0.01,
                )
            )  # fmt: skip
            calls.append(
                partial(link.measure_sizes, bearer, targets=targets, family=family, most=1500)
            )
        with decoy() as other:
            async with trio.open_nursery() as nursery:
                for call in calls:
                    nursery.start_soon(call)
            async with far_of(built) as far:
                await link.measure_shapes(far)
                await link.measure_load(
                    bearer, targets=targets, family=4, seconds=0.3, most_bytes=10**6, far=far
                )
            await link.measure_load(
                bearer, targets=targets, family=6, seconds=0.3, most_bytes=10**6
            )
            await trio.sleep(3.5)  # until sockets that were kept for late answers are closed
            left = other.left()
        netdev = await link.read_netdev(bearer.netdev)
        return left, netdev.counters.tx_packets


@pytest.mark.parametrize("recipe", [HEALTHY, FILTERED], ids=lambda recipe: recipe.name)
def test_nothing_leaves_by_another_netdev(recipe: Recipe):
    left, sent = run_in_netns(_measure_all, recipe, timeout=90)
    assert [packet.hex() for packet in left] == []
    assert sent > 300
