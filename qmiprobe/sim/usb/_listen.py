# SPDX-License-Identifier: GPL-2.0-or-later
"""Serves simulated modems to ``usbip list -r`` and ``usbip attach`` of other machines, by TCP."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress

import trio

from qmiprobe.errors import CannotTest, DecodeError
from qmiprobe.sim._unwrap import single_errors
from qmiprobe.sim.usb._body import UsbBody
from qmiprobe.sim.usb._usbip import (
    BUSID_SIZE,
    SPEEDS,
    Exported,
    device_list,
    imported,
    read_request,
)

_PATIENCE = 10.0
"""Seconds for a client to say what it wants."""


class Export:
    """Modems at one address; each can be imported by one host at a time."""

    def __init__(self, bodies: Sequence[UsbBody]) -> None:
        self._bodies = {f"1-{number}": body for number, body in enumerate(bodies, 1)}
        self._taken: set[str] = set()

    async def serve(self, stream: trio.SocketStream) -> None:
        """Serve one connection."""
        async with stream:
            with suppress(trio.BrokenResourceError, trio.TooSlowError, DecodeError, EOFError):
                with trio.fail_after(_PATIENCE):
                    wanted = read_request(await _exactly(stream, 8))
                    if wanted == "devlist":
                        free = [one for one in self._bodies if one not in self._taken]
                        await stream.send_all(device_list([self._described(one) for one in free]))
                        return
                    raw = await _exactly(stream, BUSID_SIZE)
                await self._import(stream, raw.partition(b"\0")[0].decode("ascii", "replace"))

    async def _import(self, stream: trio.SocketStream, busid: str) -> None:
        body = self._bodies.get(busid)
        if body is None or busid in self._taken:
            await stream.send_all(imported(None))
            return
        self._taken.add(busid)
        try:
            await stream.send_all(imported(self._described(busid)))
            await body.plug_in(stream)
            if body.coming_back is not None:
                body.layout = body.coming_back.layout
        finally:
            self._taken.discard(busid)

    def _described(self, busid: str) -> Exported:
        layout = self._bodies[busid].layout
        first = layout.configurations[0]
        return Exported(
            busid=busid,
            number=int(busid.partition("-")[2]) + 1,
            speed=SPEEDS[layout.speed],
            descriptor=layout.device_descriptor(),
            configuration=first.value,
            triples=tuple(one.alternates[0].triple for one in first.interfaces),
        )


async def _exactly(stream: trio.SocketStream, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = await stream.receive_some(size - len(data))
        if not more:
            raise EOFError
        data += more
    return data


@asynccontextmanager
async def listen_usbip(
    bodies: Sequence[UsbBody], *, host: str, port: int
) -> AsyncGenerator[tuple[str, int], None]:
    """Serve modems on TCP; gives host and port. CannotTest where it cannot listen there."""
    export = Export(bodies)
    try:
        listeners = await trio.open_tcp_listeners(port, host=host)
    except OSError as error:
        raise CannotTest(f"cannot listen on {host} port {port}: {error.strerror}") from error
    with single_errors():
        async with trio.open_nursery() as nursery:
            for listener in listeners:
                nursery.start_soon(trio.serve_listeners, export.serve, [listener])
            number = listeners[0].socket.getsockname()[1]
            try:
                yield host, number
            finally:
                nursery.cancel_scope.cancel()
