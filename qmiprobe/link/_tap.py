# SPDX-License-Identifier: GPL-2.0-or-later
"""A tap on the netdev: what really left this host by it and what really came in.

It is an AF_PACKET socket for ETH_P_ALL, since one for a single protocol sees no outgoing packet.
With what send() said and what the socket heard it makes the four observation points that tell the
host's own filters from the modem and the network behind it.
"""

from __future__ import annotations

import socket
import struct
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import trio

from ._packets import flow_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qmiprobe.bearer import IPAddress

    from ._packets import Flow

_ETH_P_ALL = 3
_ARP, _ADVERTISEMENT = 0x0806, 136
OUTGOING = 4  # PACKET_OUTGOING
# IPv4, IPv6, ARP, VLAN, LLDP, EAPOL; not the LLC frames of bridges, as which many bare packets
# of IPv6 are taken
_USUAL = frozenset((0x0800, 0x86DD, _ARP, 0x8100, 0x88CC, 0x888E))
SOL_PACKET = 263
PACKET_STATISTICS = 6
SNAP = 256
_BUFFER = 1 << 20


class Tap:
    """Counts the packets of each flow on one netdev, each way, while it is open."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._out: Counter[Flow | None] = Counter()
        self._in: Counter[Flow | None] = Counter()
        self.neighbours: Counter[int] = Counter()
        """Answers of ARP (4) and of neighbour discovery (6) that came in."""
        self.strange = 0
        """Frames that came in with a type that is neither IP nor of a usual protocol beside it: so
        look bare IP packets where Ethernet is expected."""
        self.multiplexed = 0
        """Those of the frames whose beginning is a QMAP header and the packet behind it."""
        self.missed = 0
        """Packets that came too fast for the tap: its counts are then lower bounds."""
        self._stopped = False

    def out_of(self, flow: Flow) -> int:
        """Return how many packets of ``flow`` left."""
        return self._out[flow]

    def in_of(self, flow: Flow) -> int:
        """Return how many packets for ``flow`` came in, ICMP errors about it included."""
        return self._in[flow]

    def others_in(self, flows: Iterable[Flow]) -> int:
        """Return how many packets came in that belong to none of ``flows``."""
        return sum(self._in.values()) - sum(self._in[flow] for flow in set(flows))

    async def watch(self) -> None:
        """Count until cancelled or stopped."""
        while not self._stopped:
            await trio.lowlevel.wait_readable(self._sock)
            self.drain()

    def stop(self) -> None:
        """Count what there is, and nothing that comes later."""
        self.drain()
        self._stopped = True

    def drain(self) -> None:
        """Count what the tap holds now; call it once more before reading the counts."""
        while not self._stopped:
            try:
                packet, address = self._sock.recvfrom(SNAP, socket.MSG_DONTWAIT)
            except BlockingIOError:
                break
            except OSError:
                continue  # ENETDOWN, given once: the netdev went down
            outgoing = address[2] == OUTGOING
            side = self._out if outgoing else self._in
            side[flow_of(packet, outgoing=outgoing)] += 1
            if not outgoing and (family := _answers_for(address[1], packet)) is not None:
                self.neighbours[family] += 1
            if not outgoing and address[1] not in _USUAL:
                self.strange += 1
                self.multiplexed += _behind_qmap(address[4], packet)
        statistics = self._sock.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8)
        self.missed += struct.unpack("=II", statistics)[1]


def open_snaps(netdev: str) -> socket.socket:
    """Return a socket that gives the beginning of each IP packet on ``netdev``, both ways."""
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK, 0)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        sock.bind((netdev, _ETH_P_ALL))
    except BaseException:
        sock.close()
        raise
    return sock


def _behind_qmap(source: bytes, rest: bytes) -> bool:
    """Return whether a frame is no frame: four bytes of QMAP and an IP packet as long as it says.

    ``source``: what was taken for the sender's Ethernet address, bytes 6 to 11; ``rest``: what
    stands behind the type, from byte 14 on.
    """
    if len(source) != 6 or len(rest) >= SNAP:
        return False
    behind = len(rest) + 14 - 4
    lengths = (int.from_bytes(source[:2]), 40 + int.from_bytes(source[2:4]))
    return any(0 <= behind - length <= 3 for length in lengths)


def _answers_for(protocol: int, packet: bytes) -> int | None:
    """Return the IP family whose neighbour a packet tells of, None for another packet."""
    if protocol == _ARP:
        return 4 if packet[6:8] == b"\0\2" else None
    is_answer = len(packet) > 40 and packet[0] >> 4 == 6 and packet[6] == 58
    return 6 if is_answer and packet[40] == _ADVERTISEMENT else None


@contextmanager
def open_tap(netdev: str) -> Iterator[Tap | None]:
    """Open a tap on ``netdev``; gives None where that fails, as without CAP_NET_RAW."""
    try:
        sock = open_snaps(netdev)
    except OSError:
        yield None
        return
    with sock:
        yield Tap(sock)


@contextmanager
def largest_from(netdev: str, host: IPAddress) -> Iterator[Callable[[], int | None]]:
    """Give what returns the length of the largest IP packet of ``host`` that came in by then.

    That returns None where there is no tap, as without CAP_NET_RAW.
    """
    try:
        sock = open_snaps(netdev)
    except OSError:
        yield lambda: None
        return
    with sock:
        yield lambda: max(_lengths_from(sock, host), default=0)


@contextmanager
def too_big_for(netdev: str, family: int) -> Iterator[Callable[[], bool]]:
    """Give what returns whether an ICMP error "too big" of that family came in until then.

    It returns False where there is no tap, as without CAP_NET_RAW.
    """
    try:
        sock = open_snaps(netdev)
    except OSError:
        yield lambda: False
        return
    with sock:
        yield lambda: any(_is_too_big(packet, family) for packet in _incoming(sock))


def _is_too_big(packet: bytes, family: int) -> bool:
    if len(packet) < 48 or packet[0] >> 4 != family:
        return False
    if family == 6:
        return packet[6] == 58 and packet[40] == 2
    start = (packet[0] & 15) * 4
    return packet[9] == 1 and packet[start : start + 2] == b"\3\4"


def _incoming(sock: socket.socket) -> Iterator[bytes]:
    while True:
        try:
            packet, address = sock.recvfrom(SNAP, socket.MSG_DONTWAIT)
        except OSError:
            return
        if address[2] != OUTGOING:
            yield packet


def _lengths_from(sock: socket.socket, host: IPAddress) -> Iterator[int]:
    source = slice(12, 16) if host.version == 4 else slice(8, 24)
    for packet in _incoming(sock):
        if len(packet) < 40 or packet[0] >> 4 != host.version:
            continue
        if packet[source] == host.packed:
            length = int.from_bytes(packet[2:4] if host.version == 4 else packet[4:6])
            yield length if host.version == 4 else length + 40
