# SPDX-License-Identifier: GPL-2.0-or-later
"""A QMI device with a journal: what it holds is written down, what dead runs held goes back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from qmiprobe.device import QmiDevice, qmi_device
from qmiprobe.device._journal import FILE, Journal, PortJournal
from qmiprobe.device._journal_entries import Holder, read_entries, write_entries
from qmiprobe.errors import NoAnswer, QmiError
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi.services import ctl, dms, wda
from qmiprobe.qmi.services._shared import Error, Service
from tests.device.fake_journal import DEAD, PORT, FakeSystem, held, ids
from tests.device.scripted import After, ScriptedQmi, Silent, scripted_qmi

pytestmark = pytest.mark.autojump

DMS, NAS, WDS, WDA = 2, 3, 1, 0x1A


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
        modem.script(wda.GetDataFormat, partial(answer_who_is_known, modem))
        yield device, modem


def answer_who_is_known(modem: ScriptedQmi, asked: QmiMessage) -> object:
    known = modem.connection.clients.known(WDA, asked.header.client)
    return wda.GetDataFormatResponse() if known else Error.INVALID_CLIENT_ID


def leave(
    folder: Path, modem: ScriptedQmi, *services: int, holder: Holder = DEAD
) -> list[tuple[int, int]]:
    """A run that is dead now has left an id of each service, given to it in this order."""
    file = folder / FILE
    entries = read_entries(file.read_bytes()) if file.exists() else []
    found = []
    for at, service in enumerate(services):
        lowest = modem.connection.clients.allocate(service) if service == WDA else None
        cid = modem.connection.clients.allocate(service)
        if lowest is not None:  # as a witness is taken
            modem.connection.clients.release(service, lowest)
        assert cid is not None
        found.append((service, cid))
        entries.append(replace(held(service, cid, holder=holder), noted=900.0 + at))
    file.write_bytes(write_entries(entries))
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
