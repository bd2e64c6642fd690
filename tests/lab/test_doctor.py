# SPDX-License-Identifier: GPL-2.0-or-later
"""``doctor`` on the real kernel: from each broken state the one cause, and commands that mend it.

The states are those of :mod:`tests.lab.rebinding` and some that no rebind mends. What is printed
is given to a shell as it stands; then a check has to pass and the doctor to find nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import cast

import pytest
import trio

from tests.lab.online import Judge, judge_process
from tests.lab.plugged import Plugged, plugged, run
from tests.lab.rebinding import STARTS, Start, shell, started

pytestmark = [pytest.mark.needs("lab"), pytest.mark.time_limit(150)]

FINDINGS = {
    "the kernel's own configuration": "usb/wrong-configuration",
    "-22 in the QMI configuration": "driver/probe-failed",
    "device deauthorised": "usb/not-authorized",
    "unbound control interface": "driver/unbound",
    "interface deauthorised": "driver/interface-not-authorized",
    "leftover dynamic id": "driver/dynamic-id",
    "leftover dynamic id on the ethernet function": "driver/dynamic-id",
    "module kept out": "driver/blacklisted",
    "generic usbserial": "driver/generic-serial",
    "serial drivers on the MBIM interfaces": "driver/dynamic-id",
}


VARIANTS = {
    "device with three configurations deauthorised": (
        Start("lt4112", ("echo 0 > DEVICE/authorized",)),
        "usb/not-authorized",
    ),
    "data interface of MBIM deauthorised": (
        Start("em7455", ("echo 0 > DEVICE:1.13/authorized",)),
        "driver/interface-not-authorized",
    ),
    "every interface deauthorised": (
        Start("ec25", ("for one in DEVICE:1.*; do echo 0 > $one/authorized; done",)),
        "driver/interface-not-authorized",
    ),
    "no configuration": (
        Start("lt4112", ("echo 0 > DEVICE/bConfigurationValue",)),
        "usb/unconfigured",
    ),
    "unbound MBIM": (
        Start("em7455", ("echo NAME:1.12 > DRIVERS/cdc_mbim/unbind",)),
        "driver/unbound",
    ),
    "MBIM driver kept out": (
        Start(
            "em7455",
            (
                "modprobe -r cdc_mbim",
                "mkdir -p /etc/modprobe.d",
                "echo blacklist cdc_mbim > /etc/modprobe.d/test.conf",
            ),
            after=("rm -f /etc/modprobe.d/test.conf", "modprobe cdc_mbim"),
        ),
        "driver/blacklisted",
    ),
}
"""Other forms of the same, for the long run."""


@dataclass(frozen=True)
class Examined:
    """What the doctor said."""

    status: int
    findings: list[str]
    commands: list[str] = field(default_factory=list)
    """Of the first finding."""
    evidence: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    """Of each check."""
    text: str = ""
    """Of everything, for a failure."""


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    with judge_process() as judge:
        yield judge


async def examined(judge: Judge, *words: str) -> Examined:
    """Run ``qmiprobe doctor WORDS``."""
    command = ("doctor", *words, "--json", "--timeout", "300")
    status, output, errors = await judge.run(*command, seconds=400)
    document = json.loads(output) if output.strip() else {"findings": [], "checks": []}
    found = cast("list[dict[str, dict[str, list[str]]]]", document["findings"])
    return Examined(
        status,
        [str(one["id"]) for one in found],
        found[0]["remedy"]["commands"] if found else [],
        {one["id"]: one["evidence"] for one in document["checks"]},
        f"{output}\n{errors}",
    )


async def is_well(judge: Judge, modem: Plugged) -> None:
    """Require that a check passes up to the modem's answers, and that nothing is found."""
    report = await judge.check(modem.name)
    assert report.of("fail", "blocked", "broken") == {}, str(report)
    assert report.status == 0, str(report)
    assert "control.answers" in report.of("pass", "warn"), str(report)
    after = await examined(judge, modem.name)
    assert (after.status, after.findings) == (0, []), after.text


async def paste(modem: Plugged, commands: list[str]) -> None:
    """Give the printed commands to a shell, but for those that run qmiprobe itself."""
    lines = [line for line in commands if not line.startswith("qmiprobe ")]
    assert lines, commands
    status, output = await run("sh", "-ec", "\n".join(lines), seconds=20)
    assert status == 0, (lines, output)
    await modem.settled()


async def mended(judge: Judge, start: Start, finding: str) -> None:
    """Require that one cause is named, and that what is printed mends it."""
    async with started(start) as modem:
        said = await examined(judge)
        assert (said.status, said.findings) == (1, [finding]), said.text
        await paste(modem, said.commands)
        await is_well(judge, modem)


@pytest.mark.parametrize("name", STARTS)
async def test_the_one_cause_is_named_and_the_printed_commands_mend_it(judge: Judge, name: str):
    await mended(judge, STARTS[name], FINDINGS[name])


@pytest.mark.soak
@pytest.mark.parametrize("name", VARIANTS)
async def test_so_it_is_with_other_modems_in_such_a_state(judge: Judge, name: str):
    await mended(judge, *VARIANTS[name])


@pytest.mark.soak
async def test_a_netdev_that_is_set_to_bare_packets_for_an_ethernet_modem_is_named(judge: Judge):
    async with plugged("mc7455") as modem:
        await shell(modem, "echo Y > /sys/class/net/wwan0/qmi/raw_ip", "ip link set wwan0 up")
        said = await examined(judge, "--probe")
        assert (said.status, said.findings) == (1, ["netdev/format-mismatch"]), said.text
        await paste(modem, said.commands)
        again = await examined(judge, "--probe")
        assert (again.status, again.findings) == (0, []), again.text


async def test_a_modem_that_is_well_has_no_finding(judge: Judge):
    async with plugged("mc7455"), plugged("em7455") as other:
        await is_well(judge, other)
        said = await examined(judge)
        assert (said.status, said.findings) == (0, []), said.text
        probed = await examined(judge, other.name, "--probe")
        assert (probed.status, probed.findings) == (0, []), probed.text
        heard = [one["value"] for one in probed.evidence["port.others"]]
        assert {"at", "nmea"} <= set(heard), probed.text


async def test_a_netdev_in_the_wrong_format_is_named_by_asking_the_modem(judge: Judge):
    async with plugged("ec25") as modem:
        await shell(modem, "ip link set wwan0 address 02:50:56:00:00:01", "ip link set wwan0 up")
        said = await examined(judge, "--probe")
        assert (said.status, said.findings) == (1, ["netdev/format-mismatch"]), said.text
        await paste(modem, said.commands)
        again = await examined(judge, "--probe")
        assert (again.status, again.findings) == (0, []), again.text
        await is_well(judge, modem)


@asynccontextmanager
async def _held(node: str) -> AsyncIterator[None]:
    """Have a program that has a node open, until it is killed by somebody else."""
    command = ["sh", "-c", f"exec 3<>{node}; exec sleep 600"]
    holder = subprocess.Popen(command)  # noqa: ASYNC220  # it only sleeps
    try:
        with trio.fail_after(30):
            while not await trio.to_thread.run_sync(_has_open, holder.pid, node):  # noqa: ASYNC110
                await trio.sleep(0.1)
        yield
        with trio.fail_after(10):
            await trio.to_thread.run_sync(holder.wait)
    finally:
        holder.kill()
        await trio.to_thread.run_sync(holder.wait)


def _has_open(pid: int, node: str) -> bool:
    folder = f"/proc/{pid}/fd"
    links = (os.readlink(f"{folder}/{name}") for name in os.listdir(folder))
    return node in links


async def test_a_program_that_has_the_port_is_named_and_ended_as_printed(judge: Judge):
    async with plugged("ec25") as modem, _held("/dev/cdc-wdm0"):
        said = await examined(judge)
        assert (said.status, said.findings) == (1, ["port/held"]), said.text
        await paste(modem, said.commands)
        await is_well(judge, modem)


async def test_a_modem_that_is_still_a_disc_is_told_how_it_becomes_one(judge: Judge):
    async with plugged("dwm222", usb_faults=["disc-first"]):
        said = await examined(judge)
        assert (said.status, said.findings) == (1, ["usb/mode-switch-disc"]), said.text
        assert said.commands[0].startswith("usb_modeswitch -v ")


async def test_an_interface_that_no_driver_can_take_is_told_as_such(judge: Judge):
    async with plugged("ec25", usb_faults=["no-notify-endpoint"]):
        said = await examined(judge)
        assert (said.status, said.findings) == (1, ["driver/probe-failed"]), said.text
