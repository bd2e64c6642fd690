# SPDX-License-Identifier: GPL-2.0-or-later
"""What pictures in the page are made of: what is drawn stretches with it, words stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

WIDE = 1000
"""Units of a picture's width, whatever the page makes of it."""
BAR = 14
"""Height of a bar, CSS pixels."""


class Part(NamedTuple):
    """A stretch of a bar, between two shares of its width."""

    kind: str
    start: float
    end: float


class Row(NamedTuple):
    """A bar with its name and what it says."""

    label: str
    value: str
    parts: tuple[Part, ...]
    limit: float | None = None
    """A share of the width."""


def figure(title: str, body: str, *keys: str) -> str:
    """Give a figure with its name above and what its colours mean below."""
    legend = f'<p class="keys">{" ".join(keys)}</p>' if keys else ""
    return f"<figure><figcaption>{escape(title)}</figcaption>{body}{legend}</figure>"


def key(kind: str, text: str) -> str:
    """Say in words what a colour or a line means."""
    return f'<span><i class="key {kind}"></i>{escape(text)}</span>'


def picture(height: int, drawn: Iterable[str], *, title: str = "", text: str = "") -> str:
    """Give an SVG that stretches; one without a title says nothing that words do not."""
    said = 'aria-hidden="true">'
    if title:
        said = f'role="img"><title>{escape(title)}</title><desc>{escape(text)}</desc>'
    box = f'viewBox="0 0 {WIDE} {height}" preserveAspectRatio="none"'
    return f"<svg {box} {said}{''.join(drawn)}</svg>"


def line(kind: str, path: str) -> str:
    """Give a line that stays as thin as it is, however far the picture is stretched."""
    return path and f'<path class="{kind}" vector-effect="non-scaling-stroke" d="{path}"/>'


def bars(title: str, rows: Iterable[Row], *keys: str) -> Iterator[str]:
    """Give a table of bars with their names and values; nothing where there are no rows."""
    found = [
        f'<tr><th scope="row">{escape(row.label)}</th><td class="bar">{_bar(row)}</td>'
        f"<td>{escape(row.value)}</td></tr>"
        for row in rows
    ]
    if found:
        yield figure(title, f'<table class="bars"><tbody>{"".join(found)}</tbody></table>', *keys)


def _bar(row: Row) -> str:
    drawn = [line("axis", f"M0 0H{WIDE}V{BAR}H0Z")]
    for kind, start, end in row.parts:
        left, right = _place(start), _place(end)
        if right > left:
            width = round(right - left, 1)
            drawn.append(f'<rect class="{kind}" x="{left:g}" width="{width:g}" height="{BAR}"/>')
    if row.limit is not None:
        drawn.append(line("limit", f"M{_place(row.limit):g} 0V{BAR}"))
    return picture(BAR, drawn)


def _place(share: float) -> float:
    return round(WIDE * min(max(share, 0.0), 1.0), 1)
