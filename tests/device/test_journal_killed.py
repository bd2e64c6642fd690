# SPDX-License-Identifier: GPL-2.0-or-later
"""A run on a pty that is killed while it holds client ids, and the run after it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
import trio

from qmiprobe.device import QmiDevice, qmi_device
from qmiprobe.device._journal import journal_of
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.qmi.services import ctl
from qmiprobe.sim import SimulatedModem, serve_pty
from qmiprobe.transport import open_wdm
from tests.device.fake_journal import ids

HOLDER = """
import contextlib, sys, trio
from qmiprobe.device import qmi_device
from qmiprobe.device._journal import journal_of
from qmiprobe.device._leftovers import take_witness
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.transport import open_wdm

async def hold(path, folder):
    port = await open_wdm(path, QmuxFramer())
    journal = journal_of(path, folder=folder)
    async with qmi_device(port, journal=journal) as device, contextlib.AsyncExitStack() as stack:
        await take_witness(device, stack)
        async with device.client("dms"), device.client("nas"):
            print(journal.journal.problem, flush=True)
            await trio.sleep_forever()

trio.run(hold, *sys.argv[1:])
"""
DMS, NAS, WDA = 2, 3, 0x1A
LEFT = [(WDA, 2), (DMS, 1), (NAS, 1)]


def held(modem: SimulatedModem) -> list[tuple[int, int]]:
    return modem.face.connection.clients.held()  # type: ignore[union-attr]


@asynccontextmanager
async def next_run(path: str, folder: Path) -> AsyncIterator[QmiDevice]:
    port = await open_wdm(path, QmuxFramer())
    try:
        async with qmi_device(port, journal=journal_of(path, folder=str(folder))) as device:
            yield device
    finally:
        await port.aclose()


async def kill_a_run(path: str, folder: Path) -> None:
    """Start a run, wait until it holds its ids, and give it no time to say good-bye."""
    command = [sys.executable, "-c", HOLDER, path, str(folder)]
    process = await trio.lowlevel.open_process(command, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        said = b""
        while not said.endswith(b"\n"):
            said += await process.stdout.receive_some()
        assert said == b"None\n"
        process.send_signal(signal.SIGKILL)
        assert await process.wait() == -signal.SIGKILL
    finally:
        process.kill()
        await process.wait()
        assert process.stdout is not None
        await process.stdout.aclose()


async def test_the_next_run_gives_back_what_a_killed_one_held(tmp_path: Path):
    folder = tmp_path / "qmiprobe"
    modem = SimulatedModem("ec25")
    with trio.fail_after(60):
        async with serve_pty(modem) as path:
            await kill_a_run(path, folder)
            assert held(modem) == LEFT
            async with next_run(path, folder) as device:
                assert ids(await device.give_back_leftovers()) == LEFT
            assert held(modem) == []
            async with next_run(path, folder) as device:
                assert await device.give_back_leftovers() == ()


@pytest.mark.parametrize("services", [["dms"], ["dms", "nas"], ["wda", "dms", "nas"]])
async def test_after_a_sync_the_next_run_leaves_other_programs_ids_alone(
    tmp_path: Path, services: list[str]
):
    folder = tmp_path / "qmiprobe"
    modem = SimulatedModem("ec25")
    with trio.fail_after(60):
        async with serve_pty(modem) as path:
            await kill_a_run(path, folder)
            port = await open_wdm(path, QmuxFramer())
            async with qmi_device(port) as other, AsyncExitStack() as clients:
                await other.call(ctl.Sync())
                for service in services:
                    client = await clients.enter_async_context(other.client(service))
                    assert client.cid == 1
                await port.aclose()  # it goes without giving the ids back
            theirs = held(modem)
            assert len(theirs) == len(services)
            async with next_run(path, folder) as device:
                assert await device.give_back_leftovers() == ()
            assert held(modem) == theirs


async def test_another_pty_in_its_place_is_another_port(tmp_path: Path):
    folder = tmp_path / "qmiprobe"
    with trio.fail_after(60):
        async with serve_pty(SimulatedModem("ec25")) as first:
            await kill_a_run(first, folder)
        await trio.sleep(0.05)
        modem = SimulatedModem("ec25")
        async with serve_pty(modem) as second, next_run(second, folder) as device:
            dms, nas = device.client("dms"), device.client("nas")
            async with dms, nas:
                assert await device.give_back_leftovers() == ()
                assert held(modem) == [(DMS, 1), (NAS, 1)]
