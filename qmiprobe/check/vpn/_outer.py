# SPDX-License-Identifier: GPL-2.0-or-later
"""What passes between this host and the endpoint meanwhile: a tap on the netdev that carries it."""

from __future__ import annotations

import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import trio

from qmiprobe.link._tap import open_snaps
from qmiprobe.reflect._beside import beside

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

_OUTGOING = 4
_SNAP = 128
_ICMP = {4: 1, 6: 58}
_NAMES = {6: "tcp", 17: "udp", 47: "gre", 50: "esp"}


@dataclass
class Outer:
    """Packets between this host and the endpoint, ICMP left out."""

    sent: int = 0
    received: int = 0
    fragments: int = 0
    """Sent in fragments."""
    kinds: set[str] = field(default_factory=set)
    """How what left was carried."""
    received_kinds: set[str] = field(default_factory=set)
    clear_l2tp: int = 0
    """Packets of L2TP that left unencrypted."""
    largest: int = 0
    """Bytes of the largest that left."""
    received_largest: int = 0
    came: trio.Event = field(default_factory=trio.Event)
    """Set by the first that came in."""


@asynccontextmanager
async def watch_outer(
    netdev: str, endpoint: IPAddress | None
) -> AsyncGenerator[Outer | None, None]:
    """Count meanwhile; gives None without an endpoint, or a right to a tap (CAP_NET_RAW)."""
    if endpoint is None:
        yield None
        return
    try:
        sock = open_snaps(netdev)
    except OSError:
        yield None
        return
    outer = Outer()
    with sock:
        async with beside() as nursery:
            nursery.start_soon(_watch, sock, endpoint, outer)
            yield outer
            _drain(sock, endpoint, outer)


async def _watch(sock: socket.socket, endpoint: IPAddress, outer: Outer) -> None:
    while True:
        await trio.lowlevel.wait_readable(sock)
        _drain(sock, endpoint, outer)
        await trio.lowlevel.checkpoint()


def _drain(sock: socket.socket, endpoint: IPAddress, outer: Outer) -> None:
    while True:
        try:
            packet, address = sock.recvfrom(_SNAP, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except OSError:
            continue
        count(packet, endpoint, outer, outgoing=address[2] == _OUTGOING)


def count(packet: bytes, endpoint: IPAddress, outer: Outer, *, outgoing: bool) -> None:
    """Count one packet if it is between this host and the endpoint."""
    family = packet[0] >> 4 if packet else 0
    if family == 4 and len(packet) >= 20:
        protocol, ends, size = packet[9], (packet[12:16], packet[16:20]), packet[2:4]
        fragment = (int.from_bytes(packet[6:8], "big") & 0x3FFF) != 0
        length, header = int.from_bytes(size, "big"), (packet[0] & 15) * 4
    elif family == 6 and len(packet) >= 40:
        protocol, ends = packet[6], (packet[8:24], packet[24:40])
        fragment, length, header = protocol == 44, 40 + int.from_bytes(packet[4:6], "big"), 40
    else:
        return
    if ends[outgoing] != endpoint.packed or protocol == _ICMP[family]:
        return
    (outer.kinds if outgoing else outer.received_kinds).add(_NAMES.get(protocol, str(protocol)))
    if outgoing:
        outer.sent += 1
        outer.fragments += fragment
        outer.largest = max(outer.largest, length)
        ports = packet[header : header + 4]
        outer.clear_l2tp += protocol == 17 and ports[2:4] == b"\x06\xa5" and not fragment
    else:
        outer.received += 1
        outer.came.set()
        outer.received_largest = max(outer.received_largest, length)
