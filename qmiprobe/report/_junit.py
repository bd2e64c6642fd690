# SPDX-License-Identifier: GPL-2.0-or-later
"""A report as JUnit XML, for CI servers: one test case a check."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from qmiprobe.diagnosis import Evidence, Finding, Outcome, Verdict
from qmiprobe.report._printable import printable
from qmiprobe.report._redact import redact

if TYPE_CHECKING:
    from qmiprobe.check import Report

_ELEMENTS = {
    Outcome.FAIL: "failure",
    Outcome.BROKEN: "error",
    Outcome.BLOCKED: "skipped",
    Outcome.SKIPPED: "skipped",
}


def junit_xml(report: Report, *, name: str = "qmiprobe check", keep_personal: bool = False) -> str:
    """The report as a JUnit XML document; `name` is that of the test suite."""
    shown = redact(report, keep_personal=keep_personal)
    elements = [_ELEMENTS.get(verdict.outcome) for verdict in shown.verdicts]
    totals = {
        "name": name,
        "tests": str(len(elements)),
        "failures": str(elements.count("failure")),
        "errors": str(elements.count("error")),
        "skipped": str(elements.count("skipped")),
        "time": f"{shown.duration_s:.3f}",
    }
    root = ElementTree.Element("testsuites", totals)
    suite = ElementTree.SubElement(root, "testsuite", {**totals, "timestamp": shown.started})
    properties = ElementTree.SubElement(suite, "properties")
    for key, value in shown.device.items():
        if value is not None:
            given = {"name": f"device.{key}", "value": printable(str(value))}
            ElementTree.SubElement(properties, "property", given)
    for verdict in shown.verdicts:
        causes = [
            finding
            for finding in shown.findings
            if verdict.check in finding.explains and verdict.modem in (None, finding.modem)
        ]
        whose = name if verdict.modem is None else f"{name} {printable(verdict.modem)}"
        _add_case(suite, verdict, causes, whose)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _add_case(
    suite: ElementTree.Element, verdict: Verdict, causes: list[Finding], name: str
) -> None:
    case = ElementTree.SubElement(
        suite,
        "testcase",
        {"classname": name, "name": verdict.check, "time": f"{verdict.duration_s:.3f}"},
    )
    element = _ELEMENTS.get(verdict.outcome)
    if element is not None:
        message = (
            f"{verdict.outcome}: {verdict.summary}" if element == "skipped" else verdict.summary
        )
        ended = ElementTree.SubElement(case, element, {"message": printable(message)})
        if element != "skipped":
            ended.set("type", verdict.reason or verdict.outcome)
            ended.text = _text([*_lines(verdict.evidence), *_causes(causes)])
    elif verdict.outcome is Outcome.WARN:
        out = ElementTree.SubElement(case, "system-out")
        out.text = _text([f"warn: {verdict.summary}", *_lines(verdict.evidence)])


def _causes(findings: list[Finding]) -> list[str]:
    lines = []
    for finding in findings:
        lines += [f"{finding.id}: {finding.title}", finding.remedy.text]
        lines += [f"  {command}" for command in finding.remedy.commands]
    return lines


def _lines(evidence: tuple[Evidence, ...]) -> list[str]:
    return [f"{line.text} [{line.source}]" if line.source else line.text for line in evidence]


def _text(lines: list[str]) -> str:
    return "\n".join(printable(line) for line in lines)
