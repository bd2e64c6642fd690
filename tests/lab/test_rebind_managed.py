# SPDX-License-Identifier: GPL-2.0-or-later
"""``rebind`` beside Debian's ModemManager: no fight, and the modem is its own again afterwards."""

from __future__ import annotations

from collections.abc import Generator
from typing import cast

import pytest
import trio

from qmiprobe import rebind
from tests.lab import slow
from tests.lab.daemons import ModemManager, modem_manager, start_bus_and_udev
from tests.lab.online import Judge, judge_process
from tests.lab.plugged import plugged
from tests.lab.rebinding import done, state

pytestmark = [pytest.mark.needs("lab"), pytest.mark.time_limit(600)]

SETUP, TEARDOWN = "device inhibition setup", "device inhibition teardown"


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    start_bus_and_udev()
    with judge_process() as judge:
        yield judge


async def _released(manager: ModemManager) -> int:
    """Wait until it has the modem for itself again; return how often it had let go by then."""
    with trio.fail_after(slow(3)):
        while True:
            text = manager.log(1_000_000)
            if text.count(TEARDOWN) == text.count(SETUP):
                return text.count(SETUP)
            await trio.sleep(0.2)


async def test_it_lets_go_for_the_time_of_a_rebind_and_on_every_way_out(judge: Judge):
    async with plugged("lt4112") as plug, modem_manager() as manager:
        await plug.configure(3)
        await manager.modem(seconds=240)
        before = await state(plug)
        words = (plug.name, "--driver", "qmi_wwan", "--apply")
        status, _, errors = await done(judge, *words, kill=4)
        assert status == -9, errors
        assert await _released(manager) == 1
        status, _, errors = await done(judge, plug.name, "--roll-back")
        assert status == 0, errors
        assert rebind.differences(await state(plug), before) == ()

        await manager.modem(seconds=240)
        times = await _released(manager)
        status, document, errors = await done(judge, *words)
        assert (status, document.get("outcome")) == (0, "applied"), (document, errors)
        inhibition = cast("list[dict[str, str]]", document["steps"])[0]
        assert (inhibition["op"], inhibition["did"]) == ("inhibit", "done"), errors
        assert await _released(manager) == times + 1
        assert (await plug.drivers())["1.3"] == "qmi_wwan"
