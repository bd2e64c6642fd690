# SPDX-License-Identifier: GPL-2.0-or-later
"""The HTML page: whole, well-formed, without anything from outside, without personal values."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from qmiprobe.check import Report, merged
from qmiprobe.diagnosis import Finding, Remedy
from qmiprobe.report import html_page
from tests.report.reports import (
    BLOCKED_CHECKS,
    ICCID,
    IMSI,
    every_outcome,
    healthy,
    no_sim,
    personal,
)

VOID = frozenset({"meta", "path", "rect", "circle", "line", "polyline", "br", "link", "img"})
EVERY = [healthy(), no_sim(), every_outcome(), personal()]


class Page(HTMLParser):
    """Reads a page strictly: what opens closes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


@pytest.mark.parametrize("report", EVERY)
def test_everything_of_the_report_is_in_the_page(report: Report):
    page = Page(html_page(report, keep_personal=True))
    for verdict in report.verdicts:
        assert verdict.check in page.text
        assert verdict.summary.replace("`", "") in page.text
        assert all(one.text in page.text for one in verdict.evidence)
    for finding in report.findings:
        assert finding.title in page.text
        remedy = finding.remedy
        for text in (remedy.text, *remedy.commands, *remedy.undo, *remedy.lasting):
            assert " ".join(text.replace("`", "").split()) in page.text


@pytest.mark.parametrize("report", EVERY)
def test_a_strict_reader_of_html_has_nothing_to_complain_of(report: Report):
    from html5lib import HTMLParser as Strict

    Strict(strict=True).parse(html_page(report))


@pytest.mark.parametrize("report", EVERY)
def test_nothing_comes_from_outside_and_nothing_runs(report: Report):
    text = html_page(report)
    page = Page(text)
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "link", "img", "iframe", "object"})
    names = {name for _, attributes in page.tags for name in attributes}
    assert names.isdisjoint({"src", "href", "onclick", "onload", "style"})
    assert "url(" not in text
    assert "default-src 'none'" in text


def test_what_a_modem_says_stays_text():
    evil = "<script>alert(1)</script>&lt;\x1b[31m"
    report = replace(healthy(), device={"address": "/dev/cdc-wdm0", "model": evil})
    page = Page(html_page(report))
    assert "script" not in {tag for tag, _ in page.tags}
    assert "<script>alert(1)</script>&lt;" in page.text
    assert "\x1b" not in html_page(report)


def test_personal_values_are_masked():
    page = html_page(personal())
    assert IMSI not in page
    assert ICCID not in page
    assert IMSI in html_page(personal(), keep_personal=True)


def test_each_of_several_modems_has_its_own_checks_and_causes():
    other = replace(healthy(), device={"address": "wwan1", "usb": "1-4"})
    report = merged([other, no_sim()])
    text = Page(html_page(report)).text
    assert "2 modems" in text
    assert "FAIL at sim.ready of 2-6: no SIM card in slot 1" in text
    places = [text.index(f"Checks of {name}") for name in ("1-4", "2-6")]
    assert places == sorted(places)
    (finding,) = report.findings
    assert f"2-6: {finding.title}" in text
    assert "Checks of" not in Page(html_page(merged([no_sim()]))).text


def test_what_did_not_run_for_one_reason_shares_a_row():
    text = Page(html_page(no_sim())).text
    assert text.count("needs sim.ready, which failed") == 1
    assert f"{len(BLOCKED_CHECKS)} checks" in text


def test_commands_in_a_sentence_are_code_and_times_are_readable():
    remedy = Remedy("Run `a <b>` first; a ` alone stays.")
    finding = Finding("x/y", "`z` is off", ("sim.ready",), remedy)
    page = html_page(replace(healthy(), findings=(finding,)))
    assert "<p>Run <code>a &lt;b&gt;</code> first; a ` alone stays.</p>" in page
    assert "<h3><code>z</code> is off</h3>" in page
    assert "2024-05-01 12:00:00 UTC" in page


def test_the_verdict_stands_first_and_the_causes_before_the_checks():
    text = Page(html_page(no_sim())).text
    places = [text.index(part) for part in ("FAIL at sim.ready", "Causes", "Checks")]
    assert places == sorted(places)
