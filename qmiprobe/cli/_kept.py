# SPDX-License-Identifier: GPL-2.0-or-later
"""What must still work while it is given back: held in a task that no cancellation reaches."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    import trio

T = TypeVar("T")


@asynccontextmanager
async def kept(manager: AbstractAsyncContextManager[T]) -> AsyncIterator[T]:
    """Hold ``manager`` while the block runs; leave it in full although the block is cancelled.

    A signal cancels the block; the tasks inside the manager, such as the one that reads the port,
    go on until it is closed: a client id is given back by a request that wants its answer.
    Entering it can be cancelled.
    """
    import trio

    failed: BaseException | None = None
    over = trio.Event()
    async with trio.open_nursery() as nursery:
        try:
            yield await nursery.start(_keep, manager, over)
        except BaseException as error:  # a nursery would wrap it in a group
            failed = error
        over.set()
    if failed is not None:
        raise failed


async def _keep(
    manager: AbstractAsyncContextManager[T],
    over: trio.Event,
    *,
    task_status: trio.TaskStatus[T],
) -> None:
    import trio

    with trio.CancelScope() as scope:
        async with manager as value:
            scope.shield = True
            task_status.started(value)
            await over.wait()
