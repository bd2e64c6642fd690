# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line. One file for each subcommand, imported only when that one runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run ``qmiprobe`` with ``arguments`` (by default those of the process) and exit."""
    import atexit
    import gc

    # What start-up makes stays: looking through it again and again, and once more at the end,
    # takes a fifth of the time of a short command.
    gc.set_threshold(100_000, 20, 100)
    atexit.register(gc.freeze)

    from qmiprobe.cli._main import run_program

    run_program(arguments)
