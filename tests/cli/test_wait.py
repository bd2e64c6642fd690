# SPDX-License-Identifier: GPL-2.0-or-later
"""``check --wait``: for a modem that comes, with one status at the end."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest

from qmiprobe.sim import load_profile
from qmiprobe.sim._sysroot import Machine, write_sysroot
from tests.cli.program import qmiprobe


def plug(folder: Path, profile: str, *, configuration: int | None = None) -> None:
    machine = Machine(configuration=configuration)
    write_sysroot(load_profile(profile), folder, machine=machine)


def check(folder: Path, *words: str) -> tuple[int, dict[str, str], str]:
    """Return status, outcome by check, and what was said beside it."""
    done = qmiprobe("check", *words, "--sysroot", str(folder), "--json")
    document = json.loads(done.stdout) if done.stdout else {"checks": []}
    outcomes = {one["id"]: one["outcome"] for one in document["checks"]}
    return done.returncode, outcomes, done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("03f0:581d", "--expect", "mbim", "--expect-driver", "cdc_mbim"),
        ("--expect", "mbim"),
        ("2-6",),
    ],
)
def test_a_modem_that_comes_while_it_is_waited_for_is_checked(
    tmp_path: Path, words: tuple[str, ...]
):
    def come() -> None:
        time.sleep(1.5)
        plug(tmp_path, "lt4112", configuration=3)

    thread = threading.Thread(target=come)
    thread.start()
    try:
        status, outcomes, said = check(tmp_path, *words, "--wait", "40")
    finally:
        thread.join()
    assert status == 0, said
    assert outcomes["driver.bound"] == "pass"
    assert outcomes["device.unchanged"] == "skipped"


def test_one_that_does_not_come_is_no_device_when_the_time_is_up(tmp_path: Path):
    status, outcomes, _ = check(tmp_path, "2-6", "--wait", "1")
    assert status == 3
    assert outcomes["usb.enumerated"] == "fail"


def test_the_wrong_driver_is_waited_out_and_then_told(tmp_path: Path):
    plug(tmp_path, "lt4112", configuration=1)
    words = ("2-6", "--wait", "1", "--expect-driver", "cdc_mbim")
    status, outcomes, _ = check(tmp_path, *words)
    assert status == 1
    assert outcomes["driver.bound"] == "fail"


def test_without_a_wait_nothing_is_compared(tmp_path: Path):
    plug(tmp_path, "ec25")
    status, outcomes, _ = check(tmp_path, "2-6")
    assert status == 0
    assert "device.unchanged" not in outcomes


def test_the_time_to_wait_comes_on_top_of_the_checks_own(tmp_path: Path):
    status, outcomes, said = check(tmp_path, "2-6", "--wait", "2", "--timeout", "1")
    assert (status, said) == (3, "")
    assert outcomes["usb.enumerated"] == "fail"


def test_a_simulated_modem_is_there_at_once():
    done = qmiprobe("check", "sim:em7455", "--wait", "30", "--expect", "mbim", "--json")
    assert done.returncode == 0, done.stderr
    outcomes = {one["id"]: one["outcome"] for one in json.loads(done.stdout)["checks"]}
    assert outcomes["device.unchanged"] == "skipped"
    assert outcomes["device.identity"] == "pass"


def test_the_other_protocol_is_its_own_status():
    done = qmiprobe("check", "sim:em7455", "--wait", "1", "--expect", "qmi", "--timeout", "30")
    assert done.returncode in (4, 5), done.stdout + done.stderr
