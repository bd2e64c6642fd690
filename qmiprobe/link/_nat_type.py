# SPDX-License-Identifier: GPL-2.0-or-later
"""What kind of NAT is on the way: whom the world sees, and whom it lets in (RFC 4787, RFC 5780)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from ipaddress import ip_network
from typing import TYPE_CHECKING, Self

import trio

from qmiprobe.sockets import retire, socket_address

from ._events import Datagram, next_events
from ._sockets import open_unconnected, origin_toward, require_netdev
from ._stun import (
    CHANGE_ADDRESS,
    CHANGE_PORT,
    TRANSACTION_BYTES,
    Binding,
    binding_request,
    parse_binding,
)
from ._together import together

if TYPE_CHECKING:
    import socket

    from qmiprobe.bearer import BearerFacts, IPAddress, Targets

    from ._sockets import Origin
    from ._stun import Place

WAITS = (0.3, 0.5, 0.9)
"""Seconds after each of the three times that a request is sent."""
_MOST_SERVERS = 3
_LEAST_PATIENCE = 0.3
_SHARED = ip_network("100.64.0.0/10")


class Behaviour(StrEnum):
    """On what of the other side a NAT's choice depends (RFC 4787)."""

    NONE = "endpoint-independent"
    ADDRESS = "address-dependent"
    ADDRESS_AND_PORT = "address-and-port-dependent"


@dataclass(frozen=True, kw_only=True)
class NatFacts:
    """The NAT between this host and the world."""

    family: int
    own: IPAddress | None = None
    """The session's own address."""
    own_port: int | None = None
    mapped: Place | None = None
    """Whom the first server saw."""
    mappings: tuple[tuple[Place, Place], ...] = ()
    """Each server (address and port), and whom it saw; all asked from one port."""
    mapping: Behaviour | None = None
    """None: not known, since too few servers answered."""
    filtering: Behaviour | None = None
    """Whom it lets in; None: not known, since no server tests it."""
    inconclusive: str | None = None

    @property
    def translated(self) -> bool:
        """Whether the world sees another address than the session's own."""
        return self.mapped is not None and self.own is not None and self.mapped[0] != self.own

    @property
    def shared(self) -> bool:
        """Whether the session's own address is one of RFC 6598: the operator's NAT serves many."""
        return self.own is not None and self.own in _SHARED

    @property
    def keeps_port(self) -> bool:
        """Whether the world sees the port that was bound here."""
        return self.mapped is not None and self.mapped[1] == self.own_port


async def measure_nat_type(bearer: BearerFacts, *, targets: Targets, family: int) -> NatFacts:
    """Return what NAT there is, within 9 s, by the STUN servers of ``targets``.

    Raises CannotTest when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    facts = bearer.family(family)
    own = facts.interface.ip if facts is not None else None
    servers = [place for place in targets.stun if place[0].version == family][:_MOST_SERVERS]
    if own is None or not servers:
        return NatFacts(family=family, own=own, inconclusive="there is no STUN server to ask")
    origin = origin_toward(bearer, servers[0][0])
    try:
        async with _Line(origin, servers[0][0]) as line:
            return await _measure(line, origin, servers, own)
    except OSError as error:
        why = f"this host did not send the packets: {error.strerror}"
        return NatFacts(family=family, own=own, inconclusive=why)


async def _measure(line: _Line, origin: Origin, servers: list[Place], own: IPAddress) -> NatFacts:
    seen: dict[Place, Binding] = {}
    for server in servers:
        answer = await line.ask(server)
        if answer is not None:
            seen[server] = answer
    if not seen:
        return NatFacts(family=own.version, own=own, inconclusive="no STUN server answers")
    first, said = next(iter(seen.items()))
    filtering = None
    if said.other is not None:
        for place in ((first[0], said.other[1]), (said.other[0], first[1])):
            answer = None if place in seen else await line.ask(place)
            if answer is not None:
                seen[place] = answer
        filtering = await _filtering(origin, first, patience=line.patience)
    return NatFacts(
        family=own.version,
        own=own,
        own_port=line.port,
        mapped=said.mapped,
        mappings=tuple((place, answer.mapped) for place, answer in seen.items()),
        mapping=mapping_of({place: answer.mapped for place, answer in seen.items()}),
        filtering=filtering,
    )


def mapping_of(seen: dict[Place, Place]) -> Behaviour | None:
    """Return on what a mapping depends, by whom each server saw; None where one alone did."""
    pairs = [(a, b) for a in seen for b in seen if a < b]
    same_host = [seen[a] == seen[b] for a, b in pairs if a[0] == b[0]]
    others = [seen[a] == seen[b] for a, b in pairs if a[0] != b[0]]
    if not all(same_host):
        return Behaviour.ADDRESS_AND_PORT
    if others and all(others):
        return Behaviour.NONE
    if others:
        return Behaviour.ADDRESS if same_host else Behaviour.ADDRESS_AND_PORT
    return Behaviour.NONE if same_host else None


async def _filtering(origin: Origin, server: Place, *, patience: float) -> Behaviour:
    """Ask, from ports that have asked nobody else, for answers from elsewhere."""

    async def lets_in(change: int) -> bool:
        async with _Line(origin, server[0]) as line:
            line.patience = patience
            return await line.ask(server, change=change) is not None

    changes = (CHANGE_ADDRESS | CHANGE_PORT, CHANGE_PORT)
    others, same_address = await together(partial(lets_in, change) for change in changes)
    if others:
        return Behaviour.NONE
    return Behaviour.ADDRESS if same_address else Behaviour.ADDRESS_AND_PORT


class _Line:
    """One socket, bound but not connected: all servers see the same port of this host."""

    def __init__(self, origin: Origin, remote: IPAddress) -> None:
        self._origin = origin
        self._sock: socket.socket = open_unconnected(origin, remote)
        self.port: int = self._sock.getsockname()[1]
        self.patience = 1.0
        """Part of the usual waiting that is enough, by how quickly answers came."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        retire(self._sock)

    async def ask(self, server: Place, *, change: int = 0) -> Binding | None:
        """Return what a server says, None where it does not answer; OSError where not sent."""
        transaction = random.randbytes(TRANSACTION_BYTES)
        request = binding_request(transaction, change=change)
        for seconds in WAITS:
            self._sock.sendto(request, socket_address(self._origin.netdev, *server))
            started = trio.current_time()
            with trio.move_on_after(seconds * self.patience):
                while True:
                    for event in await next_events(self._sock):
                        if not isinstance(event, Datagram):
                            continue
                        binding = parse_binding(event.data, transaction)
                        if binding is not None:
                            quick = 5 * (trio.current_time() - started) / WAITS[0]
                            self.patience = max(_LEAST_PATIENCE, min(1.0, quick))
                            return binding
        return None
