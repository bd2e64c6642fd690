# SPDX-License-Identifier: GPL-2.0-or-later
"""The path MTU down, by the segments that arrive."""

from __future__ import annotations

import pytest

from qmiprobe.link import DownFacts, measure_pmtu_down
from qmiprobe.sim.dataplane import NetworkFaults
from tests.netns import run_in_netns

from .bed import network, nft
from .everything import everything

pytestmark = [pytest.mark.needs("netns"), pytest.mark.needs("tun")]
FAMILIES = pytest.mark.parametrize("family", [4, 6])


@FAMILIES
def test_a_path_as_wide_as_the_netdev_takes_one_connection(family: int) -> None:
    facts = everything().down[family]
    assert (facts.size, facts.offered, facts.black_hole) == (1500, 1500, False)
    assert (facts.fails, facts.inconclusive) == (None, None)
    assert [step.complete for step in facts.steps] == [True]


@FAMILIES
@pytest.mark.parametrize("size", [1358, pytest.param(900, marks=pytest.mark.soak)])
def test_a_black_hole_is_found_to_the_byte(size: int, family: int) -> None:
    found = everything(NetworkFaults(mtu_black_hole_down=size))
    facts = found.down[family]
    assert (facts.size, facts.passes, facts.fails) == (size, size, size + 1)
    assert facts.black_hole
    assert facts.steps[0].offered == facts.offered == 1500
    assert not facts.steps[0].complete
    assert found.seconds["down"] < 6.5


@FAMILIES
def test_a_size_that_a_router_tells_the_server_is_no_black_hole(family: int) -> None:
    facts = everything(NetworkFaults(mtu_down=1420)).down[family]
    assert (facts.size, facts.offered, facts.black_hole) == (1420, 1500, False)


@FAMILIES
def test_a_black_hole_up_does_not_show_here(family: int) -> None:
    facts = everything(NetworkFaults(mtu_black_hole_up=1358)).down[family]
    assert (facts.size, facts.black_hole) == (1500, False)


@FAMILIES
def test_a_page_that_is_not_the_wanted_one_is_inconclusive(family: int) -> None:
    facts = everything(NetworkFaults(walled_garden=True)).down[family]
    assert (facts.size, facts.black_hole) == (None, False)
    assert "status 302" in str(facts.inconclusive)


@FAMILIES
def test_no_connection_is_inconclusive(family: int) -> None:
    found = everything(NetworkFaults(phantom_session=True))
    facts = found.down[family]
    assert (facts.size, facts.black_hole) == (None, False)
    assert "no connection" in str(facts.inconclusive)
    assert found.seconds["down"] < 6.5


@pytest.mark.needs("nft")
def test_a_server_that_falls_silent_is_no_black_hole() -> None:
    async def body() -> DownFacts:
        async with network() as bed:
            nft("input tcp sport 80 tcp flags & (syn|ack) == ack meta length > 100 drop")
            return await measure_pmtu_down(bed.bearer, targets=bed.targets, family=4)

    facts = run_in_netns(body)
    assert (facts.size, facts.black_hole) == (None, False)
    assert "not the size" in str(facts.inconclusive)
