# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs of many beds take turns, whichever processes they are in: what they measure is time."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other run has its turn, and have it."""
    path = Path(tempfile.gettempdir()) / f"qmiprobe-beds-{os.getuid()}.lock"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # ends with the process, however that ends
        yield
