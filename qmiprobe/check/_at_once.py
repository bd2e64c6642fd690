# SPDX-License-Identifier: GPL-2.0-or-later
"""Questions asked beside each other, which a slow modem is thankful for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

import trio

T = TypeVar("T")


class Asked(Generic[T]):
    """A question under way; ``got`` is its answer once the block is over."""

    got: T

    def __init__(self, ask: Callable[[], Awaitable[T]]) -> None:
        self._ask = ask
        self.error: Exception | None = None

    async def run(self) -> None:
        """Ask; what that raises is kept."""
        try:
            self.got = await self._ask()
        except Exception as error:
            self.error = error


class AtOnce:
    """Begins questions; made by :func:`at_once`."""

    def __init__(self, nursery: trio.Nursery) -> None:
        self._nursery = nursery
        self.all: list[Asked[object]] = []

    def ask(self, ask: Callable[[], Awaitable[T]]) -> Asked[T]:
        """Ask, beside those that were begun before."""
        asked = Asked(ask)
        self.all.append(asked)  # type: ignore[arg-type]  # only its error is looked at
        self._nursery.start_soon(asked.run)
        return asked


@asynccontextmanager
async def at_once() -> AsyncIterator[AtOnce]:
    """Give what begins questions; the block's end waits for all of them.

    Raises then what the first of them, in order of asking, raised: no group around it.
    """
    async with trio.open_nursery() as nursery:
        questions = AtOnce(nursery)
        yield questions
    for asked in questions.all:
        if asked.error is not None:
            raise asked.error
