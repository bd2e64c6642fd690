# SPDX-License-Identifier: GPL-2.0-or-later
"""Stock mbimcli gets right answers from the simulated modem, and no message that it finds odd."""

from __future__ import annotations

import pytest

from tests.peers.peer import Expected, Peer, check_action, with_peer

pytestmark = pytest.mark.needs("netns", "mbimcli")

ACTIONS: dict[str, Expected] = {
    "--query-device-caps": lambda m: {
        "Device ID": m.profile.identity.imei,
        "Firmware info": m.profile.identity.revision,
        "Hardware info": m.profile.identity.hardware,
        "Max sessions": str(m.profile.mbim.max_sessions),
    },
    "--query-subscriber-ready-status": lambda m: {
        "Ready state": "initialized",
        "Subscriber ID": m.state.sim.imsi,
        "SIM ICCID": m.state.sim.iccid,
        "Telephone numbers": f"(1) '{m.state.sim.msisdn}",
    },
    "--query-radio-state": lambda _: {
        "Hardware radio state": "on",
        "Software radio state": "on",
    },
    "--set-radio-state=on": lambda _: {"Software radio state": "on"},
    "--query-pin-state": lambda _: {"PIN state": "unlocked", "Remaining attempts": "3"},
    "--query-pin-list": lambda _: {"Mode": "disabled", "Max length": "8"},
    "--query-home-provider": lambda m: {
        "Provider ID": m.state.air.mcc + m.state.air.mnc,
        "Provider name": m.state.air.name,
    },
    "--query-preferred-providers": lambda _: {"Provider ID": "00102"},
    "--query-visible-providers": lambda m: {
        "Provider ID": m.state.air.mcc + m.state.air.mnc,
        "State": "home, visible, registered",
    },
    "--query-registration-state": lambda m: {
        "Register state": "home",
        "Provider name": m.state.air.name,
        "Network error": "none",
    },
    "--query-signal-state": lambda m: {
        "RSSI [0-31,99]": str((m.state.signal.rssi + 113) // 2),
    },
    "--query-packet-service-state": lambda m: {
        "Packet service state": "attached",
        "Available data classes": "lte",
        "Uplink speed": f"{m.profile.link.uplink_bps} bps",
        "Downlink speed": f"{m.profile.link.downlink_bps} bps",
    },
    "--attach-packet-service": lambda _: {"Packet service state": "attached"},
    "--query-connection-state=0": lambda _: {"Activation state": "deactivated"},
    "--query-packet-statistics": lambda _: {"Octets (in)": "0"},
    "--query-device-services": lambda _: {"Service": "basic-connect"},
    "--query-provisioned-contexts": lambda m: {"Access string": m.state.contexts[1].apn},
    "--query-ip-packet-filters": lambda _: {},
    "--query-network-idle-hint": lambda _: {"Network idle hint state": "disabled"},
    "--query-emergency-mode": lambda _: {"Emergency mode": "off"},
    "--ms-query-device-caps": lambda m: {"Device ID": m.profile.identity.imei},
    "--ms-query-sys-caps": lambda _: {"Number of slots": "1"},
    "--ms-query-slot-info-status=0": lambda _: {"Slot '0'": "state-active"},
    "--ms-query-device-slot-mappings": lambda _: {},
    "--ms-query-lte-attach-info": lambda m: {"Access string": m.state.contexts[1].apn},
    "--ms-query-lte-attach-configuration": lambda m: {"Access string": m.state.contexts[1].apn},
    "--ms-query-location-info-status": lambda _: {},
    "--ms-query-base-stations-info": lambda m: {"TAC": str(m.state.air.tac)},
}


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_gets_the_profiles_values(action: str):
    check_action("mbimcli", action, ACTIONS)


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
