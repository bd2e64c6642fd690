# SPDX-License-Identifier: GPL-2.0-or-later
"""The book of requests that both protocols' connections keep: open, given up, answered."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar

from qmiprobe._events import QUARANTINE

REMEMBERED = 256
"""Answered requests that are remembered, to know a second answer for what it is."""


class Keyed(Protocol):
    """A request under way; its key is unique among those that are open or given up."""

    @property
    def key(self) -> Hashable:
        """What names the request in its answer."""


PendingT = TypeVar("PendingT", bound=Keyed)


class Ledger(Generic[PendingT]):
    """Which requests of one connection are open, which were given up, which were answered.

    The key of a request that was given up stays taken until its late answer comes, or for
    ``QUARANTINE`` seconds: its answer must not be taken for that of another request.
    """

    def __init__(self) -> None:
        self._open: dict[Hashable, PendingT] = {}
        self._given_up: dict[Hashable, tuple[PendingT, float]] = {}
        self._answered: dict[Hashable, PendingT] = {}

    @property
    def open(self) -> tuple[PendingT, ...]:
        """Requests without an answer yet, oldest first."""
        return tuple(self._open.values())

    @property
    def taken(self) -> int:
        """How many keys are not free."""
        return len(self._open) + len(self._given_up)

    def expire(self, now: float) -> None:
        """Free the keys whose quarantine is over."""
        over = [key for key, (_, end) in self._given_up.items() if end <= now]
        for key in over:
            del self._given_up[key]

    def is_free(self, key: Hashable) -> bool:
        """Whether a new request may have this key."""
        return key not in self._open and key not in self._given_up

    def start(self, pending: PendingT) -> None:
        """Note a request as open."""
        self._open[pending.key] = pending
        self._answered.pop(pending.key, None)

    def abandon(self, pending: PendingT, *, now: float) -> None:
        """Note an open request as given up; one that is not open stays what it is."""
        if self._open.get(pending.key) is pending:
            del self._open[pending.key]
            self._given_up[pending.key] = pending, now + QUARANTINE

    def finish(self, pending: PendingT) -> None:
        """Note that the answer of an open or given up request came; its key is free."""
        self._open.pop(pending.key, None)
        self._given_up.pop(pending.key, None)
        self._answered.pop(pending.key, None)
        self._answered[pending.key] = pending
        if len(self._answered) > REMEMBERED:
            del self._answered[next(iter(self._answered))]

    def find_open(self, key: Hashable) -> PendingT | None:
        """Return the open request of this key."""
        return self._open.get(key)

    def find_past(self, key: Hashable) -> tuple[str, PendingT] | None:
        """Return a request of this key that nobody waits for, and what its answer would be.

        That is ``late`` where it was given up, ``duplicate`` where it was answered.
        """
        if key in self._given_up:
            return "late", self._given_up[key][0]
        if key in self._answered:
            return "duplicate", self._answered[key]
        return None
