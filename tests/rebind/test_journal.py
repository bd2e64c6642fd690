# SPDX-License-Identifier: GPL-2.0-or-later
"""The journal: one run at a time, nothing without it, nothing of another boot."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from qmiprobe.errors import CannotTest
from qmiprobe.rebind import Plan, RebindJournal, open_journal, read_leftover
from qmiprobe.rebind._journal import FILE
from tests.rebind.around import plan_of
from tests.rebind.kernel import Kernel


def begin(journal: RebindJournal) -> Plan:
    plan = plan_of(Kernel.with_modem("lt4112"))
    assert isinstance(plan, Plan)
    journal.begin(before=plan.before, target=plan.target, step=3, steps=14, what="echo 3 > x")
    return plan


def refused(folder: Path, why: str) -> None:
    with pytest.raises(CannotTest, match=why), open_journal(str(folder)):
        pass


def test_what_was_begun_is_read_by_the_next_run(tmp_path: Path):
    folder = str(tmp_path / "run")
    with open_journal(folder) as journal:
        assert journal.leftover is None
        plan = begin(journal)
        found = read_leftover(folder)
        assert found is not None
        assert found.under_way
    with open_journal(folder) as journal:
        left = journal.leftover
        assert left is not None
        assert (left.before, left.target) == (plan.before, plan.target)
        assert (left.step, left.steps, left.what) == (3, 14, "echo 3 > x")
        assert not left.under_way
        journal.end()
        journal.end()
    assert read_leftover(folder) is None


def test_two_runs_at_a_time_there_are_not(tmp_path: Path):
    with open_journal(str(tmp_path)):
        refused(tmp_path, "another rebind is under way")
    with open_journal(str(tmp_path)):
        pass


def test_a_folder_that_others_can_write_is_not_trusted(tmp_path: Path):
    tmp_path.chmod(0o777)
    refused(tmp_path, "other users can write there")


def test_where_it_cannot_be_written_nothing_is_begun(tmp_path: Path):
    with open_journal(str(tmp_path / "run")) as journal:
        shutil.rmtree(tmp_path / "run")
        with pytest.raises(CannotTest, match="without a journal nothing is changed"):
            begin(journal)
    (tmp_path / "plain").write_text("")
    refused(tmp_path / "plain", "without a journal")


@pytest.mark.parametrize(
    "change",
    [
        {"boot_id": "another boot"}, {"format": "qmiprobe-rebind-journal/2"}, {"before": {}},
        {"target": {}}, {"step": "x"}, {"what": None, "steps": None},
    ],
)  # fmt: skip
def test_what_is_not_of_this_boot_or_not_to_be_read_is_none(
    tmp_path: Path, change: dict[str, object]
):
    with open_journal(str(tmp_path)) as journal:
        begin(journal)
    file = tmp_path / FILE
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    assert read_leftover(str(tmp_path)) is None


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "[" * 10000])
def test_damage_is_no_journal(tmp_path: Path, text: str):
    (tmp_path / FILE).write_text(text)
    assert read_leftover(str(tmp_path)) is None


def test_a_link_is_not_followed(tmp_path: Path):
    with open_journal(str(tmp_path / "a")) as journal:
        begin(journal)
    (tmp_path / "b").mkdir(mode=0o700)
    (tmp_path / "b" / FILE).symlink_to(tmp_path / "a" / FILE)
    assert read_leftover(str(tmp_path / "b")) is None
