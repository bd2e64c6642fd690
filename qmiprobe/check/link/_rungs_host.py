# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of `link` about the host around the netdev: H06 to H12 of the catalogue."""

from __future__ import annotations

from functools import partial

import trio

from qmiprobe import link
from qmiprobe.bearer import IPAddress
from qmiprobe.check import _rungs_link as rungs
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.link import _usb
from qmiprobe.check.link._context import LinkContext, Rung
from qmiprobe.diagnosis import Evidence, JsonValue, Outcome, Reason

_STRICT = 1
_TUNNELS = frozenset({"wireguard", "tun", "ppp", "xfrm", "vti", "gre", "ipip", "l2tp"})
_NARROW = 2
"""Shortest prefix that is an overlap: shorter ones (0/1) are whole default routes in halves."""


async def link_route(context: LinkContext) -> Result:
    """Packets to the targets can leave by this netdev; and do programs that bind to none use it."""
    result = await rungs.link_route(context)
    settings, facts = link.read_settings(context.netdev), context.facts
    if result.outcome is Outcome.WARN:
        facts.add("link.route.elsewhere", True, source="rtnetlink")
        await _past_a_tunnel(context)
    wrong = _wrong_gateways(context)
    if wrong and result.outcome is not Outcome.FAIL:
        facts.add("link.route.gateways", wrong, source="rtnetlink")
        text = "the default route leads to a gateway that the network did not give"
        return Result.failed(Reason.DEFECT, text, *result.evidence)
    if result.outcome is Outcome.FAIL and settings.ra_ignored and not _gatewayed(context, 6):
        facts.add("link.ra_ignored", True, source="sysctl")
    return result


async def _past_a_tunnel(context: LinkContext) -> None:
    """Note where a tunnel takes one IP family and the other one leaves by this netdev."""
    assert context.host is not None
    tunnels = {one.name for one in context.host.others if one.kind in _TUNNELS}
    by: dict[int, str | None] = {}
    for host in context.the_targets.echo:
        if host.version in context.families and host.version not in by:
            by[host.version] = (await link.find_route(host)).device
    for family, device in by.items():
        tunnel = by.get(10 - family)
        if device == context.netdev and tunnel in tunnels:
            context.facts.add("link.route.past", family, source="rtnetlink")
            context.facts.add("link.route.tunnel", tunnel, source="rtnetlink")


def _wrong_gateways(context: LinkContext) -> list[JsonValue]:
    """Default routes of the netdev to another gateway than the given one, where that matters."""
    assert context.host is not None
    assert context.found is not None
    if context.found.noarp or context.found.raw_ip:
        return []
    given = {one.family: one.gateway for one in context.the_bearer.families if one.gateway}
    found: list[JsonValue] = []
    for route in context.host.routes:
        family = route.prefix.version
        if route.device != context.netdev or route.prefix.prefixlen or route.gateway is None:
            continue
        # Routers announce themselves by a link-local address, whatever the modem calls them.
        if family not in given or route.gateway == given[family] or route.gateway.is_link_local:
            continue
        found.append(
            {
                "family": family,
                "route": str(route.gateway),
                "given": str(given[family]),
                "metric": route.metric,
            }
        )
    return found


def _gatewayed(context: LinkContext, family: int) -> bool:
    assert context.host is not None
    return any(
        one.device == context.netdev and one.prefix.version == family and not one.prefix.prefixlen
        for one in context.host.routes
    )


async def link_overlap(context: LinkContext) -> Result:
    """No other netdev has a nearer route to what belongs to this session."""
    named = [
        (what, address)
        for one in context.the_bearer.families
        for what, address in (
            *(("gateway", one.gateway),) * (one.gateway is not None),
            *(("DNS server", server) for server in one.dns),
        )
        if address is not None
    ]
    found: list[JsonValue] = []
    lines = []
    for what, address in named:
        by = await _diverted(context, address)
        if by is not None:
            found.append({"what": what, "address": str(address), **by})
            text = f"{what} {address}: {by['prefix']} leads to {by['device']}"
            lines.append(Evidence(text, source="rtnetlink"))
    if found:
        context.facts.add("link.overlap", found, source="rtnetlink")
        return Result.failed(Reason.DEFECT, "another netdev's routes cover this one's", *lines)
    return Result.passed(f"{len(named)} addresses of the session are its own")


async def _diverted(context: LinkContext, address: IPAddress) -> dict[str, str] | None:
    free = await link.find_route(address)
    if free.device in (None, context.netdev, "lo") or free.prefix is None:
        return None
    if free.prefix.prefixlen < _NARROW:
        return None
    return {"prefix": str(free.prefix), "device": str(free.device)}


async def link_sysctl(context: LinkContext) -> Result:
    """The kernel's settings for this netdev let answers in."""
    settings, facts = link.read_settings(context.netdev), context.facts
    lines, risks = [], []
    for name, value in (
        ("rp_filter", settings.rp_filter),
        ("accept_ra", settings.accept_ra),
        ("tcp_ecn", settings.ecn),
        ("tcp_mtu_probing", settings.mtu_probing),
    ):
        if value is not None:
            lines.append(measured(name, value, source="sysctl"))
    for family, value in ((4, settings.ttl), (6, settings.hop_limit)):
        if value is not None:
            facts.add(f"link.ttl.v{family}", value, source="sysctl")
    if settings.rp_filter == _STRICT and facts.flag("link.route.elsewhere"):
        risks.append("rp_filter is strict, and the way back leads by another netdev")
    if settings.rp_filter == _STRICT and context.host is not None and context.host.marked:
        if not settings.valid_mark:
            risks.append("rp_filter is strict, routes go by marks, and src_valid_mark is 0")
    if settings.conntrack_full:
        facts.add("link.conntrack_full", settings.conntrack_max, source="sysctl")
        text = f"connection tracking is full: {settings.conntrack_count} entries"
        return Result.failed(Reason.DEFECT, text, *lines)
    if risks:
        return Result.warned("; ".join(risks), *lines)
    return Result.passed("nothing in the way", *lines)


async def link_firewall(context: LinkContext) -> Result:
    """Where packets could be thrown away: hints; link.host-filter has the proof."""
    got = await link.read_firewall(context.netdev)
    if got.drops is None:
        return Result.skipped(got.why_not or "not readable")
    lines = [
        Evidence(f"{one.table} {one.chain} ({one.hook}): {one.text}", value=one.packets)
        for one in got.drops
    ]
    if not got.drops:
        return Result.passed("no rule that drops")
    return Result.passed(f"{len(got.drops)} rules that drop something", *lines)


async def link_offload(context: LinkContext) -> Result:
    """What the kernel leaves to the netdev; for reading, since a fault shows elsewhere."""
    got = await trio.to_thread.run_sync(link.read_offloads, context.netdev)
    if got.on is None:
        return Result.skipped("the netdev has no such switches")
    context.facts.add("netdev.offloads", list(got.on), source="ethtool")
    return Result.passed(", ".join(got.on) or "all off")


async def link_usb(context: LinkContext) -> Result:
    """The modem's USB device stays awake, and the kernel saw no trouble with it."""
    assert context.found is not None
    read = partial(_usb.read, context.netdev, index=context.found.index)
    found = await trio.to_thread.run_sync(read)
    if found is None:
        return Result.skipped("not a USB device")
    lines = [measured(name, value, source=found.path) for name, value in found.values.items()]
    context.facts.add("link.usb.suspends", found.suspends, source=f"{found.path}/power/control")
    if found.complaints:
        lines += [Evidence(text, source="/dev/kmsg") for text in found.complaints]
        context.facts.add("link.usb.complaints", list(found.complaints), source="/dev/kmsg")
        return Result.warned(f"the kernel's log has {len(found.complaints)} complaints", *lines)
    if found.suspends:
        return Result.warned("USB autosuspend is on: some modems do not wake up", *lines)
    return Result.passed("stays awake", *lines)


_UP = ("netdev.address",)

RUNGS = (
    Rung("link.route", _UP, link_route, "routes"),
    Rung("link.overlap", _UP, link_overlap, "addresses are its own"),
    Rung("link.sysctl", ("netdev.present",), link_sysctl, "kernel settings"),
    Rung("link.firewall", ("netdev.present",), link_firewall, "rules that drop"),
    Rung("link.offload", ("netdev.present",), link_offload, "offloads"),
    Rung("link.usb", ("netdev.present",), link_usb, "USB side"),
)
