# SPDX-License-Identifier: GPL-2.0-or-later
"""The lists in the pages are those of the code: checks, findings, faults, exit statuses."""

from __future__ import annotations

import re
from pathlib import Path

from qmiprobe.check import LADDER, PROBE, SMOKE_LADDER
from qmiprobe.cli._status import ExitStatus
from qmiprobe.diagnosis import Outcome, Reason
from qmiprobe.diagnosis._rules import all_rules
from qmiprobe.sim import all_faults, profile_names
from tests.docs.pages import DOCS, SIMULATOR, coded, faults, headings, rows

CHECKS = DOCS / "checks.md"
DOCTOR = DOCS / "doctor.md"
FINDINGS = DOCS / "findings.md"
_FINDING = ("finding", "means", "explains", "mended by")
_SOURCE = ("finding", "entry", "source")


def sections(page: Path = CHECKS) -> dict[str, str]:
    """The text below each check's heading, on one line."""
    parts = re.split(r"^### `([a-z.-]+)`$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    texts = [re.split(r"^## ", part, flags=re.MULTILINE)[0] for part in parts[2::2]]
    return {name: " ".join(text.split()) for name, text in zip(parts[1::2], texts, strict=True)}


def spelled_out(cell: str) -> tuple[str, ...]:
    """The checks of a cell: `link.dns .tcp` is short for `link.dns` and `link.tcp`."""
    found: list[str] = []
    for word in " ".join(coded(cell)).split():
        area = found[-1].partition(".")[0] if word.startswith(".") else ""
        found.append(area + word)
    return tuple(found)


def test_the_ladder_is_listed_in_its_order():
    assert list(sections()) == [check.id for check in SMOKE_LADDER]


def test_each_rung_says_what_it_needs():
    for check in SMOKE_LADDER:
        sentences = re.findall(r"Needs (.*?)\.(?: |$)", sections()[check.id])
        named = [name for sentence in sentences for name in coded(sentence)]
        assert tuple(named) == check.needs, check.id


def test_the_doctors_own_rungs_are_listed_with_what_they_need():
    ladder = {check.id for check in LADDER}
    own = [check for check in PROBE if check.id not in ladder]
    assert list(sections(DOCTOR)) == [check.id for check in own]
    for check in own:
        sentences = re.findall(r"Needs (.*?)\.(?: |$)", sections(DOCTOR)[check.id])
        named = [name for sentence in sentences for name in coded(sentence)]
        assert tuple(named) == check.needs, check.id


def test_every_entry_of_the_drivers_catalogue_is_told_somehow():
    text = FINDINGS.read_text(encoding="utf-8") + DOCTOR.read_text(encoding="utf-8")
    cells = re.findall(r"driver ((?:[A-Z]\d\d(?:, )?)+)", text)
    named = {entry for cell in cells for entry in cell.replace(",", "").split()}
    counts = {"E": 10, "A": 8, "C": 8, "D": 15, "P": 8, "R": 8}
    every = {f"{group}{n:02}" for group, most in counts.items() for n in range(1, most + 1)}
    assert every - named == set()


def test_every_outcome_and_reason_is_explained():
    text = CHECKS.read_text(encoding="utf-8")
    head = ("verdict", "sign", "means")
    assert [coded(row[0])[0] for row in rows(CHECKS, head=head)] == list(Outcome)
    assert [reason for reason in Reason if f"`{reason}`" not in text] == []


def test_every_exit_status_is_explained():
    head = ("status", "reason", "means")
    listed = {
        int(number) for row in rows(DOCS / "cli.md", head=head) for number in row[0].split(", ")
    }
    assert {int(status) for status in ExitStatus} <= listed
    for row in rows(DOCS / "cli.md", head=head):
        for reason in coded(row[1]):
            assert Reason(reason).exit_status == int(row[0])


def test_every_finding_is_in_the_table_and_no_other():
    listed = [coded(row[0])[0] for row in rows(FINDINGS, head=_FINDING)]
    assert sorted(listed) == sorted(rule.id for rule in all_rules())


def test_each_finding_explains_what_its_rule_says():
    explains = {coded(row[0])[0]: spelled_out(row[2]) for row in rows(FINDINGS, head=_FINDING)}
    assert explains == {rule.id: rule.explains for rule in all_rules()}


def test_each_finding_has_a_source():
    listed = [coded(row[0])[0] for row in rows(FINDINGS, head=_SOURCE)]
    assert sorted(listed) == sorted(rule.id for rule in all_rules())
    assert all(row[1] and row[2] for row in rows(FINDINGS, head=_SOURCE))


def test_the_checks_that_no_rule_explains_are_named():
    explained = {check for rule in all_rules() for check in rule.explains}
    text = " ".join(FINDINGS.read_text(encoding="utf-8").split())
    sentence = re.search(r"No rule explains these checks yet: (.*?)\. ", text)
    assert sentence is not None
    left = [check.id for check in LADDER if check.id not in explained]
    assert coded(sentence[1]) == left


def test_every_fault_is_listed_with_its_sentence():
    said = faults()
    assert sorted(said) == sorted(all_faults())
    wrong = [name for name, fault in all_faults().items() if not said[name].startswith(fault.doc)]
    assert wrong == []


def test_what_faults_give_are_checks_and_findings_that_there_are():
    known = {check.id for check in LADDER} | {rule.id for rule in all_rules()}
    for name, said in faults().items():
        words = {word for word in coded(said) if "." in word or "/" in word}
        assert words <= known, name


def test_a_fault_of_one_protocol_is_listed_as_such():
    for name, fault in all_faults().items():
        only = fault.protocols[0].upper() if len(fault.protocols) == 1 else None
        found = re.search(r"\b(QMI|MBIM) only:", faults()[name])
        assert (found[1] if found else None) == only, name


def test_every_profile_is_listed():
    head = ("profile", "stands for", "speaks", "netdev")
    assert [coded(row[0])[0] for row in rows(SIMULATOR, head=head)] == profile_names()


def test_headings_are_not_repeated():
    for page in (CHECKS, FINDINGS, SIMULATOR):
        assert len(headings(page)) == len(set(headings(page))), page.name
