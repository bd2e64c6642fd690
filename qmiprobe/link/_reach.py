# SPDX-License-Identifier: GPL-2.0-or-later
"""Is the world beyond the operator there: five kinds of traffic, two hosts each, one family.

No kind proves anything alone: ICMP is filtered here, QUIC there. Two kinds that come back do.
"""

from __future__ import annotations

import errno
import os
import random
import struct
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

import trio

from ._exchange import exchange
from ._packets import answers_dns, dns_query, require_names
from ._peers import TCP, UDP, watch_peers
from ._probes import Probe, ProbeKind, ProbeResult
from ._sockets import origin_toward, require_netdev
from ._times import is_time, time_request
from ._together import together

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from qmiprobe.bearer import BearerFacts, IPAddress, Targets

    from ._peers import Passed

SECONDS = 3.0
_MOST = 2
_CLOSED = 33434  # where traceroute begins: nobody listens there
_VERSION = 0x1A2A3A4A  # of the pattern that servers must answer with a list (RFC 9000, 15)


class ReachKind(StrEnum):
    """What a probe looks like to the network."""

    DNS = "dns"
    TCP = "tcp"
    ECHO = "echo"
    NTP = "ntp"
    QUIC = "quic"
    UDP = "udp"
    """A port where nothing listens, of a host that is there: only where no other UDP is asked."""


@dataclass(frozen=True, kw_only=True)
class Reached:
    """One host asked in one way."""

    kind: ReachKind
    target: IPAddress
    port: int | None
    result: ProbeResult
    latency_s: float | None = None
    errno: int | None = None
    offender: IPAddress | None = None
    prohibited: bool = False
    """An ICMP error says that a filter forbids it."""
    odd: bool = False
    """Something came that is no answer to it."""
    kept: bool = False
    """This host itself did not let it out."""
    eaten: bool = False
    """Its answer came in on the netdev and reached no socket."""

    @property
    def there(self) -> bool:
        """Whether the host itself answered, if with a refusal."""
        return self.result in (ProbeResult.ANSWERED, ProbeResult.REFUSED)


@dataclass(frozen=True, kw_only=True)
class ReachFacts:
    """What came back from hosts beyond the operator over one family."""

    family: int
    reached: tuple[Reached, ...]

    @property
    def kinds(self) -> tuple[ReachKind, ...]:
        """Kinds that came back from at least one host."""
        return tuple(k for k in ReachKind if any(r.there for r in self.reached if r.kind is k))

    @property
    def silent(self) -> tuple[ReachKind, ...]:
        """Kinds that were asked and came back from no host.

        Of a closed port only a refusal by somebody on the way counts: many hosts never answer. A
        host that says nothing at all, where others do, is down: that tells of no kind.
        """
        down = self._down
        asked = {
            one.kind
            for one in self.reached
            if one.kind is not ReachKind.UDP or one.offender is not None
            if one.target not in down and not one.kept and not one.eaten
        }
        return tuple(kind for kind in ReachKind if kind in asked and kind not in self.kinds)

    @property
    def kept(self) -> tuple[ReachKind, ...]:
        """Kinds that this host let out to no host that was asked."""
        return self._only(lambda one: one.kept)

    @property
    def eaten(self) -> tuple[ReachKind, ...]:
        """Kinds whose answers came in and were lost in this host, each of them."""
        return self._only(lambda one: one.eaten)

    def _only(self, holds: Callable[[Reached], bool]) -> tuple[ReachKind, ...]:
        return tuple(
            kind
            for kind in ReachKind
            if kind not in self.kinds and any(holds(r) for r in self.reached if r.kind is kind)
        )

    @property
    def _down(self) -> frozenset[IPAddress]:
        """Hosts that were asked in several ways and answered in none, where another one did."""
        asked = {one.target: set[ReachKind]() for one in self.reached}
        for one in self.reached:
            asked[one.target].add(one.kind)
        alive = {one.target for one in self.reached if one.there}
        alive |= {one.target for one in self.reached if one.eaten}
        dead = (host for host, kinds in asked.items() if len(kinds) > 1 and host not in alive)
        return frozenset(dead if alive else ())


async def measure_reach(bearer: BearerFacts, *, targets: Targets, family: int) -> ReachFacts:
    """Return who answers beyond the operator, over one family, within 3 s.

    Where some kinds come back and others do not, those are asked once more, in as much time: a
    lossy link loses three packets of a kind now and then. Raises CannotTest when the netdev is
    not there or may not be used.
    """
    require_netdev(bearer.netdev)
    require_names(targets.existing_name)
    places = {
        kind: [place for place in all_of_them if place[0].version == family][:_MOST]
        for kind, all_of_them in _places(targets).items()
    }
    if not any(places[kind] for kind in (ReachKind.DNS, ReachKind.NTP, ReachKind.QUIC)):
        places[ReachKind.UDP] = [(host, _CLOSED) for host, _ in places[ReachKind.ECHO]]
    asking = [
        partial(_ask, bearer, kind, address, port, targets.existing_name)
        for kind, some in places.items()
        for address, port in some
    ]
    reached = await _watched(bearer.netdev, asking)
    first = _told(family, reached)
    again = [place for place, one in zip(asking, reached, strict=True) if _doubtful(one, first)]
    if not first.kinds or not again:
        return first
    more = iter(await _watched(bearer.netdev, again))
    return _told(family, [next(more) if _doubtful(one, first) else one for one in reached])


async def _watched(
    netdev: str, asking: Sequence[Callable[[], Awaitable[Reached]]]
) -> tuple[Reached, ...]:
    """Ask, and see on the netdev what this host itself keeps back."""
    with watch_peers(netdev) as seen:
        reached = await together(asking)
        passed = seen()
    return tuple(_placed(one, passed) for one in reached)


def _placed(one: Reached, passed: Passed | None) -> Reached:
    if one.result is ProbeResult.NOT_SENT and one.errno in (errno.EPERM, errno.EACCES):
        return replace(one, kept=True)
    if passed is None or one.port is None or one.result is not ProbeResult.SILENT:
        return one
    end = (one.target, TCP if one.kind is ReachKind.TCP else UDP, one.port)
    if not passed.sent_to(*end):
        return replace(one, kept=bool(passed.left))
    return replace(one, eaten=passed.answered(*end) and not one.odd)


def _doubtful(one: Reached, first: ReachFacts) -> bool:
    return one.kind in first.silent and one.result is ProbeResult.SILENT


def _told(family: int, reached: Iterable[Reached]) -> ReachFacts:
    told = (one for one in reached if one.result is not ProbeResult.NOT_PERMITTED)
    return ReachFacts(family=family, reached=tuple(told))


async def echoing(bearer: BearerFacts, hosts: Iterable[IPAddress]) -> tuple[IPAddress, ...]:
    """Return those of ``hosts`` that answer a ping, or refuse it themselves, within 3 s."""
    require_netdev(bearer.netdev)
    hosts = tuple(hosts)
    got = await together(partial(_probe, bearer, ReachKind.ECHO, host, None) for host in hosts)
    return tuple(host for host, one in zip(hosts, got, strict=True) if one.there)


def _places(targets: Targets) -> dict[ReachKind, list[tuple[IPAddress, int | None]]]:
    return {
        ReachKind.DNS: [(address, 53) for address in targets.resolvers],
        ReachKind.TCP: [(address, port) for address, port in targets.tcp],
        ReachKind.ECHO: [(address, None) for address in targets.echo],
        ReachKind.NTP: [(address, 123) for address in targets.ntp],
        ReachKind.QUIC: [(address, port) for address, port in targets.quic],
    }


async def _ask(
    bearer: BearerFacts, kind: ReachKind, target: IPAddress, port: int | None, name: str
) -> Reached:
    if kind in (ReachKind.TCP, ReachKind.ECHO):
        return await _probe(bearer, kind, target, port)
    payload, fits = _datagram(kind, name)
    origin = origin_toward(bearer, target)
    got = await exchange(origin, target, port or 0, payload, fits=fits, seconds=SECONDS / 3)
    return Reached(
        kind=kind,
        target=target,
        port=port,
        result=got.result,
        latency_s=got.latency_s,
        errno=got.errno,
        offender=got.offender,
        prohibited=got.prohibited,
        odd=got.odd,
    )


def _datagram(kind: ReachKind, name: str) -> tuple[bytes, Callable[[bytes], bool]]:
    if kind is ReachKind.DNS:
        identifier = random.randrange(0x10000)
        return dns_query(name, "A", identifier), partial(_is_dns, identifier=identifier)
    if kind is ReachKind.NTP:
        request = time_request()
        return request, partial(is_time, request=request)
    if kind is ReachKind.UDP:
        return bytes(16), bool
    ends = random.randbytes(8), random.randbytes(8)
    return quic_hello(*ends), partial(is_version_list, destination=ends[1], source=ends[0])


def _is_dns(data: bytes, *, identifier: int) -> bool:
    return answers_dns(data, identifier)


def quic_hello(destination: bytes, source: bytes) -> bytes:
    """Return a QUIC long-header packet of a version nobody has, of 1200 bytes (RFC 8999, 5.1)."""
    head = struct.pack("!BIB", 0xC0, _VERSION, len(destination)) + destination
    return (head + bytes([len(source)]) + source).ljust(1200, b"\0")


def is_version_list(data: bytes, *, destination: bytes, source: bytes) -> bool:
    """Return whether ``data`` is a Version Negotiation with these connection ids."""
    ends = bytes([len(destination)]) + destination + bytes([len(source)]) + source
    return len(data) > 5 and data[0] & 0x80 != 0 and data[1:5] == bytes(4) and ends in data[:64]


async def _probe(
    bearer: BearerFacts, kind: ReachKind, target: IPAddress, port: int | None
) -> Reached:
    """Ask by echo or TCP: three times, or as long as the kernel repeats its SYN."""
    which = ProbeKind.TCP if kind is ReachKind.TCP else ProbeKind.ECHO
    origin = origin_toward(bearer, target)
    probes = [Probe(which, origin, target, port, number) for number in range(3)]

    async def run(probe: Probe) -> None:
        await probe.run()
        if probe.came_back:
            nursery.cancel_scope.cancel()

    with trio.move_on_after(SECONDS):
        async with trio.open_nursery() as nursery:
            for probe in probes if which is ProbeKind.ECHO else probes[:1]:
                nursery.start_soon(run, probe)
                await trio.sleep(SECONDS / 3)
            await trio.sleep(SECONDS)
    best = next((one for one in probes if one.came_back), probes[0])
    prohibited = which is ProbeKind.TCP and best.errno in (errno.EACCES, errno.EHOSTUNREACH)
    return Reached(
        kind=kind,
        target=target,
        port=port,
        result=best.result,
        latency_s=best.latency_s,
        errno=best.errno,
        offender=best.offender,
        prohibited=prohibited and best.offender is not None,
    )


def why(one: Reached) -> str:
    """Return in words what became of a probe."""
    if one.there:
        return str(one.result)
    if one.offender is not None:
        return f"{'forbidden' if one.prohibited else 'unreachable'}, says {one.offender}"
    return os.strerror(one.errno) if one.errno else str(one.result)
