# SPDX-License-Identifier: GPL-2.0-or-later
"""The servers of the bed: DNS, pages, time, QUIC; as healthy or as bad as a recipe says."""

from __future__ import annotations

import contextlib
import socket
import struct
from functools import partial
from typing import TYPE_CHECKING

import trio

from . import addresses, answers
from .stun import serve_stun

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from qmiprobe.bearer import IPAddress

    from .place import Place
    from .recipe import Services

_FAMILY = {4: socket.AF_INET, 6: socket.AF_INET6}


def serve(nursery: trio.Nursery, places: dict[str, Place], services: Services) -> None:
    """Open all sockets now, and answer on them in tasks of ``nursery``."""
    far = [host[family] for host in addresses.BOTH for family in (4, 6)]
    carrier = [*addresses.DNS.values(), *addresses.GATEWAY.values()]
    dns = partial(answers.dns_answer, mode=services.dns)
    whole = "honest" if services.dns == "truncated" else services.dns
    over_tcp = partial(answers.dns_answer, mode=whole)
    honest = partial(answers.dns_answer, mode="honest")
    what = services.portal_page
    page = partial(answers.page, portal=what if services.portal else None, clock_s=services.clock_s)
    portal = partial(answers.page, portal=what, clock_s=services.clock_s)
    server, own = places["server"], places["carrier"]
    for address in carrier:
        _udp(nursery, own, address, 53, dns, delay_s=services.dns_delay_s)
        _tcp(nursery, own, address, 53, partial(_dns_stream, over_tcp))
    for address in addresses.GATEWAY.values():
        _tcp(nursery, own, address, addresses.PORTAL_PORT, partial(_http, portal))
    running = services.answering
    if "stun" in running:
        serve_stun(nursery, lambda host, port: open_socket(server, host, port, socket.SOCK_DGRAM))
    for address in far:
        if "dns" in running:
            _udp(nursery, server, address, 53, honest)
            _tcp(nursery, server, address, 53, partial(_dns_stream, honest))
        if "ntp" in running:
            _udp(nursery, server, address, 123, partial(answers.time, ahead_s=services.clock_s))
        if "quic" in running:
            _udp(nursery, server, address, 443, answers.version_negotiation)
        if "http" in running:
            _tcp(nursery, server, address, 80, partial(_http, page))
        if "https" in running:
            _tcp(nursery, server, address, 443, _hold)


def open_socket(place: Place, address: IPAddress, port: int, kind: int) -> trio.socket.SocketType:
    """Return a socket at a place, bound; one of TCP listens."""

    def act() -> socket.socket:
        sock = socket.socket(_FAMILY[address.version], kind)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if address.version == 6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind((str(address), port))
        if kind == socket.SOCK_STREAM:
            sock.listen(64)
        sock.setblocking(False)
        return sock

    return trio.socket.from_stdlib_socket(place.call(act))


def _udp(
    nursery: trio.Nursery,
    place: Place,
    address: IPAddress,
    port: int,
    answer: Callable[[bytes], bytes | None],
    *,
    delay_s: float = 0.0,
) -> None:
    sock = open_socket(place, address, port, socket.SOCK_DGRAM)
    nursery.start_soon(_answer_datagrams, nursery, sock, answer, delay_s)


async def _answer_datagrams(
    nursery: trio.Nursery,
    sock: trio.socket.SocketType,
    answer: Callable[[bytes], bytes | None],
    delay_s: float,
) -> None:
    async def later(reply: bytes, client: tuple[object, ...]) -> None:
        await trio.sleep(delay_s)
        with contextlib.suppress(OSError):
            await sock.sendto(reply, client)

    with sock:
        while True:
            try:
                data, client = await sock.recvfrom(65535)
                reply = answer(data)
                if reply is not None and delay_s:
                    nursery.start_soon(later, reply, client)
                elif reply is not None:
                    await sock.sendto(reply, client)
            except OSError:
                continue  # the client is gone, or a filter of the recipe refuses the answer


def _tcp(
    nursery: trio.Nursery,
    place: Place,
    address: IPAddress,
    port: int,
    handle: Callable[[trio.SocketStream], Awaitable[None]],
) -> None:
    sock = open_socket(place, address, port, socket.SOCK_STREAM)
    listener = trio.SocketListener(sock)

    async def one(stream: trio.SocketStream) -> None:
        try:
            async with stream:
                with trio.move_on_after(30):
                    await handle(stream)
        except (OSError, trio.BrokenResourceError, trio.ClosedResourceError):
            return

    nursery.start_soon(trio.serve_listeners, one, [listener])


async def _dns_stream(answer: Callable[[bytes], bytes | None], stream: trio.SocketStream) -> None:
    data = b""
    while part := await stream.receive_some(4096):
        data += part
        while len(data) >= 2 and len(data) >= 2 + int.from_bytes(data[:2], "big"):
            end = 2 + int.from_bytes(data[:2], "big")
            reply = answer(data[2:end])
            data = data[end:]
            if reply is not None:
                await stream.send_all(struct.pack("!H", len(reply)) + reply)


async def _http(page: Callable[[bytes], bytes], stream: trio.SocketStream) -> None:
    head = b""
    while b"\r\n\r\n" not in head:
        part = await stream.receive_some(4096)
        if not part:
            return
        head += part
    await stream.send_all(page(head))
    await stream.send_eof()
    while await stream.receive_some(4096):
        pass


async def _hold(stream: trio.SocketStream) -> None:
    while await stream.receive_some(4096):
        pass
