# SPDX-License-Identifier: GPL-2.0-or-later
"""The lab itself: its kernel, what it may change, its exit status and its end in time."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path

import pytest

from tests.lab import INSIDE, slow
from tests.lab._items import in_lab
from tests.lab._machine import run
from tests.requirements import CHECKOUT


@pytest.mark.needs("lab")
def test_runs_as_root_on_debians_kernel():
    assert INSIDE
    assert os.geteuid() == 0
    assert "Debian" in platform.version()
    assert slow(1) == 10


@pytest.mark.needs("lab")
def test_has_the_drivers_and_finds_them_by_the_kernels_own_request():
    folder = Path("/lib/modules") / platform.release() / "kernel/drivers"
    assert (folder / "net/usb/qmi_wwan.ko").exists()
    assert (folder / "usb/usbip/vhci-hcd.ko").exists()
    assert Path("/sbin/modprobe").exists()


@pytest.mark.needs("machine")
def test_command_comes_back_with_output_and_exit_status_and_changes_nothing_here(tmp_path: Path):
    name = f"made-in-the-machine-{os.getpid()}"
    share = tmp_path / "share"
    share.mkdir()
    command = f"touch {name}; pwd; echo said; dmesg -C; echo to the log > /dev/kmsg; exit 7"
    ran = run(["sh", "-c", command], folder=CHECKOUT, seconds=100, share=share)
    assert (ran.status, ran.output) == (7, f"{CHECKOUT}\nsaid\n")
    assert not (CHECKOUT / name).exists()
    assert (share / "status").exists()


@pytest.mark.needs("machine")
def test_machine_that_does_not_end_is_ended():
    begun = time.monotonic()
    ran = run(["sleep", "1000"], folder=CHECKOUT, seconds=6)
    assert ran.status is None
    assert time.monotonic() - begun < 20
    assert ran.explain().startswith("did not finish after 6 s")


def test_test_that_needs_nothing_of_the_lab_stays_outside(request: pytest.FixtureRequest):
    assert not in_lab(request.node)
    assert not INSIDE
