# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of `vpn` inside the tunnel: does anything come back, and how large may it be. V03-V05.

Five points are watched at once: what a probe's socket says, the tunnel's netdev each way, and the
netdev that carries it each way.
"""

from __future__ import annotations

import errno
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import trio

from qmiprobe import link, vpn
from qmiprobe.bearer import IPAddress
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.vpn._context import Rung, VpnContext
from qmiprobe.check.vpn._hosts import Candidate, candidates, targets_of
from qmiprobe.check.vpn._outer import Outer, watch_outer
from qmiprobe.check.vpn._protocols import endpoint_alone, walk_protocol
from qmiprobe.diagnosis import Evidence, Reason
from qmiprobe.link import Method, PmtuFacts, ProbeResult, ReturnFacts
from qmiprobe.vpn import LEAST, Kind

_ANY = 0xFFFF
_MOST_ADDED = 200
"""Bytes that no tunnel adds."""
_AGREE_FIRST = (Kind.IPSEC, Kind.OPENVPN, Kind.OPENCONNECT, Kind.L2TP)
"""Kinds that have no way in before the two sides agreed; WireGuard agrees when it is used."""


async def vpn_ping(context: VpnContext) -> Result:
    """Something comes back from inside; where it does not, where it is lost."""
    inside, tunnel = context.inside, context.the_tunnel
    if tunnel.established is False and tunnel.kind in _AGREE_FIRST:
        context.facts.add("vpn.not_agreed", True, source=tunnel.source)
        state = tunnel.option("ike-state")
        lines = [measured("state", state, source=tunnel.source)] if state else []
        return Result.failed(Reason.DEFECT, "the two sides have not agreed on keys", *lines)
    if inside is None:
        return Result.skipped("the tunnel has no address of this side yet")
    chosen = await candidates(context)
    if not chosen:
        return Result.skipped("no host inside is known: --target HOST names one")
    before = _xfrm_errors(context)
    async with watch_outer(_carrier(context), _endpoint(context)) as outer:
        seen = await link.measure_return(inside, targets=targets_of(chosen), enough=1)
        await _wait_for_life(context, seen, outer)
    lost = _lost_family(seen)
    _note_return(context, seen, outer, chosen, lost)
    _note_xfrm(context, before)
    if context.the_tunnel.transport == "tcp" and not seen.answered_kinds:
        await _measure_outer(context)
    walked: list[Evidence] = []
    if context.the_tunnel.transport == "esp" and not seen.answered_kinds:
        walked = await walk_protocol(context, "esp")
    lines = [*_return_lines(seen, outer, chosen), *walked]
    back = {probe.target for probe in seen.probes if probe.came_back}
    context.answering = tuple(one.address for one in chosen if one.address in back)
    if lost is not None:
        text = f"nothing of IPv{lost} comes back from inside"
        return Result.failed(Reason.DEFECT, text, *lines)
    if context.answering:
        names = ", ".join(map(str, context.answering))
        verb = "answers" if len(context.answering) == 1 else "answer"
        return Result.passed(f"{names} {verb}", *lines)
    if _certain(seen, outer, chosen):
        return Result.failed(Reason.DEFECT, "nothing comes back from inside", *lines)
    text = "no guessed host inside answers: --target HOST names one that is there"
    return Result.warned(text, *lines)


async def _wait_for_life(context: VpnContext, seen: ReturnFacts, outer: Outer | None) -> None:
    """Wait for the empty packet by which a WireGuard peer shows that it got our data."""
    silent = outer is not None and outer.sent and not outer.received
    if context.the_tunnel.kind is not Kind.WIREGUARD or not silent or seen.answered_kinds:
        return
    with trio.move_on_after(context.options.pace.passive_s):
        assert outer is not None
        await outer.came.wait()


def _lost_family(seen: ReturnFacts) -> int | None:
    """An IP family whose packets this host itself loses, on their way in or out."""
    for family in (4, 6):
        probes = [probe for probe in seen.probes if probe.family == family]
        if not probes or any(probe.came_back for probe in probes):
            continue
        refused = all(probe.result is ProbeResult.NOT_SENT for probe in probes)
        if refused or any(probe.tap_in for probe in probes):
            return family
    return None


def _carrier(context: VpnContext) -> str:
    return context.carrier.name if context.carrier is not None else "lo"


def _endpoint(context: VpnContext) -> IPAddress:
    endpoint = context.the_tunnel.endpoint
    assert endpoint is not None
    return endpoint


def _certain(seen: ReturnFacts, outer: Outer | None, chosen: list[Candidate]) -> bool:
    """Whether silence is a fault: somebody must be there, or a packet got lost on this host."""
    if any(one.sure for one in chosen) or seen.send_errors or seen.tap_in:
        return True
    return outer is not None and outer.sent > 0 and outer.received == 0


def _note_return(
    context: VpnContext,
    seen: ReturnFacts,
    outer: Outer | None,
    chosen: list[Candidate],
    lost: int | None,
) -> None:
    facts = context.facts
    source = f"probes in {context.the_tunnel.name}"
    probes = [probe for probe in seen.probes if lost in (None, probe.family)]
    numbers = {p.errno for p in probes if p.result is ProbeResult.NOT_SENT and p.errno}
    errors = sorted(errno.errorcode.get(one, str(one)) for one in numbers)
    facts.add("vpn.inside.asked", [str(one.address) for one in chosen], source=source)
    networks = context.the_tunnel.networks
    foreign = [one for one in chosen if networks and not any(one.address in n for n in networks)]
    facts.add("vpn.inside.foreign", [str(one.address) for one in foreign], source=source)
    facts.add("vpn.inside.sure", any(one.sure for one in chosen), source=source)
    facts.add("vpn.inside.send_errors", [*errors], source=source)
    received = sum(probe.came_back for probe in probes)
    facts.add("vpn.inside.received", received, source=source)
    offenders = {str(p.offender) for p in seen.probes if p.offender is not None}
    facts.add("vpn.inside.offenders", [*sorted(offenders)], source=source)
    if seen.tapped:
        tap_out, tap_in = (sum(getattr(p, n) or 0 for p in probes) for n in ("tap_out", "tap_in"))
        facts.add("vpn.inside.tap_out", tap_out, source="AF_PACKET")
        facts.add("vpn.inside.tap_in", tap_in, source="AF_PACKET")
    if seen.reverse_path_drops is not None:
        drops = seen.reverse_path_drops
        facts.add("vpn.inside.rp_filtered", drops, source="/proc/self/net/netstat")
    if outer is not None:
        _note_outer(context, outer)


def _note_outer(context: VpnContext, outer: Outer) -> None:
    facts, source = context.facts, "AF_PACKET"
    facts.add("vpn.outer.sent", outer.sent, source=source)
    facts.add("vpn.outer.received", outer.received, source=source)
    facts.add("vpn.outer.kinds", [*sorted(outer.kinds)], source=source)
    facts.add("vpn.outer.clear_l2tp", outer.clear_l2tp, source=source)


def _return_lines(
    seen: ReturnFacts, outer: Outer | None, chosen: list[Candidate]
) -> list[Evidence]:
    lines = [Evidence(f"asked {one.address} ({one.why})") for one in chosen]
    lines.append(measured("probes sent", seen.sent, source="socket"))
    lines += [
        Evidence(f"refused here: {errno.errorcode.get(number, number)}")
        for number in sorted(seen.send_errors)
    ]
    if seen.tap_out is not None:
        text = f"on the tunnel {seen.tap_out} out, {seen.tap_in} in"
        lines.append(Evidence(text, source="AF_PACKET"))
    if outer is not None:
        text = f"to and from the endpoint {outer.sent} out, {outer.received} in"
        lines.append(Evidence(text, source="AF_PACKET"))
    return lines


def _xfrm_errors(context: VpnContext) -> dict[str, int]:
    """The kernel's counters of IPsec errors; empty where it has none."""
    try:
        text = Path("/proc/self/net/xfrm_stat").read_text(encoding="ascii")
    except OSError:
        return {}
    pairs = (line.split() for line in text.splitlines())
    return {words[0]: int(words[1]) for words in pairs if len(words) == 2}


def _note_xfrm(context: VpnContext, before: dict[str, int]) -> None:
    after = _xfrm_errors(context)
    grown = [name for name, count in after.items() if count > before.get(name, 0)]
    if grown:
        context.facts.add("vpn.xfrm_errors", [*grown], source="/proc/self/net/xfrm_stat")


async def vpn_pmtu(context: VpnContext) -> Result:
    """Packets as large as the tunnel's MTU pass, inside; and what the path outside takes."""
    inside, outside = context.inside, context.outside
    if inside is None or not context.answering:
        return Result.skipped("no host inside answers")
    if context.the_tunnel.transport == "tcp":
        return await _tcp_pmtu(context)
    found: dict[str, PmtuFacts] = {}
    hosts = targets_of([Candidate(one, "", True) for one in context.answering])

    async def measure(name: str, run: Callable[[], Awaitable[PmtuFacts]]) -> None:
        found[name] = await run()

    whole = _largest_whole(context)
    async with trio.open_nursery() as nursery:
        for family in sorted({one.version for one in context.answering}):
            for way, methods in (
                ("up", frozenset(Method) - {Method.DNS_PADDING}),
                ("echo", frozenset({Method.ECHO})),
            ):
                run = partial(
                    link.measure_pmtu_up,
                    inside,
                    targets=hosts,
                    family=family,
                    methods=methods,
                    most=whole,
                )
                nursery.start_soon(measure, f"inner.v{family}.{way}", run)
        if outside is not None:
            endpoint = _endpoint(context)
            run = partial(
                link.measure_pmtu_up,
                outside,
                targets=endpoint_alone(endpoint),
                family=endpoint.version,
            )
            nursery.start_soon(measure, "outer", run)
    return _pmtu_result(context, found)


async def _measure_outer(context: VpnContext) -> PmtuFacts | None:
    """Measure the path to the endpoint alone, and note it."""
    outside, endpoint = context.outside, _endpoint(context)
    if outside is None:
        return None
    got = await link.measure_pmtu_up(
        outside, targets=endpoint_alone(endpoint), family=endpoint.version
    )
    if got.size is not None:
        source = f"packets on {outside.netdev}"
        context.facts.add("vpn.outer.size", got.size, source=source)
        context.facts.add("vpn.outer.black_hole", got.black_hole, source=source)
    return got


async def _tcp_pmtu(context: VpnContext) -> Result:
    """A tunnel over TCP: TCP cuts what is inside as it likes, so that its own path counts.

    Large packets are not sent into it: one that its TCP cannot carry stops all of it.
    """
    got = await _measure_outer(context)
    if got is None or got.size is None:
        return Result.skipped("nothing of the endpoint answers packets of a size")
    line = measured("largest packet to the endpoint", got.size, unit="bytes", source="probes")
    if got.black_hole:
        text = f"the path to the endpoint loses packets above {got.size} bytes"
        return Result.failed(Reason.DEFECT, text, line)
    return Result.passed(f"{got.size} bytes reach the endpoint", line)


def _largest_whole(context: VpnContext) -> int:
    """The largest inner packet whose outer one this host does not cut into fragments itself.

    Larger ones may pass, in pieces, where those just below vanish whole.
    """
    tunnel, carrier = context.the_tunnel, context.carrier
    if carrier is None or tunnel.endpoint is None:
        return _ANY
    size = vpn.inner_size(tunnel, carrier.mtu, family=tunnel.endpoint.version)
    return _ANY if size is None else max(size, LEAST[6])


def _pmtu_result(context: VpnContext, found: dict[str, PmtuFacts]) -> Result:
    facts = context.facts
    source = f"probes in {context.the_tunnel.name}"
    lines = []
    sizes = []
    small = []
    for name, measure in sorted(found.items()):
        got = found[name] = _as_far_as_known(measure)
        if got.size is None:
            if got.method is not None or name == "outer":
                lines.append(Evidence(f"{_way(name)}: no result: {got.inconclusive}"))
            continue
        facts.add(f"vpn.{name}.size", got.size, source=source)
        facts.add(f"vpn.{name}.black_hole", got.black_hole, source=source)
        said = f", a router said {got.signalled}" if got.signalled is not None else ""
        lines.append(
            Evidence(f"{_way(name)}: {got.size} of {got.netdev_mtu} bytes{said}", value=got.size)
        )
        if name != "outer":
            sizes.append(got.size)
            if got.size < got.netdev_mtu:
                small.append((name, got))
    if not sizes:
        return Result.skipped("nothing inside answers packets of a size", *lines)
    if not small:
        return Result.passed(f"{min(sizes)} bytes pass", *lines)
    fits = _fits(context, min(sizes), found.get("outer"))
    facts.add("vpn.fits", fits, source="measured, and what the protocol adds")
    facts.add("vpn.passes", min(sizes), source=source)
    least = _outer_of(context, fits)
    if least is not None:
        facts.add("vpn.outer.fits", least, source="what the protocol adds")
    lines.append(_arithmetic(context, fits, found.get("outer")))
    sends = context.netdev.mtu if context.netdev is not None else small[0][1].netdev_mtu
    text = f"the tunnel sends {sends} bytes, {min(sizes)} pass"
    if all(not got.black_hole for _, got in small):
        return Result.warned(f"{text}, and a router says so", *lines)
    return Result.failed(Reason.DEFECT, text, *lines)


def _as_far_as_known(got: PmtuFacts) -> PmtuFacts:
    """A search that time ended has a size all the same: the largest that was seen to pass."""
    ended = got.inconclusive is not None and got.inconclusive.startswith("no end")
    if not ended or got.passes is None or got.fails is None:
        return got
    silent = got.signalled is None or got.signalled > got.passes
    return replace(got, size=got.passes, black_hole=silent, inconclusive=None)


def _way(name: str) -> str:
    """What a measurement is of, for people: ``inner.v4.echo``."""
    if name == "outer":
        return "outside, to the endpoint"
    _, family, direction = name.split(".")
    ways = {"up": "up", "echo": "there and back"}
    return f"inside, IP{family}, {ways[direction]}"


def _arithmetic(context: VpnContext, fits: int, outer: PmtuFacts | None) -> Evidence:
    """How the size that fits comes about."""
    tunnel = context.the_tunnel
    said = ""
    if outer is not None and outer.size is not None and outer.size > fits:
        said = f": of {outer.size} outside {tunnel.kind} takes {outer.size - fits}"
    return Evidence(f"fits inside: {fits} bytes{said}", value=fits, unit="bytes")


def _outer_of(context: VpnContext, inner: int) -> int | None:
    """The smallest outer packet that carries ``inner`` bytes; None where that is not known."""
    tunnel = context.the_tunnel
    if tunnel.endpoint is None:
        return None
    for outer in range(inner, inner + _MOST_ADDED):
        room = vpn.inner_size(tunnel, outer, family=tunnel.endpoint.version)
        if room is not None and room >= inner:
            return outer
    return None


def _fits(context: VpnContext, passes: int, outer: PmtuFacts | None) -> int:
    """The tunnel MTU to set: what fits into the path by arithmetic where that agrees.

    Padding to a cipher's blocks makes packets fail that would pass with a smaller MTU, so up to a
    block more than what was seen to pass may be right.
    """
    tunnel = context.the_tunnel
    if outer is None or outer.size is None or tunnel.endpoint is None:
        return passes
    computed = vpn.inner_size(tunnel, outer.size, family=tunnel.endpoint.version)
    if computed is None or not passes <= computed < passes + 16:
        return passes
    return computed


_ENDPOINT = ("vpn.found", "vpn.route", "vpn.endpoint")

RUNGS = (
    Rung("vpn.ping", _ENDPOINT, vpn_ping, "something comes back from inside"),
    Rung("vpn.pmtu", ("vpn.ping",), vpn_pmtu, "large packets pass"),
)
