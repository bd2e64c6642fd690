# SPDX-License-Identifier: GPL-2.0-or-later
"""What a report says to a person, before it is laid out: pieces of text with their styles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from qmiprobe.diagnosis import Evidence, Finding, Outcome, Verdict
from qmiprobe.report._printable import printable

if TYPE_CHECKING:
    from qmiprobe.check import Report

Line: TypeAlias = tuple[tuple[str, str], ...]
"""Texts, each with a style by rich's words; an empty one has none."""

STYLES = {
    Outcome.PASS: "green",
    Outcome.WARN: "yellow",
    Outcome.FAIL: "bold red",
    Outcome.BLOCKED: "dim",
    Outcome.SKIPPED: "dim",
    Outcome.BROKEN: "bold magenta",
}
_SYMBOLS = {
    Outcome.PASS: ("✓", "+"),
    Outcome.WARN: ("!", "!"),
    Outcome.FAIL: ("✗", "x"),
    Outcome.BLOCKED: ("·", "."),
    Outcome.SKIPPED: ("-", "-"),
    Outcome.BROKEN: ("?", "?"),
}
_WORTH_EVIDENCE = (Outcome.WARN, Outcome.FAIL, Outcome.BROKEN)
_SLOW_S = 1.0


class Row(NamedTuple):
    """One check of the ladder, or several that did not run for one reason."""

    outcome: Outcome
    label: tuple[str, str]
    said: tuple[Line, ...]


class Paragraph(NamedTuple):
    """Text on lines of its own."""

    line: Line = ()
    indent: int = 0
    above: int = 0
    """Empty lines before it."""
    whole: bool = False
    """Never broken into lines: it must survive being pasted."""


def symbol(outcome: Outcome, *, ascii_only: bool) -> str:
    """The mark in front of a check."""
    return _SYMBOLS[outcome][ascii_only]


def headline(report: Report) -> Paragraph:
    """Which modem it was."""
    device = report.device
    name = device.get("address") or device.get("path") or "no modem"
    parts = [device.get("manufacturer"), device.get("model"), device.get("revision")]
    protocol = device.get("protocol")
    if isinstance(protocol, str):
        parts.append(protocol.upper())
    about = ", ".join(printable(str(part)) for part in parts if part)
    return Paragraph(((printable(str(name)), "bold"), (f"  {about}" if about else "", "")))


def rows(verdicts: Sequence[Verdict], *, verbose: bool) -> Iterator[Row]:
    """The ladder."""
    for group in groups(verdicts, verbose=verbose):
        first = group[0]
        if len(group) > 1:
            names = ", ".join(verdict.check for verdict in group)
            said = f"{first.outcome}, {printable(first.summary)}: {names}"
            yield Row(first.outcome, (f"{len(group)} checks", "dim"), (((said, "dim"),),))
        else:
            yield Row(first.outcome, (first.check, ""), tuple(_said(first, verbose=verbose)))


def groups(verdicts: Iterable[Verdict], *, verbose: bool) -> Iterator[list[Verdict]]:
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


def _said(verdict: Verdict, *, verbose: bool) -> Iterator[Line]:
    style = "dim" if _why_not_run(verdict) else ""
    said = f"{verdict.outcome}, {verdict.summary}" if style else verdict.summary
    slow = f" ({verdict.duration_s:.1f} s)" if verdict.duration_s >= _SLOW_S else ""
    yield ((printable(said), style), (slow, "dim"))
    if verbose or verdict.outcome in _WORTH_EVIDENCE:
        for evidence in verdict.evidence:
            yield _evidence(evidence)


def _evidence(evidence: Evidence) -> Line:
    source = f"  [{printable(evidence.source)}]" if evidence.source else ""
    return ((printable(evidence.text), ""), (source, "dim"))


def finding_paragraphs(finding: Finding) -> Iterator[Paragraph]:
    """A cause, what speaks for it, and what mends it."""
    title = ("Cause: ", "bold"), (printable(finding.title), "bold"), (f"  ({finding.id})", "dim")
    yield Paragraph(title, above=1)
    for line in finding.evidence:
        yield Paragraph(_evidence(line), indent=2)
    about = f"explains {', '.join(finding.explains)}"
    if finding.follows:
        about += f"; from it follows {', '.join(finding.follows)}"
    yield Paragraph(((about, "dim"),), indent=2)
    remedy = finding.remedy
    yield Paragraph(((printable(remedy.text), ""),), indent=2, above=1)
    yield from _commands("", remedy.commands)
    yield from _commands("To undo it:", remedy.undo)
    yield from _commands("To make it last:", remedy.lasting)


def _commands(heading: str, commands: Sequence[str]) -> Iterator[Paragraph]:
    if commands and heading:
        yield Paragraph(((heading, ""),), indent=2)
    for command in commands:
        yield Paragraph(((f"    {printable(command)}", "cyan"),), whole=True)


def ending(report: Report) -> Iterator[Paragraph]:
    """How many checks ended how, and the verdict."""
    counts = [
        f"{number} {outcome}"
        for outcome in Outcome
        if (number := sum(verdict.outcome is outcome for verdict in report.verdicts))
    ]
    said = f"{', '.join(counts) or 'no checks'}; {report.duration_s:.1f} s"
    yield Paragraph(((said, "dim"),), above=1)
    style = STYLES[report.outcome]
    verdict = report.outcome.upper()
    failure = report.first_failure
    if failure is not None:
        verdict += f" at {failure.check}: {printable(failure.summary)}"
        if failure.outcome is Outcome.BROKEN:
            verdict += " - a bug of qmiprobe, please report it"
    yield Paragraph(((verdict, style), (f" (exit status {report.exit_status})", "dim")))
