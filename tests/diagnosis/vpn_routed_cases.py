# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules of `vpn` about routes into a tunnel."""

from __future__ import annotations

from qmiprobe.diagnosis import JsonValue
from tests.diagnosis.cases import ABSENT, Case
from tests.diagnosis.vpn_cases import WG

ELSEWHERE: dict[str, JsonValue] = {
    "what": "10.77.0.0/16",
    "device": "wwan0",
    "prefix": "0.0.0.0/0",
    "overlap": False,
}
TAKEN: dict[str, JsonValue] = {
    "what": "10.64.0.1",
    "device": "wwan0",
    "prefix": "10.64.0.0/30",
    "overlap": True,
}
ROUTED = (
    Case(
        rule="vpn/not-routed",
        known={**WG, "vpn.elsewhere": [ELSEWHERE]},
        fails="vpn.routed",
        near=({"vpn.elsewhere": ABSENT}, {"vpn.elsewhere": [TAKEN]}),
        says=("10.77.0.0/16 by wg0", "ip route add 10.77.0.0/16 dev wg0", "wg-quick down wg0"),
    ),
    Case(
        rule="vpn/not-routed",
        known={**WG, "vpn.elsewhere": [{**ELSEWHERE, "what": "0.0.0.0/0"}]},
        fails="vpn.routed",
        near=({"vpn.elsewhere": []},),
        says=("0.0.0.0/0 by wg0",),
        never=("ip route add",),
    ),
    Case(
        rule="vpn/address-overlap",
        known={**WG, "vpn.elsewhere": [TAKEN]},
        fails="vpn.routed",
        near=({"vpn.elsewhere": [ELSEWHERE]},),
        says=("10.64.0.1 is behind the tunnel", "ip route add 10.64.0.1 dev wg0"),
    ),
    Case(
        rule="vpn/address-overlap",
        known={**WG, "vpn.elsewhere": [{**TAKEN, "what": "10.64.0.0/30"}]},
        fails="vpn.routed",
        near=({"vpn.elsewhere": [ELSEWHERE]},),
        says=("10.64.0.0/30 is behind the tunnel", "renumbered"),
        never=("ip route add",),
    ),
)
