# SPDX-License-Identifier: GPL-2.0-or-later
"""Completion of addresses, down to what a real bash makes of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

import qmiprobe
from qmiprobe.address import NetdevAddress
from qmiprobe.cli import _device
from qmiprobe.cli._device import DeviceType, candidates, fault_names, profile_names

_PROGRAM = """\
#!{python}
import click
from qmiprobe.cli import _completion, _device
_device.profile_names = lambda: ["ec25", "em7455"]
_device.fault_names = lambda: ["no-sim", "no-dns"]
_completion.install()
@click.command()
@click.argument("device", type=_device.DeviceType())
def probe(device): pass
probe(prog_name="probe")
"""
_BASH = """\
eval "$(_PROBE_COMPLETE=bash_source probe)"
compopt() {{ :; }}
COMP_LINE={line}; COMP_POINT=${{#COMP_LINE}}
_probe_completion probe
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture(autouse=True)
def _simulated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_device, "profile_names", lambda: ["ec25", "em7455"])
    monkeypatch.setattr(_device, "fault_names", lambda: ["no-sim", "no-dns"])


@pytest.mark.parametrize(
    ("incomplete", "words"),
    [
        ("sim:", ["sim:ec25", "sim:em7455"]),
        ("sim:em", ["sim:em7455"]),
        ("qmi:sim:ec", ["qmi:sim:ec25"]),
        ("sim:ec25?", ["sim:ec25?fault=no-sim", "sim:ec25?fault=no-dns"]),
        ("sim:ec25?fault=no-d", ["sim:ec25?fault=no-dns"]),
        ("sim:ec25?fault=no-sim&fault=no-d", ["sim:ec25?fault=no-sim&fault=no-dns"]),
        ("qm", ["qmi-proxy:", "qmi:"]),
        ("mbim:r", ["mbim:replay:"]),
        ("zzz", []),
    ],
)
def test_addresses_are_completed(incomplete: str, words: list[str]):
    found = sorted(word for word, kind in candidates(incomplete) if kind == "plain")
    assert found == sorted(words)


@pytest.mark.parametrize(
    ("incomplete", "path"), [("/dev/cd", "/dev/cd"), ("wdm:/dev/c", "/dev/c"), ("replay:t", "t")]
)
def test_paths_are_left_to_the_shell(incomplete: str, path: str):
    assert list(candidates(incomplete)) == [(path, "file")]


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here: install it")
@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ("probe sim:", ["ec25", "em7455"]),
        ("probe 'sim:", ["sim:ec25", "sim:em7455"]),
        ("probe sim:ec25?fault=no-d", ["no-dns"]),
        ("probe si", ["sim:"]),
    ],
)
def test_bash_gets_what_it_lacks_of_the_word(tmp_path: Path, line: str, reply: list[str]):
    program = tmp_path / "probe"
    program.write_text(_PROGRAM.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    quoted = '"' + line + '"'
    done = subprocess.run(
        ["bash", "--norc", "-c", _BASH.format(line=quoted)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
    )
    assert done.stdout.splitlines() == reply, done.stderr


def test_names_come_from_the_data_files_of_the_simulated_modems():
    folder = Path(qmiprobe.__file__).parent / "sim"
    assert profile_names() == sorted(path.stem for path in (folder / "profiles").glob("*.toml"))
    assert bool(fault_names()) == (folder / "faults.toml").is_file()


def test_device_argument_is_an_address():
    assert DeviceType().convert("wwan0", None, None) == NetdevAddress(name="wwan0")


def test_wrong_device_is_a_usage_error():
    with pytest.raises(click.BadParameter, match="did you mean 'wdm:'"):
        DeviceType().convert("wmd:/dev/cdc-wdm0", None, None)
