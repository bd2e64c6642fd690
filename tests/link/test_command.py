# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe link`` as a program: its documents, its statuses, its manners, what it never does."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import jsonschema
import pytest
import trio
from click.testing import CliRunner

from qmiprobe.cli._options import Options
from qmiprobe.link import PLANNED_BYTES_IN_DEPTH, read_netdev
from qmiprobe.report import schema
from tests.bed.recipe import HEALTHY, Recipe, recipe
from tests.bed.world import Bed, bed
from tests.link.bed import decoy
from tests.netns import run_in_netns

pytestmark = [pytest.mark.needs("netns"), pytest.mark.needs("tun"), pytest.mark.needs("nft")]

TARGETS = """
name = "bed"
existing-name = "there.example"
missing-name = "nowhere.example"
echo = ["203.0.113.10", "203.0.113.11", "2001:db8:3::10", "2001:db8:3::11"]
tcp = [["203.0.113.10", 443], ["203.0.113.11", 80], ["2001:db8:3::10", 443]]
resolvers = ["203.0.113.10", "2001:db8:3::10"]
ntp = ["203.0.113.10", "2001:db8:3::10"]
quic = [["203.0.113.10", 443], ["2001:db8:3::10", 443]]
stun = []
no-resolvers = ["203.0.113.12", "2001:db8:3::12"]

[[http]]
host = "page.example"
path = "/generate_204"
addresses = ["203.0.113.10", "2001:db8:3::10"]

[[large]]
host = "large.example"
path = "/large"
addresses = ["203.0.113.10", "2001:db8:3::10"]
"""
QUICK = ("--only", "link.clock")


def _command(folder: Path, *words: str) -> list[str]:
    targets = folder / "targets.toml"
    targets.write_text(TARGETS, encoding="utf-8")
    program = [sys.executable, "-m", "qmiprobe", "link"]
    return [*program, "wwan0", "--targets", str(targets), *words]


async def _run(recipe: Recipe, command: list[str]) -> tuple[int, str, str]:
    async with bed(recipe):
        done = await trio.run_process(
            command, capture_stdout=True, capture_stderr=True, check=False
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()


def _said(recipe: Recipe, command: list[str]) -> tuple[int, str, str]:
    return run_in_netns(_run, recipe, command, timeout=90)


def test_its_document_is_that_of_every_report(tmp_path: Path):
    status, text, _ = _said(HEALTHY, _command(tmp_path, *QUICK, "--json"))
    document = json.loads(text)
    jsonschema.validate(document, schema("report"))
    assert status == document["exit_status"] == 0
    assert document["device"]["address"] == "wwan0"
    checks = {one["id"]: one["outcome"] for one in document["checks"]}
    assert checks["link.clock"] == "pass"


def test_a_fault_is_told_with_its_remedy_and_sets_the_status(tmp_path: Path):
    status, text, error = _said(recipe("clock-ahead"), _command(tmp_path, *QUICK))
    assert status == 1
    assert "host/clock-wrong" in text
    assert "chronyc makestep" in text
    assert "kB of the SIM's data volume" in error
    assert "\x1b" not in text + error  # a pipe: no colours, no progress


def test_verdicts_go_into_a_junit_file(tmp_path: Path):
    file = tmp_path / "junit.xml"
    _said(HEALTHY, _command(tmp_path, "--only", "netdev.present", "--junit", str(file)))
    assert "netdev.present" in file.read_text(encoding="utf-8")


def test_a_netdev_that_is_not_there_cannot_be_tested(tmp_path: Path):
    command = _command(tmp_path)
    command[command.index("wwan0")] = "wwan7"
    status, text, _ = _said(HEALTHY, command)
    assert status == 3
    assert "no netdev wwan7" in text
    assert "netdev/no-such" in text
    assert "wwan0" in text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--target", "a.example"], "give one"),
        (["--only", "link.nonsense"], "no check is called"),
        (["--reflector", "server.example.net"], "not of the form qp://"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, words: list[str], says: str):
    done = subprocess.run(
        _command(tmp_path, *words), capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert says in done.stderr


def test_one_host_may_stand_for_all(tmp_path: Path):
    command = _command(tmp_path, "--only", "link.reach-v4", "--json")
    at = command.index("--targets")
    command[at : at + 2] = ["--target", "203.0.113.11"]
    _, text, _ = _said(HEALTHY, command)
    (reach,) = [one for one in json.loads(text)["checks"] if one["id"] == "link.reach-v4"]
    named = " ".join(line["text"] for line in reach["evidence"])
    assert "tcp 203.0.113.11 port 443: answered" in named
    assert "203.0.113.10" not in named


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_its_status(tmp_path: Path, number: signal.Signals):
    async def body() -> int:
        async with bed(recipe("phantom")):
            process = await trio.lowlevel.open_process(
                _command(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
            assert process.stderr is not None
            await process.stderr.receive_some(1)  # it says what it will cost, then begins
            await trio.sleep(1.0)
            process.send_signal(number)
            with trio.fail_after(20):
                return await process.wait()

    assert run_in_netns(body, timeout=60) == 128 + number


async def _state(built: Bed) -> dict[str, str]:
    """What a run might leave behind, byte for byte."""
    commands = {
        "routes": ("ip", "route", "show", "table", "all"),
        "routes6": ("ip", "-6", "route", "show", "table", "all"),
        "rules": ("ip", "rule"),
        "addresses": ("ip", "addr"),
        "nftables": ("nft", "list", "ruleset"),
    }
    return {
        name: _without_times(built.places["client"].run(*command).splitlines())
        for name, command in commands.items()
    }


def _without_times(lines: Iterable[str]) -> str:
    return "\n".join(sorted(line.partition(" expires ")[0].strip() for line in lines))


def test_nothing_is_changed_and_nothing_leaves_by_another_netdev(tmp_path: Path):
    async def body() -> tuple[int, list[bytes], dict[str, str], dict[str, str], int]:
        async with bed(HEALTHY) as built:
            before = await _state(built)
            with decoy() as other:
                done = await trio.run_process(
                    _command(tmp_path, "--json"),
                    capture_stdout=True,
                    capture_stderr=True,
                    check=False,
                )
                await trio.sleep(0.5)
                left = other.left()
            report = json.loads(done.stdout)
            counters = (await read_netdev("wwan0")).counters
            assert counters.tx_bytes + counters.rx_bytes < PLANNED_BYTES_IN_DEPTH
            ran = [one for one in report["checks"] if one["outcome"] not in ("blocked", "skipped")]
            return done.returncode, left, before, await _state(built), len(ran)

    status, left, before, after, ran = run_in_netns(body, timeout=200)
    assert left == []
    assert after == before
    assert status == 0
    assert ran > 15


def test_the_decoy_catches_what_is_not_bound():
    async def body() -> int:
        async with bed(HEALTHY):
            with decoy() as other:
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
                    sock.sendto(b"out", ("203.0.113.10", 53))
                await trio.sleep(0.2)
                return len(other.left())

    assert run_in_netns(body) == 1


@pytest.mark.soak
@pytest.mark.time_limit(3600)
def test_killed_at_any_moment_it_leaves_the_machine_as_it_was(tmp_path: Path):
    async def body() -> int:
        async with bed(HEALTHY) as built:
            before = await _state(built)
            for number in range(500):
                process = await trio.lowlevel.open_process(
                    _command(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
                await trio.sleep(0.4 + (number % 60) * 0.1)
                process.send_signal(signal.SIGKILL)
                await process.wait()
                assert await _state(built) == before, f"after run {number}"
            return os.getpid()

    assert run_in_netns(body, timeout=3500)


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        (["wwan0"], 180.0),
        (["wwan0", "--reflector", "qp://TOKEN@192.0.2.1:47900"], 600.0),
        (["wwan0", "--reflector", "qp://TOKEN@192.0.2.1:47900", "--timeout", "90"], 90.0),
    ],
)
def test_a_far_end_gives_it_more_time_unless_the_user_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, words: list[str], seconds: float
):
    from qmiprobe.cli import _link, link

    seen: list[float | None] = []

    def run(netdev: str, options: Options, asked: dict[str, object]) -> int:
        seen.append(options.timeout)
        return 0

    monkeypatch.setattr(_link, "run_link", run)
    result = CliRunner().invoke(link.command, words, standalone_mode=False)
    assert result.exception is None
    assert seen == [seconds]
