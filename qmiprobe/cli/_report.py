# SPDX-License-Identifier: GPL-2.0-or-later
"""A report on standard output, as text or JSON, and in the files that were asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from qmiprobe.cli._group import PROGRAM

if TYPE_CHECKING:
    from qmiprobe.check import Report
    from qmiprobe.cli._options import Options


def show(report: Report, options: Options) -> None:
    """Write the report as the options want it."""
    keep = options.keep_personal
    write_files(report, options)
    if options.json:
        import json

        from qmiprobe.report import report_json

        document = report_json(report, keep_personal=keep)
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
        return
    from qmiprobe.report import print_report

    print_report(
        report,
        sys.stdout,
        color=options.color,
        verbose=bool(options.verbose),
        keep_personal=keep,
    )


def write_files(report: Report, options: Options) -> None:
    """Write the report to the files that were asked for: ``--junit``, ``--html``."""
    name = f"{PROGRAM} {click.get_current_context().info_name or ''}".rstrip()
    keep = options.keep_personal
    if options.junit is not None:
        from qmiprobe.report import junit_xml

        with open(options.junit, "w", encoding="utf-8") as file:
            file.write(junit_xml(report, name=name, keep_personal=keep))
    if options.html is not None:
        from qmiprobe.report import html_page

        with open(options.html, "w", encoding="utf-8") as file:
            file.write(html_page(report, name=name, keep_personal=keep))
