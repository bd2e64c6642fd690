# SPDX-License-Identifier: GPL-2.0-or-later
"""The rung of `vpn` about this host's routes: do packets for the tunnel get into it at all. V01.

Probes inside are bound to the tunnel's netdev; programs are not, and go where routes lead.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from qmiprobe import link, vpn
from qmiprobe.check._check import Result
from qmiprobe.check.vpn._context import Rung, VpnContext
from qmiprobe.diagnosis import Evidence, JsonValue, Reason
from qmiprobe.vpn import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmiprobe.bearer import IPAddress
    from qmiprobe.link import RouteFacts
    from qmiprobe.vpn import IPNetwork

_HALVES = 1
"""Longest prefix of a default route in halves."""


async def vpn_routed(context: VpnContext) -> Result:
    """Packets to the host that was named, or to what the tunnel is for, are routed into it."""
    tunnel = context.the_tunnel
    if tunnel.netdev is None or not tunnel.inner:
        return Result.skipped("no routes lead into it: it has no netdev with addresses")
    if tunnel.established is False and tunnel.kind is not Kind.WIREGUARD:
        return Result.skipped("routes into it come once the two sides have agreed")
    assert context.host is not None
    missed: list[JsonValue] = []
    host = await _named(context)
    if host is not None:
        route = await link.find_route(host)
        if route.device != tunnel.netdev:
            missed.append(_missed(context, str(host), route, overlap=_covered(context, host)))
    else:
        for network in _networks(context):
            route = await link.find_route(_first(network))
            taken = _taken(context, network, route)
            if taken is not None:
                missed.append(_missed(context, str(network), route, overlap=taken))
    if missed:
        context.facts.add("vpn.elsewhere", missed, source="rtnetlink")
        lines = [Evidence(_said(one), value=one, source="rtnetlink") for one in missed]
        return Result.failed(Reason.DEFECT, lines[0].text, *lines)
    what = str(host) if host is not None else "what it is for"
    return Result.passed(f"{what} is routed into {tunnel.netdev}")


async def _named(context: VpnContext) -> IPAddress | None:
    name = context.options.host
    if name is None:
        return None
    try:
        return ip_address(name)
    except ValueError:
        return await vpn.resolve(name)


def _networks(context: VpnContext) -> Iterator[IPNetwork]:
    """What the tunnel is for, of IP families that it has addresses of, and its own network."""
    tunnel = context.the_tunnel
    families = {one.version for one in tunnel.inner}
    own = [one.network for one in tunnel.inner if one.network.num_addresses > 1]
    for network in dict.fromkeys((*tunnel.networks, *own)):
        if network.version in families and (network.prefixlen > _HALVES or not _used(context)):
            yield network


def _used(context: VpnContext) -> bool:
    """Whether any route but those of its own addresses leads into it, in whatever table."""
    assert context.host is not None
    tunnel = context.the_tunnel
    own = {one.network for one in tunnel.inner}
    return any(
        one.device == tunnel.netdev
        and one.prefix not in own
        and one.prefix.prefixlen < one.prefix.max_prefixlen
        and not one.prefix.is_link_local
        and not one.prefix.is_multicast
        for one in context.host.routes
    )


def _taken(context: VpnContext, network: IPNetwork, route: RouteFacts) -> bool | None:
    """None: packets get into it. Else whether another netdev has all of these addresses itself."""
    assert context.host is not None
    name = context.the_tunnel.netdev
    if route.device == name:
        return None
    into = [one for one in context.host.routes if one.device == name]
    if not any(_holds(one.prefix, network) for one in into):
        return False
    whole = route.prefix is not None and _holds(route.prefix, network)
    return True if whole else None


def _holds(wide: IPNetwork, narrow: IPNetwork) -> bool:
    return wide.version == narrow.version and narrow.subnet_of(wide)  # type: ignore[arg-type]


def _covered(context: VpnContext, host: IPAddress) -> bool:
    """Whether a route into the tunnel is there, and another netdev's wins over it."""
    assert context.host is not None
    name = context.the_tunnel.netdev
    return any(one.device == name and host in one.prefix for one in context.host.routes)


def _first(network: IPNetwork) -> IPAddress:
    return network[1] if network.num_addresses > 1 else network[0]


def _missed(context: VpnContext, what: str, route: RouteFacts, *, overlap: bool) -> JsonValue:
    return {
        "what": what,
        "device": route.device,
        "prefix": str(route.prefix) if route.prefix is not None else None,
        "overlap": overlap,
    }


def _said(one: JsonValue) -> str:
    assert isinstance(one, dict)
    where = f"leads to {one['device']}" if one["device"] else "is nowhere"
    return f"the route to {one['what']} {where}"


RUNGS = (Rung("vpn.routed", ("vpn.found",), vpn_routed, "routes into it"),)
