# SPDX-License-Identifier: GPL-2.0-or-later
"""Does anything come back at all: probes of several kinds, interleaved, under a tap.

The same facts tell the host's own filters: see ``ProbeFact`` for the four observation points.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import trio

from ._netdev import read_netdev
from ._packets import require_names
from ._probes import Probe, ProbeKind, ProbeResult
from ._sockets import origin_toward, require_netdev
from ._tap import open_tap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmiprobe.bearer import BearerFacts, FamilyFacts, IPAddress, Targets

    from ._netdev import NetdevFacts
    from ._tap import Tap

ROUNDS = 3
ROUND_SECONDS = 1.0
WHOLE_SECONDS = 3.6
_GRACE_SECONDS = 0.1
_MOST_OF_A_KIND = 2
_NETSTAT = Path("/proc/self/net/netstat")


@dataclass(frozen=True, kw_only=True)
class ProbeFact:
    """One probe at its four observation points: send, tap out, tap in, socket.

    EPERM at send: a filter for outgoing packets. Out and nothing in: lost beyond this host. In
    and nothing at the socket: a filter for incoming packets, or rp_filter.
    """

    kind: ProbeKind
    family: int
    target: IPAddress
    port: int | None
    round: int
    result: ProbeResult
    came_back: bool
    """Whether its answer, or an error from another host, reached the socket."""
    latency_s: float | None
    errno: int | None
    """Why it was not sent, was refused or is unreachable."""
    offender: IPAddress | None
    """Who sent the ICMP error."""
    tap_out: int | None
    """Packets of it that left by the netdev; None without a tap."""
    tap_in: int | None
    """Packets that came in for it; None without a tap."""
    odd: bool = False
    """Its socket got something that is no answer to it."""


@dataclass(frozen=True, kw_only=True)
class ReturnFacts:
    """What came back of all probes, and the netdev's counters around them."""

    probes: tuple[ProbeFact, ...]
    before: NetdevFacts
    after: NetdevFacts
    tapped: bool
    """Whether there was a tap (it needs CAP_NET_RAW)."""
    tap_missed: int
    """Packets that the tap could not take: its counts are then lower bounds."""
    tap_others_in: int | None
    """Packets that came in meanwhile and belong to no probe. On an 802.3 netdev ARP and neighbour
    discovery are among them, which the modem itself may have answered."""
    tap_neighbours_in: frozenset[int]
    """IP families of which answers of ARP or of neighbour discovery came in."""
    tap_strange_in: int
    """Frames that came in with a type that nobody uses."""
    tap_multiplexed_in: int
    """Those of them that are packets behind a QMAP header."""
    reverse_path_drops: int | None
    """How many packets rp_filter dropped meanwhile, in this whole network namespace."""

    @property
    def answered_kinds(self) -> frozenset[ProbeKind]:
        """Kinds of which at least one probe came back, over either family."""
        return frozenset(probe.kind for probe in self.probes if probe.came_back)

    def answered_kinds_of(self, family: int) -> frozenset[ProbeKind]:
        """Kinds of which at least one probe came back over IP family 4 or 6."""
        return frozenset(p.kind for p in self.probes if p.came_back and p.family == family)

    @property
    def tap_out(self) -> int | None:
        """Packets of the probes that left by the netdev; None without a tap."""
        return sum(probe.tap_out or 0 for probe in self.probes) if self.tapped else None

    @property
    def tap_in(self) -> int | None:
        """Packets that came in for the probes; None without a tap."""
        return sum(probe.tap_in or 0 for probe in self.probes) if self.tapped else None

    @property
    def sent(self) -> int:
        """How many probes the kernel took."""
        unsent = (ProbeResult.NOT_SENT, ProbeResult.NOT_PERMITTED)
        return sum(probe.result not in unsent for probe in self.probes)

    @property
    def send_errors(self) -> frozenset[int]:
        """Every errno that a probe was refused with by this host's own kernel."""
        refused = (p.errno for p in self.probes if p.result is ProbeResult.NOT_SENT)
        return frozenset(number for number in refused if number is not None)


async def measure_return(bearer: BearerFacts, *, targets: Targets, enough: int = 2) -> ReturnFacts:
    """Return what comes back by the session's netdev, within 4 s.

    It ends as soon as ``enough`` kinds have come back over each family of the session. Late
    answers count until then. Raises CannotTest when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    require_names(targets.existing_name)
    before, drops = await read_netdev(bearer.netdev), _reverse_path_drops()
    probes: list[Probe] = []
    with open_tap(bearer.netdev) as tap:
        await _run_rounds(probes, list(_plan(bearer, targets)), tap, enough)
        if tap is not None:
            tap.stop()
        facts = tuple(_fact(probe, tap) for probe in probes)
        flows = [probe.flow for probe in probes if probe.flow is not None]
        after, drops_after = await read_netdev(bearer.netdev), _reverse_path_drops()
        return ReturnFacts(
            probes=facts,
            before=before,
            after=after,
            tapped=tap is not None,
            tap_missed=tap.missed if tap is not None else 0,
            tap_others_in=tap.others_in(flows) if tap is not None else None,
            tap_neighbours_in=frozenset(tap.neighbours if tap is not None else ()),
            tap_strange_in=tap.strange if tap is not None else 0,
            tap_multiplexed_in=tap.multiplexed if tap is not None else 0,
            reverse_path_drops=(
                drops_after - drops if drops is not None and drops_after is not None else None
            ),
        )


async def _run_rounds(
    probes: list[Probe], plan: list[list[Probe]], tap: Tap | None, enough: int
) -> None:
    """Run all rounds; a probe of an early one may still be answered in a later one."""
    done = trio.Event()
    if not any(plan):
        return

    async def run(probe: Probe) -> None:
        await probe.run()
        if _is_enough(probes, plan, enough):
            done.set()

    with trio.move_on_after(WHOLE_SECONDS):
        async with trio.open_nursery() as nursery:
            if tap is not None:
                nursery.start_soon(tap.watch)
            for round_of_probes in plan:
                probes += round_of_probes
                for probe in round_of_probes:
                    nursery.start_soon(run, probe)
                with trio.move_on_after(ROUND_SECONDS):
                    await done.wait()
                if done.is_set():
                    break
            else:
                await done.wait()
            await trio.sleep(_GRACE_SECONDS)
            if tap is not None:
                # What the tap has counted by now, the sockets can still take.
                tap.stop()
                await trio.sleep(_GRACE_SECONDS / 2)
            nursery.cancel_scope.cancel()


def _is_enough(probes: list[Probe], plan: list[list[Probe]], enough: int) -> bool:
    for family in {probe.target.version for probe in chain(*plan)}:
        possible = {p.kind for p in chain(*plan) if p.target.version == family}
        back = {p.kind for p in probes if p.came_back and p.target.version == family}
        if len(back) < min(enough, len(possible)):
            return False
    return True


def _plan(bearer: BearerFacts, targets: Targets) -> Iterator[list[Probe]]:
    """Yield the probes of each round: kinds and families take turns, so do many targets."""
    for number in range(ROUNDS):
        columns = [
            [
                Probe(kind, origin_toward(bearer, address), address, port, number, name)
                for address, port, name in _turn(_places(kind, family, targets), number)
            ]
            for family in bearer.families
            for kind in ProbeKind
        ]
        yield [probe for row in zip_longest(*columns) for probe in row if probe is not None]


def _places(
    kind: ProbeKind, family: FamilyFacts, targets: Targets
) -> list[tuple[IPAddress, int | None, str]]:
    if kind is ProbeKind.DNS:
        return [(server, 53, targets.existing_name) for server in family.dns]
    if kind is ProbeKind.TCP:
        return [(to, port, "") for to, port in targets.tcp if to.version == family.family]
    gateway: Iterable[IPAddress] = () if family.gateway is None else (family.gateway,)
    others = (to for to in targets.echo if to.version == family.family)
    return [(address, None, "") for address in dict.fromkeys((*gateway, *others))]


def _turn(
    places: list[tuple[IPAddress, int | None, str]], number: int
) -> list[tuple[IPAddress, int | None, str]]:
    """Return at most two of ``places``, others in each round."""
    if len(places) <= _MOST_OF_A_KIND:
        return places
    start = number * _MOST_OF_A_KIND
    return [places[(start + step) % len(places)] for step in range(_MOST_OF_A_KIND)]


def _fact(probe: Probe, tap: Tap | None) -> ProbeFact:
    flow = probe.flow
    return ProbeFact(
        kind=probe.kind,
        family=probe.target.version,
        target=probe.target,
        port=probe.port,
        round=probe.round,
        result=probe.result,
        came_back=probe.came_back,
        latency_s=probe.latency_s,
        errno=probe.errno,
        offender=probe.offender,
        tap_out=None if tap is None else tap.out_of(flow) if flow else 0,
        tap_in=None if tap is None else tap.in_of(flow) if flow else 0,
        odd=probe.odd,
    )


def _reverse_path_drops() -> int | None:
    """Return TcpExtIPReversePathFilter of this network namespace, or None."""
    try:
        lines = _NETSTAT.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    for names, values in zip(lines[::2], lines[1::2], strict=False):
        fields = dict(zip(names.split(), values.split(), strict=False))
        if "IPReversePathFilter" in fields:
            return int(fields["IPReversePathFilter"])
    return None
