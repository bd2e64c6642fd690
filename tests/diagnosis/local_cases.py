# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules of `link` about what this host does itself, and what stands beside it."""

from __future__ import annotations

from tests.diagnosis.cases import ABSENT, Case

LOCAL = (
    Case(
        rule="host/route-forbidden",
        known={"link.route.error": "EACCES", "link.route.family": 6},
        fails="link.route",
        near=({"link.route.error": "ENETUNREACH"}, {"link.route.error": ABSENT}),
        says=("prohibit", "ip -6 rule show"),
    ),
    Case(
        rule="host/ttl-too-small",
        known={"link.ttl.v6": 2},
        fails="link.reach-v6",
        near=({"link.ttl.v6": 64}, {"link.ttl.v6": ABSENT, "link.ttl.v4": 2}),
        says=("2 over IPv6", "net.ipv6.conf.wwan0.hop_limit=64"),
    ),
    Case(
        rule="netdev/wrong-checksums",
        known={"link.checksum_errors": 12},
        fails="link.pmtu-down",
        near=({"link.checksum_errors": 0}, {"link.checksum_errors": ABSENT}),
        says=("wrong checksums", "ethtool -K wwan0 gro off"),
    ),
    Case(
        rule="netdev/drops-large",
        known={
            "link.pmtu_down.refused": 30,
            "link.pmtu_down.v4.black_hole": True,
            "link.pmtu_down.v4.size": 1400,
            "netdev.mtu": 1500,
        },
        fails="link.pmtu-down",
        near=({"link.pmtu_down.refused": 0}, {"link.pmtu_down.v4.black_hole": False}),
        says=("driver of wwan0", "mtu 16384", "mtu 1500"),
    ),
    Case(
        rule="host/output-filter",
        known={"link.filtered": ["udp 500 over IPv4"]},
        fails="link.ports",
        near=({"link.filtered": []},),
        says=("does not let packets out",),
    ),
    Case(
        rule="host/input-filter",
        known={"link.pmtu_down.v4.eaten": True},
        fails="link.pmtu-down",
        near=({"link.pmtu_down.v4.eaten": False}, {"link.return.rp_filtered": 3}),
        says=("packet filter drops them",),
    ),
    Case(
        rule="host/input-filter",
        known={"link.pmtu_up.v6.unheard": True},
        fails="link.pmtu-up",
        near=({"link.pmtu_up.v6.unheard": ABSENT},),
        says=("packet filter drops them",),
    ),
    Case(
        rule="netdev/multiplexed",
        known={"netdev.multiplexed": 4},
        fails="link.return",
        near=({"netdev.multiplexed": 0}, {"netdev.multiplexed": ABSENT}),
        says=("QMAP", "multiplex=none"),
    ),
    Case(
        rule="netdev/usb-trouble",
        known={
            "link.usb.complaints": ["wwan0: NETDEV WATCHDOG: transmit queue 0 timed out"],
            "link.usb.suspends": True,
        },
        fails="link.usb",
        warns=True,
        near=({"link.usb.complaints": []},),
        says=("complains", "echo on > /sys/class/net/wwan0/device/../power/control"),
    ),
    Case(
        rule="host/resolver-silent",
        known={
            "link.resolver.silent": ["192.0.2.99"],
            "session.settings": [{"family": 4, "dns": ["198.51.100.53"]}],
        },
        fails="link.resolver",
        near=({"link.resolver.silent": []},),
        says=("192.0.2.99", "resolvectl dns wwan0 198.51.100.53"),
    ),
    Case(
        rule="host/dns-diverted",
        known={"link.resolver.diverted": [{"server": "10.0.0.53", "device": "tun0"}]},
        fails="link.resolver",
        near=({"link.resolver.diverted": []},),
        says=("programs ask them by tun0", "ip route add 10.0.0.53 dev wwan0"),
    ),
    Case(
        rule="host/dns-redirected",
        known={"link.dns_truth.here": True, "link.dns_truth.intercepted": ["192.0.2.53"]},
        fails="link.dns-truth",
        near=({"link.dns_truth.here": ABSENT},),
        says=("this host itself",),
    ),
    Case(
        rule="host/past-the-tunnel",
        known={"link.route.past": 6, "link.route.tunnel": "tun0"},
        fails="link.route",
        warns=True,
        near=({"link.route.past": ABSENT}, {"link.route.tunnel": ABSENT}),
        says=("tun0 carries IPv4 alone", "unreachable default"),
    ),
    Case(
        rule="host/clat-mtu",
        known={
            "link.nat64.ipv4_route": "clat",
            "link.nat64.ipv4_mtu": 1500,
            "link.nat64.ipv4_most": 1480,
        },
        fails="link.nat64",
        warns=True,
        near=({"link.nat64.ipv4_mtu": 1480}, {"link.nat64.ipv4_most": ABSENT}),
        says=("ip link set dev clat mtu 1480",),
    ),
)
