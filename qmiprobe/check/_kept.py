# SPDX-License-Identifier: GPL-2.0-or-later
"""Context managers that outlast the rung that enters them, until the climb is over."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Generic, Protocol, TypeVar

import trio

T = TypeVar("T")


class Kept:
    """What is held for the rest of a climb; each in a task of its own in ``nursery``.

    Their scopes outlast the rung that enters them, and have to end in the task that entered them.
    """

    def __init__(self, nursery: trio.Nursery) -> None:
        self._nursery = nursery
        self._keepers: list[_Ending] = []

    async def keep(self, manager: AbstractAsyncContextManager[T]) -> T:
        """Enter ``manager`` and hold it until :meth:`end`.

        Entering can be cancelled and may fail, which leaves nothing; once entered it is held also
        where the rung or the whole climb is cancelled, since what is undone at the end needs it.
        """
        keeper = _Keeper(manager)
        value: T = await self._nursery.start(keeper.run)
        self._keepers.append(keeper)
        return value

    async def end(self) -> None:
        """Leave what is held, the last one first. To be called shielded."""
        while self._keepers:
            await self._keepers.pop().end()


class _Ending(Protocol):
    async def end(self) -> None: ...


class _Keeper(Generic[T]):
    """Holds one context manager in a task."""

    def __init__(self, manager: AbstractAsyncContextManager[T]) -> None:
        self._manager = manager
        self._over, self._ended = trio.Event(), trio.Event()

    async def run(self, *, task_status: trio.TaskStatus[T]) -> None:
        try:
            async with self._manager as value:
                task_status.started(value)
                await self._over.wait()
        finally:
            self._ended.set()

    async def end(self) -> None:
        """Leave the manager, and wait until it is left."""
        self._over.set()
        await self._ended.wait()
