# SPDX-License-Identifier: GPL-2.0-or-later
"""Joins MBIM fragments of a record to whole messages, for each port and direction apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qmiprobe.capture._captured import Captured
from qmiprobe.errors import DecodeError
from qmiprobe.mbim._header import Joiner, parse

_WHOLE = bytes((1, 0, 0, 0, 0, 0, 0, 0))
"""Where a message of several fragments has their number and its own: the first of one."""


class _Line:
    """What one direction has of an unfinished message."""

    def __init__(self) -> None:
        self.joiner = Joiner()
        self.parts: list[Captured] = []

    def add(self, item: Captured) -> Iterator[Captured]:
        """Give what ``item`` completes, and what it shows to be incomplete for ever."""
        try:
            parse(item.data)
        except DecodeError:
            yield item  # decoding it will say the same; the fragments before it still count
            return
        try:
            whole = self.joiner.add(item.data)
        except DecodeError as error:
            yield from self.add_after(error, item)
            return
        if whole is None:
            self.parts.append(item)
            return
        if not self.joiner.pending:  # OPEN, CLOSE and errors may stand between fragments
            self.parts = []
        yield replace(item, data=whole)

    def add_after(self, error: DecodeError, item: Captured) -> Iterator[Captured]:
        """Give up what is pending; ``item`` may be the start of something of its own."""
        if not self.parts:
            yield replace(item, error=error)
            return
        yield from self.give_up(error)
        yield from self.add(item)

    def give_up(self, error: DecodeError | None = None) -> Iterator[Captured]:
        """Give the fragments that are pending as one item that means nothing."""
        if self.parts:
            total = parse(self.parts[0].data).total
            text = f"only {len(self.parts)} of {total} fragments"
            reason = DecodeError(text if error is None else f"{text}: {error.args[0]}")
            data = b"".join(part.data for part in self.parts)
            yield replace(self.parts[-1], data=data, error=reason)
        self.joiner.reset()
        self.parts = []


def join_fragments(items: Iterable[Captured]) -> Iterator[Captured]:
    """Give the items with MBIM fragments joined; a whole one has the time of its last fragment."""
    lines: dict[tuple[str | None, str | None], _Line] = {}
    for item in items:
        if item.protocol != "mbim" or item.error is not None:
            yield item
            continue
        key = item.port, item.direction
        line = lines.get(key)
        if (line is None or not line.parts) and item.data[12:20] == _WHOLE:
            yield item  # most of them; decoding says what else may be wrong with it
        else:
            line = lines.setdefault(key, _Line())
            yield from line.add(item)
    for line in lines.values():
        yield from line.give_up()
