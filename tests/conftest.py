# SPDX-License-Identifier: GPL-2.0-or-later
"""Hooks of the whole suite: trio for ``async def`` tests, requirements, time limits, soak.

* ``async def test_...`` runs under trio; with ``@pytest.mark.autojump`` on a mock clock that
  jumps ahead when all tasks sleep (the fixture ``autojump_clock`` hands the clock itself).
* ``@pytest.mark.needs("netns", ...)``: see ``tests/requirements.py``. Missing means skipped, and
  failed in CI, where any skip fails unless ``tests/ci-cannot.txt`` excuses its requirement.
  ``needs("lab")`` runs in a virtual machine: see ``tests/lab/conftest.py``.
* ``@pytest.mark.soak``: only with ``--soak``.
* ``@pytest.mark.time_limit(seconds)``: other than the 120 s that each test has.
"""

from __future__ import annotations

import faulthandler
import functools
import inspect
import os
import signal
from typing import TYPE_CHECKING, cast

import pytest
import trio
import trio.testing

from tests import requirements
from tests.lab import INSIDE
from tests.lab._items import in_lab

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator
    from types import FrameType

TIME_LIMIT = 120.0
SOAK_TIME_LIMIT = 3600.0
_EXCUSED = pytest.StashKey[bool]()
_MARKERS = (
    "needs(*names): what the machine must have; see tests/requirements.py",
    "autojump: run on trio's mock clock, which jumps ahead when every task sleeps",
    "soak: a long run, only with --soak",
    "time_limit(seconds): other than the 120 s of every test",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the long tests, and only them")


def pytest_configure(config: pytest.Config) -> None:
    for line in _MARKERS:
        config.addinivalue_line("markers", line)
    if INSIDE:  # each import takes seconds there, and no test needs this one
        return
    import hypothesis

    # The same examples each time in CI; a loaded machine's seconds prove nothing anywhere.
    hypothesis.settings.register_profile(
        "project", deadline=None, derandomize=bool(os.environ.get("CI"))
    )
    hypothesis.settings.load_profile("project")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    soak = bool(config.getoption("--soak"))
    others = [item for item in items if bool(item.get_closest_marker("soak")) != soak]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in set(others)]


@pytest.fixture(scope="session", autouse=True)
def _own_journal(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Programs that tests start keep their journal of client ids away from the user's."""
    folder = tmp_path_factory.mktemp("runtime") / "qmiprobe"
    os.environ["QMIPROBE_RUNTIME_DIR"] = str(folder)


@pytest.fixture
def autojump_clock() -> trio.testing.MockClock:
    """Give the mock clock that the test itself runs on."""
    return trio.testing.MockClock(autojump_threshold=0)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> None:
    jump = pyfuncitem.get_closest_marker("autojump") is not None
    handle = getattr(pyfuncitem.obj, "hypothesis", None)
    if handle is not None and inspect.iscoroutinefunction(handle.inner_test):
        handle.inner_test = _in_trio(handle.inner_test, jump=jump)
    elif inspect.iscoroutinefunction(pyfuncitem.obj):
        pyfuncitem.obj = _in_trio(pyfuncitem.obj, jump=jump)


def _in_trio(
    test: Callable[..., Coroutine[object, object, None]], *, jump: bool
) -> Callable[..., None]:
    @functools.wraps(test)
    def run(**arguments: object) -> None:
        clocks = [value for value in arguments.values() if isinstance(value, trio.abc.Clock)]
        if jump and not clocks:
            clocks = [trio.testing.MockClock(autojump_threshold=0)]
        trio.run(functools.partial(test, **arguments), clock=clocks[0] if clocks else None)

    return run


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        for name in marker.args:
            reason = requirements.missing(name)
            if reason is not None:
                item.stash[_EXCUSED] = name in requirements.excused()
                pytest.skip(f"{name}: {reason}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if not hasattr(report, "wasxfail") and not item.stash.get(_EXCUSED, False):
        _forbid_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _forbid_skip(report)
    return report


def _forbid_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.outcome == "skipped" and requirements.in_ci():
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason}\n(in CI nothing is skipped, but for tests/ci-cannot.txt)"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    if in_lab(item):  # its machine has a limit of its own, and inside each test has
        return (yield)
    seconds = SOAK_TIME_LIMIT if item.get_closest_marker("soak") else TIME_LIMIT
    marker = item.get_closest_marker("time_limit")
    if marker is not None:
        seconds = float(cast("float", marker.args[0]))

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        faulthandler.dump_traceback()
        pytest.fail(f"did not finish within {seconds:g} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
