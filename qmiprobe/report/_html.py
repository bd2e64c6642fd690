# SPDX-License-Identifier: GPL-2.0-or-later
"""A report as one HTML file: nothing is loaded from anywhere, no script runs in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from qmiprobe import __version__
from qmiprobe.diagnosis import Evidence, Finding, Outcome, Verdict
from qmiprobe.report._content import groups, symbol
from qmiprobe.report._html_plots import figures
from qmiprobe.report._html_style import STYLE
from qmiprobe.report._printable import printable
from qmiprobe.report._redact import redact

if TYPE_CHECKING:
    from qmiprobe.check import Report

_WORTH_EVIDENCE = (Outcome.WARN, Outcome.FAIL, Outcome.BROKEN)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Even if a modem smuggled something in: nothing is fetched, nothing runs."""
_QUOTED = re.compile(r"`([^`]+)`")
_ISO = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)[.\d]*Z$")


def html_page(report: Report, *, name: str = "qmiprobe check", keep_personal: bool = False) -> str:
    """Return the page; ``name`` is that of the command. Personal values are masked."""
    shown = redact(report, keep_personal=keep_personal)
    return "\n".join(_page(shown, name)) + "\n"


def _page(report: Report, name: str) -> Iterator[str]:
    device = _device(report)
    yield "<!DOCTYPE html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield f"<title>{_text(name)}: {_text(report.outcome.upper())}, {_text(device)}</title>"
    yield f"<style>{STYLE}</style></head><body><main>"
    yield f"<header><h1>{_text(device)}</h1>"
    about = [part for part in (_about(report), name, _when(report.started)) if part]
    yield f'<p class="about">{_text(" · ".join(about))}</p></header>'
    yield _verdict(report)
    several = len(_modems(report)) > 1
    named = (_finding(one, modem=one.modem if several else None) for one in report.findings)
    yield from _section("Causes", named)
    for modem in _modems(report):
        title = "Checks" if modem is None else f"Checks of {modem}"
        yield from _section(title, _ladder(report, modem))
    yield from _section("Measurements", figures(report.facts))
    yield f"<footer><p>qmiprobe {_text(__version__)}, {report.duration_s:.1f} s</p></footer>"
    yield "</main></body></html>"


def _section(title: str, body: Iterable[str]) -> Iterator[str]:
    lines = list(body)
    if lines:
        yield f"<section><h2>{_text(title)}</h2>"
        yield from lines
        yield "</section>"


def _modems(report: Report) -> list[str | None]:
    """Return the modems of a report of several, else None alone."""
    return list(dict.fromkeys(verdict.modem for verdict in report.verdicts))


def _ladder(report: Report, modem: str | None) -> Iterator[str]:
    verdicts = [verdict for verdict in report.verdicts if verdict.modem == modem]
    yield '<ol class="ladder">'
    yield from map(_row, groups(verdicts, verbose=False))
    yield "</ol>"


def _text(text: str) -> str:
    return escape(printable(text))


def _prose(text: str) -> str:
    """Return a sentence, with what stands between backquotes as code."""
    return _QUOTED.sub(r"<code>\1</code>", _text(text))


def _device(report: Report) -> str:
    modems = _modems(report)
    many = f"{len(modems)} modems" if len(modems) > 1 else "no modem"
    return str(report.device.get("address") or report.device.get("path") or many)


def _about(report: Report) -> str:
    parts = [report.device.get(key) for key in ("manufacturer", "model", "revision")]
    parts.append(str(report.device.get("protocol") or "").upper())
    return " ".join(str(part) for part in parts if part)


def _verdict(report: Report) -> str:
    text = report.outcome.upper()
    failure = report.first_failure
    if failure is not None:
        whose = f" of {failure.modem}" if failure.modem is not None else ""
        text += f" at {failure.check}{whose}: {failure.summary}"
    counts = [
        f"{number} {outcome}"
        for outcome in Outcome
        if (number := sum(verdict.outcome is outcome for verdict in report.verdicts))
    ]
    return (
        f'<div class="verdict {report.outcome.value}">{_text(text)}'
        f'<p class="source">{_text(", ".join(counts) or "no checks")}; exit status '
        f"{report.exit_status}</p></div>"
    )


def _when(started: str) -> str:
    """Return the time as people write it, where it is one."""
    return _ISO.sub(r"\1 \2 UTC", started)


def _row(group: Sequence[Verdict]) -> str:
    """One check, or several that did not run for one reason."""
    verdict = group[0]
    plain = verdict.outcome in (Outcome.BLOCKED, Outcome.SKIPPED)
    said = f"{verdict.outcome}, {verdict.summary}" if plain else verdict.summary
    label = f"<code>{_text(verdict.check)}</code>"
    if len(group) > 1:
        said += f": {', '.join(one.check for one in group)}"
        label = f"<span>{len(group)} checks</span>"
    evidence = _evidence(verdict.evidence)
    if evidence and verdict.outcome not in _WORTH_EVIDENCE:
        evidence = f"<details><summary>evidence</summary>{evidence}</details>"
    mark = symbol(verdict.outcome, ascii_only=False)
    return (
        f'<li class="{verdict.outcome.value}"><span class="mark" title="{verdict.outcome.value}">'
        f'{mark}</span>{label}<div class="said">{_prose(said)}{evidence}</div></li>'
    )


def _evidence(lines: Sequence[Evidence]) -> str:
    items = "".join(
        f"<li>{_text(one.text)}"
        + (f' <span class="source">{_text(one.source)}</span>' if one.source else "")
        + "</li>"
        for one in lines
    )
    return f'<ul class="evidence">{items}</ul>' if items else ""


def _finding(finding: Finding, *, modem: str | None) -> str:
    title = finding.title if modem is None else f"{modem}: {finding.title}"
    about = f"{finding.id}; explains {', '.join(finding.explains)}"
    if finding.follows:
        about += f"; from it follows {', '.join(finding.follows)}"
    remedy = finding.remedy
    return (
        f'<article class="finding"><h3>{_prose(title)}</h3>{_evidence(finding.evidence)}'
        f'<p class="follows">{_text(about)}</p><p>{_prose(remedy.text)}</p>'
        + _commands("", remedy.commands)
        + _commands("To undo it:", remedy.undo)
        + _commands("To make it last:", remedy.lasting)
        + "</article>"
    )


def _commands(heading: str, commands: Sequence[str]) -> str:
    if not commands:
        return ""
    before = f"<p>{_text(heading)}</p>" if heading else ""
    # Lines of their own, so that a narrow page shows where a command that is broken ends.
    lines = "".join(f"<code>{_text(command)}</code>" for command in commands)
    return f"{before}<pre>{lines}</pre>"
