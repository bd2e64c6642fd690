# SPDX-License-Identifier: GPL-2.0-or-later
"""Stock qmicli speaks QMI inside MBIM with the simulated modem, directly and by mbim-proxy."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest

from tests.netns import run_in_netns
from tests.peers.peer import Peer
from tests.peers.ways import Way, cases, check_action

pytestmark = pytest.mark.needs("netns", "qmicli", "mbimcli", "mbim-proxy")

INSIDE = ("--device-open-mbim",)
DIRECT = Way("qmicli", "em7455", INSIDE)
PROXIED = Way("qmicli", "em7455", INSIDE, proxy="stock")


@pytest.mark.parametrize(("way", "action"), cases(DIRECT), ids=str)
def test_an_action_gets_the_profiles_values(way: Way, action: str):
    check_action(way, action)


def test_the_same_through_mbim_proxy_beside_mbimcli():
    async def run() -> None:
        async with AsyncExitStack() as stack:
            inside = await PROXIED.open(stack)
            identity = inside.modem.profile.identity
            outside = Peer(("mbimcli", *inside.command[1:3], "-p"), inside.modem)
            for _ in range(3):
                said = await inside.good("--dms-get-model")
                assert said.fields()["Model"] == identity.model
                said = await outside.good("--query-device-caps")
                assert said.fields()["Device ID"] == identity.imei
            assert inside.modem.client_ids == []

    run_in_netns(run, timeout=60)


def test_a_session_started_inside_is_seen_outside():
    async def run() -> None:
        async with AsyncExitStack() as stack:
            inside = await PROXIED.open(stack)
            outside = Peer(("mbimcli", *inside.command[1:3], "-p"), inside.modem)
            said = await inside.good(
                "--wds-start-network=apn=internet.example,ip-type=4", "--client-no-release-cid"
            )
            fields = said.fields()
            said = await outside.good("--query-connection-state")
            assert said.fields()["Activation state"] == "activated"
            said = await outside.good("--query-ip-configuration")
            session = inside.modem.state.sessions.find(0, 4)
            assert session is not None
            assert f"'{session.facts.interface}'" in said.text
            await inside.good(
                f"--wds-stop-network={fields['Packet data handle']}",
                f"--client-cid={fields['CID']}",
            )
            said = await outside.good("--query-connection-state")
            assert said.fields()["Activation state"] == "deactivated"

    run_in_netns(run, timeout=60)


def test_what_the_firmware_has_in_uim_only_is_refused_elsewhere():
    async def run() -> None:
        async with AsyncExitStack() as stack:
            peer = await DIRECT.open(stack)
            said = await peer.say("--dms-uim-get-iccid")
            assert said.status == 1
            assert "(71): 'InvalidQmiCommand'" in said.text

    run_in_netns(run, timeout=60)
