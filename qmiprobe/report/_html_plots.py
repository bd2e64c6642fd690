# SPDX-License-Identifier: GPL-2.0-or-later
"""Pictures of what was measured, as SVG that stands in the page: from facts, by their names."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from qmiprobe.diagnosis import Facts

_WIDTH, _HEIGHT = 640, 26
_LEFT, _RIGHT = 70, 90


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
    bars = [(scale, facts.number(scale.fact)) for scale in _SIGNAL]
    known = [(scale, value) for scale, value in bars if value is not None]
    if known:
        body = "".join(_bar(scale, value, row) for row, (scale, value) in enumerate(known))
        yield _figure("Signal", _WIDTH, _HEIGHT * len(known), body)


def _figure(title: str, width: int, height: int, body: str) -> str:
    name = escape(title)
    return (
        f'<figure><figcaption>{name}</figcaption><svg viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{name}">{body}</svg></figure>'
    )


def _bar(scale: _Scale, value: float, row: int) -> str:
    top = row * _HEIGHT + 6
    room = _WIDTH - _LEFT - _RIGHT

    def place(number: float) -> float:
        share = (number - scale.low) / (scale.high - scale.low)
        return round(_LEFT + room * min(max(share, 0.0), 1.0), 1)

    kind = "mark" if value >= scale.usable else "lost"
    limit = place(scale.usable)
    return (
        f'<text x="0" y="{top + 11}">{scale.label}</text>'
        f'<rect class="axis" x="{_LEFT}" y="{top}" width="{room}" height="14"/>'
        f'<rect class="{kind}" x="{_LEFT}" y="{top}" width="{round(place(value) - _LEFT, 1)}" '
        f'height="14"/><path class="limit" d="M{limit} {top - 3}V{top + 17}"/>'
        f'<text x="{_LEFT + room + 8}" y="{top + 11}">{value:g} {scale.unit}</text>'
    )
