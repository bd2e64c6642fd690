# SPDX-License-Identifier: GPL-2.0-or-later
"""The control part of ``check`` against ten runs of qmicli that ask the same."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

LAST_CONTROL_CHECK = "radio.registered"
QMICLI = (
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
RUNS = 5


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


def _wall(command: list[str]) -> float:
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    spent = time.perf_counter() - begin
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr or done.stdout}")
    return spent


def _ours(path: str) -> float:
    check = [sys.executable, "-m", "qmiprobe", "check", path, "--only", LAST_CONTROL_CHECK]
    return _wall(check)


def _theirs(path: str) -> float:
    return sum(_wall(["qmicli", "-d", path, "--device-open-qmi", option]) for option in QMICLI)


def main() -> None:
    """Print both times for a modem that answers after 20 ms and for one that answers at once."""
    if shutil.which("qmicli") is None:
        print("control: qmicli is not installed (make deps)")
        return
    for milliseconds in (20, 0):
        with slow_modem(milliseconds / 1000) as path:
            pairs = [(_ours(path), _theirs(path)) for _ in range(RUNS)]
        ours = statistics.median(pair[0] for pair in pairs)
        theirs = statistics.median(pair[1] for pair in pairs)
        ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
        print(
            f"control part of check, answers after {milliseconds} ms: {ours:.3f} s; "
            f"ten qmicli runs: {theirs:.3f} s; ratio {ratio:.2f} (median of {RUNS})"
        )


if __name__ == "__main__":
    main()
