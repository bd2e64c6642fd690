# SPDX-License-Identifier: GPL-2.0-or-later
"""What is made of measured sizes, also where time ended the search."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address

import pytest

from qmiprobe.check.vpn import VpnContext, VpnOptions
from qmiprobe.check.vpn._rungs_sizes import _as_far_as_known, _outer_of
from qmiprobe.link import Method, PmtuFacts
from qmiprobe.vpn import Kind, Tunnel
from tests.diagnosis.cases import Known, facts_of, failing, rule_called

ENDED = PmtuFacts(
    family=4,
    netdev_mtu=1420,
    method=Method.ECHO,
    passes=1300,
    fails=1380,
    inconclusive="no end within 4.7 s",
)


def test_a_search_that_time_ended_gives_what_was_seen_to_pass():
    got = _as_far_as_known(ENDED)
    assert (got.size, got.black_hole) == (1300, True)
    assert not _as_far_as_known(replace(ENDED, signalled=1300)).black_hole


def test_a_search_that_a_bad_link_ended_gives_nothing():
    noise = replace(ENDED, inconclusive="small ones stayed unanswered too")
    assert _as_far_as_known(noise).size is None
    assert _as_far_as_known(replace(ENDED, fails=None)).size is None


def test_a_search_that_came_to_its_end_is_left_alone():
    done = replace(ENDED, size=1350, inconclusive=None)
    assert _as_far_as_known(done) == done


def test_the_kernels_ipsec_is_mended_at_the_netdev_that_carries_it():
    known: Known = {
        "vpn.kind": "ipsec",
        "vpn.transport": "esp",
        "vpn.carrier": "wwan0",
        "vpn.carrier.mtu": 1500,
        "vpn.families": [4],
        "vpn.fits": 1374,
        "vpn.passes": 1374,
        "vpn.outer.fits": 1428,
    }
    rule = rule_called("vpn/mtu-above-path")
    finding = rule(facts_of(known), {"vpn.pmtu": failing("vpn.pmtu")})
    assert finding is not None
    link, *rules = finding.remedy.commands
    assert link == "ip link set dev wwan0 mtu 1428"
    assert rules[-1].endswith("tcp option maxseg size set 1334'")
    assert finding.remedy.undo[-1] == "ip link set dev wwan0 mtu 1500"


@pytest.mark.parametrize(
    ("kind", "inner", "outer"), [("ipsec", 1374, 1428), ("openvpn", 1376, 1428)]
)
def test_the_outer_size_is_computed_from_the_inner_one(kind: str, inner: int, outer: int):
    transport = "esp" if kind == "ipsec" else "udp"
    tunnel = Tunnel(
        kind=Kind(kind),
        name="t",
        source="",
        transport=transport,
        endpoint=ip_address("203.0.113.10"),
    )
    context = VpnContext(VpnOptions(), tunnel=tunnel)
    assert _outer_of(context, inner) == outer
