# SPDX-License-Identifier: GPL-2.0-or-later
"""A simulated modem behind the socket of qmi-proxy or mbim-proxy, without the proxy itself.

What a client says to the proxy is answered here, all else by the modem. Whatever control port a
client names is this modem. As at a real proxy, client ids and data sessions outlive a client.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import trio

from qmiprobe._framing import Frame, Framer, Garbage
from qmiprobe.errors import CannotTest
from qmiprobe.sim._modem import SimulatedModem
from qmiprobe.sim._unwrap import single_errors
from qmiprobe.transport._port import ControlTransport
from qmiprobe.transport._stream import UnixTransport

Wrap = Callable[[ControlTransport], ControlTransport]
Hear = Callable[[bytes], bytes | None]
"""Takes a client's message: what the proxy answers by itself, None where the modem is meant."""
_BACKLOG = 32


@asynccontextmanager
async def serve_proxy(
    modem: SimulatedModem, *, wrap: Wrap | None = None
) -> AsyncGenerator[str, None]:
    """Serve the modem on the socket of its protocol's proxy; give the address, ``@qmi-proxy``.

    The address belongs to the network namespace of the calling thread. ``wrap`` may put something
    around the modem's end of each connection. Raises CannotTest where a proxy listens already.
    """
    name = f"{modem.profile.protocol}-proxy"
    listener = _listen(name)
    try:
        with single_errors():
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_accept, modem, listener, wrap, nursery)
                try:
                    yield f"@{name}"
                finally:
                    nursery.cancel_scope.cancel()
    finally:
        listener.close()


def _listen(name: str) -> trio.socket.SocketType:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.bind(f"\0{name}")
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno != errno.EADDRINUSE:
            raise CannotTest(f"cannot listen on @{name}: {error.strerror}") from error
        raise CannotTest(
            f"a {name} listens in this network namespace already: stop it, or simulate in a "
            "namespace of its own (`unshare --net`)"
        ) from None
    return trio.socket.from_stdlib_socket(listener)


async def _accept(
    modem: SimulatedModem,
    listener: trio.socket.SocketType,
    wrap: Wrap | None,
    nursery: trio.Nursery,
) -> None:
    """Serve each client that connects."""
    new_framer, new_client = _protocol(modem)
    name = f"unix:@{modem.profile.protocol}-proxy"
    while True:
        connection, _ = await listener.accept()
        transport = UnixTransport(connection, framer=new_framer(), name=name)
        port: ControlTransport = ClientPort(transport, new_client())
        nursery.start_soon(modem.serve, port if wrap is None else wrap(port))


def _protocol(modem: SimulatedModem) -> tuple[Callable[[], Framer], Callable[[], Hear]]:
    """Return what makes a framer, and what listens to a new client for the proxy."""
    if modem.profile.protocol == "qmi":
        from qmiprobe.qmi._frame import QmuxFramer
        from qmiprobe.sim._proxy_qmi import QmiClient

        return QmuxFramer, lambda: QmiClient().hear
    from qmiprobe.mbim._frame import MbimFramer
    from qmiprobe.sim._proxy_mbim import MbimClient, MbimDevice
    from qmiprobe.sim.mbim_face import MbimFace

    assert isinstance(modem.face, MbimFace)
    device = MbimDevice(modem.face)
    return MbimFramer, lambda: MbimClient(device).hear


class ClientPort:
    """One client's connection: a ControlTransport in which talk with the proxy does not show."""

    max_command: int | None = None

    def __init__(self, transport: ControlTransport, hear: Hear) -> None:
        self.name = transport.name
        self._transport = transport
        self._hear = hear

    async def receive(self) -> Frame | Garbage:
        """Return the next message for the modem."""
        while True:
            item = await self._transport.receive()
            answer = self._hear(item.data) if isinstance(item, Frame) else None
            if answer is None:
                return item
            await self._transport.send(answer)

    async def send(self, message: bytes) -> None:
        """Send what the modem says."""
        await self._transport.send(message)

    async def aclose(self) -> None:
        """Hang up."""
        await self._transport.aclose()
