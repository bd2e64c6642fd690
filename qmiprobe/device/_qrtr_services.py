# SPDX-License-Identifier: GPL-2.0-or-later
"""Which services there are on a QRTR network, as its name server tells; no I/O."""

from __future__ import annotations

from dataclasses import dataclass

from qmiprobe.transport._qrtr import (
    BYE,
    DEL_CLIENT,
    DEL_SERVER,
    NEW_SERVER,
    ControlPacket,
    QrtrAddress,
)


@dataclass(frozen=True, kw_only=True)
class QrtrService:
    """One service that a node offers. ``service`` may be above 255, where QMUX cannot follow."""

    service: int
    instance: int
    """Version in the lowest byte, the service's own numbering above it."""
    address: QrtrAddress

    @property
    def version(self) -> int:
        """The major version; QRTR does not know a minor one."""
        return self.instance & 0xFF


class ServiceList:
    """What the name server has told so far."""

    def __init__(self) -> None:
        self.complete = False
        """Whether the list that was asked for came to its end."""
        self._found: dict[QrtrAddress, QrtrService] = {}

    @property
    def nodes(self) -> tuple[int, ...]:
        """Nodes with a service, in order."""
        return tuple(sorted({address.node for address in self._found}))

    def on(self, node: int) -> tuple[QrtrService, ...]:
        """Return the services of a node by number; of one number the newest version first."""
        here = [one for one in self._found.values() if one.address.node == node]
        # Of several instances of one version the first one is the usual one.
        return tuple(sorted(here, key=lambda one: (one.service, -one.version, one.instance)))

    def take(self, packet: ControlPacket) -> tuple[QrtrService, ...]:
        """Apply what the name server says; return the services that are gone by it."""
        address = QrtrAddress(packet.node, packet.port)
        if packet.command == NEW_SERVER:
            return self._add(packet, address)
        if packet.command == BYE:
            return tuple(self._found.pop(one.address) for one in self.on(packet.node))
        if packet.command in (DEL_SERVER, DEL_CLIENT):
            gone = self._found.pop(address, None)
            return (gone,) if gone is not None else ()
        return ()

    def _add(self, packet: ControlPacket, address: QrtrAddress) -> tuple[QrtrService, ...]:
        if not packet.service and not packet.port:
            self.complete = True
            return ()
        new = QrtrService(service=packet.service, instance=packet.instance, address=address)
        old = self._found.get(address)
        self._found[address] = new
        return (old,) if old is not None and old != new else ()
