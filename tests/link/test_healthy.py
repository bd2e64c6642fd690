# SPDX-License-Identifier: GPL-2.0-or-later
"""In a bed without a fault nothing is found, over a wire and over a radio, time and again."""

from __future__ import annotations

import encodings.idna  # noqa: F401  # nobody may be unable to read the interpreter's own files
from dataclasses import replace

import pytest

from qmiprobe.check import climb
from qmiprobe.check.link import LINK_LADDER, LinkOptions, open_link
from qmiprobe.diagnosis import Outcome
from tests.bed.climbs import PACE, climbs
from tests.bed.matrix import Found, check
from tests.bed.recipe import HEALTHY, Radio, Recipe
from tests.bed.world import bed
from tests.netns import run_in_netns
from tests.nobody import become_nobody

pytestmark = [
    pytest.mark.needs("netns"),
    pytest.mark.needs("tun"),
    pytest.mark.needs("nft"),
    pytest.mark.time_limit(900),  # others have their turn first
]

SLOW = Radio(delay_s=0.03, jitter_s=0.01)
KINDS = (
    HEALTHY,
    replace(HEALTHY, name="radio", radio=SLOW),
    replace(HEALTHY, name="ipv4", families=(4,)),
    replace(
        HEALTHY,
        name="firewall",
        nft=(
            "client: input iifname lo accept",
            "client: input ct state { established, related } accept",
            "client: input icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept",
            "client: input drop",
            "client: output ct state invalid drop",
            "client: forward drop",
        ),
    ),
    replace(HEALTHY, name="signalled-mtu", mtu=1500),
    replace(
        HEALTHY,
        name="others-beside",
        steps=(
            "client: echo 1 > /proc/sys/net/ipv4/conf/all/rp_filter",
            "client: echo 1 > /proc/sys/net/ipv4/conf/wwan0/rp_filter",
            "client: ip link add other0 type veth peer name other1",
            "client: ip addr add 10.8.0.2/24 dev other0",
            "client: ip link set other0 up",
            "client: ip link set other1 up",
            "client: ip route add 172.16.0.0/12 via 10.8.0.1 dev other0",
            "client: ip route add default via 10.8.0.1 dev other0 metric 2000",
            "client: ip rule add fwmark 0x1 lookup 100",
        ),
    ),
    replace(
        HEALTHY,
        name="small-mtu",
        mtu=1430,
        steps=("client: ip link set wwan0 mtu 1430", "carrier: ip link set ue mtu 1430"),
    ),
)


@pytest.fixture(scope="module")
def found() -> Found:
    """What the ladder says of each kind of a healthy bed."""
    return climbs(KINDS)


@pytest.mark.parametrize("recipe", KINDS, ids=lambda recipe: recipe.name)
def test_a_healthy_bed_has_no_finding(recipe: Recipe, found: Found):
    check(recipe, found)
    climbed = found[recipe.name]
    assert not isinstance(climbed, BaseException)
    failed = [one for one in climbed.verdicts if one.outcome in (Outcome.FAIL, Outcome.BLOCKED)]
    assert failed == [], f"\n{climbed}"


async def _climb_as_nobody() -> tuple[set[Outcome], list[str], str]:
    async with bed(HEALTHY) as built:
        options = LinkOptions(
            netdev="wwan0",
            targets=built.targets,
            bearer=built.bearer,
            pace=PACE,
            resolv_conf="/nonexistent",
        )
        become_nobody()
        async with open_link(options) as context:
            report = await climb(LINK_LADDER, context, timeout=90)
    skipped = next(one for one in report.verdicts if one.check == "link.protocol-walk")
    outcomes = {one.outcome for one in report.verdicts}
    return outcomes, [one.id for one in report.findings], skipped.summary


@pytest.mark.needs("root")
def test_a_plain_user_is_told_what_could_not_be_tested_and_nothing_is_found():
    outcomes, findings, skipped = run_in_netns(_climb_as_nobody, timeout=110)
    assert findings == []
    assert outcomes <= {Outcome.PASS, Outcome.WARN, Outcome.SKIPPED}
    assert "CAP_NET_RAW" in skipped


@pytest.mark.soak
def test_a_healthy_bed_has_no_finding_fifty_times():
    many = [replace(kind, name=f"{kind.name}-{n}") for n in range(10) for kind in KINDS]
    found = climbs(many)
    for recipe in many:
        check(recipe, found)
