# SPDX-License-Identifier: GPL-2.0-or-later
"""The sysfs folders of a USB device, its interfaces and its endpoints."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from qmiprobe.sim._sysroot_files import SavedTree
from qmiprobe.sim.usb._layout import Alternate, Configuration, Endpoint, Interface, UsbLayout

_SPEEDS = {
    "full": ("12", "full-speed"),
    "high": ("480", "high-speed"),
    "super": ("5000", "SuperSpeed"),
}
_HOST = "sys/devices/pci0000:00/0000:00:14.0"
_DEVICE_NUMBER = 5
_KINDS = {"control": 0, "isochronous": 1, "bulk": 2, "interrupt": 3}


def _bcd(number: int) -> str:
    return f"{number >> 8:x}.{number & 0xFF:02x}"


class UsbFolders:
    """A modem at one port of one bus, as sysfs shows it; ``log`` is what the kernel said."""

    def __init__(
        self, tree: SavedTree, usb: UsbLayout, plug: str, active: Configuration | None
    ) -> None:
        self.plug = plug
        self.log: list[str] = []
        self._tree, self._usb, self._active = tree, usb, active
        self._bus = plug.partition("-")[0]
        self._folder = f"{_HOST}/usb{self._bus}/{plug}"

    def interface_name(self, number: int) -> str:
        """Return what sysfs calls an interface: ``2-6:1.3``."""
        value = self._active.value if self._active is not None else 0
        return f"{self.plug}:{value}.{number}"

    def interface_folder(self, number: int) -> str:
        """Return the folder of an interface of the active configuration."""
        return f"{self._folder}/{self.interface_name(number)}"

    def write(
        self, bound: Mapping[int, str], *, authorized: bool, unauthorized: AbstractSet[int]
    ) -> None:
        """Write the bus, the device and its interfaces with their drivers."""
        self._write_bus()
        self._write_device(authorized=authorized)
        for interface in self._active.interfaces if self._active is not None else ():
            self._write_interface(
                interface, bound.get(interface.number), interface.number not in unauthorized
            )

    def _write_bus(self) -> None:
        folder = f"{_HOST}/usb{self._bus}"
        speed = "5000" if self._usb.is_super else "480"
        self._tree.attributes(
            folder,
            {
                "idVendor": "1d6b", "idProduct": "0003" if self._usb.is_super else "0002",
                "bDeviceClass": "09", "busnum": self._bus, "devnum": 1, "speed": speed,
                "authorized": 1, "authorized_default": 1, "interface_authorized_default": 1,
                "manufacturer": "Linux", "product": "xHCI Host Controller",
            },
        )  # fmt: skip
        self._tree.link(f"sys/bus/usb/devices/usb{self._bus}", folder)

    def _write_device(self, *, authorized: bool) -> None:
        usb, active = self._usb, self._active
        speed, called = _SPEEDS[usb.speed]
        first, second, third = usb.triple
        texts = {
            "manufacturer": usb.manufacturer, "product": usb.product_name, "serial": usb.serial,
        }  # fmt: skip
        self._tree.attributes(
            self._folder,
            {
                "idVendor": f"{usb.vendor:04x}", "idProduct": f"{usb.product:04x}",
                "bcdDevice": f"{usb.release:04x}", "version": f"{_bcd(usb.usb):>5}",
                "bDeviceClass": f"{first:02x}", "bDeviceSubClass": f"{second:02x}",
                "bDeviceProtocol": f"{third:02x}",
                "bMaxPacketSize0": 9 if usb.is_super else 64,
                "bNumConfigurations": len(usb.configurations),
                "bConfigurationValue": active.value if active is not None else "",
                "bNumInterfaces": f"{len(active.interfaces):2d}" if active is not None else "",
                "bmAttributes": f"{active.attributes:02x}" if active is not None else "",
                "bMaxPower": f"{active.power}mA" if active is not None else "",
                "configuration": active.name if active is not None else "",
                "speed": speed, "busnum": self._bus, "devnum": _DEVICE_NUMBER,
                "devpath": self.plug.partition("-")[2], "authorized": int(authorized),
                "maxchild": 0, "removable": "fixed", "quirks": "0x0", "urbnum": 100,
                "power/control": "on", "power/runtime_status": "active",
                "power/autosuspend_delay_ms": 2000, "power/persist": 1,
                "uevent": "DEVTYPE=usb_device\nDRIVER=usb",
                **{name: text for name, text in texts.items() if text},
            },
        )  # fmt: skip
        self._tree.write(f"{self._folder}/descriptors", usb.descriptors())
        if (bos := usb.bos()) is not None:
            self._tree.write(f"{self._folder}/bos_descriptors", bos)
        self._tree.link(f"{self._folder}/subsystem", "sys/bus/usb")
        self._tree.link(f"{self._folder}/driver", "sys/bus/usb/drivers/usb")
        self._tree.link(f"sys/bus/usb/devices/{self.plug}", self._folder)
        self._say_found(called, texts)

    def _say_found(self, speed: str, texts: Mapping[str, str]) -> None:
        usb, name = self._usb, f"usb {self.plug}"
        indexes = [usb.text_index(text) for text in texts.values()]
        ids = f"idVendor={usb.vendor:04x}, idProduct={usb.product:04x}"
        self.log += [
            f"{name}: new {speed} USB device number {_DEVICE_NUMBER} using xhci_hcd",
            f"{name}: New USB device found, {ids}, bcdDevice={_bcd(usb.release):>5}",
            f"{name}: New USB device strings: Mfr={indexes[0]}, Product={indexes[1]}, "
            f"SerialNumber={indexes[2]}",
        ]

    def _write_interface(self, one: Interface, driver: str | None, authorized: bool) -> None:
        folder = self.interface_folder(one.number)
        # Whoever has a data interface has switched it on.
        number = len(one.alternates) - 1 if driver is not None else 0
        setting = one.alternates[number]
        first, second, third = setting.triple
        self._tree.attributes(
            folder,
            {
                "bInterfaceNumber": f"{one.number:02x}", "bAlternateSetting": f"{number:2d}",
                "bNumEndpoints": f"{len(setting.endpoints):02x}",
                "bInterfaceClass": f"{first:02x}", "bInterfaceSubClass": f"{second:02x}",
                "bInterfaceProtocol": f"{third:02x}", "authorized": int(authorized),
                "supports_autosuspend": 1, "modalias": self._modalias(one.number, setting),
                "uevent": "DEVTYPE=usb_interface" + (f"\nDRIVER={driver}" if driver else ""),
                **({"interface": setting.name} if setting.name else {}),
            },
        )  # fmt: skip
        for endpoint in setting.endpoints:
            self._write_endpoint(f"{folder}/ep_{endpoint.address:02x}", endpoint)
        self._tree.link(f"{folder}/subsystem", "sys/bus/usb")
        self._tree.link(f"sys/bus/usb/devices/{self.interface_name(one.number)}", folder)
        if driver is not None:
            self._tree.link(f"{folder}/driver", f"sys/bus/usb/drivers/{driver}")
            name = self.interface_name(one.number)
            self._tree.link(f"sys/bus/usb/drivers/{driver}/{name}", folder)

    def _modalias(self, number: int, setting: Alternate) -> str:
        usb = self._usb
        device, interface = (
            "{:02X} {:02X} {:02X}".format(*one).split() for one in (usb.triple, setting.triple)
        )
        return (
            f"usb:v{usb.vendor:04X}p{usb.product:04X}d{usb.release:04X}"
            f"dc{device[0]}dsc{device[1]}dp{device[2]}"
            f"ic{interface[0]}isc{interface[1]}ip{interface[2]}in{number:02X}"
        )

    def _write_endpoint(self, folder: str, one: Endpoint) -> None:
        self._tree.attributes(
            folder,
            {
                "bEndpointAddress": f"{one.address:02x}", "bmAttributes": f"{_KINDS[one.kind]:02x}",
                "wMaxPacketSize": f"{one.size:04x}", "bInterval": f"{one.interval:02x}",
                "bLength": "07", "direction": "in" if one.is_in else "out",
                "type": one.kind.capitalize(),
            },
        )  # fmt: skip
