# SPDX-License-Identifier: GPL-2.0-or-later
"""Actions of stock qmicli, with what each has to show of a simulated modem."""

from __future__ import annotations

from qmiprobe.sim import SimulatedModem
from tests.peers.peer import SOMEWHERE, Expected

_FRAMINGS = {"802.3": "802-3"}


def _framing(modem: SimulatedModem) -> str:
    return _FRAMINGS.get(modem.state.framing.format, modem.state.framing.format)


def _iccid(modem: SimulatedModem) -> str:
    """Return the ICCID as a card's file has it: two digits a byte, swapped."""
    padded = modem.state.sim.iccid + "F"
    return ":".join(padded[at + 1] + padded[at] for at in range(0, 20, 2))


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
    "--dms-get-supported-messages": lambda _: {SOMEWHERE: "0x0022"},
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
    "--nas-get-technology-preference": lambda _: {SOMEWHERE: "'3gpp, lte', duration: 'permanent'"},
    "--nas-get-system-selection-preference": lambda _: {
        "Mode preference": "gsm, umts, lte",
        "Network selection preference": "automatic",
    },
    "--nas-get-preferred-networks": lambda _: {"Access Technology": "eutran"},
    "--nas-get-tx-rx-info=lte": lambda m: {"RSRP": f"{m.state.signal.rsrp:.1f} dBm"},
    "--uim-get-card-status": lambda _: {"Card state": "present", "PIN1 state": "disabled"},
    "--uim-get-slot-status": lambda m: {"ICCID": m.state.sim.iccid, "Card status": "present"},
    "--uim-read-transparent=0x3F00,0x2FE2": lambda m: {"SW1": "0x90", SOMEWHERE: _iccid(m)},
    "--uim-get-file-attributes=0x3F00,0x2FE2": lambda _: {"File size": "10"},
    "--wds-get-packet-service-status": lambda _: {"Connection status": "disconnected"},
    "--wds-get-profile-list=3gpp": lambda m: {"APN": m.state.contexts[1].apn},
    "--wds-get-default-profile-number=3gpp": lambda _: {"Default profile number": "1"},
    "--wds-get-default-settings=3gpp": lambda _: {"PDP type": "ipv4-or-ipv6"},
    "--wds-get-autoconnect-settings": lambda _: {"Status": "disabled"},
    "--wds-get-channel-rates": lambda m: {
        "Max TX rate": f"{m.profile.link.uplink_bps}bps",
        "Max RX rate": f"{m.profile.link.downlink_bps}bps",
    },
    "--wds-get-lte-attach-parameters": lambda m: {"APN": m.state.contexts[1].apn},
    "--wds-create-profile=3gpp,apn=a.example,name=a": lambda m: {
        "Profile index": str(len(m.state.contexts) + 1)
    },
    "--wda-get-data-format": lambda m: {"Link layer protocol": _framing(m)},
    "--wda-set-data-format=raw-ip": lambda _: {"Link layer protocol": "raw-ip"},
    "--get-service-version-info": lambda m: {
        SOMEWHERE: f"nas ({m.profile.qmi.services['nas']})",
    },
}


def actions_of(modem: SimulatedModem) -> dict[str, Expected]:
    """Return the actions that a modem's firmware knows."""
    qmi = modem.profile.qmi
    return {
        action: expected
        for action, expected in ACTIONS.items()
        if action[2:].partition("-")[0] in (*qmi.services, "get")
        and action[6:].partition("=")[0] not in qmi.refuses.get("dms", ())
    }
