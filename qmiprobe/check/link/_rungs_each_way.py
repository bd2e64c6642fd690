# SPDX-License-Identifier: GPL-2.0-or-later
"""The rung of `link` that tells the two ways apart, where a reflector is given."""

from __future__ import annotations

from qmiprobe import link
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.link._context import LinkContext, Rung
from qmiprobe.check.link._reflector import far_or_why
from qmiprobe.diagnosis import Evidence, Reason
from qmiprobe.link import EachWayFacts, OneWay

LOSS_FAIL = 0.01
"""Share of packets whose loss is certain (95 %), one way."""


async def link_each_way(context: LinkContext) -> Result:
    """Packets to a reflector and from it: all of them arrive, evenly."""
    far = await far_or_why(context)
    if isinstance(far, Result):
        return far
    killed = context.facts.integer("link.shapes.killed_after")
    if killed is not None:
        return Result.skipped(f"a flow goes silent after {killed} packets")
    pace = context.options.pace
    got = await link.measure_each_way(far, count=pace.rtt_packets, interval_s=pace.rtt_interval_s)
    if got.up is None or got.down is None:
        return Result.skipped(got.inconclusive or "nothing came back")
    ways = {"up": got.up, "down": got.down}
    lines = [line for way, one in ways.items() for line in _told(context, got, way, one)]
    lost = [
        f"{one.lost / one.sent:.1%} {way}"
        for way, one in ways.items()
        if one.loss_interval[0] > LOSS_FAIL
    ]
    if lost:
        return Result.failed(Reason.DEFECT, f"packets are lost: {', '.join(lost)}", *lines)
    said = [f"{way} {one.lost} of {one.sent} lost{_varies(one)}" for way, one in ways.items()]
    return Result.passed("; ".join(said), *lines)


def _varies(one: OneWay) -> str:
    return f", delay varies by {one.jitter_s * 1000:.1f} ms" if one.jitter_s is not None else ""


def _told(context: LinkContext, got: EachWayFacts, way: str, one: OneWay) -> list[Evidence]:
    root = f"link.each_way.v{got.family}.{way}"
    source = f"the reflector {got.target}"
    low, high = one.loss_interval
    context.facts.add(f"{root}_sent", one.sent, source=source)
    context.facts.add(f"{root}_lost", one.lost, source=source)
    context.facts.add(f"{root}_loss", [round(low, 5), round(high, 5)], source=source)
    lines = [measured(f"lost {way}", one.lost, unit=f"of {one.sent}", source=source)]
    by = f"{source}, {got.by_kernel} by the kernel's clock"
    for name, label, seconds in (
        ("jitter_ms", "jitter", one.jitter_s),
        ("spread_ms", "95 % above the quickest", one.spread_s),
    ):
        if seconds is not None:
            value = round(seconds * 1000, 3)
            context.facts.add(f"{root}_{name}", value, source=by)
            lines.append(measured(f"{label}, {way}", value, unit="ms", source=by))
    return lines


RUNGS = (
    Rung(
        "link.each-way",
        ("link.return", "link.host-filter"),
        link_each_way,
        "loss and delay each way",
    ),
)
