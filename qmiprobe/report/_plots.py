# SPDX-License-Identifier: GPL-2.0-or-later
"""Small plots of measurements, for terminals: what a person would rather see than read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from qmiprobe.diagnosis import Facts
from qmiprobe.report._content import Line, Paragraph
from qmiprobe.report._measured import lifetimes, round_trips, tried_sizes, waiting

_BUCKETS = 10
_WIDTH = 40
_MOST_SHOWN = 0.98
"""Share of the round trips that have buckets of their own; the last one takes the rest."""
_TITLE = "bold"
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def plots(facts: Facts, *, ascii_only: bool) -> tuple[Paragraph, ...]:
    """Return the plots of all measurements that there are; none where there are none."""
    found: list[Paragraph] = []
    for draw in (_round_trips, _sizes, _lifetimes, _load):
        found += _paragraphs(draw(facts, _bar_of(ascii_only=ascii_only)))
    return tuple(found)


Bar = Callable[[float], str]
"""Draws a share, 0 to 1, of the full width."""


def _bar_of(*, ascii_only: bool) -> Bar:
    def bar(share: float) -> str:
        eighths = round(max(0.0, min(1.0, share)) * _WIDTH * 8)
        if ascii_only:
            return "#" * max(eighths // 8, eighths > 0)
        return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()

    return bar


def _paragraphs(lines: Iterator[Line]) -> Iterator[Paragraph]:
    for line in lines:
        yield Paragraph(line, indent=2, above=1 if line[0][1] == _TITLE else 0)


def _title(text: str) -> Line:
    return ((text, _TITLE),)


def _row(label: str, bar: str, value: str, *, style: str = "cyan") -> Line:
    return ((f"{label:>16} ", ""), (bar, style), (f" {value}" if value else "", "dim"))


def _round_trips(facts: Facts, bar: Bar) -> Iterator[Line]:
    """A histogram of round-trip times, for each family."""
    for series in round_trips(facts):
        times = series.ordered
        lost = f" ({series.lost} lost)" if series.lost else ""
        yield _title(f"round trips over {series.family}, ms{lost}")
        low, high = times[0], times[min(len(times) - 1, int(len(times) * _MOST_SHOWN))]
        step = (high - low) / _BUCKETS or 1.0
        counts = [0] * (_BUCKETS + (times[-1] > high))
        for one in times:
            counts[_BUCKETS if one > high else min(_BUCKETS - 1, int((one - low) / step))] += 1
        for number, count in enumerate(counts):
            start = low + number * step
            label = f"{start:.3g} to {start + step:.3g}" if number < _BUCKETS else f"> {high:.3g}"
            yield _row(label, bar(count / max(counts)), str(count) if count else "")


def _sizes(facts: Facts, bar: Bar) -> Iterator[Line]:
    """Which sizes of packets pass, where some do not."""
    for tried in tried_sizes(facts):
        yield _title(f"sizes over {tried.family}, bytes")
        for size in tried.sizes:
            lost = size in tried.holes
            style = "bold red" if lost else "green"
            yield _row(str(size), bar(size / max(tried.sizes)), "lost" if lost else "", style=style)


def _lifetimes(facts: Facts, bar: Bar) -> Iterator[Line]:
    """How long what is idle lives."""
    found = list(lifetimes(facts))
    if not found:
        return
    longest = max(one.outlived for one in found) or 1.0
    yield _title("how long what is idle lives")
    for one in found:
        yield _row(one.what, bar(one.outlived / longest), one.said)


def _load(facts: Facts, bar: Bar) -> Iterator[Line]:
    """Round trips without and with load."""
    waits = waiting(facts)
    if not waits:
        return
    longest = max(one.milliseconds for one in waits) or 1.0
    yield _title("round trips under load, ms")
    for one in waits:
        yield _row(one.when, bar(one.milliseconds / longest), f"{one.milliseconds:.3g}")
