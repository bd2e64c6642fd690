# SPDX-License-Identifier: GPL-2.0-or-later
"""Ends a run of ``rebind`` at one of its writes to sysfs, as a power cut or ``kill -9`` would."""

from __future__ import annotations

import os
import signal


def at_write(word: str) -> None:
    """Have this process killed before write number ``word``, or after it where that is negative."""
    from qmiprobe.rebind import _system

    where, count, write = int(word), 0, _system._write

    def fatal(path: str, text: str) -> None:
        nonlocal count
        count += 1
        if count == where:
            os.kill(os.getpid(), signal.SIGKILL)
        write(path, text)
        if count == -where:
            os.kill(os.getpid(), signal.SIGKILL)

    _system._write = fatal


def stopped_at_write(word: str) -> None:
    """Have this process told to end (SIGTERM) before write number ``word``."""
    from qmiprobe.rebind import _system

    where, count, write = int(word), 0, _system._write

    def polite(path: str, text: str) -> None:
        nonlocal count
        count += 1
        if count == where:
            os.kill(os.getpid(), signal.SIGTERM)
        write(path, text)

    _system._write = polite
