# SPDX-License-Identifier: GPL-2.0-or-later
"""Stock qmicli and mbimcli reach the simulated modem through the proxies, theirs and ours."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest

from qmiprobe.sim import SimulatedModem, serve_proxy, serve_pty
from tests.netns import run_in_netns
from tests.peers.proxied import outcomes
from tests.peers.ways import Way, cases, check_action

pytestmark = pytest.mark.needs("netns", "qmicli", "mbimcli", "qmi-proxy", "mbim-proxy")

QMI, INSIDE = ("--device-open-qmi",), ("--device-open-mbim",)
STOCK = (
    Way("qmicli", "ec25", QMI, proxy="stock"),
    Way("qmicli", "mc7455", QMI, proxy="stock"),
    Way("mbimcli", "em7455", proxy="stock"),
    Way("mbimcli", "l850", proxy="stock"),
)
SIMULATED = (
    Way("qmicli", "lt4112", QMI, proxy="simulated"),
    Way("mbimcli", "l850", proxy="simulated"),
    Way("qmicli", "em7455", INSIDE, proxy="simulated"),
)


@pytest.mark.parametrize(("way", "action"), cases(*STOCK), ids=str)
def test_an_action_through_the_stock_proxy(way: Way, action: str):
    check_action(way, action)


@pytest.mark.parametrize("way", SIMULATED, ids=str)
def test_the_simulated_proxy_takes_the_stock_tools(way: Way):
    async def run() -> None:
        async with AsyncExitStack() as stack:
            peer = await way.open(stack)
            for action, expected in list(way.actions().items())[:6]:
                said = await peer.good(action)
                assert said.shows(expected(peer.modem)), said.text

    run_in_netns(run, timeout=60)


@pytest.mark.parametrize("profile", ["mc7455", "l850"])
def test_qmiprobe_takes_the_simulated_proxy_for_one(profile: str):
    async def run() -> None:
        modem = SimulatedModem(profile)
        async with serve_pty(modem) as path, serve_proxy(modem):
            found = await outcomes(f"{modem.profile.protocol}-proxy:{path}")
        asked = ("control.protocol", "control.answers", "device.identity", "radio.registered")
        assert {found[check] for check in asked} == {"pass"}
        assert modem.client_ids == []

    run_in_netns(run, timeout=60)
