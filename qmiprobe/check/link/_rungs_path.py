# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of `link` about what passes: P01 to P07 of the catalogue."""

from __future__ import annotations

import errno
import os
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from qmiprobe import link
from qmiprobe.check import _rungs_sizes as rungs
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.link import _rungs_headers as headers
from qmiprobe.check.link._checksums import note_checksums
from qmiprobe.check.link._context import LinkContext, Rung
from qmiprobe.check.link._families import each_family, loss_of, proofs, why_not
from qmiprobe.check.link._filtered import eaten_here, filtered_here
from qmiprobe.diagnosis import Evidence, JsonValue, Outcome, Reason
from qmiprobe.link import Passage, WalkFacts, Word

T = TypeVar("T")

_SOME_LOSS = 0.01
_USUAL_MTU = 1500
_TCP_AND_IP = {4: 40, 6: 60}
"""Bytes of the headers that an MSS leaves out."""
_EPERM = (errno.EPERM, errno.EACCES)
_USED_BY = {"udp 53": "dns", "udp 443": "quic", "udp 123": "ntp"}
"""Ports whose fate link.reach-v4 and -v6 tell already, by the name that it has there."""


def _after_losses(
    rung: Callable[[LinkContext], Awaitable[Result]],
) -> Callable[[LinkContext], Awaitable[Result]]:
    """Measure a path MTU again where packets are lost anyway: it must come to the same twice."""

    async def twice(context: LinkContext) -> Result:
        if loss_of(context) > _SOME_LOSS and why_not(context) is not None:
            return Result.skipped(str(why_not(context)))
        first = await rung(context)
        if first.outcome is not Outcome.FAIL or loss_of(context) <= _SOME_LOSS:
            return first
        again = await rung(context)
        if again.summary == first.summary or again.outcome is not Outcome.FAIL:
            return again
        text = "packets are lost now and then: the size that passes is not certain"
        return Result.warned(text, *again.evidence)

    twice.__doc__ = rung.__doc__
    return twice


async def link_pmtu_up(context: LinkContext) -> Result:
    """Packets of the netdev's size arrive at the network; this host may not let them out."""
    result = await rungs.link_pmtu_up(context)
    if result.outcome is Outcome.WARN and os.strerror(errno.EPERM) in result.summary:
        return filtered_here(context, ["large packets"])
    return result


async def link_pmtu_down(context: LinkContext) -> Result:
    """Packets of the netdev's size arrive from the network; TCP may have agreed on less."""
    facts, before = context.facts, await link.read_netdev(context.netdev)
    checksums = link.read_checksum_errors()
    result = await rungs.link_pmtu_down(context)
    if result.outcome is Outcome.FAIL:
        note_checksums(context, since=checksums)
        refused = _refused(before, await link.read_netdev(context.netdev))
        if refused:
            facts.add("link.pmtu_down.refused", refused, source="rtnetlink")
    holes = [facts.flag(f"link.pmtu_down.v{family}.black_hole") for family in context.families]
    if result.outcome is not Outcome.FAIL or any(holes):
        return result
    sizes = {family: facts.integer(f"link.pmtu_down.v{family}.size") for family in context.families}
    mtu = context.found.mtu if context.found is not None else 0
    smaller = {family: size for family, size in sizes.items() if size is not None and size < mtu}
    if all(_agreed(context, family) for family in smaller):
        shown = ", ".join(f"IPv{family} {size}" for family, size in smaller.items())
        text = f"TCP agreed on smaller packets than {mtu} bytes, and those came: {shown}"
        return Result.passed(text, *result.evidence)
    return result


def _refused(before: link.NetdevFacts, after: link.NetdevFacts) -> int:
    """Packets that came from the modem meanwhile and were not taken.

    A tun netdev, which simulates a modem's, counts them as dropped, a driver as errors.
    """
    count = after.counters.rx_errors - before.counters.rx_errors
    if after.kind == "tun":
        count += after.counters.rx_dropped - before.counters.rx_dropped
    return count


def _agreed(context: LinkContext, family: int) -> bool:
    """Whether a smaller MSS was agreed on than fits the netdev: by the other side, or by a filter.

    A filter of this host may make it smaller as well: so it leaves then.
    """
    root, facts = f"link.tcp_options.v{family}", context.facts
    own, back = facts.integer(f"{root}.mss"), facts.integer(f"{root}.returned_mss")
    if f"{root}.rewritten_mss" in facts:
        return True
    if own is None:
        return False
    mtu = context.found.mtu if context.found is not None else 0
    return (back or own) < own or own + _TCP_AND_IP[family] < mtu


async def link_fragments(context: LinkContext) -> Result:
    """Packets in fragments arrive, each way."""
    reason = why_not(context)
    if reason is not None:
        return Result.skipped(reason)

    async def measure(family: int) -> link.FragmentFacts:
        return await link.measure_fragments(
            context.the_bearer,
            targets=context.the_targets,
            family=family,
            proofs=proofs(context),
            most=_largest(context, family),
        )

    lost, known, lines = [], [], []
    for family, got in (await each_family(context, measure)).items():
        # Answers that come in pieces need packets as long as the netdev's, both ways; and pieces
        # are as long as other hosts' netdevs let them be, if this one takes them or not.
        whole = not any(
            context.facts.flag(f"link.{way}.v{family}.black_hole")
            for way in ("pmtu_up", "pmtu_down")
        )
        if got.down is False and context.found is not None and context.found.mtu < _USUAL_MTU:
            whole = False
        ways = {"up": got.up, "down": got.down if whole else None}
        for way, passes in ways.items():
            if passes is None:
                continue
            name = f"link.fragments.v{family}.{way}"
            context.facts.add(name, passes, source="fragments made here")
            known.append(passes)
            text = f"IPv{family} {way}: {'they pass' if passes else 'lost'}"
            lines.append(Evidence(text, value=passes, source="fragments made here"))
            if not passes:
                lost.append(f"IPv{family} {way}")
    if lost:
        return Result.failed(Reason.DEFECT, f"fragments are lost: {', '.join(lost)}", *lines)
    if not known:
        return Result.skipped("no host answers the same packets whole")
    return Result.passed("fragments pass", *lines)


async def link_size_holes(context: LinkContext) -> Result:
    """No size of packet vanishes while larger ones pass."""
    reason = why_not(context)
    if reason is not None:
        return Result.skipped(reason)

    async def measure(family: int) -> link.SizeFacts:
        return await link.measure_sizes(
            context.the_bearer,
            targets=context.the_targets,
            family=family,
            most=_largest(context, family),
        )

    found, lines = [], []
    tried = 0
    for family, got in (await each_family(context, measure)).items():
        if got.inconclusive is not None:
            lines.append(Evidence(f"IPv{family}: {got.inconclusive}"))
            continue
        if got.holes and context.facts.flag(f"link.rtt.v{family}.rationed"):
            lines.append(Evidence(f"IPv{family}: the host rations its answers to pings"))
            continue
        tried += len(got.tried)
        holes: list[JsonValue] = [*got.holes]
        context.facts.add(f"link.sizes.v{family}.holes", holes, source="echo requests")
        context.facts.add(f"link.sizes.v{family}.tried", [*got.tried], source="echo requests")
        if holes:
            found.append(f"IPv{family}: {', '.join(map(str, holes))}")
            lines.append(measured(f"IPv{family} lost", holes, unit="bytes", source="echo"))
    if found:
        text = f"some sizes vanish while larger ones pass: {'; '.join(found)}"
        return Result.failed(Reason.DEFECT, text, *lines)
    if not tried:
        return Result.skipped("no host answers each echo request", *lines)
    return Result.passed(f"{tried} sizes pass", *lines)


def _largest(context: LinkContext, family: int) -> int:
    """The largest packet that passes both ways, as far as it is known."""
    known = [
        context.facts.integer(f"link.{way}.v{family}.size") for way in ("pmtu_up", "pmtu_down")
    ]
    mtu = context.found.mtu if context.found is not None else 1280
    return min([size for size in known if size is not None], default=mtu)


async def link_protocol_walk(context: LinkContext) -> Result:
    """ESP and GRE, which VPNs use instead of UDP, get through."""
    reason = why_not(context)
    if reason is not None:
        return Result.skipped(reason)

    async def measure(family: int) -> link.ProtocolFacts:
        return await link.measure_protocols(
            context.the_bearer,
            targets=context.the_targets,
            family=family,
            proofs=proofs(context),
        )

    lost, arrived, lines = [], [], []
    filtered: list[str] = []
    seen = context.returned
    asked = await each_family(context, measure)
    for family, got in asked.items():
        if got.inconclusive is not None:
            lines.append(Evidence(f"IPv{family}: {got.inconclusive}"))
            continue
        for name in ("esp", "gre", "other"):
            passages = [walk.passage(name) for walk in got.walks]
            dropped = got.dropped(name)
            if seen is not None and seen.tapped and any(one.errno in _EPERM for one in passages):
                filtered.append(f"{name.upper()} over IPv{family}")
            _add(context, "link.protocols", family, name, passages, got.walks, dropped=dropped)
            lines += [Evidence(_said(family, name, one)) for one in passages]
            if dropped and name != "other":
                lost.append(f"{name.upper()} over IPv{family}")
            elif got.arrived(name) and name != "other":
                arrived.append(f"{name.upper()} over IPv{family}")
    if filtered:
        return filtered_here(context, filtered)
    if lost:
        return Result.failed(Reason.DEFECT, f"dropped on the way: {', '.join(lost)}", *lines)
    if not arrived:
        reasons = {got.inconclusive for got in asked.values() if got.inconclusive is not None}
        silent = "the hosts that were asked say nothing to such packets"
        return Result.skipped("; ".join(sorted(reasons)) or silent, *lines)
    return Result.passed(f"arrive: {', '.join(arrived)}", *lines)


async def link_ports(context: LinkContext) -> Result:
    """The ports of VPNs pass, and a few of TCP."""
    reason = why_not(context)
    if reason is not None:
        return Result.skipped(reason)

    async def measure(family: int) -> link.PortFacts:
        return await link.measure_ports(
            context.the_bearer,
            targets=context.the_targets,
            family=family,
            proofs=proofs(context),
        )

    blocked, asked, lines = [], 0, []
    filtered: list[str] = []
    eaten: list[JsonValue] = []
    doubt: str | None = None
    for family, got in (await each_family(context, measure)).items():
        names = [name for name in got.names if not _told(context, family, name)]
        doubt = doubt or got.inconclusive
        asked += len(names)
        for name in names:
            passages, lost = got.of(name), got.blocked(name)
            _add(context, "link.ports", family, name, passages, got.walks, dropped=lost)
            if name in got.eaten:
                eaten.append({"kind": name, "family": family, "target": str(got.walks[0].target)})
            elif name in got.kept or any(one.errno in _EPERM for one in passages):
                filtered.append(f"{name} over IPv{family}")
            if lost:
                blocked.append(f"{name} over IPv{family}")
                lines += [Evidence(_said(family, name, one)) for one in passages]
    if eaten:
        return eaten_here(context, eaten)
    if filtered:
        return filtered_here(context, filtered)
    if blocked:
        return Result.failed(Reason.DEFECT, f"kept back: {', '.join(blocked)}", *lines)
    if not asked:
        return Result.skipped(doubt or "link.reach-v4 and -v6 tell it all")
    return Result.passed(f"none of {asked} ports is kept back", *lines)


def _told(context: LinkContext, family: int, name: str) -> bool:
    """Whether link.reach tells what becomes of a port already."""
    silent = set(context.facts.texts(f"link.reach.v{family}.silent"))
    if name.startswith("tcp"):
        return "tcp" in silent
    no_udp = len(silent & {"dns", "ntp", "quic"}) > 1 and not (
        set(context.reach(family)) & {"dns", "ntp", "quic"}
    )
    return no_udp or _USED_BY.get(name) in silent


def _add(
    context: LinkContext,
    root: str,
    family: int,
    name: str,
    passages: Iterable[Passage],
    walks: Iterable[WalkFacts],
    *,
    dropped: bool,
) -> None:
    """Add one kind of packet to the list of its family."""
    seen = list(passages)
    worst = next((one for one in seen if one.dropped), seen[0] if seen else None)
    if worst is None:
        return
    record: dict[str, JsonValue] = {
        "name": name,
        "arrived": any(one.arrived for one in seen),
        "dropped": dropped,
        "after": worst.lost_after if worst.lost_before is not None else None,
        "before": worst.lost_before,
        "by": str(worst.rejected_by) if worst.rejected_by is not None else None,
        "forged": worst.rejection is Word.ANSWER,
    }
    fact = f"{root}.v{family}"
    sources = ", ".join(str(walk.target) for walk in walks)
    context.facts.add(
        fact, [*context.facts.records(fact), record], source=f"probes toward {sources}"
    )


def _said(family: int, name: str, one: Passage) -> str:
    what = f"{name} over IPv{family}"
    if one.arrived:
        return f"{what}: arrives"
    if one.rejection is Word.ANSWER:
        return f"{what}: reset before hop {one.lost_before}, in the name of the host"
    if one.rejected_by is not None:
        return f"{what}: rejected by {one.rejected_by}"
    if one.lost_before is not None:
        return f"{what}: passes hop {one.lost_after}, dropped before hop {one.lost_before}"
    passed = f"passes hop {max(one.passed)}, then " if one.passed else ""
    return f"{what}: {passed}no answer"


_BACK = ("link.return", "link.host-filter")

RUNGS = (
    Rung("link.tcp-options", _BACK, headers.link_tcp_options, "TCP's options"),
    Rung("link.pmtu-up", _BACK, _after_losses(link_pmtu_up), "packet size up"),
    Rung("link.pmtu-down", _BACK, _after_losses(link_pmtu_down), "packet size down"),
    Rung("link.fragments", _BACK, link_fragments, "fragments"),
    Rung("link.size-holes", _BACK, link_size_holes, "sizes between"),
    Rung("link.protocol-walk", _BACK, link_protocol_walk, "ESP and GRE"),
    Rung("link.ports", _BACK, link_ports, "ports"),
    Rung("link.marks", _BACK, headers.link_marks, "TTL, ECN, DSCP"),
)
