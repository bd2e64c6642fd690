# SPDX-License-Identifier: GPL-2.0-or-later
"""TCP over a bound socket: connect, send, receive, and what the kernel saw of the segments."""

from __future__ import annotations

import errno
import os
import socket
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import trio

from qmiprobe.sockets import retire, socket_address

from ._events import Datagram, drain
from ._packets import IP_HEADER, TCP_HEADER
from ._sockets import open_tcp

if TYPE_CHECKING:
    from types import TracebackType

    from qmiprobe.bearer import IPAddress

    from ._sockets import Origin

_TIMESTAMPS = 1  # TCPI_OPT_TIMESTAMPS
_TIMESTAMP_SIZE = 12
_RESET = struct.pack("ii", 1, 0)  # struct linger: close() resets
_SEGMENTS = struct.Struct("=152xI68xI")  # the same, further on: data_segs_in, rcv_ooopack
_INFO = struct.Struct("=5xB2x20I")  # struct tcp_info: options, then rto, ato, ...


@dataclass(frozen=True)
class TcpInfo:
    """Figures of TCP_INFO, in bytes of a segment's payload."""

    received_segment: int
    """The longest segment that arrived (the kernel's start value where all were short)."""
    offered_segment: int
    """The longest that the other side may send."""
    timestamps: bool
    """Whether each segment spends 12 bytes on the timestamp option besides."""
    family: int

    @property
    def received_packet(self) -> int:
        """The longest IP packet that arrived, in bytes."""
        return self.received_segment + self._overhead

    @property
    def offered_packet(self) -> int:
        """The longest IP packet that the other side may send, in bytes."""
        return self.offered_segment + self._overhead

    @property
    def _overhead(self) -> int:
        options = _TIMESTAMP_SIZE if self.timestamps else 0
        return TCP_HEADER + options + IP_HEADER[self.family]


class Stream:
    """A TCP connection on its own bound socket; ``async with`` closes it."""

    def __init__(self, sock: socket.socket, *, latency_s: float) -> None:
        self._sock = sock
        self._ended = False
        self.latency_s = latency_s
        """Seconds from the SYN to the connection."""

    async def send_all(self, data: bytes) -> None:
        """Send ``data``; OSError when the connection breaks."""
        while data:
            try:
                data = data[self._sock.send(data) :]
            except BlockingIOError:
                await trio.lowlevel.wait_writable(self._sock)

    async def receive_some(self, limit: int) -> bytes:
        """Return up to ``limit`` bytes, none at the end; OSError when the connection breaks."""
        while True:
            try:
                data = self._sock.recv(limit)
            except BlockingIOError:
                await trio.lowlevel.wait_readable(self._sock)
            else:
                await trio.lowlevel.checkpoint()
                self._ended = self._ended or not data
                return data

    def info(self) -> TcpInfo:
        """Return the kernel's figures of this connection, now."""
        data = self._sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO.size)
        options, *numbers = _INFO.unpack(data)
        return TcpInfo(
            received_segment=numbers[3],
            offered_segment=numbers[19],
            timestamps=bool(options & _TIMESTAMPS),
            family=4 if self._sock.family == socket.AF_INET else 6,
        )

    def segments(self) -> tuple[int, int]:
        """Return how many segments with data came, and how many after a gap; 0, 0: not known."""
        size = _SEGMENTS.size
        data = self._sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, size)
        came, after_gap = _SEGMENTS.unpack(data) if len(data) == size else (0, 0)
        return int(came), int(after_gap)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection a little later: reset it where the other side has not ended it.

        Who ends a connection first has to acknowledge repeated segments for a minute (TIME-WAIT),
        and over IPv6 Linux sends that by the route with the best metric, bound or not. Who ends it
        second forgets it at once, and resets, by any route, what is repeated then.
        """
        if not self._ended:
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        retire(self._sock)


async def connect(
    origin: Origin,
    remote: IPAddress,
    port: int,
    *,
    segment: int | None = None,
    buffer: int | None = None,
) -> Stream:
    """Connect and return the stream; OSError when it fails. Waits as long as the kernel does.

    ``segment`` and ``buffer`` are those of ``open_tcp``.
    """
    sock = open_tcp(origin, remote, segment=segment, buffer=buffer)
    number: int | None = None
    try:
        started = trio.current_time()
        number = sock.connect_ex(socket_address(origin.netdev, remote, port))
        if number == errno.EINPROGRESS:
            number = None
            await trio.lowlevel.wait_writable(sock)
            number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if number:
            raise OSError(number, _why(number, sock))
        return Stream(sock, latency_s=trio.current_time() - started)
    finally:
        if number is None:
            retire(sock)
        elif number:
            sock.close()


def _why(number: int, sock: socket.socket) -> str:
    errors = [event for event in drain(sock) if not isinstance(event, Datagram)]
    offender = errors[-1].offender if errors else None
    text = os.strerror(number)
    return f"{text} (says {offender})" if offender is not None else text
