# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads a USB device's binary ``descriptors``: every configuration, not only the active one.

Layout: USB 2.0 chapter 9; sysfs gives the device descriptor and after it each configuration whole.
Devices lie in their descriptors, so nothing here raises: what cannot be read becomes a note.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_CONFIGURATION, _INTERFACE, _ENDPOINT, _CLASS_SPECIFIC = 0x02, 0x04, 0x05, 0x24
_DEVICE_LENGTH, _CONFIGURATION_LENGTH, _INTERFACE_LENGTH, _ENDPOINT_LENGTH = 18, 9, 9, 7
_ASSOCIATION = 0x0B
_UNION = 0x06
_KINDS = ("control", "isochronous", "bulk", "interrupt")
_VENDOR_SPECIFIC, _AUDIO, _AUDIO_3 = 0xFF, 0x01, 0x30
_RNDIS = frozenset({(0x02, 0x02, 0xFF), (0xEF, 0x01, 0x01)})
"""RNDIS and ActiveSync as usb_choose_configuration knows them; the newer triples it does not."""


@dataclass(frozen=True, kw_only=True)
class InterfaceDescriptor:
    """One alternate setting of one interface."""

    number: int
    alternate: int
    triple: tuple[int, int, int]
    """Class, subclass, protocol."""
    endpoints: tuple[tuple[int, int], ...] = ()
    """Address and attributes of each endpoint that is there."""
    functional: frozenset[int] = frozenset()
    """Subtypes of the class-specific descriptors: 0x1b is MBIM's."""
    union: tuple[int, int] | None = None
    """Control and data interface, as the union descriptor has them."""

    @property
    def cls(self) -> str:
        """The triple as text: ``ff/01/07``."""
        return "/".join(f"{part:02x}" for part in self.triple)

    @property
    def pipes(self) -> tuple[str, ...]:
        """What each endpoint is: ``bulk-in``, ``interrupt-in``, ...; ``?`` where unread."""
        return tuple(
            f"{_KINDS[attributes & 3]}-{'in' if address & 0x80 else 'out'}" if address else "?"
            for address, attributes in self.endpoints
        )


@dataclass(frozen=True, kw_only=True)
class ConfigurationDescriptor:
    """One configuration with all alternate settings of its interfaces."""

    value: int
    interfaces: tuple[InterfaceDescriptor, ...]
    associations: tuple[tuple[int, int], ...] = ()
    """First interface and count of each interface association."""
    max_power: int = 0
    """In units of 2 mA, or of 8 mA at SuperSpeed; ask :meth:`needs_ma`."""

    def needs_ma(self, *, super_speed: bool) -> int:
        """Return the current that it asks for, in mA."""
        return self.max_power * (8 if super_speed else 2)

    @property
    def functional_read(self) -> bool:
        """Whether class-specific descriptors were seen: a listing made of sysfs has none."""
        return any(one.functional for one in self.interfaces)

    def alternates(self, number: int) -> tuple[InterfaceDescriptor, ...]:
        """Return the alternate settings of an interface."""
        return tuple(one for one in self.interfaces if one.number == number)


@dataclass(frozen=True, kw_only=True)
class Descriptors:
    """All that a device says of itself."""

    device_class: int
    vendor: int
    product: int
    configurations: tuple[ConfigurationDescriptor, ...]
    release: int = 0
    """bcdDevice."""
    device_subclass: int = 0
    device_protocol: int = 0
    notes: tuple[str, ...] = ()
    """What could not be read."""

    def modalias(self, one: InterfaceDescriptor) -> str:
        """Return what the kernel calls an interface when it looks for a driver."""
        cls, subclass, protocol = one.triple
        return (
            f"usb:v{self.vendor:04X}p{self.product:04X}d{self.release:04X}"
            f"dc{self.device_class:02X}dsc{self.device_subclass:02X}dp{self.device_protocol:02X}"
            f"ic{cls:02X}isc{subclass:02X}ip{protocol:02X}in{one.number:02X}"
        )

    def kernel_choice(
        self, *, budget_ma: int | None = None, super_speed: bool = False
    ) -> int | None:
        """Return the configuration that Linux sets by itself; None where there is none.

        The rule of ``usb_choose_configuration``: of those that the port can feed the first one
        that starts with an interface of a standard class, else the first of all; RNDIS in front
        of others only until something better comes, audio as a rule of its own.
        """
        best: int | None = None
        for index, configuration in enumerate(self.configurations):
            if (
                budget_ma is not None
                and configuration.needs_ma(super_speed=super_speed) > budget_ma
            ):
                continue
            triple = configuration.interfaces[0].triple if configuration.interfaces else None
            if triple and triple[0] == _AUDIO:
                if triple[2] == _AUDIO_3:
                    return configuration.value
                best = configuration.value if index == 0 else best
            elif index == 0 and len(self.configurations) > 1 and triple in _RNDIS:
                best = configuration.value
            elif triple and _VENDOR_SPECIFIC not in (self.device_class, triple[0]):
                return configuration.value
            elif best is None:
                best = configuration.value
        return best


@dataclass
class _Open:
    """An interface descriptor whose endpoints are still being read."""

    number: int
    alternate: int
    triple: tuple[int, int, int]
    endpoints: list[tuple[int, int]] = field(default_factory=list)
    functional: set[int] = field(default_factory=set)
    union: tuple[int, int] | None = None

    def closed(self) -> InterfaceDescriptor:
        return InterfaceDescriptor(
            number=self.number,
            alternate=self.alternate,
            triple=self.triple,
            endpoints=tuple(self.endpoints),
            functional=frozenset(self.functional),
            union=self.union,
        )


def parse_descriptors(data: bytes) -> Descriptors | None:
    """Return what ``data`` (sysfs ``descriptors``) says; None where no device descriptor is."""
    if len(data) < _DEVICE_LENGTH or data[1] != 0x01 or data[0] < _DEVICE_LENGTH:
        return None
    notes: list[str] = []
    configurations = []
    offset = data[0]
    while len(data) - offset >= _CONFIGURATION_LENGTH and data[offset + 1] == _CONFIGURATION:
        total = int.from_bytes(data[offset + 2 : offset + 4], "little")
        if total < _CONFIGURATION_LENGTH or offset + total > len(data):
            notes.append(f"configuration at byte {offset}: says {total} bytes, which is not so")
            total = len(data) - offset
        configurations.append(_configuration(data[offset : offset + total], offset, notes))
        offset += total
    if offset < len(data):
        notes.append(f"{len(data) - offset} bytes from byte {offset} on are no configuration")
    return Descriptors(
        device_class=data[4],
        vendor=int.from_bytes(data[8:10], "little"),
        product=int.from_bytes(data[10:12], "little"),
        release=int.from_bytes(data[12:14], "little"),
        device_subclass=data[5],
        device_protocol=data[6],
        configurations=tuple(configurations),
        notes=tuple(notes),
    )


def _configuration(data: bytes, start: int, notes: list[str]) -> ConfigurationDescriptor:
    interfaces: list[_Open] = []
    associations: list[tuple[int, int]] = []
    offset = 0
    while offset < len(data):
        length = data[offset]
        # A length of 0 would never end; one past the end belongs to nobody.
        if length < 2 or offset + length > len(data):
            notes.append(f"descriptor at byte {start + offset}: its length {length} cannot be")
            break
        _take(data[offset : offset + length], interfaces, associations)
        offset += length
    closed = tuple(interface.closed() for interface in interfaces)
    return ConfigurationDescriptor(
        value=data[5],
        interfaces=closed,
        associations=tuple(associations),
        max_power=data[8],
    )


def _take(one: bytes, interfaces: list[_Open], associations: list[tuple[int, int]]) -> None:
    kind = one[1]
    if kind == _ASSOCIATION and len(one) >= 4:
        associations.append((one[2], one[3]))
    elif kind == _INTERFACE and len(one) >= _INTERFACE_LENGTH:
        interfaces.append(_Open(one[2], one[3], (one[5], one[6], one[7])))
    elif not interfaces:
        return
    elif kind == _ENDPOINT and len(one) >= _ENDPOINT_LENGTH:
        interfaces[-1].endpoints.append((one[2], one[3]))
    elif kind == _CLASS_SPECIFIC and len(one) >= 3:
        interfaces[-1].functional.add(one[2])
        if one[2] == _UNION and len(one) >= 5:
            interfaces[-1].union = (one[3], one[4])
