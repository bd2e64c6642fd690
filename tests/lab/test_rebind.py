# SPDX-License-Identifier: GPL-2.0-or-later
"""``rebind`` on the real kernel: from each broken state to a port that a check passes, and back."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest
import trio

from qmiprobe import rebind
from tests.lab.online import Judge, judge_process
from tests.lab.plugged import plugged, run
from tests.lab.rebinding import STARTS, done, started, state

pytestmark = [pytest.mark.needs("lab"), pytest.mark.time_limit(240)]


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    with judge_process() as judge:
        yield judge


async def _passes(judge: Judge, name: str) -> None:
    report = await judge.check(name)
    assert report.of("fail", "blocked", "broken") == {}, str(report)
    assert report.status == 0, str(report)
    assert "control.answers" in report.of("pass", "warn"), str(report)


@pytest.mark.parametrize("name", STARTS)
async def test_it_gets_from_here_to_a_port_that_a_check_passes(judge: Judge, name: str):
    start = STARTS[name]
    async with started(start) as modem:
        before = await state(modem)
        status, document, errors = await done(judge, modem.name, "--apply", "-v")
        assert (status, document.get("outcome")) == (0, "applied"), (document, errors)
        await modem.settled()
        after = await state(modem)
        protocol, _, interface = start.ends_in.partition(" ")
        drivers = await modem.drivers()
        assert drivers[interface] == {"qmi": "qmi_wwan", "mbim": "cdc_mbim"}[protocol], drivers
        assert (after.fence, after.power) == (before.fence, before.power)
        assert all(one.authorized for one in after.interfaces)
        assert rebind.read_leftover() is None
        await _passes(judge, modem.name)


async def test_the_plan_is_a_script_that_does_it_too(judge: Judge):
    async with plugged("lt4112") as modem:
        before = await state(modem)
        _, script, _ = await judge.run("rebind", modem.name)
        assert await state(modem) == before, "printing a plan changes nothing"
        lines = [one for one in script.splitlines() if not one.startswith(("mmcli", "udevadm"))]
        lines = [one for one in lines if not one.startswith("qmiprobe")]
        status, output = await run("sh", "-ec", "\n".join(lines))
        assert status == 0, (script, output)
        await modem.settled()
        status, document, errors = await done(judge, modem.name)
        assert (status, document["outcome"]) == (0, "right"), (document, errors)
        await _passes(judge, modem.name)


async def test_a_raw_ip_mismatch_is_mended(judge: Judge):
    async with plugged("ec25") as modem:
        raw_ip = Path("/sys/class/net/wwan0/qmi/raw_ip")
        assert await trio.Path(raw_ip).read_text() == "N\n"
        status, document, errors = await done(judge, modem.name, "--apply")
        assert (status, document.get("outcome")) == (0, "applied"), (document, errors)
        assert await trio.Path(raw_ip).read_text() == "Y\n"
        await _passes(judge, modem.name)


@pytest.mark.parametrize(
    ("profile", "fault", "says"),
    [
        ("dwm222", "disc-first", "usb_modeswitch"),
        ("ec25", "no-notify-endpoint", "driver/probe-failed"),
    ],
)
async def test_where_no_rebind_helps_it_says_so_and_what_does(
    judge: Judge, profile: str, fault: str, says: str
):
    async with plugged(profile, usb_faults=[fault]) as modem:
        before = await state(modem)
        status, document, errors = await done(judge, "--apply")
        assert (status, document.get("outcome")) == (3, "no-help"), (document, errors)
        assert says in str(document), document
        assert await state(modem) == before


async def test_a_port_that_somebody_holds_is_left_to_him(judge: Judge):
    async with plugged("ec25") as modem:
        node = os.open("/dev/cdc-wdm0", os.O_RDWR | os.O_NONBLOCK)
        try:
            status, document, errors = await done(judge, modem.name, "--apply")
        finally:
            await trio.to_thread.run_sync(os.close, node)
        assert (status, document["outcome"]) == (3, "no-help"), (document, errors)
        assert str(os.getpid()) in str(document)


async def test_where_the_driver_does_not_take_it_everything_is_put_back(judge: Judge):
    async with plugged("me909s", usb_faults=["ntb-parameters-fail"]) as modem:
        before = await state(modem)
        status, document, errors = await done(judge, modem.name, "--apply")
        assert (status, document["outcome"]) == (1, "rolled-back"), (document, errors)
        assert rebind.differences(await state(modem), before) == ()


async def test_one_that_carries_the_default_route_is_not_taken_unless_forced(judge: Judge):
    async with plugged("lt4112") as modem:
        for words in ("link set usb0 up", "addr add 10.9.0.2/24 dev usb0",
                      "route add default via 10.9.0.1 dev usb0"):  # fmt: skip
            status, output = await run("ip", *words.split())
            assert status == 0, output
        before = await state(modem)
        status, document, errors = await done(judge, modem.name, "--apply")
        assert (status, document["outcome"]) == (3, "refused"), (document, errors)
        assert "default route" in str(document["refusals"])
        assert await state(modem) == before
        status, document, errors = await done(judge, modem.name, "--apply", "--force")
        assert (status, document.get("outcome")) == (0, "applied"), (document, errors)


@pytest.mark.parametrize("where", [1, 4])
async def test_told_to_end_it_puts_everything_back(judge: Judge, where: int):
    async with plugged("lt4112") as modem:
        before = await state(modem)
        status, _, errors = await done(judge, modem.name, "--apply", stop=where)
        assert status == 143, errors
        assert rebind.differences(await state(modem), before) == ()
        assert rebind.read_leftover() is None


@pytest.mark.parametrize(
    ("where", "word"), [(-2, "--apply"), (4, "--finish"), (1, "--roll-back"), (-7, "--roll-back")]
)
async def test_killed_the_next_run_mends_it(judge: Judge, where: int, word: str):
    async with plugged("lt4112") as modem:
        before = await state(modem)
        status, _, errors = await done(judge, modem.name, "--apply", kill=where)
        assert status == -9, errors
        status, document, errors = await done(judge, modem.name)
        assert document["interrupted"], errors
        status, document, errors = await done(judge, modem.name, word)
        assert status == 0, (document, errors)
        await modem.settled()
        after = await state(modem)
        assert rebind.read_leftover() is None
        if word == "--roll-back":
            assert rebind.differences(after, before) == ()
        else:
            assert (after.fence, after.power) == (before.fence, before.power)
            await _passes(judge, modem.name)


async def test_the_smoke_test_follows_in_the_same_run(judge: Judge):
    async with plugged("lt4112") as modem:
        status, document, errors = await done(
            judge, modem.name, "--apply", "--check", "--driver", "qmi_wwan"
        )
        assert status == 0, (document, errors)
        assert document["outcome"] == "applied"
        assert "control.answers" in str(document["check"])
        assert (await modem.drivers())["1.3"] == "qmi_wwan"
