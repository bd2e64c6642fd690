# SPDX-License-Identifier: GPL-2.0-or-later
"""What came of a rebind, as it is told: documents that fit the schema, lines, exit statuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from qmiprobe import rebind
from qmiprobe.cli._options import Options
from qmiprobe.cli._rebind_output import Told, Voice
from qmiprobe.rebind import Plan, open_journal
from qmiprobe.rebind._engine import Engine, Result
from qmiprobe.report import schema
from tests.rebind.around import Manager, Port, modem_of, plan_of
from tests.rebind.kernel import Kernel


def checked(text: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator(schema("rebind")).validate(document)
    return document


async def _carried_out(kernel: Kernel, folder: Path, voice: Voice) -> tuple[Told, Result]:
    plan = plan_of(kernel)
    assert isinstance(plan, Plan)
    told = Told(modem=modem_of(kernel), plan=plan)
    with open_journal(str(folder / "run")) as journal:
        engine = Engine(kernel, journal, Manager().inhibited, Port(kernel), voice.step)
        return told, await engine.apply(plan)


@pytest.mark.parametrize(("silent", "outcome"), [(False, "applied"), (True, "rolled-back")])
async def test_the_document_of_what_was_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, silent: bool, outcome: str
):
    kernel, voice = Kernel.with_modem("lt4112"), Voice(Options(json=True))
    kernel.silent = silent
    told, result = await _carried_out(kernel, tmp_path, voice)
    status = voice.came_of_it(told, result)
    document = checked(capsys.readouterr().out)
    assert document["outcome"] == outcome
    assert document["exit_status"] == status == int(silent)
    assert document["before"]["configuration"] == 2
    assert document["after"]["configuration"] == (2 if silent else 3)
    did = {step["op"]: step["did"] for step in document["steps"]}
    assert did["verify"] == ("failed" if silent else "done")
    assert did["bind"] == "done"


async def test_the_lines_of_what_was_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    kernel, voice = Kernel.with_modem("lt4112"), Voice(Options())
    told, result = await _carried_out(kernel, tmp_path, voice)
    capsys.readouterr()
    assert voice.came_of_it(told, result) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "done: /dev/cdc-wdm0 answers: an answer" in said.out
    assert "--install /" in said.out


async def test_the_lines_of_what_was_taken_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    kernel, voice = Kernel.with_modem("lt4112"), Voice(Options())
    kernel.silent = True
    told, result = await _carried_out(kernel, tmp_path, voice)
    assert voice.came_of_it(told, result) == 1
    said = capsys.readouterr()
    assert "all of it was taken back: the modem is as it was" in said.err
    assert "silence" in said.err


def test_a_killed_run_taken_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    plan = plan_of(Kernel.with_modem("lt4112"))
    assert isinstance(plan, Plan)
    with open_journal(str(tmp_path / "run")) as journal:
        journal.begin(before=plan.before, target=plan.target, step=3, steps=9, what="echo")
    leftover = rebind.read_leftover(str(tmp_path / "run"))
    assert leftover is not None
    for left, status in (((), 0), (("configuration: 1, was 2",), 1)):
        assert Voice(Options(json=True)).rolled_back(leftover, left) == status
        assert checked(capsys.readouterr().out)["left"] == list(left)
        assert Voice(Options()).rolled_back(leftover, left) == status
        assert "2-6" in "".join(capsys.readouterr())


def test_one_that_would_do_harm(capsys: pytest.CaptureFixture[str]):
    from dataclasses import replace

    kernel = Kernel.with_modem("lt4112")
    plan = plan_of(kernel)
    assert isinstance(plan, Plan)
    told = Told(modem=modem_of(kernel), plan=replace(plan, refusals=("wwan0 is in use",)))
    assert Voice(Options(json=True)).refused(told) == 3
    assert checked(capsys.readouterr().out)["refusals"] == ["wwan0 is in use"]
    assert Voice(Options()).refused(told) == 3
    assert "--force" in capsys.readouterr().err


def test_an_interrupted_one_is_told_with_its_plan(capsys: pytest.CaptureFixture[str]):
    kernel = Kernel.with_modem("lt4112")
    plan = plan_of(kernel)
    assert isinstance(plan, Plan)
    leftover = rebind.Leftover(
        before=plan.before, target=plan.target, step=3, steps=9, what="echo 3 > x"
    )
    told = Told(modem=modem_of(kernel), plan=plan, leftover=leftover)
    assert Voice(Options(json=True)).planned(told) == 0
    assert checked(capsys.readouterr().out)["interrupted"]["step"] == 3
    assert Voice(Options()).planned(told) == 0
    said = capsys.readouterr().out
    assert "--finish" in said
    assert "--roll-back" in said
