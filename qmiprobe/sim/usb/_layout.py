# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem's USB side as data: its configurations, their interfaces, and their descriptors.

A profile's ``[usb]`` is read by :func:`~qmiprobe.sim.usb._layout_file.parse_usb`; the form is
described in ``sim/profiles/README.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from qmiprobe.errors import DefinitionError
from qmiprobe.sim.usb import _descriptors

Speed = Literal["full", "high", "super"]
Kind = Literal["control", "isochronous", "bulk", "interrupt"]
Triple = tuple[int, int, int]
"""Class, subclass, protocol."""
LANGUAGE = 0x0409


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One pipe of an interface."""

    address: int
    """With the direction bit 0x80 for IN."""
    kind: Kind
    size: int
    """wMaxPacketSize, bytes."""
    interval: int = 0
    """bInterval as it stands in the descriptor."""
    burst: int = 0
    """SuperSpeed: bMaxBurst, packets after the first."""

    @property
    def is_in(self) -> bool:
        """Whether it leads to the host."""
        return bool(self.address & 0x80)


@dataclass(frozen=True, kw_only=True)
class Alternate:
    """One alternate setting of an interface."""

    triple: Triple
    name: str = ""
    functional: tuple[bytes, ...] = ()
    """Class-specific descriptors, whole."""
    endpoints: tuple[Endpoint, ...] = ()

    def endpoint(self, direction: Literal["in", "out"], kind: Kind) -> Endpoint | None:
        """Return the first endpoint of this direction and kind."""
        wanted = direction == "in"
        found = (one for one in self.endpoints if one.is_in is wanted and one.kind == kind)
        return next(found, None)


@dataclass(frozen=True, kw_only=True)
class Association:
    """An interface association descriptor, which stands before the first of its interfaces."""

    count: int
    triple: Triple
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class NtbParameters:
    """What an MBIM or NCM function says of its transfer blocks (GET_NTB_PARAMETERS)."""

    formats: int = 1
    """Bits: 1 NTB16, 2 NTB32."""
    in_size: int = 16384
    in_divisor: int = 4
    in_remainder: int = 0
    in_alignment: int = 4
    out_size: int = 16384
    out_divisor: int = 4
    out_remainder: int = 0
    out_alignment: int = 4
    out_datagrams: int = 32

    def __bytes__(self) -> bytes:
        """Return the 28 bytes that the host gets."""
        return _descriptors.ntb_parameters(self)


@dataclass(frozen=True, kw_only=True)
class Interface:
    """One interface of a configuration; ``role`` says what the modem does there."""

    number: int
    role: str
    alternates: tuple[Alternate, ...]
    data: int | None = None
    """Control interfaces of a pair: number of their data interface."""
    association: Association | None = None
    ntb: NtbParameters = field(default_factory=NtbParameters)
    mac: str = ""
    """Ethernet functions: the host's address, 12 hexadecimal digits."""
    dtr: bool = False
    """Control ports: whether commands are taken in silence until the host sets DTR."""

    @property
    def max_control_message(self) -> int | None:
        """Bytes that an MBIM function takes in one SEND; None: it says nothing of it."""
        for one in self.alternates[-1].functional:
            if one[2] == _descriptors.SUBTYPES["mbim"]:
                return int.from_bytes(one[5:7], "little")
        return None

    def endpoint(self, direction: Literal["in", "out"], kind: Kind) -> Endpoint | None:
        """Return the first endpoint of this direction and kind in any alternate setting."""
        found = (one.endpoint(direction, kind) for one in self.alternates)
        return next((one for one in found if one is not None), None)


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """What the device is after SET_CONFIGURATION with this value."""

    value: int
    interfaces: tuple[Interface, ...]
    name: str = ""
    attributes: int = 0xA0
    """Bus powered, remote wakeup."""
    power: int = 500
    """mA."""

    def interface(self, number: int) -> Interface | None:
        """Return the interface of this number."""
        return next((one for one in self.interfaces if one.number == number), None)

    def of_role(self, *roles: str) -> tuple[Interface, ...]:
        """Return the interfaces of any of these roles, in order."""
        return tuple(one for one in self.interfaces if one.role in roles)


@dataclass(frozen=True, kw_only=True)
class UsbLayout:
    """All that a host can read of a device's descriptors."""

    vendor: int = 0
    product: int = 0
    release: int = 0
    """bcdDevice."""
    usb: int = 0x0200
    """bcdUSB."""
    speed: Speed = "high"
    triple: Triple = (0, 0, 0)
    manufacturer: str = ""
    product_name: str = ""
    serial: str = ""
    first_string: int = 1
    """Index of the first text."""
    texts: tuple[str, ...] = ()
    """All texts, in the order of their indexes."""
    disc: int = 0
    """Product id as the disc with drivers that it may be at first; 0: the modem's."""
    raw_bos: bytes = b""
    """BOS descriptor where it is another than the usual one."""
    configurations: tuple[Configuration, ...] = ()
    source: str = ""
    """Where the layout is known from."""
    inferred: str = ""
    """What of it is not known but concluded."""

    @property
    def is_super(self) -> bool:
        """Whether it is a SuperSpeed device."""
        return self.speed == "super"

    def configuration(self, value: int) -> Configuration:
        """Return the configuration of this value; DefinitionError where there is none."""
        for one in self.configurations:
            if one.value == value:
                return one
        there = ", ".join(str(one.value) for one in self.configurations) or "none"
        raise DefinitionError(f"no USB configuration {value}; there are: {there}")

    def text_index(self, text: str) -> int:
        """Return the index of a text; 0 for none."""
        return self.texts.index(text) + self.first_string if text else 0

    def device_descriptor(self) -> bytes:
        """Return the 18 bytes of the device descriptor."""
        return _descriptors.device(self)

    def configuration_descriptor(self, value: int) -> bytes:
        """Return the configuration descriptor of this value with all that belongs to it."""
        return _descriptors.configuration(self, self.configuration(value))

    def descriptors(self) -> bytes:
        """Return what sysfs shows as ``descriptors``: the device's, then every configuration's."""
        return self.device_descriptor() + b"".join(
            self.configuration_descriptor(one.value) for one in self.configurations
        )

    def bos(self) -> bytes | None:
        """Return the BOS descriptor; None: the device has none."""
        return _descriptors.bos(self)

    def string(self, index: int) -> bytes | None:
        """Return a string descriptor, 0 being the list of languages; None: there is none."""
        if index == 0:
            return _descriptors.languages(LANGUAGE)
        at = index - self.first_string
        return _descriptors.text(self.texts[at]) if 0 <= at < len(self.texts) else None

    def walk(self) -> Iterator[tuple[Configuration, Interface]]:
        """Give every interface of every configuration."""
        for configuration in self.configurations:
            for interface in configuration.interfaces:
                yield configuration, interface
