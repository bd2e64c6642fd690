# SPDX-License-Identifier: GPL-2.0-or-later
"""A node of the QRTR network as a QMI control port.

On QRTR there is no QMUX and no control service: each client is a socket, and a datagram is one
message. Here they look like QMUX frames all the same, so that the QMI device works unchanged:
what goes to CTL is answered on the spot, by opening or closing a socket or from the list of
services. A service that disappears takes its clients with it, told as CTL Revoke Client ID; a
node without any service left is gone.

A service above 255 does not fit QMUX. Its clients come by CTL 0xFF22 and 0xFF23, and its frames
have marker 0x02 and a wider service field, as libqmi and its proxy say it to each other.
"""

from __future__ import annotations

import errno
from collections import deque

import trio

from qmiprobe._framing import Frame, Garbage
from qmiprobe.device._qrtr_clients import NARROW, LocalControl, QrtrClient, QrtrClients
from qmiprobe.device._qrtr_services import QrtrService, ServiceList
from qmiprobe.errors import (
    DeviceGone,
    DeviceReset,
    EncodeError,
    PortMissing,
    TransportError,
)
from qmiprobe.transport._qrtr import (
    CONTROL,
    LINUX,
    NEW_LOOKUP,
    NODE_LEFT,
    ControlPacket,
    Datagram,
    QrtrAddress,
    QrtrSocket,
    QrtrSystem,
    open_qrtr_socket,
    send_failure,
)

LOOKUP_TIMEOUT = 3.0
"""Seconds for the name server to list the services."""
TAKE_PATIENCE = 1.0
"""Seconds for a service to make room for a message: others wait to be sent meanwhile."""
_NARROW, _WIDE = 0x01, 0x02
"""QMUX markers: service in one byte, after flags; service in two."""
_FROM_SERVICE = 0x80
_SERVICE_HEADER = 7
_LONGEST = 0xFFFF - 5
"""Bytes of a message that still fits a frame."""
_AT_ONCE = 64
"""Datagrams that one pass takes from one socket."""


async def open_qrtr(
    node: int, *, system: QrtrSystem = LINUX, timeout: float = LOOKUP_TIMEOUT
) -> QrtrTransport:
    """Return a node as a control port, once the name server has listed its services.

    Raises PortMissing where the kernel has no QRTR, no name server answers or the node offers
    nothing; PortPermission, TransportError.
    """
    port = QrtrTransport(node, system=system)
    try:
        await port.look_up(timeout)
    except BaseException:
        await port.aclose()
        raise
    return port


class QrtrTransport:
    """A :class:`~qmiprobe.transport.ControlTransport`; made by :func:`open_qrtr`."""

    max_command: int | None = None

    def __init__(self, node: int, *, system: QrtrSystem = LINUX) -> None:
        self.name = f"qrtr:{node}"
        self.node = node
        self._system = system
        self._list = ServiceList()
        self._lookup: QrtrSocket | None = None
        self._lookup_lost = False
        self._clients = QrtrClients(self._open_socket)
        self._control = LocalControl(self._clients, lambda: self.services)
        self._ready: deque[Frame | Garbage | TransportError] = deque()
        self._end: tuple[str, int | None] | None = None
        self._changed = trio.Event()
        self._receiving = trio.Lock()

    @property
    def services(self) -> tuple[QrtrService, ...]:
        """What the node offers now, also services that QMUX has no room for."""
        return self._list.on(self.node)

    async def look_up(self, timeout: float) -> None:
        """Ask the name server which services there are, and to be told of every change."""
        with trio.move_on_after(timeout):
            self._lookup_lost = True
            while not self._list.complete:
                if self._lookup_lost:
                    await self._ask_name_server()
                assert self._lookup is not None
                await self._lookup.wait_readable()
                self._poll_lookup()
        if not self._list.complete:
            text = (
                f"the QRTR name server does not answer within {timeout:g} s; kernels before 5.7 "
                "need the program qrtr-ns to run"
            )
            raise PortMissing(text, port=self.name)
        if not self.services:
            others = ", ".join(str(node) for node in self._list.nodes) or "none"
            text = f"no such QRTR node, or it offers nothing; nodes with services: {others}"
            raise PortMissing(text, port=self.name)

    async def send(self, message: bytes) -> None:
        """Sends one message; see :class:`~qmiprobe.transport.ControlTransport`."""
        await trio.lowlevel.checkpoint()
        self._check_open()
        service, cid, sdu = self._split(message)
        client = self._clients.get(service, cid)
        if client is not None:
            await self._send(client, sdu)
        elif service > NARROW:
            raise self._error(f"client id {cid} of service {service:#x} was not given out")
        else:
            try:
                self._put(Frame(self._control.answer(message)))
            except EncodeError as error:
                raise self._error(f"nothing was sent: {error}") from error

    async def receive(self) -> Frame | Garbage:
        """The next message; see :class:`~qmiprobe.transport.ControlTransport`."""
        async with self._receiving:
            await trio.lowlevel.checkpoint()
            while not self._ready:
                self._changed = trio.Event()
                self._check_open()
                if self._lookup_lost:
                    await self._look_up_again()
                self._poll()
                if not self._ready and self._end is None:
                    await self._wait()
            item = self._ready.popleft()
        if isinstance(item, TransportError):
            raise item
        return item

    async def aclose(self) -> None:
        """Closes all sockets, and so gives all clients back. Never raises."""
        if self._end is None:
            self._ready.clear()
            self._finish("closed by this program")

    async def _send(self, client: QrtrClient, sdu: bytes) -> None:
        try:
            with trio.move_on_after(TAKE_PATIENCE) as scope:
                await _send_through_reset(client, sdu)
        except OSError as error:
            self._check_open()
            failure = send_failure(error, name=self.name)
            if isinstance(failure, DeviceGone):
                self._finish(NODE_LEFT, failure.errno)
            raise failure from error
        if scope.cancelled_caught:
            raise self._error(
                f"the service {client.service:#x} did not take this message within "
                f"{TAKE_PATIENCE:g} s: it leaves the ones before unread; it may still arrive"
            )

    def _open_socket(self) -> QrtrSocket:
        return open_qrtr_socket(name=self.name, system=self._system)

    async def _ask_name_server(self) -> None:
        self._lookup_lost = False
        if self._lookup is not None:
            self._lookup.close()
        self._lookup = self._open_socket()
        to = QrtrAddress(self._lookup.address.node, CONTROL)
        try:
            await self._lookup.send(ControlPacket(NEW_LOOKUP, 0, 0, 0, 0).pack(), to)
        except OSError as error:
            text = f"the QRTR name server cannot be asked ({error.strerror}): does qrtr-ns run?"
            raise PortMissing(text, port=self.name, errno=error.errno) from error

    async def _look_up_again(self) -> None:
        """The services that are known stay: a new name server learns of them bit by bit."""
        text = "the QRTR name server was started anew; it is asked again for changes"
        failure: TransportError = DeviceReset(text, port=self.name)
        try:
            await self._ask_name_server()
        except TransportError as error:
            failure = error
        except trio.Cancelled:
            self._lookup_lost = True
            raise
        self._put(failure)

    async def _wait(self) -> None:
        """Return once a socket may have something, or something is ready."""
        async with trio.open_nursery() as nursery:
            if self._lookup is not None:
                nursery.start_soon(self._watch, self._lookup)
            for client in self._clients:
                nursery.start_soon(self._watch, client.socket)
            await self._changed.wait()
            nursery.cancel_scope.cancel()

    async def _watch(self, one: QrtrSocket) -> None:
        await one.wait_readable()
        self._changed.set()

    def _poll(self) -> None:
        """Take what the sockets have."""
        self._poll_lookup()
        for client in self._clients:
            # What was read before may have ended it.
            for datagram in self._read(client.socket) if client in self._clients else ():
                self._take(datagram, client)

    def _poll_lookup(self) -> None:
        for datagram in self._read(self._lookup) if self._lookup is not None else ():
            if datagram.source.port == CONTROL:
                self._take_control(datagram)
            else:
                self._put(Garbage(datagram.data))

    def _read(self, one: QrtrSocket) -> list[Datagram]:
        found: list[Datagram] = []
        while len(found) < _AT_ONCE:
            try:
                found.append(one.receive())
            except BlockingIOError:
                break
            except OSError as error:
                self._note_failed_read(error, one)
                break
        # An empty one says that the service takes messages again; the sender tries by itself.
        return [datagram for datagram in found if datagram.data]

    def _note_failed_read(self, error: OSError, one: QrtrSocket) -> None:
        if error.errno != errno.ENETRESET:
            self._put(self._error(f"reading failed: {error.strerror}", error.errno))
        elif one is self._lookup:
            self._lookup_lost = True
            self._changed.set()

    def _take(self, datagram: Datagram, client: QrtrClient) -> None:
        data = datagram.data
        if datagram.source.port == CONTROL:
            self._take_control(datagram)
        elif datagram.source == client.to and _SERVICE_HEADER <= len(data) <= _LONGEST:
            self._put(Frame(_joined(client.service, client.cid, data)))
        else:
            self._put(Garbage(data))

    def _take_control(self, datagram: Datagram) -> None:
        packet = ControlPacket.unpack(datagram.data)
        if packet is None:
            self._put(Garbage(datagram.data))
            return
        gone = [one for one in self._list.take(packet) if one.address.node == self.node]
        for one in gone:
            self._revoke(one)
        if gone and not self.services and self._list.complete:
            self._finish(NODE_LEFT)

    def _revoke(self, gone: QrtrService) -> None:
        for client in self._clients:
            if client.to == gone.address:
                self._clients.close(client.service, client.cid)
                if client.service <= NARROW:
                    self._put(Frame(self._control.revoked(client)))

    def _put(self, item: Frame | Garbage | TransportError) -> None:
        self._ready.append(item)
        self._changed.set()

    def _finish(self, text: str, number: int | None = None) -> None:
        if self._end is None:
            self._end = (text, number)
        for client in self._clients:
            self._clients.close(client.service, client.cid)
        if self._lookup is not None:
            self._lookup.close()
            self._lookup = None
        self._changed.set()

    def _check_open(self) -> None:
        if self._end is not None:
            text, number = self._end
            raise DeviceGone(text, port=self.name, errno=number)

    def _split(self, message: bytes) -> tuple[int, int, bytes]:
        """Return service, client id and the message without its frame."""
        if len(message) > 6 and int.from_bytes(message[1:3], "little") == len(message) - 1:
            if message[0] == _NARROW:
                return message[4], message[5], message[6:]
            if message[0] == _WIDE:
                return int.from_bytes(message[3:5], "little"), message[5], message[6:]
        raise self._error(f"nothing was sent: this is no QMUX frame: {message[:32].hex()}")

    def _error(self, text: str, number: int | None = None) -> TransportError:
        return TransportError(text, port=self.name, errno=number)


async def _send_through_reset(client: QrtrClient, sdu: bytes) -> None:
    try:
        await client.socket.send(sdu, client.to)
    except OSError as error:
        if error.errno != errno.ENETRESET:
            raise
        await client.socket.send(sdu, client.to)  # that was about the name server only


def _joined(service: int, cid: int, sdu: bytes) -> bytes:
    length = (len(sdu) + 5).to_bytes(2, "little")
    if service <= NARROW:
        return bytes((_NARROW, *length, _FROM_SERVICE, service, cid)) + sdu
    return bytes((_WIDE, *length, *service.to_bytes(2, "little"), cid)) + sdu
