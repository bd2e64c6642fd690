# SPDX-License-Identifier: GPL-2.0-or-later
"""JUnit XML: one case a check, counted as CI servers count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from qmiprobe.check import Report, merged
from qmiprobe.diagnosis import Evidence, Outcome, Reason, Verdict
from qmiprobe.report import junit_xml
from tests.report import reports
from tests.report.reports import SIM_FAILS, healthy, no_sim, report_of


def suite_of(report: Report) -> ElementTree.Element:
    root = ElementTree.fromstring(junit_xml(report))
    (suite,) = root.findall("testsuite")
    assert root.tag == "testsuites"
    return suite


def cases_of(report: Report) -> dict[str, ElementTree.Element]:
    return {case.get("name", ""): case for case in suite_of(report).findall("testcase")}


def test_each_outcome_has_its_element():
    cases = cases_of(reports.every_outcome())
    assert {name: [child.tag for child in case] for name, case in cases.items()} == {
        "usb.enumerated": ["skipped"],
        "port.open": [],
        "control.answers": ["system-out"],
        "device.identity": ["failure"],
        "device.mode": ["skipped"],
        "radio.signal": ["error"],
    }


def test_the_suite_counts_them():
    suite = suite_of(reports.every_outcome())
    counts = {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "6", "failures": "1", "errors": "1", "skipped": "2"}
    assert (suite.get("timestamp"), suite.get("time")) == ("2024-05-01T12:00:00.000Z", "3.142")


def test_a_failure_says_what_kind_why_and_what_mends_it():
    failure = cases_of(reports.no_sim())["sim.ready"].find("failure")
    assert failure is not None
    assert (failure.get("type"), failure.get("message")) == ("defect", "no SIM card in slot 1")
    text = failure.text or ""
    assert "card state: absent [uim get-card-status]" in text
    assert "sim/absent: no SIM card in the slot" in text
    assert "  qmicli -p -d /dev/cdc-wdm0 --uim-get-card-status" in text


def test_skipped_ones_say_whether_they_were_blocked():
    cases = cases_of(reports.every_outcome())
    messages = {name: case.find("skipped") for name, case in cases.items()}
    blocked, skipped = messages["device.mode"], messages["usb.enumerated"]
    assert blocked is not None
    assert skipped is not None
    assert blocked.get("message") == "blocked: needs device.identity, which failed"
    assert skipped.get("message") == "skipped: a simulated modem has no USB side"


def test_the_device_stands_in_the_properties():
    properties = suite_of(reports.healthy()).findall("properties/property")
    assert {(p.get("name"), p.get("value")) for p in properties} >= {("device.model", "EC25")}


@pytest.mark.parametrize("evil", ["\x00", "\x1b[2J", "\ud800", "\ufffe", "]]>", '"<&>', "\x85"])
@pytest.mark.parametrize("outcome", [Outcome.FAIL, Outcome.WARN, Outcome.SKIPPED, Outcome.BROKEN])
def test_no_text_of_a_modem_breaks_the_document(evil: str, outcome: Outcome):
    reason = Reason.DEFECT if outcome is Outcome.FAIL else None
    evidence = (Evidence(f"says {evil}!", source=evil),)
    report = report_of(Verdict("a", outcome, reason, f"odd {evil}!", evidence))
    xml = junit_xml(report)
    assert ElementTree.fromstring(xml.encode("utf-8")).find("testsuite/testcase") is not None
    assert "\x1b" not in xml


@pytest.mark.parametrize(
    "make", [reports.healthy, reports.no_sim, reports.every_outcome, reports.personal]
)
def test_there_is_one_case_for_each_check(make: Callable[[], Report]):
    report = make()
    assert list(cases_of(report)) == [verdict.check for verdict in report.verdicts]


def test_cases_of_several_modems_are_told_apart_and_have_their_own_causes():
    other = replace(healthy(), device={"usb": "1-4"}, verdicts=(SIM_FAILS,), findings=())
    root = ElementTree.fromstring(junit_xml(merged([other, no_sim()])))
    cases = [one for one in root.iter("testcase") if one.get("name") == "sim.ready"]
    assert [one.get("classname") for one in cases] == ["qmiprobe check 1-4", "qmiprobe check 2-6"]
    told = [
        "sim/absent" in (failure.text or "") for one in cases for failure in one.iter("failure")
    ]
    assert told == [False, True]
