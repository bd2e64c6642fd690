# SPDX-License-Identifier: GPL-2.0-or-later
"""Faults of what the way lets pass: groups B, C and D."""

from __future__ import annotations

from .recipe import Recipe

_NO_TOO_BIG = (
    "carrier: output icmp type destination-unreachable icmp code frag-needed drop",
    "carrier: output icmpv6 type packet-too-big drop",
)
_NARROW = ("carrier: ip link set ul mtu 1420", "net: ip link set dn mtu 1420")
_PIECES = "ip frag-off & 0x1fff != 0 drop"
_SYN = "tcp flags & (syn | rst) == syn"

_SIZES = (
    Recipe(
        name="mtu-told",
        cause="D1",
        finding="path/mtu-smaller",
        steps=_NARROW,
        note="MTU 1420 between carrier and network; routers say so",
    ),
    Recipe(
        name="mtu-black-hole-up",
        cause="D1",
        finding="path/mtu-black-hole-up",
        explains="link.pmtu-up",
        nft=("carrier: forward iifname ue meta length > 1420 drop",),
        note="packets above 1420 bytes dropped on the way up",
    ),
    Recipe(
        name="mtu-black-hole-up-v6",
        cause="D1",
        finding="path/mtu-black-hole-up",
        nft=("carrier: forward iifname ue meta nfproto ipv6 meta length > 1300 drop",),
        note="above 1300, IPv6 alone",
    ),
    Recipe(
        name="mtu-1428-untold",
        cause="D1",
        finding="path/mtu-black-hole-up",
        steps=("carrier: ip link set ul mtu 1428", "net: ip link set dn mtu 1428"),
        nft=_NO_TOO_BIG,
        note="MTU 1428 in the carrier, its ICMP errors filtered",
    ),
    Recipe(
        name="mtu-told-over-ipv4-alone",
        cause="D1",
        finding="path/mtu-black-hole-up",
        steps=("carrier: ip link set ul mtu 1400", "net: ip link set dn mtu 1400"),
        nft=("carrier: output icmpv6 type packet-too-big drop",),
        note="MTU 1400, told over IPv4, untold over IPv6",
    ),
    Recipe(
        name="mtu-black-hole-down",
        cause="D2",
        finding="path/mtu-black-hole-down",
        nft=("carrier: forward oifname ue meta length > 1358 drop",),
        note="above 1358 on the way down",
    ),
    Recipe(
        name="mtu-black-hole-down-v6",
        cause="D2",
        finding="path/mtu-black-hole-down",
        nft=("carrier: forward oifname ue meta nfproto ipv6 meta length > 1358 drop",),
        note="the same, IPv6 alone",
    ),
    Recipe(
        name="fragments",
        cause="D3",
        finding="path/fragments-dropped",
        nft=(f"carrier: early {_PIECES}",),
        note="IPv4 fragments but the first dropped",
    ),
    Recipe(
        name="fragments-v6",
        cause="D3",
        finding="path/fragments-dropped",
        nft=("carrier: early exthdr frag exists drop",),
        note="IPv6 fragments dropped",
    ),
    Recipe(
        name="fragments-down",
        cause="D3",
        finding="path/fragments-dropped",
        nft=(f"carrier: early iifname ul {_PIECES}",),
        note="on the way down alone",
    ),
    Recipe(
        name="size-hole-512",
        cause="B4",
        finding="path/size-holes",
        nft=("carrier: forward oifname ue meta length 512 drop",),
        note="packets of 512 bytes lost on the way down",
    ),
    Recipe(
        name="size-holes-ethernet",
        cause="B4",
        finding="path/size-holes",
        nft=("carrier: forward iifname ue meta length { 498, 1010 } drop",),
        note="of 498 and 1010 on the way up: 512 and 1024 with an Ethernet header",
    ),
)

_KINDS = (
    Recipe(
        name="esp-dropped",
        cause="D4",
        finding="path/esp-dropped",
        nft=("carrier: forward meta l4proto esp drop",),
        note="ESP dropped",
    ),
    Recipe(
        name="esp-rejected",
        cause="D4",
        finding="path/esp-dropped",
        nft=("carrier: forward meta l4proto esp reject with icmpx type admin-prohibited",),
        note="ESP rejected",
    ),
    Recipe(
        name="esp-dropped-v6",
        cause="D4",
        finding="path/esp-dropped",
        nft=("carrier: forward meta nfproto ipv6 meta l4proto esp drop",),
        note="ESP over IPv6 dropped",
    ),
    Recipe(
        name="esp-dropped-further-on",
        cause="D4",
        finding="path/esp-dropped",
        nft=("net: forward meta l4proto esp drop",),
        note="by the last router before the host",
    ),
    Recipe(
        name="gre-dropped",
        cause="D5",
        finding="path/gre-dropped",
        nft=("carrier: forward meta l4proto gre drop",),
        note="GRE dropped",
    ),
    Recipe(
        name="protocols-dropped",
        cause="D5",
        finding="path/protocols-dropped",
        nft=("carrier: forward meta l4proto != { tcp, udp, icmp, icmpv6 } drop",),
        note="all but TCP, UDP and ICMP dropped",
    ),
    Recipe(
        name="ike-ports",
        cause="D6",
        finding="path/udp-ports-blocked",
        nft=("carrier: forward udp dport { 500, 4500 } drop",),
        note="UDP 500 and 4500 dropped",
    ),
    Recipe(
        name="ike-ports-rejected",
        cause="D6",
        finding="path/udp-ports-blocked",
        nft=("carrier: forward udp dport { 500, 4500 } reject with icmpx type admin-prohibited",),
        note="rejected",
    ),
    Recipe(
        name="wireguard-port-v6",
        cause="D6",
        finding="path/udp-ports-blocked",
        nft=("carrier: forward meta nfproto ipv6 udp dport 51820 drop",),
        note="UDP 51820 over IPv6 dropped",
    ),
    Recipe(
        name="new-flows-rationed",
        cause="D6",
        finding=None,
        nft=(
            "carrier: forward iifname ue meta l4proto udp ct state new "
            "limit rate over 2/second burst 10 packets drop",
        ),
        note="two new flows of UDP a second: no port is blocked",
    ),
    Recipe(
        name="udp-well-known-only",
        cause="D6",
        finding="path/udp-ports-blocked",
        nft=("carrier: forward iifname ue udp dport != { 53, 123, 443, 3478 } drop",),
        note="UDP but for 53, 123, 443 and 3478 dropped",
    ),
    Recipe(
        name="pptp-port",
        cause="D6",
        finding="path/tcp-ports-blocked",
        nft=("carrier: forward tcp dport 1723 drop",),
        note="TCP 1723 dropped",
    ),
    Recipe(
        name="ssh-reset",
        cause="D6",
        finding="path/tcp-ports-blocked",
        nft=("carrier: forward tcp dport 22 reject with tcp reset",),
        note="TCP 22 reset in the host's name",
    ),
    Recipe(
        name="https-reset",
        cause="D6",
        finding="path/tcp-ports-blocked",
        nft=("carrier: forward tcp dport 443 reject with tcp reset",),
        note="TCP 443 reset in the host's name",
    ),
    Recipe(
        name="http-reset",
        cause="D6",
        finding="path/tcp-ports-blocked",
        nft=("carrier: forward tcp dport 80 reject with tcp reset",),
        note="TCP 80 reset, so that no page comes",
    ),
    Recipe(
        name="vpn-ports",
        cause="D6",
        finding="path/ports-blocked",
        nft=(
            "carrier: forward udp dport { 500, 1194, 4500, 51820 } drop",
            "carrier: forward tcp dport { 1194, 1723 } drop",
        ),
        note="the ports of VPNs dropped, UDP and TCP",
    ),
)

_HEADERS = (
    Recipe(
        name="ttl-filter",
        cause="C5",
        finding="path/ttl-filtered",
        nft=("carrier: before iifname ue ip ttl != 64 drop",),
        note="IPv4 packets with another TTL than 64 dropped",
    ),
    Recipe(
        name="hop-limit-filter",
        cause="C5",
        finding="path/ttl-filtered",
        nft=("carrier: forward iifname ue ip6 hoplimit != 63 drop",),
        note="IPv6 packets with another hop limit than 64 not forwarded",
    ),
    Recipe(
        name="ecn-dropped",
        cause="D15",
        finding="path/ecn-dropped",
        nft=("carrier: forward ip ecn != not-ect drop", "carrier: forward ip6 ecn != not-ect drop"),
        note="packets with ECN marks dropped",
    ),
    Recipe(
        name="dscp-dropped",
        cause="D15",
        finding="path/dscp-dropped",
        nft=("carrier: forward iifname ue ip dscp != cs0 drop",),
        note="IPv4 packets with a DSCP dropped",
    ),
    Recipe(
        name="ecn-bleached",
        cause="D15",
        finding="path/ecn-bleached",
        nft=("carrier: forward ip ecn set not-ect",),
        note="ECN marks wiped out",
    ),
    Recipe(
        name="dscp-bleached",
        cause="D15",
        finding="path/dscp-bleached",
        nft=("carrier: forward ip dscp set cs0", "carrier: forward ip6 dscp set cs0"),
        note="DSCP set to 0",
    ),
    Recipe(
        name="mss-clamped",
        cause="D16",
        finding="path/mss-rewritten",
        nft=(f"carrier: forward {_SYN} tcp option maxseg size set 1318",),
        note="MSS set to 1318 both ways",
    ),
    Recipe(
        name="sack-stripped",
        cause="D16",
        finding="path/tcp-options-stripped",
        nft=("carrier: forward tcp flags syn reset tcp option sack-perm",),
        note="SACK taken out of SYNs",
    ),
    Recipe(
        name="tcp-proxy",
        cause="D16",
        finding="path/tcp-proxy",
        nft=("carrier: nat-in iifname ue tcp dport 443 redirect to :8080",),
        note="TCP 443 taken by the carrier itself",
    ),
)

RECIPES = (*_SIZES, *_KINDS, *_HEADERS)
