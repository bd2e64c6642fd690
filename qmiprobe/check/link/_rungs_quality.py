# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of `link` about how good the link is: Q01 to Q03 of the catalogue."""

from __future__ import annotations

from qmiprobe import link
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.link._context import LinkContext, Rung
from qmiprobe.check.link._families import each_family, loss_of
from qmiprobe.check.link._reflector import far_or_why
from qmiprobe.diagnosis import Evidence, Outcome, Reason
from qmiprobe.link import IdleFacts, Loaded, LoadFacts, RttFacts

LOSS_FAIL = 0.01
"""Share of packets whose loss is certain (95 %) that TCP and telephony suffer from."""
DISORDER_WARN = 0.01
WAKE_WARN_S = 0.5
BLOAT_FAIL_S = 0.2
POLICED_GAPS, POLICED_BURST = 0.03, 0.3
_GRADES = (("A+", 0.005), ("A", 0.03), ("B", 0.06), ("C", 0.2), ("D", 0.4))


async def link_rtt(context: LinkContext) -> Result:
    """Small packets come back quickly, evenly, all of them, once and in order."""
    pace = context.options.pace
    if not context.reachable:
        return Result.skipped("no host beyond the operator answers")

    async def measure(family: int) -> RttFacts:
        return await link.measure_rtt(
            context.the_bearer,
            targets=context.the_targets,
            family=family,
            count=pace.rtt_packets,
            interval_s=pace.rtt_interval_s,
        )

    lines, said, lost, odd = [], [], [], []
    for family, got in (await each_family(context, measure)).items():
        if got.median_s is None:
            why = got.inconclusive or f"nothing came back of {got.sent} packets"
            lines.append(Evidence(f"IPv{family}: {why}"))
            continue
        lines += _rtt_facts(context, got)
        said.append(f"IPv{family} {got.median_s * 1000:.1f} ms")
        count, of = (got.unanswered, got.questions) if got.rationed else (got.lost, got.sent)
        low, high = link.wilson(count, of)
        if got.rationed:
            said[-1] += f" ({got.lost} of {got.sent} pings rationed by the host)"
        if low > LOSS_FAIL:
            share = f"{count / of:.1%} ({low:.1%} to {high:.1%})"
            lost.append(f"{share} over IPv{family}")
        if got.late > DISORDER_WARN * got.sent:
            odd.append(f"{got.late} of {got.sent} out of order over IPv{family}")
        if got.duplicates > DISORDER_WARN * got.sent:
            odd.append(f"{got.duplicates} of {got.sent} twice over IPv{family}")
    if lost:
        return Result.failed(Reason.DEFECT, f"packets are lost: {', '.join(lost)}", *lines)
    if odd:
        return Result.warned(f"packets come {'; '.join(odd)}", *lines)
    if not said:
        return Result.skipped("no host answers an echo request", *lines)
    return Result.passed(f"median {', '.join(said)}", *lines)


def _rtt_facts(context: LinkContext, got: RttFacts) -> list[Evidence]:
    root, source = f"link.rtt.v{got.family}", f"{got.method} to {got.target}"
    low, high = got.loss_interval
    sent, lost = got.sent, got.lost
    if got.rationed:
        sent, lost = got.questions, got.unanswered
        low, high = link.wilson(lost, sent)
    for name, count in (
        ("sent", sent),
        ("lost", lost),
        ("longest_burst", got.longest_burst),
        ("late", got.late),
        ("duplicates", got.duplicates),
    ):
        context.facts.add(f"{root}.{name}", count, source=source)
    context.facts.add(f"{root}.rationed", got.rationed, source=source)
    context.facts.add(f"{root}.loss", [round(low, 5), round(high, 5)], source=source)
    context.facts.add(f"{root}.interval_ms", _ms(got.interval_s), source=source)
    context.facts.add(
        f"{root}.times_ms", [_ms(one) for one in got.rtts], source=f"{source}, {_stamps(got)}"
    )
    lines = []
    for name, seconds in (
        ("median_ms", got.median_s),
        ("p95_ms", got.percentile(0.95)),
        ("p99_ms", got.percentile(0.99)),
        ("jitter_ms", got.jitter_s),
    ):
        if seconds is not None:
            context.facts.add(f"{root}.{name}", _ms(seconds), source=source)
            label = f"IPv{got.family} {name.removesuffix('_ms')}"
            lines.append(measured(label, _ms(seconds), unit="ms", source=source))
    lines.append(measured(f"IPv{got.family} lost", got.lost, unit=f"of {got.sent}", source=source))
    return lines


def _stamps(got: RttFacts) -> str:
    return f"{got.by_kernel} of {len(got.times)} by the kernel's clock"


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 3)


async def link_idle(context: LinkContext) -> Result:
    """The first packet after a silence is not much later than those that follow."""
    if not context.reachable:
        return Result.skipped("no host beyond the operator answers")
    family = context.reachable[0]
    seconds = context.options.pace.idle_s
    got = await link.measure_idle(
        context.the_bearer, targets=context.the_targets, family=family, idle_s=seconds
    )
    if got.later_s is None:
        return Result.skipped(got.inconclusive or "nothing came back after the silence")
    return _idle_result(context, got)


def _idle_result(context: LinkContext, got: IdleFacts) -> Result:
    source = f"echo to {got.target} over IPv{got.family}"
    context.facts.add("link.idle.seconds", got.idle_s, source=source)
    context.facts.add("link.idle.first_ms", _ms(got.first_s), source=source)
    context.facts.add("link.idle.later_ms", _ms(got.later_s), source=source)
    lines = [
        measured("first packet", _ms(got.first_s), unit="ms", source=source),
        measured("those after it", _ms(got.later_s), unit="ms", source=source),
    ]
    silence = f"after {got.idle_s:g} s of silence"
    if got.wake_s is None:
        return Result.passed(f"{silence} the first packet was lost, later ones came", *lines)
    context.facts.add("link.idle.wake_ms", _ms(got.wake_s), source=source)
    text = f"{silence} the first packet takes {got.wake_s * 1000:.0f} ms longer"
    outcome = Outcome.WARN if got.wake_s > WAKE_WARN_S else Outcome.PASS
    return Result(outcome, text, tuple(lines))


async def link_load(context: LinkContext) -> Result:
    """Under load round trips stay short; how much the link carries."""
    if not context.options.load:
        return Result.skipped("not asked for: --load, which uses megabytes")
    if "tcp" not in {kind for family in context.reachable for kind in context.reach(family)}:
        return Result.skipped("no TCP comes back")
    pace, family, far = context.options.pace, context.reachable[0], None
    targets = context.the_targets
    if context.options.reflector is not None:
        found = await far_or_why(context)
        if isinstance(found, Result):
            return found
        far, family = found, found.address.version
    else:
        targets = await link.with_addresses(context.the_bearer, targets)
    got = await link.measure_load(
        context.the_bearer,
        targets=targets,
        family=family,
        seconds=pace.load_s,
        most_bytes=pace.load_bytes,
        far=far,
    )
    if got.inconclusive is not None:
        return Result.skipped(got.inconclusive)
    return _load_result(context, got)


def _load_result(context: LinkContext, got: LoadFacts) -> Result:
    facts, source = context.facts, f"{got.way} over IPv{got.family}"
    facts.add("link.load.way", got.way, source="qmiprobe")
    facts.add("link.load.bytes", got.bytes, source=source)
    facts.add("link.load.capped", got.capped, source=source)
    if got.idle_s is not None:
        facts.add("link.load.idle_ms", _ms(got.idle_s), source="echo")
    lines, rates, grown = [], [], [0.0]
    for way, one in (("down", got.down), ("up", got.up)):
        if one is None or not one.counted:
            continue
        rate = round(one.bits_per_second / 1e6, 3)
        facts.add(f"link.load.{way}_mbit", rate, source=source)
        lines.append(measured(way, rate, unit="Mbit/s", source=source))
        if one.segments:
            share = round(one.after_gap / one.segments, 4)
            facts.add(f"link.load.{way}_gaps", share, source="TCP_INFO")
            lines.append(measured(f"segments after a gap, {way}", share, source="TCP_INFO"))
        rates.append(f"{rate:.3g} Mbit/s {way}")
        if one.burst_loss is not None:
            facts.add(f"link.load.{way}_burst_loss", round(one.burst_loss, 4), source="echo")
            lines.append(measured(f"lost of a burst, {way}", round(one.burst_loss, 4)))
        if one.rtt_s is not None:
            facts.add(f"link.load.{way}_ms", _ms(one.rtt_s), source="echo")
            facts.add(f"link.load.{way}_loss", round(one.loss, 4), source="echo")
            lines.append(measured(f"round trip, {way}", _ms(one.rtt_s), unit="ms", source="echo"))
            grown.append(one.rtt_s - (got.idle_s or one.rtt_s))
    lines.append(measured("used", got.bytes, unit="bytes", source=source))
    text = f"{', '.join(rates)}; round trips {max(grown) * 1000:.0f} ms longer under load"
    text += f" (grade {grade(max(grown))})"
    if max(grown) > BLOAT_FAIL_S:
        return Result.failed(Reason.DEFECT, text, *lines)
    if _policed(got.down, lossy=loss_of(context) > LOSS_FAIL):
        facts.add("link.load.policed", ["down"], source=source)
        text = f"{', '.join(rates)}: what is more is dropped, without a queue"
        return Result.failed(Reason.DEFECT, text, *lines)
    return Result.passed(text, *lines)


def _policed(one: Loaded | None, *, lossy: bool) -> bool:
    """Whether it is slow because packets are dropped, and not because they queue."""
    if one is None or lossy or one.bits_per_second >= link.SLOW_BITS:
        return False
    if one.rtt_s is None:
        return False  # nobody knows what a queue does: its answers may have come too late
    gaps = one.segments and one.after_gap > POLICED_GAPS * one.segments
    return bool(gaps) or (one.burst_loss or 0.0) > POLICED_BURST


def grade(grown_s: float) -> str:
    """Return the usual school grade for what round trips grow by under load, seconds."""
    return next((name for name, limit in _GRADES if grown_s < limit), "F")


_BACK = ("link.return", "link.host-filter")

FIRST = (Rung("link.rtt", _BACK, link_rtt, "round trips, jitter, loss"),)
"""Before the rungs about what passes: how much is lost anyway decides what silence means."""
RUNGS = (
    Rung("link.idle", _BACK, link_idle, "waking up"),
    Rung("link.load", _BACK, link_load, "throughput, and waiting under load"),
)
