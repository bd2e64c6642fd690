# SPDX-License-Identifier: GPL-2.0-or-later
"""The DNS servers of the simulated network, over UDP and TCP."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import trio

from . import _addresses

if TYPE_CHECKING:
    from dns.message import Message
    from dns.name import Name

    from qmiprobe.bearer import IPAddress

    from ._faults import NetworkFaults

_TTL = 60
_IDLE_SECONDS = 10.0
_LONGEST = 65535
_EDNS_PAYLOAD = 1232


async def serve_udp(server: trio.socket.SocketType, faults: NetworkFaults) -> None:
    """Answer every query that comes to ``server``, for ever."""
    while True:
        query, client = await server.recvfrom(_LONGEST)
        answer = answer_query(query, faults, truncated=faults.dns_truncated)
        if answer is not None:
            try:
                await server.sendto(answer, client)
            except OSError:
                continue  # the client is gone; what it asked is lost, as on any network


async def serve_tcp(stream: trio.SocketStream, faults: NetworkFaults) -> None:
    """Answer the queries of one connection until it ends or falls silent."""
    async with stream:
        with trio.move_on_after(_IDLE_SECONDS):
            try:
                while (query := await _read_message(stream)) is not None:
                    answer = answer_query(query, faults)
                    if answer is None:
                        return
                    await stream.send_all(struct.pack("!H", len(answer)) + answer)
            except trio.BrokenResourceError:
                return


def answer_query(query: bytes, faults: NetworkFaults, *, truncated: bool = False) -> bytes | None:
    """Return the small answer to a query of any size (EDNS padding included), None for noise."""
    import dns.exception
    import dns.flags
    import dns.message
    import dns.rcode

    try:
        asked = dns.message.from_wire(query)
        answer = dns.message.make_response(asked, recursion_available=True)
    except dns.exception.DNSException:
        return None
    if asked.edns >= 0:
        answer.use_edns(0, payload=_EDNS_PAYLOAD)  # without options: a padded query, a small answer
    if truncated:
        answer.flags |= dns.flags.TC
    elif len(asked.question) != 1:
        answer.set_rcode(dns.rcode.FORMERR)
    else:
        _fill(answer, asked.question[0].name, asked.question[0].rdtype, faults)
    return answer.to_wire()


def _fill(answer: Message, name: Name, kind: int, faults: NetworkFaults) -> None:
    import dns.rcode
    import dns.rrset

    addresses = _look_up(name.to_text(omit_final_dot=True).lower(), faults)
    if addresses is None:
        answer.set_rcode(dns.rcode.NXDOMAIN)
        return
    family, record = {1: (4, "A"), 28: (6, "AAAA")}.get(kind, (0, ""))
    texts = [str(address) for address in addresses if address.version == family]
    if texts:
        answer.answer.append(dns.rrset.from_text(name, _TTL, "IN", record, *texts))


def _look_up(name: str, faults: NetworkFaults) -> tuple[IPAddress, ...] | None:
    if name in _addresses.NAMES:
        return _addresses.NAMES[name]
    return (_addresses.PORTAL_V4, _addresses.PORTAL_V6) if faults.dns_hijacked else None


async def _read_message(stream: trio.SocketStream) -> bytes | None:
    """Return the next message of a connection, None at its end."""
    length = await _read_exactly(stream, 2)
    if length is None:
        return None
    return await _read_exactly(stream, int.from_bytes(length, "big"))


async def _read_exactly(stream: trio.SocketStream, count: int) -> bytes | None:
    data = b""
    while len(data) < count:
        part = await stream.receive_some(count - len(data))
        if not part:
            return None
        data += part
    return data
