# SPDX-License-Identifier: GPL-2.0-or-later
"""Lifetimes of what is idle: found to half a second, whatever they are, and lost packets or not."""

from __future__ import annotations

import pytest
import trio

from qmiprobe.link import measure_nat_lifetime, measure_tcp_idle
from qmiprobe.link._lifetimes import RESOLUTION, End, Lifetime, search
from tests.bed.recipe import Recipe
from tests.bed.reflector import far_of
from tests.bed.world import bed
from tests.netns import run_in_netns

LONGEST = 600.0
VALUES = (4.2, 8.0, 30.0, 60.0, 119.7, 180.0, 433.0)


async def _search(lifetime: float, *, lost: frozenset[int] = frozenset()) -> Lifetime:
    asked = [0]

    async def late(delay: float) -> End | None:
        asked[0] += 1
        number = asked[0]
        await trio.sleep(delay + 0.05)
        if delay < lifetime and number not in lost:
            return None
        await trio.sleep(1.5)
        return End.SILENCE

    return await search(late, longest_s=LONGEST, resolution_s=RESOLUTION)


@pytest.mark.autojump
@pytest.mark.parametrize("lifetime", VALUES)
async def test_a_lifetime_is_found_to_half_a_second(lifetime: float):
    started = trio.current_time()
    found = await _search(lifetime)
    assert found.seconds is not None
    assert abs(found.seconds - lifetime) <= RESOLUTION
    assert found.at_least < lifetime <= (found.below or 0)
    # each round takes as long as the next longer delay of the ladder, or two above it
    assert trio.current_time() - started < 6 * lifetime + 15


@pytest.mark.autojump
@pytest.mark.parametrize("number", [1, 5, 8, 20, 25])
async def test_an_answer_that_is_lost_is_no_end(number: int):
    found = await _search(60.0, lost=frozenset({number}))
    assert found.seconds is not None
    assert abs(found.seconds - 60.0) <= 3 * RESOLUTION


@pytest.mark.autojump
async def test_what_outlives_all_has_no_end():
    found = await _search(10_000.0)
    assert (found.at_least, found.below, found.seconds, found.end) == (LONGEST, None, None, None)


_KEY = "net.netfilter.nf_conntrack_udp_timeout"


def _recipe(unreplied: int, replied: int) -> Recipe:
    step = f"carrier: sysctl -qw {_KEY}={unreplied} {_KEY}_stream={replied}"
    return Recipe(name="forgets", cause="", finding=None, steps=(step,))


async def _in_bed(unreplied: int, replied: int) -> tuple[float | None, float | None]:
    async with bed(_recipe(unreplied, replied)) as built, far_of(built) as far:
        facts = await measure_nat_lifetime(far, longest_s=max(unreplied, replied) + 3.0)
        return facts.unreplied.seconds, facts.replied.seconds


def _hold(unreplied: int, replied: int) -> None:
    found = run_in_netns(_in_bed, unreplied, replied, timeout=100 + 10 * replied)
    for seconds, truth in zip(found, (unreplied, replied), strict=True):
        assert seconds is not None
        assert abs(seconds - truth) <= 0.5, found


@pytest.mark.needs("netns")
@pytest.mark.needs("tun")
@pytest.mark.needs("nft")
def test_mappings_of_a_real_nat_are_found():
    _hold(2, 4)


@pytest.mark.soak
@pytest.mark.needs("netns")
@pytest.mark.needs("tun")
@pytest.mark.needs("nft")
@pytest.mark.parametrize(
    ("unreplied", "replied"), [(4, 8), (10, 15), (20, 30), (30, 60), (45, 120)]
)
def test_mappings_of_a_real_nat_are_found_to_half_a_second(unreplied: int, replied: int):
    _hold(unreplied, replied)


@pytest.mark.needs("netns")
@pytest.mark.needs("tun")
@pytest.mark.needs("nft")
def test_a_connection_that_nobody_ends_lives():
    async def body() -> Lifetime:
        async with bed() as built, far_of(built) as far:
            return await measure_tcp_idle(far, longest_s=2.5)

    found = run_in_netns(body)
    assert (found.at_least, found.below) == (2.5, None)
