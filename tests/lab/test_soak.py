# SPDX-License-Identifier: GPL-2.0-or-later
"""A hundred times the same on the real kernel: nothing is left behind, and it works each time."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from tests.lab.plugged import DRIVERS, plugged, run, write

pytestmark = [pytest.mark.needs("lab", "qmicli"), pytest.mark.soak, pytest.mark.time_limit(2400)]

TIMES = 100
SETTLED = 10
"""Turns after which what is kept for good has been made."""
PAGES = 1024
"""Of 4 KiB: what memory may differ by, the allocator being what it is."""


def _open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def _pages() -> int:
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1])


async def _answers() -> None:
    status, output = await run("qmicli", "-d", "/dev/cdc-wdm0", "--dms-noop")
    assert status == 0, output


async def test_attached_and_detached_again_and_again_it_answers_each_time():
    files = pages = 0
    for turn in range(TIMES):
        async with plugged("ec25") as plug:
            assert await plug.nodes() == {"1.4": ("/dev/cdc-wdm0", "wwan0")}
            await _answers()
        assert not plug.folder.exists()
        if turn == SETTLED:
            files, pages = _open_files(), _pages()
    assert _open_files() == files
    assert _pages() - pages < PAGES


async def test_rebound_again_and_again_it_answers_each_time():
    async with plugged("ec25") as plug:
        files = pages = 0
        for turn in range(TIMES):
            for action in ("unbind", "bind"):
                await write(DRIVERS / "qmi_wwan" / action, f"{plug.name}:1.4")
            assert await plug.nodes() == {"1.4": ("/dev/cdc-wdm0", "wwan0")}
            await _answers()
            if turn == SETTLED:
                files, pages = _open_files(), _pages()
        assert _open_files() == files
        assert _pages() - pages < PAGES
