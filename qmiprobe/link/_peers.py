# SPDX-License-Identifier: GPL-2.0-or-later
"""Whom packets of a netdev go to and come from, by ports: what a filter of this host keeps back.

A probe that never left, or whose answer came in and reached no socket, tells nothing of the way.
"""

from __future__ import annotations

import socket
import struct
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ._tap import OUTGOING, PACKET_STATISTICS, SNAP, SOL_PACKET, open_snaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmiprobe.bearer import IPAddress

TCP, UDP = 6, 17

End = tuple[bytes, int, int]
"""Address, protocol and port of the other side."""


@dataclass(frozen=True)
class Passed:
    """The flows that a netdev carried: the other side, and the port here."""

    left: frozenset[tuple[End, int]]
    came: frozenset[tuple[End, int]]

    def sent_to(self, host: IPAddress, protocol: int, port: int) -> bool:
        """Whether anything left for a port of ``host``."""
        return any(end == (host.packed, protocol, port) for end, _ in self.left)

    def answered(self, host: IPAddress, protocol: int, port: int) -> bool:
        """Whether something came from there to where packets had left from."""
        end = (host.packed, protocol, port)
        return any(flow in self.left for flow in self.came if flow[0] == end)


@contextmanager
def watch_peers(netdev: str) -> Iterator[Callable[[], Passed | None]]:
    """Give what returns the flows of ``netdev`` until then.

    It returns None where nothing is certain: without CAP_NET_RAW, or with too many packets.
    """
    try:
        tap = open_snaps(netdev)
    except OSError:
        yield lambda: None
        return
    with tap:
        yield lambda: _passed(tap)


def _passed(tap: socket.socket) -> Passed | None:
    left: set[tuple[End, int]] = set()
    came: set[tuple[End, int]] = set()
    while True:
        try:
            packet, address = tap.recvfrom(SNAP, socket.MSG_DONTWAIT)
        except BlockingIOError:
            break
        except OSError:
            continue  # ENETDOWN, given once: the netdev went down
        outgoing = address[2] == OUTGOING
        flow = _flow(packet, outgoing=outgoing)
        if flow is not None:
            (left if outgoing else came).add(flow)
    _, missed = struct.unpack("=II", tap.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))
    return None if missed else Passed(frozenset(left), frozenset(came))


def _flow(packet: bytes, *, outgoing: bool) -> tuple[End, int] | None:
    if packet[:1] and packet[0] >> 4 == 4 and len(packet) >= 24:
        start, protocol, ends = (packet[0] & 15) * 4, packet[9], (packet[12:16], packet[16:20])
    elif packet[:1] and packet[0] >> 4 == 6 and len(packet) >= 44:
        start, protocol, ends = 40, packet[6], (packet[8:24], packet[24:40])
    else:
        return None
    if protocol not in (TCP, UDP) or len(packet) < start + 4:
        return None
    ports = struct.unpack_from("!HH", packet, start)
    there = 1 if outgoing else 0
    return (ends[there], protocol, ports[there]), ports[1 - there]
