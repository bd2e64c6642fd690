# SPDX-License-Identifier: GPL-2.0-or-later
"""Plots of measurements: for terminals only, of what was measured, in ASCII where need be."""

from __future__ import annotations

import io

import pytest

from qmiprobe.diagnosis import Facts, JsonValue
from qmiprobe.report import print_report
from qmiprobe.report._plots import plots
from tests.report.reports import report_of

MEASURED: dict[str, JsonValue] = {
    "link.rtt.v4.times_ms": [40.0 + number % 10 for number in range(100)] + [None, 900.0],
    "link.rtt.v4.lost": 1,
    "link.sizes.v6.tried": [511, 512, 513],
    "link.sizes.v6.holes": [512],
    "link.nat_lifetime.replied.at_least_s": 57.5,
    "link.nat_lifetime.replied.below_s": 58.0,
    "link.tcp_idle.at_least_s": 180.0,
    "link.load.idle_ms": 40.0,
    "link.load.down_ms": 400.0,
}


def _facts(values: dict[str, JsonValue]) -> Facts:
    facts = Facts()
    for name, value in values.items():
        facts.add(name, value, source="test")
    return facts


def _lines(values: dict[str, JsonValue], *, ascii_only: bool = False) -> list[str]:
    shown = plots(_facts(values), ascii_only=ascii_only)
    return ["".join(text for text, _ in one.line) for one in shown]


def test_nothing_measured_is_no_plot():
    assert _lines({}) == []
    assert _lines({"link.rtt.v4.times_ms": [1.0, None]}) == []
    assert _lines({"link.sizes.v4.tried": [512], "link.sizes.v4.holes": []}) == []


def test_all_that_was_measured_is_drawn():
    text = "\n".join(_lines(MEASURED))
    assert "round trips over IPv4, ms (1 lost)" in text
    assert "> 49" in text
    assert "57.5 s to 58 s" in text
    assert "180 s and more" in text
    assert "while loading ████" in text


def test_counts_of_a_histogram_come_to_all_that_came_back():
    ends = [line.split()[-1] for line in _lines(MEASURED)[1:12]]
    counts = [int(end) for end in ends if end.isdigit()]
    assert sum(counts) == 101


def test_a_hole_is_marked_where_it_is():
    rows = [line.split() for line in _lines(MEASURED) if line.strip().startswith("51")]
    assert [(row[0], row[-1] == "lost") for row in rows] == [
        ("511", False), ("512", True), ("513", False)
    ]  # fmt: skip


def test_without_utf_8_there_is_ascii_alone():
    assert all(line.isascii() for line in _lines(MEASURED, ascii_only=True))


@pytest.mark.parametrize("terminal", [False, True])
def test_plots_are_for_terminals(terminal: bool):
    class Out(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return terminal

    report, out = report_of(), Out()
    for fact in _facts(MEASURED):
        report.facts.add(fact.name, fact.value, source=fact.source)
    print_report(report, out, color=False if terminal else None)
    assert ("round trips over IPv4" in out.getvalue()) is terminal
