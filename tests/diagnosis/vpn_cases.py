# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules of `vpn`."""

from __future__ import annotations

from qmiprobe.diagnosis import JsonValue
from tests.diagnosis.cases import ABSENT, Case, Known

WG: Known = {
    "vpn.kind": "wireguard",
    "vpn.name": "wg0",
    "vpn.netdev": "wg0",
    "vpn.mtu": 1420,
    "vpn.up": True,
    "vpn.transport": "udp",
    "vpn.endpoint": "203.0.113.10",
    "vpn.port": 51820,
    "vpn.families": [4],
    "vpn.route.device": "wwan0",
    "vpn.carrier": "wwan0",
    "vpn.carrier.mtu": 1500,
}
IPSEC: Known = {
    **WG,
    "vpn.kind": "ipsec",
    "vpn.name": "office",
    "vpn.netdev": ABSENT,
    "vpn.mtu": ABSENT,
    "vpn.port": 500,
}
OPENVPN: Known = {**WG, "vpn.kind": "openvpn", "vpn.netdev": "tun0", "vpn.port": 1194}
WAY: Known = {"vpn.route.way_out": [{"device": "wwan0", "gateway": "10.64.0.1"}]}


def heard(
    result: str,
    *,
    name: str = "any packet",
    port: int = 51820,
    errno: str | None = None,
    offender: str | None = None,
) -> dict[str, JsonValue]:
    return {
        "name": name,
        "port": port,
        "transport": "UDP",
        "result": result,
        "errno": errno,
        "offender": offender,
        "prohibited": False,
    }


def ike(first: str, second: str, long: str = "silent") -> list[JsonValue]:
    return [
        heard(first, name="IKE_SA_INIT on 500", port=500),
        heard(second, name="IKE_SA_INIT on 4500", port=4500),
        heard(long, name="IKE in fragments", port=4500),
    ]


SILENT: Known = {
    **WG,
    "vpn.endpoint.heard": [heard("silent")],
    "vpn.endpoint.answered": False,
    "vpn.endpoint.reached": ["echo", "udp"],
    "vpn.endpoint.sent": 4,
    "vpn.endpoint.received": 0,
    "vpn.endpoint.rp_filtered": 0,
}
INSIDE: Known = {
    **WG,
    "vpn.endpoint.answered": True,
    "vpn.inside.asked": ["10.9.0.1"],
    "vpn.inside.sure": False,
    "vpn.inside.tap_out": 6,
    "vpn.inside.tap_in": 0,
    "vpn.inside.received": 0,
    "vpn.inside.rp_filtered": 0,
    "vpn.outer.sent": 6,
    "vpn.outer.received": 0,
}
SIZES: Known = {
    **WG,
    "vpn.inner.v4.echo.size": 1360,
    "vpn.inner.v4.echo.black_hole": True,
    "vpn.outer.size": 1428,
    "vpn.passes": 1360,
    "vpn.fits": 1360,
}

HOST = (
    Case(
        rule="vpn/none",
        known={"vpn.found": []},
        fails="vpn.found",
        near=({"vpn.found": ABSENT},),
        says=("no tunnel", "--peer"),
    ),
    Case(
        rule="vpn/netdev-down",
        known={**WG, "vpn.up": False},
        fails="vpn.found",
        near=({"vpn.up": True},),
        says=("wg0 is switched off", "ip link set dev wg0 up"),
    ),
    Case(
        rule="vpn/no-endpoint",
        known={**WG, "vpn.endpoint": ABSENT, "vpn.endpoint.unknown": "vpn.example"},
        fails="vpn.found",
        near=({"vpn.endpoint.unknown": ABSENT}, {"vpn.up": False}),
        says=("vpn.example does not resolve",),
    ),
    Case(
        rule="vpn/endpoint-route-loop",
        known={**WG, **WAY, "vpn.route.loop": True, "vpn.route.prefix": "0.0.0.0/1"},
        fails="vpn.route",
        near=({"vpn.route.loop": False},),
        says=("ip route replace 203.0.113.10 via 10.64.0.1 dev wwan0",),
    ),
    Case(
        rule="vpn/endpoint-family",
        known={**WG, "vpn.route.error": "ENETUNREACH", "vpn.route.families": [6]},
        fails="vpn.route",
        near=({"vpn.route.families": [4, 6]}, {"vpn.route.error": ABSENT}),
        says=("IPv4 address", "IPv6 alone", "clatd"),
    ),
    Case(
        rule="vpn/endpoint-no-route",
        known={**WG, "vpn.route.error": "ENETUNREACH", "vpn.route.families": []},
        fails="vpn.route",
        near=({"vpn.route.families": [6]}, {"vpn.route.error": ABSENT}),
        says=("no route leads to the endpoint 203.0.113.10",),
    ),
    Case(
        rule="vpn/endpoint-route-leftover",
        known={
            **SILENT,
            **WAY,
            "vpn.endpoint.reached": [],
            "vpn.route.leftover": "203.0.113.10 via 192.168.7.1 dev eth7",
        },
        fails="vpn.endpoint",
        near=({"vpn.route.leftover": ABSENT}, {"vpn.endpoint.reached": ["echo"]}),
        says=("left over", "ip route replace 203.0.113.10 via 10.64.0.1 dev wwan0"),
    ),
    Case(
        rule="vpn/output-filter",
        known={
            **SILENT,
            "vpn.endpoint.heard": [heard("not-sent", errno="EPERM")],
            "vpn.endpoint.reached": [],
        },
        fails="vpn.endpoint",
        near=({"vpn.endpoint.heard": [heard("silent")]},),
        says=("does not let packets to the endpoint out", "OUTPUT -o wwan0 -d 203.0.113.10"),
    ),
    Case(
        rule="vpn/rp-filter",
        known={**SILENT, "vpn.endpoint.rp_filtered": 3},
        fails="vpn.endpoint",
        near=({"vpn.endpoint.rp_filtered": 0},),
        says=("net.ipv4.conf.wwan0.rp_filter=2", "src_valid_mark=1"),
    ),
    Case(
        rule="vpn/input-filter",
        known={**SILENT, "vpn.endpoint.received": 2},
        fails="vpn.endpoint",
        near=({"vpn.endpoint.received": 0}, {"vpn.endpoint.answered": True}),
        says=("INPUT -i wwan0 -s 203.0.113.10",),
    ),
    Case(
        rule="vpn/inside-output-filter",
        known={**INSIDE, "vpn.inside.send_errors": ["EPERM"], "vpn.outer.sent": 0},
        fails="vpn.ping",
        near=({"vpn.inside.send_errors": []},),
        says=("OUTPUT -o wg0",),
    ),
    Case(
        rule="vpn/inside-input-filter",
        known={**INSIDE, "vpn.inside.tap_in": 3, "vpn.outer.received": 3},
        fails="vpn.ping",
        near=({"vpn.inside.tap_in": 0}, {"vpn.inside.rp_filtered": 3}),
        says=("INPUT -i wg0",),
    ),
    Case(
        rule="vpn/allowed-ips",
        known={**INSIDE, "vpn.inside.send_errors": ["ENOKEY"], "vpn.outer.sent": 0},
        fails="vpn.ping",
        near=(
            {"vpn.inside.send_errors": ["EPERM"]},
            {"vpn.inside.send_errors": [], "vpn.inside.foreign": []},
        ),
        says=("responsible for 10.9.0.1", "AllowedIPs"),
    ),
)

ENDPOINT = (
    Case(
        rule="vpn/port-rejected",
        known={**SILENT, "vpn.endpoint.heard": [heard("unreachable", offender="10.64.0.1")]},
        fails="vpn.endpoint",
        near=({"vpn.endpoint.heard": [heard("silent")]},),
        says=("10.64.0.1 on the way refuses packets to port 51820",),
    ),
    Case(
        rule="vpn/nobody-listens",
        known={**SILENT, "vpn.endpoint.heard": [heard("refused", offender="203.0.113.10")]},
        fails="vpn.endpoint",
        near=({"vpn.endpoint.heard": [heard("silent")]},),
        says=("nothing listens on port 51820",),
    ),
    Case(
        rule="vpn/natt-blocked",
        known={**SILENT, **IPSEC, "vpn.endpoint.heard": ike("answered", "silent")},
        fails="vpn.endpoint",
        near=({"vpn.endpoint.heard": ike("answered", "answered")},),
        says=("port 500", "4500"),
    ),
    Case(
        rule="vpn/ike-blocked",
        known={**SILENT, **IPSEC, "vpn.endpoint.heard": ike("silent", "answered", "answered")},
        fails="vpn.endpoint",
        near=({"vpn.endpoint.heard": ike("answered", "answered", "answered")},),
        says=("remote_port = 4500",),
    ),
    Case(
        rule="vpn/ike-fragments",
        known={**SILENT, **IPSEC, "vpn.endpoint.heard": ike("answered", "answered")},
        fails="vpn.endpoint",
        near=({"vpn.endpoint.heard": ike("answered", "answered", "answered")},),
        says=("fragmentation = yes",),
    ),
    Case(
        rule="vpn/dtls-blocked",
        known={
            **SILENT,
            "vpn.kind": "openconnect",
            "vpn.endpoint.heard": [
                {**heard("answered", name="connection", port=443), "transport": "TCP"},
                heard("silent", name="DTLS hello", port=443),
            ],
            "vpn.endpoint.answered": True,
        },
        fails="vpn.endpoint",
        near=({"vpn.kind": "openvpn"}, {"vpn.endpoint.heard": [heard("silent")]}),
        says=("TCP port 443", "openconnect --no-dtls"),
    ),
    Case(
        rule="vpn/clock-behind",
        known={**SILENT, "vpn.clock_ahead_s": 3600},
        fails="vpn.endpoint",
        near=(
            {"vpn.clock_ahead_s": 2},
            {"vpn.clock_ahead_s": -3600},
            {"vpn.kind": "openvpn"},
            {"vpn.endpoint.answered": True},
        ),
        says=("3600 s behind", "chronyc makestep"),
    ),
    Case(
        rule="vpn/port-silent",
        known={
            **SILENT,
            **OPENVPN,
            "vpn.endpoint.heard": [heard("silent", name="OpenVPN reset", port=1194)],
        },
        fails="vpn.endpoint",
        near=({"vpn.endpoint.reached": []}, {"vpn.kind": "wireguard"}),
        says=("UDP 1194 stays silent", "qmiprobe link wwan0"),
    ),
    Case(
        rule="vpn/handshake-unanswered",
        known=SILENT,
        fails="vpn.endpoint",
        near=({"vpn.endpoint.reached": []}, {"vpn.kind": "openvpn"}),
        says=("no handshake is answered", "wg show wg0"),
    ),
    Case(
        rule="vpn/endpoint-unreachable",
        known={**SILENT, "vpn.endpoint.reached": []},
        fails="vpn.endpoint",
        near=({"vpn.endpoint.reached": ["echo"]}, {"vpn.endpoint.reached": ABSENT}),
        says=("qmiprobe link wwan0 --target 203.0.113.10",),
    ),
)

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
        near=({"vpn.transport": "udp"}, {"vpn.outer.received": 2}, {"vpn.outer.sent": 0}),
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
        rule="vpn/nat-forgets",
        known={**WG, "vpn.nat.kept_s": 2.0, "vpn.nat.lost_s": 25.0, "vpn.keepalive_s": 25},
        fails="vpn.idle",
        near=({"vpn.nat.lost_s": ABSENT}, {"vpn.nat.kept_s": ABSENT}),
        says=("between 2 and 25 s", "persistent-keepalive 1"),
    ),
)
