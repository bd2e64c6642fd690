# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs every benchmark; with names only those."""

from __future__ import annotations

import sys
from importlib import import_module

BENCHMARKS = ("decoding", "captures", "control", "link")

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHMARKS:
        import_module(f"benchmarks.{name}").main()
