# SPDX-License-Identifier: GPL-2.0-or-later
"""The progress line: live on a terminal, silent in a pipe, gone at the end."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from qmiprobe.check import Observer
from qmiprobe.diagnosis import Outcome, Verdict
from qmiprobe.report import progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def climb_with(observer: Observer) -> None:
    observer.planned(["port.open", "sim.ready"])
    observer.started("port.open", "opens the port")
    observer.finished(Verdict("port.open", Outcome.PASS))
    observer.started("sim.ready", "looks for the SIM card [sic]")


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)


def test_a_terminal_sees_how_far_it_is_and_what_runs():
    stream = Terminal()
    with progress(stream, color=False) as observer:
        climb_with(observer)
    shown = stream.getvalue()
    assert "1/2" in shown
    assert "sim.ready: looks for the SIM card [sic]" in shown


def test_the_line_is_erased_and_the_cursor_back_at_the_end_even_after_an_error():
    stream = Terminal()

    def interrupted() -> None:
        with progress(stream) as observer:
            climb_with(observer)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    shown = stream.getvalue()
    assert shown.rindex("\x1b[2K") > shown.rindex("sim.ready")
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")


def test_a_pipe_sees_nothing():
    stream = io.StringIO()
    with progress(stream) as observer:
        climb_with(observer)
    assert stream.getvalue() == ""


def test_a_pipe_does_not_even_load_rich():
    code = (
        "import io, sys\nfrom qmiprobe.report import progress\n"
        "with progress(io.StringIO()) as o: o.planned(['a'])\nprint('rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
