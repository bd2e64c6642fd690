# SPDX-License-Identifier: GPL-2.0-or-later
"""A ``connect`` that is killed at any moment: after the next run all is as it was before."""

from __future__ import annotations

import random
import signal

import pytest
import trio

from tests.cli.connecting import Stage, play_beside_a_resolver, said
from tests.session.fake_resolver import FakeResolver
from tests.session.machine import settled

pytestmark = [pytest.mark.needs(one) for one in ("netns", "tun", "dbus-daemon")]
BOTH = pytest.mark.parametrize("profile", ["ec25", "em7455"])
LIKE_A_USER = ("--metric", "100")
KILLS, SOAK_KILLS = 8, 250
SYNC_EACH = 20
INDEX = 99
"""Of a netdev that is none of ours."""


async def _usual_seconds(stage: Stage) -> float:
    begin = trio.current_time()
    run = await stage.hold(*LIKE_A_USER)
    await said(run, "connected")
    takes = trio.current_time() - begin
    run.send_signal(signal.SIGINT)
    assert (await run.wait()).status == 130
    return takes


async def _kill(stage: Stage, seconds: float, chance: random.Random) -> None:
    """Kill a run after so many seconds, and have another one put all in order."""
    if chance.random() < 0.5:
        run = await stage.hold(*LIKE_A_USER)
    else:
        words = ("connect", stage.address, "--netdev", "wwan0", *LIKE_A_USER)
        run = await stage.forks.start(*words)
    await trio.sleep(seconds)
    run.send_signal(signal.SIGKILL)
    killed = await run.wait()
    assert killed.status in (-signal.SIGKILL, 0), str(killed)
    if chance.random() < 0.5:
        ended = await stage.disconnect()
        assert ended.status == 0, str(ended)
    else:
        again = await stage.hold("--force", *LIKE_A_USER)
        await said(again, "connected")
        again.send_signal(signal.SIGTERM)
        ended = await again.wait()
        assert ended.status == 143, str(ended)


async def _kill_often(stage: Stage, resolver: FakeResolver, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    takes = await _usual_seconds(stage)
    before = await settled()
    resolver.servers[INDEX] = [(2, bytes(4))]  # of another program
    for number in range(kills):
        await _kill(stage, chance.uniform(0, takes * 1.2), chance)
        assert stage.sessions == [], number
        assert await settled() == before, number
        assert resolver.told() == {INDEX: ["0.0.0.0"]}, number
        assert stage.journals in ([], ["client-ids.json"])
        if number % SYNC_EACH == SYNC_EACH - 1 and stage.address.startswith("qmi:"):
            # An id is lost whose number the killed run did not live to read: there are 16.
            synced = await stage.forks.run("call", stage.address, "ctl.sync")
            assert synced.status == 0, str(synced)


@BOTH
def test_killed_at_any_moment_all_is_as_before_after_the_next_run(profile: str):
    async def body(stage: Stage, resolver: FakeResolver) -> None:
        await _kill_often(stage, resolver, KILLS, seed=6)

    play_beside_a_resolver(body, profile, up=False)


@BOTH
@pytest.mark.soak
def test_killed_hundreds_of_times_all_is_as_before_each_time(profile: str):
    async def body(stage: Stage, resolver: FakeResolver) -> None:
        await _kill_often(stage, resolver, SOAK_KILLS, seed=66)

    play_beside_a_resolver(body, profile, up=False, timeout=1500)


@BOTH
def test_killed_while_it_undoes_the_rest_is_undone_by_the_next_run(profile: str):
    async def body(stage: Stage, resolver: FakeResolver) -> None:
        before = await settled()
        for delay in (0.0, 0.005, 0.02, 0.05):
            run = await stage.hold(*LIKE_A_USER)
            await said(run, "connected")
            run.send_signal(signal.SIGTERM)
            await trio.sleep(delay)
            run.send_signal(signal.SIGKILL)
            await run.wait()
            ended = await stage.disconnect()
            assert ended.status == 0, str(ended)
            assert stage.sessions == []
            assert await settled() == before
            assert resolver.told() == {}

    play_beside_a_resolver(body, profile, up=False)


@BOTH
def test_disconnect_killed_half_way_is_finished_by_another(profile: str):
    async def body(stage: Stage, resolver: FakeResolver) -> None:
        before = await settled()
        for delay in (0.02, 0.08, 0.15):
            assert (await stage.connect(*LIKE_A_USER)).status == 0
            run = await stage.forks.start("disconnect")
            await trio.sleep(delay)
            run.send_signal(signal.SIGKILL)
            await run.wait()
            ended = await stage.disconnect()
            assert ended.status == 0, str(ended)
            assert stage.sessions == []
            assert await settled() == before
            assert resolver.told() == {}

    play_beside_a_resolver(body, profile, up=False)


async def _interrupt_often(
    stage: Stage, resolver: FakeResolver, number: signal.Signals, times: int
) -> None:
    chance = random.Random(int(number) + times)
    takes = await _usual_seconds(stage)
    before = await settled()
    for turn in range(times):
        words = ("connect", stage.address, "--netdev", "wwan0", *LIKE_A_USER)
        run = await stage.forks.start(*words)
        await trio.sleep(chance.uniform(0, takes))
        run.send_signal(number)
        ended = await run.wait()
        if ended.status == 0:  # it came too late
            await stage.disconnect()
        else:
            assert ended.status in (128 + number, -number), str(ended)
        assert stage.sessions == [], (turn, str(ended))
        assert await settled() == before, turn
        assert resolver.told() == {}, turn
        assert stage.journals in ([], ["client-ids.json"])


SIGNALS = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])


@BOTH
@SIGNALS
def test_interrupted_at_any_moment_it_undoes_all_itself(profile: str, number: signal.Signals):
    async def body(stage: Stage, resolver: FakeResolver) -> None:
        await _interrupt_often(stage, resolver, number, 5)

    play_beside_a_resolver(body, profile, up=False)


@BOTH
@SIGNALS
@pytest.mark.soak
def test_interrupted_often_it_undoes_all_itself(profile: str, number: signal.Signals):
    async def body(stage: Stage, resolver: FakeResolver) -> None:
        await _interrupt_often(stage, resolver, number, 100)

    play_beside_a_resolver(body, profile, up=False, timeout=1500)
