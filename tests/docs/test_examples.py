# SPDX-License-Identifier: GPL-2.0-or-later
"""The files in docs/examples are what udev and systemd take, and call qmiprobe as it is."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from qmiprobe.rebind._install import check_rules
from tests.cli.program import qmiprobe
from tests.docs.pages import DOCS
from tests.udev import what_udev_says

EXAMPLES = DOCS / "examples"
UNITS = sorted(EXAMPLES.glob("*.service"))
RULES = sorted(EXAMPLES.glob("*.rules"))
_TERM = r'[A-Z_]+(?:\{[^}]+\})?(?:==|!=|\+=|=)"[^"]*"'


def command_of(unit: Path) -> list[str]:
    (line,) = re.findall(r"^ExecStart=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
    return shlex.split(line)


@pytest.mark.needs("systemd-analyze")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_finds_no_fault_in_a_unit(unit: Path, tmp_path: Path):
    program = command_of(unit)[0]
    text = unit.read_text(encoding="utf-8").replace(program, sys.executable)
    copy = tmp_path / unit.name.replace("@", "@2-6")
    copy.write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    about_it = [line for line in done.stderr.splitlines() if unit.name.partition("@")[0] in line]
    assert (done.returncode, about_it) == (0, []), done.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_units_command_is_one_that_qmiprobe_knows(unit: Path, tmp_path: Path):
    _, *words = command_of(unit)
    words = [word.replace("%i", "2-6") for word in words if not word.startswith("$")]
    words[words.index("--wait") + 1] = "0.1"
    done = qmiprobe(*words, "--sysroot", str(tmp_path))
    assert done.returncode == 3, done.stderr
    assert '"usb.enumerated"' in done.stdout


@pytest.mark.parametrize("rules", RULES, ids=lambda path: path.name)
def test_a_rule_is_well_formed(rules: Path):
    text = rules.read_text(encoding="utf-8")
    checked = check_rules(text)
    assert checked.fine, checked.said
    lines = [one for one in text.replace("\\\n", "").splitlines() if one and one[0] != "#"]
    assert lines
    for line in lines:
        assert re.fullmatch(rf"{_TERM}(?:,\s+{_TERM})*", line), line


@pytest.mark.needs("udevadm")
def test_udev_takes_the_rules(tmp_path: Path):
    rules = {one.name: one.read_text(encoding="utf-8") for one in RULES}
    assert what_udev_says(rules, tmp_path) == []


def test_every_example_is_told_of_in_a_page():
    said = "".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    for path in EXAMPLES.iterdir():
        assert f"examples/{path.name})" in said, path.name


def test_the_rule_starts_the_unit_that_is_there():
    (rule,) = [one.read_text(encoding="utf-8") for one in RULES if "smoke" in one.name]
    assert "qmiprobe-smoke@$kernel.service" in rule
    assert (EXAMPLES / "qmiprobe-smoke@.service").exists()
