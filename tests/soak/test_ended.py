# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs that are ended at any moment: signals leave nothing behind, and SIGKILL what can be mended.

The moments are spread evenly over the time of a whole run: of the quickest of some, by what it
had asked the modem until then. A few of them in every run of the suite, the whole number with
--soak.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from copy import copy
from pathlib import Path
from random import Random

import pytest
import trio

from qmiprobe.qmi import _registry
from qmiprobe.qmi.services import ctl
from tests.soak.ended import Ended, Moment, Progress, Stage, host_state, stage

AT_ONCE = 3
WHOLE_RUNS = 2
FEW = 20
PAUSE, QUICK_PAUSE = 0.15, 0.04
"""Seconds that the modem takes for a request; the less of a run is Python's start, the better."""
LEAST_HELD = 0.8
"""Of the signals, so many have to come while an id is held."""
SIGNALS = [12, pytest.param(300, marks=pytest.mark.soak)]
KILLS = [6, pytest.param(50, marks=pytest.mark.soak)]
OPTIONS = ((), ("--connect", "--ip-type", "4"))
STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143}
NO_ANSWER = 4
WDA = 0x1A

One = Callable[[Stage, Moment, int], Awaitable[None]]
"""On a modem, at a moment, the so manieth."""


async def spread(
    folder: Path, count: int, one: One, *, ctl: bool, options: Sequence[tuple[str, ...]] = ((),)
) -> list[float]:
    """Do ``one`` at so many moments of a run, a few at a time, each on its own modem.

    Of the kinds of runs, by ``options``, each has its turn. Returns the seconds that one takes.
    """
    stages: list[Stage] = []
    async with AsyncExitStack() as stack:
        for number in range(min(AT_ONCE, count)):
            pause = PAUSE if count > FEW else QUICK_PAUSE
            opened = stage(folder / f"stage-{number}", pause=pause, ctl=ctl)
            stages.append(await stack.enter_async_context(opened))
        kinds = [await _whole_run(stages[0], kind) for kind in options]
        numbers = list(range(count))
        Random(count).shuffle(numbers)

        async def work(on: Stage) -> None:
            while numbers:
                number = numbers.pop()
                takes, progress = kinds[number % len(kinds)]
                await one(on, progress.moment((number + 0.5) / count, takes), number)

        async with trio.open_nursery() as nursery:
            for each in stages:
                nursery.start_soon(work, each)
    return [takes for takes, _ in kinds]


async def _whole_run(on: Stage, options: tuple[str, ...]) -> tuple[float, Progress]:
    """Return how long the quickest of some runs takes, and what it asks when."""
    found: list[tuple[float, Progress]] = []
    for _ in range(WHOLE_RUNS):
        begin = trio.current_time()
        ended = await on.run(*options)
        found.append((trio.current_time() - begin, copy(on.progress)))
        assert ended.status == 0, ended.err
        assert on.modem.client_ids == on.noted == []
    return min(found, key=lambda one: one[0])


@pytest.mark.parametrize("count", SIGNALS)
async def test_a_run_that_is_ended_by_a_signal_leaves_nothing_behind(tmp_path: Path, count: int):
    seen: Counter[str] = Counter()
    before = host_state()

    async def one(on: Stage, when: Moment, number: int) -> None:
        kind = (signal.SIGINT, signal.SIGTERM)[number // 2 % 2]
        ended = await on.run(*OPTIONS[number % 2], number=kind, when=when)
        seen["held"] += bool(ended.held)
        seen["over"] += ended.over
        seen["python was starting"] += not ended.took_signals
        gave_up = ended.over and ended.status == NO_ANSWER
        seen["machine too slow for the modem"] += gave_up
        if not gave_up:
            _hold_end(ended, kind)
        seen["modem was late"] += bool(on.modem.client_ids)
        assert await on.all_back(), f"{on.modem.client_ids} at {when}: {ended.told}"
        assert (on.noted, on.sessions) == ([], [])

    takes = await spread(tmp_path, count, one, ctl=True, options=OPTIONS)
    assert host_state() == before
    print(f"{count} runs of {takes} s ended by signals: {dict(seen)}")
    # A few runs say little: one at the start and one at the end are a sixth of twelve.
    assert seen["held"] >= (LEAST_HELD if count > FEW else 0.5) * count


def _hold_end(ended: Ended, kind: signal.Signals) -> None:
    if not ended.took_signals:
        return  # what Python does with a signal while it starts is its own
    # One that comes while a run takes leave after all was said comes too late.
    complete = ended.out.endswith("}\n") and not ended.held
    assert ended.status == STATUS[kind] or (ended.status == 0 and complete), ended.err
    assert ended.status == 0 or not ended.out
    assert not any(word in ended.err for word in ("Traceback", "Interrupt", "Error", "ignored"))


@pytest.mark.parametrize("count", KILLS)
async def test_what_a_killed_run_left_goes_back_or_stays_with_who_has_it_now(
    tmp_path: Path, count: int
):
    seen: Counter[str] = Counter()

    async def one(on: Stage, when: Moment, number: int) -> None:
        killed = await on.run(number=signal.SIGKILL, when=when)
        # 0: it was over in that very moment.
        assert killed.over or killed.status in (0, -signal.SIGKILL)
        await on.settle()
        left, noted = sorted(on.modem.client_ids), on.noted
        assert set(noted) <= set(left)
        # The answer was on its way when the run was killed: nobody knows the number.
        lost = [one for one in left if one not in noted]
        seen["left ids"] += bool(noted)
        seen["lost an id"] += bool(lost)
        taken = number % 2 and any(service != WDA for service, _ in noted)
        if taken:
            seen["ids taken by another program"] += 1
            await _give_to_another(on, noted)
            await _next_run_touches_nothing(on)
        else:
            # A run whose first answer took over a second, on a loaded machine, takes no witness.
            shown = noted if _has_witness(noted) else []
            seen["gave back"] += bool(shown)
            seen["took no witness"] += shown != noted
            keeps = sorted({*left} - {*shown})
            await _next_run_gives_back(on, shown, keeps=keeps)
        async with on.other_program() as other:
            await other.call(ctl.Sync())

    takes = await spread(tmp_path, count, one, ctl=False)
    print(f"{count} runs of {takes} s killed: {dict(seen)}")
    assert seen["left ids"] >= count / 2
    assert seen["gave back"]
    assert seen["ids taken by another program"]


def _has_witness(noted: list[tuple[int, int]]) -> bool:
    only = all(service == WDA for service, _ in noted)
    return only or any(service == WDA and client > 1 for service, client in noted)


async def _next_run_gives_back(on: Stage, noted: list[tuple[int, int]], *, keeps: object) -> None:
    ended = await on.run()
    assert ended.status == 0, ended.told
    assert sorted(on.modem.client_ids) == keeps
    assert on.noted == []
    check = ended.check("control.clients")
    findings = [one["id"] for one in ended.report["findings"]]
    assert check["outcome"] == ("warn" if noted else "pass")
    assert findings == ["control/leftover-client-ids"] * bool(noted)
    texts = [one["text"] for one in check["evidence"] if "given back" in one["text"]]
    told = {text.partition("process")[0] for text in texts}
    named = {f"{_registry.service_name(service)} {client} of " for service, client in noted}
    # Of one that the modem took back, but said so too late for a loaded machine, nothing is told.
    assert told <= named
    assert len(told) >= len(named) - 1


async def _give_to_another(on: Stage, noted: list[tuple[int, int]]) -> None:
    """A Sync, and each service that the killed run had is asked for anew."""
    async with on.other_program() as other, AsyncExitStack() as clients:
        await other.call(ctl.Sync())
        for service, _ in noted:
            name = _registry.service_name(service)
            assert name is not None
            await clients.enter_async_context(other.client(name))
        await other.transport.aclose()  # it goes, and keeps them


async def _next_run_touches_nothing(on: Stage) -> None:
    theirs = sorted(on.modem.client_ids)
    assert theirs
    ended = await on.run()
    assert ended.status == 0, ended.told
    assert sorted(on.modem.client_ids) == theirs
    assert ended.check("control.clients")["outcome"] == "pass"
    assert (ended.report["findings"], on.noted) == ([], [])
