# SPDX-License-Identifier: GPL-2.0-or-later
"""Builds small sysfs and proc trees, with the links that the kernel makes."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path


def usb_descriptor(kind: int, *body: int) -> bytes:
    """Return one descriptor with its own length in front."""
    return bytes([len(body) + 2, kind, *body])


def device_descriptor(vendor: int, product: int, *, cls: int = 0, configurations: int = 1) -> bytes:
    """Return a device descriptor (18 bytes)."""
    ids = (vendor & 0xFF, vendor >> 8, product & 0xFF, product >> 8)
    return usb_descriptor(1, 0, 2, cls, 0, 0, 64, *ids, 0, 1, 1, 2, 3, configurations)


def interface_descriptor(number: int, alternate: int, cls: str, *endpoints: int) -> bytes:
    """Return an interface with bulk endpoints, but for the last of three: interrupt."""
    parts = [int(part, 16) for part in cls.split("/")]
    data = usb_descriptor(4, number, alternate, len(endpoints), *parts, 0)
    for index, address in enumerate(endpoints):
        data += usb_descriptor(5, address, 3 if index == 2 else 2, 0, 2, 9)
    return data


def configuration_descriptor(value: int, *interfaces: bytes) -> bytes:
    """Return a configuration with everything in it."""
    body = b"".join(interfaces)
    total = 9 + len(body)
    head = usb_descriptor(2, total & 0xFF, total >> 8, len(interfaces), value, 0, 0xA0, 250)
    return head + body


@dataclass
class FakeInterface:
    """An interface of the active configuration, as sysfs shows it."""

    number: int
    cls: str
    driver: str | None = None
    alternate: int = 0
    endpoints: int = 3
    pipes: tuple[tuple[int, int], ...] = ()
    """Address and type of each endpoint; without any, sysfs has but their number."""
    wdm: str | None = None
    wwan_port: str | None = None
    netdev: str | None = None
    raw_ip: str | None = None
    tty: str | None = None


@dataclass
class FakeDevice:
    """A USB device and where it is plugged."""

    name: str
    usb_id: str
    interfaces: list[FakeInterface] = field(default_factory=list)
    configuration: int = 1
    descriptors: bytes | None = None
    device_class: str = "00"
    manufacturer: str | None = None
    product: str | None = None
    speed: str = "480"


class FakeTree:
    """A folder that looks like the sysfs and proc of a machine."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sysroot = str(root)

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file under the tree."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def link(self, path: str, target: str) -> None:
        """Make ``path`` a relative link to ``target``, both under the tree."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        (self.root / target).mkdir(parents=True, exist_ok=True)
        place.symlink_to(os.path.relpath(self.root / target, place.parent))

    def add_usb(self, device: FakeDevice) -> None:
        """Add a USB device with its interfaces, nodes and class links."""
        folder = f"sys/devices/pci0000:00/0000:00:14.0/usb2/{device.name}"
        vendor, _, product = device.usb_id.partition(":")
        attributes = {
            "idVendor": vendor,
            "idProduct": product,
            "bDeviceClass": device.device_class,
            "bConfigurationValue": str(device.configuration),
            "speed": device.speed,
            "manufacturer": device.manufacturer,
            "product": device.product,
        }
        for name, value in attributes.items():
            if value is not None:
                self.write(f"{folder}/{name}", f"{value}\n")
        if device.descriptors is not None:
            self.write(f"{folder}/descriptors", device.descriptors)
        self.link(f"sys/bus/usb/devices/{device.name}", folder)
        for interface in device.interfaces:
            self._add_interface(device, interface, folder)

    def add_pci_port(self, address: str, port: str, kind: str, driver: str) -> None:
        """Add a port of the wwan class below a PCI device."""
        folder = f"sys/devices/pci0000:00/{address}"
        self.write(f"{folder}/vendor", "0x17cb\n")
        self.write(f"{folder}/device", "0x0306\n")
        if not (self.root / folder / "subsystem").exists():
            self.link(f"{folder}/subsystem", "sys/bus/pci")
            self.link(f"{folder}/driver", f"sys/bus/pci/drivers/{driver}")
            self.link(f"sys/bus/pci/devices/{address}", folder)
        self._add_wwan_port(f"{folder}/mhi0", port, kind)

    def add_process(self, pid: int, program: str, *opened: str) -> None:
        """Add a process that holds some files open."""
        self.write(f"proc/{pid}/comm", f"{program}\n")
        (self.root / f"proc/{pid}/fd").mkdir()
        for number, path in enumerate(opened):
            (self.root / f"proc/{pid}/fd/{number}").symlink_to(path)

    def _add_interface(self, device: FakeDevice, one: FakeInterface, parent: str) -> None:
        folder = f"{parent}/{device.name}:{device.configuration}.{one.number}"
        cls, subclass, protocol = one.cls.split("/")
        attributes = {
            "bInterfaceNumber": f"{one.number:02x}",
            "bAlternateSetting": f"{one.alternate:2d}",
            "bNumEndpoints": f"{one.endpoints:02x}",
            "bInterfaceClass": cls,
            "bInterfaceSubClass": subclass,
            "bInterfaceProtocol": protocol,
        }
        for name, value in attributes.items():
            self.write(f"{folder}/{name}", f"{value}\n")
        for address, transfer in one.pipes:
            self.write(f"{folder}/ep_{address:02x}/bEndpointAddress", f"{address:02x}\n")
            self.write(f"{folder}/ep_{address:02x}/bmAttributes", f"{transfer:02x}\n")
        if one.driver:
            self.link(f"{folder}/driver", f"sys/bus/usb/drivers/{one.driver}")
        if one.wdm:
            self._add_class(f"{folder}/usbmisc/{one.wdm}", "usbmisc")
        if one.wwan_port:
            kind = "MBIM" if "mbim" in one.wwan_port else "QMI"
            self._add_wwan_port(folder, one.wwan_port, kind)
        if one.netdev:
            self._add_class(f"{folder}/net/{one.netdev}", "net")
            if one.raw_ip:
                self.write(f"{folder}/net/{one.netdev}/qmi/raw_ip", f"{one.raw_ip}\n")
        if one.tty:
            self._add_class(f"{folder}/{one.tty}/tty/{one.tty}", "tty")

    def _add_wwan_port(self, folder: str, port: str, kind: str) -> None:
        if not (self.root / "sys/class/wwan/wwan0").exists():
            self._add_class(f"{folder}/wwan/wwan0", "wwan")
        self._add_class(f"{folder}/wwan/wwan0/{port}", "wwan")
        self.write(f"{folder}/wwan/wwan0/{port}/type", f"{kind}\n")

    def _add_class(self, folder: str, name: str) -> None:
        self.link(f"sys/class/{name}/{Path(folder).name}", folder)
        self.link(f"{folder}/subsystem", f"sys/class/{name}")
