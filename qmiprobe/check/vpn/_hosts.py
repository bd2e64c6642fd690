# SPDX-License-Identifier: GPL-2.0-or-later
"""Which hosts inside a tunnel may be asked, and how sure it is that they are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from qmiprobe import link, vpn
from qmiprobe.bearer import Targets

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress
    from qmiprobe.check.vpn._context import VpnContext

_MOST = 6
_TCP_PORT = 443
_NARROW = {4: 8, 6: 32}
"""Networks with shorter prefixes are the world, which has no first host."""


@dataclass(frozen=True)
class Candidate:
    """A host to ask inside."""

    address: IPAddress
    why: str
    sure: bool
    """Whether it is certain that there is one; silence of others proves nothing."""


async def candidates(context: VpnContext) -> list[Candidate]:
    """Return the hosts to ask, the surest first."""
    found: dict[IPAddress, Candidate] = {}
    named = await _named(context)
    for one in named or [*_servers(context), *_of_networks(context)]:
        found.setdefault(one.address, one)
    families = {interface.version for interface in context.the_tunnel.inner}
    chosen = [one for one in found.values() if one.address.version in families]
    own = {interface.ip for interface in context.the_tunnel.inner}
    return [one for one in chosen if one.address not in own][:_MOST]


async def _named(context: VpnContext) -> list[Candidate]:
    name = context.options.host
    if name is None:
        return []
    try:
        address: IPAddress | None = ip_address(name)
    except ValueError:
        address = await vpn.resolve(name)
    return [Candidate(address, "named by --target", True)] if address else []


def _servers(context: VpnContext) -> Iterator[Candidate]:
    """DNS servers that are asked through the tunnel, and public hosts where all goes through."""
    if context.netdev is None:
        return
    resolver = link.read_resolver(context.netdev.index, resolv_conf=context.options.resolv_conf)
    for server in (*resolver.of_netdev, *resolver.remote):
        if _leads_inside(context, server):
            yield Candidate(server, "DNS server", True)
    if context.options.targets is not None or _is_default(context):
        targets = context.options.targets or link.default_targets()
        for host in targets.echo:
            if _leads_inside(context, host):
                yield Candidate(host, "public host", True)


def _of_networks(context: VpnContext) -> Iterator[Candidate]:
    """The other end, as far as addresses tell it: single hosts, and the first of each network."""
    tunnel = context.the_tunnel
    for network in tunnel.networks:
        if network.prefixlen == network.max_prefixlen:
            yield Candidate(network.network_address, "the peer's own address", False)
    for interface in tunnel.inner:
        if interface.network.num_addresses > 1:
            yield Candidate(interface.network[1], "first host of the tunnel's network", False)
    for network in tunnel.networks:
        if _NARROW[network.version] < network.prefixlen < network.max_prefixlen:
            yield Candidate(network[1], "first host of a network behind it", False)


def _leads_inside(context: VpnContext, address: IPAddress) -> bool:
    """Whether the routes of this host send packets to an address into the tunnel."""
    assert context.host is not None
    name = context.the_tunnel.netdev
    matching = [one for one in context.host.routes if address in one.prefix]
    best = max((one.prefix.prefixlen for one in matching), default=-1)
    return any(one.device == name for one in matching if one.prefix.prefixlen == best)


def _is_default(context: VpnContext) -> bool:
    assert context.host is not None
    name = context.the_tunnel.netdev
    return any(one.device == name and one.prefix.prefixlen <= 1 for one in context.host.routes)


def targets_of(chosen: list[Candidate]) -> Targets:
    """Return them as targets: echo and TCP, where a refusal is an answer too."""
    addresses = tuple(one.address for one in chosen)
    return Targets(
        name="inside",
        echo=addresses,
        tcp=tuple((address, _TCP_PORT) for address in addresses),
        http=(),
        large=(),
        existing_name="example.com",
        missing_name="nowhere.invalid",
    )
