# SPDX-License-Identifier: GPL-2.0-or-later
"""Tests marked ``needs("lab")`` run in the lab's machine: one boot for each file.

Outside, the first of a file's tests boots a machine that runs pytest on all of them; what each
came to there (failures with their text, skips, output) is reported as if it had run here.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from tests.lab import INSIDE
from tests.lab._items import in_lab, seconds_for
from tests.lab._machine import SHARE, Ran, run
from tests.requirements import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Sequence

_REPORTS = "reports.jsonl"
_FILES = pytest.StashKey[dict[Path, "_File"]]()


class _File:
    """What came of a file's tests: their reports by test, and the machine's run."""

    def __init__(self, ran: Ran, reports: Sequence[pytest.TestReport]) -> None:
        self.ran = ran
        self._by_test: dict[str, list[pytest.TestReport]] = {}
        for report in reports:
            self._by_test.setdefault(report.nodeid, []).append(report)

    def of(self, item: pytest.Item) -> list[pytest.TestReport]:
        """Return the reports of ``item``, a failed one when it did not end in the machine."""
        reports = self._by_test.get(item.nodeid, [])
        log = ("kernel log of the machine", self.ran.last_said(200))
        for report in reports:
            if report.failed:
                report.sections.append(log)
        if not reports or reports[-1].when != "teardown":
            reports = [*reports, self._unfinished(item)]
        return reports

    def _unfinished(self, item: pytest.Item) -> pytest.TestReport:
        return pytest.TestReport(
            nodeid=item.nodeid,
            location=item.location,
            keywords={},
            outcome="failed",
            longrepr=f"the test did not end in the lab's machine: {self.ran.explain()}",
            when="call",
        )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    if not in_lab(item):
        return None
    files = item.session.stash.setdefault(_FILES, {})
    if item.path not in files:
        files[item.path] = _run_file(item)
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in files[item.path].of(item):
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    # What an earlier test outside has left set up for this one ends here.
    item.session._setupstate.teardown_exact(nextitem)
    return True


def _run_file(first: pytest.Item) -> _File:
    """Run all of the session's tests that stand in the file of ``first``."""
    items = [item for item in first.session.items if item.path == first.path]
    options = ["--soak"] if first.config.getoption("--soak") else []
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--color=no"]
    command += [*options, *(item.nodeid for item in items)]
    with tempfile.TemporaryDirectory(prefix="qmiprobe-lab-") as name:
        share = Path(name)
        ran = run(command, folder=CHECKOUT, seconds=seconds_for(items), share=share)
        reports = [_report(first.config, line) for line in _lines(share / _REPORTS)]
    return _File(ran, reports)


def _report(config: pytest.Config, line: str) -> pytest.TestReport:
    data = json.loads(line)
    report = config.hook.pytest_report_from_serializable(config=config, data=data)
    if report.skipped and isinstance(report.longrepr, list):
        report.longrepr = tuple(report.longrepr)  # file, line and reason: JSON has no tuples
    return cast("pytest.TestReport", report)


def _lines(path: Path) -> list[str]:
    """Return the complete lines: the last is cut short when the machine was stopped."""
    if not path.exists():
        return []
    return [
        line
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
        if line.endswith("\n")
    ]


def pytest_configure(config: pytest.Config) -> None:
    if INSIDE:
        config.pluginmanager.register(_HandsOut(config))


class _HandsOut:
    """Inside the machine: writes each report to where the outside reads them."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write one report."""
        data = self._config.hook.pytest_report_to_serializable(config=self._config, report=report)
        with (SHARE / _REPORTS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(data) + "\n")
