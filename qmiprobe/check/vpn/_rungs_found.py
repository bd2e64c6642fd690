# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of `vpn` before anything is sent: which tunnel, and what carries it. V00, V01."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import trio

from qmiprobe import host as machine
from qmiprobe import link, vpn
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.vpn._context import Rung, VpnContext
from qmiprobe.diagnosis import Evidence, JsonValue, Reason
from qmiprobe.vpn import Kind, Tunnel

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress


_MAIN = 254
"""The routing table that all programs use."""
_TUNNELS = ("tun", "wireguard", "xfrm", "vti", "ppp", "ovpn", "ovpn-dco")
"""Kinds of netdevs that VPNs have."""


async def vpn_found(context: VpnContext) -> Result:
    """A tunnel is there: who tells of it, where it goes, what it is for."""
    options = context.options
    named = options.tunnel or options.peer or "any tunnel"
    context.facts.add("device.address", named, source="command line")
    found = await vpn.find_tunnels(options.machine)
    chosen = _chosen(found, context)
    if not chosen and options.peer is not None:
        kind = options.kind or Kind.OTHER
        chosen = [await vpn.named_tunnel(kind, options.peer)]
    hidden = await _hidden(chosen)
    if hidden:
        context.facts.add("vpn.hidden", [*hidden], source="rtnetlink")
        text = f"{', '.join(hidden)}: this user may not look into it"
        return Result.failed(Reason.CANNOT_TEST, text)
    if not chosen:
        names = ", ".join(one.name for one in found)
        context.facts.add("vpn.found", [one.name for one in found], source="rtnetlink, /proc")
        text = f"none of this name; there are {names}" if found else "no tunnel on this machine"
        return Result.failed(Reason.CANNOT_TEST, text)
    context.tunnel, context.others = chosen[0], tuple(one for one in found if one != chosen[0])
    tunnel = context.the_tunnel
    if tunnel.netdev is not None:
        context.netdev = await link.read_netdev(tunnel.netdev)
    context.host = await link.read_host(tunnel.netdev or "")
    facts = context.facts
    facts.add("device.address", tunnel.netdev or tunnel.name, source=tunnel.source)
    _note(context)
    lines = _lines(context)
    if tunnel.netdev is not None and context.netdev is not None and not context.netdev.up:
        text = f"{tunnel.netdev} is down"
        return Result.failed(Reason.DEFECT, text, *lines)
    if tunnel.kind is Kind.TAILSCALE and tunnel.established is False:
        facts.add("vpn.tailscale.state", tunnel.option("state") or "", source=tunnel.source)
        return Result.failed(Reason.DEFECT, f"Tailscale is {tunnel.option('state')}", *lines)
    if tunnel.endpoint is None and not tunnel.host and _closed(tunnel):
        relay = tunnel.option("relay")
        where = f"by relay {relay}" if relay else "nobody tells where it leads"
        return Result.passed(f"{tunnel.kind} {tunnel.name}: {where}", *lines)
    if tunnel.endpoint is None:
        facts.add("vpn.endpoint.unknown", tunnel.host or "", source=tunnel.source)
        where = f"{tunnel.host!r} has no address" if tunnel.host else "no endpoint is set"
        return Result.failed(Reason.DEFECT, f"{tunnel.kind} {tunnel.name}: {where}", *lines)
    others = f"; {len(context.others)} more" if context.others else ""
    text = f"{tunnel.kind} {tunnel.name} to {tunnel.endpoint} port {tunnel.port}{others}"
    return Result.passed(text, *lines)


def _closed(tunnel: Tunnel) -> bool:
    """Whether its program, which has a netdev, tells nobody where it leads: no fault of its own."""
    silent = (Kind.TAILSCALE, Kind.OTHER, Kind.OPENCONNECT)
    return tunnel.kind in silent and tunnel.netdev is not None


async def _hidden(chosen: list[Tunnel]) -> list[str]:
    """What is a tunnel, or may be one, and tells this user too little."""
    if os.geteuid() == 0 or (chosen and chosen[0].endpoint is not None):
        return []
    others = (await link.read_host("")).others
    return [one.name for one in others if one.kind in _TUNNELS] or [one.name for one in chosen]


def _chosen(found: tuple[Tunnel, ...], context: VpnContext) -> list[Tunnel]:
    options = context.options
    chosen = [
        one
        for one in found
        if (options.tunnel is None or options.tunnel in (one.netdev, one.name))
        and (options.kind is None or options.kind is one.kind)
        and (options.peer is None or options.peer in (one.host, str(one.endpoint)))
    ]
    # one that nobody knows but the kernel is perhaps no VPN at all
    return sorted(
        chosen,
        key=lambda one: (one.kind is Kind.OTHER, one.endpoint is None, one.netdev is None),
    )


def _note(context: VpnContext) -> None:
    tunnel, facts = context.the_tunnel, context.facts
    values: dict[str, JsonValue] = {
        "vpn.kind": str(tunnel.kind),
        "vpn.name": tunnel.name,
        "vpn.netdev": tunnel.netdev,
        "vpn.transport": tunnel.transport,
        "vpn.endpoint": str(tunnel.endpoint) if tunnel.endpoint else None,
        "vpn.host": tunnel.host,
        "vpn.port": tunnel.port,
        "vpn.fwmark": tunnel.fwmark or None,
        "vpn.established": tunnel.established,
        "vpn.handshake_s": tunnel.handshake_s,
        "vpn.keepalive_s": tunnel.keepalive_s,
        "vpn.networks": [str(one) for one in tunnel.networks],
        "vpn.inner": [str(one) for one in tunnel.inner],
        "vpn.families": [n for n in (4, 6) if tunnel.carries(n)],
        "vpn.cipher": tunnel.cipher or None,
        "vpn.config": tunnel.config or None,
        "vpn.options": [f"{name} {value}" for name, value in tunnel.options],
        "vpn.mtu": context.netdev.mtu if context.netdev is not None else None,
        "vpn.up": context.netdev.up if context.netdev is not None else None,
    }
    for name, value in values.items():
        if value is not None:
            facts.add(name, value, source=tunnel.source)


def _lines(context: VpnContext) -> list[Evidence]:
    tunnel = context.the_tunnel
    lines = [Evidence(f"{tunnel.kind}, told by {tunnel.source}", source=tunnel.source)]
    if tunnel.process:
        lines.append(measured("run by", tunnel.process, source="/proc"))
    if context.netdev is not None:
        lines.append(measured("MTU", context.netdev.mtu, unit="bytes", source="rtnetlink"))
    if tunnel.handshake_s is not None:
        lines.append(
            measured(
                "last handshake", round(tunnel.handshake_s), unit="s ago", source=tunnel.source
            )
        )
    if tunnel.networks:
        names = ", ".join(map(str, tunnel.networks))
        lines.append(measured("for", names, source=tunnel.source))
    lines += [Evidence(f"beside it: {one.kind} {one.name}") for one in context.others]
    return lines


async def vpn_route(context: VpnContext) -> Result:
    """Packets to the endpoint leave by a netdev that is none of tunnels, over a live route."""
    tunnel, facts = context.the_tunnel, context.facts
    if tunnel.endpoint is None:
        return Result.skipped("nobody tells where it leads")
    assert context.host is not None
    route = await link.find_route(tunnel.endpoint, mark=tunnel.fwmark)
    source = "rtnetlink"
    if route.device is None:
        code = errno.errorcode.get(route.errno or errno.ENETUNREACH, "ENETUNREACH")
        facts.add("vpn.route.error", code, source=source)
        facts.add("vpn.route.families", _families(context), source=source)
        text = f"no route to {tunnel.endpoint}"
        return Result.failed(Reason.DEFECT, text, Evidence(route.error or code, source=source))
    facts.add("vpn.route.device", route.device, source=source)
    if route.gateway is not None:
        facts.add("vpn.route.gateway", str(route.gateway), source=source)
    if route.prefix is not None:
        facts.add("vpn.route.prefix", str(route.prefix), source=source)
    context.route = route
    context.carrier = await link.read_netdev(route.device)
    by = f" via {route.gateway}" if route.gateway else ""
    lines = [
        Evidence(f"{tunnel.endpoint} by {route.device}{by}, table {route.table}", source=source)
    ]
    if route.device == tunnel.netdev:
        facts.add("vpn.route.loop", True, source=source)
        facts.add("vpn.route.way_out", _ways_out(context), source=source)
        text = f"packets to the endpoint are routed into {tunnel.netdev} itself"
        return Result.failed(Reason.DEFECT, text, *lines)
    lines += await _note_carrier(context, route.device)
    leftover = _leftover(context)
    if leftover is not None:
        facts.add("vpn.route.leftover", leftover, source=source)
        facts.add("vpn.route.way_out", _ways_out(context), source=source)
        if _by_mark(context):
            facts.add("vpn.route.table", route.table, source=source)
        lines.append(Evidence(f"its own route to the endpoint is not the default: {leftover}"))
        return Result.warned(f"by {route.device}{by}, unlike other packets", *lines)
    return Result.passed(f"by {route.device}{by}", *lines)


async def _note_carrier(context: VpnContext, name: str) -> list[Evidence]:
    """Note what carries the tunnel; return a line about whether that is a modem's."""
    facts, source = context.facts, "rtnetlink"
    assert context.carrier is not None
    facts.add("vpn.carrier", name, source=source)
    facts.add("vpn.carrier.mtu", context.carrier.mtu, source=source)
    facts.add("vpn.carrier.up", context.carrier.up, source=source)
    modems = await trio.to_thread.run_sync(_modem_netdevs)
    if not modems:
        return []
    facts.add("vpn.carrier.modem", name in modems, source="sysfs")
    what = "a modem's netdev" if name in modems else "which is no modem's netdev"
    return [Evidence(f"{name}, {what}", source="sysfs")]


def _families(context: VpnContext) -> list[JsonValue]:
    """IP families that have any default route beside the tunnel."""
    assert context.host is not None
    name = context.the_tunnel.netdev
    defaults = [r for r in context.host.routes if not r.prefix.prefixlen and r.device != name]
    return [n for n in (4, 6) if any(one.prefix.version == n for one in defaults)]


def _ways_out(context: VpnContext) -> list[JsonValue]:
    """Default routes beside the tunnel, of the endpoint's family, the best first.

    Those of a table that the tunnel's mark alone leads to are left out: that one is in question.
    """
    assert context.host is not None
    tunnel = context.the_tunnel
    assert tunnel.endpoint is not None
    defaults = [
        one
        for one in context.host.routes
        if not one.prefix.prefixlen
        and one.device != tunnel.netdev
        and one.prefix.version == tunnel.endpoint.version
        and not (_by_mark(context) and one.table == getattr(context.route, "table", None))
    ]
    found: list[JsonValue] = [
        {"device": one.device, "gateway": str(one.gateway) if one.gateway else None}
        for one in sorted(defaults, key=lambda one: one.metric)
    ]
    return found


def _leftover(context: VpnContext) -> str | None:
    """Its own route, or its mark's, where it leads elsewhere than every default route does."""
    assert context.host is not None
    assert context.route is not None
    route, endpoint = context.route, context.route.destination
    if route.prefix is None:
        return None
    if route.prefix.prefixlen != route.prefix.max_prefixlen and not _by_mark(context):
        return None
    if _on_link(context, endpoint):
        return None
    ways = _ways_out(context)
    here: JsonValue = {
        "device": route.device,
        "gateway": str(route.gateway) if route.gateway else None,
    }
    if not ways or here in ways:
        return None
    return f"{endpoint} via {route.gateway} dev {route.device}"


def _by_mark(context: VpnContext) -> bool:
    """Whether a table of its own, by the tunnel's mark, has the route to the endpoint."""
    table = context.route.table if context.route is not None else None
    return context.the_tunnel.fwmark != 0 and table not in (None, _MAIN)


def _on_link(context: VpnContext, address: IPAddress) -> bool:
    assert context.host is not None
    return any(
        one.gateway is None and 0 < one.prefix.prefixlen < one.prefix.max_prefixlen
        for one in context.host.routes
        if address in one.prefix and one.device == getattr(context.route, "device", None)
    )


def _modem_netdevs() -> list[str]:
    try:
        return [netdev.name for modem in machine.modems("/") for netdev in modem.netdevs]
    except OSError:
        return []


RUNGS = (
    Rung("vpn.found", (), vpn_found, "a tunnel is there"),
    Rung("vpn.route", ("vpn.found",), vpn_route, "route to the endpoint"),
)
