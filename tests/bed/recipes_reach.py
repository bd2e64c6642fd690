# SPDX-License-Identifier: GPL-2.0-or-later
"""Faults of subscription and network that show in what comes back: groups C and D."""

from __future__ import annotations

from .recipe import Recipe, Services

_REDIRECT = "carrier: nat-in iifname ue tcp dport 80 redirect to :8080"
_NAT64 = (
    "server: ip addr add 2001:db8:64::cb00:710a/128 dev eth0 nodad",
    "net: ip -6 route replace 2001:db8:64::/96 via 2001:db8:3::10",
)

_C = (
    Recipe(
        name="private-apn",
        note="the carrier forwards nothing",
        cause="C1",
        finding="path/private-apn",
        nft=("carrier: forward iifname ue drop",),
    ),
    Recipe(
        name="private-apn-rejects",
        note="the carrier rejects what it should forward",
        cause="C1",
        finding="path/private-apn",
        nft=("carrier: forward iifname ue reject with icmpx type admin-prohibited",),
    ),
    Recipe(
        name="barred",
        note="the carrier rejects all, its own DNS too",
        cause="C1",
        finding="path/private-apn",
        nft=(
            "carrier: forward iifname ue reject with icmpx type admin-prohibited",
            "carrier: input iifname ue udp dport 53 reject with icmpx type admin-prohibited",
            "carrier: input iifname ue tcp dport 53 reject with icmpx type admin-prohibited",
        ),
    ),
    Recipe(
        name="web-only",
        note="the carrier forwards TCP 80 and 443 alone",
        cause="C1",
        finding="path/web-only",
        nft=(
            "carrier: forward iifname ue tcp dport != { 80, 443 } drop",
            "carrier: forward iifname ue meta l4proto != tcp drop",
        ),
    ),
    Recipe(
        name="web-only-v4",
        note="the carrier rejects all but TCP, session of IPv4",
        cause="C1",
        finding="path/web-only",
        families=(4,),
        nft=("carrier: forward iifname ue meta l4proto != tcp reject",),
    ),
    Recipe(
        name="tcp-blocked",
        note="the carrier drops TCP",
        cause="C1",
        finding="path/tcp-blocked",
        nft=("carrier: forward meta l4proto tcp drop",),
    ),
    Recipe(
        name="tcp-blocked-v6",
        note="the carrier drops TCP over IPv6",
        cause="C1",
        finding="path/tcp-blocked",
        nft=("carrier: forward meta nfproto ipv6 meta l4proto tcp drop",),
    ),
    Recipe(
        name="udp-blocked",
        note="the carrier drops UDP",
        cause="D6",
        finding="path/udp-blocked",
        nft=("carrier: forward meta l4proto udp drop",),
    ),
    Recipe(
        name="walled-garden",
        note="TCP 80 redirected to the portal",
        cause="C2",
        finding="path/walled-garden",
        nft=(_REDIRECT,),
    ),
    Recipe(
        name="walled-garden-page",
        note="the same; the portal answers 200 and a script",
        cause="C2",
        finding="path/walled-garden",
        nft=(_REDIRECT,),
        services=Services(portal_page="script"),
    ),
    Recipe(
        name="walled-garden-dns",
        note="the same, and DNS leads there",
        cause="C2",
        finding="path/walled-garden",
        nft=(_REDIRECT,),
        services=Services(dns="hijack"),
    ),
    Recipe(
        name="walled-garden-closed",
        note="the same, and nothing else is forwarded",
        cause="C2",
        finding="path/walled-garden",
        nft=(_REDIRECT, "carrier: forward iifname ue drop"),
    ),
    Recipe(
        name="ipv6-dead",
        note="the carrier forwards no IPv6",
        cause="C3",
        finding="path/one-family-dead",
        nft=("carrier: forward meta nfproto ipv6 drop",),
    ),
    Recipe(
        name="ipv4-dead",
        note="the carrier forwards no IPv4",
        cause="C3",
        finding="path/one-family-dead",
        nft=("carrier: forward iifname ue meta nfproto ipv4 drop",),
    ),
)
_D = (
    Recipe(
        name="no-dns",
        note="the network's servers are silent",
        cause="D14",
        finding="path/no-dns",
        services=Services(dns="silent"),
    ),
    Recipe(
        name="dns-port-closed",
        note="the carrier rejects DNS to its servers",
        cause="D14",
        finding="path/no-dns",
        nft=(
            "carrier: input iifname ue udp dport 53 reject",
            "carrier: input iifname ue tcp dport 53 reject",
        ),
    ),
    Recipe(
        name="dns-servfail",
        note="the network's servers answer SERVFAIL",
        cause="D14",
        finding="path/dns-useless",
        services=Services(dns="servfail"),
    ),
    Recipe(
        name="dns-refused",
        note="the network's servers answer REFUSED",
        cause="D14",
        finding="path/dns-useless",
        services=Services(dns="refused"),
    ),
    Recipe(
        name="dns-knows-nothing",
        note="the network's servers deny each name (NXDOMAIN)",
        cause="D14",
        finding="path/dns-useless",
        services=Services(dns="nxdomain"),
    ),
    Recipe(
        name="dns-without-addresses",
        note="their answers are empty",
        cause="D14",
        finding="path/dns-useless",
        services=Services(dns="empty"),
    ),
    Recipe(
        name="dns-garbage",
        note="what they send is no DNS",
        cause="D14",
        finding="path/no-dns",
        services=Services(dns="garbage"),
    ),
    Recipe(
        name="dns-hijacked",
        note="the network's servers know every name",
        cause="D14",
        finding="path/dns-hijacked",
        services=Services(dns="hijack"),
    ),
    Recipe(
        name="dns-intercepted",
        note="UDP 53 redirected to the carrier's server",
        cause="D14",
        finding="path/dns-intercepted",
        nft=("carrier: nat-in iifname ue udp dport 53 redirect to :53",),
    ),
    Recipe(
        name="dns-intercepted-v4",
        note="the same over IPv4",
        cause="D14",
        finding="path/dns-intercepted",
        nft=("carrier: nat-in iifname ue meta nfproto ipv4 udp dport 53 redirect to :53",),
    ),
    Recipe(
        name="ipv6-only",
        note="session of IPv6, DNS64, a NAT64 that works",
        cause="D12",
        finding="path/ipv6-only",
        families=(6,),
        services=Services(dns="dns64"),
        steps=_NAT64,
    ),
    Recipe(
        name="ipv6-only-without-nat64",
        note="session of IPv6, no DNS64",
        cause="D12",
        finding="path/ipv6-only",
        families=(6,),
    ),
    Recipe(
        name="nat64-broken",
        note="session of IPv6, DNS64, no NAT64",
        cause="D12",
        finding="path/nat64-broken",
        families=(6,),
        services=Services(dns="dns64"),
    ),
    Recipe(
        name="icmp-blocked",
        note="the carrier drops echo requests",
        cause="D21",
        finding="path/icmp-blocked",
        nft=(
            "carrier: forward icmp type echo-request drop",
            "carrier: forward icmpv6 type echo-request drop",
        ),
    ),
    Recipe(
        name="quic-blocked",
        note="the carrier drops UDP 443",
        cause="D6",
        finding="path/some-traffic-blocked",
        nft=("carrier: forward udp dport 443 drop",),
    ),
    Recipe(
        name="ntp-blocked",
        note="the carrier rejects UDP 123",
        cause="D6",
        finding="path/some-traffic-blocked",
        nft=("carrier: forward udp dport 123 reject",),
    ),
)

_BOTH_WAYS = (
    Recipe(
        name="mtu-black-hole-both-ways",
        note="packets above 1358 bytes dropped both ways",
        cause="D1",
        finding="path/mtu-black-hole-up",
        explains="link.pmtu-down",
        nft=("carrier: forward meta length > 1358 drop",),
    ),
    Recipe(
        name="mtu-black-hole-both-ways-v6",
        note="the same at 1400, over IPv6",
        cause="D1",
        finding="path/mtu-black-hole-up",
        explains="link.pmtu-down",
        nft=("carrier: forward meta nfproto ipv6 meta length > 1400 drop",),
    ),
)

RECIPES = (*_C, *_D, *_BOTH_WAYS)
