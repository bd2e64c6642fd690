# SPDX-License-Identifier: GPL-2.0-or-later
"""What remedies print for other programs is what those take: udev's rules, usb_modeswitch's words.

Asked are the programs themselves, of what all cases of the rules print.
"""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.diagnosis.cases import Case
from tests.diagnosis.test_rules import CASES, finding_of
from tests.udev import what_udev_says

_RULES = "/etc/udev/rules.d/"


def printed(case: Case) -> tuple[str, ...]:
    """Return all lines of the case's remedy that are for a shell."""
    finding = finding_of(case)
    assert finding is not None
    remedy = finding.remedy
    return (*remedy.commands, *remedy.undo, *remedy.lasting)


def written_rules() -> dict[str, str]:
    """Return the rules files that remedies write with ``echo``, under names that tell whose."""
    found: dict[str, str] = {}
    for case in CASES:
        for line in printed(case):
            words = shlex.split(line) if f"> {_RULES}" in line else []
            if words[:1] == ["echo"] and words[-2] == ">":
                name = f"{len(found):03}-{case.rule.replace('/', '-')}.rules"
                found[name] = " ".join(words[1:-2]) + "\n"
    return found


@pytest.mark.needs("udevadm")
def test_udev_takes_every_rule_that_a_remedy_writes(tmp_path: Path):
    rules = written_rules()
    assert len({name[4:] for name in rules}) > 5
    assert what_udev_says(rules, tmp_path) == []


def mode_switches() -> set[str]:
    return {line for case in CASES for line in printed(case) if line.startswith("usb_modeswitch")}


@pytest.mark.needs("usb_modeswitch")
@pytest.mark.parametrize("line", sorted(mode_switches()))
def test_usb_modeswitch_takes_the_command_and_finds_no_such_disc(line: str):
    # An id that nothing has: the words are what is tried, and nothing is to be switched here.
    words = ["fff1" if word == "12d1" else word for word in shlex.split(line)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, "No devices in default mode" in done.stdout) == (0, True), done
    wrong = [*words, "--no-such-word"]
    refused = subprocess.run(wrong, capture_output=True, text=True, timeout=30, check=False)
    assert refused.returncode == 1


def test_a_disc_of_every_kind_is_among_them():
    assert {line.split()[-1] for line in mode_switches()} == {"-J", "-K"}


_OWN = 'DefaultVendor=0x03f0\nConfiguration=1\nMessageContent="55"\n'


def test_what_sets_the_configuration_goes_out_of_an_own_file_and_comes_back(tmp_path: Path):
    folder = "/etc/usb_modeswitch.d"
    (lines,) = (
        (one, back)
        for case in CASES
        for one in printed(case)
        for back in printed(case)
        if f"NoMBIMCheck=1' {folder}" in one and "/NoMBIMCheck=1$/d" in back.replace("^", "")
    )
    file = tmp_path / "03f0:581d"
    file.write_text(_OWN)
    there, back = (line.replace(f"{folder}/03f0:581d", str(file)) for line in lines)
    subprocess.run(["sh", "-c", there], check=True)
    assert file.read_text() == _OWN.replace("Conf", "#Conf") + "NoMBIMCheck=1\n"
    subprocess.run(["sh", "-c", back], check=True)
    assert file.read_text() == _OWN
