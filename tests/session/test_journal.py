# SPDX-License-Identifier: GPL-2.0-or-later
"""Sessions' journals: what is read back is what was written, and nothing of another boot counts."""

from __future__ import annotations

import json
import os
from ipaddress import ip_address, ip_interface
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.bearer import BearerFacts, FamilyFacts
from qmiprobe.errors import CannotTest
from qmiprobe.session import Running, SessionJournal, held_bearer, new_journal, sessions
from qmiprobe.session._bearer_json import step_of
from qmiprobe.session._steps import (
    Address,
    Kept,
    LinkUp,
    MbimSession,
    Mtu,
    ResolvConf,
    Route,
    as_json,
    from_json,
)

BEARER = BearerFacts(
    netdev="wwan0",
    families=(
        FamilyFacts(
            family=4,
            interface=ip_interface("10.64.1.2/30"),
            gateway=ip_address("10.64.1.1"),
            dns=(ip_address("192.0.2.53"),),
            mtu=1430,
        ),
        FamilyFacts(family=6, interface=ip_interface("2001:db8:1::2/64")),
    ),
    session_id=2,
)
STEPS = (
    LinkUp(index=3),
    Mtu(index=3, before=1500, after=1430),
    Address(index=3, address="10.64.1.2", prefix=30),
    Route(index=3, family=4, gateway=None, metric=4096),
    ResolvConf(path="/etc/resolv.conf", after="x", before=None, link="stub", mode=0o644),
    MbimSession(session_id=2),
)


def _new(folder: Path) -> SessionJournal:
    return new_journal(
        address="/dev/cdc-wdm0", netdev="wwan0", protocol="qmi", node=None, folder=str(folder)
    )


def _left(folder: Path) -> list[SessionJournal]:
    found = list(sessions(folder=str(folder)))
    assert all(isinstance(one, SessionJournal) for one in found)
    return [one for one in found if isinstance(one, SessionJournal)]


def _abandon(journal: SessionJournal) -> None:
    """Let go of it as the kernel does for a process that is killed."""
    os.close(journal._descriptor)
    journal._descriptor = -1


def test_each_step_is_the_same_when_it_is_read_back():
    for step in (*STEPS, step_of(BEARER), Kept()):
        assert from_json(json.loads(json.dumps(as_json(step)))) == step


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner)))
def test_what_is_no_step_is_none(value: object):
    assert from_json(value) is None
    assert from_json({"kind": "mtu", "index": value}) is None
    assert from_json({"kind": "route", "index": 1, "family": 4, "gateway": 5, "metric": 1}) is None


def test_steps_that_were_left_are_found_in_order(tmp_path: Path):
    journal = _new(tmp_path / "run")
    for step in STEPS:
        journal.push(step)
    assert journal.drop() == STEPS[-1]
    _abandon(journal)
    (left,) = _left(tmp_path / "run")
    assert left.steps == STEPS[:-1]
    assert (left.owner.netdev, left.kept, left.bearer) == ("wwan0", False, None)
    left.close()


def test_a_journal_without_steps_leaves_no_file(tmp_path: Path):
    with _new(tmp_path) as journal:
        journal.push(STEPS[0])
        journal.drop()
    assert os.listdir(tmp_path) == []


def test_a_line_that_was_cut_short_was_no_change(tmp_path: Path):
    journal = _new(tmp_path)
    journal.push(STEPS[0])
    with journal.path.open("ab") as file:
        file.write(b'{"kind": "mtu", "ind')
    _abandon(journal)
    (left,) = _left(tmp_path)
    assert left.steps == STEPS[:1]
    left.push(STEPS[1])
    _abandon(left)
    (left,) = _left(tmp_path)
    assert left.steps == STEPS[:2]
    left.close()


def test_a_session_that_runs_is_not_taken_from_its_program(tmp_path: Path):
    with _new(tmp_path) as journal:
        journal.push(step_of(BEARER))
        (found,) = sessions(folder=str(tmp_path))
        assert isinstance(found, Running)
        assert found.bearer == BEARER
        assert found.owner.holder is not None
        assert found.owner.holder.pid == os.getpid()
        journal.drop()


def test_one_that_was_taken_over_is_taken_by_nobody_else(tmp_path: Path):
    journal = _new(tmp_path)
    journal.push(STEPS[0])
    _abandon(journal)
    (left,) = _left(tmp_path)
    (again,) = sessions(folder=str(tmp_path))
    assert isinstance(again, Running)
    left.close()


def test_what_a_session_was_given_is_known_by_its_netdev_while_it_is_held_or_kept(tmp_path: Path):
    folder = str(tmp_path)
    journal = _new(tmp_path)
    journal.push(step_of(BEARER))
    assert held_bearer("wwan0", folder=folder) == BEARER
    assert held_bearer("wwan1", folder=folder) is None
    journal.push(Kept())
    _abandon(journal)
    assert held_bearer("wwan0", folder=folder) == BEARER


def test_what_a_killed_run_was_given_is_nobodys(tmp_path: Path):
    journal = _new(tmp_path)
    journal.push(step_of(BEARER))
    _abandon(journal)
    first, _, rest = journal.path.read_bytes().partition(b"\n")
    owner = json.loads(first)
    owner["holder"]["start"] += 1  # another process by the same number
    journal.path.write_bytes(json.dumps(owner).encode() + b"\n" + rest)
    assert held_bearer("wwan0", folder=str(tmp_path)) is None


@pytest.mark.parametrize("field", ["boot_id", "netns"])
def test_another_boot_or_network_namespace_has_other_netdevs(tmp_path: Path, field: str):
    journal = _new(tmp_path)
    journal.push(STEPS[0])
    _abandon(journal)
    first, _, rest = journal.path.read_bytes().partition(b"\n")
    owner = {**json.loads(first), field: "other"}
    journal.path.write_bytes(json.dumps(owner).encode() + b"\n" + rest)
    assert _left(tmp_path) == []
    assert journal.path.exists() == (field == "netns"), "a file of another boot means nothing"


@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n", b"[1]\n", b"\xff\xfe\n", b"{" * 9999])
def test_a_file_that_is_no_journal_is_swept_away(tmp_path: Path, content: bytes):
    path = tmp_path / "session-0.jsonl"
    path.write_bytes(content)
    assert _left(tmp_path) == []
    assert not path.exists()


def test_a_folder_that_others_can_write_to_is_not_trusted(tmp_path: Path):
    journal = _new(tmp_path)
    journal.push(STEPS[0])
    _abandon(journal)
    tmp_path.chmod(0o777)
    assert _left(tmp_path) == []
    with pytest.raises(CannotTest, match="other users can write there"):
        _new(tmp_path)


def test_without_a_folder_there_is_no_session(monkeypatch: pytest.MonkeyPatch):
    from qmiprobe.session import _journal

    monkeypatch.setattr(_journal, "journal_folder", lambda *_args, **_kw: None)
    with pytest.raises(CannotTest, match="run as root"):
        new_journal(address="x", netdev="wwan0", protocol="qmi", node=None)
    assert list(sessions()) == []
