# SPDX-License-Identifier: GPL-2.0-or-later
"""Sends long records through ``qmiprobe decode`` by a pipe."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"
LOG = "qmicli-1.32-verbose-full.log"
MESSAGES = 6
"""Messages in that log."""


@dataclass(frozen=True)
class Streamed:
    """How a run ended."""

    status: int
    objects: int


def repeated(megabytes: int) -> tuple[Iterable[bytes], int]:
    """Return a log again and again, and how many messages are in all of it."""
    text = (DATA / LOG).read_bytes()
    times = (megabytes << 20) // len(text)
    return (text for _ in range(times)), times * MESSAGES


def decode_stream(portions: Iterable[bytes], *, limit: int) -> Streamed:
    """Run ``decode --json`` on what comes by a pipe; it may allocate ``limit`` bytes."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    code = "from qmiprobe.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "decode", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=bounded,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    counted: list[int] = []
    output = process.stdout
    reader = threading.Thread(target=lambda: counted.append(sum(1 for _ in output)))
    reader.start()
    try:
        for portion in portions:
            process.stdin.write(portion)
        process.stdin.close()
        reader.join()
        process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            process.wait()
        output.close()
    return Streamed(process.returncode, counted[0])
