# SPDX-License-Identifier: GPL-2.0-or-later
"""Verdicts and findings as text, JSON, JUnit XML and HTML; personal values masked in each.

Each form is loaded once it is asked for: nobody needs all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe._later import loader

if TYPE_CHECKING:
    from qmiprobe.report._html import html_page
    from qmiprobe.report._json import report_json
    from qmiprobe.report._junit import junit_xml
    from qmiprobe.report._progress import progress
    from qmiprobe.report._redact import redact
    from qmiprobe.report._schemas import SCHEMAS, schema
    from qmiprobe.report._text import print_report

_LATER = {
    "SCHEMAS": "_schemas",
    "html_page": "_html",
    "junit_xml": "_junit",
    "print_report": "_text",
    "progress": "_progress",
    "redact": "_redact",
    "report_json": "_json",
    "schema": "_schemas",
}

__all__ = [
    "SCHEMAS",
    "html_page",
    "junit_xml",
    "print_report",
    "progress",
    "redact",
    "report_json",
    "schema",
]

__getattr__ = loader(__name__, _LATER)
