# SPDX-License-Identifier: GPL-2.0-or-later
"""Several calls at once, their results in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import trio

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

Result = TypeVar("Result")


async def together(calls: Iterable[Callable[[], Awaitable[Result]]]) -> tuple[Result, ...]:
    """Run ``calls`` at once and return what each gave, in their order."""
    results: dict[int, Result] = {}

    async def run(number: int, call: Callable[[], Awaitable[Result]]) -> None:
        results[number] = await call()

    async with trio.open_nursery() as nursery:
        for number, call in enumerate(calls):
            nursery.start_soon(run, number, call)
    return tuple(results[number] for number in sorted(results))
