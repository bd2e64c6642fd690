# SPDX-License-Identifier: GPL-2.0-or-later
"""From verdicts to causes: the fewest findings that account for every failed check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from qmiprobe.diagnosis._commands import report_commands
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Finding, Outcome, Remedy, Verdict
from qmiprobe.diagnosis._rules import Rule, Verdicts, all_rules

UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class _Candidate:
    finding: Finding
    rule: Rule
    covers: frozenset[str]


def explain(
    facts: Facts, verdicts: Iterable[Verdict], *, rules: Sequence[Rule] | None = None
) -> tuple[Finding, ...]:
    """The causes behind the failed checks, in ladder order; `rules`: other than all of them.

    The fewest that account for every failure are named. Where several sets of the same size do,
    all their causes are, each with the test that tells them apart. A failed check that no rule
    accounts for gives a finding `unexplained`. A warning is explained where a rule is about it,
    unless it follows from a cause that is named already.
    """
    table = {verdict.check: verdict for verdict in verdicts}
    failures = [check for check, verdict in table.items() if verdict.outcome is Outcome.FAIL]
    warnings = [check for check, verdict in table.items() if verdict.outcome is Outcome.WARN]
    if not failures and not warnings:
        return ()
    chosen = all_rules() if rules is None else rules
    named = _of_failures([one for one in chosen if not one.of_warning], facts, table, failures)
    about, _ = _apply([one for one in chosen if one.of_warning and warnings], facts, table)
    ids = {finding.id for finding in named}
    known = {name for one in chosen if one.id in ids for name in one.follows}
    for finding in (one for one, _ in about.values() if one.id not in known):
        if covered := _in_order(frozenset(finding.explains), warnings):
            named.append(replace(finding, explains=covered))
    order = list(table)
    return tuple(sorted(named, key=lambda finding: order.index(finding.explains[0])))


def _of_failures(
    rules: Sequence[Rule], facts: Facts, table: Verdicts, failures: Sequence[str]
) -> list[Finding]:
    if not failures:
        return []
    found, faults = _apply(rules, facts, table)
    candidates = _candidates(found, frozenset(failures))
    named = [
        replace(c.finding, explains=_in_order(c.covers, failures)) for c in _fewest(candidates)
    ]
    covered = {check for finding in named for check in finding.explains}
    named += [_unexplained(table[c], facts, faults) for c in failures if c not in covered]
    return named


def _apply(
    rules: Iterable[Rule], facts: Facts, verdicts: Verdicts
) -> tuple[dict[str, tuple[Finding, Rule]], tuple[Evidence, ...]]:
    """What the rules find, by id; and a line for each rule that fell over."""
    found: dict[str, tuple[Finding, Rule]] = {}
    faults: list[Evidence] = []
    for rule in rules:
        try:
            finding = rule(facts, verdicts)
        except Exception as error:  # one bad rule must not cost the user the whole report
            text = f"the rule {rule.id} is broken: {type(error).__name__}: {error}"
            faults.append(Evidence(text, source="qmiprobe"))
            continue
        if finding is not None:
            found[finding.id] = finding, rule
    return found, tuple(faults)


def _candidates(
    found: Mapping[str, tuple[Finding, Rule]], failures: frozenset[str]
) -> list[_Candidate]:
    """The causes in their own right, each with the failures that it accounts for.

    What follows from a cause is none itself, but the cause accounts for what that one explains.
    """
    following = {name: _following(name, found) for name in found}
    consequences = {name for names in following.values() for name in names}
    candidates = []
    for name, (finding, rule) in found.items():
        if name in consequences:
            continue
        explained = {
            check for other in (name, *following[name]) for check in found[other][0].explains
        }
        if covers := failures & explained:
            shown = replace(finding, follows=tuple(following[name]))
            candidates.append(_Candidate(shown, rule, covers))
    return candidates


def _following(name: str, found: Mapping[str, tuple[Finding, Rule]]) -> list[str]:
    """The found causes that follow from one of them, directly or through others."""
    reached: list[str] = []
    waiting = [name]
    while waiting:
        for follower in found[waiting.pop()][0].follows:
            if follower in found and follower != name and follower not in reached:
                reached.append(follower)
                waiting.append(follower)
    return reached


def _fewest(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """All the causes of all the smallest sets that cover what can be covered."""
    # One that accounts for less than another one never makes a set smaller.
    useful = [c for c in candidates if not any(c.covers < other.covers for other in candidates)]
    whole = frozenset[str]().union(*(c.covers for c in useful))
    for size in range(1, len(useful) + 1):
        sets = [
            chosen
            for chosen in combinations(useful, size)
            if frozenset[str]().union(*(c.covers for c in chosen)) == whole
        ]
        if sets:
            in_any = [c for c in useful if any(c in chosen for chosen in sets)]
            return [_with_rivals(c, in_any, sets) for c in in_any]
    return []


def _with_rivals(
    candidate: _Candidate,
    named: Sequence[_Candidate],
    sets: Sequence[tuple[_Candidate, ...]],
) -> _Candidate:
    """Say which other causes would do as well, where not every smallest set needs this one."""
    if all(candidate in chosen for chosen in sets):
        return candidate
    rivals = [
        other.finding.id
        for other in named
        if other is not candidate
        and other.covers & candidate.covers
        and not all(other in chosen for chosen in sets)
    ]
    if not rivals:
        return candidate
    text = f"cannot be told apart from {' or '.join(rivals)} by what was seen"
    if candidate.rule.tell_apart:
        text += f"; it is this one if {candidate.rule.tell_apart}"
    evidence = (*candidate.finding.evidence, Evidence(text))
    return replace(candidate, finding=replace(candidate.finding, evidence=evidence))


def _in_order(checks: frozenset[str], order: Sequence[str]) -> tuple[str, ...]:
    return tuple(check for check in order if check in checks)


def _unexplained(verdict: Verdict, facts: Facts, faults: tuple[Evidence, ...]) -> Finding:
    return Finding(
        id=UNEXPLAINED,
        title=f"not explained: {verdict.check} failed ({verdict.summary})",
        explains=(verdict.check,),
        evidence=(*verdict.evidence, *faults),
        remedy=Remedy(
            "No rule knows this cause yet. Please report it to the qmiprobe project, with the two "
            "files that this command writes (personal values are masked in both).",
            commands=report_commands(facts),
        ),
        modem=facts.text("device.path") or facts.text("device.address"),
    )
