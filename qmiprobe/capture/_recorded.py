# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads our own traces as messages: fragments joined, garbage and bad lines as what they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast, get_args

from qmiprobe._trace_format import TraceEntry
from qmiprobe.capture._captured import Captured, Protocol
from qmiprobe.capture._join import join_fragments
from qmiprobe.capture._protocol import recognised
from qmiprobe.capture._trace import open_trace
from qmiprobe.errors import DecodeError


def read_recorded(lines: Iterable[bytes], protocol: Protocol | None = None) -> Iterator[Captured]:
    """Give the messages of a trace; DecodeError where its first line is no header of one.

    ``protocol`` counts where the trace does not say its own.
    """
    bad: list[DecodeError] = []
    texts = (line.decode("utf-8", "replace") for line in lines)
    header, entries = open_trace(texts, on_bad_line=bad.append)
    if header.protocol in get_args(Protocol):
        protocol = cast("Protocol", header.protocol)
    return join_fragments(_items(entries, protocol, bad))


def _items(
    entries: Iterable[TraceEntry], protocol: Protocol | None, bad: list[DecodeError]
) -> Iterator[Captured]:
    for entry in entries:
        yield from _bad_lines(protocol, bad)
        yield _item(entry, protocol)
    yield from _bad_lines(protocol, bad)


def _bad_lines(protocol: Protocol | None, bad: list[DecodeError]) -> Iterator[Captured]:
    while bad:
        yield Captured(data=b"", protocol=protocol, error=bad.pop(0))


def _item(entry: TraceEntry, protocol: Protocol | None) -> Captured:
    error = None
    if entry.kind == "garbage":
        error = DecodeError(f"{len(entry.data)} bytes that belong to no message")
    elif not entry.data:
        error = DecodeError(entry.name or "no bytes were recorded")
    elif protocol is None:
        protocol, error = recognised(entry.data)
    return Captured(
        data=entry.data,
        direction=entry.direction,
        time=entry.time,
        protocol=protocol,
        error=error,
    )
