# SPDX-License-Identifier: GPL-2.0-or-later
"""After a rebind or a replug, on the real kernel with udev: waiting, comparing, files that last."""

from __future__ import annotations

import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest
import trio

from qmiprobe import host
from qmiprobe.rebind import Target
from qmiprobe.rebind._install import install
from qmiprobe.rebind._lasting import lasting_files
from qmiprobe.uevents import open_uevents
from tests.lab import slow
from tests.lab.daemons import start_bus_and_udev
from tests.lab.online import Judge, Report, judge_process
from tests.lab.plugged import Plugged, plugged, run, write

pytestmark = [pytest.mark.needs("lab"), pytest.mark.time_limit(150)]

MBIM = Target(configuration=3, control=0, data=1, driver="cdc_mbim")
EXPECTED = ("--expect", "mbim", "--expect-driver", "cdc_mbim")


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    start_bus_and_udev()
    with judge_process() as judge:
        yield judge


def compared(report: Report) -> tuple[str, str]:
    """Return outcome and summary of the comparison."""
    name = "device.unchanged"
    return report.outcomes[name], report.summaries[name]


async def test_the_kernel_tells_of_a_configuration_that_is_set():
    async with plugged("lt4112") as modem:
        with open_uevents() as events:
            assert events.why_deaf is None
            await write(modem.folder / "bConfigurationValue", "3")
            node = trio.Path("/dev/cdc-wdm0")
            found = await events.wait_for(lambda: Path(node).exists() or None, timeout=slow(5))
            assert found
            # The node is there before the driver is said to be bound.
            name = f"{modem.name}:3.0"

            def bound() -> str | None:
                drivers = {
                    one.name: one.fields.get("DRIVER")
                    for one in events.heard
                    if one.action == "bind"
                }
                return drivers.get(name)

            assert await events.wait_for(bound, timeout=slow(5)) == "cdc_mbim"
            assert any(one.subsystem == "usbmisc" for one in events.heard)
            assert not any(one.is_usb_device and one.action == "add" for one in events.heard)


async def test_a_modem_is_waited_for_from_before_it_is_plugged_in(judge: Judge):
    reports: list[Report] = []
    async with trio.open_nursery() as nursery:

        async def check() -> None:
            reports.append(await judge.check("03f0:581d", "--wait", "90", *EXPECTED, seconds=200))

        nursery.start_soon(check)
        await trio.sleep(5)
        async with plugged("lt4112") as modem:
            await trio.sleep(2)
            await modem.configure(3)
            with trio.fail_after(slow(15)):
                while not reports:  # noqa: ASYNC110
                    await trio.sleep(0.1)
    (report,) = reports
    assert report.status == 0, str(report)
    assert "driver.bound" in report.of("pass"), str(report)


async def test_what_changed_since_the_last_check_is_told(judge: Judge):
    async with plugged("lt4112") as modem:
        await modem.configure(3)
        first = await judge.check(modem.name)
        assert first.status == 0, str(first)
        same = await judge.check(modem.name, "--wait", "10", *EXPECTED)
        assert (same.status, compared(same)[0]) == (0, "pass"), str(same)
        await modem.configure(1)
        other = await judge.check(modem.name, "--wait", "10")
        assert other.status == 0, str(other)
        outcome, summary = compared(other)
        assert outcome == "warn"
        assert "driver: qmi_wwan, was cdc_mbim" in summary
        wrong = await judge.check(modem.name, "--wait", "3", *EXPECTED)
        assert (wrong.status, wrong.outcomes["driver.bound"]) == (1, "fail"), str(wrong)


async def _modem(plug: Plugged) -> host.Modem:
    (found,) = host.select(await trio.to_thread.run_sync(host.modems), usb_name=plug.name)
    return found


async def test_the_rule_sets_the_configuration_each_time_the_modem_comes(judge: Judge):
    async with plugged("lt4112") as plug:
        assert await plug.configuration() == 2
        modem = await _modem(plug)
        files = await trio.to_thread.run_sync(lasting_files, modem, MBIM)
    assert [one.kind for one in files] == ["udev"]
    written = install(files, "/")
    try:
        await _reload()
        async with plugged("lt4112") as plug:
            with trio.fail_after(slow(10)):
                while await plug.configuration() != 3:  # noqa: ASYNC110
                    await trio.sleep(0.1)
            await plug.settled()
            report = await judge.check(plug.name, "--wait", "20", *EXPECTED)
            assert report.status == 0, str(report)
    finally:
        for path in written:
            await trio.Path(path).unlink()
        await _reload()


async def test_the_rules_give_an_interface_back_to_its_driver(judge: Judge):
    target = Target(configuration=1, control=12, data=13, driver="cdc_mbim")
    async with plugged("em7455") as plug:
        await _steal(plug)
        modem = await _modem(plug)
        files = await trio.to_thread.run_sync(lasting_files, modem, target)
    assert {one.kind for one in files} == {"udev", "modprobe"}
    written = install(files, "/")
    try:
        await _reload()
        with open_uevents() as events:
            async with plugged("em7455") as plug:
                await _steal(plug)
                events.drain()
                bound = [one.fields.get("DRIVER") for one in events.heard if one.action == "bind"]
                assert "option" in bound
                await _given_back(judge, plug)
    finally:
        for path in written:
            await trio.Path(path).unlink()
        await _reload()
        status, output = await run("sh", "-c", "modprobe -r option && modprobe option")
        assert status == 0, output


async def _given_back(judge: Judge, plug: Plugged) -> None:
    with trio.fail_after(slow(10)):
        while (await plug.drivers()).get("1.12") != "cdc_mbim":  # noqa: ASYNC110
            await trio.sleep(0.1)
    await plug.settled()
    report = await judge.check(plug.name, "--wait", "20", *EXPECTED)
    assert report.status == 0, str(report)


async def _steal(plug: Plugged) -> None:
    lines = (
        f"echo {plug.name}:1.12 > /sys/bus/usb/drivers/cdc_mbim/unbind || true",
        "echo '1199 9079' > /sys/bus/usb-serial/drivers/option1/new_id || true",
        f"[ -e {plug.folder}:1.12/driver ] || echo {plug.name}:1.12 > "
        "/sys/bus/usb/drivers/option/bind",
    )
    for line in lines:
        status, output = await run("sh", "-ec", line)
        assert status == 0, (line, output)


async def _reload() -> None:
    await trio.to_thread.run_sync(
        lambda: subprocess.run(["udevadm", "control", "--reload"], check=True, timeout=slow(3))
    )
