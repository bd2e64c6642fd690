# SPDX-License-Identifier: GPL-2.0-or-later
"""Actions of stock mbimcli, with what each has to show of a simulated modem."""

from __future__ import annotations

from qmiprobe.sim import SimulatedModem
from tests.peers.peer import Expected

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
    "--query-device-services": lambda m: {
        "Service": "basic-connect",
        "Services": f"({len(m.profile.mbim.services)})",
    },
    "--query-provisioned-contexts": lambda m: {"Access string": m.state.contexts[1].apn},
    "--query-ip-packet-filters": lambda _: {"IP packet filters": "(0)"},
    "--query-network-idle-hint": lambda _: {"Network idle hint state": "disabled"},
    "--query-emergency-mode": lambda _: {"Emergency mode": "off"},
    "--ms-query-device-caps": lambda m: {"Device ID": m.profile.identity.imei},
    "--ms-query-sys-caps": lambda _: {"Number of slots": "1"},
    "--ms-query-slot-info-status=0": lambda _: {"Slot '0'": "state-active"},
    "--ms-query-device-slot-mappings": lambda _: {"Executor '0'": "slot '0"},
    "--ms-query-lte-attach-info": lambda m: {"Access string": m.state.contexts[1].apn},
    "--ms-query-lte-attach-configuration": lambda m: {"Access string": m.state.contexts[1].apn},
    "--ms-query-location-info-status": lambda m: {
        "Tracking area code": f"{m.state.air.tac:06X}",
        "Cell ID": f"{m.state.air.cell_id:08X}",
    },
    "--ms-query-base-stations-info": lambda m: {"TAC": str(m.state.air.tac)},
}


def actions_of(modem: SimulatedModem) -> dict[str, Expected]:
    """Return the actions that a modem's firmware knows."""
    stations = 11 in modem.profile.mbim.services["ms-basic-connect-extensions"]
    return {
        action: expected
        for action, expected in ACTIONS.items()
        if stations or action != "--ms-query-base-stations-info"
    }
