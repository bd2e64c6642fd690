# SPDX-License-Identifier: GPL-2.0-or-later
"""What a port has delivered and nobody has taken yet: messages, garbage, failures, the end."""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING

import trio

from qmiprobe.errors import DeviceGone, TransportError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from qmiprobe._framing import Frame, Framer, Garbage

NOISE_PATIENCE = 0.1
"""Seconds of silence after which bytes that look like no message are handed out."""
PART_PATIENCE = 1.0
"""Seconds of silence after which the rest of a message is no longer expected."""


class Inbox:
    """Frames what a port reads and keeps it, with the port's failures, in their order."""

    def __init__(self, framer: Framer, *, port: str) -> None:
        self._framer = framer
        self._port = port
        self._ready: deque[Frame | Garbage | TransportError] = deque()
        self._end: tuple[str, int | None] | None = None
        self._taking = trio.Lock()

    def feed(self, data: bytes) -> None:
        """Takes over what one read returned."""
        self._ready.extend(self._framer.feed(data))

    def fail(self, error: TransportError) -> None:
        """Hands out what was half there as garbage, then ``error``, once."""
        self.give_up()
        self._ready.append(error)

    def end(self, text: str, *, errno: int | None = None) -> None:
        """From here on, and after what is ready, there is only DeviceGone. First text wins."""
        self.give_up()
        if self._end is None:
            self._end = (text, errno)

    def clear(self) -> None:
        """Forgets what is ready: nobody will take it."""
        self._framer.flush()
        self._ready.clear()

    def give_up(self) -> None:
        """Hands out as garbage what the framer still waits to complete."""
        self._ready.extend(self._framer.flush())

    def take_rest(self) -> list[Frame | Garbage]:
        """What is ready, and what is half there as garbage; stops before a failure."""
        self.give_up()
        items: list[Frame | Garbage] = []
        while self._ready and not isinstance(item := self._ready[0], TransportError):
            items.append(item)
            self._ready.popleft()
        return items

    def put_back(self, items: Iterable[Frame | Garbage]) -> None:
        """Returns items that were taken, in their order, before all others."""
        self._ready.extendleft(reversed(list(items)))

    @property
    def ended(self) -> bool:
        """True once nothing more will come."""
        return self._end is not None

    def check_open(self) -> None:
        """Raises DeviceGone when the end was reached."""
        if self._end is not None:
            text, errno = self._end
            raise DeviceGone(text, port=self._port, errno=errno)

    async def take(self, fill: Callable[[], Awaitable[None]]) -> Frame | Garbage:
        """The next item; ``fill`` waits for one read and reports it here.

        Raises what the port failed with. Cancelling loses nothing, if it does not in ``fill``.
        """
        async with self._taking:
            while not self._ready:
                self.check_open()
                with trio.move_on_after(self._patience()) as patience:
                    await fill()
                if patience.cancelled_caught:
                    self.give_up()
            item = self._ready.popleft()
        if isinstance(item, TransportError):
            raise item
        return item

    def _patience(self) -> float:
        if not self._framer.pending:
            return math.inf
        return PART_PATIENCE if self._framer.partial else NOISE_PATIENCE
