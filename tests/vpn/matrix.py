# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of causes as docs/vpn-causes.md has it, made of the causes themselves."""

from __future__ import annotations

from .cause import Cause
from .causes import CAUSES, UNIT_ONLY

HEAD = ("| scenario | entry | finding | set up by |", "|---|---|---|---|")


def table() -> list[str]:
    """Return its lines."""
    rows = [
        f"| `{one.name}` | {one.entry} | {_finding(one.finding)} | {_set_up(one)} |"
        for one in CAUSES
    ]
    alone = [f"| - | {entry} | `{name}` | {how} |" for name, (entry, how) in UNIT_ONLY.items()]
    return [*HEAD, *rows, *alone]


def _finding(name: str | None) -> str:
    return f"`{name}`" if name else "none"


def _set_up(cause: Cause) -> str:
    return cause.how
