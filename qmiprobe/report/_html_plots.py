# SPDX-License-Identifier: GPL-2.0-or-later
"""Pictures of what was measured, as SVG that stands in the page: from facts, by their names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qmiprobe.diagnosis import Facts
from qmiprobe.report._html_series import series_figure
from qmiprobe.report._measured import (
    Largest,
    Tried,
    largest,
    lifetimes,
    rates,
    round_trips,
    tried_sizes,
    waiting,
)
from qmiprobe.report._svg import BAR, WIDE, Part, Row, bars, figure, key, picture

_STEP = 100
BLOAT_MS = 200
"""More waiting than this under load is a fault; that of ``link.load``."""


class _Scale(NamedTuple):
    """A figure with the range in which it is of use."""

    fact: str
    label: str
    unit: str
    low: float
    high: float
    usable: float
    """Below it, hardly anything gets through."""


_SIGNAL = (
    _Scale("radio.signal.rssi", "RSSI", "dBm", -120, -50, -105),
    _Scale("radio.signal.rsrp", "RSRP", "dBm", -140, -70, -115),
    _Scale("radio.signal.rsrq", "RSRQ", "dB", -20, -3, -15),
    _Scale("radio.signal.snr", "SNR", "dB", -10, 30, 0),
)


def figures(facts: Facts) -> Iterator[str]:
    """Give a figure for each kind of measurement that the facts hold."""
    yield from bars("Signal", _signal(facts), key("limit", "below it hardly anything arrives"))
    for series in round_trips(facts):
        yield series_figure(series)
    yield from _sizes(list(largest(facts)))
    for tried in tried_sizes(facts):
        yield _tried(tried)
    yield from _lifetimes(facts)
    yield from _load(facts)


def _signal(facts: Facts) -> Iterator[Row]:
    for scale in _SIGNAL:
        value = facts.number(scale.fact)
        if value is not None:
            width = scale.high - scale.low
            kind = "mark" if value >= scale.usable else "lost"
            parts = (Part(kind, 0, (value - scale.low) / width),)
            limit = (scale.usable - scale.low) / width
            yield Row(scale.label, f"{value:g} {scale.unit}", parts, limit)


def _sizes(found: list[Largest]) -> Iterator[str]:
    """Draw what passes, and what this host would send beyond it, from a size below them all."""
    if not found:
        return
    low = max(0, min(one.size for one in found) - _STEP) // _STEP * _STEP
    high = max(max(one.size, one.mtu or 0) for one in found)

    def share(size: int) -> float:
        return (size - low) / (high - low)

    rows, kinds = [], set()
    for one in found:
        parts = [Part("mark", 0, share(one.size))]
        if one.mtu is not None and one.mtu > one.size:
            kind = "lost" if one.black_hole else "unsure"
            parts.append(Part(kind, share(one.size), share(one.mtu)))
            kinds.add(kind)
        rows.append(Row(one.way, f"{one.size} bytes", tuple(parts)))
    keys = [key("mark", "passes")]
    if "lost" in kinds:
        keys.append(key("lost", "vanishes without a word"))
    if "unsure" in kinds:
        keys.append(key("unsure", "up to the MTU, does not pass and is told"))
    keys.append(f"<span>from {low} to {high} bytes</span>")
    yield from bars("Largest packets", rows, *keys)


def _tried(tried: Tried) -> str:
    """Draw a field for each size, in their order: red where packets of this size vanish."""
    width = WIDE / len(tried.sizes)
    drawn = [
        f'<rect class="{"lost" if size in tried.holes else "mark"}" '
        f'x="{number * width + 0.1 * width:.4g}" width="{0.8 * width:.3g}" height="{BAR}"/>'
        for number, size in enumerate(tried.sizes)
    ]
    holes = f"lost: {', '.join(map(str, sorted(tried.holes)))} bytes"
    passed = f"{len(tried.sizes) - len(tried.holes)} other sizes, {tried.sizes[0]} to "
    passed += f"{tried.sizes[-1]} bytes, pass"
    title = f"Sizes over {tried.family}"
    field = picture(BAR, drawn, title=title, text=f"{holes}; {passed}")
    body = f'<div class="field">{field}</div>'
    return figure(title, body, key("lost", holes), key("mark", passed))


def _lifetimes(facts: Facts) -> Iterator[str]:
    """Draw what silence was outlived, and from when on it was not."""
    found = list(lifetimes(facts))
    longest = 1.25 * max((one.ended or one.outlived for one in found), default=0.0) or 1.0
    rows = []
    for one in found:
        outlived = one.outlived / longest
        parts = [Part("mark", 0, outlived)]
        if one.ended is not None:
            ended = one.ended / longest
            parts += [Part("unsure", outlived, ended), Part("lost", ended, 1)]
        rows.append(Row(one.what, one.said, tuple(parts)))
    keys = [key("mark", "outlived")]
    if any(one.ended is not None and one.ended - one.outlived > longest / 50 for one in found):
        keys.append(key("unsure", "not known"))
    if any(one.ended is not None for one in found):
        keys.append(key("lost", "dead"))
    if any(one.ended is None for one in found):
        keys.append(key("axis", "not tried"))
    yield from bars("How long what is idle lives", rows, *keys)


def _load(facts: Facts) -> Iterator[str]:
    """Draw how much passes, and what waiting it costs."""
    known = list(rates(facts))
    most = max((one.mbit for one in known), default=0.0) or 1.0
    yield from bars(
        "Throughput",
        (Row(one.way, f"{one.mbit:.3g} Mbit/s", (Part("mark", 0, one.mbit / most),))
         for one in known),
    )  # fmt: skip
    waits = waiting(facts)
    if not waits:
        return
    limit = waits[0].milliseconds + BLOAT_MS
    longest = max(limit, *(one.milliseconds for one in waits)) * 1.05
    rows = []
    for one in waits:
        kind = "lost" if one.milliseconds > limit else "mark"
        value = f"{one.milliseconds:.3g} ms" + (f", {one.lost:.1%} lost" if one.lost else "")
        rows.append(Row(one.when, value, (Part(kind, 0, one.milliseconds / longest),),
                         limit / longest))  # fmt: skip
    yield from bars(
        "Round trips under load", rows, key("limit", f"{BLOAT_MS} ms more than idle: calls suffer")
    )
