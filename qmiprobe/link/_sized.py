# SPDX-License-Identifier: GPL-2.0-or-later
"""Packets of an exact size that draw a small answer, and what came of each.

Three ways: a DNS query filled up by EDNS padding; a datagram to a closed port, whose target says
"port unreachable"; an echo request, whose answer is as large, so that it measures both ways.
Each size flies on a socket of its own: an ICMP error that quotes eight bytes still tells which.
"""

from __future__ import annotations

import errno
import random
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import trio

from qmiprobe.sockets import retire

from ._events import Datagram, drain, next_events
from ._packets import (
    IP_HEADER,
    UDP_HEADER,
    answers_dns,
    echo_request,
    padded_dns_query,
    parse_echo_reply,
    smallest_padded_query,
)
from ._probes import PORT_UNREACHABLE
from ._sockets import open_icmp, open_udp

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from qmiprobe.bearer import IPAddress

    from ._events import Event
    from ._sockets import Origin

_CLOSED_PORT = 33434
_DNS_PORT = 53
_SMALL = 128


class Method(StrEnum):
    """How the size of the path up is measured; the first that works is taken."""

    DNS_PADDING = "dns-padding"
    CLOSED_PORT = "closed-port"
    ECHO = "echo"
    """Measures both directions: the smaller one shows."""


@dataclass(frozen=True)
class Way:
    """One method toward one target."""

    method: Method
    origin: Origin
    target: IPAddress
    name: str
    """The name that DNS queries ask for."""

    @property
    def control_size(self) -> int:
        """Bytes of the small packet that shows whether the target answers at all."""
        if self.method is not Method.DNS_PADDING:
            return _SMALL
        smallest = smallest_padded_query(self.name) + UDP_HEADER + IP_HEADER[self.target.version]
        return max(_SMALL, smallest)

    def open(self) -> tuple[socket.socket, int]:
        """Return a socket toward the target, and the identifier of packets on it."""
        if self.method is Method.ECHO:
            sock, raw = open_icmp(self.origin, self.target, probe=True)
            return sock, random.randrange(1, 0x10000) if raw else sock.getsockname()[1]
        port = _DNS_PORT if self.method is Method.DNS_PADDING else _CLOSED_PORT
        return open_udp(self.origin, self.target, port, probe=True), random.randrange(0x10000)

    def payload(self, identifier: int, *, size: int) -> bytes:
        """Return what to send so that the IP packet has ``size`` bytes."""
        family = self.target.version
        if self.method is Method.ECHO:
            return echo_request(family, identifier, 1, size=size)
        room = size - IP_HEADER[family] - UDP_HEADER
        if self.method is Method.DNS_PADDING:
            return padded_dns_query(self.name, "A", identifier, size=room)
        return bytes(room)

    def is_answer(self, event: Event, identifier: int) -> bool:
        """Return whether ``event`` shows that a packet reached the target."""
        family = self.target.version
        if not isinstance(event, Datagram):
            there = (event.type, event.code) == PORT_UNREACHABLE[family]
            return event.from_network and there and event.offender == self.target
        if self.method is Method.DNS_PADDING:
            return answers_dns(event.data, identifier)
        # a raw IPv4 socket gives the IP header, a ping socket does not; 0x4N is no ICMP type
        header = family == 4 and event.data[:1] != b"\0"
        reply = parse_echo_reply(family, event.data, ip_header=header)
        return self.method is Method.ECHO and reply is not None and reply[0] == identifier


class Flight:
    """Packets of one size on one way, sent as often as need be."""

    def __init__(self, way: Way, size: int, changed: Callable[[], None]) -> None:
        """Open its socket: OSError where that fails. ``changed`` is called at every event."""
        self.size = size
        self.way = way
        self.answered = False
        self.rtt_s: float | None = None
        """From the first packet to the first answer: too long where packets were lost."""
        self.signalled: int | None = None
        """The MTU that a router gave for it, bytes; 0 where the router gave none."""
        self.offender: IPAddress | None = None
        self.errno: int | None = None
        """Why this host's own kernel did not send it."""
        self.sent = 0
        self._changed = changed
        self._started = 0.0
        self._sock, self._identifier = way.open()

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be waited for."""
        return self.answered or self.signalled is not None or self.errno is not None

    def send(self) -> None:
        """Send one packet; what the kernel refuses is noted in ``errno``."""
        if not self.sent:
            self._started = trio.current_time()
        payload = self.way.payload(self._identifier, size=self.size)
        for _ in range(2):
            if self.settled:
                return
            try:
                self._sock.send(payload)
            except OSError as error:
                # Perhaps not this packet's: an ICMP error that waits fails the next send().
                failed = error.errno
                self._take(drain(self._sock))
                if failed in (errno.EAGAIN, errno.ENOBUFS):
                    return  # as good as lost on the way
            else:
                self.sent += 1
                return
        self.errno = failed

    async def listen(self) -> None:
        """Note what comes back, until cancelled; then leave the socket to late answers."""
        try:
            while True:
                self._take(await next_events(self._sock))
        finally:
            if self.answered and self.sent == 1:
                self._sock.close()
            else:
                retire(self._sock)

    def _take(self, events: list[Event]) -> None:
        for event in events:
            if self.way.is_answer(event, self._identifier):
                if not self.answered:
                    self.rtt_s = trio.current_time() - self._started
                self.answered = True
            elif not isinstance(event, Datagram) and event.errno == errno.EMSGSIZE:
                if event.from_network:
                    self.signalled, self.offender = event.info, event.offender
                else:
                    self.errno = errno.EMSGSIZE
            self._changed()
