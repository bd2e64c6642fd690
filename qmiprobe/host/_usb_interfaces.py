# SPDX-License-Identifier: GPL-2.0-or-later
"""The configurations and interfaces of a USB device: what each is for, who has it, who should."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from qmiprobe.host._descriptors import (
    ConfigurationDescriptor,
    Descriptors,
    InterfaceDescriptor,
    parse_descriptors,
)
from qmiprobe.host._drivers import Kernel, expected_driver, probes
from qmiprobe.host._files import link_name, names_in, read_bytes, read_number, read_text
from qmiprobe.host._functions import function_of
from qmiprobe.host._modem import Configuration, Interface

_SUPER_SPEED_MBIT = 5000
_SELF_POWERED = 0x40


@dataclass(frozen=True)
class Machine:
    """What of the machine decides who gets an interface of a device."""

    kernel: Kernel
    by_hand: frozenset[str]
    """Drivers that were told of this device by a dynamic id."""


def read_descriptors(folder: str) -> Descriptors | None:
    """Return what a device says of itself, of its active configuration at least.

    None where it has no configuration and shows no descriptors.
    """
    found = parse_descriptors(read_bytes(folder, "descriptors") or b"")
    active = read_number(folder, "bConfigurationValue")
    if found is not None or active is None:
        return found
    # An old or saved sysfs without the binary file.
    shown = tuple(one.descriptor for one in _interface_folders(folder))
    only = ConfigurationDescriptor(value=active, interfaces=shown)
    ids = (read_number(folder, name, radix=16) or 0 for name in ("idVendor", "idProduct"))
    vendor, product = ids
    return Descriptors(
        device_class=read_number(folder, "bDeviceClass", radix=16) or 0,
        device_subclass=read_number(folder, "bDeviceSubClass", radix=16) or 0,
        device_protocol=read_number(folder, "bDeviceProtocol", radix=16) or 0,
        release=read_number(folder, "bcdDevice", radix=16) or 0,
        vendor=vendor,
        product=product,
        configurations=(only,),
        notes=("descriptors cannot be read: only the active configuration is known",),
    )


def configurations_of(
    folder: str, usb_id: str, descriptors: Descriptors, machine: Machine
) -> tuple[Configuration, ...]:
    """Return all configurations of a device, the active one as sysfs shows it now."""
    active = read_number(folder, "bConfigurationValue")
    bound = {one.descriptor.number: one for one in _interface_folders(folder)}
    chosen = descriptors.kernel_choice(
        budget_ma=_port_feeds_ma(folder), super_speed=_super_speed(folder)
    )
    return tuple(
        Configuration(
            value=one.value,
            active=one.value == active,
            kernel_would_choose=one.value == chosen,
            interfaces=_interfaces(one, usb_id, bound if one.value == active else {}, machine),
        )
        for one in descriptors.configurations
    )


def _super_speed(folder: str) -> bool:
    speed = read_text(folder, "speed") or ""
    return speed.isdigit() and int(speed) >= _SUPER_SPEED_MBIT


def _port_feeds_ma(folder: str) -> int | None:
    """Return what the port gives a device, as the kernel reckons; None where no hub is shown.

    A hub without a supply of its own has one unit for each port. One that only says that it has
    one is believed, as the kernel has it from the hub's status, which no file shows.
    """
    hub = os.path.dirname(folder)
    attributes = read_number(hub, "bmAttributes", radix=16)
    if attributes is None:
        return None
    unit, full = (150, 900) if _super_speed(hub) else (100, 500)
    return full if attributes & _SELF_POWERED or os.path.basename(hub).startswith("usb") else unit


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
    machine: Machine,
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
    machine: Machine,
) -> Interface:
    driver = bound.driver if bound is not None else None
    today = machine.kernel.of_today()
    function, expected = function_of(
        usb_id,
        one.cls,
        endpoints=len(one.endpoints),
        # What somebody told a driver by hand says nothing of what the interface is for.
        driver=None if driver in machine.by_hand else driver,
        offers=probes(usb_id, one, configuration, kernel=today),
        expected=expected_driver(usb_id, one, configuration, kernel=today),
    )
    return Interface(
        number=one.number,
        alternate=one.alternate,
        cls=one.cls,
        endpoints=len(one.endpoints),
        function=function,
        driver=driver,
        expected_driver=expected,
        predicted_driver=expected_driver(usb_id, one, configuration, kernel=machine.kernel),
        pipes=one.pipes,
        offers=probes(usb_id, one, configuration, kernel=machine.kernel),
        authorized=bound.authorized if bound is not None else None,
    )
