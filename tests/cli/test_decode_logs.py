# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe decode`` of logs: text once, times from the first message, growing files."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.capture.messages import GET_IDS_ANSWER, GET_IDS_REQUEST, assert_valid, unhex
from tests.cli.inside import run

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parent.parent / "capture" / "data"


def test_what_is_the_same_for_many_messages_is_said_once():
    ended = run("decode", str(DATA / "qmicli-1.32-verbose.log"))
    assert ended.status == 0
    assert ended.lines[:5] == [
        "/dev/pts/0:",
        "times count from 2026-11-23 04:12:02.000000 (as the record has it)",
        "0.000000 -> QMI ctl allocate-cid request (client 0, transaction 1)",
        "  service: dms (2)",
        "  note: the log cut its bytes: put together again from the words below them [rebuilt]",
    ]
    assert ended.out.count("put together again") == 1
    assert ended.out.count("/dev/pts/0") == 1


def test_objects_have_port_notes_and_absolute_times():
    found = run("decode", "--json", str(DATA / "qmicli-1.32-verbose.log")).objects
    for one in found:
        assert_valid(one)
        assert (one["port"], one["time"] // 10) == ("/dev/pts/0", 179540712)
        assert one["notes"][0]["code"] == "rebuilt"


def test_messages_that_the_log_cut_are_named_and_change_the_status():
    ended = run("decode", "--json", str(DATA / "mbimcli-1.28-verbose.log"))
    assert ended.status == 1
    for one in ended.objects:
        assert_valid(one)
    assert "basic-connect device-caps response" in ended.objects[3]["error"]


def test_the_time_between_request_and_answer_is_shown():
    path = str(DATA / "strace-qmi-xx.log")
    assert " after 2.1 ms" in run("decode", path).lines[3]
    found = run("decode", "--json", path).objects
    assert [one.get("latency_ms") is not None for one in found] == [False, True] * 4
    for one in found:
        assert_valid(one)


def test_personal_values_in_logs_are_masked_unless_they_are_wanted():
    path = str(DATA / "qmicli-1.32-verbose-full.log")
    assert "001010123456780" not in run("decode", path).out
    assert "001010123456780" in run("decode", "--keep-personal", path).out


def test_text_without_messages_is_said_and_changes_the_status():
    ended = run("decode", stdin=b"nothing of a modem\n")
    assert (ended.status, ended.out) == (1, "")
    assert "no form of a log that is known" in ended.err


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    path = tmp_path / "log"
    path.write_text(f"Send packet: {GET_IDS_REQUEST}\n", encoding="ascii")
    code = "from qmiprobe.cli import main; main()"
    command = [sys.executable, "-W", "error", "-c", code, "decode", "--follow", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield path, process
        process.kill()


def test_a_growing_file_is_followed_until_the_interrupt(
    growing: tuple[Path, subprocess.Popen[str]],
):
    path, process = growing
    assert process.stdout is not None
    assert process.stdout.readline().startswith("-> QMI dms get-ids request")
    with path.open("a", encoding="ascii") as file:
        text = f"Received packet: {unhex(GET_IDS_ANSWER).hex(' ')}\n"
        for part in (text[:30], text[30:]):
            file.write(part)
            file.flush()
    assert process.stdout.readline().startswith("<- QMI dms get-ids response")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130


def test_what_cannot_grow_cannot_be_followed():
    ended = run("decode", "--follow", GET_IDS_REQUEST)
    assert ended.status == 2
    assert "--follow wants a file" in ended.err


def test_messages_are_written_as_a_capture_that_is_read_again(tmp_path: Path):
    path, out = DATA / "mbimcli-1.28-verbose.log", str(tmp_path / "out.pcapng")
    ended = run("decode", "--json", str(path), "-o", out)
    assert f"{out}: 3 of the records are not in it" in ended.err
    again = run("decode", "--json", out)
    assert (again.status, again.err) == (0, "")
    whole = [one["hex"] for one in ended.objects if "error" not in one]
    assert [one["hex"] for one in again.objects] == whole


def test_personal_values_are_masked_in_the_capture_too(tmp_path: Path):
    path, out = str(DATA / "qmicli-1.32-verbose-full.log"), tmp_path / "out.pcapng"
    run("decode", path, "-o", str(out))
    assert b"001010123456780" not in out.read_bytes()
    run("decode", "--keep-personal", path, "-o", str(out))
    assert b"001010123456780" in out.read_bytes()


def test_what_is_decoded_is_not_overwritten(tmp_path: Path):
    path = tmp_path / "log"
    path.write_text(GET_IDS_REQUEST, encoding="ascii")
    ended = run("decode", str(path), "-o", str(path))
    assert ended.status == 2
    assert path.read_text(encoding="ascii") == GET_IDS_REQUEST


def test_a_capture_that_cannot_be_written_is_a_usage_error(tmp_path: Path):
    ended = run("decode", GET_IDS_REQUEST, "-o", str(tmp_path / "no" / "file"))
    assert ended.status == 2
    assert "No such file" in ended.err
