# SPDX-License-Identifier: GPL-2.0-or-later
"""The data plane as a whole: a port toward the host, the gate, the network, and two relays."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, NoReturn

import trio

from qmiprobe.errors import CannotTest

from ._faults import NetworkFaults
from ._gate import BearerTable, Gate
from ._namespace import in_own_namespace
from ._network import Network, open_network
from ._path import DEFAULT_MTU
from ._tun import TunPort, open_tap_port, open_tun_port

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from ._port import PacketPort


class DataPlane:
    """A running data plane; the control plane opens and closes its ``table``.

    ``table`` (:class:`BearerTable`) says which sessions are up and what they carried, ``gate``
    what was dropped there, ``network`` what got through and which targets there are, ``netdev``
    the name of the host's netdev (empty where packets go through a port of the caller's).
    """

    def __init__(
        self, port: PacketPort, network: Network, *, netdev: str, faults: NetworkFaults
    ) -> None:
        self.port = port
        self.network = network
        self.netdev = netdev
        self.table = BearerTable()
        self.table.on_frame = self._frame
        self.gate = Gate(self.table, phantom=faults.phantom_session)

    def _frame(self, ethernet: bool) -> None:
        """Speak Ethernet or raw-IP, which the host's netdev may not understand then."""
        if isinstance(self.port, TunPort):
            self.port.ethernet = ethernet

    async def relay_up(self) -> NoReturn:
        """Carry packets from the host to the network, for ever."""
        while True:
            session_id, packet = await self.port.receive()
            header = self.gate.admit(session_id, packet)
            if header is not None:
                complaint = self.network.send(packet, header)
                if complaint is not None:
                    await self._deliver(complaint)

    async def relay_down(self) -> NoReturn:
        """Carry packets from the network to the host, for ever."""
        while True:
            for packet in await self.network.receive():
                await self._deliver(packet)

    async def _deliver(self, packet: bytes) -> None:
        session_id = self.gate.deliver(packet)
        if session_id is not None:
            await self.port.send(session_id, packet)


@asynccontextmanager
async def open_dataplane(
    netdev_name: str = "wwan0",
    *,
    faults: NetworkFaults | None = None,
    host_mtu: int = DEFAULT_MTU,
    ethernet: bool = False,
    up: bool = True,
    port: PacketPort | None = None,
) -> AsyncGenerator[DataPlane, None]:
    """Run a data plane: a netdev of this name in this process's namespace, and the network.

    Call it under trio, inside the namespace that ``enter_namespace()`` made. ``host_mtu`` is the
    netdev's MTU in bytes, ``ethernet`` makes it a TAP behind which the modem speaks 802.3, ``up``
    brings it up. With ``port`` packets go there instead, and no netdev is made. All sessions are
    down at first. Everything is gone at the end. Raises CannotTest where this kernel, container
    or user cannot have it; DeviceGone when somebody removes the netdev.
    """
    faults = faults or NetworkFaults()
    if port is None and not in_own_namespace():
        raise CannotTest("the data plane makes netdevs: call enter_namespace() before it")
    own: TunPort | None = None
    if port is None:
        port = own = _open_port(netdev_name, faults, mtu=host_mtu, ethernet=ethernet, up=up)
    try:
        network = await open_network(faults)
        try:
            netdev = own.name if own is not None else ""
            async with _running(DataPlane(port, network, netdev=netdev, faults=faults)) as plane:
                yield plane
        finally:
            network.close()
    finally:
        if own is not None:
            own.close()


@asynccontextmanager
async def _running(plane: DataPlane) -> AsyncGenerator[DataPlane, None]:
    try:
        async with trio.open_nursery() as nursery:
            for task in (plane.network.serve, plane.relay_up, plane.relay_down):
                nursery.start_soon(task)
            yield plane
            nursery.cancel_scope.cancel()
    except BaseExceptionGroup as group:
        if len(group.exceptions) > 1:
            raise
        # One failure needs no group around it: callers look for CannotTest and the like.
        raise group.exceptions[0] from group.exceptions[0].__cause__


def _open_port(name: str, faults: NetworkFaults, *, mtu: int, ethernet: bool, up: bool) -> TunPort:
    if faults.raw_ip_mismatch or ethernet:
        convert = not faults.raw_ip_mismatch
        return open_tap_port(name, mtu=mtu, up=up, convert=convert)
    return open_tun_port(name, mtu=mtu, up=up)
