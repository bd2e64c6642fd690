# SPDX-License-Identifier: GPL-2.0-or-later
"""Stock mbimcli gets right answers from the simulated modem, and no message that it finds odd."""

from __future__ import annotations

import pytest

from tests.peers.peer import Peer, with_peer
from tests.peers.ways import Way, cases, check_action

pytestmark = pytest.mark.needs("netns", "mbimcli")

WAYS = (Way("mbimcli", "em7455"), Way("mbimcli", "l850"))


@pytest.mark.parametrize(("way", "action"), cases(*WAYS), ids=str)
def test_an_action_gets_the_profiles_values(way: Way, action: str):
    check_action(way, action)


def test_a_session_is_connected_read_and_disconnected():
    async def body(peer: Peer) -> None:
        said = await peer.good(
            "--connect=access-string=internet.example,ip-type=ipv4v6", "--no-close"
        )
        assert said.fields()["Activation state"] == "activated"
        again = ("--no-open=10", "--no-close")
        said = await peer.good("--query-ip-configuration", *again)
        for family in (4, 6):
            session = peer.modem.state.sessions.find(0, family)
            assert session is not None
            facts = session.facts
            for value in (facts.interface, facts.gateway, *facts.dns, facts.mtu):
                assert f"'{value}'" in said.text
        said = await peer.good("--query-connection-state", *again)
        assert said.fields()["IP type"] == "ipv4v6"
        said = await peer.good("--disconnect", "--no-open=20")
        assert "Successfully disconnected" in said.text
        assert peer.modem.state.sessions.numbers == []

    with_peer("mbimcli", body)


def test_the_pin_can_be_entered():
    async def body(peer: Peer) -> None:
        assert (await peer.good("--query-pin-state")).fields()["PIN state"] == "locked"
        assert (await peer.say("--enter-pin=0000")).status == 1
        assert (await peer.good("--query-pin-state")).fields()["Remaining attempts"] == "2"
        await peer.good("--enter-pin=1234")
        said = await peer.good("--query-subscriber-ready-status")
        assert said.fields()["Ready state"] == "initialized"

    with_peer("mbimcli", body, faults=("pin-required",))


def test_the_slot_can_be_switched():
    async def body(peer: Peer) -> None:
        assert (await peer.good("--ms-query-sys-caps")).fields()["Number of slots"] == "2"
        said = await peer.good("--ms-query-slot-info-status=1")
        assert said.fields()["Slot '1'"] == "state-off"
        await peer.good("--ms-set-device-slot-mappings=1")
        said = await peer.good("--ms-query-device-slot-mappings")
        assert said.fields()["Executor '0'"] == "slot '1"
        said = await peer.good("--query-subscriber-ready-status")
        assert said.fields()["Ready state"] == "initialized"
        said = await peer.good("--ms-query-slot-info-status=0")
        assert said.fields()["Slot '0'"] == "sate-off-empty"
        assert (await peer.say("--ms-set-device-slot-mappings=2")).status == 1

    with_peer("mbimcli", body, faults=("other-slot",))


def test_the_radio_can_be_switched():
    async def body(peer: Peer) -> None:
        await peer.good("--set-radio-state=off")
        said = await peer.good("--query-radio-state")
        assert said.fields()["Software radio state"] == "off"
        assert (await peer.say("--connect=access-string=a")).status == 1
        await peer.good("--set-radio-state=on")

    with_peer("mbimcli", body)


def test_a_refused_call_fails():
    async def body(peer: Peer) -> None:
        said = await peer.say("--connect=access-string=internet.example,ip-type=ipv4")
        assert said.status == 1
        assert "Failure" in said.text

    with_peer("mbimcli", body, faults=("call-refused",))
