# SPDX-License-Identifier: GPL-2.0-or-later
"""STUN servers of the bed that test NATs: two addresses with two ports each (RFC 5780)."""

from __future__ import annotations

import struct
from ipaddress import ip_address
from typing import TYPE_CHECKING

from qmiprobe.link._stun import CHANGE_ADDRESS, CHANGE_PORT, binding_response

from . import addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import trio

    from qmiprobe.bearer import IPAddress

PORTS = (3478, 3479)

Place = tuple[int, int]
"""Which of the two addresses, which of the two ports."""


def serve_stun(
    nursery: trio.Nursery, open_datagram: Callable[[IPAddress, int], trio.socket.SocketType]
) -> None:
    """Open all sockets now, and answer on them in tasks of ``nursery``."""
    for family in (4, 6):
        hosts = [host[family] for host in addresses.BOTH]
        socks = {
            (number, index): open_datagram(host, port)
            for number, host in enumerate(hosts)
            for index, port in enumerate(PORTS)
        }
        for place in socks:
            nursery.start_soon(_answer, socks, place, hosts)


async def _answer(
    socks: Mapping[Place, trio.socket.SocketType], place: Place, hosts: Sequence[IPAddress]
) -> None:
    host, port = place
    other = (hosts[1 - host], PORTS[1 - port])
    while True:
        data, client = await socks[place].recvfrom(2048)
        if len(data) < 20:
            continue
        change = struct.unpack_from("!I", data, 24)[0] if len(data) >= 28 else 0
        source = (
            1 - host if change & CHANGE_ADDRESS else host,
            1 - port if change & CHANGE_PORT else port,
        )
        mapped = (ip_address(client[0]), client[1])
        answer = binding_response(data[8:20], mapped=mapped, other=other)
        try:
            await socks[source].sendto(answer, client)
        except OSError:
            continue  # a filter of the recipe refuses it
