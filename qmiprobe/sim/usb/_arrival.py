# SPDX-License-Identifier: GPL-2.0-or-later
"""What the kernel made of a device that was plugged in: drivers, nodes and netdevs, from sysfs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import trio

_DEVICES = Path("/sys/bus/usb/devices")
_QUIET = 0.5
"""Seconds without a change after which nothing more is expected."""
_LONGEST = 10.0


@dataclass(frozen=True)
class Place:
    """One interface."""

    name: str
    """``1-1:1.4``."""
    driver: str | None
    nodes: tuple[str, ...]
    """``/dev/cdc-wdm0``, ``wwan0``."""


@dataclass(frozen=True)
class Arrival:
    """The device as the kernel has it."""

    name: str
    """``1-1``."""
    configuration: int | None
    interfaces: tuple[Place, ...]


async def wait_for_arrival(device: Callable[[], str | None]) -> Arrival:
    """Return what came up, once nothing more comes; waits until there is anything at all."""
    while (name := device()) is None:  # noqa: ASYNC110  # sysfs wakes nobody
        await trio.sleep(0.05)
    seen = await _look_aside(name)
    changed = start = trio.current_time()
    while trio.current_time() - changed < _QUIET and trio.current_time() - start < _LONGEST:
        await trio.sleep(0.05)
        now = await _look_aside(name)
        if now != seen or not now.interfaces:
            changed = trio.current_time()
        seen = now
    return seen


async def _look_aside(name: str) -> Arrival:
    """Look from another thread: sysfs waits for a device that is just asked, which is us."""
    return await trio.to_thread.run_sync(look, name, abandon_on_cancel=True)


def look(name: str) -> Arrival:
    """Return what there is of a device now."""
    value = _text(_DEVICES / name / "bConfigurationValue")
    places = [_place(path) for path in sorted(_DEVICES.glob(f"{name}:*"))]
    return Arrival(name, int(value) if value else None, tuple(places))


def _place(path: Path) -> Place:
    driver = path / "driver"
    nodes = [f"/dev/{one.name}" for one in sorted(path.glob("usbmisc/*"))]
    nodes += [f"/dev/{one.name}" for one in sorted((*path.glob("ttyUSB*"), *path.glob("tty/*")))]
    nodes += [one.name for one in sorted(path.glob("net/*"))]
    return Place(path.name, driver.resolve().name if driver.is_symlink() else None, tuple(nodes))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return ""
