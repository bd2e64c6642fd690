# SPDX-License-Identifier: GPL-2.0-or-later
"""A network by hand behind a TUN netdev: a function says what comes back for each packet, and when.

For what the simulated network does not do: late answers, rate limits, routers that lie.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address, ip_interface
from typing import TYPE_CHECKING

import pyroute2
import trio

from qmiprobe.bearer import BearerFacts, FamilyFacts, Targets
from qmiprobe.link._packets import internet_checksum
from qmiprobe.sim.dataplane._interface import open_tun, set_mtu, set_up

from .bed import usable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from qmiprobe.bearer import IPAddress

NETDEV = "wwan0"
DNS = {4: ip_address("198.51.100.53"), 6: ip_address("2001:db8:53::53")}
HOST = {4: ip_address("203.0.113.80"), 6: ip_address("2001:db8:80::80")}
ROUTER = {4: ip_address("192.0.2.1"), 6: ip_address("2001:db8:1::1")}
_OWN = {4: ip_interface("192.0.2.2/30"), 6: ip_interface("2001:db8:1::2/64")}
_ICMP = {4: 1, 6: 58}
_UNREACHABLE = {4: (3, 3), 6: (1, 4)}
_TOO_BIG = {4: (3, 4), 6: (2, 0)}

BEARER = BearerFacts(
    netdev=NETDEV,
    families=tuple(
        FamilyFacts(family=n, interface=_OWN[n], gateway=ROUTER[n], dns=(DNS[n],)) for n in (4, 6)
    ),
)
TARGETS = Targets(
    name="hub",
    echo=tuple(HOST.values()),
    tcp=tuple((host, 80) for host in HOST.values()),
    http=(),
    large=(),
    existing_name="there.example",
    missing_name="nowhere.example",
)


@dataclass(frozen=True)
class Packet:
    """A packet from the host."""

    data: bytes
    family: int
    protocol: str
    source: IPAddress
    destination: IPAddress
    body: bytes
    """What follows the IP header."""

    @property
    def size(self) -> int:
        """Bytes of the whole packet."""
        return len(self.data)

    @property
    def port(self) -> int:
        """Destination port of UDP and TCP."""
        return int.from_bytes(self.body[2:4], "big")


Responder = Callable[[Packet], Iterable[tuple[float, bytes]]]


def parse(data: bytes) -> Packet | None:
    """Return a packet of UDP, TCP or an echo request, None for others."""
    family = data[0] >> 4
    if family == 4:
        number, length, ends = data[9], (data[0] & 15) * 4, data[12:20]
    else:
        number, length, ends = data[6], 40, data[8:40]
    half = len(ends) // 2
    name = {6: "tcp", 17: "udp", _ICMP[family]: "echo"}.get(number)
    if name is None or (name == "echo" and data[length] not in (8, 128)):
        return None
    ends_read = (ip_address(ends[:half]), ip_address(ends[half:]))
    return Packet(data, family, name, *ends_read, data[length:])


def dns_answer(packet: Packet, *, other: int = 0) -> bytes:
    """Return an empty answer to a DNS query; ``other`` makes it one to another query."""
    query = packet.body[8:]
    end = query.index(0, 12) + 5
    identifier = int.from_bytes(query[:2], "big") ^ other
    answer = struct.pack("!HHHHHH", identifier, 0x8180, 1, 0, 0, 0) + query[12:end]
    source, destination = packet.body[2:4], packet.body[0:2]
    body = source + destination + struct.pack("!HH", 8 + len(answer), 0) + answer
    return _reply(packet, 17, body, packet.destination)


def echo_answer(packet: Packet) -> bytes:
    """Return the reply to an echo request."""
    kind = b"\0" if packet.family == 4 else b"\x81"
    body = kind + b"\0\0\0" + packet.body[4:]
    return _reply(packet, _ICMP[packet.family], body, packet.destination)


def segment(packet: Packet, flags: int, *, number: int, takes: int = 0) -> bytes:
    """Return a TCP segment without data that answers one; ``takes``: how much of it is taken."""
    ports = packet.body[2:4] + packet.body[0:2]
    taken = int.from_bytes(packet.body[4:8], "big") + takes
    body = ports + struct.pack("!IIBBHHH", number, taken & 0xFFFFFFFF, 0x50, flags, 65535, 0, 0)
    return _reply(packet, 6, body, packet.destination)


def port_unreachable(packet: Packet, *, by: IPAddress | None = None) -> bytes:
    """Return the ICMP error of a host where nothing listens."""
    return _icmp_error(packet, _UNREACHABLE, 0, by or packet.destination)


def too_big(packet: Packet, mtu: int) -> bytes:
    """Return what a router says to a packet that is longer than ``mtu``."""
    return _icmp_error(packet, _TOO_BIG, mtu, ROUTER[packet.family])


def _icmp_error(
    packet: Packet, kinds: dict[int, tuple[int, int]], info: int, offender: IPAddress
) -> bytes:
    quoted = packet.data[:28] if packet.family == 4 else packet.data[:1200]
    body = struct.pack("!BBHI", *kinds[packet.family], 0, info) + quoted
    return _reply(packet, _ICMP[packet.family], body, offender)


def _reply(packet: Packet, number: int, body: bytes, source: IPAddress) -> bytes:
    ends = source.packed + packet.source.packed
    place = {1: 2, 6: 16, 17: 6, 58: 2}[number]
    pseudo = b"" if number == 1 else ends + struct.pack("!II", len(body), number)
    checksum = internet_checksum(pseudo + body) or 0xFFFF
    body = body[:place] + struct.pack("!H", checksum) + body[place + 2 :]
    if packet.family == 6:
        return struct.pack("!IHBB", 6 << 28, len(body), number, 64) + ends + body
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(body), 0, 0, 64, number, 0) + ends
    return head[:10] + struct.pack("!H", internet_checksum(head)) + head[12:] + body


@asynccontextmanager
async def hub(respond: Responder, *, mtu: int = 1500) -> AsyncGenerator[list[Packet], None]:
    """Run the netdev; ``respond`` gives (seconds, answer) pairs. Yields the packets seen so far."""
    descriptor = open_tun(NETDEV)
    seen: list[Packet] = []

    async def answer(delay: float, data: bytes) -> None:
        await trio.sleep(delay)
        os.write(descriptor, data)

    async def serve(nursery: trio.Nursery) -> None:
        while True:
            await trio.lowlevel.wait_readable(descriptor)
            packet = parse(os.read(descriptor, 70000))
            if packet is not None:
                seen.append(packet)
                for delay, data in respond(packet):
                    nursery.start_soon(answer, delay, data)

    try:
        set_mtu(NETDEV, mtu)
        set_up(NETDEV)
        _configure()
        await usable(str(_OWN[6].ip))
        async with trio.open_nursery() as nursery:
            nursery.start_soon(serve, nursery)
            yield seen
            nursery.cancel_scope.cancel()
    finally:
        os.close(descriptor)


def _configure() -> None:
    with pyroute2.IPRoute() as netlink:
        index = socket.if_nametoindex(NETDEV)
        for own in _OWN.values():
            flags = 0 if own.version == 4 else 2  # IFA_F_NODAD
            length = own.network.prefixlen
            netlink.addr("add", index=index, address=str(own.ip), prefixlen=length, flags=flags)
            family = socket.AF_INET if own.version == 4 else socket.AF_INET6
            netlink.route("add", dst="default", family=family, oif=index, priority=2000)
