# SPDX-License-Identifier: GPL-2.0-or-later
"""One small probe each by echo, DNS and TCP, and what became of it."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import socket
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import trio

from qmiprobe.sockets import retire, socket_address

from ._events import Datagram, drain, next_events
from ._packets import Flow, answers_dns, dns_query, echo_request, parse_echo_reply
from ._sockets import open_icmp, open_tcp, open_udp

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmiprobe.bearer import IPAddress

    from ._events import NetworkError
    from ._sockets import Origin

# How an ICMP error says that the target itself has nothing there: v4 and v6 (type, code)
PORT_UNREACHABLE = {4: (3, 3), 6: (1, 4)}


class ProbeKind(StrEnum):
    """What a probe is made of."""

    ECHO = "echo"
    DNS = "dns"
    TCP = "tcp"


class ProbeResult(StrEnum):
    """What became of a probe, as its socket saw it."""

    ANSWERED = "answered"
    REFUSED = "refused"
    """The target itself refused it: RST or port unreachable. It is there and reached."""
    UNREACHABLE = "unreachable"
    """An ICMP error of another host; see ``offender``."""
    SILENT = "silent"
    NOT_SENT = "not-sent"
    """The kernel refused to send it; see ``errno``. EPERM: a filter for outgoing packets."""
    NOT_PERMITTED = "not-permitted"
    """The socket needs a right that this process lacks."""


@dataclass
class Probe:
    """A probe on its way; the fields below ``name`` change while it runs."""

    kind: ProbeKind
    origin: Origin
    target: IPAddress
    port: int | None
    round: int
    name: str = ""
    result: ProbeResult = ProbeResult.SILENT
    latency_s: float | None = None
    errno: int | None = None
    offender: IPAddress | None = None
    flow: Flow | None = None
    odd: bool = False
    """Something came that is no answer to it."""

    async def run(self) -> None:
        """Send it and wait, without a limit of its own, for whatever comes back."""
        try:
            if self.kind is ProbeKind.TCP:
                await self._run_tcp()
            elif self.kind is ProbeKind.ECHO:
                await self._run_echo()
            else:
                await self._run_dns()
        except OSError as error:
            self._fail(ProbeResult.NOT_SENT, error)

    @property
    def came_back(self) -> bool:
        """Whether anything returned from beyond this host."""
        if self.result is ProbeResult.UNREACHABLE:
            return self.offender is not None and self.offender != self.origin.source
        return self.result in (ProbeResult.ANSWERED, ProbeResult.REFUSED)

    async def _run_echo(self) -> None:
        try:
            sock, raw = open_icmp(self.origin, self.target)
        except PermissionError as error:
            self._fail(ProbeResult.NOT_PERMITTED, error)
            return
        identifier = random.randrange(1, 0x10000) if raw else sock.getsockname()[1]
        family = self.target.version
        wanted = (identifier, 1)

        def is_answer(data: bytes) -> bool:
            return parse_echo_reply(family, data, ip_header=raw and family == 4) == wanted

        def is_ours(error: NetworkError) -> bool:
            return len(error.quoted) < 6 or error.quoted[4:6] == identifier.to_bytes(2, "big")

        self.flow = Flow(family, "icmp", identifier)
        await self._exchange(sock, echo_request(family, *wanted), is_answer, is_ours)

    async def _run_dns(self) -> None:
        sock = open_udp(self.origin, self.target, self.port or 53)
        identifier = random.randrange(0x10000)

        def is_answer(data: bytes) -> bool:
            return answers_dns(data, identifier)

        self.flow = Flow(self.target.version, "udp", sock.getsockname()[1])
        await self._exchange(sock, dns_query(self.name, "A", identifier), is_answer)

    async def _exchange(
        self,
        sock: socket.socket,
        request: bytes,
        is_answer: Callable[[bytes], bool],
        is_ours: Callable[[NetworkError], bool] = lambda error: True,
    ) -> None:
        waiting = True
        try:
            started = trio.current_time()
            sock.send(request)
            while waiting:
                for event in await next_events(sock):
                    if isinstance(event, Datagram):
                        done = is_answer(event.data)
                        self.result = ProbeResult.ANSWERED if done else self.result
                        self.odd |= not done
                    else:
                        done = is_ours(event) and self._take_error(event)
                    if done:
                        self.latency_s = trio.current_time() - started
                        waiting = False
                        break
        finally:
            if waiting:
                retire(sock)
            else:
                sock.close()

    def _take_error(self, error: NetworkError) -> bool:
        """Note an entry of the error queue; return whether the probe ends with it."""
        self.errno, self.offender = error.errno, error.offender
        if not error.from_network:
            self.result = ProbeResult.NOT_SENT
            return True
        at_port = (error.type, error.code) == PORT_UNREACHABLE[self.target.version]
        there = error.offender == self.target and at_port
        self.result = ProbeResult.REFUSED if there else ProbeResult.UNREACHABLE
        return True

    async def _run_tcp(self) -> None:
        sock = open_tcp(self.origin, self.target)
        started = trio.current_time()
        number: int | None = None
        try:
            address = socket_address(self.origin.netdev, self.target, self.port or 0)
            number = sock.connect_ex(address)
            if number not in (0, errno.EINPROGRESS):
                raise OSError(number, os.strerror(number))
            self.flow = Flow(self.target.version, "tcp", sock.getsockname()[1])
            number = None
            await trio.lowlevel.wait_writable(sock)
            number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            self.latency_s = trio.current_time() - started
            self._take_connection(number, sock)
        finally:
            if number == 0:
                with contextlib.suppress(OSError):  # the other side may have ended it already
                    sock.shutdown(socket.SHUT_WR)
            if number:
                sock.close()
            else:
                retire(sock)

    def _take_connection(self, number: int, sock: socket.socket) -> None:
        self.errno = number or None
        if number == 0:
            self.result = ProbeResult.ANSWERED
        elif number != errno.ETIMEDOUT:
            errors = [event for event in drain(sock) if not isinstance(event, Datagram)]
            offender = errors[-1].offender if errors else None
            # A router that says "port unreachable" makes it look as a RST of the target does.
            strange = offender not in (None, self.target, self.origin.source)
            if number == errno.ECONNREFUSED and not strange:
                self.result = ProbeResult.REFUSED
            else:
                self.result, self.offender = ProbeResult.UNREACHABLE, offender

    def _fail(self, result: ProbeResult, error: OSError) -> None:
        self.result, self.errno = result, error.errno
