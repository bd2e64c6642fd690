# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe doctor``: text, JSON, JUnit and exit statuses of saved machines."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from qmiprobe.report import schema
from qmiprobe.sim import load_profile
from qmiprobe.sim._sysroot import Machine, write_sysroot
from tests.cli.inside import run
from tests.cli.program import python


@pytest.fixture(name="lt4112")
def _lt4112(tmp_path: Path) -> str:
    folder = tmp_path / "lt4112"
    write_sysroot(load_profile("lt4112"), folder)
    return str(folder)


def test_a_finding_comes_with_evidence_commands_undo_and_what_lasts(lt4112: str):
    done = run("doctor", "--sysroot", lt4112)
    assert done.status == 1
    for part in (
        "Cause: USB configuration 2 is set",
        "(usb/wrong-configuration)",
        "    echo 3 > /sys/bus/usb/devices/2-6/bConfigurationValue",
        "To undo it:",
        "    echo 2 > /sys/bus/usb/devices/2-6/bConfigurationValue",
        "To make it last:",
        "(exit status 1)",
    ):
        assert part in done.out
    commands = [line for line in done.lines if line.startswith("    ")]
    assert all(len(line) <= 80 for line in done.lines if line not in commands)


def test_the_document_is_a_report_by_its_schema(lt4112: str):
    done = run("doctor", "--sysroot", lt4112, "--json")
    document = json.loads(done.out)
    jsonschema.Draft202012Validator(schema("report")).validate(document)
    assert document["exit_status"] == done.status == 1
    assert document["device"]["usb"] == "2-6"
    assert [one["id"] for one in document["findings"]] == ["usb/wrong-configuration"]
    assert "modem" not in document["checks"][0]


def test_the_wanted_protocol_decides_which_configuration_is_right(lt4112: str):
    done = run("doctor", "qmi:2-6", "--sysroot", lt4112, "--json")
    (finding,) = json.loads(done.out)["findings"]
    assert finding["remedy"]["commands"] == [
        "echo 1 > /sys/bus/usb/devices/2-6/bConfigurationValue"
    ]


def test_a_healthy_machine_gives_no_finding_and_status_0(tmp_path: Path):
    write_sysroot(load_profile("ec25"), tmp_path)
    done = run("doctor", "--sysroot", str(tmp_path))
    assert (done.status, "Cause" in done.out) == (0, False)
    assert "PASS (exit status 0)" in done.out


def test_a_machine_without_a_modem_gives_status_3(tmp_path: Path):
    done = run("doctor", "--sysroot", str(tmp_path))
    assert done.status == 3
    assert "Linux shows no modem" in done.out


def test_advice_counts_as_a_finding_and_the_document_says_so(tmp_path: Path):
    machine = Machine(dynamic_ids={"qmi_wwan": ("2c7c 0125",)})
    write_sysroot(load_profile("ec25"), tmp_path, machine=machine)
    done = run("doctor", "--sysroot", str(tmp_path), "--json")
    document = json.loads(done.out)
    assert (document["outcome"], document["exit_status"], done.status) == ("warn", 1, 1)


def test_junit_has_each_check(lt4112: str, tmp_path: Path):
    file = tmp_path / "junit.xml"
    done = run("doctor", "--sysroot", lt4112, "--junit", str(file), "--json")
    assert done.status == 1
    text = file.read_text(encoding="utf-8")
    assert 'name="usb.power"' in text
    assert "usb/wrong-configuration" in text


def test_with_probe_a_simulated_modem_is_asked(tmp_path: Path):
    done = run("doctor", "sim:ec25", "--probe", "--json")
    ended = {one["id"]: one["outcome"] for one in json.loads(done.out)["checks"]}
    assert done.status == 0
    assert ended["control.protocol"] == "pass"
    assert run("doctor", "sim:ec25", "--json").status == 0


def test_nothing_is_opened_or_sent_without_probe(lt4112: str):
    """By what is loaded: a run on files alone needs no transport and no protocol."""
    code = (
        "import sys; from qmiprobe.cli import _main;"
        f"_main._run(['doctor', '--sysroot', {lt4112!r}]);"
        "print(sorted(name for name in sys.modules if name in"
        " ('rich', 'scapy', 'pyroute2', 'serial', 'qmiprobe.transport._wdm')))"
    )
    done = python(code)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_an_address_that_is_none_is_a_usage_error():
    assert run("doctor", "no/such:thing").status == 2
