# SPDX-License-Identifier: GPL-2.0-or-later
"""Text on standard output: styles only for a terminal, characters only if its encoding has them."""

from __future__ import annotations

import re
import shutil
import sys
from textwrap import wrap
from typing import TYPE_CHECKING, TextIO

import click

from qmiprobe.cli._group import PROGRAM

if TYPE_CHECKING:
    from qmiprobe.cli._options import Options
    from qmiprobe.device import Observed

_LAST_COLUMN = re.compile(r".*\S {2,}(?=\S)| +")
_MOST_BEFORE = 0.6
"""Share of a line; where columns before the last one take more, that one goes below them."""
_INDENT = 6


def say(text: str, options: Options, *, err: bool = False) -> None:
    """Write a line; what the encoding lacks appears as an escape."""
    encoding = (sys.stderr if err else sys.stdout).encoding or "utf-8"
    safe = text.encode(encoding, "backslashreplace").decode(encoding)
    click.echo(safe, err=err, color=options.color)


def say_row(text: str, options: Options) -> None:
    """Write a line of a table; a terminal gets it broken between words, below its last column."""
    width = shutil.get_terminal_size().columns
    before = _LAST_COLUMN.match(text)
    indent = before.end() if before and before.end() <= width * _MOST_BEFORE else _INDENT
    for line in broken(text, sys.stdout, indent=indent):
        say(line, options)


def broken(text: str, file: TextIO, *, indent: int = 2) -> list[str]:
    """Return the lines of a long one: a terminal's end between words, others get it whole."""
    width = shutil.get_terminal_size().columns
    if not file.isatty() or len(text) <= width or "\x1b" in text:
        return [text]
    rest = " " * indent
    return wrap(text, width, subsequent_indent=rest, break_on_hyphens=False) or [text]


def say_observed(observed: Observed, options: Options) -> None:
    """Tell on standard error what a port showed that a sound modem does not do."""
    for kind, number in observed.counts.items():
        first = next(one.text for one in observed.anomalies if one.kind == kind)
        times = "" if number == 1 else f" ({number} times)"
        say(f"{PROGRAM}: also seen: {kind}: {first}{times}", options, err=True)
