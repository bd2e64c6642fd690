# SPDX-License-Identifier: GPL-2.0-or-later
"""Stock qmicli gets right answers from the simulated modem, and no message that it finds odd."""

from __future__ import annotations

import pytest

from tests.peers.peer import Peer, with_peer
from tests.peers.ways import Way, cases, check_action

pytestmark = pytest.mark.needs("netns", "qmicli")

DIRECT = ("--device-open-qmi",)
WAYS = (
    Way("qmicli", "ec25", DIRECT),
    Way("qmicli", "mc7455", DIRECT),
)


@pytest.mark.parametrize(("way", "action"), cases(*WAYS), ids=str)
def test_an_action_gets_the_profiles_values(way: Way, action: str):
    check_action(way, action)


def test_a_data_call_starts_and_stops():
    async def body(peer: Peer) -> None:
        said = await peer.good(
            "--wds-start-network=apn=internet.example,ip-type=4", "--client-no-release-cid"
        )
        handle, client = said.fields()["Packet data handle"], said.fields()["CID"]
        same = (f"--client-cid={client}", "--client-no-release-cid")
        said = await peer.good("--wds-get-packet-service-status", *same)
        assert "'connected'" in said.text
        fields = (await peer.good("--wds-get-current-settings", *same)).fields()
        session = peer.modem.state.sessions.find(0, 4)
        assert session is not None
        facts = session.facts
        assert fields["IPv4 address"] == str(facts.interface.ip)
        assert fields["IPv4 gateway address"] == str(facts.gateway)
        assert fields["IPv4 subnet mask"] == str(facts.interface.netmask)
        assert fields["IPv4 primary DNS"] == str(facts.dns[0])
        assert fields["IPv4 secondary DNS"] == str(facts.dns[1])
        assert fields["MTU"] == str(facts.mtu)
        await peer.good("--wds-get-packet-statistics", *same)
        await peer.good("--wds-get-data-bearer-technology", *same)
        await peer.good(f"--wds-stop-network={handle}", f"--client-cid={client}")
        assert peer.modem.state.sessions.numbers == []
        said = await peer.good("--wds-get-packet-service-status")
        assert "'disconnected'" in said.text

    with_peer("qmicli", body)


def test_an_ipv6_call_has_its_own_settings():
    async def body(peer: Peer) -> None:
        said = await peer.good("--wds-start-network=ip-type=6", "--client-no-release-cid")
        client = said.fields()["CID"]
        said = await peer.good("--wds-get-current-settings", f"--client-cid={client}")
        session = peer.modem.state.sessions.find(0, 6)
        assert session is None  # qmicli gave the id back, and with it went the call
        assert "2001:db8:1::2/64" in said.text

    with_peer("qmicli", body)


def test_the_mode_can_be_changed():
    async def body(peer: Peer) -> None:
        await peer.good("--dms-set-operating-mode=low-power")
        said = await peer.good("--dms-get-operating-mode")
        assert said.fields()["Mode"] == "low-power"
        await peer.good("--dms-set-operating-mode=online")

    with_peer("qmicli", body)


def test_the_pin_can_be_entered():
    async def body(peer: Peer) -> None:
        said = await peer.say("--uim-verify-pin=PIN1,0000")
        assert said.status == 1
        assert "IncorrectPin" in said.text
        await peer.good("--uim-verify-pin=PIN1,1234")
        assert "'ready'" in (await peer.good("--uim-get-card-status")).text

    with_peer("qmicli", body, faults=("pin-required",))


def test_the_slot_can_be_switched():
    async def body(peer: Peer) -> None:
        said = await peer.good("--uim-get-slot-status")
        assert "2 physical slots found" in said.text
        await peer.good("--uim-switch-slot=2")
        assert "'ready'" in (await peer.good("--uim-get-card-status")).text
        assert peer.modem.state.sim.active_slot == 2
        await peer.good("--uim-switch-slot=1")
        assert (await peer.good("--uim-get-card-status")).fields()["Card state"] == "absent"
        assert (await peer.say("--uim-switch-slot=3")).status == 1

    with_peer("qmicli", body, faults=("other-slot",))


def test_a_refused_call_shows_the_networks_reason():
    async def body(peer: Peer) -> None:
        said = await peer.say("--wds-start-network=ip-type=4")
        assert said.status == 1
        assert "(6,33): [3gpp] option-unsubscribed" in said.text

    with_peer("qmicli", body, faults=("call-refused",))


def test_the_long_way_of_opening_works():
    async def body(peer: Peer) -> None:
        said = await peer.good(
            "--device-open-version-info", "--device-open-sync", "--dms-get-model"
        )
        assert said.fields()["Model"] == "EC25"

    with_peer("qmicli", body)
