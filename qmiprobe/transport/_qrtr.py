# SPDX-License-Identifier: GPL-2.0-or-later
"""Sockets of the QRTR network, which joins the processors of a system on chip (AF_QIPCRTR).

A datagram is one message of one service, without any header. An address is a node and a port on
it. The name server of the own node, at port CONTROL, says which services there are.

What is peculiar about these sockets (net/qrtr/af_qrtr.c, net/qrtr/ns.c):

* sending waits, also on a socket that does not block, once ten messages to one port were not
  taken: it is done in a thread. The socket is locked meanwhile, so nothing is read from it then;
* closing the socket tells the service that this client is gone: nothing has to be given back;
* when the name server is started anew, every socket fails once with ENETRESET, and the server
  has forgotten who asked to be told about services.
"""

from __future__ import annotations

import contextlib
import errno
import socket
import struct
from typing import NamedTuple, Protocol

import trio

from qmiprobe.errors import (
    DeviceGone,
    DeviceReset,
    PortMissing,
    PortPermission,
    TransportError,
)

CONTROL = 0xFFFFFFFE
"""The port of every node's name server (QRTR_PORT_CTRL)."""
MAX_DATAGRAM = 65535
BYE, NEW_SERVER, DEL_SERVER, DEL_CLIENT, NEW_LOOKUP = 3, 4, 5, 6, 10
"""Commands of the name server that a client meets (include/uapi/linux/qrtr.h)."""
NODE_LEFT = "the node left the QRTR network: its processor stopped or restarts"
RETRY_AFTER = 0.02
"""Seconds until a message is offered again that the kernel has no room for."""

_CONTROL_PACKET = struct.Struct("<5I")
_NO_QRTR = (errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT)
_NODE_GONE = (errno.ECONNRESET, errno.EHOSTUNREACH, errno.EPIPE)


class QrtrAddress(NamedTuple):
    """Where a service or a client is."""

    node: int
    port: int


class Datagram(NamedTuple):
    """What one read gave."""

    data: bytes
    source: QrtrAddress


class ControlPacket(NamedTuple):
    """A message to or from the name server; DEL_CLIENT and BYE have node and port only."""

    command: int
    service: int
    instance: int
    node: int
    port: int

    def pack(self) -> bytes:
        """Return struct qrtr_ctrl_pkt."""
        return _CONTROL_PACKET.pack(*self)

    @classmethod
    def unpack(cls, data: bytes) -> ControlPacket | None:
        """Return what a datagram says; None for one that is too short."""
        if len(data) < _CONTROL_PACKET.size:
            return None
        command, *rest = _CONTROL_PACKET.unpack_from(data)
        if command in (DEL_CLIENT, BYE):
            return cls(command, 0, 0, rest[0], rest[1])
        return cls(command, *rest)


class QrtrSocket(Protocol):
    """One bound socket. Failures are OSError with their errno."""

    @property
    def address(self) -> QrtrAddress:
        """Its own node and port."""

    async def send(self, data: bytes, to: QrtrAddress) -> None:
        """Send one datagram; a cancelled call has sent nothing, or will send all of it."""

    def receive(self) -> Datagram:
        """Return the next datagram; BlockingIOError where there is none."""

    async def wait_readable(self) -> None:
        """Return once there is something to read, or the socket was closed."""

    def close(self) -> None:
        """Close the socket and end its waits. Never raises."""


class QrtrSystem(Protocol):
    """Where sockets come from."""

    def open_socket(self) -> QrtrSocket: ...


class LinuxQrtr:
    """The sockets of this machine."""

    def open_socket(self) -> QrtrSocket:
        own = socket.socket(socket.AF_QIPCRTR, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        try:
            own.bind((own.getsockname()[0], 0))
        except BaseException:
            own.close()
            raise
        return LinuxSocket(own)


class LinuxSocket:
    """A :class:`QrtrSocket` over a bound datagram socket."""

    def __init__(self, own: socket.socket) -> None:
        own.setblocking(False)
        self._own = own
        self._closed = False
        # Held while a thread sends, also one that nobody waits for any more.
        self._sending = trio.CapacityLimiter(1)

    @property
    def address(self) -> QrtrAddress:
        return QrtrAddress(*self._own.getsockname())

    async def send(self, data: bytes, to: QrtrAddress) -> None:
        while True:
            try:
                await trio.to_thread.run_sync(
                    self._own.sendto, data, to, abandon_on_cancel=True, limiter=self._sending
                )
            except BlockingIOError:
                await trio.sleep(RETRY_AFTER)
            else:
                return

    def receive(self) -> Datagram:
        if self._sending.borrowed_tokens:
            raise BlockingIOError(errno.EAGAIN, "locked by a message that is being sent")
        data, source = self._own.recvfrom(MAX_DATAGRAM + 1)
        return Datagram(data, QrtrAddress(*source))

    async def wait_readable(self) -> None:
        async with self._sending:
            pass
        if self._closed:
            return
        with contextlib.suppress(trio.ClosedResourceError):
            await trio.lowlevel.wait_readable(self._own)

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        trio.lowlevel.notify_closing(self._own)
        with contextlib.suppress(OSError):
            self._own.close()


LINUX = LinuxQrtr()


def open_qrtr_socket(*, name: str, system: QrtrSystem = LINUX) -> QrtrSocket:
    """Return a socket of its own address; ``name`` stands in errors.

    Raises PortMissing where the kernel has no QRTR, PortPermission, TransportError.
    """
    try:
        return system.open_socket()
    except OSError as error:
        number = error.errno or 0
        code = errno.errorcode.get(number, "no errno")
        if number in _NO_QRTR:
            text = f"this kernel has no QRTR ({code}); load it: modprobe qrtr"
            raise PortMissing(text, port=name, errno=number) from error
        if number in (errno.EACCES, errno.EPERM):
            text = f"no socket for QRTR is allowed here ({code}); run as root"
            raise PortPermission(text, port=name, errno=number) from error
        text = f"no socket for QRTR: {error.strerror} ({code})"
        raise TransportError(text, port=name, errno=number) from error


def send_failure(error: OSError, *, name: str) -> TransportError:
    """Return what a failed send means: the node left, the service left, or plain text."""
    number = error.errno or 0
    code = errno.errorcode.get(number, "no errno")
    if number in _NODE_GONE:
        return DeviceGone(NODE_LEFT, port=name, errno=number)
    if number == errno.ENODEV:
        text = f"this message was not sent ({code}): the service behind this client has stopped"
        return DeviceReset(text, port=name, errno=number)
    text = f"this message was not sent: {error.strerror} ({code})"
    return TransportError(text, port=name, errno=number)
