# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the pages of the documentation: tables, fenced blocks, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
README = ROOT / "README.md"
SIMULATOR = DOCS / "simulator.md"
_FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`]+)`")
_FAULT = re.compile(r"^\* `([a-z0-9-]+)`: ((?:.|\n  )*)$", re.MULTILINE)
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """One fenced block of a page."""

    language: str
    text: str
    line: int
    """Where it begins in the page, from 1."""


def pages() -> list[Path]:
    """Every page that people read, the first one first."""
    return [README, ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]


def blocks(page: Path, *languages: str) -> list[Block]:
    """The fenced blocks of a page in these languages, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(found["language"], found["text"], text.count("\n", 0, found.start()) + 1)
        for found in _FENCE.finditer(text)
        if found["language"] in languages
    ]


def without_blocks(page: Path) -> str:
    """The text of a page without its fenced blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def headings(page: Path) -> list[str]:
    """The headings of a page, in order, as they are written."""
    return _HEADING.findall(without_blocks(page))


def rows(page: Path, *, head: tuple[str, ...]) -> Iterator[list[str]]:
    """The rows of all tables of a page with these column heads; cells as they are written."""
    inside = False
    for line in without_blocks(page).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            inside = False
        elif tuple(cells) == head:
            inside = True
        elif inside and not line.startswith("|---"):
            yield cells


def faults() -> dict[str, str]:
    """What the page on simulated modems says of each fault, on one line."""
    text = SIMULATOR.read_text(encoding="utf-8")
    return {name: " ".join(said.split()) for name, said in _FAULT.findall(text)}


def coded(text: str) -> list[str]:
    """What stands between backticks."""
    return _CODE.findall(text)
