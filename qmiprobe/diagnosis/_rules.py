# SPDX-License-Identifier: GPL-2.0-or-later
"""What a rule is, and how one is written down.

A rule is a small function over facts and verdicts that recognises one cause::

    @rule(id="sim/absent", explains=("sim.ready",))
    def absent(facts: Facts, verdicts: Verdicts) -> Cause | None:
        if facts.text("sim.state") != "absent":
            return None
        return Cause("no SIM card in the slot", Remedy("Insert a SIM card."))

The decorator makes it a `Rule` and keeps it; writing one touches nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Evidence, Finding, Outcome, Reason, Remedy, Verdict

Verdicts: TypeAlias = Mapping[str, Verdict]


@dataclass(frozen=True)
class Cause:
    """What a rule found; with the rule's id and what it explains it becomes a finding.

    `also_explains` and `follows`: what the cause accounts for and brings about as things are
    here, beside what the rule names for all cases.
    """

    title: str
    remedy: Remedy
    evidence: tuple[Evidence, ...] = ()
    also_explains: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A recogniser of one cause.

    `explains`: checks whose failure the cause accounts for. `follows`: other causes that this one
    brings about, and which are none of their own while it holds. `tell_apart`: the test that
    shows this cause where another one would explain as much. `of_warning`: it accounts for a
    warning, not for a failure.
    """

    id: str
    explains: tuple[str, ...]
    recognise: Callable[[Facts, Verdicts], Cause | None]
    follows: tuple[str, ...] = ()
    tell_apart: str = ""
    of_warning: bool = False

    def __call__(self, facts: Facts, verdicts: Verdicts) -> Finding | None:
        """The finding, or None where the cause does not hold."""
        cause = self.recognise(facts, verdicts)
        if cause is None:
            return None
        return Finding(
            id=self.id,
            title=cause.title,
            explains=(*self.explains, *cause.also_explains),
            remedy=cause.remedy,
            evidence=cause.evidence,
            follows=(*self.follows, *cause.follows),
            modem=facts.text("device.path") or facts.text("device.address"),
        )


_RULES: dict[str, Rule] = {}


def rule(
    *,
    id: str,  # noqa: A002 - the word of the reports
    explains: Iterable[str],
    follows: Iterable[str] = (),
    tell_apart: str = "",
    of_warning: bool = False,
) -> Callable[[Callable[[Facts, Verdicts], Cause | None]], Rule]:
    """Make a rule of a function and keep it. Raises ValueError when the id is taken."""

    def keep(recognise: Callable[[Facts, Verdicts], Cause | None]) -> Rule:
        if id in _RULES:
            raise ValueError(f"two rules are called {id}")
        made = Rule(id, tuple(explains), recognise, tuple(follows), tell_apart, of_warning)
        _RULES[id] = made
        return made

    return keep


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which the areas list them."""
    from qmiprobe.diagnosis import _areas

    assert _areas.AREAS  # importing them has filled the table
    return tuple(_RULES.values())


def failed(verdicts: Verdicts, check: str) -> bool:
    """Whether the check was run and failed."""
    verdict = verdicts.get(check)
    return verdict is not None and verdict.outcome is Outcome.FAIL


def unanswered(verdicts: Verdicts, check: str) -> bool:
    """Whether the check failed because no answer came in time."""
    verdict = verdicts.get(check)
    return verdict is not None and verdict.failed and verdict.reason is Reason.NO_ANSWER


def passed(verdicts: Verdicts, check: str) -> bool:
    """Whether the check was run and is content, if with a warning."""
    verdict = verdicts.get(check)
    return verdict is not None and verdict.outcome in (Outcome.PASS, Outcome.WARN)


def failed_over_the_port(verdicts: Verdicts) -> tuple[str, ...]:
    """The failed checks that ask the modem something, above the control channel's own."""
    areas = ("control.clients", "device.", "sim.", "radio.", "session.", "netdev.format")
    return tuple(check for check in verdicts if check.startswith(areas) and failed(verdicts, check))


def observed(facts: Facts, name: str, label: str, *, unit: str | None = None) -> Evidence:
    """A fact as evidence: `label: value unit`, with the fact's source; says when not observed."""
    fact = facts.fact(name)
    if fact is None:
        return Evidence(f"{label}: not observed")
    shown = (
        ", ".join(map(_shown, fact.value)) if isinstance(fact.value, list) else _shown(fact.value)
    )
    return Evidence(
        f"{label}: {shown or 'none'}" + (f" {unit}" if unit else ""),
        value=fact.value,
        unit=unit,
        source=fact.source,
        personal=fact.personal,
    )


def _shown(value: JsonValue) -> str:
    """A value for a person: a program with its pid and what it has open, else as it is."""
    if not isinstance(value, Mapping):
        return str(value)
    if "program" in value and "pid" in value:
        path = f" with {value['path']}" if value.get("path") else ""
        return f"{value['program']} (pid {value['pid']}){path}"
    return " ".join(f"{name} {item}" for name, item in value.items() if item is not None)


def went_out(facts: Facts) -> int | None:
    """Packets that left on the netdev during link.return: as the tap saw them, else counted."""
    seen = facts.integer("link.return.tap_out")
    return facts.integer("netdev.sent") if seen is None else seen


def came_in(facts: Facts) -> int | None:
    """Packets that arrived on the netdev during link.return: as the tap saw them, else counted."""
    seen = facts.integer("link.return.tap_in")
    return facts.integer("netdev.received") if seen is None else seen
