# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about what stands beside a session: resolvers that programs ask, tunnels, a CLAT."""

from __future__ import annotations

from qmiprobe.diagnosis._commands import netdev
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, observed, rule


@rule(id="host/resolver-silent", explains=("link.resolver",))
def resolver_silent(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Programs ask servers of another network; those of this one would answer."""
    silent = facts.texts("link.resolver.silent")
    if not silent:
        return None
    name = netdev(facts)
    lists = [one.get("dns") for one in facts.records("session.settings")]
    given = [str(one) for servers in lists if isinstance(servers, list) for one in servers]
    return Cause(
        f"programs ask {', '.join(silent)} for names, which {_says(silent)} nothing by {name}",
        Remedy(
            "resolv.conf was not written anew for this session, or somebody holds it fast. The "
            "network's own servers answer: let what manages the connection hand them over.",
            commands=(
                f"resolvectl dns {name} {' '.join(given)}",
                f"resolvectl domain {name} '~.'",
                "ls -l /etc/resolv.conf",
            ),
            undo=(f"resolvectl revert {name}",),
            lasting=("ln -sf /run/systemd/resolve/stub-resolv.conf /etc/resolv.conf",),
        ),
        (
            observed(facts, "link.resolver.silent", "asked by programs, silent"),
            Evidence(f"the network gave {', '.join(given)}, and they answer", value=[*given]),
        ),
    )


def _says(servers: tuple[str, ...]) -> str:
    return "says" if len(servers) == 1 else "say"


@rule(id="host/dns-diverted", explains=("link.resolver",), follows=("host/route-elsewhere",))
def dns_diverted(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The network's own DNS servers are asked by another netdev, where they do not answer."""
    records = facts.records("link.resolver.diverted")
    if not records:
        return None
    name = netdev(facts)
    servers = [str(one.get("server")) for one in records]
    devices = " and ".join(sorted({str(one.get("device")) for one in records}))
    return Cause(
        f"the network's DNS servers answer by {name}, and programs ask them by {devices}",
        Remedy(
            f"Operators answer their own subscribers only: through {devices} (a VPN that takes "
            "all traffic, or another network) such questions come from elsewhere. Use the servers "
            "that belong there (DNS = in wg-quick's file, dhcp-option DNS of OpenVPN), or give "
            "these a route of their own.",
            commands=tuple(f"ip route add {one} dev {name}" for one in servers),
            undo=tuple(f"ip route del {one} dev {name}" for one in servers),
        ),
        tuple(
            Evidence(
                f"{one.get('server')}: answers by {name}, its route leads by {one.get('device')}",
                value=one,
                source=facts.source("link.resolver.diverted"),
            )
            for one in records
        ),
    )


@rule(id="host/dns-redirected", explains=("link.dns-truth",), follows=("path/dns-intercepted",))
def dns_redirected(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """DNS questions do not leave for the server that they are meant for: this host diverts them."""
    if not facts.flag("link.dns_truth.here"):
        return None
    return Cause(
        "this host itself sends DNS questions to another server than the one that is asked",
        Remedy(
            "A rule of nftables or iptables (dnat, redirect), of a filter for advertisements or of "
            "a VPN client. Where that is wanted nothing is wrong; the network is not to blame.",
            commands=("nft list ruleset", "iptables -t nat -S OUTPUT"),
        ),
        (
            observed(facts, "link.dns_truth.intercepted", "answered in the name of"),
            observed(facts, "link.dns_truth.here", "none of these questions left for there"),
        ),
    )


@rule(id="host/past-the-tunnel", explains=("link.route",), of_warning=True)
def past_the_tunnel(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A tunnel takes one IP family; the other one goes past it."""
    family, tunnel = facts.integer("link.route.past"), facts.text("link.route.tunnel")
    if family not in (4, 6) or tunnel is None:
        return None
    name, other = netdev(facts), 10 - family
    return Cause(
        f"{tunnel} carries IPv{other} alone: IPv{family} goes past it by {name}",
        Remedy(
            f"What has an IPv{family} address is reached without the tunnel, by the operator's "
            "address. Give the tunnel that family too (AllowedIPs = 0.0.0.0/0, ::/0 of WireGuard, "
            "redirect-gateway ipv6 of OpenVPN), or keep it from leaving.",
            commands=(f"ip -{family} route add unreachable default metric 1",),
            undo=(f"ip -{family} route del unreachable default metric 1",),
        ),
        (
            observed(facts, "link.route.tunnel", f"IPv{other} leaves by"),
            Evidence(f"IPv{family} leaves by {name}", source=facts.source("link.route.tunnel")),
        ),
    )


@rule(id="host/clat-mtu", explains=("link.nat64",), of_warning=True)
def clat_mtu(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The CLAT takes IPv4 packets that do not fit IPv6 with its longer header."""
    own, most = facts.integer("link.nat64.ipv4_mtu"), facts.integer("link.nat64.ipv4_most")
    device = facts.text("link.nat64.ipv4_route")
    if own is None or most is None or device is None or own <= most:
        return None
    return Cause(
        f"{device} takes IPv4 packets of {own} bytes, and {most} fit IPv6 on {netdev(facts)}",
        Remedy(
            "IPv6 has a header that is 20 bytes longer: larger packets are split or lost, those of "
            "IPv4 alone. Take the difference off.",
            commands=(f"ip link set dev {device} mtu {most}",),
            undo=(f"ip link set dev {device} mtu {own}",),
        ),
        (
            observed(facts, "link.nat64.ipv4_route", "IPv4 leaves by"),
            observed(facts, "link.nat64.ipv4_mtu", "its MTU", unit="bytes"),
            observed(facts, "link.nat64.ipv4_most", "what fits", unit="bytes"),
        ),
    )
