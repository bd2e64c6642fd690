# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of the data path about packet sizes, each over v4 and v6."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import trio

from qmiprobe.check._check import Result
from qmiprobe.check._data_path import DataPath
from qmiprobe.check._evidence import measured
from qmiprobe.check._rungs_link import NO_TARGETS
from qmiprobe.diagnosis import Evidence, Reason
from qmiprobe.link import (
    DownFacts,
    PmtuFacts,
    measure_pmtu_down,
    measure_pmtu_up,
    with_addresses,
)


async def link_pmtu_up(context: DataPath) -> Result:
    """Packets of the netdev's size arrive at the network."""

    async def measure(family: int) -> PmtuFacts | DownFacts:
        assert context.targets is not None
        return await measure_pmtu_up(context.the_bearer, targets=context.targets, family=family)

    return await _pmtu(context, "link.pmtu_up", "toward the network", measure)


async def link_pmtu_down(context: DataPath) -> Result:
    """Packets of the netdev's size arrive from the network."""
    if context.targets is None:
        return Result.skipped(NO_TARGETS)
    targets = await with_addresses(context.the_bearer, context.targets)

    async def measure(family: int) -> PmtuFacts | DownFacts:
        return await measure_pmtu_down(context.the_bearer, targets=targets, family=family)

    return await _pmtu(context, "link.pmtu_down", "from the network", measure)


async def _each_family(
    context: DataPath, measure: Callable[[int], Awaitable[PmtuFacts | DownFacts]]
) -> dict[int, PmtuFacts | DownFacts]:
    """Measure both families at once: a black hole takes seconds of waiting."""
    found: dict[int, PmtuFacts | DownFacts] = {}

    async def one(family: int) -> None:
        found[family] = await measure(family)

    async with trio.open_nursery() as nursery:
        for facts in context.the_bearer.families:
            nursery.start_soon(one, facts.family)
    return dict(sorted(found.items()))


async def _pmtu(
    context: DataPath,
    root: str,
    way: str,
    measure: Callable[[int], Awaitable[PmtuFacts | DownFacts]],
) -> Result:
    if context.targets is None:
        return Result.skipped(NO_TARGETS)
    lines: list[Evidence] = []
    holes: list[str] = []
    smaller: list[str] = []
    unknown: list[str] = []
    for family, got in (await _each_family(context, measure)).items():
        method = str(got.method) if isinstance(got, PmtuFacts) else "tcp-segments"
        if got.size is None:
            unknown.append(f"IPv{family}: {got.inconclusive or 'not measured'}")
            continue
        facts, name = context.facts, f"{root}.v{family}"
        facts.add(f"{name}.size", got.size, source=method)
        facts.add(f"{name}.black_hole", got.black_hole, source=method)
        facts.add(f"{name}.method", method, source="qmiprobe")
        if isinstance(got, DownFacts) and got.eaten:
            facts.add(f"{name}.eaten", True, source="AF_PACKET")
        if isinstance(got, PmtuFacts) and got.unheard:
            facts.add(f"{name}.unheard", True, source="AF_PACKET")
        lines.append(measured(f"IPv{family}", got.size, unit="bytes", source=method))
        if got.black_hole:
            holes.append(f"IPv{family} above {got.size} bytes")
        elif got.size < _asked_for(got):
            smaller.append(f"IPv{family} {got.size} of {got.netdev_mtu}")
    if holes:
        text = f"packets {way} vanish without a word: {', '.join(holes)}"
        return Result.failed(Reason.DEFECT, text, *lines)
    if smaller:
        text = f"the path {way} takes less than the netdev sends: {', '.join(smaller)}"
        return Result.failed(Reason.DEFECT, text, *lines)
    if unknown:
        return Result.warned(f"not measured: {'; '.join(unknown)}", *lines)
    return Result.passed(f"{way}: {', '.join(line.text for line in lines)}", *lines)


def _asked_for(got: PmtuFacts | DownFacts) -> int:
    """What may be expected: a route of this host's own may have it ask for smaller packets."""
    offered = got.offered if isinstance(got, DownFacts) else None
    return min(got.netdev_mtu, offered or got.netdev_mtu)
