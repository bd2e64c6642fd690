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
        rule="vpn/not-permitted",
        known={"vpn.hidden": ["wg0"]},
        fails="vpn.found",
        near=({"vpn.hidden": []},),
        says=("only root is told what wg0 is", "sudo qmiprobe vpn"),
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
        rule="vpn/endpoint-barred",
        known={**WG, "vpn.route.error": "EINVAL", "vpn.route.families": [4]},
        fails="vpn.route",
        near=({"vpn.route.error": "ENETUNREACH"}, {"vpn.route.error": ABSENT}),
        says=("blackhole", "ip route del blackhole 203.0.113.10"),
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
        rule="vpn/endpoint-route-leftover",
        known={
            **SILENT,
            **WAY,
            "vpn.endpoint.reached": [],
            "vpn.route.leftover": "203.0.113.10 via 10.64.0.9 dev wwan0",
            "vpn.route.table": 78,
        },
        fails="vpn.endpoint",
        near=({"vpn.route.leftover": ABSENT},),
        says=("ip route replace 203.0.113.10 via 10.64.0.1 dev wwan0 table 78",),
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
        near=(
            {"vpn.endpoint.received": 0},
            {"vpn.endpoint.answered": True},
            {"vpn.endpoint.unasked": True},
        ),
        says=("INPUT -i wwan0 -s 203.0.113.10",),
    ),
    Case(
        rule="vpn/input-filter",
        known={**INSIDE, "vpn.outer.received": 6, "vpn.outer.untaken": True},
        fails="vpn.ping",
        near=({"vpn.outer.untaken": False},),
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
        rule="vpn/port-rejected",
        known={**SILENT, "vpn.endpoint.heard": [heard("unreachable", offender="203.0.113.10")]},
        fails="vpn.endpoint",
        near=({"vpn.endpoint.heard": [heard("refused", offender="203.0.113.10")]},),
        says=("the endpoint's own firewall refuses packets to port 51820",),
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
        rule="vpn/endpoint-moved",
        known={**SILENT, "vpn.host": "vpn.example", "vpn.endpoint.today": "203.0.113.11"},
        fails="vpn.endpoint",
        near=({"vpn.endpoint.today": ABSENT}, {"vpn.endpoint.answered": True}),
        says=("vpn.example is 203.0.113.11 today", "endpoint 203.0.113.11:51820"),
    ),
    Case(
        rule="vpn/gre-blocked",
        known={
            **SILENT,
            "vpn.kind": "pptp",
            "vpn.endpoint.answered": True,
            "vpn.endpoint.heard": [heard("answered", name="connection", port=1723)],
            "vpn.protocol.dropped": "gre",
        },
        fails="vpn.endpoint",
        near=({"vpn.protocol.dropped": ABSENT}, {"vpn.kind": "openvpn"}),
        says=("GRE", "nf_nat_pptp"),
    ),
    Case(
        rule="vpn/clock-behind",
        known={
            **SILENT,
            "vpn.clock_ahead_s": 3600,
            "vpn.own_handshake": "agrees",
            "vpn.own_handshake.ahead_s": 3600,
        },
        fails="vpn.endpoint",
        near=(
            {"vpn.clock_ahead_s": 2},
            {"vpn.clock_ahead_s": -3600},
            {"vpn.kind": "openvpn"},
            {"vpn.endpoint.answered": True},
            {"vpn.own_handshake": "silent"},
            {"vpn.own_handshake": ABSENT},
            {"vpn.own_handshake.ahead_s": 0},
        ),
        says=("3600 s behind", "chronyc makestep"),
    ),
    Case(
        rule="vpn/secret-differs",
        known={**SILENT, "vpn.endpoint.received": 2, "vpn.own_handshake": "secret-differs"},
        fails="vpn.endpoint",
        near=({"vpn.own_handshake": "agrees"}, {"vpn.endpoint.answered": True}),
        says=("the pre-shared key of wg0", "preshared-key"),
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
        rule="vpn/port-silent",
        known={
            **SILENT,
            **OPENVPN,
            "vpn.endpoint.heard": [heard("silent", name="OpenVPN reset", port=1194)],
            "vpn.endpoint.unasked": True,
            "vpn.outer.received": 0,
        },
        fails="vpn.ping",
        near=(
            {"vpn.endpoint.unasked": False},
            {"vpn.outer.received": 1},
            {"vpn.endpoint.reached": []},
        ),
        says=("UDP 1194 stays silent",),
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
