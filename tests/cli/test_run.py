# SPDX-License-Identifier: GPL-2.0-or-later
"""The bridge to trio: results, errors and the time limit pass through unchanged."""

from __future__ import annotations

import pytest
import trio

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
