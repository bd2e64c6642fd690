# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of `vpn` about its use: counters, names, silence. V03, V06, V07."""

from __future__ import annotations

import random

from qmiprobe import link, reflect, vpn
from qmiprobe.bearer import IPAddress
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.vpn._context import Rung, VpnContext
from qmiprobe.diagnosis import Evidence, JsonValue, Reason
from qmiprobe.link import ProbeResult
from qmiprobe.link._exchange import exchange
from qmiprobe.link._packets import answers_dns, dns_query
from qmiprobe.link._sockets import Origin
from qmiprobe.link._together import together

_NAME = "example.com"
_OFF = 0
_HALVES = 1
"""Longest prefix of a default route in halves, as OpenVPN sets it."""
_GUESS_S = 25.0
"""The usual keepalive: what a NAT must bear at least where none is set."""


async def vpn_counters(context: VpnContext) -> Result:
    """The tunnel's own counters meanwhile: both directions move."""
    before = context.the_tunnel
    after = await vpn.same_tunnel(before, context.options.machine)
    netdev = await link.read_netdev(before.netdev) if before.netdev else None
    sent = received = None
    source = before.source
    if after is not None and after.sent is not None and before.sent is not None:
        sent, received = after.sent - before.sent, (after.received or 0) - (before.received or 0)
    elif netdev is not None and context.netdev is not None:
        sent = netdev.counters.tx_bytes - context.netdev.counters.tx_bytes
        received = netdev.counters.rx_bytes - context.netdev.counters.rx_bytes
        source = "rtnetlink"
    if sent is None or received is None:
        return Result.skipped("nobody counts its bytes")
    context.facts.add("vpn.sent", sent, source=source)
    context.facts.add("vpn.received", received, source=source)
    lines = [
        measured("sent meanwhile", sent, unit="bytes", source=source),
        measured("received meanwhile", received, unit="bytes", source=source),
    ]
    if sent and not received:
        return Result.warned(f"{sent} bytes sent, none received", *lines)
    return Result.passed(f"{sent} bytes sent, {received} received", *lines)


async def vpn_dns(context: VpnContext) -> Result:
    """The servers that this host asks answer the way that packets to them go now."""
    assert context.host is not None
    index = context.netdev.index if context.netdev is not None else 0
    resolver = link.read_resolver(index, resolv_conf=context.options.resolv_conf)
    servers = resolver.remote or resolver.of_netdev
    if not servers:
        return Result.skipped("names are resolved by this host itself")
    found: list[JsonValue] = []
    lines, answered = [], 0
    for server in servers:
        route = await link.find_route(server)
        carrier = context.carrier.name if context.carrier is not None else None
        ways = [way for way in dict.fromkeys((route.device, carrier)) if way is not None]

        async def ask(server: IPAddress = server, ways: list[str] = ways) -> list[bool]:
            return [await _answers(server, way) for way in ways]

        said = await ask()
        by_route = bool(said) and said[0] and route.device is not None
        beside = said[-1] if carrier is not None and carrier != route.device else None
        answered += by_route
        found.append(
            {
                "server": str(server),
                "device": route.device,
                "answered": by_route,
                "by_carrier": beside,
            }
        )
        lines.append(Evidence(f"{server} by {route.device}: {'answers' if by_route else 'silent'}"))
        if beside:
            lines.append(Evidence(f"{server} by {carrier}: answers"))
    context.facts.add("vpn.dns", found, source="DNS queries")
    if not answered:
        return Result.failed(Reason.DEFECT, "no DNS server of this host answers", *lines)
    if answered < len(servers):
        return Result.warned(f"{answered} of {len(servers)} DNS servers answer", *lines)
    verb = "answers" if len(servers) == 1 else "answer"
    return Result.passed(f"{', '.join(map(str, servers))} {verb}", *lines)


async def _answers(server: IPAddress, netdev: str) -> bool:
    identifier = random.randrange(0x10000)
    got = await exchange(
        Origin(netdev),
        server,
        53,
        dns_query(_NAME, "A", identifier),
        fits=lambda data: answers_dns(data, identifier),
        attempts=4,
        seconds=0.7,
    )
    return got.result is ProbeResult.ANSWERED


async def vpn_leak(context: VpnContext) -> Result:
    """A tunnel that is the default route is so for both IP families, or the other has none."""
    assert context.host is not None
    name = context.the_tunnel.netdev
    wide = [one for one in context.host.routes if one.prefix.prefixlen <= _HALVES]
    inside = {one.prefix.version for one in wide if one.device == name}
    beside = {one.prefix.version: one.device for one in wide if one.device != name}
    if not inside:
        return Result.skipped("the tunnel is for some networks alone, not the default route")
    past = [family for family in beside if family not in inside]
    if past:
        family = past[0]
        context.facts.add("vpn.past.family", family, source="rtnetlink")
        context.facts.add("vpn.past.device", beside[family], source="rtnetlink")
        text = f"IPv{family} goes past the tunnel by {beside[family]}"
        return Result.warned(text, Evidence(text, source="rtnetlink"))
    families = " and ".join(f"IPv{one}" for one in sorted(inside))
    return Result.passed(f"all of {families} goes through it")


async def vpn_idle(context: VpnContext) -> Result:
    """The NAT on the way keeps the mapping for as long as the tunnel stays silent."""
    tunnel, options = context.the_tunnel, context.options
    every = tunnel.keepalive_s
    lines = [measured("keepalive", every, unit="s", source=tunnel.source)] if every else []
    if options.reflector is None:
        if every == _OFF and _behind_nat(context):
            text = "no keepalive: the NAT may forget this side"
            return Result.skipped(f"{text}; --reflector URL tells after what silence", *lines)
        return Result.skipped("a reflector is needed: --reflector URL", *lines)
    outside = context.outside
    if outside is None:
        return Result.skipped("it has no route", *lines)
    silence = float(every) if every else _GUESS_S
    url = reflect.parse_url(options.reflector)
    async with reflect.connect(url, netdev=outside.netdev) as far:

        async def one(seconds: float) -> tuple[float, bool]:
            async with far.flow() as flow:
                heard = await flow.echo() is not None and await flow.echo() is not None
                return seconds, heard and await flow.delayed(seconds) is not None

        waits = sorted({silence, silence / 2, min(silence, 2.0)})
        from functools import partial

        said = await together(partial(one, seconds) for seconds in waits)
    kept = max((seconds for seconds, heard in said if heard), default=None)
    lost = min((seconds for seconds, heard in said if not heard), default=None)
    context.facts.add("vpn.nat.kept_s", kept, source=f"reflector {url}")
    context.facts.add("vpn.nat.lost_s", lost, source=f"reflector {url}")
    lines += [
        Evidence(f"an answer after {seconds:g} s of silence {'comes' if heard else 'is lost'}")
        for seconds, heard in said
    ]
    if kept is not None and lost is not None:
        text = f"the NAT forgets within {lost:g} s, the keepalive is {every or 'off'}"
        return Result.failed(Reason.DEFECT, text, *lines)
    if kept is None:
        return Result.skipped("the reflector's answers do not come at all", *lines)
    return Result.passed(f"a mapping outlives {kept:g} s of silence", *lines)


def _behind_nat(context: VpnContext) -> bool:
    """Whether this side's outer address is one that no packet from outside can have as its goal."""
    source = context.route.source if context.route is not None else None
    return source is not None and source.version == 4 and not source.is_global


RUNGS_COUNTERS = (
    Rung("vpn.counters", ("vpn.found", "vpn.route", "vpn.endpoint"), vpn_counters, "its counters"),
)
RUNGS_USE = (
    Rung("vpn.dns", ("vpn.found", "vpn.route", "vpn.endpoint"), vpn_dns, "names are resolved"),
    Rung("vpn.leak", ("vpn.found",), vpn_leak, "nothing goes past it"),
    Rung("vpn.idle", ("vpn.found", "vpn.route", "vpn.endpoint"), vpn_idle, "NAT and keepalive"),
)
