# SPDX-License-Identifier: GPL-2.0-or-later
"""The rung of `vpn` inside the tunnel: does anything come back. V03, V04.

Five points are watched at once: what a probe's socket says, the tunnel's netdev each way, and the
netdev that carries it each way.
"""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import trio

from qmiprobe import link, vpn
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.vpn._context import Rung, VpnContext
from qmiprobe.check.vpn._controls import controls
from qmiprobe.check.vpn._hosts import Candidate, candidates, targets_of
from qmiprobe.check.vpn._outer import Outer, watch_outer
from qmiprobe.check.vpn._protocols import walk_protocol
from qmiprobe.check.vpn._rungs_sizes import measure_outer
from qmiprobe.check.vpn._validity import ask_time, note_certificates
from qmiprobe.diagnosis import Evidence, Reason
from qmiprobe.link import ProbeResult, ReturnFacts
from qmiprobe.vpn import Kind

_NOT_BY_CHANCE = 3
"""Packets, more than keepalives of IKE come in a few seconds."""
_AGREE_FIRST = (Kind.IPSEC, Kind.OPENVPN, Kind.OPENCONNECT, Kind.L2TP)
"""Kinds that have no way in before the two sides agreed; WireGuard agrees when it is used."""


async def vpn_ping(context: VpnContext) -> Result:
    """Something comes back from inside; where it does not, where it is lost."""
    inside, tunnel = context.inside, context.the_tunnel
    if tunnel.established is False and tunnel.kind in _AGREE_FIRST:
        context.facts.add("vpn.not_agreed", True, source=tunnel.source)
        state = tunnel.option("ike-state") or tunnel.option("state")
        lines = [measured("state", state, source=tunnel.source)] if state else []
        lines += note_certificates(context, tunnel.certificates, source=tunnel.config)
        lines += await ask_time(context, context.outside)
        return Result.failed(Reason.DEFECT, "the two sides have not agreed on keys", *lines)
    if inside is None:
        return Result.skipped("the tunnel has no address of this side yet")
    chosen = await candidates(context)
    if not chosen:
        return Result.skipped("no host inside is known: --target HOST names one")
    before = _xfrm_errors(context)
    async with watch_outer(context.carrier_name, tunnel.endpoint) as outer:
        seen = await link.measure_return(inside, targets=targets_of(chosen), enough=1)
        await _wait_for_life(context, seen, outer)
    lost = _lost_family(seen)
    _note_return(context, seen, outer, chosen, lost)
    _note_xfrm(context, before)
    if context.the_tunnel.transport == "tcp" and not seen.answered_kinds:
        await measure_outer(context)
    walked: list[Evidence] = []
    if context.the_tunnel.transport == "esp" and not seen.answered_kinds:
        walked = await walk_protocol(context, "esp")
    if outer is not None and outer.sent and not outer.received:
        walked += await _ask_outside(context)
    untaken = not seen.answered_kinds and await _untaken(context, outer)
    lines = [*_return_lines(seen, outer, chosen), *walked]
    back = {probe.target for probe in seen.probes if probe.came_back}
    context.answering = tuple(one.address for one in chosen if one.address in back)
    if lost is not None:
        text = f"nothing of IPv{lost} comes back from inside"
        return Result.failed(Reason.DEFECT, text, *lines)
    if context.answering:
        names = ", ".join(map(str, context.answering))
        verb = "answers" if len(context.answering) == 1 else "answer"
        if _by_tcp(context, outer):
            context.facts.add("vpn.by_tcp", True, source="AF_PACKET")
            return Result.warned(f"{names} {verb}, by TCP", *lines)
        return Result.passed(f"{names} {verb}", *lines)
    if untaken or _certain(seen, outer, chosen):
        return Result.failed(Reason.DEFECT, "nothing comes back from inside", *lines)
    text = "no guessed host inside answers: --target HOST names one that is there"
    return Result.warned(text, *lines)


def _by_tcp(context: VpnContext, outer: Outer | None) -> bool:
    """Whether TCP carries a tunnel that would have DTLS; then its sizes are those of TCP."""
    tunnel = context.the_tunnel
    if tunnel.kind is not Kind.OPENCONNECT or outer is None or outer.kinds != {"tcp"}:
        return False
    context.tunnel = replace(tunnel, transport="tcp")
    context.facts.add("vpn.transport", "tcp", source="AF_PACKET")
    return tunnel.option("no-dtls") is None


async def _untaken(context: VpnContext, outer: Outer | None) -> bool:
    """Note whether packets of the endpoint arrive on this host, and the tunnel counts none.

    Only for those whose own counters have all that is for them.
    """
    before = context.the_tunnel
    if before.kind not in (Kind.WIREGUARD, Kind.IPSEC) or before.received is None:
        return False
    if outer is None or outer.received < _NOT_BY_CHANCE or "vpn.xfrm_errors" in context.facts:
        return False
    after = await vpn.same_tunnel(before, context.options.machine)
    untaken = after is not None and after.received == before.received
    context.facts.add("vpn.outer.untaken", untaken, source=before.source)
    return untaken


async def _ask_outside(context: VpnContext) -> list[Evidence]:
    """Ask the endpoint's host by other means, where nobody could ask in the tunnel's protocol."""
    outside = context.outside
    if outside is None or not context.facts.flag("vpn.endpoint.unasked"):
        return []
    return await controls(context, outside, context.the_endpoint)


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
    facts.add("vpn.outer.received_kinds", [*sorted(outer.received_kinds)], source=source)
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


_ENDPOINT = ("vpn.found", "vpn.route", "vpn.endpoint")

RUNGS = (Rung("vpn.ping", _ENDPOINT, vpn_ping, "something comes back from inside"),)
