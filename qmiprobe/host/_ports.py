# SPDX-License-Identifier: GPL-2.0-or-later
"""Control ports, netdevs and ttys, each traced through sysfs to the device it hangs on."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qmiprobe.host._files import Tree, link_name, read_number, read_text
from qmiprobe.host._functions import protocol_of
from qmiprobe.host._modem import Netdev, Port, SerialPort

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTROL_CLASSES = ("usbmisc", "wwan")
SOC = ".remoteproc"
"""How the processor of a modem inside the machine's own chip is called in sysfs."""


@dataclass(frozen=True)
class Owner:
    """The device behind a node: a USB interface, a PCI device, or a processor of the chip."""

    folder: str
    """Its sysfs folder, on this machine."""
    device: str
    """``2-6``, ``0000:01:00.0`` or ``4080000.remoteproc``."""
    bus: str
    interface: int | None
    driver: str | None


def owner_of(path: str) -> Owner | None:
    """Climb from a resolved sysfs path to the USB interface or PCI device above it."""
    folder = path
    while len(folder) > 1:
        if os.path.exists(os.path.join(folder, "bInterfaceNumber")):
            return Owner(
                folder=folder,
                device=os.path.basename(folder).partition(":")[0],
                bus="usb",
                interface=read_number(folder, "bInterfaceNumber", radix=16),
                driver=link_name(folder, "driver"),
            )
        if link_name(folder, "subsystem") == "pci":
            return Owner(folder, os.path.basename(folder), "pci", None, link_name(folder, "driver"))
        if folder.endswith(SOC):
            return Owner(folder, os.path.basename(folder), "soc", None, _driver_above(path, folder))
        folder = os.path.dirname(folder)
    return None


def _driver_above(path: str, end: str) -> str | None:
    """Return the driver of the nearest device above a node."""
    while path.startswith(end):
        driver = link_name(path, "driver")
        if driver is not None:
            return driver
        path = os.path.dirname(path)
    return None


def nodes_of_class(tree: Tree, name: str) -> Iterator[tuple[str, str, Owner]]:
    """Give name, resolved folder and owner of each node of a sysfs class that has an owner."""
    for node in tree.names(f"/sys/class/{name}"):
        resolved = tree.resolved(f"/sys/class/{name}/{node}")
        owner = owner_of(resolved) if resolved else None
        if resolved and owner:
            yield node, resolved, owner


def control_ports(tree: Tree) -> tuple[Port, ...]:
    """Return every control port; the two nodes that one USB port may have count once."""
    ports: dict[tuple[str, int | None, str | None], Port] = {}
    for name in _CONTROL_CLASSES:
        for node, resolved, owner in nodes_of_class(tree, name):
            port = _port(f"/dev/{node}", resolved, owner)
            if port is None:
                continue
            # cdc-wdm0 and wwan0qmi0 of one USB interface are the same port under two names.
            key = (owner.device, owner.interface, None if owner.bus == "usb" else node)
            if key in ports:
                ports[key] = replace(ports[key], also=(*ports[key].also, port.path))
            else:
                ports[key] = port
    return tuple(ports.values())


def find_port(path: str, *, sysroot: str = "/") -> Port | None:
    """Return the control port behind node ``path``, or None where sysfs shows none.

    Links like ``/dev/serial/by-id/...`` are followed; a node under another name is found by its
    device number.
    """
    tree = Tree(sysroot)
    resolved = _sysfs_of_node(tree, path)
    owner = owner_of(resolved) if resolved else None
    return _port(path, resolved, owner) if resolved and owner else None


def netdevs(tree: Tree) -> Iterator[tuple[Owner, Netdev]]:
    """Give each netdev that hangs on a USB or PCI device."""
    for node, resolved, owner in nodes_of_class(tree, "net"):
        raw_ip = read_text(resolved, "qmi", "raw_ip")
        yield (
            owner,
            Netdev(
                name=node,
                driver=owner.driver,
                interface=owner.interface,
                raw_ip=None if raw_ip is None else raw_ip in ("Y", "1"),
            ),
        )


def serial_ports(tree: Tree) -> Iterator[tuple[Owner, SerialPort]]:
    """Give each tty that hangs on a USB or PCI device."""
    for node, _, owner in nodes_of_class(tree, "tty"):
        yield (
            owner,
            SerialPort(path=f"/dev/{node}", driver=owner.driver, interface=owner.interface),
        )


def _port(path: str, resolved: str, owner: Owner) -> Port | None:
    if link_name(resolved, "subsystem") == "wwan":
        kind = read_text(resolved, "type")
        if kind is None:
            return None  # wwan0 itself, the device above its ports
        protocol: str | None = kind.lower()
    elif os.path.basename(resolved).startswith("cdc-wdm"):
        protocol = protocol_of(owner.driver)
    else:
        return None  # a tty, or one of the other things of class usbmisc
    return Port(
        path=path,
        protocol=protocol,
        driver=owner.driver,
        interface=owner.interface,
        device=owner.device,
    )


def _sysfs_of_node(tree: Tree, path: str) -> str | None:
    try:
        status = os.stat(tree.real(path))
    except OSError:
        status = None
    if status is not None and stat.S_ISCHR(status.st_mode):
        number = f"{os.major(status.st_rdev)}:{os.minor(status.st_rdev)}"
        resolved = tree.resolved(f"/sys/dev/char/{number}")
        if resolved is not None:
            return resolved
    name = os.path.basename(path)
    found = (tree.resolved(f"/sys/class/{one}/{name}") for one in _CONTROL_CLASSES)
    return next((one for one in found if one is not None), None)
