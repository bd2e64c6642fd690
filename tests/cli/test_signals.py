# SPDX-License-Identifier: GPL-2.0-or-later
"""SIGINT and SIGTERM end the program from its first import to its last line, without a word."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.program import python

STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143}
each_signal = pytest.mark.parametrize("number", STATUS)

_AT_IMPORT = """
import os, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), {number})
sys.meta_path.insert(0, Finder())
from qmiprobe.cli import main; main()
"""
_AT_EXIT = """
import atexit, os
class Late:
    def __del__(self):
        os.kill(os.getpid(), {number})
late = Late()
atexit.register(os.kill, os.getpid(), {number})
from qmiprobe.cli import main; main()
"""
_PROGRAM = "from qmiprobe.cli import main; main()"
_TERM_BIT = 1 << (signal.SIGTERM - 1)


@each_signal
@pytest.mark.parametrize(
    "module", ["qmiprobe.cli._main", "click", "qmiprobe.cli.check", "trio", "qmiprobe.check"]
)
def test_a_signal_while_a_module_is_imported_ends_the_run(module: str, number: signal.Signals):
    done = python(_AT_IMPORT.format(module=module, number=int(number)), "check", "sim:ec25")
    assert (done.returncode, done.stdout, done.stderr) == (STATUS[number], "", "")


@each_signal
def test_a_signal_after_the_last_line_comes_too_late(number: signal.Signals):
    done = python(_AT_EXIT.format(number=int(number)), "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("qmiprobe ")


@each_signal
def test_a_signal_at_any_moment_is_its_status_or_the_run_was_over(number: signal.Signals):
    chance = random.Random(int(number))
    begin = time.monotonic()
    whole = python(_PROGRAM, "check", "sim:ec25")
    takes = time.monotonic() - begin
    assert whole.returncode == 0
    for _ in range(10):
        status, out, err = _signalled(number, chance.uniform(0, takes))
        assert status in (STATUS[number], 0)
        assert "PASS" in out or status
        assert not any(word in err for word in ("Traceback", "Interrupt", "Exception"))


def _signalled(number: signal.Signals, after: float) -> tuple[int, str, str]:
    """Run a check and send it a signal, so many seconds after it began to take signals."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", _PROGRAM, "check", "sim:ec25"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        while not _takes_signals(process.pid):
            time.sleep(0.001)
        time.sleep(after)
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    return process.returncode, out, err


def _takes_signals(pid: int) -> bool:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    caught = next((int(one.split()[1], 16) for one in lines if one.startswith("SigCgt")), _TERM_BIT)
    return bool(caught & _TERM_BIT)
