# SPDX-License-Identifier: GPL-2.0-or-later
"""The journal's file: written whole, private, locked, and never in the way."""

from __future__ import annotations

import fcntl
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from qmiprobe.device._journal import FILE, LOCK_PATIENCE, Journal, journal_folder
from qmiprobe.device._journal_entries import HeldId, read_entries, write_entries
from tests.device.fake_journal import (
    ALIVE,
    BOOT,
    DEAD,
    ME,
    OTHER_PORT,
    PORT,
    REPLUGGED,
    FakeSystem,
    held,
    ids,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "qmiprobe"


def entries(folder: Path) -> list[HeldId]:
    file = folder / FILE
    return read_entries(file.read_bytes()) if file.exists() else []


def prepare(folder: Path, *content: HeldId) -> None:
    folder.mkdir(mode=0o700)
    (folder / FILE).write_bytes(write_entries(content))


def journal(folder: Path, system: FakeSystem | None = None) -> Journal:
    return Journal(str(folder), system=system or FakeSystem())


def test_what_is_noted_stands_in_the_file_with_who_and_when(folder: Path):
    journal(folder).note(PORT, service=2, client=7)
    assert entries(folder) == [replace(held(2, 7, holder=ME), noted=1000.0)]


def test_folder_and_file_are_for_the_user_alone(folder: Path):
    before = os.umask(0)
    try:
        journal(folder).note(PORT, service=2, client=7)
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600


def test_what_is_forgotten_is_struck_out_and_an_empty_journal_is_no_file(folder: Path):
    own = journal(folder)
    own.note(PORT, service=2, client=7)
    own.note(PORT, service=3, client=7)
    own.forget(PORT, service=2, client=7)
    assert ids(entries(folder)) == [(3, 7)]
    own.forget(PORT, service=3, client=7)
    assert os.listdir(folder) == []
    assert own.problem is None


def test_only_the_own_id_of_the_same_port_is_forgotten(folder: Path):
    others = [held(2, 7, holder=DEAD), held(2, 7, holder=ME, port=OTHER_PORT), held(2, 8)]
    prepare(folder, *others)
    journal(folder).forget(PORT, service=2, client=7)
    journal(folder).forget(REPLUGGED, service=2, client=7)
    assert entries(folder) == others


def test_forgetting_and_looking_make_nothing(folder: Path):
    own = journal(folder)
    own.forget(PORT, service=2, client=7)
    assert own.leftovers(PORT) == ()
    assert not folder.exists()
    assert own.problem is None


def test_leftovers_become_the_own_ones_so_that_nobody_else_takes_them(folder: Path):
    prepare(folder, held(2, 1), held(3, 4), held(2, 9, port=OTHER_PORT))
    first, second = FakeSystem(), FakeSystem(ALIVE)
    found = journal(folder, first).leftovers(PORT)
    assert list(found) == [held(2, 1), held(3, 4)]  # with those who had them
    assert {one.holder for one in entries(folder) if one.port == PORT} == {ME}
    assert journal(folder, second).leftovers(PORT) == ()
    assert journal(folder, first).leftovers(PORT) == ()
    # Who took them over died too before they were given back.
    second.lives[ME] = "dead"
    assert ids(journal(folder, second).leftovers(PORT)) == [(2, 1), (3, 4)]


def test_leftovers_that_are_given_back_are_struck_out(folder: Path):
    prepare(folder, held(2, 1), held(3, 4))
    own = journal(folder)
    for one in own.leftovers(PORT):
        own.forget(PORT, service=one.service, client=one.client)
    assert os.listdir(folder) == []


def test_what_is_not_to_be_given_back_is_struck_out_at_once(folder: Path):
    prepare(folder, held(2, 1), held(3, 4, boot="old"), held(2, 2, holder=ALIVE))
    assert journal(folder).leftovers(REPLUGGED) == ()
    assert entries(folder) == [held(2, 2, holder=ALIVE)]


def test_while_others_have_the_port_leftovers_are_forgotten(folder: Path):
    prepare(folder, held(2, 1))
    assert journal(folder).leftovers(PORT, held_by_others=True) == ()
    assert journal(folder).leftovers(PORT) == ()


def test_an_id_that_the_modem_gives_out_again_was_taken_from_all(folder: Path):
    prepare(
        folder,
        held(2, 1),
        held(3, 1),
        held(5, 1, holder=ALIVE),
        held(2, 1, port=OTHER_PORT),
    )
    own = journal(folder)
    own.note(PORT, service=2, client=1)
    assert ids(entries(folder)) == [(2, 1), (2, 1)]
    assert own.leftovers(PORT) == ()
    assert entries(folder)[0].port == OTHER_PORT


def test_an_id_that_is_new_says_nothing_of_the_others(folder: Path):
    prepare(folder, held(2, 1))
    own = journal(folder)
    own.note(PORT, service=2, client=2)
    assert ids(own.leftovers(PORT)) == [(2, 1)]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\0" * 1000, b"{" * 400_000])
def test_a_damaged_file_is_replaced(folder: Path, content: bytes):
    prepare(folder)
    (folder / FILE).write_bytes(content)
    own = journal(folder)
    assert own.leftovers(PORT) == ()
    own.note(PORT, service=2, client=7)
    assert own.problem is None
    assert ids(entries(folder)) == [(2, 7)]


def test_a_run_that_was_killed_while_writing_is_no_obstacle(folder: Path):
    prepare(folder, held(2, 1))
    (folder / ".client-ids.new").write_bytes(b"half of")
    own = journal(folder)
    own.note(PORT, service=2, client=7)
    assert ids(entries(folder)) == [(2, 1), (2, 7)]
    assert os.listdir(folder) == [FILE]


def test_links_in_the_folder_are_not_followed(folder: Path, tmp_path: Path):
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    folder.mkdir(mode=0o700)
    (folder / FILE).symlink_to(precious)
    (folder / ".client-ids.new").symlink_to(precious)
    journal(folder).note(PORT, service=2, client=7)
    assert precious.read_bytes() == b"precious"
    assert not (folder / FILE).is_symlink()
    assert ids(entries(folder)) == [(2, 7)]


def test_a_folder_that_is_a_link_is_not_used(folder: Path, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "elsewhere")
    own = journal(folder)
    own.note(PORT, service=2, client=7)
    assert own.problem is not None
    assert os.listdir(tmp_path / "elsewhere") == []


def test_a_file_that_is_none_does_not_block(folder: Path):
    folder.mkdir(mode=0o700)
    os.mkfifo(folder / FILE)
    own = journal(folder)
    own.note(PORT, service=2, client=7)
    assert own.problem is None
    assert ids(entries(folder)) == [(2, 7)]


def test_a_folder_in_the_files_place_is_a_problem_and_no_crash(folder: Path):
    (folder / FILE).mkdir(parents=True, mode=0o700)
    folder.chmod(0o700)
    own = journal(folder)
    own.note(PORT, service=2, client=7)
    assert own.problem is not None
    assert os.listdir(folder) == [FILE]


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o722])
def test_a_folder_where_others_may_write_is_not_trusted(folder: Path, mode: int):
    prepare(folder, held(2, 1))
    folder.chmod(mode)
    own = journal(folder)
    assert own.leftovers(PORT) == ()
    assert own.problem is not None
    assert "other users can write there" in own.problem
    own.note(PORT, service=2, client=7)
    assert ids(entries(folder)) == [(2, 1)]


def test_a_folder_whose_parent_is_missing_is_a_problem_and_no_crash(tmp_path: Path):
    own = journal(tmp_path / "no" / "qmiprobe")
    own.note(PORT, service=2, client=7)
    assert own.problem is not None
    assert str(tmp_path) in own.problem


def test_a_problem_is_over_once_writing_works_again(folder: Path):
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    own = journal(folder)
    own.note(PORT, service=2, client=7)
    assert own.problem is not None
    folder.chmod(0o700)
    own.note(PORT, service=2, client=7)
    assert own.problem is None


def test_without_proc_there_is_no_journal(folder: Path):
    for name in ("me", "boot"):
        system = FakeSystem()
        setattr(system, name, None)
        own = journal(folder, system)
        own.note(PORT, service=2, client=7)
        assert own.leftovers(PORT) == ()
        assert own.problem is not None
        assert "/proc" in own.problem
    assert not folder.exists()


def test_a_run_that_never_lets_go_of_the_file_is_waited_for_a_moment_and_once(folder: Path):
    prepare(folder, held(2, 1))
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        system = FakeSystem()
        own = journal(folder, system)
        own.note(PORT, service=2, client=7)
        assert own.problem is not None
        assert sum(system.slept) == pytest.approx(LOCK_PATIENCE, abs=0.01)
        assert own.leftovers(PORT) == ()
        assert sum(system.slept) == pytest.approx(LOCK_PATIENCE, abs=0.01)
        assert entries(folder) == [held(2, 1)]
    finally:
        os.close(lock)
    own.note(PORT, service=2, client=7)
    assert own.problem is None


def test_a_file_that_has_been_let_go_is_used(folder: Path):
    prepare(folder)
    lock = os.open(folder, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)

    class LetsGo(FakeSystem):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            if len(self.slept) == 3:
                os.close(lock)

    own = journal(folder, LetsGo())
    own.note(PORT, service=2, client=7)
    assert own.problem is None
    assert ids(entries(folder)) == [(2, 7)]


def test_nothing_stays_open(folder: Path):
    own = journal(folder)
    before = os.listdir("/proc/self/fd")
    for number in range(1, 20):
        own.note(PORT, service=2, client=number)
    own.leftovers(PORT)
    own.forget(PORT, service=2, client=1)
    assert os.listdir("/proc/self/fd") == before


@pytest.mark.parametrize(
    ("environment", "uid", "expected"),
    [
        ({}, 0, "/run/qmiprobe"),
        ({"XDG_RUNTIME_DIR": "/run/user/0"}, 0, "/run/qmiprobe"),
        ({"XDG_RUNTIME_DIR": "/run/user/1000"}, 1000, "/run/user/1000/qmiprobe"),
        ({"XDG_RUNTIME_DIR": "relative"}, 1000, None),
        ({"XDG_RUNTIME_DIR": ""}, 1000, None),
        ({}, 1000, None),
    ],
)
def test_the_folder_is_the_users_own_and_ends_with_the_boot(
    environment: dict[str, str], uid: int, expected: str | None
):
    assert journal_folder(environment, uid=uid) == expected


def test_the_boot_is_written_down(folder: Path):
    journal(folder).note(PORT, service=2, client=7)
    assert BOOT in (folder / FILE).read_text()
