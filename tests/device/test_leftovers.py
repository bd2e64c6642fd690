# SPDX-License-Identifier: GPL-2.0-or-later
"""Ids that killed runs left: given back where the modem shows that they are still theirs."""

from __future__ import annotations

import os
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import trio

from qmiprobe.device._journal import FILE, Journal
from qmiprobe.device._journal_entries import Holder, read_entries, write_entries
from qmiprobe.device._leftovers import take_witness
from qmiprobe.errors import NoAnswer
from qmiprobe.qmi.services import ctl, wda
from qmiprobe.qmi.services._shared import Error
from tests.device.fake_journal import ALIVE, DEAD, ME, PORT, FakeSystem, held, ids
from tests.device.scripted import After, Silent, opened_qmi
from tests.device.test_journal_device import (
    DMS,
    NAS,
    WDA,
    WDS,
    answer_who_is_known,
    leave,
    noted,
    opened,
    take_all,
)

pytestmark = pytest.mark.autojump

DEAD_TOO = Holder(pid=201, start=4100, namespace=DEAD.namespace)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "qmiprobe"
    made.mkdir(mode=0o700)
    return made


def both_dead() -> FakeSystem:
    system = FakeSystem()
    system.lives[DEAD_TOO] = "dead"
    return system


async def test_what_a_killed_run_left_goes_back_and_its_witness_last(folder: Path):
    async with opened(folder) as (device, modem):
        left = leave(folder, modem, WDA, DMS, NAS, WDS)
        found = await device.give_back_leftovers()
        assert ids(found) == left
        assert {one.holder for one in found} == {DEAD}
        released = [one.release_info for one in modem.bodies(ctl.ReleaseCid)]  # type: ignore[union-attr]
        assert [int(one.service_) for one in released] == [WDS, NAS, DMS, WDA]
        assert modem.held == []
        assert noted(folder) == []
        assert device.observed.anomalies == []
        assert await device.give_back_leftovers() == ()


async def test_no_question_is_asked_on_the_way_but_one_to_the_witness(folder: Path):
    async with opened(folder) as (device, modem):
        leave(folder, modem, WDA, DMS)
        await device.give_back_leftovers()
        assert [type(one) for one in modem.asked] == [wda.GetDataFormat] + [ctl.ReleaseCid] * 2


async def test_an_endpoint_that_is_missing_in_the_question_is_an_answer_too(folder: Path):
    async with opened(folder) as (device, modem):
        left = leave(folder, modem, WDA, DMS)
        modem.script(wda.GetDataFormat, Error.MISSING_ARGUMENT)
        assert ids(await device.give_back_leftovers()) == left


@pytest.mark.parametrize("services", [(DMS,), (DMS, NAS, WDS), (DMS, WDA, NAS)])
async def test_what_was_given_before_the_witness_cannot_be_shown_and_stays(
    folder: Path, services: tuple[int, ...]
):
    async with opened(folder) as (device, modem):
        left = leave(folder, modem, *services)
        after = left[services.index(WDA) :] if WDA in services else []
        assert ids(await device.give_back_leftovers()) == after
        assert modem.held == [one for one in left if one not in after]
        assert noted(folder) == []


async def test_the_lowest_number_is_no_witness_for_others(folder: Path):
    async with opened(folder) as (device, modem):
        clients = modem.connection.clients
        left = [(DMS, clients.allocate(DMS)), (WDA, clients.allocate(WDA))]
        left.append((WDS, clients.allocate(WDS)))
        entries = [held(service, client or 0) for service, client in left]
        (folder / FILE).write_bytes(write_entries(entries))
        assert await device.give_back_leftovers() == ()
        assert modem.held == left
        assert modem.asked == []
        assert noted(folder) == []


@pytest.mark.parametrize("number", [1, 2])
async def test_a_run_that_had_nothing_but_its_witness_yet_gives_it_back(folder: Path, number: int):
    async with opened(folder) as (device, modem):
        entries = []
        for _ in range(number):
            client = modem.connection.clients.allocate(WDA)
            entries.append(held(WDA, client or 0))
        (folder / FILE).write_bytes(write_entries(entries))
        assert len(await device.give_back_leftovers()) == number
        assert modem.held == []


async def test_each_run_has_its_own_witness(folder: Path):
    async with opened(folder, system=both_dead()) as (device, modem):
        first = leave(folder, modem, WDA, DMS)
        second = leave(folder, modem, NAS, DMS, holder=DEAD_TOO)
        assert ids(await device.give_back_leftovers()) == first
        assert sorted(modem.held) == sorted(second)


async def test_of_two_runs_both_go_back(folder: Path):
    async with opened(folder, system=both_dead()) as (device, modem):
        left = leave(folder, modem, WDA, DMS)
        left += leave(folder, modem, WDA, DMS, holder=DEAD_TOO)
        assert sorted(ids(await device.give_back_leftovers())) == sorted(left)
        assert modem.held == []


async def test_ids_that_are_held_now_stay_while_others_go_back(folder: Path):
    async with opened(folder) as (device, modem):
        left = leave(folder, modem, WDA, DMS)
        async with device.client("dms") as client:
            assert ids(await device.give_back_leftovers()) == left
            assert modem.held == [(DMS, client.cid)]
            assert noted(folder) == [(DMS, client.cid)]


async def test_without_a_journal_or_leftovers_nothing_is_asked(folder: Path):
    async with opened_qmi() as (device, modem):
        assert await device.give_back_leftovers() == ()
        assert modem.asked == []
    async with opened(folder) as (device, modem):
        assert await device.give_back_leftovers() == ()
        assert modem.asked == []


async def test_after_a_sync_an_id_that_another_program_was_given_stays_its_own(folder: Path):
    async with opened(folder) as (device, modem):
        leave(folder, modem, WDA, DMS, NAS)
        theirs = take_all(modem, DMS, NAS)
        assert await device.give_back_leftovers() == ()
        assert modem.held == theirs == [(DMS, 1), (NAS, 1)]
        assert modem.count(ctl.ReleaseCid) == 0
        assert noted(folder) == []


async def test_ids_that_are_given_out_anew_one_for_one_stay_with_who_has_them(folder: Path):
    """The witness has not the lowest number: to give it out again takes two WDA clients."""
    async with opened(folder) as (device, modem):
        left = leave(folder, modem, WDA, DMS, NAS)
        theirs = take_all(modem, *(service for service, _ in left))
        assert await device.give_back_leftovers() == ()
        assert modem.held == theirs
        assert modem.count(ctl.ReleaseCid) == 0


async def test_a_witness_that_is_given_to_this_run_shows_a_sync_too(folder: Path):
    async with opened(folder) as (device, modem):
        leave(folder, modem, WDA, DMS)
        theirs = take_all(modem, DMS)
        async with device.client("wda"), device.client("wda") as own:
            assert own.cid == 2
            assert noted(folder) == [(WDA, 2)]
            assert await device.give_back_leftovers() == ()
        assert modem.held == theirs


async def test_while_another_program_has_the_port_open_its_id_stays(folder: Path):
    async with opened(folder) as (device, modem):
        leave(folder, modem, WDA, DMS)
        theirs = take_all(modem, WDA, DMS)
        assert await device.give_back_leftovers(held_by_others=True) == ()
        assert modem.held == theirs
        assert modem.asked == []
        assert noted(folder) == []


async def test_an_id_that_the_modem_does_not_know_puts_the_others_in_doubt(folder: Path):
    async with opened(folder) as (device, modem):
        leave(folder, modem, WDA, DMS, NAS, WDS)
        take_all(modem, WDA, WDA, DMS, WDS)  # not to be told from ours but by NAS
        assert ids(await device.give_back_leftovers()) == [(WDS, 1)]
        assert modem.count(ctl.ReleaseCid) == 2
        assert modem.held == [(WDA, 1), (WDA, 2), (DMS, 1)]
        assert noted(folder) == []


async def test_a_silent_modem_is_waited_for_in_bounded_time(folder: Path):
    async with opened(folder) as (device, modem):
        leave(folder, modem, WDA, DMS, NAS, WDS)
        modem.script(wda.GetDataFormat, Silent())
        modem.script(ctl.ReleaseCid, Silent())
        begin = trio.current_time()
        assert await device.give_back_leftovers() == ()
        assert trio.current_time() - begin <= 20
        assert noted(folder) == []


@pytest.mark.parametrize("moment", range(1, 6))
async def test_cancelled_at_any_moment_what_is_left_is_for_the_next_run(folder: Path, moment: int):
    async with opened(folder) as (device, modem):
        left = leave(folder, modem, WDA, DMS, NAS)
        modem.script(ctl.ReleaseCid, After(1, modem.by_itself))
        modem.script(wda.GetDataFormat, lambda asked: After(1, answer_who_is_known(modem, asked)))
        with trio.move_on_after(moment - 0.5) as scope:
            await device.give_back_leftovers()
        assert scope.cancelled_caught == (moment <= 4)
        await trio.sleep(3)  # what the modem was asked for meanwhile
        # None of the file's is free in the modem: it could be another program's by then.
        assert set(noted(folder)) <= set(modem.held) <= set(left)
        # And the next run can still show it.
        assert (noted(folder) == []) == (moment >= 4)
        assert not noted(folder) or noted(folder)[0][0] == WDA
    next_run = FakeSystem(ALIVE)
    next_run.lives[ME] = "dead"
    again = Journal(str(folder), system=next_run).leftovers(PORT)
    assert set(ids(again)) <= set(modem.held)


async def test_an_id_of_a_live_run_is_never_touched(folder: Path):
    async with opened(folder) as (device, modem):
        modem.connection.clients.allocate(WDA)
        (folder / FILE).write_bytes(write_entries([held(WDA, 1, holder=ALIVE)]))
        assert await device.give_back_leftovers() == ()
        assert modem.held == [(WDA, 1)]
        assert DEAD not in {one.holder for one in read_entries((folder / FILE).read_bytes())}


async def test_a_journal_that_cannot_be_written_is_in_nobodys_way(folder: Path):
    os.chmod(folder, 0o777)
    async with opened(folder) as (device, modem):
        async with device.client("dms"):
            assert modem.held == [(DMS, 1)]
        assert modem.held == []
        assert await device.give_back_leftovers() == ()
        assert device.observed.anomalies == []
        assert device.journal is not None
        assert "cannot be trusted" in str(device.journal.problem)
    assert os.listdir(folder) == []


async def test_a_witness_is_the_second_of_two_ids_and_goes_back_with_the_stack(folder: Path):
    async with opened(folder) as (device, modem):
        async with AsyncExitStack() as stack:
            found = await take_witness(device, stack)
            assert found is not None
            assert (found.client.cid, found.apart) == (2, True)
            assert modem.held == [(WDA, 2)]
            assert noted(folder) == [(WDA, 2)]
        assert modem.held == []
        assert [type(one) for one in modem.asked] == [
            *(ctl.AllocateCid, ctl.AllocateCid, ctl.ReleaseCid),
            ctl.ReleaseCid,
        ]


async def test_a_modem_with_one_id_of_a_service_has_a_witness_that_is_the_lowest(folder: Path):
    async with opened(folder) as (device, modem):
        modem.connection.clients.limit = 1
        async with AsyncExitStack() as stack:
            found = await take_witness(device, stack)
            assert found is not None
            assert (found.client.cid, found.apart) == (1, False)
            assert modem.held == [(WDA, 1)]
        assert modem.held == []


async def test_a_modem_without_the_service_has_no_witness(folder: Path):
    async with opened(folder) as (device, modem), AsyncExitStack() as stack:
        modem.script(ctl.AllocateCid, Error.INVALID_SERVICE_TYPE)
        assert await take_witness(device, stack) is None
        assert modem.count(ctl.AllocateCid) == 1


async def test_a_silent_modem_is_no_modem_without_a_witness(folder: Path):
    async with opened(folder) as (device, modem), AsyncExitStack() as stack:
        modem.script(ctl.AllocateCid, Silent())
        with pytest.raises(NoAnswer):
            await take_witness(device, stack)
