# SPDX-License-Identifier: GPL-2.0-or-later
"""What keeps a modem from its control port on the real kernel: named, and mended as printed.

Each starting point is made by hand on the real drivers; the check has to name its one cause, and
the commands of the remedy, given to a shell as they stand, have to lead to a bound driver.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import trio

from qmiprobe.address import parse, resolve
from qmiprobe.check import LADDER, CheckOptions, Report, climb, open_context
from qmiprobe.diagnosis import Finding
from tests.lab import slow
from tests.lab.plugged import DRIVERS, Plugged, plugged, run

pytestmark = pytest.mark.needs("lab")


@dataclass(frozen=True)
class Start:
    """A state to begin with, and what the check has to say of it."""

    profile: str
    finding: str
    lines: tuple[str, ...] = ()
    """What makes the state, for a shell; DEVICE is the modem's folder, NAME its name."""
    configuration: int | None = None
    usb_fault: str | None = None
    mended: bool = True
    """Whether the printed commands help by themselves."""
    after: tuple[str, ...] = ()
    """What puts the machine back, for the next one."""


STARTS = {
    "the kernel's own configuration": Start("lt4112", "usb/wrong-configuration"),
    "device deauthorised": Start("ec25", "usb/not-authorized", ("echo 0 > DEVICE/authorized",)),
    "unbound control interface": Start(
        "ec25", "driver/unbound", ("echo NAME:1.4 > DRIVERS/qmi_wwan/unbind",)
    ),
    "interface deauthorised": Start(
        "ec25", "driver/interface-not-authorized", ("echo 0 > DEVICE:1.4/authorized",)
    ),
    "leftover dynamic id": Start(
        "lt4112",
        "driver/dynamic-id",
        (
            "echo '03f0 581d' > DRIVERS/qmi_wwan/new_id",
            "echo NAME:3.0 > DRIVERS/cdc_mbim/unbind",
            "echo NAME:3.0 > DRIVERS/qmi_wwan/bind",
        ),
        configuration=3,
        after=("echo '03f0 581d' > DRIVERS/qmi_wwan/remove_id || true",),
    ),
    "module not loaded": Start("ec25", "driver/not-loaded", ("modprobe -r qmi_wwan",)),
    "module kept out": Start(
        "ec25",
        "driver/blacklisted",
        (
            "modprobe -r qmi_wwan",
            "mkdir -p /etc/modprobe.d",
            "echo blacklist qmi_wwan > /etc/modprobe.d/test.conf",
        ),
        after=("rm -f /etc/modprobe.d/test.conf", "modprobe qmi_wwan"),
    ),
    "probe error -22": Start(
        "ec25", "driver/probe-failed", usb_fault="no-notify-endpoint", mended=False
    ),
    "given back in silence": Start(
        "em7455", "driver/gave-back", usb_fault="ntb-parameters-fail", mended=False
    ),
    "a disc first": Start("dwm222", "usb/mode-switch-disc", usb_fault="disc-first", mended=False),
    # Last: its id stays until the module is removed.
    "serial driver on the MBIM interface": Start(
        "em7455",
        "driver/dynamic-id",
        (
            "modprobe option",
            "echo NAME:1.12 > DRIVERS/cdc_mbim/unbind",
            "echo '1199 9079' > /sys/bus/usb-serial/drivers/option1/new_id || true",
            "[ -e DEVICE:1.12/driver ] || echo NAME:1.12 > DRIVERS/option/bind",
        ),
        after=("modprobe -r option", "modprobe option"),
    ),
}


async def found(
    place: str | None = None, *, check: str = "driver.bound"
) -> tuple[tuple[Finding, ...], int]:
    """Return the causes that a check, up to one rung, names, and its exit status.

    It runs in a thread of its own: what it reads in sysfs may make the kernel ask the modem, which
    is played here.
    """
    report = await trio.to_thread.run_sync(lambda: trio.run(_check, place, check))
    return report.findings, report.exit_status


async def _check(place: str | None, check: str) -> Report:
    async with (
        resolve(None if place is None else parse(place)) as port,
        open_context(port, CheckOptions()) as context,
    ):
        return await climb(LADDER, context, timeout=slow(3), only=check)


async def shell(modem: Plugged, *lines: str) -> None:
    """Give lines to a shell, with the modem's own names in them."""
    text = "\n".join(("set -e", *lines))
    for word, value in (
        ("DEVICE", str(modem.folder)), ("NAME", modem.name), ("DRIVERS", str(DRIVERS)),
    ):  # fmt: skip
        text = text.replace(word, value)
    status, output = await run("sh", "-c", text, seconds=10)
    assert status == 0, f"{text}\n{output}"


@asynccontextmanager
async def started(start: Start) -> AsyncIterator[Plugged]:
    """Have a modem on the bus in that state."""
    faults = () if start.usb_fault is None else (start.usb_fault,)
    async with plugged(start.profile, usb_faults=faults) as modem:
        if start.configuration is not None:
            await modem.configure(start.configuration)
        try:
            await shell(modem, *start.lines)
            yield modem
        finally:
            await shell(modem, *start.after)


@pytest.mark.parametrize("name", STARTS)
async def test_the_one_cause_is_named_and_its_commands_mend_it(name: str):
    start = STARTS[name]
    async with started(start) as modem:
        findings, status = await found()
        assert [one.id for one in findings] == [start.finding]
        assert status == 1
        if not start.mended:
            return
        await shell(modem, *findings[0].remedy.commands)
        await modem.settled()
        assert await found(modem.name) == ((), 0)


async def test_a_modem_that_is_as_it_should_be_has_no_finding():
    async with plugged("mc7455"), plugged("em7455") as other:
        assert await found(other.name) == ((), 0)


async def test_a_modem_that_is_silent_without_dtr_answers_after_the_printed_commands():
    async with plugged("lt4112", usb_faults=["needs-dtr"]) as modem:
        await modem.configure(1)
        findings, status = await found(modem.name, check="control.protocol")
        by_id = {one.id: one for one in findings}
        assert set(by_id) == {"driver/no-dtr", "control/no-answer"}
        assert status == 4
        commands = by_id["driver/no-dtr"].remedy.commands
        await shell(modem, *commands[:-1])
        assert commands[-1].startswith("qmiprobe check ")
        await modem.settled()
        assert await found(modem.name, check="control.protocol") == ((), 0)
