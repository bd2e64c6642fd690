# SPDX-License-Identifier: GPL-2.0-or-later
"""What a rebind may change, as it stands now: read, compared, and kept in the journal."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import cast

from qmiprobe import host
from qmiprobe.host._files import Tree, link_name, names_in, read_number, read_text

_HUB = re.compile(r"usb[0-9]+")
_NONE = 0
"""The number of the configuration of a device that has none set."""


@dataclass(frozen=True, kw_only=True)
class InterfaceState:
    """One interface of the configuration that is set."""

    number: int
    driver: str | None
    authorized: bool
    raw_ip: bool | None = None
    """Whether its netdev carries bare IP packets; None for other drivers than qmi_wwan."""


@dataclass(frozen=True, kw_only=True)
class State:
    """A USB device and what is around it, as far as a rebind touches that."""

    name: str
    """``2-6``."""
    usb_id: str
    device_number: int | None
    """Another one each time it is plugged in."""
    hub: str
    """The root hub of its bus: ``usb2``."""
    authorized: bool
    configuration: int
    """0: none is set."""
    interfaces: tuple[InterfaceState, ...]
    fence: bool | None
    """Whether new interfaces of the bus start without authorization; None: cannot be read."""
    power: str | None
    """``on`` or ``auto``."""
    dynamic_ids: tuple[tuple[str, str], ...]
    """Driver and id, of those that were told of this modem."""

    def interface(self, number: int) -> InterfaceState | None:
        """Return an interface of the configuration that is set."""
        return next((one for one in self.interfaces if one.number == number), None)

    def interface_name(self, number: int, *, configuration: int | None = None) -> str:
        """Return what sysfs calls an interface: ``2-6:1.3``."""
        value = self.configuration if configuration is None else configuration
        return f"{self.name}:{value}.{number}"


def read_state(name: str, *, sysroot: str = "/") -> State | None:
    """Return the state of the device at ``name`` (``2-6``); None where there is none."""
    tree = Tree(sysroot)
    folder = tree.resolved(f"/sys/bus/usb/devices/{name}")
    vendor = read_text(folder, "idVendor") if folder else None
    if folder is None or vendor is None:
        return None
    usb_id = f"{vendor}:{read_text(folder, 'idProduct')}"
    hub = next((part for part in folder.split("/") if _HUB.fullmatch(part)), "")
    fence = read_number(tree.real(f"/sys/bus/usb/devices/{hub}/interface_authorized_default"))
    value = read_number(folder, "bConfigurationValue") or _NONE
    return State(
        name=name,
        usb_id=usb_id,
        device_number=read_number(folder, "devnum"),
        hub=hub,
        authorized=read_number(folder, "authorized") != 0,
        configuration=value,
        interfaces=tuple(_interfaces(folder, name, value)),
        fence=None if fence is None else fence == 0,
        power=read_text(folder, "power", "control"),
        dynamic_ids=tuple(
            (driver, one)
            for driver, ids in sorted(host.dynamic_ids(sysroot).items())
            for one in ids
            if one.lower().split()[:2] == usb_id.split(":")
        ),
    )


def _interfaces(folder: str, name: str, value: int) -> Iterator[InterfaceState]:
    found = []
    for each in names_in(folder):
        path = os.path.join(folder, each)
        number = read_number(path, "bInterfaceNumber", radix=16)
        if number is None or not each.startswith(f"{name}:{value}."):
            continue
        netdevs = names_in(os.path.join(path, "net"))
        raw_ip = [read_text(path, "net", one, "qmi", "raw_ip") for one in netdevs]
        found.append(
            InterfaceState(
                number=number,
                driver=link_name(path, "driver"),
                authorized=read_number(path, "authorized") != 0,
                raw_ip=raw_ip[0] in ("Y", "1") if raw_ip and raw_ip[0] else None,
            )
        )
    yield from sorted(found, key=lambda one: one.number)


def differences(now: State, before: State) -> tuple[str, ...]:
    """Return what is not as it was, in words; empty where all is."""
    found = []
    for word, is_now, was in (
        ("authorized", now.authorized, before.authorized),
        ("configuration", now.configuration, before.configuration),
        ("fence of the bus", now.fence, before.fence),
        ("power/control", now.power, before.power),
        ("dynamic ids", sorted(now.dynamic_ids), sorted(before.dynamic_ids)),
    ):
        if is_now != was:
            found.append(f"{word}: {is_now}, was {was}")
    if now.configuration == before.configuration:
        for one in before.interfaces:
            other = now.interface(one.number)
            if other != one:
                found.append(f"interface {one.number}: {_shown(other)}, was {_shown(one)}")
    return tuple(found)


def _shown(one: InterfaceState | None) -> str:
    if one is None:
        return "gone"
    raw_ip = {None: "", True: ", raw-IP", False: ", 802.3"}[one.raw_ip]
    return f"{one.driver or 'no driver'}{'' if one.authorized else ', not authorized'}{raw_ip}"


def state_json(state: State) -> dict[str, object]:
    """Return the state as a JSON object; :func:`state_from_json` reads it."""
    return asdict(state)


def state_from_json(value: object) -> State:
    """Return the state of a JSON object. Raises ValueError for anything else."""
    try:
        fields = dict(cast("Mapping[str, object]", value))
        interfaces = cast("list[Mapping[str, object]]", fields.pop("interfaces"))
        ids = cast("list[list[str]]", fields.pop("dynamic_ids"))
        return State(
            **fields,  # type: ignore[arg-type]  # as it was written, or a TypeError
            interfaces=tuple(InterfaceState(**one) for one in interfaces),  # type: ignore[arg-type]
            dynamic_ids=tuple((str(driver), str(one)) for driver, one in ids),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"no state of a device: {error}") from error
