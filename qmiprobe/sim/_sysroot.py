# SPDX-License-Identifier: GPL-2.0-or-later
"""A machine with a simulated modem as a folder: sysfs, proc, the kernel's log, as Linux shows them.

What Linux makes of a layout (which configuration, which driver where) is not worked out here: it
was measured on the real kernel and stands in ``bound.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path

from qmiprobe.errors import CannotTest, DefinitionError
from qmiprobe.sim._profile import Profile
from qmiprobe.sim._sysroot_device import UsbFolders
from qmiprobe.sim._sysroot_files import SavedTree
from qmiprobe.sim._sysroot_nodes import NodeFolders
from qmiprobe.sim.usb._layout import Configuration, Interface, UsbLayout

Drivers = dict[int, str]
"""By interface number, which driver has it."""
_PAIRED = ("qmi_wwan", "cdc_mbim", "cdc_ether", "cdc_ncm", "cdc_acm", "huawei_cdc_ncm")


@dataclass(frozen=True, kw_only=True)
class Machine:
    """The machine that the modem is plugged into, and what is as it should not be there."""

    plug: str = "2-6"
    """Where: bus and port."""
    kernel: str = "6.1.0-56-amd64"
    configuration: int | None = None
    """The one that is set; None: the kernel's own choice; 0: none."""
    drivers: Mapping[int, str | None] = field(default_factory=dict)
    """Interfaces that another driver has, or none; a pair goes with its control interface."""
    dynamic_ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By driver, what was written to its ``new_id``."""
    authorized: bool = True
    unauthorized: frozenset[int] = frozenset()
    """Interfaces that drivers may not have."""
    missing: frozenset[str] = frozenset()
    """Modules that are not installed."""
    blacklisted: frozenset[str] = frozenset()
    """Modules that a file in modprobe.d keeps out."""
    log: tuple[str, ...] = ()
    """Further lines of the kernel's log."""


def chosen_configuration(name: str) -> int:
    """Return which configuration of a profile Linux sets by itself."""
    return _measured(name).chosen


def write_sysroot(
    profile: Profile,
    folder: Path,
    *,
    machine: Machine | None = None,
    layout: UsbLayout | None = None,
) -> None:
    """Write the machine into ``folder``, which must be empty or not there yet.

    ``layout`` stands for the profile's own where something is wrong with it. Raises CannotTest
    where the folder cannot be used, DefinitionError where the profile has no USB side or no such
    configuration.
    """
    machine = machine or Machine()
    usb = layout or profile.usb
    if not usb.configurations:
        raise DefinitionError(f"profile {profile.name} has no USB side")
    tree = _empty(folder)
    measured = _measured(profile.name)
    value = measured.chosen if machine.configuration is None else machine.configuration
    active = usb.configuration(value) if value and machine.authorized else None
    bound = _bound(active, measured, machine)
    netdev = measured.netdevs.get(value, "wwan")
    device = UsbFolders(tree, usb, machine.plug, active)
    device.write(bound, authorized=machine.authorized, unauthorized=machine.unauthorized)
    nodes = NodeFolders(tree, device, netdev)
    if active is not None:
        nodes.write(active, bound)
    _system(tree, machine, measured, usb, [*device.log, *nodes.log])


def _empty(folder: Path) -> SavedTree:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise CannotTest(f"{folder} is not empty: name a folder that is")
    except OSError as error:
        raise CannotTest(f"{folder}: {error.strerror}") from error
    return SavedTree(folder)


@dataclass(frozen=True)
class _Measured:
    """What the real kernel made of a profile."""

    chosen: int
    drivers: Mapping[int, Drivers]
    netdevs: Mapping[int, str]


@cache
def _measured(name: str) -> _Measured:
    text = (resources.files("qmiprobe") / "sim" / "bound.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text).get(name)
    if table is None:
        raise DefinitionError(
            f"profile {name}: nobody measured what Linux makes of it: see sim/bound.toml"
        )
    bound = {int(key): row for key, row in table.items() if key != "chosen"}
    return _Measured(
        chosen=table["chosen"],
        drivers={
            value: {
                number: driver
                for driver, numbers in row.items()
                if driver != "netdev"
                for number in numbers
            }
            for value, row in bound.items()
        },
        netdevs={value: row["netdev"] for value, row in bound.items() if "netdev" in row},
    )


def _bound(active: Configuration | None, measured: _Measured, machine: Machine) -> Drivers:
    if active is None:
        return {}
    bound = {
        number: driver
        for number, driver in measured.drivers.get(active.value, {}).items()
        if driver not in machine.missing | machine.blacklisted
        and number not in machine.unauthorized
    }
    for number, driver in machine.drivers.items():
        interface = active.interface(number)
        if interface is None:
            raise DefinitionError(f"configuration {active.value} has no interface {number}")
        pair = [] if interface.data is None else [interface.data]
        for one in (number, *(pair if driver in (*_PAIRED, None) else ())):
            bound.pop(one, None)
            if driver is not None:
                bound[one] = driver
    return bound


def _system(
    tree: SavedTree, machine: Machine, measured: _Measured, usb: UsbLayout, log: list[str]
) -> None:
    """Write what is not the modem's: drivers, modules, the log."""
    known = {driver for row in measured.drivers.values() for driver in row.values()}
    known |= {driver for driver in machine.drivers.values() if driver} | set(machine.dynamic_ids)
    gone = machine.missing | machine.blacklisted
    loaded = sorted(known - gone)
    for driver in loaded:
        ids = "".join(f"{one}\n" for one in machine.dynamic_ids.get(driver, ()))
        for name in ("new_id", "remove_id"):
            tree.write(f"sys/bus/usb/drivers/{driver}/{name}", ids)
    modules = [driver.replace("-", "_") for driver in loaded]
    tree.write("proc/modules", "".join(f"{one} 40960 0 - Live 0x0\n" for one in modules))
    tree.write("proc/sys/kernel/osrelease", f"{machine.kernel}\n")
    tree.write("proc/version", f"Linux version {machine.kernel}\n")
    aliases = [
        f"alias {alias} {driver}\n"
        for configuration, one in usb.walk()
        for driver in [measured.drivers.get(configuration.value, {}).get(one.number)]
        for alias in [_alias(usb, one)]
        if driver is not None and driver not in machine.missing
    ]
    path = f"lib/modules/{machine.kernel}/modules.alias"
    tree.write(path, "# Aliases extracted from modules themselves.\n" + "".join(aliases))
    installed = sorted(known - machine.missing)
    tree.write(
        f"lib/modules/{machine.kernel}/modules.dep",
        "".join(f"kernel/drivers/{one.replace('_', '-')}.ko:\n" for one in installed),
    )
    if machine.blacklisted:
        lines = "".join(f"blacklist {one}\n" for one in sorted(machine.blacklisted))
        tree.write("etc/modprobe.d/local.conf", lines)
    records = enumerate((*log, *machine.log), 1)
    tree.write(
        "dev/kmsg",
        "".join(f"6,{number},{4_600_000 + number * 1000},-;{text}\n" for number, text in records),
    )


def _alias(usb: UsbLayout, one: Interface) -> str:
    first, second, third = one.alternates[-1].triple
    return (
        f"usb:v{usb.vendor:04X}p{usb.product:04X}d*dc*dsc*dp*"
        f"ic{first:02X}isc{second:02X}ip{third:02X}in*"
    )
