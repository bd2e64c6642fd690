# SPDX-License-Identifier: GPL-2.0-or-later
"""``doctor`` on the real kernel: states beside the control port, and what was wanted of it.

As in :mod:`tests.lab.test_doctor`: the one cause is named, and what is printed mends it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager

import pytest
import trio

from tests.lab.online import Judge, judge_process
from tests.lab.plugged import plugged
from tests.lab.rebinding import Start, started
from tests.lab.test_doctor import examined, is_well, paste

pytestmark = [pytest.mark.needs("lab"), pytest.mark.time_limit(150)]

_CLAIM = """
import fcntl, struct, sys, time
device = open(sys.argv[1], "r+b", buffering=0)
fcntl.ioctl(device, 0x8004550F, struct.pack("I", int(sys.argv[2])))
print("claimed", flush=True)
time.sleep(600)
"""
"""USBDEVFS_CLAIMINTERFACE, as libusb and virtual machines do it."""

STATES = {
    "an id that was left in new_id": (
        "driver/leftover-dynamic-id",
        Start(
            "ec25",
            ("echo '2c7c 0125' > DRIVERS/qmi_wwan/new_id",),
            after=("echo '2c7c 0125' > DRIVERS/qmi_wwan/remove_id || true",),
        ),
    ),
    "qmi_wwan on an AT port": (
        "driver/bogus-control-port",
        Start(
            "ec25",
            (
                "echo NAME:1.2 > DRIVERS/option/unbind",
                "echo '2c7c 0125' > DRIVERS/qmi_wwan/new_id",
            ),
            after=("echo '2c7c 0125' > DRIVERS/qmi_wwan/remove_id || true",),
        ),
    ),
    "the serial driver kept out": (
        "driver/serial-kept-out",
        Start(
            "ec25",
            (
                "modprobe -r option",
                "mkdir -p /etc/modprobe.d",
                "echo blacklist option > /etc/modprobe.d/test.conf",
            ),
            after=("rm -f /etc/modprobe.d/test.conf", "modprobe option"),
        ),
    ),
    # Last: its id stays until the module is removed.
    "usbserial's generic driver on an AT port": (
        "driver/generic-on-serial",
        Start(
            "ec25",
            (
                "echo NAME:1.2 > DRIVERS/option/unbind",
                "echo '2c7c 0125' > /sys/bus/usb-serial/drivers/generic/new_id || true",
                "[ -e DEVICE:1.2/driver ] || echo NAME:1.2 > DRIVERS/usbserial_generic/bind",
            ),
            after=("modprobe -r option qcserial usbserial || true", "modprobe -a option qcserial"),
        ),
    ),
}


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    with judge_process() as judge:
        yield judge


@pytest.mark.parametrize("name", STATES)
async def test_the_one_cause_is_named_and_what_is_printed_mends_it(judge: Judge, name: str):
    finding, start = STATES[name]
    async with started(start) as modem:
        said = await examined(judge)
        assert (said.status, said.findings) == (1, [finding]), said.text
        await paste(modem, said.commands)
        await is_well(judge, modem)


async def test_the_protocol_that_is_wanted_decides_which_configuration_is_wrong(judge: Judge):
    async with plugged("lt4112") as modem:
        await modem.configure(3)
        assert (await examined(judge, modem.name)).findings == []
        said = await examined(judge, f"qmi:{modem.name}")
        assert (said.status, said.findings) == (1, ["usb/wrong-configuration"]), said.text
        await paste(modem, said.commands)
        assert await modem.configuration() == 1
        await is_well(judge, modem)


@asynccontextmanager
async def _claimed(node: str, interface: int) -> AsyncIterator[None]:
    """Have a program that has an interface past the drivers, until somebody ends it."""
    command = [sys.executable, "-c", _CLAIM, node, str(interface)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as claimer:  # noqa: ASYNC220
        assert claimer.stdout is not None
        try:
            line = await trio.to_thread.run_sync(claimer.stdout.readline)
            assert line == "claimed\n"
            yield
        finally:
            claimer.kill()


async def test_a_program_that_has_the_interface_past_the_drivers_is_named(judge: Judge):
    start = Start("ec25", ("echo NAME:1.4 > DRIVERS/qmi_wwan/unbind",))
    async with started(start) as modem:
        numbers = [int(await modem.read(name)) for name in ("busnum", "devnum")]
        node = "/dev/bus/usb/{:03d}/{:03d}".format(*numbers)
        async with _claimed(node, 4):
            said = await examined(judge)
            assert (said.status, said.findings) == (1, ["driver/used-by-program"]), said.text
            await paste(modem, said.commands)
            await is_well(judge, modem)
