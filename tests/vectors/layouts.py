# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the layouts of real modems: ``usb-devices`` blocks and ``lsusb -v`` texts.

Both become devices of a fake machine. The first kind has the driver that each interface got, the
second every descriptor of every configuration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from tests.host.tree import FakeDevice, FakeInterface, usb_descriptor
from tests.requirements import vectors_folder
from tests.vectors.usb_devices import Device, read_devices, without_quotes

_TREE_LINE = re.compile(r"If (\d+), Class=.*?, Driver=(\w[\w-]*)")
_FIELD = re.compile(r"\s*(\w+)\s+(0x[0-9a-f]+|[0-9]+(?:\.[0-9]+)?)(?:mA)?\b")
_UNREAD = re.compile(r"\s*\*\* UNRECOGNIZED:((?: [0-9a-f]{2})+)")
_FUNCTIONAL = {
    "Header": 0x00,
    "Call Management": 0x01,
    "ACM": 0x02,
    "Union": 0x06,
    "Ethernet": 0x0F,
    "NCM": 0x1A,
    "MBIM": 0x1B,
    "MBIM Extended": 0x1C,
}
_BEGINNING = re.compile(r"^[ \t]*Device Descriptor:", re.MULTILINE)
_ENDS = ("Binary Object Store", "Device Qualifier", "Device Status", "can't get")


@dataclass(frozen=True)
class Block:
    """One published layout."""

    name: str
    """Its file."""
    device: FakeDevice
    drivers: dict[int, str | None]
    """By interface of the active configuration, what the block shows; empty where it does not."""

    def unbound(self) -> FakeDevice:
        """Return the device with no driver anywhere."""
        return replace(
            self.device, interfaces=[replace(one, driver=None) for one in self.device.interfaces]
        )


def blocks() -> Iterator[Block]:
    """Give every layout of both kinds; none where the folder is missing."""
    for kind, read in (("usb-devices", _from_usb_devices), ("lsusb", _from_lsusb)):
        for file in sorted((vectors_folder() / kind).glob("*.txt")):
            text = file.read_text(encoding="utf-8", errors="replace")
            # The first line says where it was published, in words that look like the rest.
            body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
            found = read(f"{kind}/{file.stem}", body)
            if found is not None:
                yield found


def _from_usb_devices(name: str, text: str) -> Block | None:
    # Of several devices in a paste the one that is shown in most detail is what it is about.
    found = max(read_devices(text), key=lambda one: len(one.interfaces), default=None)
    return None if found is None else block_of(name, found)


def block_of(name: str, shown: Device) -> Block:
    """Return the layout of a device out of a text."""
    interfaces = [
        FakeInterface(
            number=one.number,
            cls=one.cls,
            driver=one.driver,
            alternate=one.alternate,
            endpoints=one.endpoints,
            pipes=tuple(one.pipes) if len(one.pipes) == one.endpoints else (),
        )
        for one in shown.interfaces
    ]
    device = FakeDevice(
        "1-1",
        shown.usb_id,
        interfaces=interfaces,
        product=shown.product,
        device_class=shown.device_class,
    )
    return Block(name, device, {one.number: one.driver for one in interfaces})


def _from_lsusb(name: str, text: str) -> Block | None:
    """Read the device of a text that has most: others are in the paste by chance."""
    plain = without_quotes(text)
    found = [_lsusb_device(name, part) for part in _by_device(plain)]
    block = max(
        filter(None, found), key=lambda one: len(one.device.descriptors or b""), default=None
    )
    if block is None:
        return None
    bound = {int(number): driver for number, driver in _TREE_LINE.findall(plain)}
    return replace(block, drivers=dict(bound))


def _by_device(text: str) -> Iterator[str]:
    starts = [found.start() for found in _BEGINNING.finditer(text)]
    for start, end in pairwise((*starts, len(text))):
        yield text[start:end]


def _lsusb_device(name: str, text: str) -> Block | None:
    sections = list(_sections(text))
    if not sections or not {"idVendor", "idProduct"} <= set(sections[0].fields):
        return None
    head = sections[0].fields
    super_speed = head.get("bcdUSB", 0) >= 3
    configurations: list[bytearray] = []
    for one in sections[1:]:
        if one.title == "Configuration Descriptor":
            configurations.append(bytearray())
        if configurations:
            configurations[-1] += one.encoded(super_speed=super_speed)
    for configuration in configurations:
        configuration[2:4] = len(configuration).to_bytes(2, "little")
    vendor, product = int(head["idVendor"]), int(head["idProduct"])
    ids = [*vendor.to_bytes(2, "little"), *product.to_bytes(2, "little")]
    kinds = [int(head.get(f"bDevice{part}", 0)) for part in ("Class", "SubClass", "Protocol")]
    first = usb_descriptor(1, 0, 2, *kinds, 64, *ids, 0, 1, 1, 2, 3, len(configurations))
    device = FakeDevice(
        "1-1",
        f"{vendor:04x}:{product:04x}",
        descriptors=first + b"".join(bytes(one) for one in configurations),
        device_class=f"{kinds[0]:02x}",
        configuration=0,
    )
    return Block(name, device, {})


@dataclass
class _Section:
    title: str
    fields: dict[str, float]
    raw: bytes = b""

    def _bytes(self, *names: str) -> list[int]:
        return [int(self.fields.get(name, 0)) for name in names]

    def encoded(self, *, super_speed: bool) -> bytes:
        """Return the descriptor itself, as far as anybody looks at it."""
        if self.raw:
            return self.raw
        if self.title == "Configuration Descriptor":
            power = int(self.fields.get("MaxPower", 0)) // (8 if super_speed else 2)
            count, value = self._bytes("bNumInterfaces", "bConfigurationValue")
            return usb_descriptor(2, 0, 0, count, value, 0, 0xA0, power)
        if self.title == "Interface Association":
            names = ("bFirstInterface", "bInterfaceCount", "bFunctionClass")
            return usb_descriptor(11, *self._bytes(*names), 0, 0, 0)
        if self.title == "Interface Descriptor":
            names = ("bInterfaceNumber", "bAlternateSetting", "bNumEndpoints")
            kind = ("bInterfaceClass", "bInterfaceSubClass", "bInterfaceProtocol")
            return usb_descriptor(4, *self._bytes(*names, *kind), 0)
        if self.title == "Endpoint Descriptor":
            return usb_descriptor(5, *self._bytes("bEndpointAddress", "bmAttributes"), 0, 2, 0)
        if self.title.startswith("CDC "):
            subtype = _FUNCTIONAL.get(self.title.removeprefix("CDC "))
            if subtype is None:
                return b""
            return usb_descriptor(
                0x24, subtype, *self._bytes("bMasterInterface", "bSlaveInterface")
            )
        return b""


def _sections(text: str) -> Iterator[_Section]:
    section: _Section | None = None
    for line in text.splitlines():
        title = line.strip().rstrip(":")
        if title.startswith(_ENDS):
            break
        unread = _UNREAD.match(line)
        field = _FIELD.match(line)
        if unread:
            if section is not None:
                yield section
            section = _Section("unread", {}, bytes.fromhex(unread[1].replace(" ", "")))
        elif line.rstrip().endswith(":"):
            if section is not None:
                yield section
            section = _Section(title, {})
        elif field and section is not None:
            number = field[2]
            value = int(number, 16) if number.startswith("0x") else float(number)
            section.fields.setdefault(field[1], value)
    if section is not None:
        yield section
