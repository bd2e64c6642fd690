# SPDX-License-Identifier: GPL-2.0-or-later
"""What ModemManager has: its modems, their ports and bearers; read, but for an inhibition.

(Names and values: its D-Bus interface, org.freedesktop.ModemManager1.)
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address, ip_interface

from qmiprobe.bearer import BearerFacts, FamilyFacts, IPAddress
from qmiprobe.dbus._bus import Bus, NoService, Value, mapping, open_bus

SERVICE = "org.freedesktop.ModemManager1"
_PATH = "/org/freedesktop/ModemManager1"
_STATES = {
    -1: "failed",
    0: "unknown",
    1: "initializing",
    2: "locked",
    3: "disabled",
    4: "disabling",
    5: "enabling",
    6: "enabled",
    7: "searching",
    8: "registered",
    9: "disconnecting",
    10: "connecting",
    11: "connected",
}


@dataclass(frozen=True, kw_only=True)
class ManagedModem:
    """A modem that ModemManager has."""

    path: str
    """Of its object on the bus."""
    uid: str
    """What it is inhibited by: the device's folder in sysfs, or what udev was told to call it."""
    folder: str
    """The device's folder in sysfs, where it says that (from 1.22 on), else ``uid``."""
    state: str
    """``disabled``, ``registered``, ``connected``, ..."""
    model: str
    ports: tuple[str, ...]
    """Names without ``/dev/``: ``cdc-wdm0``, ``wwan0``, ``ttyUSB2``."""
    primary_port: str
    drivers: tuple[str, ...]
    bearers: tuple[str, ...]
    """Paths of the objects."""


@dataclass(frozen=True, kw_only=True)
class ManagedBearer:
    """A data session, up or not, that ModemManager has."""

    path: str
    connected: bool
    apn: str
    facts: BearerFacts | None
    """What the network gave; None while it is not connected."""


class ModemManager:
    """A running ModemManager; made by :func:`open_modem_manager`."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus

    async def modems(self) -> tuple[ManagedModem, ...]:
        """Return the modems that it has now; one that it still probes is not among them."""
        interface = "org.freedesktop.DBus.ObjectManager"
        (found,) = await self.bus.call(SERVICE, _PATH, interface, "GetManagedObjects")
        objects = found.items() if isinstance(found, Mapping) else ()
        modems = []
        for path, interfaces in objects:
            of = interfaces.get(f"{SERVICE}.Modem") if isinstance(interfaces, Mapping) else None
            if of is not None:
                modems.append(_modem(path, mapping(of)))
        return tuple(sorted(modems, key=lambda one: one.path))

    async def bearers(self, modem: ManagedModem) -> tuple[ManagedBearer, ...]:
        """Return the bearers of a modem, connected or not."""
        return tuple([await self._bearer(path) for path in modem.bearers])

    async def inhibit(self, uid: str, *, inhibited: bool) -> None:
        """Have it leave a device alone, or take it back; ends with the connection by itself.

        Raises BusRefused where it does not know the device or does not let us.
        """
        await self.bus.call(
            SERVICE, _PATH, SERVICE, "InhibitDevice", signature="sb", arguments=(uid, inhibited)
        )

    async def _bearer(self, path: str) -> ManagedBearer:
        said = await self.bus.properties(SERVICE, path, f"{SERVICE}.Bearer")
        connected, netdev = bool(said.get("Connected")), _text(said, "Interface")
        families = [_family(4, said.get("Ip4Config")), _family(6, said.get("Ip6Config"))]
        given = tuple(one for one in families if one is not None)
        return ManagedBearer(
            path=path,
            connected=connected,
            apn=_text(mapping(said.get("Properties")), "apn"),
            facts=BearerFacts(netdev=netdev, families=given) if connected and netdev else None,
        )


@asynccontextmanager
async def open_modem_manager(address: str | None = None) -> AsyncIterator[ModemManager]:
    """Yield the ModemManager that runs on a bus; None is the system bus.

    Raises NoBus where there is no bus, NoService where it does not run: it is not started.
    """
    async with open_bus(address) as bus:
        if not await bus.has_owner(SERVICE):
            raise NoService("ModemManager does not run")
        yield ModemManager(bus)


def _modem(path: str, said: Mapping[str, Value]) -> ManagedModem:
    uid, state = _text(said, "Device"), said.get("State")
    return ManagedModem(
        path=path,
        uid=uid,
        folder=_text(said, "Physdev") or uid,
        state=_STATES.get(state, str(state)) if isinstance(state, int) else "unknown",
        model=_text(said, "Model"),
        ports=tuple(str(one[0]) for one in _list(said, "Ports") if isinstance(one, tuple)),
        primary_port=_text(said, "PrimaryPort"),
        drivers=tuple(str(one) for one in _list(said, "Drivers")),
        bearers=tuple(str(one) for one in _list(said, "Bearers")),
    )


def _text(said: Mapping[str, Value], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _list(said: Mapping[str, Value], name: str) -> list[Value]:
    value = said.get(name)
    return list(value) if isinstance(value, list) else []


def _family(number: int, value: Value) -> FamilyFacts | None:
    """Read ``Ip4Config`` or ``Ip6Config``; None where it has no address, as with method DHCP."""
    said = mapping(value)
    prefix, mtu = said.get("prefix"), said.get("mtu")
    address = _text(said, "address")
    if not address or not isinstance(prefix, int):
        return None
    try:
        interface = ip_interface(f"{address}/{prefix}")
    except ValueError:
        return None
    found = (_address(said, name) for name in ("dns1", "dns2", "dns3"))
    return FamilyFacts(
        family=number,
        interface=interface,
        gateway=_address(said, "gateway"),
        dns=tuple(one for one in found if one is not None),
        mtu=mtu if isinstance(mtu, int) and mtu > 0 else None,
    )


def _address(said: Mapping[str, Value], name: str) -> IPAddress | None:
    try:
        return ip_address(_text(said, name))
    except ValueError:
        return None
