# SPDX-License-Identifier: GPL-2.0-or-later
"""Round trips as a picture: each packet where it belongs in time, what was lost among them."""

from __future__ import annotations

import math

from qmiprobe.report._measured import RoundTrips
from qmiprobe.report._svg import WIDE, figure, key, line, picture

_HIGH = 100
_FAR = 3
"""Times the 95th percentile: what takes longer is drawn at the edge, or nothing else is seen."""


def series_figure(series: RoundTrips) -> str:
    """Draw each packet where it belongs in time: how long it took, or that it was lost."""
    low, high, over = _window(series)
    count = len(series.times)

    def x(number: int) -> float:
        return round((number + 0.5) * WIDE / count, 1)

    def y(value: float) -> float:
        return round(_HIGH * (1 - (value - low) / (high - low)), 1)

    dots, late, lost = [], [], []
    for number, one in enumerate(series.times):
        if one is None:
            lost.append(f"M{x(number):g} 0V{_HIGH}")
        elif one > high:
            late.append(f"M{x(number):g} 1v6")
        else:
            dots.append(f"M{x(number):g} {y(one):g}h0")
    drawn = [
        line("axis", f"M0 0H{WIDE}V{_HIGH}H0Z"),
        line("gone", "".join(lost)),
        line("p95", f"M0 {y(series.p95):g}H{WIDE}"),
        line("median", f"M0 {y(series.median):g}H{WIDE}"),
        line("late", "".join(late)),
        line("dots", "".join(dots)),
    ]
    keys = [
        ("dots", f"shortest {series.ordered[0]:.3g} ms"),
        ("median", f"median {series.median:.3g} ms"),
        ("p95", f"95 of 100 within {series.p95:.3g} ms"),
    ]
    if late:
        keys.append(("late", f"{over}, up to {series.ordered[-1]:.3g} ms"))
    if lost:
        why = "left out by the host" if series.rationed else "lost"
        keys.append(("gone", f"{len(lost)} of {count} {why}"))
    title = f"Round trips over {series.family}"
    drawing = picture(_HIGH, drawn, title=title, text=", ".join(text for _, text in keys))
    end = f"packet {count}"
    if series.interval_ms is not None:
        end += f", after {count * series.interval_ms / 1000:.3g} s"
    body = (
        f'<div class="plot"><span>{high:g} ms</span><span>{low:g} ms</span>{drawing}'
        f"<span>packet 1</span><span>{end}</span></div>"
    )
    return figure(title, body, *(key(*one) for one in keys))


def _window(series: RoundTrips) -> tuple[float, float, str]:
    """Return the lowest and highest time that is drawn, and what is said of those above."""
    low, high = series.ordered[0], series.ordered[-1]
    if high > _FAR * series.p95:
        high = 1.5 * series.p95
    step = 10.0 ** math.floor(math.log10(high - low)) if high > low else max(high, 0.001)
    low, high = math.floor(low / step) * step, (math.floor(high / step) + 1) * step
    above = sum(one > high for one in series.ordered)
    return low, high, f"{above} above {high:g} ms"
