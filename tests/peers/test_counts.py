# SPDX-License-Identifier: GPL-2.0-or-later
"""How many actions of the stock tools are held against each simulated modem, by each way.

Counted are the cases that the tests are really run with, not those that somebody listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from qmiprobe.sim import SimulatedModem
from tests.peers import test_mbimcli, test_network_scripts, test_qmicli
from tests.peers import test_tools_proxied as proxied
from tests.peers import test_tunnel as tunnel
from tests.peers.ways import Way

ACTIONS = (
    test_qmicli.test_an_action_gets_the_profiles_values,
    test_mbimcli.test_an_action_gets_the_profiles_values,
    proxied.test_an_action_through_the_stock_proxy,
    tunnel.test_an_action_gets_the_profiles_values,
)
CLAIMED = {
    "qmicli ec25-direct": 30,
    "qmicli ec25-stock": 30,
    "qmicli mc7455-direct": 30,
    "qmicli mc7455-stock": 30,
    "mbimcli em7455-direct": 25,
    "mbimcli em7455-stock": 25,
    "mbimcli l850-direct": 25,
    "mbimcli l850-stock": 25,
    "qmicli em7455-direct": 10,  # inside MBIM
}
"""The least number of actions by tool, profile and way; ``stock`` is through the tool's proxy."""
SCRIPTS = {
    test_network_scripts.test_qmi_network_starts_and_stops: ("ec25", "mc7455"),
    test_network_scripts.test_mbim_network_starts_and_stops: ("em7455", "l850"),
}


def values(test: Callable[..., None], argument: str) -> list[object]:
    """Return what a test is run with for one of its arguments."""
    marks = [mark for mark in test.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]
    return [
        value for mark in marks if mark.args[0] in (argument, (argument,)) for value in mark.args[1]
    ]


@cache
def cases() -> tuple[tuple[Way, str], ...]:
    """Return each way and action that a test is run with."""
    found = []
    for test in ACTIONS:
        (mark,) = test.pytestmark
        assert mark.args[0] == ("way", "action")
        found += mark.args[1]
    return tuple(found)


def test_there_are_as_many_actions_as_is_claimed():
    counted = Counter(f"{way.tool} {way}" for way, action in set(cases()))
    assert set(counted) == set(CLAIMED)
    assert {name for name, least in CLAIMED.items() if counted[name] < least} == set()


def test_each_action_has_to_show_something_of_the_modem():
    for way, action in cases():
        expected = way.actions()[action](SimulatedModem(way.profile))
        assert expected, action
        assert all(expected.values()), (action, expected)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda test: test.__name__)
def test_the_scripts_are_run_on_each_profile_directly_and_by_proxy(script: Callable[..., None]):
    assert values(script, "profile") == list(SCRIPTS[script])
    assert values(script, "proxy") == [False, True]


def test_qmicli_goes_inside_mbim_where_it_is_counted_as_such():
    inside = [way for way, _ in cases() if (way.tool, way.profile) == ("qmicli", "em7455")]
    assert {way.options for way in inside} == {("--device-open-mbim",)}
