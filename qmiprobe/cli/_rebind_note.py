# SPDX-License-Identifier: GPL-2.0-or-later
"""Tells of a rebind that was killed and not mended: what is seen of the modem may be its work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe.cli._group import PROGRAM
from qmiprobe.cli._say import say

if TYPE_CHECKING:
    from qmiprobe.cli._options import Options


def note_killed_rebind(options: Options) -> None:
    """Write a line to standard error where there is one on this machine."""
    from qmiprobe.rebind import read_leftover

    found = read_leftover() if options.sysroot == "/" else None
    if found is None or found.under_way:
        return
    name = found.before.name
    text = (
        f"{PROGRAM}: a rebind of {name} was killed at step {found.step} of {found.steps}: "
        f"`{PROGRAM} rebind {name} --finish` does the rest, `--roll-back` takes it back"
    )
    say(text, options, err=True)
