# SPDX-License-Identifier: GPL-2.0-or-later
"""As much of ModemManager's D-Bus interface as inhibitions and bearers need."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import trio

from tests.dbus.private_bus import Answer, ServiceError, serving

SERVICE = "org.freedesktop.ModemManager1"
MODEM = f"/{SERVICE.replace('.', '/')}/Modem/0"
BEARER = f"/{SERVICE.replace('.', '/')}/Bearer/1"
FOLDER = "/sys/devices/platform/vhci_hcd.0/usb1/1-1"
_ERRORS = f"{SERVICE}.Error.Core"


@dataclass
class FakeModemManager:
    """One modem, known by ``uid``; remembers who keeps it from it."""

    uid: str = FOLDER
    known: bool = True
    exported: bool = True
    """Whether there is an object of it already; without one it is still probed."""
    refuses: str | None = None
    """D-Bus' name of an error that each inhibition gets."""
    starting: int = 0
    """How many inhibitions it refuses, since the modem is not brought up yet."""
    silent: bool = False
    connected: bool = True
    inhibited_by: dict[str, str] = field(default_factory=dict)
    """Who -> uid."""
    calls: list[tuple[str, tuple[object, ...]]] = field(default_factory=list)
    changed: trio.Event = field(default_factory=trio.Event)

    async def answer(self, method: str, arguments: tuple[object, ...], caller: str) -> Answer:
        self.calls.append((method, arguments))
        if self.silent:
            await trio.sleep_forever()
        if method == "GetManagedObjects":
            objects = {MODEM: {f"{SERVICE}.Modem": self._modem()}} if self.exported else {}
            return "a{oa{sa{sv}}}", (objects,)
        if method == "GetAll":
            return "a{sv}", (self._bearer(),)
        if method == "InhibitDevice":
            self._inhibit(str(arguments[0]), bool(arguments[1]), caller)
            return "", ()
        raise ServiceError("org.freedesktop.DBus.Error.UnknownMethod", method)

    def gone(self, caller: str) -> None:
        """Forget what a connection held, as the real one does."""
        if self.inhibited_by.pop(caller, None) is not None:
            self.changed.set()

    def _inhibit(self, uid: str, inhibited: bool, caller: str) -> None:
        if self.refuses is not None:
            raise ServiceError(self.refuses, "no")
        if not self.known or uid != self.uid:
            raise ServiceError(f"{_ERRORS}.NotFound", f"No device found with uid '{uid}'")
        if self.starting:
            self.starting -= 1
            raise ServiceError(f"{_ERRORS}.WrongState", "Modem not exported in the bus")
        if inhibited and self.inhibited_by:
            raise ServiceError(f"{_ERRORS}.InProgress", "already inhibited")
        if inhibited:
            self.inhibited_by[caller] = uid
        else:
            del self.inhibited_by[caller]
        self.changed.set()

    def _modem(self) -> dict[str, tuple[str, object]]:
        return {
            "Device": ("s", self.uid),
            "State": ("i", 11),
            "Model": ("s", "EC25"),
            "PrimaryPort": ("s", "cdc-wdm0"),
            "Ports": ("a(su)", [("cdc-wdm0", 6), ("wwan0", 2), ("ttyUSB2", 3)]),
            "Drivers": ("as", ["option1", "qmi_wwan"]),
            "Bearers": ("ao", [BEARER]),
        }

    def _bearer(self) -> dict[str, tuple[str, object]]:
        ip4 = {
            "method": ("u", 2),
            "address": ("s", "10.64.0.2"),
            "prefix": ("u", 30),
            "gateway": ("s", "10.64.0.1"),
            "dns1": ("s", "203.0.113.53"),
            "mtu": ("u", 1430),
        }
        return {
            "Connected": ("b", self.connected),
            "Interface": ("s", "wwan0" if self.connected else ""),
            "Ip4Config": ("a{sv}", ip4 if self.connected else {}),
            "Ip6Config": ("a{sv}", {"method": ("u", 3)}),
            "Properties": ("a{sv}", {"apn": ("s", "internet.example")}),
        }


@asynccontextmanager
async def running(address: str, manager: FakeModemManager) -> AsyncIterator[FakeModemManager]:
    """Have it own ModemManager's name on a bus."""
    async with serving(address, SERVICE, manager.answer, manager.gone):
        yield manager
