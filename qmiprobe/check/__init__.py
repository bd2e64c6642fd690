# SPDX-License-Identifier: GPL-2.0-or-later
"""The ladder of checks: gathers facts, judges them in order, never prints and never repairs."""

from __future__ import annotations

from qmiprobe.check._check import Check, Context, Observer, Result, select
from qmiprobe.check._engine import climb
from qmiprobe.check._report import Report

__all__ = ["Check", "Context", "Observer", "Report", "Result", "climb", "select"]
