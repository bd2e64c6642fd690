# SPDX-License-Identifier: GPL-2.0-or-later
"""The document `qmiprobe-report/1`: a report as JSON data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe import __version__
from qmiprobe.report._redact import redact

if TYPE_CHECKING:
    from qmiprobe.check import Report
    from qmiprobe.diagnosis import Evidence, Finding, JsonValue, Verdict

FORMAT = "qmiprobe-report/1"


def report_json(report: Report, *, keep_personal: bool = False) -> dict[str, JsonValue]:
    """The report as its JSON document; times in seconds. Its schema is `schema("report")`."""
    shown = redact(report, keep_personal=keep_personal)
    return {
        "format": FORMAT,
        "tool": {"name": "qmiprobe", "version": __version__},
        "device": dict(shown.device),
        "started": shown.started,
        "duration_s": _seconds(shown.duration_s),
        "outcome": shown.outcome.value,
        "exit_status": shown.exit_status,
        "checks": [_check(verdict) for verdict in shown.verdicts],
        "findings": [_finding(finding) for finding in shown.findings],
    }


def _check(verdict: Verdict) -> dict[str, JsonValue]:
    return {
        "id": verdict.check,
        "outcome": verdict.outcome.value,
        "reason": None if verdict.reason is None else verdict.reason.value,
        "summary": verdict.summary,
        "evidence": [_evidence(line) for line in verdict.evidence],
        "duration_s": _seconds(verdict.duration_s),
        "blocked_by": verdict.blocked_by,
        **({} if verdict.modem is None else {"modem": verdict.modem}),
    }


def _finding(finding: Finding) -> dict[str, JsonValue]:
    remedy = finding.remedy
    return {
        "id": finding.id,
        "title": finding.title,
        "modem": finding.modem,
        "explains": list(finding.explains),
        "follows": list(finding.follows),
        "evidence": [_evidence(line) for line in finding.evidence],
        "remedy": {
            "text": remedy.text,
            "commands": list(remedy.commands),
            "undo": list(remedy.undo),
            "lasting": list(remedy.lasting),
        },
    }


def _evidence(evidence: Evidence) -> dict[str, JsonValue]:
    return {
        "text": evidence.text,
        "value": evidence.value,
        "unit": evidence.unit,
        "source": evidence.source,
    }


def _seconds(duration: float) -> float:
    return round(duration, 3)
