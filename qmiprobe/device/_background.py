# SPDX-License-Identifier: GPL-2.0-or-later
"""Tasks that run beside a block and outlive its cancellation, without groups around errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio


@asynccontextmanager
async def background() -> AsyncIterator[trio.Nursery]:
    """Give a nursery whose tasks run until the block is over, also where it was cancelled.

    So what the block gives back on its way out still has who answers. What the block raises
    leaves as it is, and so does what a task raises; only where both failed they leave in a group.
    """
    failed: BaseException | None = None
    crashed: BaseException | None = None
    try:
        async with trio.open_nursery() as nursery:
            beside = _Beside()
            nursery.start_soon(beside.run)
            try:
                yield await beside.nursery()
            except BaseException as error:  # the nursery would wrap it in a group
                failed = error
            (await beside.nursery()).cancel_scope.cancel()
    except (BaseExceptionGroup, trio.Cancelled) as error:
        crashed = _without_cancelled(error)
        if crashed is None and _is_cancellation(failed):
            raise
    if crashed is not None and not _is_cancellation(failed):
        assert failed is not None
        raise BaseExceptionGroup("the block and a task beside it failed", [failed, crashed])
    if crashed is not None or failed is not None:
        raise crashed or failed  # type: ignore[misc]


class _Beside:
    """A nursery that a cancellation of its surroundings does not reach."""

    def __init__(self) -> None:
        self._nursery: trio.Nursery | None = None
        self._ready = trio.Event()

    async def nursery(self) -> trio.Nursery:
        """Return it once it is there, which is soon. (``Nursery.start`` would hang here where it
        is cancelled: a shielded task that was not handed over never ends.)
        """
        with trio.CancelScope(shield=True):
            await self._ready.wait()
        assert self._nursery is not None
        return self._nursery

    async def run(self) -> None:
        crashed: BaseException | None = None
        with trio.CancelScope(shield=True):
            try:
                async with trio.open_nursery() as self._nursery:
                    self._ready.set()
                    await trio.sleep_forever()
            except BaseExceptionGroup as group:
                crashed = _without_cancelled(group)
        if crashed is not None:
            raise crashed


def _is_cancellation(error: BaseException | None) -> bool:
    return error is None or isinstance(error, trio.Cancelled)


def _without_cancelled(error: BaseException) -> BaseException | None:
    """Return what is left of a nursery's group: nothing, the only error, or a group."""
    if not isinstance(error, BaseExceptionGroup):
        return None
    _, rest = error.split(trio.Cancelled)
    if rest is not None and len(rest.exceptions) == 1:
        return rest.exceptions[0]
    return rest
