# SPDX-License-Identifier: GPL-2.0-or-later
"""Stock qmicli gets right answers from the simulated modem, and no message that it finds odd."""

from __future__ import annotations

import pytest

from tests.peers.peer import Expected, Peer, check_action, with_peer

pytestmark = pytest.mark.needs("netns", "qmicli")

ACTIONS: dict[str, Expected] = {
    "--dms-get-ids": lambda m: {"IMEI": m.profile.identity.imei},
    "--dms-get-manufacturer": lambda m: {"Manufacturer": m.profile.identity.manufacturer},
    "--dms-get-model": lambda m: {"Model": m.profile.identity.model},
    "--dms-get-revision": lambda m: {"Revision": m.profile.identity.revision},
    "--dms-get-hardware-revision": lambda m: {"Revision": m.profile.identity.hardware},
    "--dms-get-software-version": lambda m: {"Software version": m.profile.identity.software},
    "--dms-get-factory-sku": lambda m: {"SKU": m.profile.identity.sku},
    "--dms-get-msisdn": lambda m: {"MSISDN": m.state.sim.msisdn},
    "--dms-get-capabilities": lambda m: {
        "Max TX channel rate": str(m.profile.link.uplink_bps),
        "Max RX channel rate": str(m.profile.link.downlink_bps),
        "Networks": "gsm, umts, lte",
    },
    "--dms-get-operating-mode": lambda _: {"Mode": "online", "HW restricted": "no"},
    "--dms-get-power-state": lambda _: {"Power state": "external-source"},
    "--dms-get-time": lambda _: {"Time source": "device"},
    "--dms-get-band-capabilities": lambda m: {"LTE bands": str(m.state.air.band)},
    "--dms-uim-get-iccid": lambda m: {"ICCID": m.state.sim.iccid},
    "--dms-uim-get-imsi": lambda m: {"IMSI": m.state.sim.imsi},
    "--dms-uim-get-state": lambda _: {"State": "initialization-completed"},
    "--dms-uim-get-pin-status": lambda _: {"Status": "disabled", "Verify": "3"},
    "--dms-get-supported-messages": lambda _: {},
    "--nas-get-serving-system": lambda m: {
        "Registration state": "registered",
        "PS": "attached",
        "Description": m.state.air.name,
        "LTE tracking area code": str(m.state.air.tac),
        "3GPP cell ID": str(m.state.air.cell_id),
    },
    "--nas-get-home-network": lambda m: {
        "MCC": str(int(m.state.air.mcc)),
        "MNC": str(int(m.state.air.mnc)),
        "Description": m.state.air.name,
    },
    "--nas-get-signal-strength": lambda m: {"Network 'lte'": f"{m.state.signal.rssi} dBm"},
    "--nas-get-signal-info": lambda m: {
        "RSSI": f"{m.state.signal.rssi} dBm",
        "RSRP": f"{m.state.signal.rsrp} dBm",
        "RSRQ": f"{m.state.signal.rsrq} dB",
        "SNR": f"{m.state.signal.snr} dB",
    },
    "--nas-get-system-info": lambda m: {
        "Domain": "cs-ps",
        "MCC": m.state.air.mcc,
        "Tracking Area Code": str(m.state.air.tac),
    },
    "--nas-network-scan": lambda _: {"Network scan result": "success"},
    "--nas-get-cell-location-info": lambda m: {
        "PLMN": m.state.air.mcc + m.state.air.mnc,
        "Global Cell ID": str(m.state.air.cell_id),
        "Serving Cell ID": str(m.state.air.physical_cell),
    },
    "--nas-get-rf-band-info": lambda m: {
        "Active Band Class": f"eutran-{m.state.air.band}",
        "Active Channel": str(m.state.air.channel),
    },
    "--nas-get-operator-name": lambda m: {"Operator Name": m.state.air.name},
    "--nas-get-plmn-name=00101": lambda m: {"Long Name": m.state.air.name},
    "--nas-get-technology-preference": lambda _: {},
    "--nas-get-system-selection-preference": lambda _: {
        "Mode preference": "gsm, umts, lte",
        "Network selection preference": "automatic",
    },
    "--nas-get-preferred-networks": lambda _: {"Access Technology": "eutran"},
    "--nas-get-tx-rx-info=lte": lambda m: {"RSRP": f"{m.state.signal.rsrp:.1f} dBm"},
    "--uim-get-card-status": lambda _: {"Card state": "present", "PIN1 state": "disabled"},
    "--uim-get-slot-status": lambda m: {"ICCID": m.state.sim.iccid, "Card status": "present"},
    "--uim-read-transparent=0x3F00,0x2FE2": lambda _: {"SW1": "0x90"},
    "--uim-get-file-attributes=0x3F00,0x2FE2": lambda _: {"File size": "10"},
    "--wds-get-packet-service-status": lambda _: {},
    "--wds-get-profile-list=3gpp": lambda m: {"APN": m.state.contexts[1].apn},
    "--wds-get-default-profile-number=3gpp": lambda _: {"Default profile number": "1"},
    "--wds-get-default-settings=3gpp": lambda _: {"PDP type": "ipv4-or-ipv6"},
    "--wds-get-autoconnect-settings": lambda _: {"Status": "disabled"},
    "--wds-get-channel-rates": lambda _: {},
    "--wds-get-lte-attach-parameters": lambda m: {"APN": m.state.contexts[1].apn},
    "--wds-create-profile=3gpp,apn=a.example,name=a": lambda _: {"Profile index": "3"},
    "--wda-get-data-format": lambda m: {"Link layer protocol": m.profile.link.format},
    "--wda-set-data-format=raw-ip": lambda m: {"Link layer protocol": m.profile.link.format},
    "--get-service-version-info": lambda _: {},
}


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_gets_the_profiles_values(action: str):
    check_action("qmicli", action, ACTIONS)


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
