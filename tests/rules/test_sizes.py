# SPDX-License-Identifier: GPL-2.0-or-later
"""No hand-written file grows above 400 lines; the median is shown."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

import pytest

from tests.requirements import CHECKOUT
from tests.rules.rooms import GENERATED

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 400
_FOLDERS = ("qmiprobe", "tests", "benchmarks")


def _hand_written() -> list[Path]:
    generated = [CHECKOUT / "qmiprobe" / folder for folder in GENERATED]
    return sorted(
        path
        for folder in _FOLDERS
        for path in (CHECKOUT / folder).rglob("*.py")
        if not any(path.is_relative_to(folder) for folder in generated)
    )


def _lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def test_no_hand_written_file_is_too_long(capsys: pytest.CaptureFixture[str]):
    files = {path.relative_to(CHECKOUT): _lines(path) for path in _hand_written()}
    ours = [count for path, count in files.items() if path.parts[0] == "qmiprobe" and count > 3]
    with capsys.disabled():
        print(
            f" [{len(ours)} hand-written files, median {statistics.median(ours):g} lines] ", end=""
        )
    assert {str(path): count for path, count in files.items() if count > LIMIT} == {}


def test_every_source_names_its_licence():
    first = "# SPDX-License-Identifier: GPL-2.0-or-later"
    without = [
        str(path.relative_to(CHECKOUT))
        for path in _hand_written()
        if not path.read_text(encoding="utf-8").startswith(first)
    ]
    assert without == []


@pytest.mark.parametrize("protocol", ["qmi", "mbim"])
def test_every_definition_names_its_licences(protocol: str):
    first = "# SPDX-License-Identifier: GPL-2.0-or-later OR MIT"
    without = [
        path.name
        for path in (CHECKOUT / "protocols" / protocol).glob("*.toml")
        if not path.read_text(encoding="utf-8").startswith(first)
    ]
    assert without == []
