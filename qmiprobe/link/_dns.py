# SPDX-License-Identifier: GPL-2.0-or-later
"""What the network's own DNS servers say, each asked directly and by the session's netdev only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING

import trio

from ._packets import require_names
from ._query import ask_over_tcp, ask_over_udp
from ._sockets import origin_toward, require_netdev
from ._together import together

if TYPE_CHECKING:
    from qmiprobe.bearer import BearerFacts, IPAddress, Targets

    from ._query import Reply


class DnsResult(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    """With any response code, see ``rcode``."""
    SILENT = "silent"
    REFUSED = "refused"
    """Nothing listens there: port unreachable or RST."""
    UNREACHABLE = "unreachable"
    """Another host said so by ICMP, or this host has no way there."""
    NOT_SENT = "not-sent"
    """This host's kernel refused to send it; EPERM: a filter for outgoing packets."""
    MALFORMED = "malformed"
    """Something came back that is no DNS answer to this question."""


@dataclass(frozen=True, kw_only=True)
class DnsAnswer:
    """One question to one server."""

    server: IPAddress
    name: str
    record: str
    """A or AAAA."""
    result: DnsResult
    rcode: str | None = None
    """NOERROR, NXDOMAIN, SERVFAIL, ..."""
    addresses: tuple[IPAddress, ...] = ()
    transport: str = "udp"
    """udp; tcp where the answer over UDP was cut short."""
    attempts: int = 1
    """Packets sent over UDP until the answer came, or in all."""
    latency_s: float | None = None
    """From the last packet sent to its answer."""
    errno: int | None = None
    error: str | None = None

    @property
    def family(self) -> int:
        """IP family over which the server was asked."""
        return self.server.version


@dataclass(frozen=True, kw_only=True)
class DnsFacts:
    """All questions to all servers that the network gave."""

    answers: tuple[DnsAnswer, ...]
    existing_name: str
    missing_name: str

    def of_server(self, server: IPAddress) -> tuple[DnsAnswer, ...]:
        """Return the answers of one server."""
        return tuple(answer for answer in self.answers if answer.server == server)

    @property
    def servers(self) -> tuple[IPAddress, ...]:
        """Every server that was asked."""
        return tuple(dict.fromkeys(answer.server for answer in self.answers))

    @property
    def answering(self) -> tuple[IPAddress, ...]:
        """Servers that answered at least one question, with whatever response code."""
        heard = {a.server for a in self.answers if a.result is DnsResult.ANSWERED}
        return tuple(server for server in self.servers if server in heard)

    @property
    def resolving(self) -> tuple[IPAddress, ...]:
        """Servers that gave an address for the existing name."""
        useful = {a.server for a in self.answers if a.name == self.existing_name and a.addresses}
        return tuple(server for server in self.servers if server in useful)

    @property
    def hijacked(self) -> tuple[IPAddress, ...]:
        """Servers that gave an address for the name that must not exist."""
        forged = {a.server for a in self.answers if a.name == self.missing_name and a.addresses}
        return tuple(server for server in self.servers if server in forged)


async def ask_dns(bearer: BearerFacts, *, targets: Targets) -> DnsFacts:
    """Ask every server that the network gave for an existing and a missing name, within 4 s.

    A records where the session has IPv4, AAAA where it has IPv6, whatever family the server is
    reached by. Raises CannotTest when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    require_names(targets.existing_name, targets.missing_name)
    records = _records(bearer)
    names = (targets.existing_name, targets.missing_name)
    servers = dict.fromkeys(server for facts in bearer.families for server in facts.dns)
    questions = [(s, name, record) for s in servers for name in names for record in records]
    answers = await together(
        partial(ask_server, bearer, server, name=name, record=record)
        for server, name, record in questions
    )
    return DnsFacts(
        answers=answers,
        existing_name=targets.existing_name,
        missing_name=targets.missing_name,
    )


async def resolve(bearer: BearerFacts, name: str, *, record: str) -> tuple[IPAddress, ...]:
    """Return the addresses that the first server to know ``name`` gives, or none."""
    servers = dict.fromkeys(server for facts in bearer.families for server in facts.dns)
    found: list[tuple[IPAddress, ...]] = []

    async with trio.open_nursery() as nursery:

        async def ask(server: IPAddress) -> None:
            answer = await ask_server(bearer, server, name=name, record=record)
            if answer.addresses:
                found.append(answer.addresses)
                nursery.cancel_scope.cancel()

        for server in servers:
            nursery.start_soon(ask, server)
    return found[0] if found else ()


async def ask_server(
    bearer: BearerFacts, server: IPAddress, *, name: str, record: str
) -> DnsAnswer:
    """Return what ``server`` says of ``name``: over UDP, over TCP where that is cut short."""
    origin = origin_toward(bearer, server)
    question = DnsAnswer(server=server, name=name, record=record, result=DnsResult.SILENT)
    reply = await ask_over_udp(origin, server, name=name, record=record)
    answer = _answer(question, reply)
    if reply.truncated:
        reply = await ask_over_tcp(origin, server, name=name, record=record)
        if reply.result != "answered":
            what = reply.error or reply.result
            reply = replace(reply, error=f"its answer over UDP is cut short, and over TCP: {what}")
        answer = replace(_answer(question, reply), attempts=answer.attempts, transport="tcp")
    return answer


def _records(bearer: BearerFacts) -> list[str]:
    return [record for number, record in ((4, "A"), (6, "AAAA")) if bearer.family(number)]


def _answer(question: DnsAnswer, reply: Reply) -> DnsAnswer:
    return replace(
        question,
        result=DnsResult(reply.result),
        rcode=reply.rcode,
        addresses=tuple(ip_address(text) for text in reply.addresses),
        attempts=reply.attempts,
        latency_s=reply.latency_s,
        errno=reply.errno,
        error=reply.error,
    )
