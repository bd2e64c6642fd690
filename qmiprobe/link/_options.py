# SPDX-License-Identifier: GPL-2.0-or-later
"""What becomes of TCP on the way: its options, its MSS, and who answers a SYN in whose name.

Routers quote the SYN that ends at them, options and all; a SYN that is answered although its TTL
ends before the host was answered by somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import trio

from ._asking import Word, ask
from ._protocols import control_question
from ._sockets import open_quotes, origin_toward, require_netdev
from ._syn import SynFact, syn
from ._tap import open_snaps
from ._tcp_options import Syn, parse_syn
from ._together import together

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence

    from qmiprobe.bearer import BearerFacts, IPAddress, Targets

    from ._sockets import Origin

_HOPS = (1, 2, 3)
_SECONDS = 2.6
_GRACE = 0.1


@dataclass(frozen=True, kw_only=True)
class QuotedSyn:
    """A SYN as it came to a router."""

    hop: int
    by: IPAddress
    syn: Syn


@dataclass(frozen=True, kw_only=True)
class OptionFacts:
    """A SYN as it left, as routers saw it, and what came back."""

    family: int
    target: IPAddress | None = None
    port: int = 0
    sent: Syn | None = None
    """As it left; None without CAP_NET_RAW."""
    returned: Syn | None = None
    """The SYN-ACK as it came in."""
    quoted: tuple[QuotedSyn, ...] = ()
    answered_at: int | None = None
    """The smallest TTL that was taken although a router ends it there: a proxy is before.

    A RST is none: that is a filter, see ``measure_ports``."""
    inconclusive: str | None = None

    @property
    def stripped(self) -> frozenset[str]:
        """Options that left and did not come to a router that quotes them."""
        if self.sent is None:
            return frozenset()
        there = [one.syn.names for one in self.quoted if one.syn.options is not None]
        return self.sent.names.difference(*there[-1:]) if there else frozenset()

    @property
    def rewritten_mss(self) -> int | None:
        """The MSS as a router saw it, where it is another than the one that left."""
        if self.sent is None or self.sent.mss is None:
            return None
        seen = [one.syn.mss for one in self.quoted if one.syn.mss is not None]
        return next((mss for mss in reversed(seen) if mss != self.sent.mss), None)


async def measure_options(bearer: BearerFacts, *, targets: Targets, family: int) -> OptionFacts:
    """Return what becomes of a SYN to the first of the targets' TCP ports, within 4 s.

    Raises CannotTest when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    places = [place for place in targets.tcp if place[0].version == family]
    if bearer.family(family) is None or not places:
        return OptionFacts(family=family, inconclusive="there is no TCP port of this family to ask")
    target, port = places[0]
    origin = origin_toward(bearer, target)
    seen = _Seen(family)
    async with trio.open_nursery() as nursery:
        seen.start(nursery, origin)
        whole, *ended = await together(
            partial(syn, origin, target, port, hops=hop, seconds=_SECONDS) for hop in (None, *_HOPS)
        )
        routers = await _routers(origin, target)
        await trio.sleep(_GRACE)
        nursery.cancel_scope.cancel()
    if not whole.arrived:
        return OptionFacts(family=family, target=target, port=port, inconclusive="no answer")
    answered = [
        hop
        for hop, fact in zip(_HOPS, ended, strict=True)
        if fact.arrived and not fact.refused and hop in routers
    ]
    return OptionFacts(
        family=family,
        target=target,
        port=port,
        sent=seen.syn_of(target, port, ack=False),
        returned=seen.syn_of(target, port, ack=True),
        quoted=seen.quotes(ended, target),
        answered_at=min(answered, default=None),
    )


async def _routers(origin: Origin, target: IPAddress) -> frozenset[int]:
    """Return the hops at which a router, and not the host, ends a datagram."""
    asked = await ask(
        [control_question(origin, target, hop) for hop in _HOPS], round_seconds=(0.4, 1.1)
    )
    return frozenset(
        hop
        for hop, one in zip(_HOPS, asked, strict=True)
        if one.heard is not None and one.heard.word is Word.TIME_EXCEEDED
    )


class _Seen:
    """What a tap and a socket for ICMP saw meanwhile."""

    def __init__(self, family: int) -> None:
        self._family = family
        self._passed: list[Syn] = []
        self._quoted: list[tuple[str, Syn]] = []

    def start(self, nursery: trio.Nursery, origin: Origin) -> None:
        """Begin to listen, as far as this process may."""
        try:
            tap = open_snaps(origin.netdev)
            quotes = open_quotes(origin, self._family)
        except OSError:
            return
        nursery.start_soon(self._watch, tap)
        nursery.start_soon(self._listen, quotes)

    async def _watch(self, tap: socket.socket) -> None:
        with tap:
            while True:
                await trio.lowlevel.wait_readable(tap)
                found = parse_syn(tap.recv(256))
                if found is not None:
                    self._passed.append(found)

    async def _listen(self, quotes: socket.socket) -> None:
        with quotes:
            while True:
                await trio.lowlevel.wait_readable(quotes)
                data, sender = quotes.recvfrom(2048)
                icmp = data[(data[0] & 15) * 4 :] if self._family == 4 and data else data
                exceeded = icmp[:1] == (b"\x0b" if self._family == 4 else b"\x03")
                found = parse_syn(icmp[8:]) if exceeded else None
                if found is not None:
                    self._quoted.append((str(sender[0]).partition("%")[0], found))

    def syn_of(self, target: IPAddress, port: int, *, ack: bool) -> Syn | None:
        """Return the first SYN to ``target``, or SYN-ACK from there, that the netdev carried."""
        ends = ((one.source, one.source_port) if ack else (one.destination, one.destination_port)
                for one in self._passed)  # fmt: skip
        pairs = zip(ends, self._passed, strict=True)
        wanted = (target.packed, port)
        return next((one for end, one in pairs if end == wanted and one.ack is ack), None)

    def quotes(self, ended: Sequence[SynFact], target: IPAddress) -> tuple[QuotedSyn, ...]:
        """Return what each router quoted, by the hop at which its SYN ended."""
        found = []
        for hop, fact in zip(_HOPS, ended, strict=True):
            by = fact.heard.by if fact.heard is not None else None
            for sender, one in self._quoted:
                if by is not None and sender == str(by) and one.destination == target.packed:
                    found.append(QuotedSyn(hop=hop, by=by, syn=one))
                    break
        return tuple(found)
