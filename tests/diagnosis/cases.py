# SPDX-License-Identifier: GPL-2.0-or-later
"""How the tests of rules are written down: facts that make a rule fire, and near misses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qmiprobe.diagnosis import Facts, Finding, JsonValue, Outcome, Reason, Verdict
from qmiprobe.diagnosis._rules import Rule, all_rules

Known = Mapping[str, JsonValue]

QMI: Known = {
    "device.address": "/dev/cdc-wdm0",
    "device.path": "/dev/cdc-wdm0",
    "device.protocol.wanted": "qmi",
    "device.protocol.heard": "qmi",
    "device.protocol.driver": "qmi",
    "netdev.name": "wwan0",
}
MBIM: Known = {
    **QMI,
    "device.protocol.wanted": "mbim",
    "device.protocol.heard": "mbim",
    "device.protocol.driver": "mbim",
}


@dataclass(frozen=True)
class Case:
    """One rule: the facts that it must recognise, and changes that must silence it.

    In `near`, a fact that is set to `ABSENT` is taken away. `says`: texts that title, remedy and
    commands must contain together; `never`: texts that they must not.
    """

    rule: str
    known: Known
    fails: str
    near: tuple[Known, ...]
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    base: Known | None = None
    reason: Reason = Reason.DEFECT
    warns: bool = False
    """Whether the check only warns."""
    beside: tuple[str, ...] = ()
    """Other checks that fail, for causes of their own."""

    def facts(self, change: Known | None = None) -> Facts:
        """The facts of the case, changed for a near miss."""
        return facts_of({**(self.base or QMI), **self.known, **(change or {})})

    def verdicts(self) -> dict[str, Verdict]:
        """The verdict of the check that fails, or warns."""
        others = {name: failing(name) for name in self.beside}
        if self.warns:
            odd = Verdict(self.fails, Outcome.WARN, summary=f"{self.fails} is odd")
            return {self.fails: odd, **others}
        return {self.fails: failing(self.fails, self.reason), **others}


ABSENT = "<absent>"


def facts_of(known: Known) -> Facts:
    """Facts with these values, each with a source of its own."""
    facts = Facts()
    for name, value in known.items():
        if value != ABSENT:
            facts.add(name, value, source=f"seen as {name}")
    return facts


def failing(check: str, reason: Reason = Reason.DEFECT) -> Verdict:
    """A check that failed."""
    return Verdict(check, Outcome.FAIL, reason, f"{check} is bad")


def passing(check: str) -> Verdict:
    """A check that is content."""
    return Verdict(check, Outcome.PASS, summary=f"{check} is fine")


def rule_called(name: str) -> Rule:
    """The rule with this id."""
    return next(rule for rule in all_rules() if rule.id == name)


def text_of(finding: Finding) -> str:
    """All that a person reads of a finding, but for the evidence."""
    remedy = finding.remedy
    lines = (*remedy.commands, *remedy.undo, *remedy.lasting)
    return "\n".join((finding.title, remedy.text, *lines))
