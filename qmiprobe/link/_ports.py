# SPDX-License-Identifier: GPL-2.0-or-later
"""Which ports pass: those of VPNs over UDP, and a few of TCP."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import trio

from ._asking import PROOFS, Word, ask, echo_question, udp_question
from ._packets import dns_query
from ._peers import TCP, watch_peers
from ._protocols import CLOSED_PORT, control_question
from ._reach import quic_hello
from ._sockets import origin_toward, require_netdev
from ._stun import TRANSACTION_BYTES, binding_request
from ._syn import SynFact, syn
from ._together import together
from ._walk import Kind, Passage, WalkFacts, walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmiprobe.bearer import BearerFacts, IPAddress, Targets

    from ._asking import Question
    from ._sockets import Origin

UDP_PORTS = {
    53: "DNS",
    443: "QUIC",
    500: "IKE",
    1194: "OpenVPN",
    1701: "L2TP",
    3478: "STUN",
    4500: "IPsec NAT-T",
    51820: "WireGuard",
}
TCP_PORTS = {22: "SSH", 80: "HTTP", 443: "HTTPS", 1194: "OpenVPN", 1723: "PPTP"}
_CONTROLS = (f"udp {CLOSED_PORT}", "udp 53", "udp 443", "echo")
_MOST_HOSTS = 2
_REST_SECONDS, _AGAIN_SECONDS = 1.5, (0.7,)
_MOST_AGAIN = 4
_FIRST_HOPS = (1, 2, 3, 4)


@dataclass(frozen=True, kw_only=True)
class PortFacts:
    """How far packets to each port get, toward each host that was asked."""

    family: int
    walks: tuple[WalkFacts, ...] = ()
    """Kinds are ``udp 500``, ``tcp 443``, and ``echo`` beside them."""
    kept: frozenset[str] = frozenset()
    """TCP ports to which not one SYN has left: a filter of this host drops them."""
    eaten: frozenset[str] = frozenset()
    """Those whose answers came in and reached no socket."""
    inconclusive: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All kinds that are ports."""
        return tuple(
            one.name for walk in self.walks[:1] for one in walk.passages if one.name != "echo"
        )

    def of(self, name: str) -> tuple[Passage, ...]:
        """Return how far packets to one port came, toward each host."""
        return tuple(walk.passage(name) for walk in self.walks)

    def blocked(self, name: str) -> bool:
        """Whether the path is proven to keep a port's packets back."""
        seen = self.of(name)
        return any(one.dropped for one in seen) and not any(one.arrived for one in seen)


async def measure_ports(
    bearer: BearerFacts, *, targets: Targets, family: int, proofs: int = PROOFS
) -> PortFacts:
    """Return which ports pass, toward two of the targets, within 25 s.

    Raises CannotTest when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    hosts = [host for host in targets.echo if host.version == family][:_MOST_HOSTS]
    if bearer.family(family) is None or not hosts:
        return PortFacts(family=family, inconclusive="there is no host of this family to ask")

    async def one(host: IPAddress) -> WalkFacts:
        return await _toward(origin_toward(bearer, host), host, targets.existing_name, proofs)

    with watch_peers(bearer.netdev) as seen:
        walks = await together(partial(one, host) for host in hosts)
        passed = seen()
    found = PortFacts(family=family, walks=walks)
    if await _now_and_then(bearer, targets, found):
        why = "each port is answered now and then: new flows are rationed"
        return PortFacts(family=family, inconclusive=why)
    if passed is None:
        return found
    blocked = {f"tcp {port}": port for port in TCP_PORTS if found.blocked(f"tcp {port}")}
    return replace(
        found,
        kept=frozenset(
            name
            for name, port in blocked.items()
            if passed.left and not any(passed.sent_to(host, TCP, port) for host in hosts)
        ),
        eaten=frozenset(
            name
            for name, port in blocked.items()
            if any(passed.answered(host, TCP, port) for host in hosts)
            and not any(one.rejection for one in found.of(name))
        ),
    )


async def _now_and_then(bearer: BearerFacts, targets: Targets, found: PortFacts) -> bool:
    """Whether datagrams to ports that seem blocked come through on new flows, some of them.

    A limit of new flows lets the first ones pass: what was sent before has used it up.
    """
    silent = [
        (walk.target, int(name.split()[1]))
        for walk in found.walks
        for name in found.names
        if name.startswith("udp") and found.blocked(name) and walk.passage(name).lost_before
    ]
    if not silent:
        return False
    await trio.sleep(_REST_SECONDS)
    for host, port in silent[:_MOST_AGAIN]:  # one by one: together they would be too many again
        payload = _greeting(port, targets.existing_name)
        origin = origin_toward(bearer, host)
        question = udp_question(f"udp {port}", origin, host, port, payload=payload)
        if any(one.there for one in await ask([question], round_seconds=_AGAIN_SECONDS)):
            return True
    return False


async def _toward(origin: Origin, host: IPAddress, name: str, proofs: int) -> WalkFacts:
    kinds: dict[str, Kind] = {
        f"udp {port}": partial(_datagram, origin, host, port, name)
        for port in (CLOSED_PORT, *UDP_PORTS)
    }
    kinds["echo"] = partial(_echo, origin, host)
    found: list[WalkFacts] = []

    async def udp() -> tuple[Passage, ...]:
        found.append(await walk(host, kinds, controls=_CONTROLS, proofs=proofs))
        return found[0].passages

    async def tcp() -> tuple[Passage, ...]:
        return await _tcp(origin, host, times=-(-proofs // PROOFS))

    over_udp, over_tcp = await together((udp, tcp))
    hops = found[0].hops
    silent = [one.name for one in over_tcp if not (one.arrived or one.dropped or one.errno)]
    if silent and len(silent) < len(over_tcp):
        over_tcp = await _tcp_at_hops(origin, host, over_tcp, silent, hops or _FIRST_HOPS, proofs)
    return WalkFacts(
        target=host,
        passages=(*over_udp, *await _without_forged(origin, host, over_tcp, hops)),
        control=found[0].control,
        hops=hops,
    )


async def _without_forged(
    origin: Origin, host: IPAddress, passages: Sequence[Passage], hops: Sequence[int]
) -> tuple[Passage, ...]:
    """Ask for ports that a RST came from once more, by a SYN that ends at the last router.

    What resets that one is somebody on the way, who speaks in the host's name.
    """
    refused = [one.name for one in passages if one.refused]
    if not hops:
        asked = await ask(
            [control_question(origin, host, hop) for hop in _FIRST_HOPS], round_seconds=(0.4, 1.1)
        )
        hops = [
            hop
            for hop, one in zip(_FIRST_HOPS, asked, strict=True)
            if one.heard is not None and one.heard.word is Word.TIME_EXCEEDED
        ]
    if not refused or not hops:
        return tuple(passages)
    facts = await together(
        partial(syn, origin, host, int(name.split()[1]), hops=max(hops), seconds=1.5)
        for name in refused
    )
    forged = {name for name, fact in zip(refused, facts, strict=True) if fact.refused}
    return tuple(
        replace(one, arrived=False, lost_before=max(hops), rejection=Word.ANSWER)
        if one.name in forged
        else one
        for one in passages
    )


def _datagram(origin: Origin, host: IPAddress, port: int, name: str, hops: int | None) -> Question:
    return udp_question(f"udp {port}", origin, host, port, payload=_greeting(port, name), hops=hops)


def _greeting(port: int, name: str) -> bytes:
    """Return what a server on that port answers, where one may well be."""
    if port == 53:
        return dns_query(name, "A", 1)
    if port == 443:
        return quic_hello(random.randbytes(8), random.randbytes(8))
    return binding_request(random.randbytes(TRANSACTION_BYTES)) if port == 3478 else bytes(16)


def _echo(origin: Origin, host: IPAddress, hops: int | None) -> Question:
    return echo_question("echo", origin, host, hops=hops)


async def _tcp(origin: Origin, host: IPAddress, *, times: int) -> tuple[Passage, ...]:
    facts = await together(partial(_syns, origin, host, port, times) for port in TCP_PORTS)
    return tuple(_passage(f"tcp {port}", fact) for port, fact in zip(TCP_PORTS, facts, strict=True))


async def _syns(
    origin: Origin, host: IPAddress, port: int, times: int, hops: int | None = None
) -> SynFact:
    """Send a SYN as often as it takes on a path that loses packets."""
    fact = SynFact()
    for _ in range(times):
        fact = await syn(origin, host, port, hops=hops)
        if fact.heard is not None or fact.errno is not None:
            break
    return fact


def _passage(name: str, fact: SynFact) -> Passage:
    if fact.arrived or fact.heard is None:
        return Passage(name=name, arrived=fact.arrived, refused=fact.refused, errno=fact.errno)
    return Passage(name=name, rejected_by=fact.heard.by, rejection=fact.heard.word)


async def _tcp_at_hops(
    origin: Origin,
    host: IPAddress,
    passages: Sequence[Passage],
    silent: Sequence[str],
    hops: Sequence[int],
    proofs: int,
) -> tuple[Passage, ...]:
    """Send SYNs that end on the way, beside those to a port that is known to be reached."""
    control = next((one.name for one in passages if one.arrived), None)
    if control is None:
        return tuple(passages)
    pairs = [(name, hop) for name in (control, *silent) for hop in hops]
    facts = await together(
        partial(_syns, origin, host, int(name.split()[1]), -(-proofs // PROOFS), hop)
        for name, hop in pairs
    )
    seen = dict(zip(pairs, facts, strict=True))
    there = [hop for hop in hops if _exceeded(seen[control, hop])]
    return tuple(
        _between(one, {hop: seen[one.name, hop] for hop in there}) if one.name in silent else one
        for one in passages
    )


def _exceeded(fact: SynFact) -> bool:
    return fact.heard is not None and fact.heard.word is Word.TIME_EXCEEDED


def _between(passage: Passage, seen: dict[int, SynFact]) -> Passage:
    passed = tuple(hop for hop, fact in seen.items() if _exceeded(fact))
    furthest = max(passed, default=0)
    lost = next((hop for hop, fact in seen.items() if hop > furthest and not fact.heard), None)
    return Passage(name=passage.name, passed=passed, lost_before=lost, lost_after=furthest)
