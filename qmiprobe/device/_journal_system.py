# SPDX-License-Identifier: GPL-2.0-or-later
"""What the journal asks of the system: processes, the boot, the clock, a node's identity."""

from __future__ import annotations

import os
import stat
import time
from typing import Protocol

from qmiprobe.device._journal_entries import Holder, Life, PortIdentity

_STATE, _START = 0, 19
"""Fields of /proc/PID/stat, counted behind the program's name."""


class System(Protocol):
    """A seam for tests."""

    def boot_id(self) -> str | None:
        """Another one after each boot; None where it cannot be read."""

    def self(self) -> Holder | None:
        """This process; None where proc cannot be read."""

    def life(self, holder: Holder) -> Life:
        """Whether a process of the own pid namespace still runs."""

    def now(self) -> float:
        """Seconds since boot, the same for every process."""

    def sleep(self, seconds: float) -> None: ...


class Linux:
    """This machine."""

    def boot_id(self) -> str | None:
        return _read("/proc/sys/kernel/random/boot_id")

    def self(self) -> Holder | None:
        pid = os.getpid()
        found = _state_and_start(pid)
        try:
            namespace = os.readlink("/proc/self/ns/pid")
        except OSError:
            return None
        return Holder(pid=pid, start=found[1], namespace=namespace) if found else None

    def life(self, holder: Holder) -> Life:
        try:
            os.kill(holder.pid, 0)  # sends nothing, only asks
        except ProcessLookupError:
            return "dead"
        except PermissionError:
            pass  # there is one, of another user
        found = _state_and_start(holder.pid)
        if found is None:
            return "unknown"
        state, start = found
        # A zombie has closed its files already; its parent has just not looked yet.
        return "dead" if start != holder.start or state in "ZX" else "alive"

    def now(self) -> float:
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


LINUX = Linux()


def identify_port(path: str) -> PortIdentity | None:
    """Return what tells a node from all others; None for what is no character device."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISCHR(status.st_mode):
        return None
    link = f"/sys/dev/char/{os.major(status.st_rdev)}:{os.minor(status.st_rdev)}"
    return PortIdentity(
        path=path,
        sysfs=os.path.realpath(link) if os.path.exists(link) else None,
        device=status.st_rdev,
        ctime_ns=status.st_ctime_ns,
    )


def _state_and_start(pid: int) -> tuple[str, int] | None:
    # The program's name may hold anything, also blanks and parentheses.
    fields = (_read(f"/proc/{pid}/stat") or "").rpartition(")")[2].split()
    try:
        return fields[_STATE], int(fields[_START])
    except (IndexError, ValueError):
        return None


def _read(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(4096).strip() or None
    except OSError:
        return None
