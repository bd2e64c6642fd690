# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of `link` about what comes back, and from where: L01 to L08 of the catalogue."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from ipaddress import ip_address, ip_network

from qmiprobe import link
from qmiprobe.check import _rungs_link as rungs
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.link._checksums import note_checksums
from qmiprobe.check.link._context import LinkContext, Rung
from qmiprobe.check.link._filtered import eaten_here, filtered_here
from qmiprobe.check.link._modem import ask_modem
from qmiprobe.check.link._rungs_names import link_resolver
from qmiprobe.diagnosis import Evidence, JsonValue, Outcome, Reason
from qmiprobe.link import Reached, ReachFacts, ReturnFacts

_UNKNOWN = ("failed", "incomplete")
_REFUSED = link.DnsResult.REFUSED
_CLAT = ip_network("192.0.0.0/29")
"""What a host gives itself for IPv4 over IPv6 (RFC 7335)."""
_LONGER = 20
"""Bytes by which an IPv6 header is longer than that of IPv4."""
_ENOUGH = 2
"""Kinds of traffic that must come back, where more are asked for: one alone may be intercepted."""
_UDP = frozenset({"dns", "ntp", "quic", "udp"})
CLOCK_WARN_S, CLOCK_FAIL_S = 60.0, 3600.0
_CLOCK_RIGHT_S = 1.0
"""The date of web servers is no finer."""


async def link_return(context: LinkContext) -> Result:
    """Something comes back; where it does not, the neighbours and the counters are looked at."""
    result = await rungs.link_return(context)
    states = await _neighbours(context)
    if states:
        context.facts.add("link.gateways", states, source="rtnetlink")
    seen = context.returned
    if seen is not None:
        alone = _without_neighbour(context, seen)
        # Where answers come in all the same, a filter of this host drops them.
        heard = [family for family in alone if family in seen.tap_neighbours_in]
        # Where packets of the other family leave and vanish, the silence has one cause for both.
        vanished = result.outcome is Outcome.FAIL and bool(seen.tap_out)
        if heard or (alone and not vanished):
            name = "link.return.unheard" if heard else "link.return.no_neighbour"
            context.facts.add(name, (heard or alone)[0], source="AF_PACKET, rtnetlink")
            if not heard and seen.tap_multiplexed_in and not seen.after.raw_ip:
                count = seen.tap_multiplexed_in
                context.facts.add("netdev.multiplexed", count, source="what came in")
            elif not heard and seen.tap_strange_in and not seen.after.raw_ip:
                # Bare packets whose middle is taken for the type of a frame.
                context.facts.add("netdev.expected_format", "raw-ip", source="what came in")
            if not heard and result.outcome is not Outcome.FAIL:
                text = f"nobody answers for the gateway: nothing leaves over IPv{alone[0]}"
                result = Result.failed(Reason.DEFECT, text, *result.evidence)
        errors = seen.after.counters.rx_errors - seen.before.counters.rx_errors
        dropped = seen.after.counters.rx_dropped - seen.before.counters.rx_dropped
        context.facts.add("netdev.rx_refused", errors + dropped, source="rtnetlink")
        if errors + dropped and not seen.tap_in and seen.after.raw_ip:
            # What comes to a raw-IP netdev and is no IP packet is refused: it has a frame around.
            context.facts.add("netdev.expected_format", "802.3", source="frames that came in")
    if result.outcome is Outcome.FAIL:
        await ask_modem(context)
    return result


async def _neighbours(context: LinkContext) -> list[JsonValue]:
    """What ARP and discovery know of the gateways; without one, of the hosts that were asked."""
    known = (await link.read_host(context.netdev)).neighbours
    found: list[JsonValue] = []
    for one in context.the_bearer.families:
        near = {one.gateway} if one.gateway is not None else set()
        if not near and context.returned is not None:
            near = {p.target for p in context.returned.probes if p.family == one.family}
        found += [
            {"address": str(each.address), "state": each.state}
            for each in known
            if each.address in near
        ]
    return found


def _without_neighbour(context: LinkContext, seen: ReturnFacts) -> list[int]:
    """The families whose gateway is not known and of which no packet has left therefore."""
    states: dict[int, set[object]] = {}
    for one in context.facts.records("link.gateways"):
        family = ip_address(str(one.get("address"))).version
        states.setdefault(family, set()).add(one.get("state"))
    return [
        family
        for family, found in states.items()
        if found <= set(_UNKNOWN)
        and not any(probe.tap_out for probe in seen.probes if probe.family == family)
    ]


async def link_host_filter(context: LinkContext) -> Result:
    """The host's own filters let probes out and answers in, those of ARP among them."""
    result = await rungs.link_host_filter(context)
    if result.outcome is Outcome.FAIL and "link.return.eaten" in context.facts:
        note_checksums(context, since=context.checksum_errors)
    family = context.facts.integer("link.return.unheard")
    if result.outcome is Outcome.PASS and family is not None:
        text = f"neighbours answer over IPv{family} and are not heard: nothing leaves"
        return Result.failed(Reason.DEFECT, text, *result.evidence)
    return result


async def _of_another_network(context: LinkContext) -> bool:
    """Whether the DNS servers may belong elsewhere: nobody gave them, and no host is there."""
    assert context.dns is not None
    if not context.dns_guessed or any(one.result is _REFUSED for one in context.dns.answers):
        return False
    return not await link.echoing(context.the_bearer, context.dns.servers)


async def link_dns(context: LinkContext) -> Result:
    """The network's own servers answer, and answer honestly."""
    result = await rungs.link_dns(context)
    silent = context.dns is not None and not context.dns.answering
    if result.outcome is Outcome.FAIL and silent and await _of_another_network(context):
        # That they say nothing here is then no fault of this network.
        text = "the servers of resolv.conf do not answer by this netdev; whose are they?"
        return Result.warned(text, *result.evidence)
    if result.outcome is not Outcome.FAIL and _resolves_nothing(context):
        text = "the network's servers answer and resolve nothing"
        return Result.failed(Reason.DEFECT, text, *result.evidence)
    return result


def _resolves_nothing(context: LinkContext) -> bool:
    """Whether each server that answered says that it cannot, will not, or knows no name."""
    got = context.dns
    assert got is not None
    heard = [one for one in got.answers if one.result is link.DnsResult.ANSWERED]
    existing = [one for one in heard if one.name == got.existing_name]
    return bool(existing) and not got.resolving and not any(one.addresses for one in heard)


def _reach_of(family: int) -> Callable[[LinkContext], Awaitable[Result]]:
    async def reach(context: LinkContext) -> Result:
        """Hosts beyond the operator answer, in more ways than one."""
        if family not in context.families:
            return Result.skipped(f"the session has no IPv{family}")
        got = await link.measure_reach(
            context.the_bearer, targets=context.the_targets, family=family
        )
        return _reach_result(context, got)

    return reach


def _reach_result(context: LinkContext, got: ReachFacts) -> Result:
    records: list[JsonValue] = [_record(one) for one in got.reached]
    name = f"link.reach.v{got.family}"
    if not records:
        return Result.skipped(f"there are no targets with IPv{got.family}")
    source = f"probes on {context.netdev}"
    context.facts.add(name, records, source=source)
    context.facts.add(f"{name}.kinds", [*map(str, got.kinds)], source=source)
    context.facts.add(f"{name}.silent", [*map(str, got.silent)], source=source)
    lines = [Evidence(f"{_name(one)}: {_said(one)}", source="socket") for one in got.reached]
    if not got.kinds:
        text = f"no host beyond the operator answers over IPv{got.family}"
        return Result.failed(Reason.DEFECT, text, *lines)
    if got.eaten:
        eaten: list[JsonValue] = [
            {"kind": str(one.kind), "family": got.family, "target": str(one.target)}
            for one in got.reached
            if one.eaten
        ]
        return eaten_here(context, eaten)
    if got.kept:
        return filtered_here(context, [f"{kind} over IPv{got.family}" for kind in got.kept])
    said = f"come back: {', '.join(got.kinds)}"
    if "tcp" in got.silent:
        return Result.failed(Reason.DEFECT, f"no TCP over IPv{got.family}; {said}", *lines)
    no_udp = len(_UDP & set(got.silent)) > 1 or "udp" in got.silent
    if no_udp and not _UDP & set(got.kinds):
        return Result.failed(Reason.DEFECT, f"no UDP over IPv{got.family}; {said}", *lines)
    if len(got.kinds) < _ENOUGH and len(got.silent) >= _ENOUGH:
        return Result.failed(Reason.DEFECT, f"only {', '.join(got.kinds)} comes back", *lines)
    if got.silent:
        return Result.warned(f"{said}; not {', '.join(got.silent)}", *lines)
    return Result.passed(said, *lines)


def _record(one: Reached) -> dict[str, JsonValue]:
    return {
        "kind": str(one.kind),
        "target": str(one.target),
        "port": one.port,
        "there": one.there,
        "result": str(one.result),
        "offender": str(one.offender) if one.offender is not None else None,
        "prohibited": one.prohibited,
    }


def _name(one: Reached) -> str:
    return f"{one.kind} {one.target}" + (f" port {one.port}" if one.port is not None else "")


def _said(one: Reached) -> str:
    if one.there and one.latency_s is not None:
        return f"{one.result} in {one.latency_s * 1000:.0f} ms"
    if one.offender is not None:
        return f"{'forbidden' if one.prohibited else 'unreachable'}, says {one.offender}"
    return str(one.result)


async def link_nat64(context: LinkContext) -> Result:
    """On a session with IPv6 alone: programs with IPv4 in them get out all the same."""
    if 4 in context.families:
        return Result.skipped("the session has IPv4")
    facts, targets = context.facts, context.the_targets
    got = await link.measure_nat64(context.the_bearer, targets=targets)
    facts.add("link.nat64.prefix", str(got.prefix) if got.prefix else None, source="RFC 7050")
    if got.passes is not None:
        facts.add("link.nat64.passes", got.passes, source="probes")
    wanted = next((one for one in targets.echo if one.version == 4), None)
    route = await link.find_route(wanted) if wanted is not None else None
    ways = route is not None and route.found
    facts.add("link.nat64.ipv4_route", route.device if ways and route else None, source="rtnetlink")
    prefix = measured("NAT64 prefix", str(got.prefix) if got.prefix else None, source="RFC 7050")
    if got.prefix is not None and got.passes is False:
        return Result.failed(Reason.DEFECT, f"{got.prefix}: nothing comes back from there", prefix)
    if not ways:
        return Result.failed(Reason.DEFECT, "IPv6 alone, and nothing carries IPv4 over it", prefix)
    if route is not None and route.device not in (None, context.netdev):
        text = await _too_large(context, str(route.device))
        if text is not None:
            return Result.warned(text, prefix)
    return Result.passed(f"IPv4 by {route.device if route else '?'}", prefix)


async def _too_large(context: LinkContext, device: str) -> str | None:
    """Say so where a CLAT takes packets that do not fit the session as IPv6."""
    got = await link.read_netdev(device)
    if not any(one.version == 4 and one.ip in _CLAT for one in got.addresses):
        return None
    assert context.found is not None
    most = min(context.found.mtu, context.the_bearer.mtu or context.found.mtu) - _LONGER
    context.facts.add("link.nat64.ipv4_mtu", got.mtu, source="rtnetlink")
    context.facts.add("link.nat64.ipv4_most", most, source="rtnetlink")
    if got.mtu <= most:
        return None
    return f"{device} takes IPv4 packets of {got.mtu} bytes, {most} fit"


async def link_portal(context: LinkContext) -> Result:
    """Pages come as they should, by address and by name: no walled garden."""
    if not any("tcp" in context.reach(family) for family in context.families):
        return Result.skipped("no TCP comes back: link.reach-v4, link.reach-v6")
    return await rungs.link_tcp(context)


async def link_dns_truth(context: LinkContext) -> Result:
    """Nobody on the way answers DNS in the name of others."""
    got = await link.measure_truth(context.the_bearer, targets=context.the_targets)
    if not got.answers:
        return Result.skipped("no address is known where nobody may answer")
    lines = [Evidence(f"{one.server}: {one.result}", source="DNS") for one in got.answers]
    liars: list[JsonValue] = [str(one) for one in got.intercepted]
    context.facts.add("link.dns_truth.intercepted", liars, source="DNS")
    if got.sent_elsewhere:
        context.facts.add("link.dns_truth.here", True, source="AF_PACKET")
    if liars:
        text = f"an answer came in the name of {', '.join(map(str, liars))}, which has no DNS"
        return Result.failed(Reason.DEFECT, text, *lines)
    return Result.passed(f"{len(got.answers)} addresses without a server gave no answer", *lines)


async def link_clock(context: LinkContext) -> Result:
    """This machine's clock is right: certificates and WireGuard need that."""
    got = await link.measure_clock(context.the_bearer, targets=context.the_targets)
    lines = [
        measured(f"{one.server} is ahead", round(one.ahead_s, 3), unit="s", source=one.way)
        for one in got.answers
    ]
    ahead = got.ahead_s
    if ahead is None:
        return Result.skipped("no time server and no page answered")
    context.facts.add("link.clock.ahead_s", round(ahead, 3), source="NTP, HTTP")
    text = f"this machine's clock is {abs(ahead):.1f} s {'behind' if ahead > 0 else 'ahead'}"
    if abs(ahead) < _CLOCK_RIGHT_S:
        text = "this machine's clock is right to the second"
    if abs(ahead) > CLOCK_FAIL_S:
        return Result.failed(Reason.DEFECT, text, *lines)
    if abs(ahead) > CLOCK_WARN_S:
        return Result.warned(text, *lines)
    return Result.passed(text, *lines)


# Where this host itself throws packets away, nothing that comes later says much of the network.
_BACK = ("link.return", "link.host-filter")

RUNGS = (
    Rung("link.return", ("link.route",), link_return, "anything comes back"),
    Rung("link.host-filter", ("link.return",), link_host_filter, "host's own filters"),
    Rung("link.dns", _BACK, link_dns, "the network's DNS"),
    Rung("link.resolver", _BACK, link_resolver, "who resolves names"),
    Rung("link.reach-v4", _BACK, _reach_of(4), "the world over IPv4"),
    Rung("link.reach-v6", _BACK, _reach_of(6), "the world over IPv6"),
    Rung("link.nat64", _BACK, link_nat64, "IPv4 over IPv6"),
    Rung("link.portal", _BACK, link_portal, "pages come unchanged"),
    Rung("link.dns-truth", _BACK, link_dns_truth, "DNS is not diverted"),
    Rung("link.clock", _BACK, link_clock, "clock"),
)
