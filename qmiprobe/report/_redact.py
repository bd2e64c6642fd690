# SPDX-License-Identifier: GPL-2.0-or-later
"""Masks personal values in a whole report, wherever they stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qmiprobe.diagnosis import Evidence, Facts, Finding, JsonValue, Remedy, Verdict

if TYPE_CHECKING:
    from qmiprobe.check import Report

MASK = "*"
# Shorter ones would blacken half of the report, and tell nothing about a person.
_SHORTEST = 4


def redact(report: Report, *, keep_personal: bool = False) -> Report:
    """The report with personal evidence and facts masked; as it is with `keep_personal`.

    A masked text keeps its length, a masked number becomes null. The masked values are looked
    for, and masked, in every other text of the report as well.
    """
    if keep_personal:
        return report
    mask = _Mask(_secrets(report))
    return replace(
        report,
        device={key: mask.value(value) for key, value in report.device.items()},
        verdicts=tuple(mask.verdict(verdict) for verdict in report.verdicts),
        findings=tuple(mask.finding(finding) for finding in report.findings),
        facts=mask.facts(report.facts),
    )


def _secrets(report: Report) -> set[str]:
    """Every text in a personal value that is long enough to be somebody's."""
    evidence = [line for verdict in report.verdicts for line in verdict.evidence]
    evidence += [line for finding in report.findings for line in finding.evidence]
    personal = [line.value for line in evidence if line.personal]
    personal += [fact.value for fact in report.facts if fact.personal]
    return {text for value in personal for text in _leaves(value) if len(text) >= _SHORTEST}


def _leaves(value: JsonValue) -> Iterator[str]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            yield from _leaves(item)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


class _Mask:
    """Hides a set of texts."""

    def __init__(self, secrets: Iterable[str]) -> None:
        # The longest first, so that no shorter one leaves a rest of it.
        parts = sorted(map(re.escape, secrets), key=len, reverse=True)
        self._pattern = re.compile("|".join(parts)) if parts else None

    def text(self, text: str) -> str:
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: MASK * len(match[0]), text)

    def value(self, value: JsonValue, *, personal: bool = False) -> JsonValue:
        """The value without what is secret; a personal one without all that it says."""
        if isinstance(value, str):
            return MASK * len(value) if personal else self.text(value)
        if isinstance(value, Mapping):
            return {key: self.value(item, personal=personal) for key, item in value.items()}
        if isinstance(value, Sequence):
            return [self.value(item, personal=personal) for item in value]
        hidden = personal or (value is not None and self.text(str(value)) != str(value))
        return None if hidden else value

    def evidence(self, evidence: Evidence) -> Evidence:
        text = self.text(evidence.text)
        if evidence.personal and text == evidence.text:
            # The value stands in it in a form of its own, or nowhere but here.
            text = re.sub(r"\w", MASK, text)
        return replace(
            evidence,
            text=text,
            value=self.value(evidence.value, personal=evidence.personal),
            source=self.text(evidence.source),
        )

    def verdict(self, verdict: Verdict) -> Verdict:
        return replace(
            verdict,
            summary=self.text(verdict.summary),
            evidence=tuple(map(self.evidence, verdict.evidence)),
            modem=None if verdict.modem is None else self.text(verdict.modem),
        )

    def finding(self, finding: Finding) -> Finding:
        remedy = finding.remedy
        return replace(
            finding,
            title=self.text(finding.title),
            evidence=tuple(map(self.evidence, finding.evidence)),
            modem=None if finding.modem is None else self.text(finding.modem),
            remedy=Remedy(
                self.text(remedy.text),
                tuple(map(self.text, remedy.commands)),
                tuple(map(self.text, remedy.undo)),
                tuple(map(self.text, remedy.lasting)),
            ),
        )

    def facts(self, facts: Facts) -> Facts:
        masked = Facts()
        for fact in facts:
            value = self.value(fact.value, personal=fact.personal)
            source = self.text(fact.source)
            masked.add(fact.name, value, source=source, personal=fact.personal)
        return masked
