# SPDX-License-Identifier: GPL-2.0-or-later
"""Indications for those who asked: a bounded queue each, the oldest goes first."""

from __future__ import annotations

from collections import deque
from types import TracebackType
from typing import Generic, Self, TypeVar

import trio

from qmiprobe.errors import TransportError

T = TypeVar("T")
CAPACITY = 256


class Subscription(Generic[T]):
    """Iterate over it for what arrives while the ``with`` block runs."""

    def __init__(self, registry: list[Subscription[T]], *, capacity: int = CAPACITY) -> None:
        self._registry = registry
        self._items: deque[T] = deque(maxlen=capacity)
        self._arrived = trio.Event()
        self._failure: TransportError | None = None
        self.dropped = 0
        """Items lost because nobody read them in time."""

    def __enter__(self) -> Self:
        self._registry.append(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._registry.remove(self)

    def put(self, item: T) -> bool:
        """Queue an item; False where the oldest had to go for it."""
        full = len(self._items) == self._items.maxlen
        self.dropped += full
        self._items.append(item)
        self._arrived.set()
        return not full

    def fail(self, error: TransportError) -> None:
        """End it: the reader gets what is queued, then the error."""
        self._failure = error
        self._arrived.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        await trio.lowlevel.checkpoint()
        while not self._items:
            if self._failure is not None:
                raise self._failure
            self._arrived = trio.Event()
            await self._arrived.wait()
        return self._items.popleft()
