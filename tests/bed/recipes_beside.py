# SPDX-License-Identifier: GPL-2.0-or-later
"""Faults of the host beside its filters: resolvers, tunnels, buffers, checksums, own limits."""

from __future__ import annotations

from .recipe import Radio, Recipe, Services

_TUNNEL = (
    "client: ip tuntap add tun9 mode tun",
    "client: ip addr add 10.8.0.2/24 dev tun9",
    "client: ip addr add 2001:db8:88::2/64 dev tun9 nodad",
    "client: ip link set tun9 up",
)
_ALL_OF_IPV4 = tuple(
    f"client: ip route add {half} via 10.8.0.1 dev tun9" for half in ("0.0.0.0/1", "128.0.0.0/1")
)
_ALL_OF_IPV6 = tuple(
    f"client: ip -6 route add {half} via 2001:db8:88::1 dev tun9" for half in ("::/1", "8000::/1")
)
_NAT64 = (
    "server: ip addr add 2001:db8:64::cb00:710a/128 dev eth0 nodad",
    "net: ip -6 route replace 2001:db8:64::/96 via 2001:db8:3::10",
)
_IKE = "udp dport { 500, 4500 }"

_NAMES = (
    Recipe(
        name="resolver-left-over",
        cause="A6",
        finding="host/resolver-silent",
        resolv_conf=("198.51.100.99",),
        note="resolv.conf names the server of an earlier network",
    ),
    Recipe(
        name="dns-by-tunnel",
        cause="A7",
        finding="host/dns-diverted",
        steps=(*_TUNNEL, *_ALL_OF_IPV4, *_ALL_OF_IPV6),
        resolv_conf=("198.51.100.53",),
        note="a tunnel takes all traffic, resolv.conf names the operator's server",
    ),
    Recipe(
        name="tunnel-ipv4-alone",
        cause="A13",
        finding="host/past-the-tunnel",
        steps=(*_TUNNEL, *_ALL_OF_IPV4),
        note="a tunnel takes IPv4, IPv6 leaves by wwan0",
    ),
    Recipe(
        name="clat-mtu",
        cause="D13",
        finding="host/clat-mtu",
        families=(6,),
        services=Services(dns="dns64"),
        steps=(
            *_NAT64,
            "client: ip tuntap add clat mode tun",
            "client: ip addr add 192.0.0.4/32 dev clat",
            "client: ip link set clat up",
            "client: ip route add default dev clat",
        ),
        note="session of IPv6; IPv4 by a CLAT with an MTU of 1500",
    ),
)
_LOST_HERE = (
    Recipe(
        name="wrong-checksums",
        cause="A9",
        finding="netdev/wrong-checksums",
        radio=Radio(delay_s=0.005, wrong_down=1.0),
        note="packets to the host come with wrong checksums",
    ),
    Recipe(
        name="wrong-checksums-of-large",
        cause="A9",
        finding="netdev/wrong-checksums",
        explains="link.pmtu-down",
        radio=Radio(delay_s=0.005, wrong_down=1.0, wrong_above=1400),
        note="those above 1400 bytes alone",
    ),
    Recipe(
        name="driver-buffer",
        cause="B3",
        finding="netdev/drops-large",
        radio=Radio(delay_s=0.005, buffer=1400),
        note="the netdev refuses what is above 1400 bytes, and counts it",
    ),
    Recipe(
        name="modem-multiplexes",
        cause="B2",
        finding="netdev/multiplexed",
        radio=Radio(bare=True, multiplexed=True),
        note="TAP netdev; packets come in with a QMAP header",
    ),
    Recipe(
        name="ttl-of-two",
        cause="A11",
        finding="host/ttl-too-small",
        steps=("client: echo 2 > /proc/sys/net/ipv4/ip_default_ttl",),
        note="`ip_default_ttl` = 2",
    ),
    Recipe(
        name="hop-limit-of-two",
        cause="A11",
        finding="host/ttl-too-small",
        steps=("client: echo 2 > /proc/sys/net/ipv6/conf/wwan0/hop_limit",),
        note="`hop_limit` = 2, as a router advertisement may set it",
    ),
)
_REFUSED = (
    Recipe(
        name="blackhole-route",
        cause="A2",
        finding="host/route-forbidden",
        steps=("client: ip route add blackhole 203.0.113.0/24",),
        note="a blackhole route over the targets",
    ),
    Recipe(
        name="rule-prohibits",
        cause="A2",
        finding="host/route-forbidden",
        steps=("client: ip rule add from 10.64.0.2 prohibit",),
        note="a routing rule forbids the session's own address",
    ),
    Recipe(
        name="output-ike",
        cause="A4",
        finding="host/output-filter",
        explains="link.ports",
        nft=(f"client: output oifname wwan0 {_IKE} drop",),
        note="nft output: drop UDP 500 and 4500",
    ),
    Recipe(
        name="output-ssh",
        cause="A4",
        finding="host/output-filter",
        explains="link.ports",
        nft=("client: output oifname wwan0 tcp dport { 22, 1723 } drop",),
        note="nft output: drop TCP 22 and 1723",
    ),
    Recipe(
        name="input-ntp",
        cause="A4",
        finding="host/input-filter",
        explains="link.reach-v4",
        nft=("client: input iifname wwan0 udp sport 123 drop",),
        note="nft input: drop what comes from UDP 123",
    ),
    Recipe(
        name="input-too-big",
        cause="A4",
        finding="host/input-filter",
        explains="link.pmtu-up",
        nft=(
            "client: input icmp type destination-unreachable drop",
            "client: input icmpv6 type packet-too-big drop",
        ),
        steps=("carrier: ip link set ul mtu 1400", "net: ip link set dn mtu 1400"),
        note="nft input: drop what routers say of an MTU of 1400",
    ),
    Recipe(
        name="dns-redirected-here",
        cause="D14",
        finding="host/dns-redirected",
        steps=(
            "client: nft add table ip r",
            "client: nft 'add chain ip r out { type nat hook output priority -100; }'",
            "client: nft add rule ip r out udp dport 53 dnat to 198.51.100.53",
        ),
        note="nft output of the host: all of UDP 53 to one server",
    ),
    Recipe(
        name="output-large",
        cause="A4",
        finding="host/output-filter",
        explains="link.pmtu-up",
        nft=("client: output oifname wwan0 meta length > 1400 drop",),
        note="nft output: drop what is above 1400 bytes",
    ),
    Recipe(
        name="input-large",
        cause="A4",
        finding="host/input-filter",
        explains="link.pmtu-down",
        nft=("client: input iifname wwan0 meta length > 1400 drop",),
        note="nft input: drop what is above 1400 bytes",
    ),
)
_NONE = (
    Recipe(
        name="small-netdev",
        cause="",
        finding=None,
        steps=("client: ip link set wwan0 mtu 1300",),
        note="wwan0 has an MTU of 1300, all others 1500: nothing is wrong",
    ),
    Recipe(
        name="own-mss",
        cause="",
        finding=None,
        nft=("client: output tcp flags & (syn | rst) == syn tcp option maxseg size set 1300",),
        note="the host's own rule makes TCP's segments smaller: nothing is wrong",
    ),
)
RECIPES = (*_NAMES, *_LOST_HERE, *_REFUSED, *_NONE)
