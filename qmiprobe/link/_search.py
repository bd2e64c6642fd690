# SPDX-License-Identifier: GPL-2.0-or-later
"""The search for the largest size that passes: several sizes a round, exact to the byte. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Search:
    """Narrows the gap between a size that passes and one that does not."""

    def __init__(self, *, low: int, high: int, base: int) -> None:
        """Start with ``low`` known to pass and ``high`` known not to.

        ``base`` is a size that nearly every path carries (RFC 8899): the first round asks for it.
        """
        if low >= high:
            raise ValueError(f"a search from {low} to {high}: low must be below high")
        self.low = low
        self.high = high
        self._base = base

    @property
    def done(self) -> bool:
        """Whether ``low`` is the largest size that passes."""
        return self.high - self.low <= 1

    def next_sizes(self, count: int, *, hint: int | None = None) -> tuple[int, ...]:
        """Return at most ``count`` sizes to try at once, ascending; none when done.

        ``hint`` is what a router says: it and the next size decide, if it is right.
        """
        if hint is not None and self.low <= hint < self.high:
            return tuple(size for size in (hint, hint + 1) if self.low < size < self.high)
        if self.low < self._base < self.high:
            return (self._base, *_between(self._base, self.high, count - 1))
        return _between(self.low, self.high, count)

    def note(self, *, passed: Iterable[int], lost: Iterable[int]) -> None:
        """Take the outcome of a round. What passed counts for more than what was lost."""
        self.low = max([self.low, *passed])
        self.high = min([size for size in (self.high, *lost) if size > self.low], default=self.high)
        if self.high <= self.low:  # a size passed that was lost before: there is no gap left
            self.high = self.low + 1


def _between(low: int, high: int, count: int) -> tuple[int, ...]:
    """Return at most ``count`` sizes that part the open range evenly."""
    gap = high - low
    return tuple(sorted({low + gap * step // (count + 1) for step in range(1, count + 1)} - {low}))
