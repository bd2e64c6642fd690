# SPDX-License-Identifier: GPL-2.0-or-later
"""How one speaks with mbim-proxy: naming the port, and the version of MBIMEx it announces."""

from __future__ import annotations

from collections import deque

from qmiprobe._framing import Frame, Garbage
from qmiprobe.device._mbim import MbimDevice
from qmiprobe.device._mbimex import announced_mbimex
from qmiprobe.device._proxy import ProxyTransport
from qmiprobe.errors import CannotTest, DecodeError
from qmiprobe.mbim._connection import NotificationReceived
from qmiprobe.mbim._header import parse
from qmiprobe.mbim.services._shared import Service
from qmiprobe.mbim.services.proxy_control import ConfigurationSet
from qmiprobe.transport import ControlTransport

_VERSION = (Service.MS_BASIC_CONNECT_EXTENSIONS, 15)
"""The command that agrees on a version of MBIMEx."""


async def open_mbim(
    connection: ControlTransport, node: str, name: str, *, timeout: float, seconds: int
) -> MbimProxyTransport:
    """Name the port to the proxy, which opens it; ``seconds`` is what it gives the modem."""
    device = _Negotiation(connection)
    async with device.reading():
        await device.call(ConfigurationSet(device_path=node, timeout=seconds), timeout=timeout)
    return MbimProxyTransport(connection, node=node, name=name, told=device.told)


class _Negotiation(MbimDevice):
    """Keeps what the proxy announces before anybody else can listen."""

    def __init__(self, connection: ControlTransport) -> None:
        super().__init__(connection)
        self.told: list[bytes] = []

    def note(self, event: object) -> None:
        if isinstance(event, NotificationReceived) and announced_mbimex(event.message):
            self.told = [event.message.raw]


class MbimProxyTransport(ProxyTransport):
    """The same for MBIM, whose version belongs to all who share the port."""

    def __init__(
        self, connection: ControlTransport, *, node: str, name: str, told: list[bytes]
    ) -> None:
        super().__init__(connection, node=node, name=name)
        self._told = deque(told)
        """Messages that came before anybody could listen."""

    async def send(self, message: bytes) -> None:
        """Send one message or fragment.

        CannotTest for the command that agrees on a version of MBIMEx: it would change the
        layouts for every program on the port. The proxy announces the one in force by itself.
        """
        if _asks_version(message):
            raise CannotTest(
                f"{self.name}: the version of MBIMEx holds for every program on the port and is "
                "never asked for through a proxy; stop the proxy and the programs that use it"
            )
        await super().send(message)

    async def receive(self) -> Frame | Garbage:
        """Return the next message; what the proxy announced in the beginning comes first."""
        return Frame(self._told.popleft()) if self._told else await super().receive()


def _asks_version(message: bytes) -> bool:
    try:
        packet = parse(message)
    except DecodeError:
        return False
    return packet.kind == "command" and (packet.service, packet.cid) == _VERSION
