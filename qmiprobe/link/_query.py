# SPDX-License-Identifier: GPL-2.0-or-later
"""One DNS question over UDP or TCP on bound sockets; dnspython builds and reads the messages."""

from __future__ import annotations

import errno
import os
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import trio

from qmiprobe.sockets import retire

from ._events import Datagram, NetworkError, next_events
from ._probes import PORT_UNREACHABLE
from ._sockets import open_udp
from ._stream import connect

if TYPE_CHECKING:
    import socket

    from dns.message import Message

    from qmiprobe.bearer import IPAddress

    from ._sockets import Origin
    from ._stream import Stream

ATTEMPTS = 3
ATTEMPT_SECONDS = 1.0
_TCP_SECONDS = 2.0
_PORT = 53


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What came of one question; ``result`` is a value of DnsResult."""

    result: str
    rcode: str | None = None
    addresses: tuple[str, ...] = ()
    truncated: bool = False
    attempts: int = 1
    latency_s: float | None = None
    errno: int | None = None
    error: str | None = None


async def ask_over_udp(origin: Origin, server: IPAddress, *, name: str, record: str) -> Reply:
    """Ask up to three times, 1 s each; every attempt may still be answered in a later one."""
    import dns.message

    query = dns.message.make_query(name, record)
    try:
        sock = open_udp(origin, server, _PORT)
    except OSError as error:
        return _not_sent(error)
    reply = Reply(result="silent")
    try:
        for attempt in range(1, ATTEMPTS + 1):
            started = trio.current_time()
            sock.send(query.to_wire())
            with trio.move_on_after(ATTEMPT_SECONDS):
                reply = await _wait(sock, query, server)
                return replace(reply, attempts=attempt, latency_s=trio.current_time() - started)
        return replace(reply, attempts=ATTEMPTS)
    except OSError as error:
        return _not_sent(error)
    finally:
        if reply.result == "answered":
            sock.close()
        else:
            retire(sock)


async def ask_over_tcp(origin: Origin, server: IPAddress, *, name: str, record: str) -> Reply:
    """Ask once over a connection of its own, within 2 s."""
    import dns.message

    query = dns.message.make_query(name, record)
    started = trio.current_time()
    with trio.move_on_after(_TCP_SECONDS):
        try:
            async with await connect(origin, server, _PORT) as stream:
                await stream.send_all(_with_length(query.to_wire()))
                data = await _read_message(stream)
        except OSError as error:
            refused = error.errno in (errno.ECONNREFUSED, errno.ECONNRESET)
            return replace(_not_sent(error), result="refused" if refused else "unreachable")
        reply = read_reply(data, query) or Reply(result="malformed", error="not an answer to it")
        return replace(reply, latency_s=trio.current_time() - started)
    return Reply(result="silent")


def read_reply(data: bytes, query: Message) -> Reply | None:
    """Return what a message says, or None where it is no response to ``query``.

    A response that dnspython cannot read is ``malformed``. Never raises.
    """
    import dns.exception
    import dns.flags
    import dns.message
    import dns.rcode

    if len(data) < 12 or data[:2] != query.id.to_bytes(2, "big") or not data[2] & 0x80:
        return None
    try:
        message = dns.message.from_wire(data, ignore_trailing=True)
        if message.question and not query.is_response(message):
            return None
        addresses = _addresses(message)
        rcode = dns.rcode.to_text(message.rcode())
    except (dns.exception.DNSException, ValueError, struct.error, IndexError) as error:
        return Reply(result="malformed", error=f"the answer cannot be read: {error}")
    truncated = bool(message.flags & dns.flags.TC)
    return Reply(result="answered", rcode=rcode, addresses=addresses, truncated=truncated)


def _addresses(message: Message) -> tuple[str, ...]:
    """Return the addresses of all A and AAAA records, whatever CNAMEs lead to them."""
    import dns.rdatatype

    kinds = (dns.rdatatype.A, dns.rdatatype.AAAA)
    return tuple(
        rdata.address for rrset in message.answer for rdata in rrset if rdata.rdtype in kinds
    )


async def _wait(sock: socket.socket, query: Message, server: IPAddress) -> Reply:
    """Return the first reply to ``query``; what belongs to another question is passed over."""
    while True:
        for event in await next_events(sock):
            if isinstance(event, Datagram):
                reply = read_reply(event.data, query)
                if reply is not None:
                    return reply
            else:
                return _refusal(event, server)


def _refusal(error: NetworkError, server: IPAddress) -> Reply:
    place = "this host" if not error.from_network else str(error.offender)
    port = (error.type, error.code) == PORT_UNREACHABLE[server.version]
    if error.from_network and port and error.offender == server:
        result = "refused"
    else:
        result = "unreachable" if error.from_network else "not-sent"
    text = f"{os.strerror(error.errno)} (says {place})"
    return Reply(result=result, errno=error.errno, error=text)


def _not_sent(error: OSError) -> Reply:
    return Reply(result="not-sent", errno=error.errno, error=error.strerror)


def _with_length(message: bytes) -> bytes:
    return struct.pack("!H", len(message)) + message


async def _read_message(stream: Stream) -> bytes:
    """Return the message of a TCP answer; shorter, or empty, where the connection ends early."""
    data = b""
    while len(data) < 2 or len(data) < 2 + int.from_bytes(data[:2], "big"):
        part = await stream.receive_some(4096)
        if not part:
            break
        data += part
    return data[2:]
