# SPDX-License-Identifier: GPL-2.0-or-later
"""The USB device behind a netdev: power settings in sysfs, complaints in the kernel's log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qmiprobe import host

_SETTINGS = ("power/control", "power/runtime_status", "speed")
_WORDS = ("NETDEV WATCHDOG", "transmit queue", "nonzero urb status", "kevent", "rx_errors")
_MOST = 5


@dataclass(frozen=True, kw_only=True)
class UsbFacts:
    """What was read."""

    path: str
    values: Mapping[str, str]
    complaints: tuple[str, ...]
    """Lines of the kernel's log that name the netdev and trouble."""

    @property
    def suspends(self) -> bool:
        """Whether the kernel may put the device to sleep."""
        return self.values.get("power/control") == "auto"


def driver(netdev: str, *, index: int) -> str | None:
    """Return the driver of ``netdev`` with this interface index, None where it has none."""
    device = _device(netdev, index)
    try:
        return (device / "driver").resolve(strict=True).name if device is not None else None
    except OSError:
        return None


def _device(netdev: str, index: int) -> Path | None:
    """Its device; None for another namespace's netdev of that name, which sysfs may show."""
    folder = Path("/sys/class/net", netdev)
    try:
        if int((folder / "ifindex").read_text(encoding="ascii")) != index:
            return None
        return (folder / "device").resolve(strict=True)
    except (OSError, ValueError):
        return None


def read(netdev: str, *, index: int) -> UsbFacts | None:
    """Return the USB device of ``netdev`` with this interface index, None where it has none."""
    device = _device(netdev, index)
    if device is None:
        return None
    usb = next((one for one in (device, device.parent) if (one / "idVendor").exists()), None)
    if usb is None:
        return None
    values = {}
    for name in _SETTINGS:
        try:
            values[name] = (usb / name).read_text(encoding="ascii").strip()
        except OSError:
            continue
    log = host.kernel_log("/")
    lines = [line.text for line in log.lines if netdev in line.text and _bad(line.text)]
    return UsbFacts(path=str(usb), values=values, complaints=tuple(lines[-_MOST:]))


def _bad(text: str) -> bool:
    return any(word in text for word in _WORDS)
