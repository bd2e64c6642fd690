# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of `link` about the NAT on the way: N01 to N03, and P07, of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe import link
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.link._context import LinkContext, Rung
from qmiprobe.check.link._families import each_family
from qmiprobe.check.link._reflector import far_or_why
from qmiprobe.diagnosis import Evidence, Reason
from qmiprobe.link import Behaviour, Lifetime

if TYPE_CHECKING:
    from qmiprobe.reflect import Far

SHORT_UDP_S = 25.0
"""The keepalive that WireGuard's manual advises: a mapping that lives no longer loses it."""
SHORT_TCP_S = 300.0


async def link_nat_type(context: LinkContext) -> Result:
    """Whom the world sees, and on what that depends."""
    if not context.reachable:
        return Result.skipped("no host beyond the operator answers")

    async def measure(family: int) -> link.NatFacts:
        return await link.measure_nat_type(
            context.the_bearer, targets=context.the_targets, family=family
        )

    lines, said, varies = [], [], []
    for family, got in (await each_family(context, measure)).items():
        if got.mapped is None:
            lines.append(Evidence(f"IPv{family}: {got.inconclusive}"))
            continue
        root, facts = f"link.nat.v{family}", context.facts
        source = f"STUN by {context.netdev}"
        facts.add(f"{root}.mapped", str(got.mapped[0]), source=source, personal=True)
        facts.add(f"{root}.translated", got.translated, source=source)
        facts.add(f"{root}.shared", got.shared, source=source)
        facts.add(f"{root}.keeps_port", got.keeps_port, source=source)
        if got.mapping is not None:
            facts.add(f"{root}.mapping", str(got.mapping), source=source)
        if got.filtering is not None:
            facts.add(f"{root}.filtering", str(got.filtering), source=source)
        kind = f"a NAT, {got.mapping or 'of unknown kind'}" if got.translated else "no NAT"
        said.append(f"IPv{family}: {kind}")
        seen = measured(f"IPv{family} seen as", str(got.mapped[0]), source=source, personal=True)
        lines.append(seen)
        if got.translated and got.mapping not in (None, Behaviour.NONE):
            varies.append(f"IPv{family}")
    if varies:
        text = f"each destination sees another port of {', '.join(varies)} (symmetric NAT)"
        return Result.warned(text, *lines)
    return Result.passed("; ".join(said), *lines) if said else _unasked(lines)


def _unasked(lines: list[Evidence]) -> Result:
    return Result.skipped("no STUN server answers", *lines)


async def link_nat_lifetime(context: LinkContext) -> Result:
    """UDP mappings live long enough for usual keepalives."""
    far = await far_or_why(context)
    if isinstance(far, Result):
        return far
    got = await link.measure_nat_lifetime(far, longest_s=context.options.pace.nat_longest_s)
    if _never(got.replied):
        return _unheard(context, far, "UDP")
    lines = [
        _lifetime(context, "link.nat_lifetime.unreplied", "after one packet", got.unreplied),
        _lifetime(context, "link.nat_lifetime.replied", "after packets both ways", got.replied),
    ]
    lived = got.replied.seconds
    if lived is not None and lived < SHORT_UDP_S:
        text = f"an idle UDP mapping lives {lived:.1f} s only"
        return Result.failed(Reason.DEFECT, text, *lines)
    if lived is not None:
        return Result.passed(f"an idle UDP mapping lives {lived:.1f} s", *lines)
    return Result.passed(f"idle UDP mappings live {got.replied.at_least:g} s and more", *lines)


def _never(got: Lifetime) -> bool:
    """Whether no answer came, however soon it was asked for: that tells of no lifetime."""
    return got.at_least == 0 and got.below is not None


def _unheard(context: LinkContext, far: Far, way: str) -> Result:
    text = f"{far.address} port {far.port}: no answer over {way}, however soon"
    context.facts.add("link.reflector.error", text, source="reflector")
    return Result.failed(Reason.CANNOT_TEST, text)


def _lifetime(context: LinkContext, root: str, name: str, got: Lifetime) -> Evidence:
    source = "late answers of the reflector"
    context.facts.add(f"{root}.at_least_s", round(got.at_least, 2), source=source)
    if got.below is not None:
        context.facts.add(f"{root}.below_s", round(got.below, 2), source=source)
    if got.end is not None:
        context.facts.add(f"{root}.end", str(got.end), source=source)
    shown = f"{got.at_least:g} s and more"
    if got.below is not None:
        shown = f"{got.at_least:.1f} to {got.below:.1f} s"
    return Evidence(f"{name}: {shown}", value=got.seconds, unit="s", source=source)


async def link_tcp_idle(context: LinkContext) -> Result:
    """Idle TCP connections live."""
    far = await far_or_why(context)
    if isinstance(far, Result):
        return far
    got = await link.measure_tcp_idle(far, longest_s=context.options.pace.nat_longest_s)
    if _never(got):
        return _unheard(context, far, "TCP")
    line = _lifetime(context, "link.tcp_idle", "an idle connection", got)
    lived = got.seconds
    if lived is not None and lived < SHORT_TCP_S:
        how = "is reset" if got.end is link.End.RESET else "goes silent"
        return Result.failed(Reason.DEFECT, f"an idle connection {how} after {lived:.1f} s", line)
    return Result.passed(line.text, line)


async def link_shapes(context: LinkContext) -> Result:
    """Packets that look like a VPN's pass as random ones do."""
    far = await far_or_why(context)
    if isinstance(far, Result):
        return far
    got = await link.measure_shapes(far)
    source = f"the reflector, port {far.port}"
    context.facts.add(
        "link.shapes",
        [
            {
                "name": one.name,
                "sent": one.sent,
                "answered": one.answered,
                "random": one.control_answered,
                "filtered": one.filtered,
            }
            for one in got.shapes
        ],
        source=source,
    )
    lines = [
        Evidence(
            f"like {one.name}: {one.answered} of {one.sent} answered, "
            f"random {one.control_answered}",
            source=source,
        )
        for one in got.shapes
    ]
    if got.killed_after is not None:
        context.facts.add("link.shapes.killed_after", got.killed_after, source=source)
        text = f"a flow goes silent after {got.killed_after} packets, a fresh one passes"
        return Result.failed(Reason.DEFECT, text, *lines)
    if got.filtered:
        text = f"kept back by their looks: {', '.join(got.filtered)}"
        return Result.failed(Reason.DEFECT, text, *lines)
    if not any(one.control_answered for one in got.shapes):
        return Result.skipped("the reflector does not answer over UDP", *lines)
    return Result.passed("looks make no difference", *lines)


_BACK = ("link.return", "link.host-filter")

RUNGS = (
    Rung("link.nat-type", _BACK, link_nat_type, "NAT"),
    Rung("link.nat-lifetime", _BACK, link_nat_lifetime, "how long the NAT remembers"),
    Rung("link.tcp-idle", _BACK, link_tcp_idle, "idle connections"),
    Rung("link.shapes", _BACK, link_shapes, "looks of VPNs"),
)
