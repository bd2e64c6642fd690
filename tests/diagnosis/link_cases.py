# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules of `link`: the host around the netdev, and what comes back from where."""

from __future__ import annotations

from tests.diagnosis.cases import ABSENT, Case, Known

_ALL = ["dns", "tcp", "echo", "ntp", "quic"]


def _reach(family: str, *kinds: str) -> Known:
    root = f"link.reach.{family}"
    return {f"{root}.kinds": [*kinds], f"{root}.silent": [one for one in _ALL if one not in kinds]}


_NO_REACH: Known = {f"link.reach.{f}.{what}": ABSENT for f in ("v4", "v6") for what in
                    ("kinds", "silent")}  # fmt: skip

HOST = (
    Case(
        rule="host/route-elsewhere",
        known={"link.route.elsewhere": True, "link.route.device": "wlan0"},
        fails="link.route",
        warns=True,
        near=({"link.route.elsewhere": ABSENT}, {"link.route.device": ABSENT}),
        says=("prefers wlan0", "metric 50"),
    ),
    Case(
        rule="link/no-route",
        known={"link.route.error": "ENETUNREACH", "link.route.family": 6},
        fails="link.route",
        near=({"link.route.error": ABSENT},),
        says=("no IPv6 route", "ip -6 route add default dev wwan0"),
    ),
    Case(
        rule="host/ra-ignored",
        known={
            "link.ra_ignored": True,
            "link.route.family": 6,
            "link.route.error": "ENETUNREACH",
        },
        fails="link.route",
        near=({"link.ra_ignored": ABSENT}, {"link.route.family": 4}),
        says=("sysctl -w net.ipv6.conf.wwan0.accept_ra=2",),
    ),
    Case(
        rule="host/ipv6-disabled",
        known={"link.ipv6_off": True, "session.families": [4, 6]},
        fails="netdev.address",
        near=({"link.ipv6_off": False}, {"session.families": [4]}),
        says=("disable_ipv6=0", "disable_ipv6=1"),
    ),
    Case(
        rule="host/address-overlap",
        known={
            "link.overlap": [
                {
                    "what": "DNS server",
                    "address": "10.64.0.53",
                    "prefix": "10.0.0.0/8",
                    "device": "wg0",
                }
            ]
        },
        fails="link.overlap",
        near=({"link.overlap": []}, {"link.overlap": ABSENT}),
        says=("behind wg0", "ip route add 10.64.0.53 dev wwan0", "ip route del 10.64.0.53"),
    ),
    Case(
        rule="host/conntrack-full",
        known={"link.conntrack_full": 4096},
        fails="link.sysctl",
        near=({"link.conntrack_full": ABSENT},),
        says=("full (4096 entries)", "nf_conntrack_max=8192"),
    ),
    Case(
        rule="host/other-data-path",
        known={"link.bearer.elsewhere": ["ppp0"], "link.bearer.none": True},
        fails="link.bearer",
        near=({"link.bearer.elsewhere": []}, {"link.bearer.elsewhere": ABSENT}),
        says=("runs over ppp0, not over wwan0", "qmiprobe link ppp0"),
    ),
    Case(
        rule="netdev/not-set-up",
        known={"link.bearer.none": True},
        fails="link.bearer",
        near=({"link.bearer.none": ABSENT},),
        says=("no address", "qmiprobe connect"),
    ),
    Case(
        rule="netdev/no-arp-answer",
        known={
            "link.gateways": [{"address": "192.0.2.1", "state": "failed"}],
            "link.return.no_neighbour": 4,
            "link.return.tap_out": 0,
            "netdev.format": "802.3",
        },
        fails="link.return",
        near=({"link.return.no_neighbour": ABSENT},),
        says=("answers ARP", "raw_ip", "arp off"),
    ),
    Case(
        rule="host/wrong-gateway",
        known={
            "link.route.gateways": [
                {"family": 4, "route": "10.64.9.1", "given": "10.64.0.1", "metric": 700}
            ]
        },
        fails="link.route",
        near=({"link.route.gateways": []}, {"link.route.gateways": ABSENT}),
        says=("10.64.9.1 instead of 10.64.0.1", "ip -4 route replace default via 10.64.0.1"),
    ),
    Case(
        rule="host/neighbours-filtered",
        known={
            "link.return.unheard": 6,
            "link.gateways": [{"address": "2001:db8:1::1", "state": "failed"}],
        },
        fails="link.host-filter",
        near=({"link.return.unheard": ABSENT},),
        says=("neighbour discovery", "ip6tables -D INPUT -i wwan0"),
    ),
    Case(
        rule="netdev/no-carrier",
        known={"netdev.up": True, "netdev.carrier": False},
        fails="netdev.up",
        near=({"netdev.carrier": True}, {"netdev.up": False, "netdev.carrier": False}),
        says=("no carrier", "qmiprobe connect"),
    ),
    Case(
        rule="netdev/mtu-below-ipv6",
        known={
            "netdev.mtu": 1000,
            "session.families": [4, 6],
            "netdev.addresses": ["10.64.0.2/30"],
        },
        fails="netdev.address",
        near=(
            {"netdev.mtu": 1280},
            {"session.families": [4]},
            {"netdev.addresses": ["10.64.0.2/30", "2001:db8:1::2/64"]},
        ),
        says=("mtu 1280", "mtu 1000"),
    ),
    Case(
        rule="host/clock-wrong",
        known={"link.clock.ahead_s": 86400.0},
        fails="link.clock",
        near=({"link.clock.ahead_s": 300.0}, {"link.clock.ahead_s": ABSENT}),
        says=("24.0 hours behind", "chronyc makestep"),
    ),
    Case(
        rule="host/clock-wrong",
        known={"link.clock.ahead_s": -7200},
        fails="link.clock",
        near=({"link.clock.ahead_s": -300},),
        says=("2.0 hours ahead",),
    ),
    Case(
        rule="host/clock-drift",
        known={"link.clock.ahead_s": 300.0},
        fails="link.clock",
        warns=True,
        near=({"link.clock.ahead_s": 7200.0}, {"link.clock.ahead_s": ABSENT}),
        says=("5.0 minutes behind",),
    ),
    Case(
        rule="host/output-filter",
        known={
            "link.return.send_errors": [],
            "link.return.tap_out": 4,
            "link.return.refused": [{"kind": "tcp", "family": 4, "target": "203.0.113.10"}],
        },
        fails="link.host-filter",
        near=({"link.return.refused": []},),
        says=("does not let packets out",),
    ),
    Case(
        rule="host/input-filter",
        known={
            "link.return.tap_in": 9,
            "link.return.received": 5,
            "link.return.eaten": [{"kind": "dns", "family": 6, "target": "2001:db8::53"}],
        },
        fails="link.host-filter",
        near=({"link.return.eaten": []}, {"link.return.rp_filtered": 3}),
        says=("packet filter drops them",),
    ),
)

REACH = (
    Case(
        rule="path/private-apn",
        known={**_reach("v4"), **_reach("v6"), "link.return.kinds": ["dns"]},
        fails="link.reach-v4",
        near=(
            {**_reach("v6", "echo")},
            {"link.return.kinds": []},
            _NO_REACH,
        ),
        says=("operator's own servers answer", "private"),
    ),
    Case(
        rule="path/one-family-dead",
        known={**_reach("v4", *_ALL), **_reach("v6")},
        fails="link.reach-v6",
        near=(_reach("v6", "dns", "tcp", "echo"), _reach("v4"), _NO_REACH),
        says=("over IPv6", "ip -6 route del default dev wwan0"),
    ),
    Case(
        rule="path/web-only",
        known=_reach("v4", "tcp"),
        fails="link.reach-v4",
        near=(_reach("v4", "tcp", "echo"), _reach("v4", "tcp", "dns"), _reach("v4")),
        says=("for web pages", "TCP port 443"),
    ),
    Case(
        rule="path/udp-blocked",
        known={**_reach("v4", "tcp", "echo"), **_reach("v6", "tcp", "echo")},
        fails="link.reach-v4",
        near=(
            {**_reach("v4", "tcp", "echo", "ntp"), **_reach("v6", "tcp", "echo", "dns")},
            _NO_REACH,
        ),
        says=("no UDP", "IPv4 and IPv6"),
    ),
    Case(
        rule="path/tcp-blocked",
        known=_reach("v6", "dns", "echo", "ntp", "quic"),
        fails="link.reach-v6",
        near=(_reach("v6", *_ALL), _reach("v6")),
        says=("over IPv6",),
    ),
    Case(
        rule="path/icmp-blocked",
        known=_reach("v4", "dns", "tcp", "ntp", "quic"),
        fails="link.reach-v4",
        warns=True,
        near=(_reach("v4", *_ALL), _reach("v4", "dns", "tcp", "ntp"), _NO_REACH),
        says=("the link works",),
    ),
    Case(
        rule="path/some-traffic-blocked",
        known=_reach("v4", "dns", "tcp", "echo", "ntp"),
        fails="link.reach-v4",
        warns=True,
        near=(_reach("v4", *_ALL), _reach("v4", "dns", "tcp", "ntp", "quic"), _NO_REACH),
        says=("by any host: quic",),
    ),
    Case(
        rule="path/dns-useless",
        known={
            "link.dns.v4": [{"server": "198.51.100.53", "answered": True, "rcode": "SERVFAIL"}],
        },
        fails="link.dns",
        near=(
            {"link.dns.v4": [{"server": "198.51.100.53", "answered": True, "rcode": "NOERROR"}]},
            {"link.dns.v4": [{"server": "198.51.100.53", "answered": False, "rcode": None}]},
            {"link.dns.v4": ABSENT},
        ),
        says=("resolve nothing", "resolvectl revert wwan0"),
    ),
    Case(
        rule="path/mtu-black-hole-up",
        known={
            "netdev.mtu": 1500,
            "link.pmtu_up.v4.size": 1358,
            "link.pmtu_up.v4.black_hole": True,
            "link.pmtu_down.v4.size": 1358,
            "link.pmtu_down.v4.black_hole": True,
        },
        fails="link.pmtu-down",
        near=({"link.pmtu_up.v4.black_hole": False},),
        says=("above 1358 bytes both ways",),
    ),
    Case(
        rule="path/ipv6-only",
        known={"link.nat64.prefix": "64:ff9b::/96", "link.nat64.passes": True,
               "session.families": [6]},
        fails="link.nat64",
        near=(
            {"link.nat64.ipv4_route": "clat0"},
            {"link.nat64.passes": False},
            {"link.nat64.prefix": ABSENT},
        ),
        says=("IPv6 alone", "clatd", "qmiprobe connect --ip-type 46"),
    ),
    Case(
        rule="path/nat64-broken",
        known={"link.nat64.prefix": "64:ff9b::/96", "link.nat64.passes": False},
        fails="link.nat64",
        near=({"link.nat64.passes": True}, {"link.nat64.prefix": ABSENT}),
        says=("64:ff9b::/96",),
    ),
    Case(
        rule="path/dns-intercepted",
        known={"link.dns_truth.intercepted": ["192.0.2.53"]},
        fails="link.dns-truth",
        near=({"link.dns_truth.intercepted": []}, {"link.dns_truth.intercepted": ABSENT}),
        says=("whatever server", "dnsovertls wwan0 yes"),
    ),
    Case(
        rule="path/walled-garden",
        known={
            "link.http.v4": [
                {
                    "host": "page.example",
                    "by": "address",
                    "status": 302,
                    "expected": 204,
                    "location": "http://portal.example/",
                }
            ]
        },
        fails="link.portal",
        near=({"link.http.v4": []},),
        says=("walled garden",),
    ),
)  # fmt: skip
