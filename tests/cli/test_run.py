# SPDX-License-Identifier: GPL-2.0-or-later
"""The bridge to trio: results, errors and the time limit pass through unchanged."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio

from qmiprobe.cli import _check
from qmiprobe.cli._check import run_check
from qmiprobe.cli._options import Options
from qmiprobe.cli._run import run
from qmiprobe.errors import DecodeError, NoAnswer


def test_result_is_the_exit_status():
    async def main() -> int:
        await trio.lowlevel.checkpoint()
        return 3

    assert run(main) == 3
    assert run(main, timeout=5) == 3


def test_error_comes_out_as_it_is():
    async def main() -> int:
        await trio.lowlevel.checkpoint()
        raise DecodeError("bad bytes")

    with pytest.raises(DecodeError):
        run(main)


def test_too_long_is_no_answer_after_the_clean_up():
    cleaned = []

    async def main() -> int:
        try:
            await trio.sleep(30)
        finally:
            cleaned.append(True)
        return 0

    with pytest.raises(NoAnswer, match=r"within 0.05 s: --timeout"):
        run(main, timeout=0.05)
    assert cleaned == [True]


def test_own_timeout_of_the_command_is_not_taken_for_the_limit():
    async def main() -> int:
        with trio.fail_after(0.01):
            await trio.sleep(1)
        return 0

    with pytest.raises(trio.TooSlowError):
        run(main, timeout=20)


def test_a_start_that_takes_long_leaves_time_for_a_report(monkeypatch: pytest.MonkeyPatch):
    given: list[float] = []

    @asynccontextmanager
    async def slowly(*_: object, **__: object) -> AsyncIterator[None]:
        await trio.sleep(0.5)
        yield

    async def climb(port: object, options: object, asked: object, timeout: float) -> None:
        given.append(timeout)

    monkeypatch.setattr(_check, "resolve", slowly)
    monkeypatch.setattr(_check, "_climb", climb)
    asked: dict[str, object] = {"wait": 0, "only": None, "expect": None, "connect": False}
    run_check(None, Options(timeout=10.0), asked)
    assert given[0] <= (10.0 - 0.5) * 0.85
