# SPDX-License-Identifier: GPL-2.0-or-later
"""Does a transfer run: a server behind the tunnel that takes and gives bytes."""

from __future__ import annotations

import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from ipaddress import ip_address

import trio

from tests.bed.servers import open_socket
from tests.bed.world import Bed

PORT = 8000
COUNT = 200_000


@asynccontextmanager
async def transfers(bed: Bed, *hosts: str) -> AsyncGenerator[None, None]:
    """Have the server take COUNT bytes and give as many back, on each address."""

    async def one(stream: trio.SocketStream) -> None:
        try:
            async with stream:
                with trio.move_on_after(30):
                    left = COUNT
                    while left > 0 and (part := await stream.receive_some(65536)):
                        left -= len(part)
                    await stream.send_all(bytes(COUNT))
        except (OSError, trio.BrokenResourceError):
            return

    async with trio.open_nursery() as nursery:
        for host in hosts:
            place = bed.places["server"]
            sock = open_socket(place, ip_address(host), PORT, socket.SOCK_STREAM)
            nursery.start_soon(trio.serve_listeners, one, [trio.SocketListener(sock)])
        yield
        nursery.cancel_scope.cancel()


async def runs(host: str, *, seconds: float = 4.0) -> bool:
    """Whether COUNT bytes get there and back in time."""
    with trio.move_on_after(seconds):
        async with await trio.open_tcp_stream(host, PORT) as stream:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(stream.send_all, bytes(COUNT))
                left = COUNT
                while left > 0 and (part := await stream.receive_some(65536)):
                    left -= len(part)
            return left <= 0
    return False
