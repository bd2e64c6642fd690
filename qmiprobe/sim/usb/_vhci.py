# SPDX-License-Identifier: GPL-2.0-or-later
"""The virtual host controller of this kernel, ``vhci_hcd``: its ports, by its files in sysfs."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import trio

from qmiprobe.errors import CannotTest
from qmiprobe.sim.usb._layout import Speed
from qmiprobe.sim.usb._usbip import SPEEDS

CONTROLLER = Path("/sys/devices/platform/vhci_hcd.0")
_FREE = 4
_HUBS = ("hs", "ss")
"""Root hubs of each controller, in the order of their buses."""
_LOAD_TIME = 60
_DEVID = 0x00010002
"""Bus and device number at the far end, which mean nothing here."""


@dataclass(frozen=True)
class VirtualPort:
    """A line of ``status``."""

    hub: str
    """``hs`` or ``ss``."""
    number: int
    state: int
    busid: str
    """Name of the device there, such as ``1-1``; ``0-0``: none."""
    controller: Path
    at: int
    """Which port of its root hub it is, from 1."""

    @property
    def hub_has_device(self) -> bool:
        """Whether the kernel knows a device there, perhaps one that has just gone."""
        hubs = sorted(self.controller.glob("usb[0-9]*"), key=lambda path: int(path.name[3:]))
        if len(hubs) < len(_HUBS):
            return False
        return any(hubs[_HUBS.index(self.hub)].glob(f"*-0:1.0/*-port{self.at}/device"))


async def load_driver() -> None:
    """Have ``vhci_hcd``; CannotTest where this kernel has none or rights are missing."""
    if (CONTROLLER / "attach").exists():
        return
    try:
        with trio.fail_after(_LOAD_TIME):
            done = await trio.run_process(
                ["modprobe", "vhci_hcd"], check=False, capture_stdout=True, capture_stderr=True
            )
        said = done.stderr.decode(errors="replace").strip()
    except FileNotFoundError:
        said = "there is no modprobe"
    except trio.TooSlowError:
        said = f"modprobe took longer than {_LOAD_TIME} s"
    if not (CONTROLLER / "attach").exists():
        raise CannotTest(
            f"no virtual USB host controller: {said or 'vhci_hcd is not there'}; a kernel with the "
            "module vhci_hcd is needed, and root"
        )


def ports() -> Iterator[VirtualPort]:
    """Give all ports of all virtual controllers."""
    for file in sorted(CONTROLLER.glob("status*")):
        controller = CONTROLLER.with_suffix(file.suffix or CONTROLLER.suffix)
        before = dict.fromkeys(_HUBS, 0)
        for line in file.read_text(encoding="ascii").splitlines()[1:]:
            hub, number, state, *rest = line.split()
            before[hub] += 1
            busid = rest[-1] if rest else "0-0"
            yield VirtualPort(hub, int(number), int(state), busid, controller, before[hub])


def free_ports(speed: Speed) -> list[int]:
    """Return the numbers of the free ports for a device of this speed."""
    hub = "ss" if speed == "super" else "hs"
    free = (one for one in ports() if one.hub == hub and one.state == _FREE)
    return [one.number for one in free if not one.hub_has_device]


def attach(descriptor: int, *, speed: Speed) -> int:
    """Give the kernel a socket with a device behind it, at a free port; returns that.

    The kernel looks the socket up in this process. Raises CannotTest where it refuses.
    """
    for port in free_ports(speed):
        text = f"{port} {descriptor} {_DEVID + port} {SPEEDS[speed]}"
        try:
            (CONTROLLER / "attach").write_text(text, encoding="ascii")
        except PermissionError:
            raise CannotTest("attaching a USB device needs root: /sys does not let us") from None
        except OSError as error:
            if error.errno == errno.EBUSY:
                continue  # another modem was quicker
            said = error.strerror
            raise CannotTest(f"vhci_hcd refused a device at port {port}: {said}") from error
        return port
    raise CannotTest(
        f"all virtual USB ports for {speed} speed are taken: detach a device (`usbip port`)"
    )


def detach(port: int) -> None:
    """Unplug what is at a port; nothing happens where nothing is."""
    with suppress(OSError):
        (CONTROLLER / "detach").write_text(str(port), encoding="ascii")


def is_free(port: int) -> bool:
    """Whether a port can take another device: vhci_hcd has let go of the last, and the hub too.

    The hub looks a moment later. What it finds plugged in again by then it takes for the device
    that was there before, and does not ask it what it is.
    """
    found = next((one for one in ports() if one.number == port), None)
    return found is None or (found.state == _FREE and not found.hub_has_device)


def device_name(port: int) -> str | None:
    """Return the name of the device at a port, such as ``1-1``; None: not there yet."""
    found = next((one.busid for one in ports() if one.number == port), "0-0")
    return None if found == "0-0" else found
