# SPDX-License-Identifier: GPL-2.0-or-later
"""A live line on a terminal that says which check runs; silent in a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from qmiprobe.check import Observer
    from qmiprobe.diagnosis import Verdict


@contextmanager
def progress(stream: TextIO, *, color: bool | None = None) -> Iterator[Observer]:
    """An observer for the engine, which shows on `stream` (stderr) what runs, and how far it is.

    The line is gone once the context is left. Where the stream is no terminal, nothing is
    written. `color`: False for none, None as the terminal and NO_COLOR have it.
    """
    if not stream.isatty():
        yield _Silent()
        return
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
    from rich.progress import TimeElapsedColumn as Elapsed

    from qmiprobe.report._terminal import console_on

    line = Progress(
        SpinnerColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
        Elapsed(),
        console=console_on(stream, color=color),
        transient=True,
        refresh_per_second=8,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with line:
        yield _Line(line)


class _Silent:
    """An observer that lets the engine work in peace."""

    def planned(self, check_ids: Sequence[str]) -> None:
        """Nothing."""

    def started(self, check_id: str, title: str) -> None:
        """Nothing."""

    def finished(self, verdict: Verdict) -> None:
        """Nothing."""


class _Line:
    """An observer that keeps the live line up to date."""

    def __init__(self, line: Progress) -> None:
        self._line = line
        self._task: TaskID = line.add_task("", total=None)

    def planned(self, check_ids: Sequence[str]) -> None:
        """Say how many there are."""
        self._line.update(self._task, total=len(check_ids))

    def started(self, check_id: str, title: str) -> None:
        """Name the check that runs."""
        self._line.update(self._task, description=f"{check_id}: {title}")

    def finished(self, verdict: Verdict) -> None:
        """Count the check."""
        self._line.advance(self._task)
