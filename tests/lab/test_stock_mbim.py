# SPDX-License-Identifier: GPL-2.0-or-later
"""Stock mbimcli at nodes of the real cdc_mbim, directly and through its proxy."""

from __future__ import annotations

import pytest

from qmiprobe.sim import SimulatedModem
from tests.lab.plugged import plugged
from tests.lab.stock import peer_at, wrong
from tests.peers.mbimcli_actions import actions_of
from tests.peers.peer import Expected

pytestmark = pytest.mark.needs("lab", "mbimcli", "mbim-proxy")

FEW = ("--query-device-caps", "--query-subscriber-ready-status", "--query-registration-state")
MANY = 15


async def test_actions_of_each_service_get_the_modems_values():
    async with plugged("em7455") as plug:
        actions = list(actions_of(plug.modem).items())
        chosen = dict(actions[:: len(actions) // MANY])
        assert len(chosen) >= MANY
        assert await wrong(await peer_at(plug, "mbimcli"), chosen) == {}


async def test_proxy_of_libmbim_reaches_the_node():
    async with plugged("em7455") as plug:
        assert await wrong(await peer_at(plug, "mbimcli", "-p"), _few(plug.modem)) == {}


@pytest.mark.parametrize(("profile", "value"), [("lt4112", 3), ("lt4112-4", 2), ("lt4120", 3)])
async def test_modem_answers_in_its_mbim_configuration(profile: str, value: int):
    async with plugged(profile) as plug:
        if await plug.configuration() != value:
            await plug.configure(value)
        assert await wrong(await peer_at(plug, "mbimcli"), _few(plug.modem)) == {}


async def test_modem_with_acm_ports_answers():
    async with plugged("l850") as plug:
        assert await wrong(await peer_at(plug, "mbimcli"), _few(plug.modem)) == {}


async def test_session_of_mbimcli_is_connected_and_disconnected():
    async with plugged("em7455") as plug:
        peer = await peer_at(plug, "mbimcli", "-p")
        said = await peer.good("--connect=session-id=0,access-string=internet.example")
        assert "activated" in said.text
        session = plug.modem.state.sessions.find(0, 4)
        assert session is not None
        assert str(session.facts.interface.ip) in said.text
        await peer.good("--disconnect=0")
        assert plug.modem.state.sessions.find(0, 4) is None


def _few(modem: SimulatedModem) -> dict[str, Expected]:
    return {name: shown for name, shown in actions_of(modem).items() if name in FEW}


def test_few_actions_are_known_ones():
    assert len(_few(SimulatedModem("em7455"))) == len(FEW)
