# SPDX-License-Identifier: GPL-2.0-or-later
"""A report laid out by rich: for terminals, for colours, and for letters of any width."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from qmiprobe.report._content import (
    STYLES,
    Line,
    Paragraph,
    Row,
    ending,
    finding_paragraphs,
    headline,
    rows,
    symbol,
)
from qmiprobe.report._plots import plots

if TYPE_CHECKING:
    from qmiprobe.check import Report

PIPE_WIDTH = 80
# rich fills lines up with blanks, which would be a nuisance in logs and when copied.
_LINE_ENDS = re.compile(r"(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)


def laid_out(
    report: Report, file: TextIO, *, color: bool | None = None, verbose: bool = False
) -> str:
    """Return the text of the report for `file`, with escapes where it takes colours."""
    console = console_on(file, color=color)
    with console.capture() as captured:
        _print(console, [headline(report)])
        ascii_only = not console.encoding.lower().startswith("utf")
        console.print(_ladder(rows(report.verdicts, verbose=verbose), ascii_only=ascii_only))
        if file.isatty():  # a pipe wants figures, which the facts are
            _print(console, plots(report.facts, ascii_only=ascii_only))
        for finding in report.findings:
            _print(console, finding_paragraphs(finding))
        _print(console, ending(report))
    return _LINE_ENDS.sub(lambda end: end[0].replace(" ", ""), captured.get())


def console_on(file: TextIO, *, color: bool | None = None) -> Console:
    """A console that writes plain text unless colours are wanted; 80 columns in a pipe."""
    terminal = file.isatty()
    colored = (terminal and not os.environ.get("NO_COLOR")) if color is None else color
    return Console(
        file=file,
        color_system="auto" if colored and terminal else "standard" if colored else None,
        force_terminal=terminal or colored,
        no_color=not colored,
        width=None if terminal else PIPE_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
    )


def _text(line: Line) -> Text:
    return Text.assemble(*line)


def _print(console: Console, paragraphs: Iterable[Paragraph]) -> None:
    for line, indent, above, whole in paragraphs:
        if whole:
            console.print(_text(line), soft_wrap=True)
        else:
            console.print(Padding(_text(line), (above, 0, 0, indent)))


def _ladder(shown: Iterable[Row], *, ascii_only: bool) -> Padding:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for outcome, label, said in shown:
        mark = Text(symbol(outcome, ascii_only=ascii_only), STYLES[outcome])
        table.add_row(mark, Text(*label), Text("\n").join(_text(line) for line in said))
    return Padding(table, (1, 0, 0, 2))
