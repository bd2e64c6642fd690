# SPDX-License-Identifier: GPL-2.0-or-later
"""Prints the rows of the matrix in docs/link-causes.md: ``python -m tests.bed``."""

from __future__ import annotations

from .recipe import all_recipes


def rows() -> list[str]:
    """One row for each recipe with a finding, by the number of the catalogue."""
    found = sorted(all_recipes(), key=lambda one: (one.cause[:1], int(one.cause[1:] or 0)))
    return [
        f"| `{one.name}` | {one.cause} | `{one.finding}` | {one.note} |"
        for one in found
        if one.finding is not None
    ]


if __name__ == "__main__":
    print("\n".join(rows()))
