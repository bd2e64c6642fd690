# SPDX-License-Identifier: GPL-2.0-or-later
"""Indications for those who asked: a bounded queue each, the oldest goes first."""

from __future__ import annotations

from collections import deque
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

import trio

from qmiprobe.errors import TransportError

T = TypeVar("T")
CAPACITY = 256
"""Indications that wait for their reader before the oldest is dropped."""


class Source(Protocol[T]):
    """Where a subscription gets its items from: a port."""

    subscriptions: list[Subscription[T]]
    failure: TransportError | None


class Subscription(Generic[T]):
    """Iterate over it for what arrives while the ``with`` block runs.

    One task reads it. Once the port is at its end, iterating raises why, after what is queued.
    """

    def __init__(self, source: Source[T], *, capacity: int = CAPACITY) -> None:
        self._source = source
        self._items: deque[T] = deque(maxlen=capacity)
        self._arrived = trio.Event()
        self.dropped = 0
        """Items lost because nobody read them in time."""
        self.behind = False
        """Whether any were lost since the reader last had taken everything."""

    def __enter__(self) -> Self:
        self._source.subscriptions.append(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._source.subscriptions.remove(self)

    def put(self, item: T) -> bool:
        """Queue an item; False where the oldest had to go for it."""
        full = len(self._items) == self._items.maxlen
        self.dropped += full
        self.behind = self.behind or full
        self._items.append(item)
        self._arrived.set()
        return not full

    def wake(self) -> None:
        """Tell the reader that the source is at its end."""
        self._arrived.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        await trio.lowlevel.checkpoint()
        while not self._items:
            if self._source.failure is not None:
                raise self._source.failure
            self.behind = False
            self._arrived = trio.Event()
            await self._arrived.wait()
        return self._items.popleft()
