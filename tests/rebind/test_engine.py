# SPDX-License-Identifier: GPL-2.0-or-later
"""From every start to a port that answers; stopped anywhere, all is as it was or mended."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trio

from qmiprobe import rebind
from qmiprobe.errors import CannotTest
from qmiprobe.rebind import Plan, RebindJournal, State, differences, open_journal
from qmiprobe.rebind._engine import Engine, Result
from tests.rebind.around import Manager, Port, numbers, plan_of, state_of
from tests.rebind.kernel import Kernel, Killed
from tests.rebind.starts import STARTS, WANTED


class Mortal(RebindJournal):
    """A journal whose writer can be killed."""

    kernel: Kernel

    def begin(self, **words: object) -> None:
        if self.kernel.dead:
            raise Killed
        super().begin(**words)  # type: ignore[arg-type]

    def end(self) -> None:
        if self.kernel.dead:
            raise Killed
        super().end()


async def rebound(
    kernel: Kernel,
    folder: Path,
    *,
    name: str = "",
    manager: Manager | None = None,
    journal_folder: str = "journal",
) -> Result:
    """Carry out the plan of a machine, a killed run's work included."""
    with open_journal(str(folder / journal_folder)) as journal:
        before = journal.leftover.before if journal.leftover is not None else None
        plan = plan_of(kernel, WANTED.get(name), before=before)
        assert isinstance(plan, Plan), plan
        mortal = Mortal(journal._folder, journal.leftover)
        mortal.kernel = kernel
        asked = manager or Manager()
        engine = Engine(kernel, mortal, asked.inhibited, Port(kernel))
        return await engine.apply(plan)


def lasting(state: State) -> tuple[object, ...]:
    """What of a state a rebind may not change for good."""
    return state.fence, state.power


@pytest.mark.parametrize("name", STARTS)
async def test_every_start_ends_in_a_port_that_answers(name: str, tmp_path: Path):
    kernel, manager = STARTS[name](), Manager()
    before = state_of(kernel)
    result = await rebound(kernel, tmp_path, name=name, manager=manager)
    assert result.outcome == "applied", result
    assert result.answer == "an answer"
    assert manager.held == 0
    after = state_of(kernel)
    assert lasting(after) == lasting(before)
    assert rebind.read_leftover(str(tmp_path / "journal")) is None
    assert not [one for driver, one in after.dynamic_ids if driver == "qmi_wwan"]
    plan = plan_of(kernel, WANTED.get(name))
    assert isinstance(plan, Plan)
    assert plan.right, [step.command for step in plan.steps]


@pytest.mark.parametrize("name", STARTS)
async def test_a_port_that_stays_silent_has_all_of_it_taken_back(name: str, tmp_path: Path):
    kernel, manager = STARTS[name](), Manager()
    kernel.silent = True
    before = state_of(kernel)
    result = await rebound(kernel, tmp_path, name=name, manager=manager)
    assert (result.outcome, result.left) == ("rolled-back", ()), result
    assert result.error == "silence"
    assert differences(state_of(kernel), before) == ()
    assert manager.held == 0
    assert rebind.read_leftover(str(tmp_path / "journal")) is None


async def _writes(name: str, folder: Path) -> int:
    kernel = STARTS[name]()
    await rebound(kernel, folder, name=name)
    return len(kernel.writes)


def _stop_at(kernel: Kernel, where: int, how: BaseException) -> None:
    def stop(number: int) -> None:
        if number == where:
            kernel.before_write = lambda number: None
            kernel.dead = isinstance(how, Killed)
            raise how

    kernel.before_write = stop


@pytest.mark.parametrize("name", STARTS)
async def test_a_step_that_fails_has_all_of_it_taken_back(name: str, tmp_path: Path):
    for where in numbers(await _writes(name, tmp_path)):
        kernel = STARTS[name]()
        before = state_of(kernel)
        _stop_at(kernel, where, OSError(5, "bus error"))
        result = await rebound(kernel, tmp_path, name=name)
        if result.outcome == "applied":  # a step that may fail
            continue
        assert (result.outcome, result.left) == ("rolled-back", ()), (where, result)
        assert differences(state_of(kernel), before) == (), (where, kernel.writes)


@pytest.mark.parametrize("name", STARTS)
async def test_cancelled_anywhere_all_of_it_is_taken_back(name: str, tmp_path: Path):
    for where in numbers(await _writes(name, tmp_path)):
        kernel, manager = STARTS[name](), Manager()
        before = state_of(kernel)
        with trio.CancelScope() as scope:

            def stop(number: int, where: int = where, scope: trio.CancelScope = scope) -> None:
                if number == where:
                    scope.cancel()

            kernel.before_write = stop
            await rebound(kernel, tmp_path, name=name, manager=manager)
        assert manager.held == 0
        assert rebind.read_leftover(str(tmp_path / "journal")) is None
        if not scope.cancelled_caught:  # it came too late
            assert abs(where) == len(kernel.writes)
            continue
        assert differences(state_of(kernel), before) == (), (where, kernel.writes)


async def _killed(name: str, folder: Path, where: int) -> tuple[Kernel, State]:
    kernel = STARTS[name]()
    before = state_of(kernel)
    _stop_at(kernel, where, Killed())
    with pytest.raises(Killed):
        await rebound(kernel, folder, name=name)
    kernel.dead = False
    return kernel, before


@pytest.mark.parametrize("name", STARTS)
async def test_killed_anywhere_the_next_run_finishes(name: str, tmp_path: Path):
    whole = STARTS[name]()
    await rebound(whole, tmp_path, name=name)
    mended = state_of(whole)
    for where in numbers(await _writes(name, tmp_path)):
        kernel, before = await _killed(name, tmp_path, where)
        assert rebind.read_leftover(str(tmp_path / "journal")) is not None, where
        result = await rebound(kernel, tmp_path, name=name)
        assert result.outcome == "applied", (where, result)
        after = state_of(kernel)
        assert lasting(after) == lasting(before), where
        assert not [one for driver, one in after.dynamic_ids if driver == "qmi_wwan"], where
        assert rebind.read_leftover(str(tmp_path / "journal")) is None
        assert differences(after, mended) == (), where


@pytest.mark.parametrize("name", STARTS)
async def test_killed_anywhere_the_next_run_takes_it_back(name: str, tmp_path: Path):
    for where in numbers(await _writes(name, tmp_path)):
        kernel, before = await _killed(name, tmp_path, where)
        with open_journal(str(tmp_path / "journal")) as journal:
            assert journal.leftover is not None
            engine = Engine(kernel, journal, Manager().inhibited, Port(kernel))
            assert await engine.roll_back(journal.leftover.before) == (), where
        assert differences(state_of(kernel), before) == (), (where, kernel.writes)
        assert rebind.read_leftover(str(tmp_path / "journal")) is None


async def _rolled_back(kernel: Kernel, folder: Path) -> tuple[str, ...]:
    with open_journal(str(folder / "journal")) as journal:
        assert journal.leftover is not None
        engine = Engine(kernel, journal, Manager().inhibited, Port(kernel))
        return await engine.roll_back(journal.leftover.before)


async def test_plugged_in_again_since_only_the_fence_and_ids_are_put_back(tmp_path: Path):
    kernel, _ = await _killed("a modem that the driver does not know", tmp_path, -4)
    assert kernel.dynamic_ids["qmi_wwan"]
    kernel.fence = True
    kernel.device_number += 1
    kernel._choose(1)
    bound = dict(kernel.bound)
    assert await _rolled_back(kernel, tmp_path) == ()
    assert not kernel.dynamic_ids["qmi_wwan"]
    assert not kernel.fence
    assert kernel.bound == bound


async def test_unplugged_since_the_fence_comes_down_all_the_same(tmp_path: Path):
    kernel, _ = await _killed("the kernel's own configuration", tmp_path, -3)
    assert kernel.fence
    kernel.unplugged = True
    assert await _rolled_back(kernel, tmp_path) == ()
    assert not kernel.fence
    assert rebind.read_leftover(str(tmp_path / "journal")) is None


async def test_somebody_who_changes_the_same_thing_meanwhile_ends_it(tmp_path: Path):
    kernel = STARTS["the kernel's own configuration"]()
    before = state_of(kernel)

    def flip(number: int) -> None:
        if number == -3:  # as usb_modeswitch does
            kernel.before_write = lambda number: None
            kernel._choose(1)

    kernel.before_write = flip
    result = await rebound(kernel, tmp_path)
    assert result.outcome == "rolled-back"
    assert "something else is at work" in (result.error or "")
    assert differences(state_of(kernel), before) == ()


async def test_a_driver_that_is_quicker_than_the_fence_ends_it(tmp_path: Path):
    kernel = STARTS["unbound MBIM"]()
    before = state_of(kernel)

    def thief(number: int) -> None:
        if number == 1:
            kernel.bound[12] = "option"

    kernel.before_write = thief
    result = await rebound(kernel, tmp_path)
    assert result.outcome == "rolled-back"
    assert "option has it" in (result.error or "")
    assert differences(state_of(kernel), before) == ()


@pytest.mark.parametrize("name", ["device deauthorized", "a leftover id on the MBIM interfaces"])
async def test_a_way_back_that_is_killed_too_is_gone_again(name: str, tmp_path: Path):
    last = await _writes(name, tmp_path)
    for where in range(1, 2 * last):
        kernel, before = await _killed(name, tmp_path, -last)
        kernel.writes.clear()
        _stop_at(kernel, where, Killed())
        try:
            await _rolled_back_by_mortal(kernel, tmp_path)
        except Killed:
            kernel.dead = False
        else:
            assert where > 1
            return
        assert await _rolled_back(kernel, tmp_path) == (), where
        assert differences(state_of(kernel), before) == (), where


async def _rolled_back_by_mortal(kernel: Kernel, folder: Path) -> None:
    with open_journal(str(folder / "journal")) as journal:
        assert journal.leftover is not None
        mortal = Mortal(journal._folder, journal.leftover)
        mortal.kernel = kernel
        engine = Engine(kernel, mortal, Manager().inhibited, Port(kernel))
        await engine.roll_back(journal.leftover.before)


class Stubborn(Manager):
    """A ModemManager that does not let go."""

    @asynccontextmanager
    async def inhibited(self, folder: str) -> AsyncIterator[Manager]:
        raise CannotTest("no")
        yield self


async def test_where_modem_manager_does_not_let_go_nothing_is_begun(tmp_path: Path):
    kernel = STARTS["the kernel's own configuration"]()
    with pytest.raises(CannotTest, match="no"):
        await rebound(kernel, tmp_path, manager=Stubborn())
    assert kernel.writes == []


async def test_where_there_can_be_no_journal_nothing_is_begun(tmp_path: Path):
    kernel = STARTS["the kernel's own configuration"]()

    class Gone(Manager):
        @asynccontextmanager
        async def inhibited(self, folder: str) -> AsyncIterator[Manager]:
            shutil.rmtree(tmp_path / "journal")
            yield self

    with pytest.raises(CannotTest, match="without a journal nothing is changed"):
        await rebound(kernel, tmp_path, manager=Gone())
    assert kernel.writes == []
