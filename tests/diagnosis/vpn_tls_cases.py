# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules of `vpn` about TLS: certificates, the clock, DTLS."""

from __future__ import annotations

from qmiprobe.diagnosis import JsonValue
from tests.diagnosis.cases import ABSENT, Case, Known
from tests.diagnosis.vpn_cases import INSIDE, OPENVPN, WG
from tests.diagnosis.vpn_routed_cases import ROUTED

_NOW = 1_800_000_000
_DAY = 86400
OPENCONNECT: Known = {**WG, "vpn.kind": "openconnect", "vpn.netdev": "tun0", "vpn.port": 443}
LATER: dict[str, JsonValue] = {
    "whose": "authority",
    "begins": _NOW + 10 * _DAY,
    "ends": _NOW + 400 * _DAY,
}
ENDED: dict[str, JsonValue] = {**LATER, "whose": "own", "begins": 0, "ends": _NOW - _DAY}
UNKNOWN_TIME: Known = {**OPENVPN, "vpn.now": _NOW, "vpn.not_agreed": True}

TLS = (
    Case(
        rule="vpn/clock-wrong",
        known={
            **UNKNOWN_TIME,
            "vpn.certificates": [LATER],
            "vpn.clock_ahead_s": 20 * _DAY,
        },
        fails="vpn.ping",
        near=(
            {"vpn.clock_ahead_s": 5},
            {"vpn.clock_ahead_s": 5 * _DAY},
            {"vpn.clock_ahead_s": ABSENT},
            {"vpn.certificates": [ENDED]},
        ),
        says=("1728000 s behind", "a certificate of the VPN is not valid", "chronyc makestep"),
    ),
    Case(
        rule="vpn/clock-wrong",
        known={
            **UNKNOWN_TIME,
            "vpn.certificates": [ENDED],
            "vpn.clock_ahead_s": -5 * _DAY,
        },
        fails="vpn.endpoint",
        near=({"vpn.clock_ahead_s": 5 * _DAY},),
        says=("432000 s ahead",),
    ),
    Case(
        rule="vpn/certificate-not-valid",
        known={**UNKNOWN_TIME, "vpn.certificates": [ENDED], "vpn.clock_ahead_s": 0},
        fails="vpn.ping",
        near=({"vpn.certificates": []}, {"vpn.clock_ahead_s": -5 * _DAY}),
        says=("this side's own certificate has ended on 2027-01-14",),
    ),
    Case(
        rule="vpn/certificate-not-valid",
        known={**UNKNOWN_TIME, "vpn.certificates": [LATER]},
        fails="vpn.ping",
        near=({"vpn.now": ABSENT},),
        says=("the authority's certificate begins on 2027-01-25",),
    ),
    Case(
        rule="vpn/dtls-blocked",
        known={
            **INSIDE,
            **OPENCONNECT,
            "vpn.outer.kinds": ["tcp", "udp"],
            "vpn.outer.received_kinds": ["tcp"],
        },
        fails="vpn.ping",
        near=(
            {"vpn.kind": "openvpn"},
            {"vpn.outer.kinds": ["tcp"]},
            {"vpn.outer.received_kinds": ["udp"]},
        ),
        says=("UDP port 443", "openconnect --no-dtls"),
    ),
    Case(
        rule="vpn/dtls-unused",
        known={**OPENCONNECT, "vpn.by_tcp": True, "vpn.outer.kinds": ["tcp"]},
        fails="vpn.ping",
        warns=True,
        near=({"vpn.by_tcp": ABSENT},),
        says=("DTLS has not come about", "--no-dtls"),
    ),
)
TAILSCALE = (
    Case(
        rule="vpn/tailscale-not-up",
        known={**WG, "vpn.kind": "tailscale", "vpn.tailscale.state": "NeedsLogin"},
        fails="vpn.found",
        near=({"vpn.tailscale.state": "Running"}, {"vpn.tailscale.state": ABSENT}),
        says=("NeedsLogin", "tailscale up", "tailscale down"),
    ),
    Case(
        rule="vpn/tailscale-without-udp",
        known={**WG, "vpn.kind": "tailscale", "vpn.tailscale.udp": False},
        fails="vpn.endpoint",
        warns=True,
        near=({"vpn.tailscale.udp": True}, {"vpn.tailscale.udp": ABSENT}),
        says=("no UDP comes back", "tailscale netcheck"),
    ),
    Case(
        rule="vpn/tailscale-relayed",
        known={
            **WG,
            "vpn.kind": "tailscale",
            "vpn.tailscale.udp": True,
            "vpn.tailscale.varies": True,
        },
        fails="vpn.endpoint",
        warns=True,
        near=({"vpn.tailscale.varies": False}, {"vpn.tailscale.udp": False}),
        says=("changes ports",),
    ),
)
ROUTED_AND_TLS = (*ROUTED, *TLS, *TAILSCALE)
