# SPDX-License-Identifier: GPL-2.0-or-later
"""The page of faults names faults that there are, and says of qmiprobe what its tests hold."""

from __future__ import annotations

import pytest

from qmiprobe.sim import all_faults
from tests.docs.pages import DOCS, coded, rows
from tests.peers.fault_page import ACCEPTABLE, HEAD, row_of

PAGE = DOCS / "faults.md"
LISTED = {coded(row[0])[0]: row for row in rows(PAGE, head=HEAD)}


def test_every_condition_is_listed_and_is_a_fault_of_mbim_modems():
    assert list(LISTED) == list(ACCEPTABLE)
    assert len(LISTED) == 28
    assert all("mbim" in all_faults()[fault].protocols for fault in LISTED)


@pytest.mark.parametrize("fault", LISTED)
def test_what_stands_there_of_qmiprobe_is_what_it_does(fault: str):
    _, _, _, verdict, check, reason, _ = LISTED[fault]
    row = row_of(fault)
    assert verdict == "right"
    assert coded(check) == ([row.check] if row.check else [])
    assert reason == (row.reason or row.outcome)


def test_what_stands_there_of_mbimcli_is_one_of_three():
    assert {row[1] for row in LISTED.values()} <= {"right", "wrongly accepted", "failed"}
    for fault, row in LISTED.items():
        assert row[1] != ("wrongly accepted" if ACCEPTABLE[fault] else "right"), fault


def test_the_sums_are_those_of_the_table():
    text = PAGE.read_text(encoding="utf-8")
    for name, column in (("mbimcli", 1), ("qmiprobe", 3)):
        verdicts = [row[column] for row in LISTED.values()]
        sums = [f"{verdicts.count(one)} {one}" for one in ("right", "wrongly accepted", "failed")]
        assert f"* {name}: {', '.join(sums)};" in text


def test_what_both_said_is_there_for_each():
    text = PAGE.read_text(encoding="utf-8")
    for fault in LISTED:
        said = " ".join(text.partition(f"* `{fault}`: ")[2].partition("\n* ")[0].split())
        assert "mbimcli: " in said
        assert "qmiprobe: " in said
