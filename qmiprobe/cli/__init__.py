# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line. One file for each subcommand, imported only when that one runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run ``qmiprobe`` with ``arguments`` (by default those of the process) and exit.

    SIGINT and SIGTERM end it from here to its last line, without a word: at once as long as
    nothing is held, and where there is something to put back after that (see ``cli/_run.py``).
    """
    _end_on_signals()
    import atexit
    import gc

    # What start-up makes stays: looking through it again and again, and once more at the end,
    # takes a fifth of the time of a short command.
    gc.set_threshold(100_000, 20, 100)
    atexit.register(gc.freeze)

    from qmiprobe.cli._main import run_program

    run_program(arguments)


def _end_on_signals() -> None:
    # Python would raise KeyboardInterrupt somewhere: inside an import, or in a place that cannot
    # raise, where it is written down, and lost.
    import os
    import signal

    def end(number: int, _frame: object) -> None:
        os._exit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
