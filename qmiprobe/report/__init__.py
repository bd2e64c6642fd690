# SPDX-License-Identifier: GPL-2.0-or-later
"""Verdicts and findings as text, JSON and JUnit XML; personal values masked in each.

The text view and the progress line need rich, which is loaded once they are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe.report._json import report_json
from qmiprobe.report._junit import junit_xml
from qmiprobe.report._redact import redact
from qmiprobe.report._schemas import SCHEMAS, schema

if TYPE_CHECKING:
    from qmiprobe.report._progress import progress
    from qmiprobe.report._text import print_report

__all__ = ["SCHEMAS", "junit_xml", "print_report", "progress", "redact", "report_json", "schema"]


def __getattr__(name: str) -> object:
    if name == "print_report":
        from qmiprobe.report._text import print_report

        return print_report
    if name == "progress":
        from qmiprobe.report._progress import progress

        return progress
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
