# SPDX-License-Identifier: GPL-2.0-or-later
"""``connect`` beside Debian's ModemManager: its session is shown, and taken only by force."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Generator

import pytest
import trio

from tests.lab import slow
from tests.lab.daemons import ModemManager, modem_manager, start_bus_and_udev
from tests.lab.online import Judge, Online, judge_process, online
from tests.lab.plugged import run

pytestmark = [pytest.mark.needs("lab"), pytest.mark.time_limit(420)]
WEB = "203.0.113.80"


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    start_bus_and_udev()
    with judge_process() as judge:
        yield judge


async def test_its_session_is_shown_and_the_modem_is_taken_only_by_force(judge: Judge):
    async with online("ec25") as modem, modem_manager() as manager:
        path = await manager.modem(seconds=240)
        node = f"/dev/{manager.value(await manager.say('-m', path, '-K'), PRIMARY)}"
        status, _, errors = await judge.run("connect", node, seconds=100)
        assert status == 3, errors
        assert "--simple-connect=apn=APN" in errors
        await _connect(manager, path)
        status, output, errors = await judge.run("connect", node, "--json", seconds=100)
        assert (status, errors) == (0, ""), (output, errors)
        told = json.loads(output)
        assert told["owner"] == "modemmanager"
        session = modem.plug.modem.state.sessions.find(0, 4)
        assert session is not None
        assert told["families"][0]["address"] == str(session.facts.interface)
        assert await manager.state(path) == "connected"
        await manager.say("-m", path, "--simple-disconnect", seconds=18)
        await _take(judge, modem, manager, node)


PRIMARY = "modem.generic.primary-port"


async def _connect(manager: ModemManager, path: str) -> None:
    await manager.say("-m", path, "-e", seconds=18)
    words = "--simple-connect=apn=internet.example,ip-type=ipv4"
    await manager.say("-m", path, words, seconds=18)


async def _take(judge: Judge, modem: Online, manager: ModemManager, node: str) -> None:
    """Hold a session of our own, ModemManager kept away, and give the modem back."""
    async with trio.open_nursery() as nursery:
        ended: list[tuple[int, str, str]] = []

        async def hold() -> None:
            words = ("connect", node, "--force", "--hold", "--ip-type", "4", "--dns", "none")
            ended.append(await judge.run(*words, "--timeout", "200", seconds=300))

        nursery.start_soon(hold)
        with trio.fail_after(slow(20)):
            while (await run("ping", "-n", "-q", "-c", "1", "-W", "5", "-I", "wwan0", WEB))[0]:
                assert ended == []
                await trio.sleep(1)
        assert "/Modem/" not in await manager.say("-L")
        os.kill(judge.pid, signal.SIGTERM)
    ((status, _, errors),) = ended
    assert status == 143, errors
    assert modem.plug.modem.state.sessions.numbers == []
