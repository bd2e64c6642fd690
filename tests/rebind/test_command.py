# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe rebind`` on saved machines: the plan as text, script and document."""

from __future__ import annotations

import errno
import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import trio

from qmiprobe.cli._options import Options
from qmiprobe.cli._rebind import _Run
from qmiprobe.cli._rebind_output import Told
from qmiprobe.rebind import Engine, Plan, Target, open_journal, read_leftover
from qmiprobe.report import schema
from qmiprobe.sim._profile import load_profile
from qmiprobe.sim._sysroot import Machine, write_sysroot
from tests.cli.inside import run
from tests.cli.program import qmiprobe
from tests.host.tree import FakeDevice, FakeInterface, FakeTree
from tests.rebind.around import Manager, Port, modem_of, plan_of
from tests.rebind.kernel import Kernel, refuse


def saved(folder: Path, name: str, machine: Machine | None = None) -> str:
    root = folder / name
    write_sysroot(load_profile(name), root, machine=machine)
    return str(root)


def document(*words: str) -> tuple[int, dict[str, Any]]:
    done = run("rebind", *words, "--json")
    found = json.loads(done.out)
    jsonschema.Draft202012Validator(schema("rebind")).validate(found)
    assert found["exit_status"] == done.status
    return done.status, found


def test_the_plan_is_a_script_with_its_reasons(tmp_path: Path):
    done = qmiprobe("rebind", "--sysroot", saved(tmp_path, "lt4112"))
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("# 2-6 (03f0:581d HP lt4112")
    assert "echo 3 > /sys/bus/usb/devices/2-6/bConfigurationValue" in lines
    assert "#    undo: echo 2 > /sys/bus/usb/devices/2-6/bConfigurationValue" in lines
    assert [one for one in lines if one.startswith("#") and len(one) > 110] == []
    parsed = subprocess.run(["sh", "-n"], input=done.stdout, text=True, check=False)
    assert parsed.returncode == 0


def test_one_that_is_right_is_told_so(tmp_path: Path):
    root = saved(tmp_path, "ec25")
    done = run("rebind", "--sysroot", root)
    assert done.status == 0
    assert "that is so already" in done.out
    assert "echo" not in done.out
    assert document("--sysroot", root)[1]["outcome"] == "right"


@pytest.mark.parametrize(
    ("profile", "machine", "outcome", "status"),
    [
        ("lt4112", None, "planned", 0),
        ("ec25", Machine(authorized=False), "planned", 0),
        ("ec25", Machine(blacklisted=frozenset({"qmi_wwan"})), "planned", 0),
        ("ec25", Machine(missing=frozenset({"qmi_wwan"})), "no-help", 3),
        ("l850-ncm", None, "no-help", 3),
        (
            "lt4112",
            Machine(configuration=3, dynamic_ids={"qmi_wwan": ("03f0 581d",)},
                    drivers={0: "qmi_wwan"}),
            "planned", 0,
        ),
    ],
)  # fmt: skip
def test_its_document_is_as_the_schema_says(
    tmp_path: Path, profile: str, machine: Machine | None, outcome: str, status: int
):
    found_status, found = document("--sysroot", saved(tmp_path, profile, machine))
    assert (found_status, found["outcome"]) == (status, outcome)


def test_where_it_cannot_help_the_doctors_cause_stands_beside_it(tmp_path: Path):
    root = saved(tmp_path, "ec25", Machine(missing=frozenset({"qmi_wwan"})))
    _, found = document("--sysroot", root)
    assert "qmi_wwan" in found["no_help"]["why"]
    assert [one["id"] for one in found["findings"]] == ["driver/not-installed"]
    done = run("rebind", "--sysroot", root)
    assert "no rebind helps" in done.out
    assert "driver/not-installed" in done.out


def test_of_a_disc_it_says_how_that_becomes_a_modem_and_no_word_of_compositions(tmp_path: Path):
    tree = FakeTree(tmp_path)
    tree.add_usb(FakeDevice("1-1", "12d1:1f01", [FakeInterface(0, "08/06/50", "usb-storage")]))
    done = run("rebind", "--sysroot", tree.sysroot)
    assert (done.status, done.out.splitlines()[-1]) == (3, "usb_modeswitch -v 12d1 -p 1f01 -J")
    assert "composition" not in done.out


def test_without_any_modem_it_says_what_the_doctor_says(tmp_path: Path):
    (tmp_path / "sys").mkdir()
    done = run("rebind", "--sysroot", str(tmp_path))
    assert done.status == 3
    assert "no modem" in done.out


def test_the_lasting_files_are_printed_or_written(tmp_path: Path):
    root = saved(tmp_path, "lt4112")
    words = ("rebind", "--sysroot", root, "--driver", "qmi_wwan")
    done = run(*words, "--udev-rule")
    assert done.status == 0
    assert 'ATTR{bConfigurationValue}="1"' in done.out
    assert "usb_modeswitch.d" not in done.out
    done = run(*words, "--install", str(tmp_path / "root"))
    assert done.status == 0
    assert (tmp_path / "root/etc/udev/rules.d/50-qmiprobe-03f0-581d.rules").exists()
    assert "50-qmiprobe-03f0-581d.rules" in done.out


@pytest.mark.parametrize(
    "words",
    [
        ("--apply", "--roll-back"), ("--apply", "--finish"), ("--check",), ("--driver", "option"),
        ("--configuration", "0"), ("--configuration", "x"), ("--apply", "--sysroot", "/proc"),
        ("--roll-back", "--check"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_a_usage_error(words: tuple[str, ...]):
    assert run("rebind", "2-6", *words).status == 2


@pytest.mark.parametrize("word", ["--finish", "--roll-back"])
def test_without_a_killed_run_there_is_nothing_to_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
):
    monkeypatch.setenv("QMIPROBE_RUNTIME_DIR", str(tmp_path / "run"))
    assert run("rebind", "9-9", word).status == 3


def test_a_modem_without_a_bus_is_refused():
    assert run("rebind", "sim:ec25").status == 2


def test_help_loads_nothing_heavy_and_has_examples():
    done = qmiprobe("rebind", "--help")
    assert done.returncode == 0
    assert "qmiprobe rebind 2-6 --apply --check" in done.stdout


def test_doctor_and_check_tell_of_a_rebind_that_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("QMIPROBE_RUNTIME_DIR", str(tmp_path / "run"))
    kernel = Kernel.with_modem("lt4112")
    plan = plan_of(kernel)
    assert isinstance(plan, Plan)
    with open_journal() as journal:
        journal.begin(before=plan.before, target=plan.target, step=3, steps=14, what="echo")
    for command in ("doctor", "check"):
        done = run(command, "9-9")
        assert "a rebind of 2-6 was killed at step 3 of 14" in done.err, command
    done = run("rebind", "9-9", "--roll-back")
    assert done.status == 3
    assert "a rebind of 2-6, not of 9-9" in done.err


class Silent(Port):
    """A port that never answers; from then on, the machine may refuse every write."""

    refuses = False

    async def answer(self, node: str, target: Target, *, timeout: float) -> str:
        """Wait for ever."""
        if self.refuses:
            self.kernel.before_write = lambda number: refuse(errno.EIO)
        await trio.sleep_forever()
        raise AssertionError


async def hangs(one: _Run) -> int:
    """Do what a run does that changes the configuration, and then hears nothing from the port."""
    kernel = Kernel.with_modem("lt4112")
    plan = plan_of(kernel)
    assert isinstance(plan, Plan)
    one._told = Told(modem=modem_of(kernel), plan=plan)
    with open_journal() as journal:
        one._engine = engine = Engine(kernel, journal, Manager().inhibited, Silent(kernel))
        await engine.apply(plan)
    raise AssertionError("it was to wait")


@pytest.mark.parametrize("refuses", [False, True], ids=["all is taken back", "not all is"])
def test_a_run_that_takes_too_long_says_what_it_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refuses: bool
):
    monkeypatch.setenv("QMIPROBE_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setattr(Silent, "refuses", refuses)
    monkeypatch.setattr(_Run, "main", hangs)
    status, found = document("2-6", "--apply", "--timeout", "0.3")
    assert (status, found["outcome"]) == (1, "timed-out")
    assert "did not finish within 0.3 s" in found["error"]
    assert found["before"]["configuration"] == 2
    assert bool(found["left"]) is refuses
    assert {one["did"] for one in found["steps"] if one["op"] == "verify"} == {None}
    left = read_leftover()
    if not refuses:
        assert (found["interrupted"], left) == (None, None)
    else:
        assert left is not None
        assert found["interrupted"]["step"] == left.step
    done = run("rebind", "2-6", "--apply", "--timeout", "0.3")
    said = "what was done is taken back" if not refuses else "--roll-back` takes the rest back"
    assert said in done.err


def test_a_way_back_that_takes_too_long_says_what_the_journal_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("QMIPROBE_RUNTIME_DIR", str(tmp_path / "run"))
    plan = plan_of(Kernel.with_modem("lt4112"))
    assert isinstance(plan, Plan)
    with open_journal() as journal:
        journal.begin(before=plan.before, target=plan.target, step=3, steps=14, what="echo")

    async def waits(one: _Run) -> int:
        await trio.sleep_forever()
        return 0

    monkeypatch.setattr(_Run, "main", waits)
    status, found = document("2-6", "--roll-back", "--timeout", "0.1")
    assert (status, found["outcome"], found["device"]["name"]) == (1, "timed-out", "2-6")
    assert (found["interrupted"]["step"], found["before"]["configuration"]) == (3, 2)


def test_a_run_that_is_out_of_time_before_it_begins_says_so(monkeypatch: pytest.MonkeyPatch):
    async def waits(one: _Run) -> int:
        await trio.sleep_forever()
        return 0

    monkeypatch.setattr(_Run, "main", waits)
    status, found = document("2-6", "--apply", "--timeout", "0.1")
    assert (status, found["outcome"], found["device"]) == (4, "timed-out", None)
    done = run("rebind", "2-6", "--apply", "--timeout", "0.1")
    assert (done.status, done.out) == (4, "")
    assert "nothing was changed" in done.err


def test_the_smoke_test_knows_every_option_of_a_check():
    from qmiprobe.cli.check import command as check
    from qmiprobe.cli.rebind import _CHECK_DEFAULTS

    shared = {"device", *Options.__dataclass_fields__}
    assert {param.name for param in check.params} - shared == set(_CHECK_DEFAULTS)
