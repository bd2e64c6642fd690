# SPDX-License-Identifier: GPL-2.0-or-later
"""A reflector that runs: hears packets, asks the responder, sends what it says."""

from __future__ import annotations

import contextlib
import errno
import time
from collections.abc import AsyncGenerator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING

import trio

from qmiprobe.errors import CannotTest

from ._ancillary import how_to_send, parse_told, receive_into
from ._bare import read_head, tag_of
from ._beside import beside
from ._bulk import Segments, send_run
from ._keys import DEFAULT_PORT
from ._messages import Feature, Wish
from ._places import PROTOCOLS, Place, open_place
from ._responder import Responder
from ._server_tcp import TcpServer, listen_tcp

if TYPE_CHECKING:
    import socket

    from qmiprobe.bearer import IPAddress

    from ._ancillary import Told
    from ._limits import Limits
    from ._responder import Arrival, Reply

ANYWHERE = (ip_address("0.0.0.0"), ip_address("::"))
_AT_ONCE = 64
_AHEAD = 0.005
_LONGEST = 65535
_LONGEST_RUN = 60.0
_BEHIND = 0.5
"""Seconds that a run may take longer where this host is busy."""


@dataclass
class Traffic:
    """What a reflector has seen and sent since it began; bytes are those of IP packets."""

    packets_in: int = 0
    bytes_in: int = 0
    packets_out: int = 0
    bytes_out: int = 0


@dataclass(frozen=True, kw_only=True)
class Reflector:
    """Where a reflector listens, and what it has done."""

    addresses: tuple[IPAddress, ...]
    port: int
    ports: tuple[int, ...]
    """All UDP ports that it answers on."""
    other_port: int
    """The port that answers come from on request; 0: none."""
    tcp: bool
    raw: tuple[str, ...]
    """Of "esp" and "gre" those that it answers."""
    missing: tuple[str, ...]
    """What it does without, each with the reason."""
    traffic: Traffic = field(default_factory=Traffic)


@asynccontextmanager
async def serve(
    token: bytes,
    *,
    addresses: tuple[IPAddress, ...] = ANYWHERE,
    port: int = DEFAULT_PORT,
    more_ports: tuple[int, ...] = (),
    raw: tuple[str, ...] = tuple(PROTOCOLS),
    other_addresses: tuple[IPAddress, ...] = (),
    limits: Limits | None = None,
) -> AsyncGenerator[Reflector, None]:
    """Run a reflector while the context lasts; gives where it listens.

    ``port`` 0 takes any free one. The next port after it is the other port, where it is free.
    Port 53 and the like are the user's to give in ``more_ports``; one that is taken is left out
    and named in ``missing``. Raises CannotTest where the port itself cannot be had.
    """
    with ExitStack() as stack:
        opened = _Opened(addresses, stack)
        opened.open_main(port)
        opened.open_more(more_ports)
        opened.open_raw(raw)
        responder = Responder(
            token,
            limits=limits,
            ports=tuple(dict.fromkeys(place.port for place in opened.places if place.port)),
            other_port=opened.other_port,
            features=opened.features,
            other_addresses=other_addresses,
        )
        reflector = opened.facts(addresses)
        running = _Running(responder, reflector.traffic, opened.other)
        tcp = TcpServer(responder)
        async with beside() as nursery:
            for place in [*opened.places, *opened.other.values()]:
                nursery.start_soon(running.serve, place)
            for listener in opened.tcp:
                nursery.start_soon(tcp.serve, listener)
            yield reflector


class _Opened:
    """The sockets of a reflector, closed with the stack."""

    def __init__(self, addresses: tuple[IPAddress, ...], stack: ExitStack) -> None:
        self.places: list[Place] = []
        self.other: dict[int, Place] = {}
        self.tcp: list[socket.socket] = []
        self.missing: list[str] = []
        self.port = 0
        self._addresses = addresses
        self._stack = stack

    @property
    def other_port(self) -> int:
        return next((place.port for place in self.other.values()), 0)

    @property
    def raw(self) -> tuple[str, ...]:
        return tuple(name for name in PROTOCOLS if any(p.protocol == name for p in self.places))

    @property
    def features(self) -> Feature:
        found = Feature.TCP if self.tcp else Feature(0)
        found |= Feature.ESP if "esp" in self.raw else Feature(0)
        found |= Feature.GRE if "gre" in self.raw else Feature(0)
        return found | (Feature.OTHER_PORT if self.other else Feature(0))

    def open_main(self, port: int) -> None:
        """Open the port, for UDP and TCP, and the other port."""
        self.port = port
        for address in self._addresses:
            try:
                place = self._open("udp", address, self.port)
            except OSError as error:
                if address.version == 6 and error.errno in (
                    errno.EAFNOSUPPORT,
                    errno.EADDRNOTAVAIL,
                ):
                    self.missing.append("IPv6: this host has none")
                    continue
                raise CannotTest(
                    f"the reflector cannot listen on UDP port {port} of {address} "
                    f"({error.strerror}); `ss -lnup` shows who does, --port takes another"
                ) from error
            self.port = place.port
            self.places.append(place)
        self._open_tcp()
        self._open_other()

    def _open_tcp(self) -> None:
        for place in list(self.places):
            address = next(a for a in self._addresses if a.version == place.family)
            try:
                listener = listen_tcp(address, self.port)
            except OSError as error:
                self.missing.append(f"TCP port {self.port} ({error.strerror})")
            else:
                self._stack.callback(listener.close)
                self.tcp.append(listener)

    def _open_other(self) -> None:
        for address in self._addresses:
            try:
                self.other[address.version] = self._open("udp", address, self.port + 1)
            except (OSError, OverflowError) as error:
                self.missing.append(f"another port, {self.port + 1} ({error})")

    def open_more(self, ports: tuple[int, ...]) -> None:
        """Open further UDP ports."""
        for port in ports:
            for address in self._addresses:
                try:
                    self.places.append(self._open("udp", address, port))
                except OSError as error:
                    self.missing.append(f"UDP port {port} of {address} ({error.strerror})")

    def open_raw(self, protocols: tuple[str, ...]) -> None:
        """Open raw sockets; while one is open the kernel does not refuse the protocol itself."""
        for protocol in protocols:
            for address in self._addresses:
                try:
                    self.places.append(self._open(protocol, address, 0))
                except OSError as error:
                    need = "needs CAP_NET_RAW" if isinstance(error, PermissionError) else error
                    self.missing.append(f"{protocol.upper()} of IPv{address.version} ({need})")

    def _open(self, protocol: str, address: IPAddress, port: int) -> Place:
        place = open_place(protocol, address, port)
        self._stack.callback(place.sock.close)
        return place

    def facts(self, addresses: tuple[IPAddress, ...]) -> Reflector:
        """Return where it listens."""
        return Reflector(
            addresses=addresses,
            port=self.port,
            ports=tuple(dict.fromkeys(place.port for place in self.places if place.port)),
            other_port=self.other_port,
            tcp=bool(self.tcp),
            raw=self.raw,
            missing=tuple(dict.fromkeys(self.missing)),
        )


class _Running:
    """What answers to packets."""

    def __init__(self, responder: Responder, traffic: Traffic, other: dict[int, Place]) -> None:
        self._responder = responder
        self._traffic = traffic
        self._other = other

    async def serve(self, place: Place) -> None:
        """Answer what comes to one socket, until cancelled."""
        buffer = bytearray(_LONGEST)
        async with trio.open_nursery() as nursery:
            while True:
                await trio.lowlevel.wait_readable(place.sock)
                now = trio.current_time()
                for _ in range(_AT_ONCE):
                    try:
                        got = receive_into(place.sock, buffer)
                    except OSError:
                        continue  # an ICMP error for an answer: no business of ours
                    if got is None:
                        break
                    length, sender, ancillary = got
                    bare = read_head(buffer, length)
                    if bare is not None:
                        self._count(place, bare, length, now)
                        continue
                    data = bytes(memoryview(buffer)[:length])
                    self._take(place, data, sender, parse_told(ancillary), nursery)
                await trio.lowlevel.checkpoint()

    def _count(self, place: Place, bare: tuple[bytes, int], length: int, now: float) -> None:
        tag, number = bare
        size = length + place.headers
        self._traffic.packets_in += 1
        self._traffic.bytes_in += size
        self._responder.count(tag, number, size=size, at_ns=time.time_ns(), now=now)

    def _take(
        self,
        place: Place,
        data: bytes,
        sender: tuple[str, int],
        told: Told,
        nursery: trio.Nursery,
    ) -> None:
        frame, arrival = place.arrival(data, sender, told)
        self._traffic.packets_in += 1
        self._traffic.bytes_in += arrival.size
        reply = self._responder.handle(frame, arrival, now=trio.current_time())
        if reply is None:
            return
        if reply.ask.run:
            self._send(place, reply, arrival, told.local)
            nursery.start_soon(self._send_run, place, reply, arrival, told.local)
        elif reply.ask.count <= 1 and not reply.ask.delay_ms:
            self._send(place, reply, arrival, told.local)
        else:
            nursery.start_soon(self._send_later, place, reply, arrival, told.local)

    async def _send_later(
        self, place: Place, reply: Reply, arrival: Arrival, local: IPAddress | None
    ) -> None:
        """Send a delayed answer, or a train at its pace and within the rate of a session."""
        session, ask = reply.session, reply.ask
        assert session is not None
        with session.holding(train=ask.count > 1):
            await trio.sleep(ask.delay_ms / 1000)
            size = reply.payload + place.headers
            gap = max(ask.gap_us / 1e6, size / self._responder.limits.rate)
            due = trio.current_time()
            for index in range(max(1, ask.count)):
                if due > trio.current_time() + _AHEAD:
                    await trio.sleep_until(due)
                elif index % 16 == 15:
                    await trio.lowlevel.checkpoint()
                self._send(place, reply, arrival, local, index=index)
                session.used_at = trio.current_time()
                due += gap

    async def _send_run(
        self, place: Place, reply: Reply, arrival: Arrival, local: IPAddress | None
    ) -> None:
        """Send a run of data, at its pace and within the rate of a session, then note what left."""
        session, ask = reply.session, reply.ask
        assert session is not None
        gap = max(ask.gap_us / 1e6, ask.size / self._responder.limits.rate)
        segments = Segments(
            place.sock,
            tag_of(reply.key, ask.run, down=True),
            payload=ask.size - place.headers,
            to=(str(arrival.address), arrival.port),
            control=how_to_send(place.family, source=local),
        )
        sent = 0
        place.send_whole(True)
        with session.holding(train=True):
            with contextlib.suppress(OSError):
                sent = await send_run(
                    segments,
                    size=ask.size,
                    rate=ask.size / gap,
                    seconds=min(_LONGEST_RUN, gap * ask.count + _BEHIND),
                    count=ask.count,
                    wanted=lambda: not session.closed,
                )
            session.used_at = trio.current_time()
            session.note_sent(ask.run, packets=sent, size=ask.size)
        self._traffic.packets_out += sent
        self._traffic.bytes_out += sent * ask.size

    def _send(
        self,
        place: Place,
        reply: Reply,
        arrival: Arrival,
        local: IPAddress | None,
        *,
        index: int = 0,
    ) -> None:
        if reply.ask.wishes & Wish.OTHER_PORT:
            place = self._other.get(place.family, place)
        if reply.ask.wishes & Wish.OTHER_ADDRESS:
            local = self._responder.other_address(place.family) or local
        try:
            sent = place.send(reply, arrival, source=local, index=index)
        except OSError:
            refusal = reply.too_long()
            sent = place.send(refusal, arrival, source=local) if refusal else 0
        self._traffic.packets_out += bool(sent)
        self._traffic.bytes_out += sent
