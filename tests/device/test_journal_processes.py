# SPDX-License-Identifier: GPL-2.0-or-later
"""The journal among real processes: killed ones, zombies, many at once; real nodes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qmiprobe.device._journal import FILE, Journal
from qmiprobe.device._journal_entries import Holder, PortIdentity, read_entries
from qmiprobe.device._journal_system import LINUX, identify_port
from tests.device.fake_journal import ids

NOTE = """
import sys
from qmiprobe.device._journal import Journal
from qmiprobe.device._journal_system import identify_port
port = identify_port("/dev/null")
journal = Journal(sys.argv[1])
client = int(sys.argv[2])
"""
HOLD = f"{NOTE}journal.note(port, service=2, client=client)\nprint(journal.problem)\ninput()"
CHURN = f"""{NOTE}
journal.note(port, service=2, client=client)
for _ in range(60):
    journal.note(port, service=3, client=client)
    assert journal.problem is None, journal.problem
    journal.forget(port, service=3, client=client)
    assert journal.problem is None, journal.problem
"""


def null() -> PortIdentity:
    port = identify_port("/dev/null")
    assert port is not None
    return port


@contextmanager
def holding(folder: Path, client: int) -> Iterator[subprocess.Popen[str]]:
    """A process that has noted an id and waits."""
    command = [sys.executable, "-c", HOLD, str(folder), str(client)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "None\n"
            yield process
        finally:
            process.kill()


def wait_for_zombie(pid: int) -> None:
    end = time.monotonic() + 10
    while ") Z " not in Path(f"/proc/{pid}/stat").read_text():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_an_id_of_a_running_process_is_left_alone_and_of_a_killed_one_is_found(tmp_path: Path):
    folder = tmp_path / "qmiprobe"
    own = Journal(str(folder))
    with holding(folder, 7) as process:
        assert own.leftovers(null()) == ()
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        found = own.leftovers(null())
    assert ids(found) == [(2, 7)]
    assert own.problem is None


def test_a_killed_process_that_its_parent_has_not_looked_at_is_dead(tmp_path: Path):
    folder = tmp_path / "qmiprobe"
    with holding(folder, 7) as process:
        os.kill(process.pid, signal.SIGKILL)
        wait_for_zombie(process.pid)
        assert ids(Journal(str(folder)).leftovers(null())) == [(2, 7)]


def test_many_processes_at_once_lose_no_entry(tmp_path: Path):
    folder = tmp_path / "qmiprobe"
    command = [sys.executable, "-c", CHURN, str(folder)]
    running = [subprocess.Popen([*command, str(client)]) for client in range(1, 7)]
    assert [process.wait(60) for process in running] == [0] * 6
    found = read_entries((folder / FILE).read_bytes())
    assert sorted(ids(found)) == [(2, client) for client in range(1, 7)]
    assert os.listdir(folder) == [FILE]
    assert sorted(ids(Journal(str(folder)).leftovers(null()))) == sorted(ids(found))


def test_this_process_is_alive_and_has_a_start():
    me = LINUX.self()
    assert me is not None
    assert me.pid == os.getpid()
    assert LINUX.life(me) == "alive"


def test_a_number_that_is_used_again_is_another_process():
    me = LINUX.self()
    assert me is not None
    assert LINUX.life(Holder(pid=me.pid, start=me.start - 1, namespace=me.namespace)) == "dead"


def test_a_number_that_nobody_has_is_dead():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait(10)
    assert LINUX.life(Holder(pid=process.pid, start=1, namespace="")) == "dead"


def test_a_program_with_a_confusing_name_is_read_right(tmp_path: Path):
    script = "import sys; open('/proc/self/comm', 'w').write('a) Z 1 (b'); print(); input()"
    command = [sys.executable, "-c", script]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            stat = Path(f"/proc/{process.pid}/stat").read_text()
            assert "(a) Z 1 (b)" in stat
            start = int(stat.rpartition(")")[2].split()[19])
            assert LINUX.life(Holder(pid=process.pid, start=start, namespace="")) == "alive"
        finally:
            process.kill()


def test_the_clock_and_the_boot_are_the_same_for_every_process():
    boot = LINUX.boot_id()
    assert boot == Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    script = "from qmiprobe.device._journal_system import LINUX; print(LINUX.now())"
    before = LINUX.now()
    output = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30
    )
    assert before <= float(output.stdout) <= LINUX.now()


def test_a_device_node_has_an_identity_with_its_place():
    port = null()
    assert port.device == os.makedev(1, 3)
    if os.path.exists("/sys/dev/char/1:3"):
        assert port.sysfs == "/sys/devices/virtual/mem/null"


def test_another_name_of_a_node_is_the_same_port(tmp_path: Path):
    link = tmp_path / "modem"
    link.symlink_to("/dev/null")
    other = identify_port(str(link))
    assert other is not None
    assert other.path == str(link)
    assert other.is_same(null())


@pytest.mark.parametrize("name", ["file", "missing", "bad\0name"])
def test_what_is_no_device_node_has_no_identity(tmp_path: Path, name: str):
    (tmp_path / "file").write_text("")
    assert identify_port(f"{tmp_path}/{name}") is None


def test_a_pty_keeps_its_identity_in_use_and_another_one_in_its_place_has_a_new_one():
    master, slave = os.openpty()
    path = os.ttyname(slave)
    try:
        first = identify_port(path)
        assert first is not None
        assert first.sysfs is None
        for _ in range(3):
            again = os.open(path, os.O_RDWR | os.O_NOCTTY)
            os.write(again, b"request\n")
            os.write(master, b"answer\n")
            os.read(again, 100)
            os.close(again)
        assert identify_port(path) == first
    finally:
        os.close(slave)
        os.close(master)
    time.sleep(0.05)  # the kernel's clock for files has steps of up to 10 ms
    master, slave = os.openpty()
    try:
        second = identify_port(os.ttyname(slave))
        assert second is not None
        assert not second.is_same(first)
    finally:
        os.close(slave)
        os.close(master)
