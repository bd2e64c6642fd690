# SPDX-License-Identifier: GPL-2.0-or-later
"""Every cause that is set up with real daemons, as data, and the one finding that names it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bed.recipe import Recipe, Services

from .daemons import Daemons, WireGuard, wireguard
from .openvpn import OpenVpn, openvpn, secret
from .strongswan import StrongSwan, strongswan

Setup = Callable[[Daemons], None]

WG_PORT = "udp dport 51820"
_FILTER = (
    "client: nft 'add table inet k; add chain inet k c {{ type filter hook {} priority 0; }}; "
    "add rule inet k c {} drop'"
)
_DECOY = (
    "client: ip link add eth7 type veth peer name eth8",
    "client: ip link set eth8 up",
    "client: ip addr add 192.168.7.2/24 dev eth7",
    "client: ip link set eth7 up",
)


def _small(mtu: int) -> dict[str, tuple[str, ...]]:
    """A carrier whose path takes so many bytes, and who filters ICMP."""
    errors = ("icmp type destination-unreachable drop", "icmpv6 type packet-too-big drop")
    return {
        "steps": (f"carrier: ip link set ul mtu {mtu}", f"net: ip link set dn mtu {mtu}"),
        "nft": tuple(f"{place}: output {one}" for place in ("carrier", "net") for one in errors),
    }


def _recipe(**how: object) -> Recipe:
    return Recipe(name="", cause="", finding=None, **how)  # type: ignore[arg-type]


def _wg(**how: object) -> Setup:
    return lambda made: wireguard(made, WireGuard(**how))  # type: ignore[arg-type]


def _ov(**how: object) -> Setup:
    return lambda made: openvpn(made, OpenVpn(**how))  # type: ignore[arg-type]


def _ov_secret(made: Daemons) -> None:
    key = secret(made.folder)
    openvpn(made, OpenVpn(client=(f"tls-crypt {key}",), server=("--tls-crypt", key)))


def _ss(*, wait: bool = True, esp: str = "aes128gcm16") -> Setup:
    return lambda made: strongswan(made, StrongSwan(wait=wait, esp=esp))


def _nothing(made: Daemons) -> None:
    """No tunnel at all."""


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One scenario."""

    name: str
    how: str
    """How it is set up, for people."""
    entry: str
    """Of the catalogue of links and VPNs."""
    finding: str | None
    tunnel: Setup
    recipe: Recipe = field(default_factory=_recipe)
    after: tuple[str, ...] = ()
    """``place: command``, once the tunnel is up."""
    host: str | None = None
    peer: str | None = None
    kind: str | None = None
    dns: str = "198.51.100.53"
    reflect: bool = False
    says: str = ""
    """What stands in a command of the finding."""


CAUSES = (
    Cause(
        name="wireguard-healthy",
        how="wireguard-go at both ends",
        entry="-",
        finding=None,
        tunnel=_wg(),
    ),
    Cause(
        name="wireguard-mtu",
        how="carrier 1428, ICMP filtered: the complaint itself",
        entry="E2, D1",
        finding="vpn/mtu-above-path",
        tunnel=_wg(),
        recipe=_recipe(**_small(1428)),
        says="mtu 1360",
    ),
    Cause(
        name="wireguard-mtu-over-v6",
        how="the same, endpoint over IPv6",
        entry="E2, D1",
        finding="vpn/mtu-above-path",
        tunnel=_wg(endpoint="[2001:db8:3::10]:51820"),
        recipe=_recipe(**_small(1428)),
        says="mtu 1344",
    ),
    Cause(
        name="wireguard-mtu-down",
        how="packets above 1400 toward the client dropped",
        entry="D2",
        finding="vpn/mtu-above-path",
        tunnel=_wg(),
        recipe=_recipe(nft=("net: forward iifname sg meta length > 1400 drop",)),
        says="mtu 1328",
    ),
    Cause(
        name="wireguard-path-too-small",
        how="carrier 1320, IPv6 inside",
        entry="E2, D1",
        finding="vpn/path-too-small",
        tunnel=_wg(),
        recipe=_recipe(**_small(1320)),
    ),
    Cause(
        name="wireguard-small-path-v4-alone",
        how="carrier 1300, IPv4 alone inside",
        entry="E2, D1",
        finding="vpn/mtu-above-path",
        tunnel=_wg(addresses=("10.9.0.2/24",), served=("10.9.0.1/24",), allowed=("10.9.0.0/24",)),
        recipe=_recipe(**_small(1300)),
        says="mtu 1232",
    ),
    Cause(
        name="port-rejected",
        how="the carrier rejects UDP 51820",
        entry="D6",
        finding="vpn/port-rejected",
        tunnel=_wg(),
        recipe=_recipe(nft=(f"carrier: forward {WG_PORT} reject with icmpx admin-prohibited",)),
    ),
    Cause(
        name="port-blocked",
        how="the carrier drops UDP 51820",
        entry="D6",
        finding="vpn/handshake-unanswered",
        tunnel=_wg(),
        recipe=_recipe(nft=(f"carrier: forward {WG_PORT} drop",)),
    ),
    Cause(
        name="key-unknown",
        how="the server does not know the key",
        entry="E1",
        finding="vpn/handshake-unanswered",
        tunnel=_wg(known=False),
    ),
    Cause(
        name="wrong-port",
        how="endpoint on a port where nothing listens",
        entry="E1",
        finding="vpn/nobody-listens",
        tunnel=_wg(endpoint="203.0.113.10:51821"),
    ),
    Cause(
        name="server-gone",
        how="nothing reaches the server",
        entry="-",
        finding="vpn/endpoint-unreachable",
        tunnel=_wg(),
        recipe=_recipe(nft=("carrier: forward ip daddr 203.0.113.10 drop",)),
    ),
    Cause(
        name="kill-switch",
        how="nft output: drop UDP 51820",
        entry="A4",
        finding="vpn/output-filter",
        tunnel=_wg(),
        after=(_FILTER.format("output", WG_PORT),),
    ),
    Cause(
        name="input-filter",
        how="nft input: drop UDP from 51820",
        entry="A4",
        finding="vpn/input-filter",
        tunnel=_wg(),
        after=(_FILTER.format("input", "udp sport 51820"),),
    ),
    Cause(
        name="inside-output-filter",
        how="nft output: drop on wg0",
        entry="A4",
        finding="vpn/inside-output-filter",
        tunnel=_wg(),
        after=(_FILTER.format("output", "oifname wg0"),),
    ),
    Cause(
        name="inside-input-filter",
        how="nft input: drop on wg0",
        entry="A4",
        finding="vpn/inside-input-filter",
        tunnel=_wg(),
        after=(_FILTER.format("input", "iifname wg0"),),
    ),
    Cause(
        name="rp-filter-inside",
        how="another netdev preferred for the tunnel's network, rp_filter = 1",
        entry="A1",
        finding="vpn/rp-filter",
        tunnel=_wg(),
        after=(
            *_DECOY,
            "client: ip route add 10.9.0.0/25 dev eth7",
            "client: sysctl -qw net.ipv4.conf.all.rp_filter=1",
        ),
    ),
    Cause(
        name="rp-filter-outside",
        how="routes by mark, rp_filter = 1, src_valid_mark = 0",
        entry="A1",
        finding="vpn/rp-filter",
        tunnel=_wg(fwmark=0x5000),
        after=(
            *_DECOY,
            "client: ip route add 203.0.113.0/24 dev eth7",
            "client: ip route add default via 10.64.0.1 dev wwan0 table 78",
            "client: ip rule add fwmark 0x5000 lookup 78",
            "client: sysctl -qw net.ipv4.conf.all.rp_filter=1",
        ),
        says="src_valid_mark=1",
    ),
    Cause(
        name="endpoint-in-its-own-tunnel",
        how="host route to the endpoint by wg0",
        entry="A3",
        finding="vpn/endpoint-route-loop",
        tunnel=_wg(),
        after=("client: ip route add 203.0.113.10/32 dev wg0",),
        says="ip route replace 203.0.113.10 via 10.64.0.1 dev wwan0",
    ),
    Cause(
        name="leftover-route",
        how="host route by a gateway that is gone",
        entry="A3",
        finding="vpn/endpoint-route-leftover",
        tunnel=_wg(),
        after=(*_DECOY, "client: ip route add 203.0.113.10/32 via 192.168.7.1 dev eth7"),
        says="ip route replace 203.0.113.10 via 10.64.0.1 dev wwan0",
    ),
    Cause(
        name="no-route",
        how="default routes taken away",
        entry="A2",
        finding="vpn/endpoint-no-route",
        tunnel=_wg(),
        after=("client: ip route flush default", "client: ip -6 route flush default"),
    ),
    Cause(
        name="v4-endpoint-on-v6-link",
        how="a session of IPv6 alone",
        entry="D12, E3",
        finding="vpn/endpoint-family",
        tunnel=_wg(),
        recipe=_recipe(families=(6,)),
    ),
    Cause(
        name="switched-off",
        how="wg0 set down",
        entry="-",
        finding="vpn/netdev-down",
        tunnel=_wg(),
        after=("client: ip link set wg0 down",),
    ),
    Cause(name="nothing-there", how="no tunnel", entry="-", finding="vpn/none", tunnel=_nothing),
    Cause(
        name="clock-behind",
        how="time servers an hour ahead, the handshake unanswered",
        entry="A12",
        finding="vpn/clock-behind",
        tunnel=_wg(),
        recipe=_recipe(
            services=Services(clock_s=3600.0), nft=(f"carrier: forward {WG_PORT} drop",)
        ),
    ),
    Cause(
        name="flow-kill",
        how="the third packet of a flow and all later ones dropped",
        entry="D7",
        finding="vpn/data-dropped",
        tunnel=_wg(),
        recipe=_recipe(
            nft=(
                "carrier: forward udp dport 51820 ct original packets > 2 drop",
                "carrier: forward udp sport 51820 ct original packets > 2 drop",
            )
        ),
    ),
    Cause(
        name="far-firewall",
        how="the server drops what comes out of its end",
        entry="-",
        finding="vpn/far-side-silent",
        tunnel=_wg(),
        recipe=_recipe(nft=("server: input iifname wgs drop",)),
        host="10.9.0.1",
    ),
    Cause(
        name="not-in-allowed-ips",
        how="a network routed into wg0 that no peer has",
        entry="E1",
        finding="vpn/allowed-ips",
        tunnel=_wg(),
        after=("client: ip route add 10.77.0.0/16 dev wg0",),
        host="10.77.0.1",
    ),
    Cause(
        name="dns-swallowed",
        how="the operator's DNS network in AllowedIPs",
        entry="A7",
        finding="vpn/dns-diverted",
        tunnel=_wg(allowed=("10.9.0.0/24", "fd09::/64", "198.51.100.0/24")),
        after=("client: ip route add 198.51.100.0/24 dev wg0",),
        says="ip route replace 198.51.100.53/32 dev wwan0",
    ),
    Cause(
        name="dns-silent",
        how="resolv.conf names a host without DNS",
        entry="A6",
        finding="vpn/dns-silent",
        tunnel=_wg(),
        dns="203.0.113.12",
    ),
    Cause(
        name="nat-forgets",
        how="mappings end after 5 s, keepalive every 8 s",
        entry="D8",
        finding="vpn/nat-forgets",
        tunnel=_wg(keepalive=8),
        recipe=_recipe(
            steps=(
                "carrier: sysctl -qw net.netfilter.nf_conntrack_udp_timeout=3",
                "carrier: sysctl -qw net.netfilter.nf_conntrack_udp_timeout_stream=5",
            )
        ),
        reflect=True,
    ),
    Cause(name="openvpn-healthy", how="OpenVPN 2.6, UDP", entry="-", finding=None, tunnel=_ov()),
    Cause(
        name="openvpn-secret-healthy",
        how="the same with tls-crypt",
        entry="E6",
        finding=None,
        tunnel=_ov_secret,
    ),
    Cause(
        name="openvpn-tcp-healthy",
        how="the same over TCP",
        entry="-",
        finding=None,
        tunnel=_ov(protocol="tcp"),
    ),
    Cause(
        name="openvpn-mtu",
        how="carrier 1428, ICMP filtered",
        entry="E5, D1",
        finding="vpn/mtu-above-path",
        tunnel=_ov(),
        recipe=_recipe(**_small(1428)),
        says="mtu 1376",
    ),
    Cause(
        name="openvpn-blocked",
        how="the carrier drops UDP 1194",
        entry="D6",
        finding="vpn/port-silent",
        tunnel=_ov(wait=False),
        recipe=_recipe(nft=("carrier: forward udp dport 1194 drop",)),
    ),
    Cause(
        name="ipsec-healthy",
        how="strongSwan, IKEv2, ESP in UDP, AES-GCM",
        entry="-",
        finding=None,
        tunnel=_ss(),
    ),
    Cause(
        name="ipsec-mtu",
        how="carrier 1428, ICMP filtered",
        entry="E8, D1",
        finding="vpn/mtu-above-path",
        tunnel=_ss(),
        recipe=_recipe(**_small(1428)),
        says="mtu 1366",
    ),
    Cause(
        name="ipsec-cbc-mtu",
        how="the same with AES-CBC and SHA-256",
        entry="E8, D1",
        finding="vpn/mtu-above-path",
        tunnel=_ss(esp="aes256-sha256"),
        recipe=_recipe(**_small(1428)),
        says="mtu 1358",
    ),
    Cause(
        name="4500-blocked",
        how="the carrier drops UDP 4500",
        entry="E7",
        finding="vpn/natt-blocked",
        tunnel=_ss(wait=False),
        recipe=_recipe(nft=("carrier: forward udp dport 4500 drop",)),
    ),
    Cause(
        name="500-blocked",
        how="the carrier drops UDP 500",
        entry="E7",
        finding="vpn/ike-blocked",
        tunnel=_ss(wait=False),
        recipe=_recipe(nft=("carrier: forward udp dport 500 drop",)),
    ),
    Cause(
        name="ike-fragments",
        how="later fragments dropped",
        entry="E7, D3",
        finding="vpn/ike-fragments",
        tunnel=_ss(wait=False),
        recipe=_recipe(nft=("net: early ip frag-off & 0x1fff != 0 drop",)),
    ),
    Cause(
        name="dtls-blocked",
        how="TCP 443 answers, DTLS does not",
        entry="E11",
        finding="vpn/dtls-blocked",
        tunnel=_nothing,
        peer="203.0.113.10",
        kind="openconnect",
    ),
    Cause(
        name="pptp-not-there",
        how="TCP 1723 closed",
        entry="E10",
        finding="vpn/nobody-listens",
        tunnel=_nothing,
        peer="203.0.113.10",
        kind="pptp",
    ),
)

UNIT_ONLY = {
    "vpn/no-endpoint": ("E3", "facts of a name that does not resolve"),
    "vpn/esp-blocked": ("D4, E8", "facts: ESP out, none in; needs the kernel's own IPsec"),
    "vpn/l2tp-in-clear": ("E9", "facts: UDP 1701 on the netdev that carries it"),
    "vpn/mtu-told-smaller": ("D1", "facts: a router inside says a size"),
}
"""Findings that only the tests of the rules set up, by facts."""
