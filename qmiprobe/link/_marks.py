# SPDX-License-Identifier: GPL-2.0-or-later
"""Do packets pass with other marks than usual: TTL, ECN, DSCP; and do their marks stay?

A packet that differs in its mark only and is never answered, while the plain one is, was dropped
for its mark. What a router quotes of a packet that ends there shows how the mark came to it.
"""

from __future__ import annotations

import errno
import struct
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

import trio

from qmiprobe.sockets import retire

from ._asking import PROOFS, ask, echo_question, udp_question
from ._packets import dns_query
from ._protocols import CLOSED_PORT
from ._sockets import mark as give_mark
from ._sockets import open_quotes, open_udp, origin_toward, require_netdev

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmiprobe.bearer import BearerFacts, IPAddress, Targets

    from ._asking import Question
    from ._sockets import Origin

USUAL_TTL = 64
TTLS = (63, 65, 128)
"""63 is what a tethered Linux or Android has left, 128 what Windows starts with, 65 a usual
counter-measure behind one more hop."""
TOS = {"ect0": 0x02, "ect1": 0x01, "ce": 0x03, "ef": 0xB8, "af42": 0x88}
"""0x88 is what the kernel's WireGuard gives its handshakes, 0xB8 what telephony has."""
_HOPS = (1, 2, 3)
_MOST_DROPPED = 6
"""Of the eight marks: nobody filters by all properties at once."""
_QUOTE_LEAST, _QUOTE_MOST = 1.0, 2.0


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """How one mark came to a router, as it quotes it."""

    hop: int
    by: IPAddress
    sent: int
    """TOS byte."""
    seen: int


@dataclass(frozen=True, kw_only=True)
class MarkFacts:
    """What became of packets with marks, by name: ``ttl 63``, ``ect0``, ``ef``."""

    family: int
    target: IPAddress | None = None
    passed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    """Those of them that this host's own filter did not let out."""
    quoted: tuple[Quoted, ...] = ()
    """Empty without CAP_NET_RAW, or where no router answers."""
    inconclusive: str | None = None

    @property
    def changed(self) -> dict[str, Quoted]:
        """By name of the mark: the first router to which it came as another."""
        names = {value: name for name, value in TOS.items()}
        found: dict[str, Quoted] = {}
        for one in sorted(self.quoted, key=lambda one: one.hop):
            if one.seen != one.sent:
                found.setdefault(names[one.sent], one)
        return found


async def measure_marks(
    bearer: BearerFacts, *, targets: Targets, family: int, proofs: int = PROOFS
) -> MarkFacts:
    """Return which marks pass, within 8 s: echo requests, DNS queries where those are silent.

    Raises CannotTest when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    facts = bearer.family(family)
    if facts is None:
        return MarkFacts(family=family, inconclusive="the session has no such family")
    ways = list(_ways(bearer, targets, family))
    plain, latency = await _answered([way("plain") for way in ways])
    if plain is None:
        return MarkFacts(family=family, inconclusive="no host answers a packet without marks")
    way = ways[plain]
    marks = [way(f"ttl {ttl}", hops=ttl) for ttl in TTLS]
    marks += [way(name, tos=tos) for name, tos in TOS.items()]
    marks = [replace(one, beside="plain") for one in marks]
    target = marks[0].target
    origin = origin_toward(bearer, target)
    seconds = max(_QUOTE_LEAST, min(_QUOTE_MOST, 5 * latency))
    quoted = await _quotes(origin, target, seconds)
    asked = (await ask([way("plain"), *marks], proofs=proofs))[1:]
    dropped = tuple(one.question.label for one in asked if one.lost)
    if len(dropped) > _MOST_DROPPED:
        why = "the host answers only some of all packets"
        return MarkFacts(family=family, target=target, quoted=quoted, inconclusive=why)
    return MarkFacts(
        family=family,
        target=target,
        passed=tuple(one.question.label for one in asked if one.heard),
        dropped=dropped,
        unknown=tuple(one.question.label for one in asked if not one.heard and not one.lost),
        refused=tuple(
            one.question.label for one in asked if one.errno in (errno.EPERM, errno.EACCES)
        ),
        quoted=quoted,
    )


class _Way(Protocol):
    """Makes a packet with the marks that are given."""

    def __call__(self, label: str, *, hops: int | None = None, tos: int | None = None) -> Question:
        """Return it."""


def _ways(bearer: BearerFacts, targets: Targets, family: int) -> Iterator[_Way]:
    """Yield how to ask: hosts beyond the carrier come first, since it is the carrier that marks."""
    for host in targets.echo:
        if host.version == family:
            yield partial(echo_question, origin=origin_toward(bearer, host), target=host)
    facts = bearer.family(family)
    for server in (*targets.resolvers, *(facts.dns if facts else ())):
        if server.version == family:
            query = dns_query(targets.existing_name, "A", 7)
            origin = origin_toward(bearer, server)
            yield partial(udp_question, origin=origin, target=server, port=53, payload=query)


async def _answered(questions: Sequence[Question]) -> tuple[int | None, float]:
    """Return which one is answered, the first where several are, and after how many seconds."""
    asked = await ask(questions, round_seconds=(0.4, 0.8))
    heard = [(number, one.heard) for number, one in enumerate(asked) if one.there and one.heard]
    return (heard[0][0], heard[0][1].latency_s) if heard else (None, 0.0)


async def _quotes(origin: Origin, target: IPAddress, seconds: float) -> tuple[Quoted, ...]:
    """Send datagrams with each TOS that end at the first hops; return what those quote."""
    try:
        listening = open_quotes(origin, target.version)
    except OSError:
        return ()
    found: dict[tuple[int, int], Quoted] = {}
    with listening:
        ports = _send_marked(origin, target)
        awaited = set(ports)

        async def listen() -> None:
            while awaited:
                await trio.lowlevel.wait_readable(listening)
                data, sender = listening.recvfrom(2048)
                quote = quoted_packet(target.version, data)
                if quote is None or quote.port not in ports:
                    continue
                awaited.discard(quote.port)
                hop, tos = ports[quote.port]
                by = type(target)(str(sender[0]).partition("%")[0])
                if quote.exceeded and by != target:
                    found[hop, tos] = Quoted(hop=hop, by=by, sent=tos, seen=quote.tos)

        with trio.move_on_after(seconds):
            await listen()
    return tuple(found[key] for key in sorted(found))


def _send_marked(origin: Origin, target: IPAddress) -> dict[int, tuple[int, int]]:
    """Return hop and TOS of what was sent, by source port."""
    ports: dict[int, tuple[int, int]] = {}
    for hop in _HOPS:
        for tos in TOS.values():
            try:
                sock = open_udp(origin, target, CLOSED_PORT)
                give_mark(sock, hops=hop, tos=tos)
                sock.send(bytes(16))
            except OSError:
                continue
            ports[sock.getsockname()[1]] = (hop, tos)
            retire(sock)
    return ports


class Quote(NamedTuple):
    """A UDP packet as an ICMP error quotes it."""

    exceeded: bool
    """Its TTL ended there; else it came to the host that it was meant for."""
    tos: int
    port: int
    """Source port."""


def quoted_packet(family: int, data: bytes) -> Quote | None:
    """Return the UDP packet that an ICMP error quotes, or None.

    ``data``: as a raw socket gives it, over IPv4 with the IP header.
    """
    icmp = data[(data[0] & 15) * 4 :] if family == 4 and data else data
    quote = icmp[8:]
    if family == 4:
        if len(icmp) < 36 or icmp[0] not in (3, 11) or quote[9] != 17:
            return None
        tos, transport = quote[1], quote[(quote[0] & 15) * 4 :]
    else:
        if len(icmp) < 56 or icmp[0] not in (1, 3) or quote[6] != 17:
            return None
        tos, transport = (struct.unpack_from("!H", quote)[0] >> 4) & 0xFF, quote[40:]
    if len(transport) < 2:
        return None
    exceeded = icmp[0] == (11 if family == 4 else 3)
    return Quote(exceeded, tos, int(struct.unpack_from("!H", transport)[0]))
