# SPDX-License-Identifier: GPL-2.0-or-later
"""Speed and power of a USB device and of the port that it sits in."""

from __future__ import annotations

import os
from dataclasses import dataclass

from qmiprobe.host._files import Tree, read_bytes, read_number, read_text

_USB = "/sys/bus/usb/devices"
_BOS_HEADER, _CAPABILITY, _SUPER_SPEED = 5, 0x10, 0x03


@dataclass(frozen=True, kw_only=True)
class Supply:
    """What sysfs shows of a device's power management and of its port."""

    control: str | None
    """``on`` or ``auto``."""
    status: str | None
    """``active``, ``suspended``, ``error``, ..."""
    over_currents: int | None
    """How often the port was switched off for drawing too much; None where not counted."""
    port: str | None
    """The port's folder in sysfs."""


def supply(plug: str, *, sysroot: str = "/") -> Supply:
    """Return the power side of the device at a place (``2-6``). Never raises."""
    tree = Tree(sysroot)
    folder = tree.resolved(f"{_USB}/{plug}") or ""
    port = port_folder(plug)
    return Supply(
        control=read_text(folder, "power", "control"),
        status=read_text(folder, "power", "runtime_status"),
        over_currents=read_number(tree.real(port), "over_current_count"),
        port=port if os.path.isdir(tree.real(port)) else None,
    )


def port_folder(plug: str) -> str:
    """Return where sysfs has the port of a place: ``.../2-0:1.0/usb2-port6`` for ``2-6``."""
    bus, _, path = plug.partition("-")
    hub, _, number = path.rpartition(".")
    if hub:
        return f"{_USB}/{bus}-{hub}:1.0/{bus}-{hub}-port{number}"
    return f"{_USB}/{bus}-0:1.0/usb{bus}-port{number}"


def can_super_speed(plug: str, *, sysroot: str = "/") -> bool | None:
    """Return whether a device says that it can do SuperSpeed; None where that is not known."""
    folder = Tree(sysroot).resolved(f"{_USB}/{plug}") or ""
    if (read_text(folder, "version") or "").startswith("3"):
        return True
    data = read_bytes(folder, "bos_descriptors")
    return None if data is None else _SUPER_SPEED in _capabilities(data)


def _capabilities(data: bytes) -> set[int]:
    """The types of the device capabilities in a BOS descriptor (USB 3.2, 9.6.2)."""
    found = set()
    offset = _BOS_HEADER
    while len(data) - offset >= 3 and data[offset] >= 3:
        if data[offset + 1] == _CAPABILITY:
            found.add(data[offset + 2])
        offset += data[offset]
    return found
