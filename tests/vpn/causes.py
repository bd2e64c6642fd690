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
    Cause(name="wireguard-healthy", entry="-", finding=None, tunnel=_wg()),
    Cause(
        name="wireguard-mtu",
        entry="E2, D1",
        finding="vpn/mtu-above-path",
        tunnel=_wg(),
        recipe=_recipe(**_small(1428)),
        says="mtu 1360",
    ),
    Cause(
        name="wireguard-mtu-over-v6",
        entry="E2, D1",
        finding="vpn/mtu-above-path",
        tunnel=_wg(endpoint="[2001:db8:3::10]:51820"),
        recipe=_recipe(**_small(1428)),
        says="mtu 1344",
    ),
    Cause(
        name="wireguard-mtu-down",
        entry="D2",
        finding="vpn/mtu-above-path",
        tunnel=_wg(),
        recipe=_recipe(nft=("net: forward iifname sg meta length > 1400 drop",)),
        says="mtu 1328",
    ),
    Cause(
        name="wireguard-path-too-small",
        entry="E2, D1",
        finding="vpn/path-too-small",
        tunnel=_wg(),
        recipe=_recipe(**_small(1320)),
    ),
    Cause(
        name="wireguard-small-path-v4-alone",
        entry="E2, D1",
        finding="vpn/mtu-above-path",
        tunnel=_wg(addresses=("10.9.0.2/24",), served=("10.9.0.1/24",), allowed=("10.9.0.0/24",)),
        recipe=_recipe(**_small(1300)),
        says="mtu 1232",
    ),
    Cause(
        name="port-rejected",
        entry="D6",
        finding="vpn/port-rejected",
        tunnel=_wg(),
        recipe=_recipe(nft=(f"carrier: forward {WG_PORT} reject with icmpx admin-prohibited",)),
    ),
    Cause(
        name="port-blocked",
        entry="D6",
        finding="vpn/handshake-unanswered",
        tunnel=_wg(),
        recipe=_recipe(nft=(f"carrier: forward {WG_PORT} drop",)),
    ),
    Cause(
        name="key-unknown",
        entry="E1",
        finding="vpn/handshake-unanswered",
        tunnel=_wg(known=False),
    ),
    Cause(
        name="wrong-port",
        entry="E1",
        finding="vpn/nobody-listens",
        tunnel=_wg(endpoint="203.0.113.10:51821"),
    ),
    Cause(
        name="server-gone",
        entry="-",
        finding="vpn/endpoint-unreachable",
        tunnel=_wg(),
        recipe=_recipe(nft=("carrier: forward ip daddr 203.0.113.10 drop",)),
    ),
    Cause(
        name="kill-switch",
        entry="A4",
        finding="vpn/output-filter",
        tunnel=_wg(),
        after=(_FILTER.format("output", WG_PORT),),
    ),
    Cause(
        name="input-filter",
        entry="A4",
        finding="vpn/input-filter",
        tunnel=_wg(),
        after=(_FILTER.format("input", "udp sport 51820"),),
    ),
    Cause(
        name="inside-output-filter",
        entry="A4",
        finding="vpn/inside-output-filter",
        tunnel=_wg(),
        after=(_FILTER.format("output", "oifname wg0"),),
    ),
    Cause(
        name="inside-input-filter",
        entry="A4",
        finding="vpn/inside-input-filter",
        tunnel=_wg(),
        after=(_FILTER.format("input", "iifname wg0"),),
    ),
    Cause(
        name="rp-filter-inside",
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
        entry="A3",
        finding="vpn/endpoint-route-loop",
        tunnel=_wg(),
        after=("client: ip route add 203.0.113.10/32 dev wg0",),
        says="ip route replace 203.0.113.10 via 10.64.0.1 dev wwan0",
    ),
    Cause(
        name="leftover-route",
        entry="A3",
        finding="vpn/endpoint-route-leftover",
        tunnel=_wg(),
        after=(*_DECOY, "client: ip route add 203.0.113.10/32 via 192.168.7.1 dev eth7"),
        says="ip route replace 203.0.113.10 via 10.64.0.1 dev wwan0",
    ),
    Cause(
        name="no-route",
        entry="A2",
        finding="vpn/endpoint-no-route",
        tunnel=_wg(),
        after=("client: ip route flush default", "client: ip -6 route flush default"),
    ),
    Cause(
        name="v4-endpoint-on-v6-link",
        entry="D12, E3",
        finding="vpn/endpoint-family",
        tunnel=_wg(),
        recipe=_recipe(families=(6,)),
    ),
    Cause(
        name="switched-off",
        entry="-",
        finding="vpn/netdev-down",
        tunnel=_wg(),
        after=("client: ip link set wg0 down",),
    ),
    Cause(name="nothing-there", entry="-", finding="vpn/none", tunnel=_nothing),
    Cause(
        name="clock-behind",
        entry="A12",
        finding="vpn/clock-behind",
        tunnel=_wg(),
        recipe=_recipe(
            services=Services(clock_s=3600.0), nft=(f"carrier: forward {WG_PORT} drop",)
        ),
    ),
    Cause(
        name="flow-kill",
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
        entry="-",
        finding="vpn/far-side-silent",
        tunnel=_wg(),
        recipe=_recipe(nft=("server: input iifname wgs drop",)),
        host="10.9.0.1",
    ),
    Cause(
        name="not-in-allowed-ips",
        entry="E1",
        finding="vpn/allowed-ips",
        tunnel=_wg(),
        after=("client: ip route add 10.77.0.0/16 dev wg0",),
        host="10.77.0.1",
    ),
    Cause(
        name="dns-swallowed",
        entry="A7",
        finding="vpn/dns-diverted",
        tunnel=_wg(allowed=("10.9.0.0/24", "fd09::/64", "198.51.100.0/24")),
        after=("client: ip route add 198.51.100.0/24 dev wg0",),
        says="ip route replace 198.51.100.53/32 dev wwan0",
    ),
    Cause(
        name="dns-silent",
        entry="A6",
        finding="vpn/dns-silent",
        tunnel=_wg(),
        dns="203.0.113.12",
    ),
    Cause(
        name="nat-forgets",
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
    Cause(name="openvpn-healthy", entry="-", finding=None, tunnel=_ov()),
    Cause(name="openvpn-secret-healthy", entry="E6", finding=None, tunnel=_ov_secret),
    Cause(name="openvpn-tcp-healthy", entry="-", finding=None, tunnel=_ov(protocol="tcp")),
    Cause(
        name="openvpn-mtu",
        entry="E5, D1",
        finding="vpn/mtu-above-path",
        tunnel=_ov(),
        recipe=_recipe(**_small(1428)),
        says="mtu 1376",
    ),
    Cause(
        name="openvpn-blocked",
        entry="D6",
        finding="vpn/port-silent",
        tunnel=_ov(wait=False),
        recipe=_recipe(nft=("carrier: forward udp dport 1194 drop",)),
    ),
    Cause(name="ipsec-healthy", entry="-", finding=None, tunnel=_ss()),
    Cause(
        name="ipsec-mtu",
        entry="E8, D1",
        finding="vpn/mtu-above-path",
        tunnel=_ss(),
        recipe=_recipe(**_small(1428)),
        says="mtu 1366",
    ),
    Cause(
        name="ipsec-cbc-mtu",
        entry="E8, D1",
        finding="vpn/mtu-above-path",
        tunnel=_ss(esp="aes256-sha256"),
        recipe=_recipe(**_small(1428)),
        says="mtu 1358",
    ),
    Cause(
        name="4500-blocked",
        entry="E7",
        finding="vpn/natt-blocked",
        tunnel=_ss(wait=False),
        recipe=_recipe(nft=("carrier: forward udp dport 4500 drop",)),
    ),
    Cause(
        name="500-blocked",
        entry="E7",
        finding="vpn/ike-blocked",
        tunnel=_ss(wait=False),
        recipe=_recipe(nft=("carrier: forward udp dport 500 drop",)),
    ),
    Cause(
        name="ike-fragments",
        entry="E7, D3",
        finding="vpn/ike-fragments",
        tunnel=_ss(wait=False),
        recipe=_recipe(nft=("net: early ip frag-off & 0x1fff != 0 drop",)),
    ),
    Cause(
        name="dtls-blocked",
        entry="E11",
        finding="vpn/dtls-blocked",
        tunnel=_nothing,
        peer="203.0.113.10",
        kind="openconnect",
    ),
    Cause(
        name="pptp-not-there",
        entry="E10",
        finding="vpn/nobody-listens",
        tunnel=_nothing,
        peer="203.0.113.10",
        kind="pptp",
    ),
)
