# SPDX-License-Identifier: GPL-2.0-or-later
"""The lab: commands and tests in a virtual machine with Debian's kernel and its real USB drivers.

``INSIDE`` is whether this process runs in the machine; ``slow(seconds)`` gives a time limit that
fits there too, where software emulation makes everything slower.
"""

from __future__ import annotations

import os

INSIDE = os.environ.get("QMIPROBE_LAB") == "inside"
_SLOWER = 10


def slow(seconds: float) -> float:
    """Return ``seconds`` outside the machine, ten times as many inside."""
    return seconds * _SLOWER if INSIDE else seconds
