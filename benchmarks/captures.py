# SPDX-License-Identifier: GPL-2.0-or-later
"""MBIM messages in a pcap file to JSON, beside tshark; and the same with ten times as many.

The link type is DLT_USER, one message a packet, which tshark is told to take for MBIM: so it has
no more packets to look at than there are messages.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from benchmarks.corpus import own, real
from benchmarks.measure import judged

COUNT = 100_000
MORE = 10
AIM_TIME, AIM_MEMORY = 1.0, 0.33
_LINK_TYPE = 147
_TSHARK = (
    "tshark", "-T", "json", "-o",
    'uat:user_dlts:"User 0 (DLT=147)","mbim.control","0","","0",""', "-r",
)  # fmt: skip
_OURS = (sys.executable, "-c", "from qmiprobe.cli import main; main()", "decode", "--json")


@dataclass(frozen=True)
class Run:
    """What one run took."""

    seconds: float
    """Of the processor."""
    peak: int
    """Bytes of memory at most."""


def main() -> None:
    """Print times, memory and their ratios."""
    messages = real("mbim") or own("mbim")
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "messages.pcap"))
        write(path, messages, COUNT)
        ours = run((*_OURS, path))
        print(f"captures: {COUNT} MBIM messages to JSON: {_text(ours)}")
        if shutil.which("tshark") is None:
            print("captures: no tshark to compare with (make deps)")
        else:
            theirs = run((*_TSHARK, path))
            ratio = judged(ours.seconds / theirs.seconds, AIM_TIME)
            memory = judged(ours.peak / theirs.peak, AIM_MEMORY)
            print(f"captures: tshark {_text(theirs)}: time {ratio}, memory {memory}")
        write(path, messages, COUNT * MORE)
        more = run((*_OURS, path))
        longer = f"time {more.seconds / ours.seconds:.1f} times, memory {more.peak / ours.peak:.2f}"
        print(f"captures: {MORE} times as many: {_text(more)}, {longer} times")


def write(path: str, messages: list[bytes], count: int) -> None:
    """Write a pcap file of ``count`` messages."""
    with Path(path).open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 1 << 16, _LINK_TYPE))
        for number, data in enumerate(islice(cycle(messages), count)):
            when = divmod(1_700_000_000_000_000 + number * 100, 1_000_000)
            file.write(struct.pack("<IIII", *when, len(data), len(data)) + data)


def run(command: tuple[str, ...]) -> Run:
    """Run ``command``, its output thrown away."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while True:
        pid, _, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = 0
            return Run(usage.ru_utime + usage.ru_stime, peak)
        peak = max(peak, _peak(process.pid))
        time.sleep(0.02)


def _peak(pid: int) -> int:
    """Return the most memory that a process has had; the kernel's own count has its parent's."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(one.split()[1]) << 10 for one in lines if one.startswith("VmHWM:")), 0)


def _text(one: Run) -> str:
    return f"{one.seconds:.1f} s, {one.peak / 1e6:.0f} MB"


if __name__ == "__main__":
    main()
