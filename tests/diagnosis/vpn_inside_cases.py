# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules of `vpn` about what a tunnel carries."""

from __future__ import annotations

from tests.diagnosis.cases import ABSENT, Case
from tests.diagnosis.vpn_cases import INSIDE, IPSEC, OPENVPN, SIZES, WG

CARRIED = (
    Case(
        rule="vpn/mtu-above-path",
        known=SIZES,
        fails="vpn.pmtu",
        near=({"vpn.fits": ABSENT}, {"vpn.fits": 1200, "vpn.families": [4, 6]}),
        says=("ip link set dev wg0 mtu 1360", "ip link set dev wg0 mtu 1420", "MTU = 1360"),
    ),
    Case(
        rule="vpn/tcp-path-mtu",
        known={
            **OPENVPN,
            "vpn.transport": "tcp",
            "vpn.outer.size": 1428,
            "vpn.outer.black_hole": True,
        },
        fails="vpn.ping",
        near=({"vpn.transport": "udp"}, {"vpn.outer.black_hole": False}),
        says=("ip link set dev wwan0 mtu 1428", "ip link set dev wwan0 mtu 1500"),
    ),
    Case(
        rule="vpn/path-too-small",
        known={**SIZES, "vpn.fits": 1200, "vpn.families": [4, 6]},
        fails="vpn.pmtu",
        near=({"vpn.families": [4]}, {"vpn.fits": 1280}),
        says=("1200 bytes fit", "1280"),
        never=("ip link set", "mtu 1200"),
    ),
    Case(
        rule="vpn/mtu-told-smaller",
        known=SIZES,
        fails="vpn.pmtu",
        warns=True,
        near=({"vpn.fits": ABSENT}, {"vpn.mtu": ABSENT}),
        says=("ip link set dev wg0 mtu 1360",),
    ),
    Case(
        rule="vpn/esp-blocked",
        known={**INSIDE, **IPSEC, "vpn.transport": "esp"},
        fails="vpn.ping",
        near=(
            {"vpn.transport": "udp"},
            {"vpn.outer.received": 2},
            {"vpn.outer.sent": 0},
            {"vpn.protocol.passes": "esp"},
        ),
        says=("protocol 50", "encap = yes"),
    ),
    Case(
        rule="vpn/data-dropped",
        known=INSIDE,
        fails="vpn.ping",
        near=(
            {"vpn.outer.received": 2},
            {"vpn.outer.sent": 0},
            {"vpn.transport": "esp"},
            {"vpn.endpoint.answered": False},
        ),
        says=("data is dropped",),
    ),
    Case(
        rule="vpn/not-agreed",
        known={**IPSEC, "vpn.endpoint.answered": True, "vpn.not_agreed": True},
        fails="vpn.ping",
        near=({"vpn.not_agreed": False},),
        says=("have not agreed on keys", "journalctl -u strongswan"),
    ),
    Case(
        rule="vpn/far-side-silent",
        known={**INSIDE, "vpn.outer.received": 6},
        fails="vpn.ping",
        near=({"vpn.outer.received": 0}, {"vpn.inside.tap_in": 2}),
        says=("10.9.0.1 behind it does not answer",),
    ),
    Case(
        rule="vpn/l2tp-in-clear",
        known={**INSIDE, "vpn.kind": "l2tp", "vpn.outer.clear_l2tp": 3},
        fails="vpn.ping",
        near=({"vpn.outer.clear_l2tp": 0},),
        says=("without IPsec",),
    ),
    Case(
        rule="vpn/dns-diverted",
        known={
            **WG,
            "vpn.dns": [
                {"server": "10.1.2.3", "device": "wg0", "answered": False, "by_carrier": True}
            ],
        },
        fails="vpn.dns",
        near=(
            {
                "vpn.dns": [
                    {"server": "10.1.2.3", "device": "wg0", "answered": True, "by_carrier": True}
                ]
            },
            {
                "vpn.dns": [
                    {"server": "10.1.2.3", "device": "wg0", "answered": False, "by_carrier": False}
                ]
            },
        ),
        says=("ip route replace 10.1.2.3/32 dev wwan0",),
    ),
    Case(
        rule="vpn/dns-silent",
        known={
            **WG,
            "vpn.dns": [
                {"server": "10.1.2.3", "device": "wg0", "answered": False, "by_carrier": False}
            ],
        },
        fails="vpn.dns",
        near=(
            {
                "vpn.dns": [
                    {"server": "10.1.2.3", "device": "wg0", "answered": True, "by_carrier": None}
                ]
            },
        ),
        says=("no DNS server of this host answers: 10.1.2.3",),
    ),
    Case(
        rule="vpn/goes-past",
        known={**WG, "vpn.past.family": 6, "vpn.past.device": "wwan0"},
        fails="vpn.leak",
        warns=True,
        near=({"vpn.past.family": ABSENT},),
        says=("IPv6 goes past the tunnel by wwan0", "ip -6 route add unreachable default"),
    ),
    Case(
        rule="vpn/nat-forgets",
        known={**WG, "vpn.nat.kept_s": 2.0, "vpn.nat.lost_s": 25.0, "vpn.keepalive_s": 25},
        fails="vpn.idle",
        near=({"vpn.nat.lost_s": ABSENT}, {"vpn.nat.kept_s": ABSENT}),
        says=("between 2 and 25 s", "persistent-keepalive 1"),
    ),
)
