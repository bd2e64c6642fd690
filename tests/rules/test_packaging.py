# SPDX-License-Identifier: GPL-2.0-or-later
"""The wheel holds the program with its definitions and data, and nothing of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.requirements import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Build the wheel without any network and list what is inside."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
        timeout=100,
    )
    (wheel,) = folder.glob("*.whl")
    return frozenset(zipfile.ZipFile(wheel).namelist())


def _files(folder: Path, pattern: str) -> list[Path]:
    return [path for path in folder.rglob(pattern) if path.is_file()]


def test_wheel_holds_every_source_file(wheel_names: frozenset[str]):
    sources = {
        path.relative_to(CHECKOUT).as_posix() for path in _files(CHECKOUT / "qmiprobe", "*.py")
    }
    assert sources - wheel_names == set()


def test_wheel_holds_the_definitions(wheel_names: frozenset[str]):
    definitions = {
        f"qmiprobe/{path.relative_to(CHECKOUT).as_posix()}"
        for path in _files(CHECKOUT / "protocols", "*.toml")
    }
    assert definitions - wheel_names == set()
    assert any(name.startswith("qmiprobe/protocols/qmi/") for name in wheel_names)


def test_wheel_holds_data_and_typing_mark(wheel_names: frozenset[str]):
    data = {
        path.relative_to(CHECKOUT).as_posix()
        for pattern in ("*.toml", "*.json", "py.typed")
        for path in _files(CHECKOUT / "qmiprobe", pattern)
    }
    assert "qmiprobe/py.typed" in data
    assert data - wheel_names == set()


def test_wheel_holds_no_tests_and_no_tools(wheel_names: frozenset[str]):
    tops = {name.split("/")[0] for name in wheel_names}
    assert {top for top in tops if not top.startswith("qmiprobe")} == set()


def test_wheel_holds_the_licences(wheel_names: frozenset[str]):
    licences = {name.rpartition("/")[2] for name in wheel_names if "/licenses/" in name}
    assert {"LICENSE", "GPL-2.0-or-later.txt", "MIT.txt"} <= licences


def test_console_script_and_module_say_their_version():
    for command in ([f"{sys.prefix}/bin/qmiprobe"], [sys.executable, "-m", "qmiprobe"]):
        done = subprocess.run(
            [*command, "--version"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        assert done.stdout.startswith("qmiprobe ")
