# SPDX-License-Identifier: GPL-2.0-or-later
"""A simulated modem plugged into the machine's kernel, and what that kernel made of it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import trio

from qmiprobe.sim import SimulatedModem
from qmiprobe.sim.usb._arrival import Arrival, look
from qmiprobe.sim.usb._attach import Attached, attach_usb
from qmiprobe.sim.usb._body import UsbBody, Wrap
from tests.lab import slow

DEVICES = Path("/sys/bus/usb/devices")
DRIVERS = Path("/sys/bus/usb/drivers")
_MODULES = (
    *("vhci_hcd", "usbmon", "qmi_wwan", "cdc_mbim", "cdc_ether", "huawei_cdc_ncm"),
    *("option", "qcserial", "cdc_acm", "usb_storage", "tun"),
)
"""In this order: where two drivers want an interface, the one that came first gets it."""
_PATIENCE = 2.0


@dataclass
class Plugged:
    """A modem on the machine's bus."""

    modem: SimulatedModem
    body: UsbBody
    attached: Attached
    name: str
    """``1-1``."""

    @property
    def folder(self) -> Path:
        """The device in sysfs."""
        return DEVICES / self.name

    async def arrived(self) -> Arrival:
        """Return what the kernel has made of it by now."""
        return await trio.to_thread.run_sync(look, self.name)

    async def drivers(self) -> dict[str, str | None]:
        """Return which driver each interface has: ``{"1.4": "qmi_wwan"}``."""
        arrival = await self.arrived()
        return {place.name.partition(":")[2]: place.driver for place in arrival.interfaces}

    async def nodes(self) -> dict[str, tuple[str, ...]]:
        """Return each interface's control ports and netdevs, where it has some."""
        found = {}
        for place in (await self.arrived()).interfaces:
            nodes = tuple(node for node in place.nodes if "/tty" not in node)
            if nodes:
                found[place.name.partition(":")[2]] = nodes
        return found

    async def configuration(self) -> int | None:
        """Return the value of the configuration that it has."""
        return (await self.arrived()).configuration

    async def read(self, attribute: str) -> str:
        """Return the text of one of its files in sysfs."""
        return (await self.read_bytes(attribute)).decode().strip()

    async def read_bytes(self, attribute: str) -> bytes:
        """Return what is in one of its files in sysfs, beside the modem: the kernel may ask it."""
        return await trio.to_thread.run_sync((self.folder / attribute).read_bytes)

    async def configure(self, value: int) -> None:
        """Have the kernel choose a configuration, and wait until its drivers have come."""
        await write(self.folder / "bConfigurationValue", str(value))
        await self.settled()

    async def settled(self) -> Arrival:
        """Wait until nothing changes any more."""
        with trio.fail_after(slow(_PATIENCE)):
            arrival = await self.attached.arrival()
        assert arrival is not None
        self.name = arrival.name  # another one, where it came back at another port
        return arrival


@asynccontextmanager
async def plugged(
    profile: str,
    *,
    faults: Iterable[str] = (),
    usb_faults: Iterable[str] = (),
    wrap: Wrap | None = None,
) -> AsyncGenerator[Plugged, None]:
    """Have a modem of a profile on the bus, its drivers bound."""
    await trio.to_thread.run_sync(load_drivers)
    modem = SimulatedModem(profile, faults=faults)
    body = UsbBody(modem, faults=usb_faults, wrap=wrap)
    async with attach_usb(body) as attached:
        with trio.fail_after(slow(_PATIENCE)):
            arrival = await attached.arrival()
        assert arrival is not None
        plug = Plugged(modem, body, attached, arrival.name)
        yield plug
    await _gone(plug.folder)


async def _gone(folder: Path) -> None:
    """Wait until the kernel has let go of a device: else the next one gets other names."""
    with trio.fail_after(slow(_PATIENCE)):
        while await trio.Path(folder).exists():  # noqa: ASYNC110
            await trio.sleep(0.02)


@cache
def load_drivers() -> None:
    """Load all drivers that a modem may need, in an order that is always the same."""
    subprocess.run(["modprobe", "-a", *_MODULES], check=True, timeout=slow(6))


async def write(path: Path, text: str) -> None:
    """Write to a file of sysfs beside the modem, which the kernel may ask meanwhile."""
    await trio.to_thread.run_sync(lambda: path.write_text(text, encoding="ascii"))


async def run(*command: str, seconds: float = 6.0) -> tuple[int, str]:
    """Run a program beside the modem; return its exit status and all its output."""
    with trio.fail_after(slow(seconds)):
        done = await trio.run_process(
            command, capture_stdout=True, stderr=subprocess.STDOUT, check=False
        )
    return done.returncode, done.stdout.decode(errors="replace")


class KernelLog:
    """What the kernel says from now on."""

    def __init__(self) -> None:
        self._file = Path("/dev/kmsg").open("rb", buffering=0)  # noqa: SIM115  # closed below
        os.set_blocking(self._file.fileno(), False)
        self._lines: list[str] = []
        self._read()
        self._lines.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def text(self) -> str:
        """All lines that came."""
        self._read()
        return "\n".join(self._lines)

    def _read(self) -> None:
        while (data := self._next()) is not None:
            self._lines.append(data.decode(errors="replace").partition(";")[2].partition("\n")[0])

    def _next(self) -> bytes | None:
        try:
            return self._file.read(8192)
        except OSError:  # lines were overwritten before they were read
            return b""
