# SPDX-License-Identifier: GPL-2.0-or-later
"""The small network behind the gate: a path with an MTU, then servers that a kernel backs."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import trio

from . import _addresses
from ._carrier import NETDEV, build_carrier
from ._dns_server import serve_tcp, serve_udp
from ._header import read_header, read_ports
from ._http_server import serve_http
from ._namespace import open_in_namespace
from ._path import DEFAULT_MTU, Passage, Path
from ._tun import TunPort

if TYPE_CHECKING:
    import socket

    from qmiprobe.bearer import FamilyFacts, Targets

    from ._carrier import CarrierSide
    from ._faults import NetworkFaults
    from ._header import Header

_DNS_PORT = 53


class Traffic:
    """What passed in one direction, by family (4, 6) and protocol (icmp, udp, tcp, other)."""

    def __init__(self) -> None:
        self._packets: Counter[tuple[int, str]] = Counter()
        self._bytes: Counter[tuple[int, str]] = Counter()

    def packets(self, *, family: int | None = None, protocol: str | None = None) -> int:
        """Return the number of packets, of one family or protocol where given."""
        return _sum(self._packets, family, protocol)

    def bytes(self, *, family: int | None = None, protocol: str | None = None) -> int:
        """Return the sum of the packets' lengths."""
        return _sum(self._bytes, family, protocol)

    def count(self, header: Header) -> None:
        """Count one packet."""
        self._packets[header.family, header.protocol] += 1
        self._bytes[header.family, header.protocol] += header.size


class Network:
    """The network as the gate sees it; what its counters count is whole packets that passed.

    ``dropped`` counts by reason: black-hole, too-big, dns-silent, not-routed.
    """

    def __init__(self, carrier: CarrierSide, faults: NetworkFaults) -> None:
        self.uplink = Traffic()
        self.downlink = Traffic()
        self.dropped: Counter[str] = Counter()
        self.unset = carrier.unset
        self._carrier = carrier
        self._tun = TunPort(carrier.tun, NETDEV)
        self._faults = faults
        self._up = Path(mtu=faults.mtu_up or DEFAULT_MTU, black_hole=faults.mtu_black_hole_up)
        self._down = Path(mtu=faults.mtu_down or DEFAULT_MTU, black_hole=faults.mtu_black_hole_down)

    def targets(self) -> Targets:
        """Return the hosts of this network that link checks may talk to."""
        return _addresses.targets()

    def family_facts(self, family: int, *, index: int = 0, mtu: int | None = None) -> FamilyFacts:
        """Return the address, gateway and DNS servers for the ``index``-th session of a family.

        ``mtu`` in bytes is passed on as the signalled one. ValueError for an unknown index.
        """
        return _addresses.family_facts(family, index=index, mtu=mtu)

    def send(self, packet: bytes, header: Header) -> bytes | None:
        """Take one packet up; return the complaint of a router about it, or None."""
        if self._faults.no_dns and _is_dns(packet, header):
            self.dropped["dns-silent"] += 1
            return None
        passage = self._up.carry(packet, header, router=_addresses.gateway(header.family))
        self._count(passage, self.uplink)
        for part in passage.onward:
            self._tun.write(part)
        return passage.answer

    async def receive(self) -> tuple[bytes, ...]:
        """Return the next packets down: one packet, its fragments, or nothing where it dropped."""
        _, packet = await self._tun.receive()
        header = read_header(packet)
        if header is None or header.destination.is_multicast or header.destination.is_link_local:
            self.dropped["not-routed"] += 1
            return ()
        router = _addresses.ROUTER_V4 if header.family == 4 else _addresses.ROUTER_V6
        passage = self._down.carry(packet, header, router=router)
        self._count(passage, self.downlink)
        if passage.answer is not None:
            self._tun.write(passage.answer)
        return passage.onward

    async def serve(self) -> None:
        """Run the servers, for ever."""
        async with trio.open_nursery() as nursery:
            for server in self._carrier.dns_udp:
                wrapped = trio.socket.from_stdlib_socket(server)
                nursery.start_soon(serve_udp, wrapped, self._faults)
            dns = [_listener(server) for server in self._carrier.dns_tcp]
            web = [_listener(server) for server in self._carrier.http]
            nursery.start_soon(trio.serve_listeners, partial(serve_tcp, faults=self._faults), dns)
            nursery.start_soon(trio.serve_listeners, partial(serve_http, faults=self._faults), web)

    def close(self) -> None:
        """Close the servers' sockets and the TUN; the carrier's namespace ends with them."""
        self._tun.close()
        self._carrier.close_servers()

    def _count(self, passage: Passage, traffic: Traffic) -> None:
        if passage.dropped is not None:
            self.dropped[passage.dropped] += 1
        for packet in passage.onward:
            header = read_header(packet)
            if header is not None:
                traffic.count(header)


async def open_network(faults: NetworkFaults) -> Network:
    """Build the network in a namespace of its own. CannotTest where it is not possible."""
    build = partial(build_carrier, max(DEFAULT_MTU, faults.mtu_down or 0))
    carrier = await trio.to_thread.run_sync(open_in_namespace, build)
    return Network(carrier, faults)


def _listener(server: socket.socket) -> trio.SocketListener:
    return trio.SocketListener(trio.socket.from_stdlib_socket(server))


def _is_dns(packet: bytes, header: Header) -> bool:
    ports = read_ports(packet, header)
    return ports is not None and ports[1] == _DNS_PORT


def _sum(counter: Counter[tuple[int, str]], family: int | None, protocol: str | None) -> int:
    return sum(
        count
        for (kind, name), count in counter.items()
        if family in (None, kind) and protocol in (None, name)
    )
