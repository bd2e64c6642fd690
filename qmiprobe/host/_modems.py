# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds the modems of a machine: on USB by driver, class or id; on PCI by their wwan ports."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from qmiprobe.host._descriptors import (
    ConfigurationDescriptor,
    Descriptors,
    InterfaceDescriptor,
    parse_descriptors,
)
from qmiprobe.host._drivers import expected_driver, probes
from qmiprobe.host._files import Tree, link_name, names_in, read_bytes, read_number, read_text
from qmiprobe.host._functions import SERIAL_DRIVERS, WWAN_DRIVERS, function_of, is_modem_id
from qmiprobe.host._modem import Configuration, Interface, Modem
from qmiprobe.host._modules import dynamic_ids, names_id
from qmiprobe.host._ports import Owner, control_ports, netdevs, serial_ports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_USB = "/sys/bus/usb/devices"
_DEVICE_NAME = re.compile(r"[0-9]+-[0-9.]+")
_HUB = 0x09
_Item = TypeVar("_Item")


def modems(sysroot: str = "/") -> tuple[Modem, ...]:
    """Return every modem that sysfs shows, with or without a control port."""
    return (*usb_modems(sysroot), *pci_modems(sysroot))


def usb_modems(sysroot: str = "/") -> tuple[Modem, ...]:
    """Return the USB devices that are, or once bound would be, modems."""
    tree = Tree(sysroot)
    found = []
    for name in tree.names(_USB):
        folder = tree.resolved(f"{_USB}/{name}") if _DEVICE_NAME.fullmatch(name) else None
        modem = _usb_modem(tree, name, folder) if folder else None
        if modem is not None:
            found.append(modem)
    return tuple(found)


def pci_modems(sysroot: str = "/") -> tuple[Modem, ...]:
    """Return the PCI devices that have ports of the kernel's wwan class."""
    tree = Tree(sysroot)
    ports = [port for port in control_ports(tree) if port.device and port.device.count(":") == 2]
    found = []
    for name in sorted({port.device for port in ports if port.device}):
        folder = tree.resolved(f"/sys/bus/pci/devices/{name}") or ""
        numbers = [read_number(folder, file, radix=16) or 0 for file in ("vendor", "device")]
        found.append(
            Modem(
                bus="pci",
                name=name,
                id="{:04x}:{:04x}".format(*numbers),
                ports=tuple(port for port in ports if port.device == name),
                netdevs=tuple(_on(name, netdevs(tree))),
                serial=tuple(_on(name, serial_ports(tree))),
            )
        )
    return tuple(found)


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


def _usb_modem(tree: Tree, name: str, folder: str) -> Modem | None:
    usb_id = f"{read_text(folder, 'idVendor')}:{read_text(folder, 'idProduct')}"
    if read_number(folder, "bDeviceClass", radix=16) == _HUB:
        return None
    by_hand = frozenset(
        driver for driver, ids in dynamic_ids(tree.sysroot).items() if names_id(ids, usb_id)
    )
    kernel = read_text(tree.real("/proc/sys/kernel/osrelease"))
    configurations = _configurations(folder, usb_id, _Machine(kernel, by_hand))
    interfaces = [one for each in configurations for one in each.interfaces]
    if not (is_modem_id(usb_id) or any(_of_a_modem(one) for one in interfaces)):
        return None
    speed = read_text(folder, "speed") or ""
    return Modem(
        bus="usb",
        name=name,
        id=usb_id,
        manufacturer=read_text(folder, "manufacturer"),
        product=read_text(folder, "product"),
        speed_mbit=float(speed) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", speed) else None,
        configurations=configurations,
        ports=tuple(port for port in control_ports(tree) if port.device == name),
        netdevs=tuple(_on(name, netdevs(tree))),
        serial=tuple(_on(name, serial_ports(tree))),
    )


def _of_a_modem(one: Interface) -> bool:
    return (
        one.driver in WWAN_DRIVERS
        or one.function in ("mbim", "qmi")
        or one.expected_driver in SERIAL_DRIVERS
    )


def _on(device: str, pairs: Iterable[tuple[Owner, _Item]]) -> Iterator[_Item]:
    return (item for owner, item in pairs if owner.device == device)


@dataclass(frozen=True)
class _Machine:
    """What of the machine decides who gets an interface."""

    kernel: str | None
    by_hand: frozenset[str]
    """Drivers that were told of this device by a dynamic id."""


def _configurations(folder: str, usb_id: str, machine: _Machine) -> tuple[Configuration, ...]:
    active = read_number(folder, "bConfigurationValue")
    descriptors = parse_descriptors(read_bytes(folder, "descriptors") or b"")
    bound = {one.descriptor.number: one for one in _interface_folders(folder)}
    if descriptors is None and active is not None:
        # An old or saved sysfs without the binary file: the active configuration at least.
        shown = tuple(one.descriptor for one in bound.values())
        only = ConfigurationDescriptor(value=active, interfaces=shown)
        descriptors = Descriptors(device_class=0, vendor=0, product=0, configurations=(only,))
    if descriptors is None:
        return ()
    chosen = descriptors.kernel_choice()
    return tuple(
        Configuration(
            value=one.value,
            active=one.value == active,
            kernel_would_choose=one.value == chosen,
            interfaces=_interfaces(one, usb_id, bound if one.value == active else {}, machine),
        )
        for one in descriptors.configurations
    )


@dataclass(frozen=True)
class _Bound:
    """An interface of the active configuration, as its folder in sysfs shows it."""

    descriptor: InterfaceDescriptor
    driver: str | None
    authorized: bool | None


def _interface_folders(folder: str) -> Iterator[_Bound]:
    for name in names_in(folder):
        path = os.path.join(folder, name)
        number = read_number(path, "bInterfaceNumber", radix=16)
        if ":" not in name or number is None:
            continue
        parts = [
            read_number(path, f"bInterface{part}", radix=16) or 0
            for part in ("Class", "SubClass", "Protocol")
        ]
        interface = InterfaceDescriptor(
            number=number,
            alternate=read_number(path, "bAlternateSetting") or 0,
            triple=(parts[0], parts[1], parts[2]),
            endpoints=_endpoints(path),
        )
        authorized = read_number(path, "authorized")
        yield _Bound(
            interface, link_name(path, "driver"), None if authorized is None else authorized != 0
        )


def _endpoints(path: str) -> tuple[tuple[int, int], ...]:
    """The endpoints that have folders; where they have none, as many unknown ones as it says."""
    seen = []
    for name in names_in(path):
        address = read_number(path, name, "bEndpointAddress", radix=16)
        if name.startswith("ep_") and address is not None:
            seen.append((address, read_number(path, name, "bmAttributes", radix=16) or 0))
    return tuple(seen) or ((0, 0),) * (read_number(path, "bNumEndpoints", radix=16) or 0)


def _interfaces(
    configuration: ConfigurationDescriptor,
    usb_id: str,
    bound: dict[int, _Bound],
    machine: _Machine,
) -> tuple[Interface, ...]:
    """One line for each interface and class: alternates that differ only in endpoints are one."""
    chosen: dict[tuple[int, str], InterfaceDescriptor] = {}
    for one in configuration.interfaces:
        current = bound[one.number].descriptor.alternate if one.number in bound else 0
        if (one.number, one.cls) not in chosen or one.alternate == current:
            chosen[one.number, one.cls] = one
    return tuple(
        _interface(one, usb_id, configuration, bound.get(one.number), machine)
        for one in chosen.values()
    )


def _interface(
    one: InterfaceDescriptor,
    usb_id: str,
    configuration: ConfigurationDescriptor,
    bound: _Bound | None,
    machine: _Machine,
) -> Interface:
    driver = bound.driver if bound is not None else None
    offers = probes(usb_id, one, configuration, kernel=machine.kernel)
    function, expected = function_of(
        usb_id,
        one.cls,
        # What somebody told a driver by hand says nothing of what the interface is for.
        driver=None if driver in machine.by_hand else driver,
        offers=offers,
        expected=expected_driver(usb_id, one, configuration, kernel=machine.kernel),
    )
    return Interface(
        number=one.number,
        alternate=one.alternate,
        cls=one.cls,
        endpoints=len(one.endpoints),
        function=function,
        driver=driver,
        expected_driver=expected,
        pipes=one.pipes,
        offers=offers,
        authorized=bound.authorized if bound is not None else None,
    )
