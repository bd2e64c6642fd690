# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of `link` about what the way does to headers: P08 and P09 of the catalogue."""

from __future__ import annotations

from qmiprobe import link
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.link._context import LinkContext
from qmiprobe.check.link._families import each_family, proofs, why_not
from qmiprobe.check.link._filtered import filtered_here
from qmiprobe.diagnosis import Evidence, JsonValue, Reason


async def link_marks(context: LinkContext) -> Result:
    """Packets with another TTL, ECN or DSCP pass, and keep their marks."""
    reason = why_not(context)
    if reason is not None:
        return Result.skipped(reason)

    async def measure(family: int) -> link.MarkFacts:
        return await link.measure_marks(
            context.the_bearer,
            targets=context.the_targets,
            family=family,
            proofs=proofs(context),
        )

    dropped, changed, lines, known = [], [], [], False
    filtered: list[str] = []
    for family, got in (await each_family(context, measure)).items():
        if got.inconclusive is not None:
            lines.append(Evidence(f"IPv{family}: {got.inconclusive}"))
            continue
        known, root, source = True, f"link.marks.v{family}", f"probes toward {got.target}"
        context.facts.add(f"{root}.passed", [*got.passed], source=source)
        context.facts.add(f"{root}.dropped", [*got.dropped], source=source)
        records: list[JsonValue] = [
            {"mark": mark, "hop": one.hop, "by": str(one.by), "sent": one.sent, "seen": one.seen}
            for mark, one in got.changed.items()
        ]
        context.facts.add(f"{root}.changed", records, source="what routers quote")
        filtered += [f"{mark} over IPv{family}" for mark in got.refused]
        dropped += [f"{mark} over IPv{family}" for mark in got.dropped]
        changed += [f"{mark} over IPv{family}" for mark in got.changed]
        lines += [
            measured(f"{mark} over IPv{family}, at hop {one.hop}", f"0x{one.seen:02x}")
            for mark, one in got.changed.items()
        ]
    if filtered:
        return filtered_here(context, filtered)
    if dropped:
        text = f"dropped for their marks: {', '.join(dropped)}"
        return Result.failed(Reason.DEFECT, text, *lines)
    if changed:
        return Result.warned(f"marks are rewritten: {', '.join(changed)}", *lines)
    if not known:
        return Result.skipped("no host answers a packet without marks", *lines)
    return Result.passed("TTL, ECN and DSCP make no difference", *lines)


async def link_tcp_options(context: LinkContext) -> Result:
    """TCP comes through as it was sent: its options, its MSS, nobody in between."""
    reason = why_not(context)
    if reason is not None or not any("tcp" in context.reach(one) for one in context.reachable):
        return Result.skipped(reason or "no TCP comes back")

    async def measure(family: int) -> link.OptionFacts:
        return await link.measure_options(
            context.the_bearer, targets=context.the_targets, family=family
        )

    odd, lines, known = [], [], False
    for family, got in (await each_family(context, measure)).items():
        if got.inconclusive is not None:
            lines.append(Evidence(f"IPv{family}: {got.inconclusive}"))
            continue
        known, root, source = True, f"link.tcp_options.v{family}", f"SYN to {got.target}"
        context.facts.add(f"{root}.stripped", sorted(got.stripped), source=source)
        if got.sent is not None and got.sent.mss is not None:
            context.facts.add(f"{root}.mss", got.sent.mss, source=source)
            lines.append(measured(f"IPv{family} MSS sent", got.sent.mss, source="AF_PACKET"))
        if got.returned is not None and got.returned.mss is not None:
            context.facts.add(f"{root}.returned_mss", got.returned.mss, source=source)
            lines.append(measured(f"IPv{family} MSS returned", got.returned.mss))
        if got.rewritten_mss is not None:
            context.facts.add(f"{root}.rewritten_mss", got.rewritten_mss, source=source)
            lines.append(measured(f"IPv{family} MSS as a router saw it", got.rewritten_mss))
            odd.append(f"MSS {got.rewritten_mss} over IPv{family}")
        if got.stripped:
            odd.append(f"without {', '.join(sorted(got.stripped))} over IPv{family}")
        if got.answered_at is not None:
            context.facts.add(f"{root}.answered_at", got.answered_at, source=source)
            odd.append(f"answered by hop {got.answered_at} over IPv{family}")
    if odd:
        return Result.warned(f"TCP is changed on the way: {'; '.join(odd)}", *lines)
    if not known:
        return Result.skipped("no connection comes about", *lines)
    if not lines:
        return Result.passed("nobody answers in the host's name; options want CAP_NET_RAW")
    return Result.passed("TCP comes through as it was sent", *lines)
