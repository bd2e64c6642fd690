# SPDX-License-Identifier: GPL-2.0-or-later
"""Whole runs of ``check`` and ``call`` against as many runs of qmicli as ask the same."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import judged

LAST_CONTROL_CHECK = "radio.registered"
SCRIPT = (
    "--get-service-version-info",
    "--dms-get-manufacturer",
    "--dms-get-model",
    "--dms-get-revision",
    "--dms-get-capabilities",
    "--dms-get-ids",
    "--dms-get-operating-mode",
    "--uim-get-card-status",
    "--nas-get-signal-info",
    "--nas-get-serving-system",
)
REPEATED = 20
CALL = ("dms.get-model", "--repeat", str(REPEATED))
RUNS = 5


@dataclass(frozen=True)
class Race:
    """One command of ours, given the pty as its second word, beside runs of qmicli."""

    work: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    aims: dict[int, float]
    """By the milliseconds that an answer takes; no aim where there is none."""


RACES = (
    Race(
        "control part of check",
        ("check", "--only", LAST_CONTROL_CHECK),
        SCRIPT,
        {20: 0.4, 0: 3.0},
    ),
    Race("whole check without a session", ("check",), SCRIPT, {}),
    Race(f"call {REPEATED} times", ("call", *CALL), ("--dms-get-model",) * REPEATED, {}),
    Race(
        f"call {REPEATED} times, 4 at once",
        ("call", *CALL, "--at-once", "4"),
        ("--dms-get-model",) * REPEATED,
        {20: 0.3},
    ),
)


@contextmanager
def slow_modem(seconds: float) -> Iterator[str]:
    """Yield the pty of a simulated modem that answers after so many seconds."""
    command = [sys.executable, "-m", "benchmarks._slow_modem", "ec25", str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def _program() -> list[str]:
    """Return qmiprobe as users start it, where it is installed."""
    installed = Path(sys.executable).with_name("qmiprobe")
    return [str(installed)] if os.access(installed, os.X_OK) else [sys.executable, "-m", "qmiprobe"]


def _wall(command: list[str]) -> float:
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    spent = time.perf_counter() - begin
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr or done.stdout}")
    return spent


def _run(race: Race, path: str, milliseconds: int) -> str:
    """Run a race in turns and return what came of it."""
    name, *words = race.ours
    command = [*_program(), name, path, *words]
    pairs = []
    for _ in range(RUNS):
        ours = _wall(command)
        theirs = sum(_wall(["qmicli", "-d", path, "--device-open-qmi", one]) for one in race.theirs)
        pairs.append((ours, theirs))
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
    aim = race.aims.get(milliseconds)
    said = f"ratio {ratio:.2f}" if aim is None else judged(ratio, aim)
    return (
        f"{race.work}, answers after {milliseconds} ms: {ours:.3f} s; "
        f"{len(race.theirs)} qmicli runs: {theirs:.3f} s; {said}"
    )


def main() -> None:
    """Print all races for a modem that answers after 20 ms and for one that answers at once."""
    if shutil.which("qmicli") is None:
        print("control: qmicli is not installed (make deps)")
        return
    for milliseconds in (20, 0):
        with slow_modem(milliseconds / 1000) as path:
            for race in RACES:
                print(_run(race, path, milliseconds), flush=True)


if __name__ == "__main__":
    main()
