# SPDX-License-Identifier: GPL-2.0-or-later
"""The programs that a desktop has running: the system bus, udev, ModemManager."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import trio

from tests.lab import slow
from tests.lab.plugged import load_drivers, run

_LOG = Path("/tmp/modemmanager.log")
_SUBSYSTEMS = ("usb", "usbmisc", "net", "tty")


@cache
def start_bus_and_udev() -> None:
    """Start both, once; they end with the machine."""
    load_drivers()
    Path("/run/dbus").mkdir(exist_ok=True)
    for command in (
        ["dbus-daemon", "--system", "--fork"],
        ["/lib/systemd/systemd-udevd", "--daemon"],
        ["udevadm", "trigger", *(f"--subsystem-match={one}" for one in _SUBSYSTEMS)],
        ["udevadm", "settle"],
    ):
        subprocess.run(command, check=True, timeout=slow(6), stdout=subprocess.DEVNULL)


class ModemManager:
    """A running ModemManager, by mmcli."""

    async def modem(self, *, seconds: float) -> str:
        """Wait until it has made an object of a modem; return the object's path."""
        with trio.fail_after(seconds):
            while True:
                _, listed = await run("mmcli", "-L", seconds=12)
                for line in listed.splitlines():
                    if "/Modem/" in line:
                        return line.split()[0]
                await trio.sleep(1)

    async def state(self, modem: str) -> str:
        """Return the state of a modem: ``disabled``, ``connected``, ..."""
        return self.value(await self.say("-m", modem, "-K"), "modem.generic.state")

    def value(self, said: str, name: str) -> str:
        """Return one value of what ``mmcli -K`` said."""
        for line in said.splitlines():
            key, _, value = line.partition(":")
            if key.strip() == name:
                return value.strip()
        raise AssertionError(f"no {name} in {said}")

    async def say(self, *arguments: str, seconds: float = 12.0) -> str:
        """Run mmcli, which must succeed."""
        status, output = await run("mmcli", *arguments, seconds=seconds)
        assert status == 0, f"mmcli {' '.join(arguments)}: {output}\n{self.log(60)}"
        return output

    def log(self, lines: int) -> str:
        """Return the end of what the daemon logged."""
        return "\n".join(_LOG.read_text(errors="replace").splitlines()[-lines:])


@asynccontextmanager
async def modem_manager() -> AsyncGenerator[ModemManager, None]:
    """Have ModemManager running, as Debian has it."""
    await trio.to_thread.run_sync(start_bus_and_udev)
    async with trio.open_nursery() as nursery:
        process = await nursery.start(_run_modem_manager)
        try:
            yield ModemManager()
            assert process.poll() is None, "ModemManager has ended by itself"
        finally:
            nursery.cancel_scope.cancel()


async def _run_modem_manager(*, task_status: trio.TaskStatus[trio.Process]) -> None:
    async with await trio.open_file(_LOG, "w") as log:
        await trio.run_process(
            ["ModemManager", "--debug"],
            stdout=log.fileno(),
            stderr=subprocess.STDOUT,
            check=False,
            task_status=task_status,
        )
