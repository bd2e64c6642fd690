# SPDX-License-Identifier: GPL-2.0-or-later
"""The path MTU behind real routers: exact to the byte, up and down, with and without ICMP.

The bed's routers are Linux's own: what they say, and what they drop, is theirs.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import pytest

from qmiprobe.link import measure_pmtu_down, measure_pmtu_up
from qmiprobe.link._together import together
from tests.bed.recipe import Recipe
from tests.bed.world import Bed, bed
from tests.netns import run_in_netns

pytestmark = [pytest.mark.needs("netns"), pytest.mark.needs("tun"), pytest.mark.needs("nft")]

SIZES = (1499, 1473, 1428, 1358, 1340, 1300)
MANY = (
    *range(1281, 1500, 8),
    1400,
    1416,
    1420,
    1430,
    1436,
    1440,
    1452,
    1460,
    1472,
    1480,
    1492,
    1498,
)
_SILENT = (
    "carrier: output icmp type destination-unreachable drop",
    "carrier: output icmpv6 type packet-too-big drop",
    "net: output icmp type destination-unreachable drop",
    "net: output icmpv6 type packet-too-big drop",
)


@dataclass(frozen=True)
class Found:
    """What was found of one family."""

    up: int | None
    down: int | None
    up_hole: bool
    down_hole: bool
    signalled: int | None


async def _measure(built: Bed, family: int) -> Found:
    ups, downs = [], []

    async def up() -> None:
        ups.append(await measure_pmtu_up(built.bearer, targets=built.targets, family=family))

    async def down() -> None:
        downs.append(await measure_pmtu_down(built.bearer, targets=built.targets, family=family))

    await together((up, down))
    (going,), (coming,) = ups, downs
    return Found(going.size, coming.size, going.black_hole, coming.black_hole, going.signalled)


async def _all(size: int, icmp: bool) -> dict[int, Found]:
    steps = (f"carrier: ip link set ul mtu {size}", f"net: ip link set dn mtu {size}")
    recipe = Recipe(name="narrow", cause="", finding=None, steps=steps, nft=() if icmp else _SILENT)
    async with bed(recipe) as built:
        found = await together(partial(_measure, built, family) for family in (4, 6))
        return dict(zip((4, 6), found, strict=True))


def _found(case: tuple[int, bool]) -> dict[int, Found]:
    return run_in_netns(_all, *case, timeout=60)


def _all_found(sizes: Sequence[int]) -> dict[tuple[int, bool], dict[int, Found]]:
    """Measure all sizes with and without ICMP, several beds at once: it is mostly waiting."""
    cases = [(size, icmp) for size in sizes for icmp in (True, False)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork beside the pool's own thread
        with ProcessPoolExecutor(2 * (os.cpu_count() or 1), mp_context=get_context("fork")) as pool:
            return dict(zip(cases, pool.map(_found, cases), strict=True))


@pytest.fixture(scope="module")
def six() -> dict[tuple[int, bool], dict[int, Found]]:
    """What is found of six sizes."""
    return _all_found(SIZES)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("family", [4, 6])
def test_without_icmp_it_is_exact_both_ways(
    size: int, family: int, six: dict[tuple[int, bool], dict[int, Found]]
):
    assert six[size, False][family] == Found(size, size, True, True, None)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("family", [4, 6])
def test_with_icmp_it_is_exact_both_ways(
    size: int, family: int, six: dict[tuple[int, bool], dict[int, Found]]
):
    assert six[size, True][family] == Found(size, size, False, False, size)


@pytest.mark.soak
def test_forty_sizes_are_exact():
    wrong = {}
    for (size, icmp), families in _all_found(MANY).items():
        for family, found in families.items():
            told = size if icmp else None
            if found != Found(size, size, not icmp, not icmp, told):
                wrong[size, icmp, family] = found
    assert len(MANY) == 40
    assert wrong == {}
