# SPDX-License-Identifier: GPL-2.0-or-later
"""What public texts say of devices' USB layouts: usb-devices (and debugfs) blocks and lsusb -v.

Both become the same short form, to be held against descriptors that a profile builds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Endpoint = tuple[int, int, int]
"""Address, transfer type, wMaxPacketSize."""


@dataclass
class Setting:
    """An alternate setting of an interface."""

    number: int
    alternate: int
    triple: tuple[int, int, int]
    endpoints: list[Endpoint] = field(default_factory=list)
    functional: list[bytes] = field(default_factory=list)


@dataclass
class Published:
    """A device with the configuration that the text shows."""

    release: int = 0
    usb: int = 0
    triple: tuple[int, int, int] = (0, 0, 0)
    vendor: int = 0
    product: int = 0
    configurations: int = 0
    value: int = 0
    interfaces: int = 0
    attributes: int = 0
    power: int = 0
    total: int | None = None
    """wTotalLength, where the text has it."""
    settings: list[Setting] = field(default_factory=list)


def read_usb_devices(text: str) -> Published:
    """Return the device of one block of usb-devices."""
    found = Published()
    for line in text.splitlines():
        kind, _, rest = line.strip().partition(":")
        values = dict(re.findall(r"([\w#]+)=\s*([\w.]+)", rest))
        if kind == "D":
            found.usb = _bcd(values["Ver"])
            found.triple = _triple(values)
            found.configurations = int(values["#Cfgs"])
        elif kind == "P":
            found.vendor, found.product = (int(values[key], 16) for key in ("Vendor", "ProdID"))
            found.release = _bcd(values["Rev"])
        elif kind == "C":
            found.interfaces, found.value = int(values["#Ifs"]), int(values["Cfg#"])
            found.attributes = int(values["Atr"], 16)
            found.power = int(values["MxPwr"].removesuffix("mA"))
        elif kind == "I":
            found.settings.append(
                Setting(int(values["If#"], 0), int(values["Alt"]), _triple(values))
            )
        elif kind == "E":
            kinds = int(values["Atr"], 16)
            one = (int(values["Ad"], 16), kinds, int(values["MxPS"]))
            found.settings[-1].endpoints.append(one)
    return found


def _bcd(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole + part, 16)


def _triple(values: dict[str, str]) -> tuple[int, int, int]:
    first, second, third = (int(values[key], 16) for key in ("Cls", "Sub", "Prot"))
    return first, second, third


_FIELD = re.compile(r"\s*(\w+)\s+(0x[0-9a-f]+|[0-9.]+)")
_RAW = re.compile(r"\*\* UNRECOGNIZED:((?:\s+[0-9a-f]{2})+)")


def read_lsusb(text: str) -> Published:
    """Return the device of one ``lsusb -v``, as far as Binary Object Store and status go."""
    found, values = Published(), {"": ""}
    for line in text.splitlines():
        raw, one = _RAW.search(line), _FIELD.match(line)
        if line.startswith("Binary Object Store"):
            break
        if raw is not None:
            found.settings[-1].functional.append(bytes.fromhex(raw[1]))
        elif one is not None:
            values[one[1]] = one[2]
            _take(found, one[1], values)
        elif (power := re.match(r"\s*MaxPower\s+(\d+)mA", line)) is not None:
            found.power = int(power[1])
    return found


def _take(found: Published, name: str, values: dict[str, str]) -> None:
    """Note what a line completes: values before it belong to the same descriptor."""

    def number(key: str) -> int:
        return int(values[key], 0)

    if name == "bNumConfigurations":
        found.usb, found.release = _bcd(values["bcdUSB"]), _bcd(values["bcdDevice"])
        found.triple = (
            number("bDeviceClass"), number("bDeviceSubClass"), number("bDeviceProtocol")
        )  # fmt: skip
        found.vendor, found.product = number("idVendor"), number("idProduct")
        found.configurations = number(name)
    elif name == "bmAttributes" and not found.settings:
        found.attributes, found.total = number(name), number("wTotalLength")
        found.interfaces, found.value = number("bNumInterfaces"), number("bConfigurationValue")
    elif name == "MaxPower":
        found.power = int(values[name])
    elif name == "bInterfaceProtocol":
        triple = tuple(number(f"bInterface{part}") for part in ("Class", "SubClass", "Protocol"))
        found.settings.append(
            Setting(number("bInterfaceNumber"), number("bAlternateSetting"), triple)  # type: ignore[arg-type]
        )
    elif name == "wMaxPacketSize":
        one = (number("bEndpointAddress"), number("bmAttributes"), number(name))
        found.settings[-1].endpoints.append(one)


def read_descriptors(device: bytes, configuration: bytes) -> Published:
    """Return what the bytes of a device and of one of its configurations say, in that form."""
    first, second, third = device[4:7]
    found = Published(
        usb=int.from_bytes(device[2:4], "little"),
        triple=(first, second, third),
        vendor=int.from_bytes(device[8:10], "little"),
        product=int.from_bytes(device[10:12], "little"),
        release=int.from_bytes(device[12:14], "little"),
        configurations=device[17],
    )
    offset = 0
    while offset < len(configuration):
        one = configuration[offset : offset + configuration[offset]]
        offset += len(one)
        if one[1] == 2:
            found.total, found.interfaces = int.from_bytes(one[2:4], "little"), one[4]
            found.value, found.attributes, found.power = one[5], one[7], one[8] * 2
        elif one[1] == 4:
            found.settings.append(Setting(one[2], one[3], (one[5], one[6], one[7])))
        elif one[1] == 5:
            size = int.from_bytes(one[4:6], "little")
            found.settings[-1].endpoints.append((one[2], one[3], size))
        elif one[1] == 0x24:
            found.settings[-1].functional.append(one)
    return found
