# SPDX-License-Identifier: GPL-2.0-or-later
"""Loss and delay up and down told apart, over a radio that loses and delays one way alone."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from qmiprobe.link import EachWayFacts, OneWay, measure_each_way
from tests.bed.climbs import climbed
from tests.bed.recipe import Radio, Recipe
from tests.bed.reflector import far_of
from tests.bed.world import bed
from tests.netns import run_in_netns


def test_figures_of_one_way():
    one = OneWay(sent=6, lost=2, delays=(0.0, 0.010, None, 0.020, 0.0, None))
    assert one.jitter_s == pytest.approx(0.015)
    assert one.spread_s == 0.020
    assert one.loss_interval[0] < 2 / 6 < one.loss_interval[1]
    nothing = OneWay(sent=0, lost=0)
    assert (nothing.jitter_s, nothing.spread_s) == (None, None)


async def _measured(radio: Radio, silent: bool) -> EachWayFacts:
    recipe = Recipe(name="each way", cause="", finding=None, radio=radio)
    async with bed(recipe) as built, far_of(built) as far:
        if silent:
            built.nft("carrier: forward udp dport 47900 drop")
        return await measure_each_way(far, count=300, interval_s=0.004)


@pytest.mark.needs("netns", "tun")
@pytest.mark.parametrize("way", ["up", "down"])
def test_losses_are_laid_at_the_way_that_loses(way: str):
    radio = Radio(delay_s=0.01, loss_up=0.1 * (way == "up"), loss_down=0.1 * (way == "down"))
    got = run_in_netns(_measured, radio, False)
    assert got.up is not None
    assert got.down is not None
    lossy, other = (got.up, got.down) if way == "up" else (got.down, got.up)
    assert 0.04 < lossy.lost / lossy.sent < 0.2
    assert other.lost <= 3
    assert got.up.sent == 300
    assert got.down.sent == 300 - got.up.lost
    assert got.target == ip_address("203.0.113.10")


@pytest.mark.needs("netns", "tun")
def test_a_reflector_that_is_silent_over_udp_tells_nothing():
    got = run_in_netns(_measured, Radio(delay_s=0.01), True)
    assert got.up is None
    assert got.inconclusive == "the reflector does not answer over UDP"


@pytest.mark.needs("root", "netns", "tun")
def test_a_climb_says_which_way_loses():
    radio = Radio(delay_s=0.01, loss_up=0.25)
    recipe = Recipe(name="up", cause="", finding=None, radio=radio, needs_reflector=True)
    found = climbed(recipe, only="link.each-way")
    titles = [one.title for one in found.findings if one.id == "path/packet-loss"]
    assert len(titles) == 1
    assert titles[0].endswith("are lost, on the way up")
