# SPDX-License-Identifier: GPL-2.0-or-later
"""Text on standard output: styles only for a terminal, characters only if its encoding has them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from qmiprobe.cli._options import Options


def say(text: str, options: Options, *, err: bool = False) -> None:
    """Write a line; what the encoding lacks appears as an escape."""
    encoding = (sys.stderr if err else sys.stdout).encoding or "utf-8"
    safe = text.encode(encoding, "backslashreplace").decode(encoding)
    click.echo(safe, err=err, color=options.color)
