# SPDX-License-Identifier: GPL-2.0-or-later
"""What comes back for a SYN, also for one whose TTL ends on the way."""

from __future__ import annotations

import errno
import socket
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import trio

from qmiprobe.sockets import retire, socket_address

from ._asking import Heard, Word, word_of
from ._events import Datagram, drain
from ._sockets import mark, open_tcp

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

    from ._sockets import Origin

RESET = struct.pack("ii", 1, 0)  # struct linger: close() resets
SYN_SECONDS = 3.6
"""The kernel sends a SYN again after one and after three seconds: three in all."""


@dataclass(frozen=True)
class SynFact:
    """What came of one SYN, with its two repetitions."""

    heard: Heard | None = None
    """A connection or a RST is an answer; ``by`` is None then."""
    refused: bool = False
    """A RST came."""
    errno: int | None = None
    """Why this host's own kernel did not send it."""

    @property
    def arrived(self) -> bool:
        """Whether the host that was asked answered."""
        return self.heard is not None and self.heard.word is Word.ANSWER


async def syn(
    origin: Origin,
    target: IPAddress,
    port: int,
    *,
    hops: int | None = None,
    seconds: float = SYN_SECONDS,
) -> SynFact:
    """Return what comes back for a SYN within ``seconds``; the connection is ended at once."""
    try:
        sock = open_tcp(origin, target)
    except OSError as error:
        return SynFact(errno=error.errno)
    started, number = trio.current_time(), None
    try:
        mark(sock, hops=hops)
        number = sock.connect_ex(socket_address(origin.netdev, target, port))
        if number == errno.EINPROGRESS:
            number = None
            with trio.move_on_after(seconds):
                await trio.lowlevel.wait_writable(sock)
                number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        elif number:
            return SynFact(errno=number)
        return _judge(sock, number, trio.current_time() - started, target.version)
    finally:
        if number:
            sock.close()
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)  # see Stream.close
            retire(sock)


def _judge(sock: socket.socket, number: int | None, latency: float, family: int) -> SynFact:
    errors = [one for one in drain(sock) if not isinstance(one, Datagram) and one.from_network]
    if errors:
        return SynFact(Heard(word_of(errors[0], family=family), errors[0].offender, latency))
    if number is None or number == errno.ETIMEDOUT:
        return SynFact()
    if number in (0, errno.ECONNREFUSED):
        return SynFact(Heard(Word.ANSWER, None, latency), refused=number != 0)
    return SynFact(errno=number)
