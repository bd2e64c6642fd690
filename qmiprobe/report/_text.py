# SPDX-License-Identifier: GPL-2.0-or-later
"""A report for a person: the ladder, the causes with what mends them, the verdict at the end."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from qmiprobe.diagnosis import Evidence, Finding, Outcome, Verdict
from qmiprobe.report._printable import printable
from qmiprobe.report._redact import redact

if TYPE_CHECKING:
    from qmiprobe.check import Report

_SYMBOLS = {
    Outcome.PASS: ("✓", "+", "green"),
    Outcome.WARN: ("!", "!", "yellow"),
    Outcome.FAIL: ("✗", "x", "bold red"),
    Outcome.BLOCKED: ("·", ".", "dim"),
    Outcome.SKIPPED: ("-", "-", "dim"),
    Outcome.BROKEN: ("?", "?", "bold magenta"),
}
_WORTH_EVIDENCE = (Outcome.WARN, Outcome.FAIL, Outcome.BROKEN)
_PIPE_WIDTH = 80
# rich fills lines up with blanks, which would be a nuisance in logs and when copied.
_LINE_ENDS = re.compile(r"(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)
_SLOW_S = 1.0


def print_report(
    report: Report,
    file: TextIO,
    *,
    color: bool | None = None,
    verbose: bool = False,
    keep_personal: bool = False,
) -> None:
    """Write the report to `file`.

    `color`: False for none, True for colours even in a pipe, None as terminal and NO_COLOR have
    it. `verbose` gives each blocked and skipped check its own line, and all evidence.
    """
    shown = redact(report, keep_personal=keep_personal)
    console = console_on(file, color=color)
    with console.capture() as captured:
        console.print(_headline(shown))
        console.print(_ladder(shown.verdicts, verbose=verbose, ascii_only=_ascii_only(console)))
        for finding in shown.findings:
            _print_finding(console, finding)
        console.print()
        console.print(_counts(shown))
        console.print(_verdict_line(shown))
    file.write(_LINE_ENDS.sub(lambda end: end[0].replace(" ", ""), captured.get()))


def console_on(file: TextIO, *, color: bool | None = None) -> Console:
    """A console that writes plain text unless colours are wanted; 80 columns in a pipe."""
    terminal = file.isatty()
    colored = (terminal and not os.environ.get("NO_COLOR")) if color is None else color
    return Console(
        file=file,
        color_system="auto" if colored and terminal else "standard" if colored else None,
        force_terminal=terminal or colored,
        no_color=not colored,
        width=None if terminal else _PIPE_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
    )


def _ascii_only(console: Console) -> bool:
    return not console.encoding.lower().startswith("utf")


def _headline(report: Report) -> Text:
    device = report.device
    name = device.get("address") or device.get("path") or "no modem"
    parts = [device.get("manufacturer"), device.get("model"), device.get("revision")]
    protocol = device.get("protocol")
    if isinstance(protocol, str):
        parts.append(protocol.upper())
    about = ", ".join(printable(str(part)) for part in parts if part)
    return Text.assemble((printable(str(name)), "bold"), f"  {about}" if about else "")


def _ladder(verdicts: Sequence[Verdict], *, verbose: bool, ascii_only: bool) -> Padding:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for group in _rows(verdicts, verbose=verbose):
        first = group[0]
        symbol, fallback, style = _SYMBOLS[first.outcome]
        mark = Text(fallback if ascii_only else symbol, style)
        if len(group) > 1:
            table.add_row(mark, Text(f"{len(group)} checks", "dim"), _group_text(group))
            continue
        table.add_row(mark, Text(first.check), _check_text(first, verbose=verbose))
    return Padding(table, (1, 0, 0, 2))


def _rows(verdicts: Iterable[Verdict], *, verbose: bool) -> Iterator[list[Verdict]]:
    """One row a check; three and more in a row that did not run for one reason share theirs."""
    for key, members in groupby(verdicts, key=_why_not_run):
        group = list(members)
        if key is None or verbose or len(group) < 3:
            yield from ([verdict] for verdict in group)
        else:
            yield group


def _why_not_run(verdict: Verdict) -> tuple[Outcome, str] | None:
    if verdict.outcome in (Outcome.BLOCKED, Outcome.SKIPPED):
        return verdict.outcome, verdict.summary
    return None


def _group_text(group: list[Verdict]) -> Text:
    names = ", ".join(verdict.check for verdict in group)
    return Text(f"{group[0].outcome}, {printable(group[0].summary)}: {names}", "dim")


def _check_text(verdict: Verdict, *, verbose: bool) -> Text:
    style = "dim" if _why_not_run(verdict) else ""
    said = f"{verdict.outcome}, {verdict.summary}" if style else verdict.summary
    text = Text(printable(said), style)
    if verdict.duration_s >= _SLOW_S:
        text.append(f" ({verdict.duration_s:.1f} s)", "dim")
    if verbose or verdict.outcome in _WORTH_EVIDENCE:
        for line in verdict.evidence:
            text.append("\n")
            text.append_text(_evidence(line))
    return text


def _evidence(evidence: Evidence) -> Text:
    source = f"  [{printable(evidence.source)}]" if evidence.source else ""
    return Text.assemble((printable(evidence.text), ""), (source, "dim"))


def _print_finding(console: Console, finding: Finding) -> None:
    console.print()
    console.print(
        Text.assemble(
            ("Cause: ", "bold"),
            (printable(finding.title), "bold"),
            (f"  ({finding.id})", "dim"),
        )
    )
    for line in finding.evidence:
        console.print(Padding(_evidence(line), (0, 0, 0, 2)))
    about = f"explains {', '.join(finding.explains)}"
    if finding.follows:
        about += f"; from it follows {', '.join(finding.follows)}"
    console.print(Padding(Text(about, "dim"), (0, 0, 0, 2)))
    remedy = finding.remedy
    console.print(Padding(Text(printable(remedy.text)), (1, 0, 0, 2)))
    _print_commands(console, "", remedy.commands)
    _print_commands(console, "To undo it:", remedy.undo)
    _print_commands(console, "To make it last:", remedy.lasting)


def _print_commands(console: Console, heading: str, commands: Sequence[str]) -> None:
    if commands and heading:
        console.print(Padding(Text(heading), (0, 0, 0, 2)))
    for command in commands:
        # Never broken into lines: it must survive being pasted.
        console.print(Text(f"    {printable(command)}", "cyan"), soft_wrap=True)


def _counts(report: Report) -> Text:
    counts = [
        f"{number} {outcome}"
        for outcome in Outcome
        if (number := sum(verdict.outcome is outcome for verdict in report.verdicts))
    ]
    return Text(f"{', '.join(counts) or 'no checks'}; {report.duration_s:.1f} s", "dim")


def _verdict_line(report: Report) -> Text:
    failure = report.first_failure
    style = _SYMBOLS[report.outcome][2]
    line = Text(report.outcome.upper(), style)
    if failure is not None:
        line.append(f" at {failure.check}: {printable(failure.summary)}", style)
        if failure.outcome is Outcome.BROKEN:
            line.append(" - a bug of qmiprobe, please report it", style)
    return line.append(f" (exit status {report.exit_status})", "dim")
