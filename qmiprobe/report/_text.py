# SPDX-License-Identifier: GPL-2.0-or-later
"""A report for a person: the ladder, the causes with what mends them, the verdict at the end.

In a pipe it is plain lines, which need no library; a terminal's are laid out by rich. Tests hold
both together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, TextIO

from qmiprobe.report._content import (
    Line,
    Paragraph,
    Row,
    ending,
    finding_paragraphs,
    headline,
    rows,
    symbol,
)
from qmiprobe.report._redact import redact

if TYPE_CHECKING:
    from qmiprobe.check import Report

_WIDTH = 80
_INDENT = 2
_GAP = 2
_WORD = re.compile(r"\s*\S+\s*")
_ALL_NARROW = "\u0300"
"""Below this, each character that is printed takes one column."""


def print_report(
    report: Report,
    file: TextIO,
    *,
    color: bool | None = None,
    verbose: bool = False,
    keep_personal: bool = False,
) -> None:
    """Write the report to `file`.

    `color`: False for none, True for colours even in a pipe, None as terminal and NO_COLOR have
    it. `verbose` gives each blocked and skipped check its own line, and all evidence.
    """
    shown = redact(report, keep_personal=keep_personal)
    text = None if color or file.isatty() else _plain(shown, file, verbose=verbose)
    if text is None:
        from qmiprobe.report._terminal import laid_out

        text = laid_out(shown, file, color=color, verbose=verbose)
    file.write(text)


def _plain(report: Report, file: TextIO, *, verbose: bool) -> str | None:
    """Return the report in 80 columns; None where a character may be wider than one."""
    ladder = list(rows(report.verdicts, verbose=verbose))
    below = [one for finding in report.findings for one in finding_paragraphs(finding)]
    below += ending(report)
    first = headline(report)
    lines = [first.line, *(paragraph.line for paragraph in below)]
    lines += [line for row in ladder for line in row.said]
    if (
        max((char for line in lines for text, _ in line for char in text), default="")
        >= _ALL_NARROW
    ):
        return None
    # As rich has it: a stream that does not say takes UTF-8.
    ascii_only = not (getattr(file, "encoding", None) or "utf-8").lower().startswith("utf")
    found = [*_broken(first), "", *_ladder(ladder, ascii_only=ascii_only)]
    for paragraph in below:
        found += _broken(paragraph)
    return "".join(f"{line.rstrip(' ')}\n" for line in found)


def _joined(line: Line) -> str:
    return "".join(text for text, _ in line)


def _broken(paragraph: Paragraph) -> Iterator[str]:
    yield from [""] * paragraph.above
    text = _joined(paragraph.line)
    if paragraph.whole:
        yield text
        return
    for line in _wrapped(text, _WIDTH - paragraph.indent):
        yield " " * paragraph.indent + line


def _ladder(ladder: Iterable[Row], *, ascii_only: bool) -> Iterator[str]:
    ladder = list(ladder)
    label = max((len(row.label[0]) for row in ladder), default=0)
    before = _INDENT + 1 + _GAP + label + _GAP
    for row in ladder:
        start = f"{'':{_INDENT}}{symbol(row.outcome, ascii_only=ascii_only)}{'':{_GAP}}"
        start += f"{row.label[0]:{label + _GAP}}"
        for said in row.said:
            for line in _wrapped(_joined(said), _WIDTH - before):
                yield start + line
                start = " " * before


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Break a text between words, and words that are longer than a line wherever it ends."""
    breaks, column = [0], 0
    for word in _WORD.finditer(text):
        start, end = word.span()
        if len(word[0].rstrip()) <= width - column:
            column += end - start
        elif len(word[0].rstrip()) > width:
            breaks += range(start, end, width)
            column = (end - start - 1) % width + 1
        elif column:
            breaks.append(start)
            column = end - start
    breaks = [*dict.fromkeys(breaks), len(text)]
    for start, end in pairwise(breaks):
        yield text[start:end]
