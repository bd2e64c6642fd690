# SPDX-License-Identifier: GPL-2.0-or-later
"""Each cause of a dead tunnel, set up with real daemons: that one is named and no other."""

from __future__ import annotations

import pytest

from tests.netns import BodyFailed

from .cause import Cause
from .causes import CAUSES
from .climbs import Climbed, climbs

pytestmark = [
    pytest.mark.needs("root", "netns", "tun", "nft"),
    pytest.mark.needs("wireguard-go", "openvpn", "strongswan", "openconnect"),
    pytest.mark.time_limit(900),  # others have their turn first
]
PROMISED_S = 30.0
each_cause = pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.name)


@pytest.fixture(scope="module")
def found() -> dict[str, Climbed | BodyFailed]:
    """What came of each cause; they are climbed over at once, when the first one is asked for."""
    return climbs(CAUSES)


@each_cause
def test_the_cause_is_named_and_no_other(cause: Cause, found: dict[str, Climbed | BodyFailed]):
    got = found[cause.name]
    if isinstance(got, BodyFailed):
        raise got
    assert got.named == ({cause.finding} if cause.finding else set()), str(got)
    assert cause.says in got.commands
    assert got.duration_s < PROMISED_S


def test_a_healthy_tunnel_passes_all_of_it(found: dict[str, Climbed | BodyFailed]):
    for cause in CAUSES:
        got = found[cause.name]
        if cause.finding is None and isinstance(got, Climbed):
            assert [one for one in got.verdicts if one.outcome in ("fail", "broken")] == []


def test_there_are_at_least_twenty_causes():
    assert len({cause.finding for cause in CAUSES}) > 20
