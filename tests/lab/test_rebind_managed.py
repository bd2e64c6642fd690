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


async def _released(manager: ModemManager, times: int) -> None:
    with trio.fail_after(slow(3)):
        while manager.log(1_000_000).count(TEARDOWN) < times:  # noqa: ASYNC110
            await trio.sleep(0.2)
    assert manager.log(1_000_000).count(SETUP) == times


async def _known(manager: ModemManager) -> None:
    """Wait until it has met the modem's port: from then on it can be kept from it."""
    with trio.fail_after(slow(10)):
        while "cdc-wdm0" not in manager.log(1_000_000):  # noqa: ASYNC110
            await trio.sleep(0.5)


async def test_it_lets_go_for_the_time_of_a_rebind_and_on_every_way_out(judge: Judge):
    async with plugged("lt4112") as plug, modem_manager() as manager:
        await plug.configure(3)
        await _known(manager)
        status, document, errors = await done(
            judge, plug.name, "--driver", "qmi_wwan", "--apply", "-v"
        )
        assert (status, document.get("outcome")) == (0, "applied"), (document, errors)
        inhibition = cast("list[dict[str, str]]", document["steps"])[0]
        assert (inhibition["op"], inhibition["did"]) == ("inhibit", "done"), errors
        await _released(manager, 1)

        before = await state(plug)
        words = (plug.name, "--driver", "cdc_mbim", "--apply")
        status, _, errors = await done(judge, *words, kill=4)
        assert status == -9, errors
        await _released(manager, 2)
        status, _, errors = await done(judge, plug.name, "--roll-back")
        assert status == 0, errors
        assert rebind.differences(await state(plug), before) == ()

        status, _, errors = await done(judge, *words, stop=4)
        assert status == 143, errors
        assert rebind.differences(await state(plug), before) == ()
        text = manager.log(1_000_000)
        assert text.count(TEARDOWN) == text.count(SETUP) >= 3, text[-3000:]

        path = await manager.modem(seconds=240)
        said = await manager.say("-m", path, "-K")
        assert "qmi_wwan" in said
