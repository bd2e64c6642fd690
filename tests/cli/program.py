# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs qmiprobe as a user does: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys


def qmiprobe(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``qmiprobe`` with ``arguments`` and return how it ended."""
    return python("from qmiprobe.cli import main; main()", *arguments, **environment)


def python(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run some Python with this interpreter, warnings as errors."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )
