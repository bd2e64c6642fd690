# SPDX-License-Identifier: GPL-2.0-or-later
"""A QRTR network in memory that behaves as the kernel's does, with services that answer QMI."""

from __future__ import annotations

import errno
import os
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import trio

from qmiprobe._events import Role
from qmiprobe._message import Indication, Response
from qmiprobe.device import QmiDevice
from qmiprobe.device._qrtr import QrtrTransport, open_qrtr
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi._connection import QmiConnection, RequestReceived
from qmiprobe.qmi.services import dms
from qmiprobe.qmi.services._shared import Error
from qmiprobe.transport._qrtr import (
    BYE,
    CONTROL,
    DEL_SERVER,
    NEW_LOOKUP,
    NEW_SERVER,
    ControlPacket,
    Datagram,
    QrtrAddress,
)

HERE, MODEM = 1, 3
"""Nodes: the one that the program runs on, and the modem's."""
DMS, NAS, WIDE = 2, 3, 0x190

Reply = Callable[[QmiMessage], Response | Error | None]


def failed(number: int) -> OSError:
    """The OSError that a system call raises."""
    return OSError(number, os.strerror(number))


@dataclass(frozen=True)
class Server:
    """One service of one node."""

    service: int
    instance: int
    address: QrtrAddress


class FakeSocket:
    """A bound socket; a ``QrtrSocket``."""

    def __init__(self, network: FakeNetwork, address: QrtrAddress) -> None:
        self.address = address
        self.errors: deque[int] = deque()
        """What reading fails with before anything else is read."""
        self.send_errors: deque[int] = deque()
        self.queue: deque[Datagram] = deque()
        self.closed = False
        self._network = network
        self._changed = trio.Event()

    async def send(self, data: bytes, to: QrtrAddress) -> None:
        await trio.lowlevel.checkpoint()
        if self.send_errors:
            raise failed(self.send_errors.popleft())
        if to in self._network.stuck:
            await trio.sleep_forever()
        self._network.carry(data, self.address, to)

    def receive(self) -> Datagram:
        assert not self.closed, "read after close"
        if self.errors:
            raise failed(self.errors.popleft())
        if not self.queue:
            raise BlockingIOError(errno.EAGAIN, "nothing there")
        return self.queue.popleft()

    async def wait_readable(self) -> None:
        await trio.lowlevel.checkpoint()
        while not (self.queue or self.errors or self.closed):
            await self._changed.wait()

    def put(self, data: bytes, source: QrtrAddress) -> None:
        self.queue.append(Datagram(data, source))
        self.wake()

    def wake(self) -> None:
        self._changed.set()
        self._changed = trio.Event()

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self._network.leave(self.address)
            self.wake()


class FakeNetwork:
    """The kernel, its name server, and the services of all nodes; a ``QrtrSystem``."""

    def __init__(self) -> None:
        self.sockets: dict[QrtrAddress, FakeSocket] = {}
        self.lookups: list[QrtrAddress] = []
        self.servers: list[Server] = []
        self.replies: dict[QrtrAddress, Reply] = {}
        self.got: list[tuple[Server, bytes, QrtrAddress]] = []
        """What services were sent, and by whom."""
        self.left: list[QrtrAddress] = []
        """Clients that were closed: their services are told."""
        self.stuck: set[QrtrAddress] = set()
        """Ports that take no more messages: who sends there waits."""
        self.open_error = 0
        self.name_server = True
        self.answers_lookups = True
        self._next_port = 0x4000

    def serve(
        self, service: int, *, node: int = MODEM, instance: int = 1, port: int | None = None
    ) -> Server:
        """Make a service and announce it."""
        port = port if port is not None else 0x10 + len(self.servers)
        server = Server(service, instance, QrtrAddress(node, port))
        self.servers.append(server)
        for lookup in self.lookups:
            self.announce(NEW_SERVER, server, lookup)
        return server

    def stop(self, server: Server, *, quietly: bool = False) -> None:
        """End a service; ``quietly``: the name server does not say so."""
        self.servers.remove(server)
        for lookup in () if quietly else self.lookups:
            self.announce(DEL_SERVER, server, lookup)

    def say(self, packet: ControlPacket, to: FakeSocket) -> None:
        """Have the name server send a packet."""
        to.put(packet.pack(), QrtrAddress(HERE, CONTROL))

    def announce(self, command: int, server: Server, to: QrtrAddress) -> None:
        packet = ControlPacket(command, server.service, server.instance, *server.address)
        self.say(packet, self.sockets[to])

    def leave_node(self, node: int, *, bye: bool = False) -> None:
        """The node's processor stops. Lookups hear of each service, or ``bye`` of all at once."""
        gone = [server for server in self.servers if server.address.node == node]
        for server in gone:
            self.stop(server, quietly=bye)
        for lookup in self.lookups if bye else ():
            self.say(ControlPacket(BYE, node, 0, 0, 0), self.sockets[lookup])

    def restart_name_server(self) -> None:
        """It forgets its lookups, and every socket fails once."""
        self.lookups.clear()
        for one in self.sockets.values():
            one.errors.append(errno.ENETRESET)
            one.wake()

    def open_socket(self) -> FakeSocket:
        if self.open_error:
            raise failed(self.open_error)
        own = FakeSocket(self, QrtrAddress(HERE, self._next_port))
        self._next_port += 1
        self.sockets[own.address] = own
        return own

    def leave(self, address: QrtrAddress) -> None:
        self.sockets.pop(address)
        self.left.append(address)
        if address in self.lookups:
            self.lookups.remove(address)

    def carry(self, data: bytes, source: QrtrAddress, to: QrtrAddress) -> None:
        """Deliver a datagram as the kernel does, or fail as it does."""
        if to == (HERE, CONTROL):
            self._look_up(data, source)
            return
        if to.node != HERE and to.node not in {one.address.node for one in self.servers}:
            raise failed(errno.ECONNRESET)
        server = next((one for one in self.servers if one.address == to), None)
        if server is None and to.node == HERE:
            raise failed(errno.ENODEV)
        if server is not None:
            self.got.append((server, data, source))
            self._answer(server, data, source)

    def _look_up(self, data: bytes, source: QrtrAddress) -> None:
        assert data == ControlPacket(NEW_LOOKUP, 0, 0, 0, 0).pack()
        if not self.name_server:
            raise failed(errno.ENODEV)
        if not self.answers_lookups:
            return
        self.lookups.append(source)
        for server in self.servers:
            self.announce(NEW_SERVER, server, source)
        self.say(ControlPacket(NEW_SERVER, 0, 0, 0, 0), self.sockets[source])

    def _answer(self, server: Server, data: bytes, source: QrtrAddress) -> None:
        reply = self.replies.get(server.address)
        if reply is None:
            return
        connection = QmiConnection(Role.MODEM)
        frame = bytes((1, *(len(data) + 5).to_bytes(2, "little"), 0, server.service, 9)) + data
        event = connection.receive(frame)
        assert isinstance(event, RequestReceived), event
        answer = reply(event.message)
        if isinstance(answer, Error):
            frame = connection.respond(event.message, error=answer)
        elif answer is not None:
            frame = connection.respond(event.message, answer)
        else:
            return
        self.sockets[source].put(frame[6:], server.address)

    def indicate(self, server: Server, body: Indication, to: QrtrAddress) -> None:
        """Have a service send an indication to one client."""
        self.sockets[to].put(QmiConnection(Role.MODEM).indicate(body)[6:], server.address)


@asynccontextmanager
async def opened(network: FakeNetwork, node: int = MODEM) -> AsyncIterator[QrtrTransport]:
    """A port to a node of the network; at the end nothing of it may be left."""
    port = await open_qrtr(node, system=network)
    try:
        yield port
    finally:
        await port.aclose()
        assert network.sockets == {}
        assert network.lookups == []


def model(_: QmiMessage) -> dms.GetModelResponse:
    return dms.GetModelResponse(model="QRTR1")


def a_modem() -> tuple[FakeNetwork, Server]:
    """A network with a modem, its DMS, and other things on other nodes."""
    network = FakeNetwork()
    network.serve(DMS, node=0, instance=0x0001)
    served = network.serve(DMS, instance=0x0101)
    network.serve(NAS, instance=0x0019)
    network.serve(WIDE)
    network.serve(4096, node=HERE)
    network.replies[served.address] = model
    return network, served


async def call_model(device: QmiDevice) -> str:
    async with device.client("dms") as client:
        answer = await client.call(dms.GetModel(), timeout=2)
    return answer.model
