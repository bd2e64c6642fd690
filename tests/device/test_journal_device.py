# SPDX-License-Identifier: GPL-2.0-or-later
"""A QMI device with a journal: what it holds is written down, what dead runs held goes back."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from qmiprobe.device import QmiDevice, qmi_device
from qmiprobe.device._journal import FILE, Journal, PortJournal
from qmiprobe.device._journal_entries import read_entries, write_entries
from qmiprobe.errors import NoAnswer, QmiError
from qmiprobe.qmi.services import ctl, dms
from qmiprobe.qmi.services._shared import Error, Service
from tests.device.fake_journal import ALIVE, DEAD, ME, PORT, FakeSystem, held, ids
from tests.device.scripted import After, ScriptedQmi, Silent, scripted_qmi

pytestmark = pytest.mark.autojump

DMS, NAS, WDS = 2, 3, 1


def noted(folder: Path) -> list[tuple[int, int]]:
    file = folder / FILE
    return ids(read_entries(file.read_bytes())) if file.exists() else []


@asynccontextmanager
async def opened(
    folder: Path, *, system: FakeSystem | None = None
) -> AsyncIterator[tuple[QmiDevice, ScriptedQmi]]:
    """A device that keeps a journal, and its modem."""
    journal = PortJournal(Journal(str(folder), system=system or FakeSystem()), PORT)
    async with scripted_qmi() as (port, modem), qmi_device(port, journal=journal) as device:
        yield device, modem


def leave(folder: Path, modem: ScriptedQmi, *services: int) -> list[tuple[int, int]]:
    """A run that is dead now has left an id of each service."""
    found = []
    for service in services:
        cid = modem.connection.clients.allocate(service)
        assert cid is not None
        found.append((service, cid))
    (folder / FILE).write_bytes(write_entries([held(*one) for one in found]))
    return found


def take_all(modem: ScriptedQmi, *services: int) -> list[tuple[int, int]]:
    """Another program sends Sync and is given ids of its own."""
    clients = modem.connection.clients
    clients.reset()
    for service in services:
        clients.allocate(service)
    return clients.held()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "qmiprobe"
    made.mkdir(mode=0o700)
    return made


async def test_an_id_stands_in_the_journal_before_it_is_used_and_not_when_it_goes_back(
    folder: Path,
):
    seen: list[tuple[str, list[tuple[int, int]]]] = []
    async with opened(folder) as (device, modem):
        modem.script(dms.GetModel, lambda _: seen.append(("used", noted(folder))))
        modem.script(ctl.ReleaseCid, lambda _: seen.append(("released", noted(folder))))
        async with device.client("dms") as client:
            with pytest.raises(QmiError):
                await client.call(dms.GetModel())
        assert seen == [("used", [(DMS, client.cid)]), ("released", [])]
        assert noted(folder) == []


async def test_an_id_whose_release_is_not_answered_is_forgotten_all_the_same(folder: Path):
    async with opened(folder) as (device, modem):
        modem.script(ctl.ReleaseCid, Silent())
        async with device.client("dms"):
            assert noted(folder) == [(DMS, 1)]
        assert noted(folder) == []


async def test_an_id_that_comes_too_late_is_noted_until_it_is_given_back(folder: Path):
    seen: list[list[tuple[int, int]]] = []
    async with opened(folder) as (device, modem):
        modem.script(ctl.AllocateCid, After(6, modem.by_itself))
        with pytest.raises(NoAnswer):
            async with device.client("dms"):
                pytest.fail("there is no id yet")
        device.ctl_turn.acquire_nowait()
        await trio.sleep(2)
        seen.append(noted(folder))
        device.ctl_turn.release()
        await trio.sleep(1)
        seen.append(noted(folder))
        assert modem.held == []
    assert seen == [[(DMS, 1)], []]


async def test_an_id_that_the_modem_takes_away_is_struck_out(folder: Path):
    async with opened(folder) as (device, modem), device.client("dms"), device.client("nas"):
        info = ctl.Client(service_=Service(DMS), cid=1)
        revoked = ctl.RevokeClientIdIndication(client=info)
        await modem.port.send(modem.connection.indicate(revoked, client=0))
        await wait_all_tasks_blocked()
        assert noted(folder) == [(NAS, 1)]


async def test_a_modem_that_restarts_voids_what_dead_runs_left_too(folder: Path):
    async with opened(folder) as (device, modem):
        leave(folder, modem, WDS)
        async with device.client("dms"):
            assert noted(folder) == [(WDS, 1), (DMS, 1)]
            await modem.port.send(modem.connection.indicate(ctl.SyncIndication(), client=0))
            await wait_all_tasks_blocked()
            assert noted(folder) == []
            assert await device.give_back_leftovers() == ()


async def test_what_a_killed_run_left_goes_back(folder: Path):
    async with opened(folder) as (device, modem):
        left = leave(folder, modem, DMS, NAS, WDS)
        found = await device.give_back_leftovers()
        assert ids(found) == left
        assert {one.holder for one in found} == {ME}
        assert modem.held == []
        assert noted(folder) == []
        assert device.observed.anomalies == []
        assert await device.give_back_leftovers() == ()


async def test_ids_that_are_held_now_stay_while_others_go_back(folder: Path):
    async with opened(folder) as (device, modem):
        left = leave(folder, modem, DMS)
        async with device.client("dms") as client:
            assert ids(await device.give_back_leftovers()) == left
            assert modem.held == [(DMS, client.cid)]
            assert noted(folder) == [(DMS, client.cid)]


async def test_without_a_journal_or_leftovers_nothing_is_asked(folder: Path):
    async with scripted_qmi() as (port, modem), qmi_device(port) as device:
        assert await device.give_back_leftovers() == ()
        assert modem.asked == []
    async with opened(folder) as (device, modem):
        assert await device.give_back_leftovers() == ()
        assert modem.asked == []


async def test_after_a_sync_an_id_that_another_program_was_given_stays_its_own(folder: Path):
    async with opened(folder) as (device, modem):
        leave(folder, modem, DMS, NAS)
        theirs = take_all(modem, DMS)
        assert await device.give_back_leftovers() == ()
        assert modem.held == theirs == [(DMS, 1)]
        assert noted(folder) == []


async def test_while_another_program_has_the_port_open_its_id_stays(folder: Path):
    async with opened(folder) as (device, modem):
        leave(folder, modem, DMS)
        theirs = take_all(modem, DMS)
        assert await device.give_back_leftovers(held_by_others=True) == ()
        assert modem.held == theirs
        assert modem.asked == []
        assert noted(folder) == []


async def test_one_id_that_the_modem_does_not_know_puts_all_in_doubt(folder: Path):
    async with opened(folder) as (device, modem):
        leave(folder, modem, DMS, NAS, WDS)
        modem.script(ctl.AllocateCid, Error.CLIENT_IDS_EXHAUSTED)  # new ids tell nothing
        theirs = take_all(modem, NAS, WDS)
        assert await device.give_back_leftovers() == ()
        assert modem.count(ctl.ReleaseCid) == 1
        assert modem.held == theirs
        assert noted(folder) == []


async def test_exhausted_ids_are_no_reason_to_keep_what_was_left(folder: Path):
    async with opened(folder) as (device, modem):
        left = leave(folder, modem, DMS, NAS)
        modem.script(ctl.AllocateCid, Error.CLIENT_IDS_EXHAUSTED)
        assert ids(await device.give_back_leftovers()) == left
        assert modem.held == []


async def test_a_silent_modem_is_waited_for_in_bounded_time(folder: Path):
    async with opened(folder) as (device, modem):
        leave(folder, modem, DMS, NAS, WDS)
        modem.script(ctl.AllocateCid, Silent())
        modem.script(ctl.ReleaseCid, Silent())
        begin = trio.current_time()
        assert await device.give_back_leftovers() == ()
        assert trio.current_time() - begin <= 20
        assert noted(folder) == []


@pytest.mark.parametrize("moment", range(1, 12))
async def test_cancelled_at_any_moment_what_is_left_is_for_the_next_run(folder: Path, moment: int):
    system = FakeSystem()
    async with opened(folder, system=system) as (device, modem):
        left = leave(folder, modem, DMS, NAS)
        for request in (ctl.AllocateCid, ctl.ReleaseCid):
            modem.script(request, After(1, modem.by_itself))
        with trio.move_on_after(moment - 0.5) as scope:
            await device.give_back_leftovers()
        assert scope.cancelled_caught == (moment <= 6)
        await trio.sleep(3)  # what the modem was asked for meanwhile
        # None of the file's is free in the modem: it could be another program's by then.
        assert set(noted(folder)) <= set(modem.held) <= set(left)
    next_run = FakeSystem(ALIVE)
    next_run.lives[ME] = "dead"
    again = Journal(str(folder), system=next_run).leftovers(PORT)
    assert set(ids(again)) <= set(modem.held)


async def test_a_journal_that_cannot_be_written_is_in_nobodys_way(folder: Path):
    os.chmod(folder, 0o777)
    async with opened(folder) as (device, modem):
        async with device.client("dms"):
            assert modem.held == [(DMS, 1)]
        assert modem.held == []
        assert await device.give_back_leftovers() == ()
        assert device.observed.anomalies == []
    assert os.listdir(folder) == []


async def test_an_id_of_a_live_run_is_never_touched(folder: Path):
    async with opened(folder) as (device, modem):
        modem.connection.clients.allocate(DMS)
        (folder / FILE).write_bytes(write_entries([held(DMS, 1, holder=ALIVE)]))
        assert await device.give_back_leftovers() == ()
        assert modem.held == [(DMS, 1)]
        assert DEAD not in {one.holder for one in read_entries((folder / FILE).read_bytes())}
