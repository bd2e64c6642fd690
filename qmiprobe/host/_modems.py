# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds the modems of a machine: by driver, class, id or name, and by what hangs on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from qmiprobe.host._aliases import AliasList, alias_list
from qmiprobe.host._driver_rows import lists
from qmiprobe.host._drivers import Kernel
from qmiprobe.host._files import Tree, read_number, read_text
from qmiprobe.host._functions import (
    SERIAL_DRIVERS,
    is_modem_id,
    is_wwan_driver,
    named_as_modem,
)
from qmiprobe.host._modem import Interface, Modem, Netdev, Port, SerialPort
from qmiprobe.host._modules import dynamic_ids, names_id
from qmiprobe.host._pci import PciModem, is_soc, pci_modem_ids, soc_qrtr
from qmiprobe.host._ports import Owner, control_ports, netdevs, serial_ports
from qmiprobe.host._usb_interfaces import Machine, configurations_of, read_descriptors

if TYPE_CHECKING:
    from collections.abc import Iterable

_USB = "/sys/bus/usb/devices"
_PCI = "/sys/bus/pci/devices"
_DEVICE_NAME = re.compile(r"[0-9]+-[0-9.]+")
_HUB = 0x09
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class _Nodes:
    """Everything that hangs on some device, read once."""

    ports: tuple[Port, ...]
    netdevs: tuple[tuple[Owner, Netdev], ...]
    serial: tuple[tuple[Owner, SerialPort], ...]

    def ports_of(self, device: str) -> tuple[Port, ...]:
        return tuple(port for port in self.ports if port.device == device)

    def netdevs_of(self, device: str) -> tuple[Netdev, ...]:
        return _on(device, self.netdevs)

    def serial_of(self, device: str) -> tuple[SerialPort, ...]:
        return _on(device, self.serial)


def _nodes(tree: Tree) -> _Nodes:
    return _Nodes(control_ports(tree), tuple(netdevs(tree)), tuple(serial_ports(tree)))


def modems(sysroot: str = "/") -> tuple[Modem, ...]:
    """Return every modem that sysfs shows, with or without a control port."""
    return (*usb_modems(sysroot), *pci_modems(sysroot), *soc_modems(sysroot))


def usb_modems(sysroot: str = "/") -> tuple[Modem, ...]:
    """Return the USB devices that are, or once bound would be, modems."""
    tree = Tree(sysroot)
    nodes, listed, by_hand = _nodes(tree), alias_list(sysroot), dynamic_ids(sysroot)
    found = []
    for name in tree.names(_USB):
        folder = tree.resolved(f"{_USB}/{name}") if _DEVICE_NAME.fullmatch(name) else None
        if folder is None or read_number(folder, "bDeviceClass", radix=16) == _HUB:
            continue
        usb_id = f"{read_text(folder, 'idVendor')}:{read_text(folder, 'idProduct')}"
        told = frozenset(driver for driver, ids in by_hand.items() if names_id(ids, usb_id))
        modem = _usb_modem(tree, _Device(name, folder, usb_id, told), nodes, listed)
        if modem is not None:
            found.append(modem)
    return tuple(found)


def pci_modems(sysroot: str = "/") -> tuple[Modem, ...]:
    """Return the PCI devices that are known as modems or have ports of the kernel's wwan class."""
    tree = Tree(sysroot)
    nodes = _nodes(tree)
    known = pci_modem_ids(tree)
    with_ports = {port.device for port in nodes.ports if port.device and _is_pci(port.device)}
    found = []
    for name in sorted({*with_ports, *known}):
        folder = tree.resolved(f"{_PCI}/{name}") or ""
        numbers = [read_number(folder, file, radix=16) or 0 for file in ("vendor", "device")]
        said = known.get(name, PciModem())
        found.append(
            Modem(
                bus="pci",
                name=name,
                id="{:04x}:{:04x}".format(*numbers),
                manufacturer=said.manufacturer,
                product=said.product,
                driver=said.driver,
                expected_driver=said.expected_driver,
                mode=said.mode,
                qrtr=said.qrtr,
                ports=nodes.ports_of(name),
                netdevs=nodes.netdevs_of(name),
                serial=nodes.serial_of(name),
            )
        )
    return tuple(found)


def soc_modems(sysroot: str = "/") -> tuple[Modem, ...]:
    """Return the modems that are a part of the machine's own chip."""
    tree = Tree(sysroot)
    nodes = _nodes(tree)
    qrtr = soc_qrtr(tree)
    owners = [owner for owner, _ in nodes.netdevs]
    names = {port.device for port in nodes.ports if port.device and is_soc(port.device)}
    names |= {owner.device for owner in owners if owner.bus == "soc"} | set(qrtr)
    return tuple(
        Modem(
            bus="soc",
            name=name,
            id="",
            product=read_text(tree.real("/proc/device-tree/model")),
            qrtr=qrtr.get(name),
            ports=nodes.ports_of(name),
            netdevs=nodes.netdevs_of(name),
            serial=nodes.serial_of(name),
        )
        for name in sorted(names)
    )


def select(
    found: Iterable[Modem],
    *,
    usb_name: str | None = None,
    usb_id: str | None = None,
    netdev: str | None = None,
    node: str | None = None,
) -> tuple[Modem, ...]:
    """Return the modems that fit everything that is given."""
    return tuple(
        modem
        for modem in found
        if usb_name in (None, modem.name)
        and usb_id in (None, modem.id)
        and (netdev is None or any(one.name == netdev for one in modem.netdevs))
        and (node is None or any(node in (one.path, *one.also) for one in modem.ports))
    )


@dataclass(frozen=True)
class _Device:
    """A USB device that may be a modem."""

    name: str
    folder: str
    usb_id: str
    told: frozenset[str]
    """Drivers that were told of it by a dynamic id."""


def _usb_modem(tree: Tree, device: _Device, nodes: _Nodes, listed: AliasList) -> Modem | None:
    folder, usb_id = device.folder, device.usb_id
    descriptors = read_descriptors(folder)
    version = read_text(tree.real("/proc/sys/kernel/osrelease"))
    kernel = Kernel(version, listed.of(usb_id), descriptors)
    configurations = (
        ()
        if descriptors is None
        else configurations_of(folder, usb_id, descriptors, Machine(kernel, device.told))
    )
    interfaces = [one for each in configurations for one in each.interfaces]
    product = read_text(folder, "product")
    vendor_specific = any(one.cls.startswith("ff/") for one in interfaces)
    if not (
        is_modem_id(usb_id)
        or lists(_OF_MODEMS, usb_id)
        or any(_of_a_modem(one) for one in interfaces)
        or (vendor_specific and named_as_modem(product))
    ):
        return None
    speed = read_text(folder, "speed") or ""
    return Modem(
        bus="usb",
        name=device.name,
        id=usb_id,
        manufacturer=read_text(folder, "manufacturer"),
        product=product,
        speed_mbit=float(speed) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", speed) else None,
        configurations=configurations,
        ports=nodes.ports_of(device.name),
        netdevs=nodes.netdevs_of(device.name),
        serial=nodes.serial_of(device.name),
        notes=() if descriptors is None else descriptors.notes,
    )


_OF_MODEMS = SERIAL_DRIVERS | {"qmi_wwan"}
"""Drivers in whose tables only modems stand, by their own ids."""


def _of_a_modem(one: Interface) -> bool:
    # What an interface is used for by habit says nothing of a device that nobody knows.
    offered = {each.driver for each in one.offers}
    return (
        is_wwan_driver(one.driver)
        or one.function == "mbim"
        or (one.function == "qmi" and "qmi_wwan" in offered)
        or (one.expected_driver in SERIAL_DRIVERS and one.expected_driver in offered)
    )


def _is_pci(name: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]", name) is not None


def _on(device: str, pairs: Iterable[tuple[Owner, _Item]]) -> tuple[_Item, ...]:
    return tuple(item for owner, item in pairs if owner.device == device)
