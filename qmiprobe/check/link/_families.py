# SPDX-License-Identifier: GPL-2.0-or-later
"""A measurement over each IP family that leads anywhere, both at once; and what losses ask for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import trio

from qmiprobe import link
from qmiprobe.check.link._context import LinkContext

T = TypeVar("T")

TOO_LOSSY = 0.45
"""Share of round trips that may be lost before what does not come back means nothing."""


async def each_family(context: LinkContext, measure: Callable[[int], Awaitable[T]]) -> dict[int, T]:
    """Return what ``measure`` gives for each family that came back from beyond the operator."""
    found: dict[int, T] = {}

    async def one(family: int) -> None:
        found[family] = await measure(family)

    try:
        async with trio.open_nursery() as nursery:
            for family in context.reachable:
                nursery.start_soon(one, family)
    except ExceptionGroup as group:  # both families met the same: a netdev that has just gone
        raise group.exceptions[0] from group
    return dict(sorted(found.items()))


def loss_of(context: LinkContext) -> float:
    """The largest share of round trips that link.rtt saw lost; 0 where it did not measure."""
    shares = [0.0]
    for family in (4, 6):
        sent = context.facts.integer(f"link.rtt.v{family}.sent")
        lost = context.facts.integer(f"link.rtt.v{family}.lost")
        if sent and lost:
            shares.append(lost / sent)
    return max(shares)


def proofs(context: LinkContext) -> int:
    """How often a packet must stay away before it counts as dropped, on this link."""
    return link.proofs_for(loss_of(context))


def why_not(context: LinkContext) -> str | None:
    """Why nothing can be told of what passes; None where it can."""
    if not context.reachable:
        return "no host beyond the operator answers"
    if loss_of(context) > TOO_LOSSY:
        return f"{loss_of(context):.0%} of all packets are lost: silence tells nothing"
    return None
