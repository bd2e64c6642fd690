# SPDX-License-Identifier: GPL-2.0-or-later
"""The suite's own hooks: each is shown to work, and to fail where it must."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import trio
import trio.testing
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import requirements

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = "import pytest, time, trio\n"


def _run(folder: Path, code: str, *options: str, ci: bool = False) -> str:
    """Run ``code`` as a test file of this suite in a pytest of its own; its output."""
    (folder / "test_inner.py").write_text(_HEAD + code, encoding="utf-8")
    environment = {**os.environ, "CI": "true" if ci else "", "COLUMNS": "100"}
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-rs", "--rootdir", str(requirements.CHECKOUT)),
            *("-c", str(requirements.CHECKOUT / "pyproject.toml"), "-p", "tests.conftest"),
            *("-p", "no:cacheprovider", str(folder), *options),
        ],
        capture_output=True,
        text=True,
        cwd=requirements.CHECKOUT,
        env=environment,
        timeout=60,
        check=False,
    )
    return done.stdout + done.stderr


async def test_async_test_runs_under_trio():
    assert trio.current_time() > 0


@pytest.mark.autojump
async def test_autojump_marker_makes_an_hour_pass_at_once():
    before = time.monotonic()
    await trio.sleep(3600)
    assert time.monotonic() - before < 10


async def test_autojump_fixture_is_the_clock_the_test_runs_on(
    autojump_clock: trio.testing.MockClock,
):
    await trio.sleep(7)
    assert autojump_clock.current_time() == pytest.approx(7, abs=0.01)


@settings(max_examples=3)
@given(number=st.integers())
async def test_hypothesis_drives_async_tests(number: int):
    await trio.lowlevel.checkpoint()
    assert isinstance(number, int)


def test_failing_async_test_fails(tmp_path: Path):
    output = _run(tmp_path, "async def test_it():\n    assert trio.current_time() < 0\n")
    assert "1 failed" in output


def test_missing_requirement_skips_with_the_way_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("QMIPROBE_VECTORS", str(tmp_path / "nowhere"))
    code = "@pytest.mark.needs('vectors')\ndef test_it(): pass\n"
    output = _run(tmp_path, code)
    assert "1 skipped" in output
    assert "QMIPROBE_VECTORS names" in output


def test_missing_requirement_fails_in_ci(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("QMIPROBE_VECTORS", str(tmp_path / "nowhere"))
    code = "@pytest.mark.needs('vectors')\ndef test_it(): pass\n"
    assert "1 error" in _run(tmp_path, code, ci=True)


def test_requirement_that_ci_is_excused_from_is_skipped_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("QMIPROBE_VECTORS", str(tmp_path / "nowhere"))
    code = (
        "from tests import requirements\n"
        "requirements.excused = lambda: {'vectors': 'not there'}\n"
        "@pytest.mark.needs('vectors')\ndef test_it(): pass\n"
    )
    assert "1 skipped" in _run(tmp_path, code, ci=True)


@pytest.mark.parametrize(
    "code",
    ["def test_it(): pytest.skip('no time')\n", "pytest.skip('no', allow_module_level=True)\n"],
    ids=["a test", "a module"],
)
def test_any_other_skip_fails_in_ci_too(tmp_path: Path, code: str):
    assert "ci-cannot.txt" in _run(tmp_path, code, ci=True)


def test_soak_runs_only_when_asked_for(tmp_path: Path):
    code = "@pytest.mark.soak\ndef test_long(): pass\ndef test_short(): pass\n"
    assert "1 passed, 1 deselected" in _run(tmp_path, code)
    assert "test_long PASSED" in _run(tmp_path, code, "--soak", "-v")


def test_test_without_end_is_ended(tmp_path: Path):
    code = "@pytest.mark.time_limit(0.5)\ndef test_it(): time.sleep(30)\n"
    assert "did not finish within 0.5 s" in _run(tmp_path, code)


def test_excuses_need_a_known_requirement_and_a_reason():
    text = "# comment\n\ntun  no /dev/net/tun there  # seen 2026-11\n"
    assert requirements.read_excuses(text) == {"tun": "no /dev/net/tun there"}
    for wrong in ("tun", "wings cannot fly"):
        with pytest.raises(ValueError, match="ci-cannot"):
            requirements.read_excuses(wrong)


def test_every_requirement_can_be_probed():
    for name in requirements.NAMES:
        assert requirements.missing(name) is None or len(requirements.missing(name) or "") > 10
