# SPDX-License-Identifier: GPL-2.0-or-later
"""The ladder: gathers facts rung by rung, judges them, and names causes; never prints."""

from __future__ import annotations

from qmiprobe.check._check import Check, Context, Observer, Result, select
from qmiprobe.check._context import CheckContext, CheckOptions, open_context
from qmiprobe.check._engine import climb
from qmiprobe.check._ladder import LADDER
from qmiprobe.check._report import Report

__all__ = [
    "LADDER",
    "Check",
    "CheckContext",
    "CheckOptions",
    "Context",
    "Observer",
    "Report",
    "Result",
    "climb",
    "open_context",
    "select",
]
