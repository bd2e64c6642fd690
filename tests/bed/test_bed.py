# SPDX-License-Identifier: GPL-2.0-or-later
"""The bed itself: it carries what it should, quickly, and a recipe changes what it says."""

from __future__ import annotations

import time

import pytest

from qmiprobe import link
from tests.netns import run_in_netns

from . import addresses
from .recipe import HEALTHY, Radio, Recipe
from .world import bed

pytestmark = [pytest.mark.needs("netns"), pytest.mark.needs("tun"), pytest.mark.needs("nft")]

SLOW_RADIO = Recipe(name="radio", cause="", finding=None, radio=Radio(delay_s=0.03))


async def _look(recipe: Recipe) -> tuple[link.ReturnFacts, link.DnsFacts, link.HttpFacts, float]:
    begin = time.monotonic()
    async with bed(recipe) as built:
        seconds = time.monotonic() - begin
        returned = await link.measure_return(built.bearer, targets=built.targets, enough=3)
        names = await link.ask_dns(built.bearer, targets=built.targets)
        pages = await link.fetch_pages(built.bearer, targets=built.targets)
        return returned, names, pages, seconds


@pytest.mark.parametrize("recipe", [HEALTHY, SLOW_RADIO], ids=lambda recipe: recipe.name)
def test_a_healthy_bed_carries_everything(recipe: Recipe):
    returned, names, pages, seconds = run_in_netns(_look, recipe)
    for family in (4, 6):
        assert returned.answered_kinds_of(family) == set(link.ProbeKind)
    assert set(names.resolving) == set(addresses.DNS.values())
    assert names.hijacked == ()
    assert all(page.as_expected for page in pages.pages)
    assert len(pages.pages) == 8
    assert seconds < 5  # 0.15 s on a calm machine


def test_the_radio_takes_its_time():
    returned, *_ = run_in_netns(_look, SLOW_RADIO)
    latencies = [probe.latency_s for probe in returned.probes if probe.latency_s is not None]
    assert min(latencies) >= 0.06


def test_rules_and_commands_act_in_their_places():
    recipe = Recipe(
        name="own",
        cause="",
        finding=None,
        nft=("carrier: forward meta l4proto tcp drop",),
        steps=("client: ip -6 route del default",),
    )

    async def body() -> tuple[frozenset[link.ProbeKind], bool]:
        async with bed(recipe) as built:
            returned = await link.measure_return(built.bearer, targets=built.targets)
            route = await link.find_route(addresses.SERVER[6], netdev="wwan0")
            return returned.answered_kinds_of(4), route.found

    kinds, routed = run_in_netns(body)
    assert kinds == {link.ProbeKind.ECHO, link.ProbeKind.DNS}
    assert not routed
