# SPDX-License-Identifier: GPL-2.0-or-later
"""A control port behind an AF_UNIX stream socket, as the proxies offer it."""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING

import trio

from qmiprobe.errors import PortBusy, PortMissing, PortPermission, TransportError
from qmiprobe.transport._inbox import Inbox

if TYPE_CHECKING:
    from qmiprobe._framing import Frame, Framer, Garbage

READ_SIZE = 0x10000
REST_PATIENCE = 5.0
"""Seconds that the rest of a message may take once the socket took its beginning."""

_REFUSALS: dict[int, tuple[type[TransportError], str]] = {
    errno.ENOENT: (PortMissing, "no such socket; start the program that offers it"),
    errno.ECONNREFUSED: (PortMissing, "nobody listens there; start the program that does"),
    errno.EACCES: (PortPermission, "permission denied; run as root, or as a member of its group"),
    errno.EPERM: (PortPermission, "the system forbids it; run as root"),
    errno.EAGAIN: (PortBusy, "too many programs wait for it; try again"),
    errno.ENOTCONN: (PortBusy, "too many programs wait for it; try again"),
}
_CLOSED = (errno.EPIPE, errno.ECONNRESET, errno.ENOTCONN, errno.ESHUTDOWN)
_CLOSED_TEXT = "the program at the other end closed the connection"


async def open_unix(address: str, framer: Framer) -> UnixTransport:
    """Connects to ``address``: a path, or ``@name`` for a name in the abstract namespace.

    Abstract names belong to a network namespace: one that is missing may exist in another.
    Raises PortMissing, PortPermission, PortBusy or TransportError.
    """
    connection = trio.socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        await connection.connect("\0" + address[1:] if address.startswith("@") else address)
        connection.getpeername()  # a full queue (EAGAIN) must not pass for a connection
    except BaseException as error:
        connection.close()
        if isinstance(error, OSError):
            raise _refusal(error, address) from error
        raise
    return UnixTransport(connection, framer=framer, name=f"unix:{address}")


class UnixTransport:
    """A :class:`~qmiprobe.transport.ControlTransport` over a connected stream socket."""

    max_command: int | None = None

    def __init__(self, connection: trio.socket.SocketType, *, framer: Framer, name: str) -> None:
        self.name = name
        self._connection = connection
        self._inbox = Inbox(framer, port=name)
        self._sending = trio.Lock()

    async def send(self, message: bytes) -> None:
        """Sends one message; see :class:`~qmiprobe.transport.ControlTransport`."""
        if not message:
            raise TransportError("an empty message cannot be sent", port=self.name)
        async with self._sending:
            self._inbox.check_open()
            sent = await self._send_some(message)
            with trio.move_on_after(REST_PATIENCE, shield=True):
                while sent < len(message):
                    sent += await self._send_some(message[sent:])
            if sent < len(message):
                # The other end would take the next message for the rest of this one.
                self._inbox.end("it stopped reading in the middle of a message")
                self._connection.close()
                self._inbox.check_open()

    async def receive(self) -> Frame | Garbage:
        """The next message; see :class:`~qmiprobe.transport.ControlTransport`."""
        return await self._inbox.take(self._fill)

    async def aclose(self) -> None:
        """Closes the connection. Never raises."""
        if not self._inbox.ended:
            self._inbox.clear()
            self._inbox.end("closed by this program")
        self._connection.close()

    async def _send_some(self, data: bytes) -> int:
        try:
            return await self._connection.send(data)
        except trio.ClosedResourceError:
            self._inbox.check_open()
            raise
        except OSError as error:
            self._end_or_raise(error, "this message was not sent")
            self._inbox.check_open()
            raise

    async def _fill(self) -> None:
        try:
            data = await self._connection.recv(READ_SIZE)
        except trio.ClosedResourceError:
            return  # whoever closed has ended the inbox
        except OSError as error:
            self._end_or_raise(error, "reading failed")
            return
        if data:
            self._inbox.feed(data)
        else:
            self._inbox.end(_CLOSED_TEXT)

    def _end_or_raise(self, error: OSError, what: str) -> None:
        if error.errno not in _CLOSED:
            text = f"{what}: {error.strerror}"
            raise TransportError(text, port=self.name, errno=error.errno) from error
        self._inbox.end(_CLOSED_TEXT, errno=error.errno)


def _refusal(error: OSError, address: str) -> TransportError:
    number = error.errno or 0
    kind, text = _REFUSALS.get(number, (TransportError, f"cannot connect: {error}"))
    name = errno.errorcode.get(number, "no errno")
    return kind(f"{text} ({name})", port=f"unix:{address}", errno=error.errno)
