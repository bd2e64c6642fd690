# SPDX-License-Identifier: GPL-2.0-or-later
"""The reflector over TCP: the same frames behind their length, and runs of plain bytes.

The kernel itself takes connections from anybody; a stranger hears nothing on one and loses it
after a few seconds.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import trio

from ._frame import LENGTH, LONGEST_BODY, OVERHEAD, PREFIXES, Op, unseal
from ._limits import network_of
from ._messages import LONGEST_DELAY, Tally, without_scope
from ._responder import Arrival

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

    from ._frame import Frame
    from ._responder import Reply, Responder
    from ._sessions import Session

LONGEST_FRAME = 16384
_TCP_SAVE_SYN, _TCP_SAVED_SYN = 27, 28  # <linux/tcp.h>
_BACKLOG = 64
_CHUNK = 1 << 18
_RUN_SECONDS = 60.0
_Act = Callable[[], Awaitable[bool]]
"""What is done for a frame; returns whether to go on."""


def listen_tcp(address: IPAddress, port: int) -> socket.socket:
    """Return a socket that listens and keeps each SYN; OSError where it may not."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    sock = socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if address.version == 6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.setsockopt(socket.IPPROTO_TCP, _TCP_SAVE_SYN, 1)
        sock.bind((str(address), port))
        sock.listen(_BACKLOG)
    except BaseException:
        sock.close()
        raise
    return sock


class TcpServer:
    """Takes connections, at most so many at once, and serves each."""

    def __init__(self, responder: Responder) -> None:
        self._responder = responder
        self._by_network: dict[bytes, int] = {}

    async def serve(self, listener: socket.socket) -> None:
        """Serve a listening socket until cancelled."""
        async with trio.open_nursery() as nursery:
            while True:
                await trio.lowlevel.wait_readable(listener)
                with contextlib.suppress(OSError):
                    sock, sender = listener.accept()
                    sock.setblocking(False)
                    address = without_scope(sender[0])
                    if not self._let_in(network_of(address)):
                        sock.close()
                        continue
                    nursery.start_soon(self._serve_one, sock, address, sender[1])
                await trio.lowlevel.checkpoint()

    def _let_in(self, network: bytes) -> bool:
        limits = self._responder.limits
        mine = self._by_network.get(network, 0)
        if mine >= limits.connections_per_network:
            return False
        if sum(self._by_network.values()) >= limits.connections:
            return False
        self._by_network[network] = mine + 1
        return True

    async def _serve_one(self, sock: socket.socket, address: IPAddress, port: int) -> None:
        network = network_of(address)
        try:
            # A reset, by a NAT that has forgotten the connection perhaps, ends that one alone.
            with sock, contextlib.suppress(OSError, trio.BrokenResourceError):
                await _Connection(self._responder, sock, address, port).serve()
        finally:
            self._by_network[network] -= 1
            if not self._by_network[network]:
                del self._by_network[network]


class _Connection:
    """One connection: frames in, frames out, and runs of bytes between them."""

    def __init__(
        self, responder: Responder, sock: socket.socket, address: IPAddress, port: int
    ) -> None:
        self._responder = responder
        self._sock = sock
        self._stream = trio.SocketStream(trio.socket.from_stdlib_socket(sock))
        self._address = address
        self._port = port
        self._left = b""
        self._known = False

    async def serve(self) -> None:
        """Answer until the other side ends it, says something wrong, or is silent for long."""
        limits = self._responder.limits
        deadline = trio.current_time() + limits.greeting_s
        while True:
            patience = limits.idle_s if self._known else deadline - trio.current_time()
            data, goes_on = None, False
            with trio.move_on_after(max(0.0, patience)):
                data = await self._next_frame()
            taken = self._take(data) if data is not None else None
            if taken is not None:
                # An answer may be asked for late, and who asked may take it slowly. Not for
                # strangers: trio keeps what is left of a deadline until it is over.
                with trio.move_on_after(LONGEST_DELAY + limits.idle_s):
                    goes_on = await taken()
            if not goes_on:
                return

    async def _next_frame(self) -> bytes | None:
        head = await self._read(LENGTH.size)
        if head is None:
            return None
        (length,) = LENGTH.unpack(head)
        most = LONGEST_FRAME if self._known else OVERHEAD + LONGEST_BODY + PREFIXES[-1]
        return await self._read(length) if OVERHEAD <= length <= most else None

    async def _read(self, count: int) -> bytes | None:
        while len(self._left) < count:
            part = await self._stream.receive_some(65536)
            if not part:
                return None
            self._left += part
        data, self._left = self._left[:count], self._left[count:]
        return data

    def _take(self, data: bytes) -> _Act | None:
        """Return what is to be done for one frame; None: nothing, for a stranger."""
        now = trio.current_time()
        arrival = Arrival(
            protocol="tcp",
            address=self._address,
            port=self._port,
            size=len(data),
            at_ns=time.time_ns(),
        )
        sealed = unseal(data)
        if sealed is None:
            return None
        if sealed.frame.op in (Op.HELLO, Op.OPEN):
            reply = self._responder.handle(data, arrival, now=now)
            self._known |= reply is not None and sealed.frame.op == Op.OPEN
            return partial(self._send, reply) if reply is not None else None
        session = self._responder.admit(sealed, now=now)
        if session is None:
            return None
        self._known = True
        return partial(self._act, session, sealed.frame, arrival)

    async def _act(self, session: Session, frame: Frame, arrival: Arrival) -> bool:
        if frame.op == Op.SYN:
            syn = self._sock.getsockopt(socket.IPPROTO_TCP, _TCP_SAVED_SYN, 256)
            return await self._send(self._responder.reply(session, frame, Op.SYN_SEEN, syn))
        if frame.op in (Op.PULL, Op.PUSH) and len(frame.body) == 8:
            count = int.from_bytes(frame.body, "big")
            with trio.move_on_after(_RUN_SECONDS):
                if frame.op == Op.PULL:
                    return await self._give(session, frame, count)
                return await self._swallow(session, frame, count)
            return False
        reply = self._responder.answer(session, frame, arrival, now=trio.current_time())
        if reply is None:
            return False
        if reply.ask.delay_ms:
            with session.holding(train=False):
                await trio.sleep(min(reply.ask.delay_ms / 1000, LONGEST_DELAY))
        return await self._send(reply)

    async def _send(self, reply: Reply) -> bool:
        reply = replace(reply, payload=min(reply.payload, LONGEST_FRAME))
        data = reply.seal(now_ns=time.time_ns())
        await self._stream.send_all(LENGTH.pack(len(data)) + data)
        return True

    async def _give(self, session: Session, frame: Frame, count: int) -> bool:
        """Send plain bytes at the rate of a session, then what they came to."""
        if not self._responder.spend(session, count, now=trio.current_time()):
            return await self._tell(session, frame, 0, 0, 0)
        started = trio.current_time()
        first_ns, left = time.time_ns(), count
        while left:
            part = min(left, _CHUNK)
            await self._stream.send_all(bytes(part))
            left -= part
            session.used_at = trio.current_time()
            await trio.sleep_until(started + (count - left) / self._responder.limits.rate)
        return await self._tell(session, frame, count, first_ns, time.time_ns())

    async def _swallow(self, session: Session, frame: Frame, count: int) -> bool:
        """Read plain bytes, then say when they came."""
        first_ns, left = time.time_ns(), count - len(self._left)
        if left < 0:
            self._left = self._left[count:]
            left = 0
        else:
            self._left = b""
        while left > 0:
            part = await self._stream.receive_some(min(left, _CHUNK))
            if not part:
                return False
            left -= len(part)
            session.used_at = trio.current_time()
        return await self._tell(session, frame, count, first_ns, time.time_ns())

    async def _tell(
        self, session: Session, frame: Frame, count: int, first_ns: int, last_ns: int
    ) -> bool:
        tally = Tally(run=0, packets=0, size=count, first_ns=first_ns, last_ns=last_ns)
        return await self._send(self._responder.reply(session, frame, Op.TALLIED, tally.pack()))
