# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs that are ended at any moment: signals leave nothing behind, and SIGKILL what can be mended.

The moments are spread evenly over the time of a whole run. A few of them in every run of the
suite, the whole number with --soak.
"""

from __future__ import annotations

import signal
import statistics
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

import pytest
import trio

from qmiprobe.qmi import _registry
from qmiprobe.qmi.services import ctl
from tests.soak.ended import Ended, Stage, host_state, stage

AT_ONCE = 4
WHOLE_RUNS = 3
LEAST_HELD = 0.8
"""Of the signals, so many have to come while an id is held."""
SIGNALS = [12, pytest.param(300, marks=pytest.mark.soak)]
KILLS = [6, pytest.param(50, marks=pytest.mark.soak)]
STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143}
WDA = 0x1A

One = Callable[[Stage, float, int], Awaitable[None]]
"""On a modem, so many seconds after the start, the so manieth."""


async def spread(folder: Path, count: int, one: One, *, ctl: bool) -> float:
    """Do ``one`` at so many moments of a run, a few at a time, each on its own modem.

    Returns the seconds that a whole run takes.
    """
    stages: list[Stage] = []
    async with AsyncExitStack() as stack:
        for number in range(min(AT_ONCE, count)):
            opened = stage(folder / f"stage-{number}", ctl=ctl)
            stages.append(await stack.enter_async_context(opened))
        takes = await _time_of_a_run(stages)
        moments = [(number, (number + 0.5) / count * takes) for number in range(count)]
        Random(count).shuffle(moments)

        async def work(on: Stage) -> None:
            while moments:
                number, after = moments.pop()
                await one(on, after, number)

        async with trio.open_nursery() as nursery:
            for each in stages:
                nursery.start_soon(work, each)
    return takes


async def _time_of_a_run(stages: list[Stage]) -> float:
    """As many at once as later, since they share the processors."""
    times: list[float] = []

    async def measure(on: Stage) -> None:
        begin = trio.current_time()
        ended = await on.run()
        times.append(trio.current_time() - begin)
        assert ended.status == 0, ended.err
        assert on.modem.client_ids == on.noted == []

    for _ in range(WHOLE_RUNS):
        async with trio.open_nursery() as nursery:
            for each in stages:
                nursery.start_soon(measure, each)
    return statistics.median(times)


@pytest.mark.parametrize("count", SIGNALS)
async def test_a_run_that_is_ended_by_a_signal_leaves_nothing_behind(tmp_path: Path, count: int):
    seen: Counter[str] = Counter()
    before = host_state()

    async def one(on: Stage, after: float, number: int) -> None:
        kind = (signal.SIGINT, signal.SIGTERM)[number % 2]
        options = ("--connect", "--ip-type", "4") if number % 4 < 2 else ()
        ended = await on.run(*options, number=kind, after=after)
        seen["held"] += bool(ended.held)
        seen["over"] += ended.over
        seen["python was starting"] += not ended.took_signals
        _hold_end(ended, kind)
        assert on.modem.client_ids == [], f"{ended.held} were held after {after:.3f} s"
        assert (on.noted, on.sessions) == ([], [])

    takes = await spread(tmp_path, count, one, ctl=True)
    assert host_state() == before
    print(f"{count} runs of {takes:.2f} s ended by signals: {dict(seen)}")
    # Of a few, those at the very start and end weigh more.
    assert seen["held"] >= (LEAST_HELD if count > 100 else 0.6) * count


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

    async def one(on: Stage, after: float, number: int) -> None:
        killed = await on.run(number=signal.SIGKILL, after=after)
        assert killed.over or killed.status == -signal.SIGKILL
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
            seen["gave back"] += bool(noted)
            await _next_run_gives_back(on, noted, keeps=lost)
        async with on.other_program() as other:
            await other.call(ctl.Sync())

    takes = await spread(tmp_path, count, one, ctl=False)
    print(f"{count} runs of {takes:.2f} s killed: {dict(seen)}")
    assert seen["left ids"] >= count / 2
    assert seen["gave back"]
    assert seen["ids taken by another program"]


async def _next_run_gives_back(on: Stage, noted: list[tuple[int, int]], *, keeps: object) -> None:
    ended = await on.run()
    assert ended.status == 0, ended.err
    assert sorted(on.modem.client_ids) == keeps
    assert on.noted == []
    check = ended.check("control.clients")
    findings = [one["id"] for one in ended.report["findings"]]
    assert check["outcome"] == ("warn" if noted else "pass")
    assert findings == ["control/leftover-client-ids"] * bool(noted)
    told = [one["text"] for one in check["evidence"] if "given back" in one["text"]]
    named = [f"{_registry.service_name(service)} {client} of " for service, client in noted]
    assert sorted(text.partition("process")[0] for text in told) == sorted(named)


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
    assert ended.status == 0, ended.err
    assert sorted(on.modem.client_ids) == theirs
    assert ended.check("control.clients")["outcome"] == "pass"
    assert (ended.report["findings"], on.noted) == ([], [])
