# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules about the NAT, about what passes, and about quality."""

from __future__ import annotations

from qmiprobe.diagnosis import JsonValue
from tests.diagnosis.cases import ABSENT, Case


def _passage(name: str, **change: JsonValue) -> dict[str, JsonValue]:
    plain: dict[str, JsonValue] = {
        "name": name, "arrived": False, "dropped": True, "after": 1, "before": 2, "by": None,
        "forged": False,
    }  # fmt: skip
    return {**plain, **change}


def _arrived(name: str) -> dict[str, JsonValue]:
    return _passage(name, arrived=True, dropped=False, after=None, before=None)


PASSES = (
    Case(
        rule="path/fragments-dropped",
        known={"link.fragments.v4.up": False, "link.fragments.v6.up": True},
        fails="link.fragments",
        near=({"link.fragments.v4.up": True}, {"link.fragments.v4.up": ABSENT}),
        says=("mtu 1280", "fragmentation = yes"),
        never=("v6",),
    ),
    Case(
        rule="path/size-holes",
        known={"link.sizes.v4.holes": [512, 1010], "link.sizes.v4.tried": [512, 1010, 1500]},
        fails="link.size-holes",
        near=({"link.sizes.v4.holes": []}, {"link.sizes.v4.holes": ABSENT}),
        says=("512, 1010 bytes", "FLAG_SEND_ZLP"),
    ),
    Case(
        rule="path/size-holes",
        known={"link.sizes.v6.holes": [1408]},
        fails="link.size-holes",
        near=({"link.sizes.v6.holes": []},),
        says=("does not say why", "mtu 1407"),
    ),
    Case(
        rule="path/esp-dropped",
        known={"link.protocols.v4": [_passage("esp"), _arrived("gre"), _arrived("other")]},
        fails="link.protocol-walk",
        near=(
            {"link.protocols.v4": [_arrived("esp"), _arrived("gre")]},
            {"link.protocols.v4": [_passage("esp"), _passage("gre")]},
        ),
        says=("encap = yes",),
    ),
    Case(
        rule="path/gre-dropped",
        known={
            "link.protocols.v4": [_arrived("esp"), _passage("gre", by="10.64.0.1", before=None)]
        },
        fails="link.protocol-walk",
        near=({"link.protocols.v4": [_passage("gre"), _passage("other")]},),
        says=("PPTP",),
    ),
    Case(
        rule="path/protocols-dropped",
        known={"link.protocols.v6": [_passage("esp"), _passage("gre"), _passage("other")]},
        fails="link.protocol-walk",
        near=({"link.protocols.v6": [_passage("esp"), _arrived("gre"), _arrived("other")]},),
        says=("beside TCP, UDP and ICMP",),
    ),
    Case(
        rule="path/udp-ports-blocked",
        known={"link.ports.v4": [_passage("udp 500"), _passage("udp 4500"), _arrived("tcp 22")]},
        fails="link.ports",
        near=(
            {"link.ports.v4": [_arrived("udp 500")]},
            {"link.ports.v4": [_passage("udp 500"), _passage("tcp 22")]},
        ),
        says=("UDP 500 (IKE), UDP 4500 (IPsec behind NAT)", "443"),
    ),
    Case(
        rule="path/tcp-ports-blocked",
        known={"link.ports.v4": [_passage("tcp 22", forged=True)]},
        fails="link.ports",
        near=({"link.ports.v4": [_passage("tcp 22"), _passage("udp 500")]},),
        says=("TCP 22 (SSH)",),
    ),
    Case(
        rule="path/ports-blocked",
        known={"link.ports.v4": [_passage("udp 33434"), _passage("tcp 1723")]},
        fails="link.ports",
        near=(
            {"link.ports.v4": [_passage("udp 33434")]},
            {"link.ports.v4": [_passage("tcp 1723")]},
        ),
        says=("TCP 1723 (PPTP), UDP 33434",),
    ),
    Case(
        rule="path/ttl-filtered",
        known={"link.marks.v4.dropped": ["ttl 63", "ttl 128"], "link.marks.v4.passed": ["ect0"]},
        fails="link.marks",
        near=({"link.marks.v4.dropped": []}, {"link.marks.v4.dropped": ABSENT}),
        says=("tethering", "oifname wwan0 ip ttl set 64"),
    ),
    Case(
        rule="path/ecn-dropped",
        known={"link.marks.v4.dropped": ["ect0", "ect1", "ce"]},
        fails="link.marks",
        near=({"link.marks.v4.dropped": ["ef"]}, {"link.marks.v4.dropped": []}),
        says=("tcp_ecn=0",),
    ),
    Case(
        rule="path/dscp-dropped",
        known={"link.marks.v6.dropped": ["ef", "af42"]},
        fails="link.marks",
        near=({"link.marks.v6.dropped": ["ect0"]},),
        says=("ip6 dscp set cs0",),
    ),
    Case(
        rule="path/ecn-bleached",
        known={
            "link.marks.v4.changed": [
                {"mark": "ect0", "hop": 2, "by": "192.0.2.2", "sent": 2, "seen": 0}
            ]
        },
        fails="link.marks",
        warns=True,
        near=({"link.marks.v4.changed": []},),
        says=("ECN marks are wiped out",),
    ),
    Case(
        rule="path/dscp-bleached",
        known={
            "link.marks.v4.changed": [
                {"mark": "ef", "hop": 1, "by": "192.0.2.2", "sent": 184, "seen": 0}
            ]
        },
        fails="link.marks",
        warns=True,
        near=({"link.marks.v4.changed": []},),
        says=("Nothing breaks",),
    ),
    Case(
        rule="path/tcp-options-stripped",
        known={"link.tcp_options.v4.stripped": ["sack"]},
        fails="link.tcp-options",
        warns=True,
        near=({"link.tcp_options.v4.stripped": []},),
        says=("MPTCP",),
    ),
    Case(
        rule="path/mss-rewritten",
        known={"link.tcp_options.v4.mss": 1460, "link.tcp_options.v4.rewritten_mss": 1318},
        fails="link.tcp-options",
        warns=True,
        near=({"link.tcp_options.v4.rewritten_mss": ABSENT},),
        says=("MSS to 1318",),
    ),
    Case(
        rule="path/tcp-proxy",
        known={"link.tcp_options.v4.answered_at": 1},
        fails="link.tcp-options",
        warns=True,
        near=({"link.tcp_options.v4.answered_at": ABSENT},),
        says=("in place of the host",),
    ),
)

NAT = (
    Case(
        rule="path/nat-symmetric",
        known={
            "link.nat.v4.translated": True,
            "link.nat.v4.mapping": "address-and-port-dependent",
        },
        fails="link.nat-type",
        warns=True,
        near=(
            {"link.nat.v4.mapping": "endpoint-independent"},
            {"link.nat.v4.translated": False},
        ),
        says=("another port", "relays"),
    ),
    Case(
        rule="path/nat-short",
        known={
            "link.nat_lifetime.replied.at_least_s": 7.5,
            "link.nat_lifetime.replied.below_s": 8.0,
        },
        fails="link.nat-lifetime",
        near=({"link.nat_lifetime.replied.below_s": ABSENT},),
        says=("after 7.5 to 8 s", "PersistentKeepalive = 6", "keepalive 6 24"),
    ),
    Case(
        rule="path/tcp-idle-short",
        known={
            "link.tcp_idle.at_least_s": 58.0,
            "link.tcp_idle.below_s": 58.5,
            "link.tcp_idle.end": "reset",
        },
        fails="link.tcp-idle",
        near=({"link.tcp_idle.below_s": ABSENT},),
        says=("are reset after 58 to 58.5 s", "ServerAliveInterval 46"),
    ),
    Case(
        rule="path/shape-filtered",
        known={
            "link.shapes": [
                {"name": "wireguard", "sent": 9, "answered": 0, "random": 9, "filtered": True},
                {"name": "ike", "sent": 9, "answered": 9, "random": 9, "filtered": False},
            ]
        },
        fails="link.shapes",
        near=({"link.shapes": []}, {"link.shapes.killed_after": 6}),
        says=("look like wireguard", "TCP port 443"),
        never=(", ike",),
    ),
    Case(
        rule="path/flow-cut-off",
        known={"link.shapes.killed_after": 6, "link.shapes": []},
        fails="link.shapes",
        near=({"link.shapes.killed_after": ABSENT},),
        says=("after 6 packets",),
    ),
)

REFLECTOR = (
    Case(
        rule="link/no-reflector",
        known={"link.reflector.error": "no answer from the reflector qp://203.0.113.10:47900"},
        fails="link.nat-lifetime",
        near=({"link.reflector.error": ABSENT},),
        says=("does not answer", "wrong token"),
    ),
)

QUALITY = (
    Case(
        rule="path/packet-loss",
        known={
            "link.rtt.v4.sent": 250,
            "link.rtt.v4.lost": 20,
            "link.rtt.v4.loss": [0.052, 0.12],
            "link.rtt.v4.longest_burst": 3,
        },
        fails="link.rtt",
        near=({"link.rtt.v4.loss": [0.0, 0.015]}, {"link.rtt.v4.loss": ABSENT}),
        says=("20 of 250",),
    ),
    Case(
        rule="path/packet-loss",
        known={
            "link.rtt.v4.sent": 250,
            "link.rtt.v4.lost": 20,
            "link.rtt.v4.loss": [0.052, 0.12],
            "link.each_way.v4.up_loss": [0.05, 0.12],
            "link.each_way.v4.down_loss": [0.0, 0.02],
        },
        fails="link.rtt",
        near=({"link.rtt.v4.loss": ABSENT, "link.each_way.v4.up_loss": [0.0, 0.02]},),
        says=("20 of 250", "on the way up"),
    ),
    Case(
        rule="path/packet-loss",
        known={
            "link.each_way.v4.down_sent": 240,
            "link.each_way.v4.down_lost": 12,
            "link.each_way.v4.down_loss": [0.03, 0.09],
        },
        fails="link.each-way",
        near=({"link.each_way.v4.down_loss": [0.005, 0.03]},),
        says=("12 of 240", "on the way down"),
    ),
    Case(
        rule="path/out-of-order",
        known={"link.rtt.v4.sent": 250, "link.rtt.v4.late": 60},
        fails="link.rtt",
        warns=True,
        near=({"link.rtt.v4.late": 2}, {"link.rtt.v4.sent": ABSENT}),
        says=("replay_window",),
    ),
    Case(
        rule="path/duplicates",
        known={"link.rtt.v6.sent": 250, "link.rtt.v6.duplicates": 20},
        fails="link.rtt",
        warns=True,
        near=({"link.rtt.v6.duplicates": 0},),
        says=("replay",),
    ),
    Case(
        rule="path/slow-wake-up",
        known={
            "link.idle.seconds": 15.0,
            "link.idle.first_ms": 1540.0,
            "link.idle.later_ms": 42.0,
            "link.idle.wake_ms": 1498.0,
        },
        fails="link.idle",
        warns=True,
        near=({"link.idle.wake_ms": 120.0}, {"link.idle.wake_ms": ABSENT}),
        says=("1498 ms longer", "at least 3 s"),
    ),
    Case(
        rule="path/bufferbloat",
        known={
            "link.load.idle_ms": 40.0,
            "link.load.down_ms": 55.0,
            "link.load.up_ms": 840.0,
            "link.load.up_mbit": 2.0,
        },
        fails="link.load",
        near=({"link.load.up_ms": 90.0}, {"link.load.idle_ms": ABSENT}),
        says=("800 ms longer", "cake bandwidth 1.8mbit", "toward the network"),
    ),
    Case(
        rule="path/policed",
        known={
            "link.load.policed": ["down"],
            "link.load.down_mbit": 0.25,
            "link.load.down_gaps": 0.4,
        },
        fails="link.load",
        near=({"link.load.policed": ABSENT},),
        says=("exceeds 0.25 Mbit/s", "bandwidth 0.23mbit"),
    ),
)
