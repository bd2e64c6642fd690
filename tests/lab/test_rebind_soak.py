# SPDX-License-Identifier: GPL-2.0-or-later
"""``kill -9`` at every write of every plan, and a hundred rebinds, on the real kernel."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from qmiprobe import rebind
from tests.lab.online import Judge, judge_process
from tests.lab.plugged import plugged
from tests.lab.rebinding import STARTS, done, started, state

pytestmark = [pytest.mark.needs("lab"), pytest.mark.soak, pytest.mark.time_limit(3600)]

TIMES = 100
MOST_WRITES = 40


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    with judge_process() as judge:
        yield judge


@pytest.mark.parametrize("word", ["--apply", "--roll-back"])
@pytest.mark.parametrize("name", STARTS)
async def test_killed_at_every_write_the_next_run_mends_it(judge: Judge, name: str, word: str):
    start = STARTS[name]
    for number in range(1, MOST_WRITES):
        for where in (number, -number):
            async with started(start) as modem:
                before = await state(modem)
                status, _, errors = await done(judge, modem.name, "--apply", kill=where)
                if status == 0:
                    assert number > 1, "there was nothing to be killed at"
                    return
                assert status == -9, (where, errors)
                status, document, errors = await done(judge, modem.name, word)
                assert status == 0, (where, document, errors)
                await modem.settled()
                after = await state(modem)
                assert rebind.read_leftover() is None
                if word == "--roll-back":
                    assert rebind.differences(after, before) == (), where
                    continue
                assert (after.fence, after.power) == (before.fence, before.power), where
                status, document, errors = await done(judge, modem.name)
                assert document["outcome"] == "right", (where, document, errors)
    pytest.fail(f"more than {MOST_WRITES} writes")


async def test_back_and_forth_a_hundred_times_it_answers_each_time(judge: Judge):
    async with plugged("lt4112") as modem:
        answers = 0
        for turn in range(TIMES):
            driver, value = (("qmi_wwan", 1), ("cdc_mbim", 3))[turn % 2]
            status, document, errors = await done(judge, modem.name, "--apply", "--driver", driver)
            assert (status, document["outcome"]) == (0, "applied"), (turn, document, errors)
            assert document["answer"], document
            answers += 1
            after = await state(modem)
            assert (after.configuration, after.fence) == (value, False)
        assert answers == TIMES
