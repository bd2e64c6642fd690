# SPDX-License-Identifier: GPL-2.0-or-later
"""Text on standard output: styles only for a terminal, characters only if its encoding has them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from qmiprobe.cli._group import PROGRAM

if TYPE_CHECKING:
    from qmiprobe.cli._options import Options
    from qmiprobe.device import Observed


def say(text: str, options: Options, *, err: bool = False) -> None:
    """Write a line; what the encoding lacks appears as an escape."""
    encoding = (sys.stderr if err else sys.stdout).encoding or "utf-8"
    safe = text.encode(encoding, "backslashreplace").decode(encoding)
    click.echo(safe, err=err, color=options.color)


def say_observed(observed: Observed, options: Options) -> None:
    """Tell on standard error what a port showed that a sound modem does not do."""
    for kind, number in observed.counts.items():
        first = next(one.text for one in observed.anomalies if one.kind == kind)
        times = "" if number == 1 else f" ({number} times)"
        say(f"{PROGRAM}: also seen: {kind}: {first}{times}", options, err=True)
