# SPDX-License-Identifier: GPL-2.0-or-later
"""What is made of measured sizes, also where time ended the search."""

from __future__ import annotations

from dataclasses import replace

from qmiprobe.check.vpn._rungs_inside import _as_far_as_known
from qmiprobe.link import Method, PmtuFacts

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
