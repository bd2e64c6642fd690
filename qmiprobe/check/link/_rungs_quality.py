# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of `link` about how good the link is: Q01 to Q03 of the catalogue."""

from __future__ import annotations

from qmiprobe import link
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.link._context import LinkContext, Rung
from qmiprobe.check.link._families import each_family
from qmiprobe.diagnosis import Evidence, Outcome, Reason
from qmiprobe.link import IdleFacts, RttFacts

LOSS_FAIL = 0.01
"""Share of packets whose loss is certain (95 %) that TCP and telephony suffer from."""
DISORDER_WARN = 0.01
WAKE_WARN_S = 0.5


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
        low, high = got.loss_interval
        if low > LOSS_FAIL:
            share = f"{got.loss:.1%} ({low:.1%} to {high:.1%})"
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
    for name, count in (
        ("sent", got.sent),
        ("lost", got.lost),
        ("longest_burst", got.longest_burst),
        ("late", got.late),
        ("duplicates", got.duplicates),
    ):
        context.facts.add(f"{root}.{name}", count, source=source)
    context.facts.add(f"{root}.loss", [round(low, 5), round(high, 5)], source=source)
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


_BACK = ("link.return", "link.host-filter")

FIRST = (Rung("link.rtt", _BACK, link_rtt, "round trips, jitter, loss"),)
"""Before the rungs about what passes: how much is lost anyway decides what silence means."""
RUNGS = (Rung("link.idle", _BACK, link_idle, "waking up"),)
