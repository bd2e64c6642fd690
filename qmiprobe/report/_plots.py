# SPDX-License-Identifier: GPL-2.0-or-later
"""Small plots of measurements, for terminals: what a person would rather see than read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from qmiprobe.diagnosis import Facts
from qmiprobe.report._content import Line, Paragraph

_FAMILIES = (("v4", "IPv4"), ("v6", "IPv6"))
_BUCKETS = 10
_WIDTH = 40
_MOST_SHOWN = 0.98
"""Share of the round trips that have buckets of their own; the last one takes the rest."""
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
    for number, line in enumerate(lines):
        yield Paragraph(line, indent=2, above=1 if number == 0 else 0)


def _title(text: str) -> Line:
    return ((text, "bold"),)


def _row(label: str, bar: str, value: str, *, style: str = "cyan") -> Line:
    return ((f"{label:>16} ", ""), (bar, style), (f" {value}" if value else "", "dim"))


def _round_trips(facts: Facts, bar: Bar) -> Iterator[Line]:
    """A histogram of round-trip times, for each family."""
    for key, name in _FAMILIES:
        root = f"link.rtt.{key}"
        times = _numbers(facts, f"{root}.times_ms")
        if len(times) < _BUCKETS:
            continue
        lost = facts.integer(f"{root}.lost") or 0
        yield _title(f"round trips over {name}, ms" + (f" ({lost} lost)" if lost else ""))
        low, high = times[0], times[min(len(times) - 1, int(len(times) * _MOST_SHOWN))]
        step = (high - low) / _BUCKETS or 1.0
        counts = [0] * (_BUCKETS + (times[-1] > high))
        for one in times:
            counts[_BUCKETS if one > high else min(_BUCKETS - 1, int((one - low) / step))] += 1
        for number, count in enumerate(counts):
            start = low + number * step
            label = f"{start:.3g} to {start + step:.3g}" if number < _BUCKETS else f"> {high:.3g}"
            yield _row(label, bar(count / max(counts)), str(count) if count else "")


def _numbers(facts: Facts, name: str) -> list[float]:
    values = facts.get(name)
    if not isinstance(values, Sequence) or isinstance(values, str):
        return []
    return sorted(float(one) for one in values if isinstance(one, int | float))


def _sizes(facts: Facts, bar: Bar) -> Iterator[Line]:
    """Which sizes of packets pass, where some do not."""
    for key, name in _FAMILIES:
        tried = facts.numbers(f"link.sizes.{key}.tried")
        holes = set(facts.numbers(f"link.sizes.{key}.holes"))
        if not holes:
            continue
        yield _title(f"sizes over {name}, bytes")
        largest = max(tried, default=1)
        for size in tried:
            lost = size in holes
            style = "bold red" if lost else "green"
            yield _row(str(size), bar(size / largest), "lost" if lost else "", style=style)


def _lifetimes(facts: Facts, bar: Bar) -> Iterator[Line]:
    """How long what is idle lives."""
    rows = []
    for root, label in (
        ("link.nat_lifetime.unreplied", "UDP, one packet"),
        ("link.nat_lifetime.replied", "UDP, both ways"),
        ("link.tcp_idle", "TCP"),
    ):
        lived = facts.number(f"{root}.at_least_s")
        if lived is not None:
            ended = facts.number(f"{root}.below_s")
            value = f"{lived:g} s" + (f" to {ended:g} s" if ended is not None else " and more")
            rows.append((label, lived, value))
    if not rows:
        return
    longest = max(lived for _, lived, _ in rows) or 1.0
    yield _title("how long what is idle lives")
    for label, lived, value in rows:
        yield _row(label, bar(lived / longest), value)


def _load(facts: Facts, bar: Bar) -> Iterator[Line]:
    """Round trips without and with load."""
    rows = [
        (label, milliseconds)
        for name, label in (("idle", "idle"), ("down", "while loading"), ("up", "while sending"))
        if (milliseconds := facts.number(f"link.load.{name}_ms")) is not None
    ]
    if len(rows) < 2:
        return
    longest = max(milliseconds for _, milliseconds in rows) or 1.0
    yield _title("round trips under load, ms")
    for label, milliseconds in rows:
        yield _row(label, bar(milliseconds / longest), f"{milliseconds:.3g}")
