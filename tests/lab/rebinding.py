# SPDX-License-Identifier: GPL-2.0-or-later
"""States of the real kernel in which a modem has no working control port, for ``rebind``."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

import trio

from qmiprobe import rebind
from tests.lab.online import Judge
from tests.lab.plugged import DRIVERS, Plugged, plugged, run

JOURNAL = "/tmp/rebind-journal"


@dataclass(frozen=True)
class Start:
    """A state to begin with."""

    profile: str
    lines: tuple[str, ...] = ()
    """What makes the state, for a shell; DEVICE is the modem's folder, NAME its name."""
    configuration: int | None = None
    usb_fault: str | None = None
    after: tuple[str, ...] = ()
    """What puts the machine back, for the next one."""
    ends_in: str = ""
    """Protocol and interface that the modem has in the end: ``mbim 3.0``."""


STARTS = {
    "the kernel's own configuration": Start("lt4112", ends_in="mbim 3.0"),
    "-22 in the QMI configuration": Start(
        "lt4112", configuration=1, usb_fault="no-notify-endpoint", ends_in="mbim 3.0"
    ),
    "device deauthorised": Start("ec25", ("echo 0 > DEVICE/authorized",), ends_in="qmi 1.4"),
    "unbound control interface": Start(
        "ec25", ("echo NAME:1.4 > DRIVERS/qmi_wwan/unbind",), ends_in="qmi 1.4"
    ),
    "interface deauthorised": Start("ec25", ("echo 0 > DEVICE:1.4/authorized",), ends_in="qmi 1.4"),
    "leftover dynamic id": Start(
        "lt4112",
        (
            "echo '03f0 581d' > DRIVERS/qmi_wwan/new_id",
            "echo NAME:3.0 > DRIVERS/cdc_mbim/unbind",
            "echo NAME:3.0 > DRIVERS/qmi_wwan/bind",
        ),
        configuration=3,
        after=("echo '03f0 581d' > DRIVERS/qmi_wwan/remove_id || true",),
        ends_in="mbim 3.0",
    ),
    "leftover dynamic id on the ethernet function": Start(
        "lt4112",
        (
            "echo '03f0 581d' > DRIVERS/qmi_wwan/new_id",
            "echo 2 > DEVICE/bConfigurationValue",
        ),
        configuration=3,
        after=("echo '03f0 581d' > DRIVERS/qmi_wwan/remove_id || true",),
        ends_in="mbim 3.0",
    ),
    "module kept out": Start(
        "ec25",
        (
            "modprobe -r qmi_wwan",
            "mkdir -p /etc/modprobe.d",
            "echo blacklist qmi_wwan > /etc/modprobe.d/test.conf",
        ),
        after=("rm -f /etc/modprobe.d/test.conf", "modprobe qmi_wwan"),
        ends_in="qmi 1.4",
    ),
    "generic usbserial": Start(
        "ec25",
        (
            "echo NAME:1.4 > DRIVERS/qmi_wwan/unbind",
            "modprobe usbserial",
            "echo '2c7c 0125' > /sys/bus/usb-serial/drivers/generic/new_id || true",
            "[ -e DEVICE:1.4/driver ] || echo NAME:1.4 > DRIVERS/usbserial_generic/bind",
        ),
        after=("modprobe -r option qcserial usbserial || true", "modprobe -a option qcserial"),
        ends_in="qmi 1.4",
    ),
    # Last: its id stays until the module is removed.
    "serial drivers on the MBIM interfaces": Start(
        "em7455",
        (
            "modprobe option",
            "echo NAME:1.12 > DRIVERS/cdc_mbim/unbind",
            "echo '1199 9079' > /sys/bus/usb-serial/drivers/option1/new_id || true",
            "[ -e DEVICE:1.12/driver ] || echo NAME:1.12 > DRIVERS/option/bind",
        ),
        after=("modprobe -r option", "modprobe option"),
        ends_in="mbim 1.12",
    ),
}


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


async def state(modem: Plugged) -> rebind.State:
    """Return what a rebind may change, as it is now; beside the modem, which may be asked."""
    found = await trio.to_thread.run_sync(rebind.read_state, modem.name)
    assert found is not None
    return found


async def done(
    judge: Judge, *words: str, kill: int | None = None, stop: int | None = None
) -> tuple[int, dict[str, object], str]:
    """Run ``qmiprobe rebind WORDS --json``; return status, document and errors."""
    prepare = None
    if kill is not None:
        prepare = ("tests.lab.killing", "at_write", str(kill))
    if stop is not None:
        prepare = ("tests.lab.killing", "stopped_at_write", str(stop))
    command = ("rebind", *words, "--json", "--timeout", "600")
    status, output, errors = await judge.run(*command, seconds=700, prepare=prepare)
    document = json.loads(output) if output.strip() else {}
    return status, cast("dict[str, object]", document), errors
