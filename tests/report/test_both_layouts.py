# SPDX-License-Identifier: GPL-2.0-or-later
"""What a pipe gets without any library is what rich lays out there."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.check import Report
from qmiprobe.diagnosis import Evidence, Finding, Outcome, Remedy, Verdict
from qmiprobe.report import print_report
from qmiprobe.report._terminal import laid_out
from tests.cli.program import python
from tests.report import reports
from tests.report.reports import report_of

ALL = [reports.healthy, reports.no_sim, reports.every_outcome, reports.personal]
words = st.text(st.sampled_from("abc,;:-é  /"), max_size=120)
texts = words | st.lists(words, max_size=8).map(" ".join) | st.integers(60, 200).map("x".__mul__)


class AsciiPipe(io.StringIO):
    """A stream that cannot write more than ASCII."""

    encoding = "ascii"


def hold(report: Report, file: type[io.StringIO] = io.StringIO, *, verbose: bool = False) -> None:
    """Hold both layouts of a report against each other."""
    out = file()
    print_report(report, out, verbose=verbose, keep_personal=True)
    assert out.getvalue() == laid_out(report, file(), verbose=verbose)


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("file", [io.StringIO, AsciiPipe])
@pytest.mark.parametrize("verbose", [False, True])
def test_every_report_is_laid_out_alike(
    make: Callable[[], Report], file: type[io.StringIO], verbose: bool
):
    hold(make(), file, verbose=verbose)


@given(summary=texts, evidence=texts, remedy=texts, outcome=st.sampled_from(list(Outcome)))
def test_every_text_is_broken_alike(summary: str, evidence: str, remedy: str, outcome: Outcome):
    seen = Evidence(evidence, source=remedy[:40])
    verdict = Verdict("sim.ready", outcome, None, summary, (seen,), duration_s=1.5)
    finding = Finding("sim/absent", evidence, ("sim.ready",), Remedy(remedy, (summary,)), (seen,))
    report = report_of(verdict, replace(verdict, check="radio.registered"), findings=(finding,))
    hold(replace(report, device={"address": evidence, "model": summary}))


def test_letters_of_two_columns_are_laid_out_by_rich():
    verdict = Verdict("radio.registered", Outcome.PASS, summary="中国移动 " * 12)
    out = io.StringIO()
    print_report(report_of(verdict), out)
    assert max(len(line) for line in out.getvalue().splitlines()) < 80 - 12
    hold(report_of(verdict))


def test_a_pipe_needs_no_rich():
    done = python(
        "import io, sys\nfrom tests.report import reports\n"
        "from qmiprobe.report import print_report\n"
        "print_report(reports.no_sim(), io.StringIO())\nprint('rich' in sys.modules)",
    )
    assert done.stdout == "False\n", done.stderr
