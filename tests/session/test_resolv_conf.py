# SPDX-License-Identifier: GPL-2.0-or-later
"""The resolver's file is replaced as a whole, and what stood there stands there again."""

from __future__ import annotations

import os
import stat
from ipaddress import ip_address
from pathlib import Path

import pytest

from qmiprobe.errors import CannotTest
from qmiprobe.session._ledger import Ledger
from qmiprobe.session._resolv_conf import replace_resolv_conf, restore_resolv_conf
from qmiprobe.session._steps import ResolvConf

SERVERS = tuple(ip_address(f"192.0.2.{number}") for number in range(1, 6))
BEFORE = b"search corp.example\nnameserver 198.51.100.1\n\xff\n"


def _replaced(path: Path) -> ResolvConf:
    ledger = Ledger()
    replace_resolv_conf(SERVERS, ledger, path=path)
    (step,) = ledger.steps
    assert isinstance(step, ResolvConf)
    return step


def test_it_names_three_servers_and_then_has_its_old_bytes_and_mode(tmp_path: Path):
    path = tmp_path / "resolv.conf"
    path.write_bytes(BEFORE)
    path.chmod(0o640)
    step = _replaced(path)
    lines = path.read_text().splitlines()
    assert lines[1:] == [f"nameserver 192.0.2.{number}" for number in (1, 2, 3)]
    restore_resolv_conf(step, path)
    assert path.read_bytes() == BEFORE
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["resolv.conf"]


def test_a_link_is_a_link_again_and_its_target_was_not_touched(tmp_path: Path):
    path, target = tmp_path / "resolv.conf", tmp_path / "stub"
    target.write_bytes(BEFORE)
    path.symlink_to("stub")
    step = _replaced(path)
    assert not path.is_symlink()
    assert target.read_bytes() == BEFORE
    restore_resolv_conf(step, path)
    assert os.readlink(path) == "stub"


def test_where_there_was_none_there_is_none(tmp_path: Path):
    path = tmp_path / "resolv.conf"
    restore_resolv_conf(_replaced(path), path)
    assert os.listdir(tmp_path) == []


def test_what_others_wrote_meanwhile_stays(tmp_path: Path):
    path = tmp_path / "resolv.conf"
    path.write_bytes(BEFORE)
    step = _replaced(path)
    path.write_text("nameserver 198.51.100.2\n")
    restore_resolv_conf(step, path)
    assert path.read_text() == "nameserver 198.51.100.2\n"


def test_restoring_twice_changes_nothing(tmp_path: Path):
    path = tmp_path / "resolv.conf"
    path.write_bytes(BEFORE)
    step = _replaced(path)
    restore_resolv_conf(step, path)
    restore_resolv_conf(step, path)
    assert path.read_bytes() == BEFORE


def test_the_file_of_a_run_that_was_killed_half_way_is_no_obstacle(tmp_path: Path):
    path = tmp_path / "resolv.conf"
    path.write_bytes(BEFORE)
    (tmp_path / ".resolv.conf.qmiprobe").write_text("half")
    restore_resolv_conf(_replaced(path), path)
    assert os.listdir(tmp_path) == ["resolv.conf"]


def test_a_folder_that_cannot_be_written_is_told_with_advice(tmp_path: Path):
    with pytest.raises(CannotTest, match="--dns none"):
        replace_resolv_conf(SERVERS, Ledger(), path=tmp_path / "none" / "resolv.conf")
