# SPDX-License-Identifier: GPL-2.0-or-later
"""As much of systemd-resolved's D-Bus interface as a session needs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

from tests.dbus.private_bus import Answer, ServiceError, serving

SERVICE = "org.freedesktop.resolve1"
_LINK = "/org/freedesktop/resolve1/link"


@dataclass
class FakeResolver:
    """Remembers what it was told of each netdev."""

    servers: dict[int, list[tuple[int, bytes]]] = field(default_factory=dict)
    domains: dict[int, list[tuple[str, bool]]] = field(default_factory=dict)
    refuses: str | None = None
    """A method that it answers with an error."""
    known: set[int] | None = None
    """Indexes of the netdevs that there are; None: any."""
    _asked: int = 0

    def addresses(self, index: int) -> list[str]:
        """Return a netdev's servers as text."""
        return [str(ip_address(packed)) for _, packed in self.servers.get(index, [])]

    def told(self) -> dict[int, list[str]]:
        """Return the netdevs that have servers or domains, and their servers."""
        have = [one for one in {*self.servers, *self.domains} if self._has(one)]
        return {index: self.addresses(index) for index in have}

    def _has(self, index: int) -> bool:
        return bool(self.servers.get(index) or self.domains.get(index))

    async def answer(self, method: str, arguments: tuple[object, ...], _caller: str) -> Answer:
        if method == self.refuses:
            raise ServiceError("org.freedesktop.DBus.Error.AccessDenied", "no")
        if method == "GetAll":
            return "a{sv}", (self._properties(),)
        index = arguments[0]
        assert isinstance(index, int)
        if self.known is not None and index not in self.known:
            raise ServiceError(f"{SERVICE}.NoSuchLink", f"Link {index} not known")
        if method == "GetLink":
            self._asked = index
            return "o", (f"{_LINK}/_3{index}",)
        if method == "SetLinkDNS":
            self.servers[index] = list(arguments[1])  # type: ignore[call-overload]
            return "", ()
        if method == "SetLinkDomains":
            self.domains[index] = list(arguments[1])  # type: ignore[call-overload]
            return "", ()
        raise ServiceError("org.freedesktop.DBus.Error.UnknownMethod", method)

    def _properties(self) -> dict[str, tuple[str, object]]:
        return {
            "DNS": ("a(iay)", self.servers.get(self._asked, [])),
            "Domains": ("a(sb)", self.domains.get(self._asked, [])),
            "DefaultRoute": ("b", True),
        }


@asynccontextmanager
async def running(address: str, resolver: FakeResolver) -> AsyncIterator[FakeResolver]:
    """Have it own the resolver's name on a bus."""
    async with serving(address, SERVICE, resolver.answer):
        yield resolver
