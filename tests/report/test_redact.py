# SPDX-License-Identifier: GPL-2.0-or-later
"""No personal value leaves in any view, unless it is asked for."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest

from qmiprobe.check import Report
from qmiprobe.report import junit_xml, print_report, redact, report_json
from tests.report.reports import ICCID, IMSI, no_sim, personal

PERSONAL = (IMSI, ICCID, "8988 2110", "52.51631", "Nowhere")


def as_text(report: Report, *, keep_personal: bool = False) -> str:
    out = io.StringIO()
    print_report(report, out, verbose=True, keep_personal=keep_personal)
    return " ".join(out.getvalue().split())


def as_json(report: Report, *, keep_personal: bool = False) -> str:
    return json.dumps(report_json(report, keep_personal=keep_personal))


def as_junit(report: Report, *, keep_personal: bool = False) -> str:
    return junit_xml(report, keep_personal=keep_personal)


def as_facts(report: Report, *, keep_personal: bool = False) -> str:
    return json.dumps(redact(report, keep_personal=keep_personal).facts.to_json())


VIEWS = pytest.mark.parametrize("view", [as_text, as_json, as_junit, as_facts])


@VIEWS
def test_no_view_shows_a_personal_value(view: Callable[..., str]):
    shown = view(personal())
    assert [value for value in PERSONAL if value in shown] == []


@VIEWS
def test_each_view_shows_them_when_asked_to(view: Callable[..., str]):
    shown = view(personal(), keep_personal=True)
    assert IMSI in shown
    assert ICCID in shown


def test_a_masked_text_keeps_its_length_and_its_surroundings():
    report = redact(personal())
    imsi, iccid, position, profile = report.verdicts[0].evidence
    assert (imsi.text, imsi.value) == ("IMSI ***************", "*" * 15)
    assert imsi.source == "file of " + "*" * 19
    assert (iccid.text, iccid.value) == ("***** **** **** **** **** ***", "*" * 19)
    assert position.value == {"latitude": None, "near": "*******"}
    assert (profile.text, profile.value) == ("profile of " + "*" * 15, ["*" * 15, 7])


def test_facts_are_masked_and_stay_marked():
    fact = redact(personal()).facts.fact("sim.imsi")
    assert fact is not None
    assert (fact.value, fact.personal, fact.source) == ("*" * 15, True, "IMSI file of " + "*" * 19)


def test_findings_and_device_are_masked():
    report = redact(personal())
    (finding,) = report.findings
    assert finding.title == "card " + "*" * 19 + " is barred"
    assert finding.remedy.commands == ("echo " + "*" * 15,)
    assert report.device["model"] == "of " + "*" * 15


def test_what_is_not_personal_stays_as_it_is():
    report = no_sim()
    masked = redact(report)
    assert masked.verdicts == report.verdicts
    assert masked.findings == report.findings
    assert masked.device == report.device
    assert masked.facts.get("sim.slot") == 1


def test_a_report_that_keeps_everything_is_the_same_one():
    report = personal()
    assert redact(report, keep_personal=True) is report
