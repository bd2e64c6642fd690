# SPDX-License-Identifier: GPL-2.0-or-later
"""``call --repeat N --at-once M``: sooner done, with the same answers in the same order."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.inside import run

TWO = ("dms.get-model", "--then", "dms.get-manufacturer")


def test_the_answers_come_in_order():
    ended = run("call", "sim:ec25", *TWO, "--repeat", "9", "--at-once", "4", "--json")
    assert ended.status == 0
    assert [one["message"] for one in ended.objects] == ["get-model", "get-manufacturer"] * 9
    numbers = [one["transaction"] for one in ended.objects]
    assert len(set(numbers)) == 18
    assert all(one["latency_ms"] > 0 for one in ended.objects)


def test_no_more_are_under_way_than_was_said(tmp_path: Path):
    path = tmp_path / "trace"
    done = run(
        *("call", "sim:ec25", "dms.get-model", "--repeat", "8", "--at-once", "3"),
        *("--trace", str(path)),
    )
    assert done.status == 0
    open_now, most = 0, 0
    for line in path.read_text("utf-8").splitlines()[1:]:
        open_now += 1 if json.loads(line)["dir"] == "to-device" else -1
        most = max(most, open_now)
    assert (open_now, most) == (0, 3)


def test_one_client_id_serves_all_rounds(tmp_path: Path):
    path = tmp_path / "trace"
    run("call", "sim:ec25", *TWO, "--repeat", "6", "--at-once", "4", "--trace", str(path))
    names = [json.loads(line)["name"] for line in path.read_text("utf-8").splitlines()[1:]]
    assert names.count("ctl allocate-cid request") == 1
    assert names.count("dms get-manufacturer response") == 6
    assert names[-1] == "ctl release-cid response"


def test_a_refusal_ends_its_round_and_no_other():
    words = ("dms.uim-verify-pin", "info.pin-id=pin", "info.pin=0000", "--then", "dms.get-model")
    ended = run("call", "sim:ec25", *words, "--repeat", "5", "--at-once", "2", "--json")
    alone = run("call", "sim:ec25", *words, "--repeat", "5", "--json")
    assert [one["message"] for one in ended.objects] == [one["message"] for one in alone.objects]
    assert [one["message"] for one in ended.objects] == ["uim-verify-pin"] * 5
    assert (ended.status, ended.err) == (alone.status, alone.err)


def test_mbim_takes_several_too():
    words = ("basic-connect.radio-state", "--repeat", "7", "--at-once", "4", "--json")
    ended = run("call", "sim:em7455", *words)
    assert ended.status == 0
    assert [one["message"] for one in ended.objects] == ["radio-state"] * 7


def test_an_interval_is_none_of_these():
    words = ("dms.get-model", "--repeat", "2", "--at-once", "2", "--interval", "1")
    ended = run("call", "sim:ec25", *words)
    assert ended.status == 2
    assert "contradict" in ended.err
