# SPDX-License-Identifier: GPL-2.0-or-later
"""Faults of the host itself: group A of the catalogue."""

from __future__ import annotations

from .recipe import Recipe, Services

_SECOND = (
    "client: ip link add other0 type veth peer name other1",
    "client: ip addr add 10.99.0.2/24 dev other0",
    "client: ip addr add 2001:db8:99::2/64 dev other0 nodad",
    "client: ip link set other0 up",
    "client: ip link set other1 up",
)
_PREFERRED = "client: ip route add default via 10.99.0.1 dev other0 metric 50"
_PREFERRED_6 = "client: ip -6 route add default via 2001:db8:99::1 dev other0 metric 50"
_STRICT = "client: echo 1 > /proc/sys/net/ipv4/conf/all/rp_filter"

_A1 = (
    Recipe(
        name="rp-filter",
        note="second uplink preferred, `all.rp_filter` = 1",
        cause="A1",
        finding="host/rp-filter",
        steps=(*_SECOND, _PREFERRED, _STRICT),
    ),
    Recipe(
        name="rp-filter-by-nft",
        note="second uplink preferred over IPv6, nft drops what came another way",
        cause="A1",
        finding="host/input-filter",
        steps=(*_SECOND, _PREFERRED_6),
        nft=(
            "client: before meta nfproto ipv6 iifname wwan0 meta l4proto != ipv6-icmp "
            "fib saddr . iif oif missing drop",
        ),
    ),
    Recipe(
        name="rp-filter-of-the-netdev",
        note="the same for both families, `wwan0.rp_filter` = 1",
        cause="A1",
        finding="host/rp-filter",
        steps=(
            *_SECOND,
            _PREFERRED,
            _PREFERRED_6,
            "client: echo 1 > /proc/sys/net/ipv4/conf/wwan0/rp_filter",
        ),
    ),
)
_A2 = (
    Recipe(
        name="no-route",
        note="default routes taken away",
        cause="A2",
        finding="link/no-route",
        steps=("client: ip route del default", "client: ip -6 route del default"),
    ),
    Recipe(
        name="no-route-v4",
        note="that of IPv4",
        cause="A2",
        finding="link/no-route",
        steps=("client: ip route del default",),
    ),
    Recipe(
        name="no-route-v6",
        note="that of IPv6",
        cause="A2",
        finding="link/no-route",
        steps=("client: ip -6 route del default",),
    ),
    Recipe(
        name="route-elsewhere",
        note="second uplink with a smaller metric",
        cause="A2",
        finding="host/route-elsewhere",
        steps=(*_SECOND, _PREFERRED, _PREFERRED_6),
    ),
)
_A4 = tuple(
    Recipe(name=name, cause="A4", finding=f"host/{way}-filter", note=note, nft=tuple(rules))
    for name, way, note, rules in (
        ("output-drop", "output", "nft output: drop", ["client: output oifname wwan0 drop"]),
        ("output-reject", "output", "nft output: reject", ["client: output oifname wwan0 reject"]),
        (
            "output-prohibited",
            "output",
            "nft output: reject, admin-prohibited",
            ["client: output oifname wwan0 reject with icmpx type admin-prohibited"],
        ),
        (
            "output-drop-v6",
            "output",
            "nft output: drop IPv6",
            [
                "client: output oifname wwan0 meta nfproto ipv6 icmpv6 type echo-request drop",
                "client: output oifname wwan0 meta nfproto ipv6 meta l4proto { tcp, udp } drop",
            ],
        ),
        (
            "output-tcp",
            "output",
            "nft output: drop TCP",
            ["client: output oifname wwan0 meta l4proto tcp drop"],
        ),
        (
            "output-tcp-reset",
            "output",
            "nft output: reject TCP with RST",
            ["client: output oifname wwan0 meta l4proto tcp reject with tcp reset"],
        ),
        (
            "output-udp",
            "output",
            "nft output: drop UDP",
            ["client: output oifname wwan0 meta l4proto udp drop"],
        ),
        (
            "kill-switch",
            "output",
            "a VPN's rule: reject what is not marked",
            [
                "client: output oifname != { lo, wg0 } meta mark != 0xca6c "
                "fib daddr type != local reject"
            ],
        ),
        (
            "input-drop",
            "input",
            "nft input: drop",
            ["client: input iifname wwan0 meta l4proto != ipv6-icmp drop"],
        ),
        (
            "input-reject",
            "input",
            "nft input: reject",
            [
                "client: input iifname wwan0 ip protocol != icmp reject",
                "client: input iifname wwan0 ip protocol icmp drop",
            ],
        ),
        (
            "input-drop-v6",
            "input",
            "nft input: drop IPv6",
            [
                "client: input iifname wwan0 meta nfproto ipv6 meta l4proto { tcp, udp } drop",
                "client: input iifname wwan0 icmpv6 type echo-reply drop",
            ],
        ),
        (
            "input-udp",
            "input",
            "nft input: drop UDP",
            ["client: input iifname wwan0 meta l4proto udp drop"],
        ),
        (
            "raw-drop",
            "input",
            "nft prerouting, before conntrack: drop",
            ["client: before iifname wwan0 meta l4proto { tcp, udp, icmp } drop"],
        ),
    )
)
_REST = (
    Recipe(
        name="address-overlap",
        note="another netdev's /24 route over the DNS server",
        cause="A5",
        finding="host/address-overlap",
        steps=(*_SECOND, "client: ip route add 198.51.100.0/24 dev other0"),
    ),
    Recipe(
        name="address-overlap-v6",
        note="the same, an IPv6 /48",
        cause="A5",
        finding="host/address-overlap",
        steps=(*_SECOND, "client: ip -6 route add 2001:db8:53::/48 dev other0"),
    ),
    Recipe(
        name="mtu-above-network",
        note="the network signals 1430, the netdev has 1500",
        cause="A8",
        finding="netdev/mtu-above-network",
        mtu=1430,
    ),
    Recipe(
        name="mtu-above-network-told",
        note="the network signals 1430 and enforces it by ICMP",
        cause="A8",
        finding="netdev/mtu-above-network",
        mtu=1430,
        steps=("carrier: ip link set ul mtu 1430", "net: ip link set dn mtu 1430"),
    ),
    Recipe(
        name="mtu-above-network-hole",
        note="the network signals 1430 and drops longer packets",
        cause="A8",
        finding="netdev/mtu-above-network",
        mtu=1430,
        nft=("carrier: forward meta length > 1430 drop",),
    ),
    Recipe(
        name="mtu-below-ipv6",
        note="wwan0 has an MTU of 1000",
        cause="A8",
        finding="netdev/mtu-below-ipv6",
        steps=("client: ip link set wwan0 mtu 1000",),
    ),
    Recipe(
        name="wrong-gateway",
        note="default route by a gateway of an earlier session",
        cause="A3",
        finding="host/wrong-gateway",
        steps=(
            "client: ip addr add 10.64.9.2/24 dev wwan0 scope link",
            "client: ip route replace default via 10.64.9.1 dev wwan0 metric 700",
            "client: ip addr del 10.64.9.2/24 dev wwan0",
        ),
    ),
    Recipe(
        name="ip6tables-input-drop",
        note="nft input: drop all of IPv6, neighbour discovery too",
        cause="A4",
        finding="host/neighbours-filtered",
        nft=("client: input meta nfproto ipv6 drop",),
        steps=("client: ip -6 neigh flush dev wwan0",),
    ),
    Recipe(
        name="ip6tables-input-drop-v6",
        note="the same, session of IPv6 alone",
        cause="A4",
        finding="host/neighbours-filtered",
        families=(6,),
        nft=("client: input meta nfproto ipv6 drop",),
        steps=("client: ip -6 neigh flush dev wwan0",),
    ),
    Recipe(
        name="egress-udp",
        note="nft egress: drop UDP",
        cause="A4",
        finding="host/output-filter",
        steps=(
            "client: nft add table netdev late",
            "client: nft 'add chain netdev late out { type filter hook egress device wwan0 "
            "priority 0; }'",
            "client: nft add rule netdev late out meta l4proto udp drop",
        ),
    ),
    Recipe(
        name="ingress-drop",
        note="nft ingress: drop TCP, UDP and ping",
        cause="A4",
        finding="host/input-filter",
        steps=(
            "client: nft add table netdev early",
            "client: nft 'add chain netdev early in { type filter hook ingress device wwan0 "
            "priority 0; }'",
            "client: nft add rule netdev early in meta l4proto { tcp, udp, icmp } drop",
            "client: nft add rule netdev early in icmpv6 type echo-reply drop",
        ),
    ),
    Recipe(
        name="ra-ignored",
        note="`accept_ra` = 1 and forwarding, no default route",
        cause="A11",
        finding="host/ra-ignored",
        steps=(
            "client: echo 1 > /proc/sys/net/ipv6/conf/wwan0/accept_ra",
            "client: echo 1 > /proc/sys/net/ipv6/conf/wwan0/forwarding",
            "client: ip -6 route del default",
        ),
    ),
    Recipe(
        name="ipv6-disabled",
        note="`disable_ipv6` = 1",
        cause="A11",
        finding="host/ipv6-disabled",
        steps=("client: echo 1 > /proc/sys/net/ipv6/conf/wwan0/disable_ipv6",),
    ),
    Recipe(
        name="clock-behind",
        note="time servers are three days ahead",
        cause="A12",
        finding="host/clock-wrong",
        services=Services(clock_s=3 * 86400.0),
    ),
    Recipe(
        name="clock-ahead",
        note="time servers are two hours behind",
        cause="A12",
        finding="host/clock-wrong",
        services=Services(clock_s=-7200.0),
    ),
    Recipe(
        name="clock-minutes",
        note="time servers are five minutes ahead",
        cause="A12",
        finding="host/clock-drift",
        services=Services(clock_s=300.0),
    ),
)
RECIPES = (*_A1, *_A2, *_A4, *_REST)
