# SPDX-License-Identifier: GPL-2.0-or-later
"""Throughput each way, and what round trips take meanwhile; never more bytes than allowed.

With a reflector TCP connections push and pull; without one the targets' large pages are fetched
again and again, which shows the way down only.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

import trio

from qmiprobe.errors import NoAnswer
from qmiprobe.reflect import FarRefused

from ._asking import ask, echo_question
from ._reply import BadReply, get_request, read_head
from ._rtt import Series
from ._sockets import origin_toward, require_netdev
from ._stream import connect
from ._together import together

if TYPE_CHECKING:
    from qmiprobe.bearer import BearerFacts, HttpTarget, IPAddress, Targets
    from qmiprobe.reflect import Far

_NOTHING = "nothing passed under load"
_PIECE = 1 << 16
_STREAMS = 4
_LEAST_PIECE, _LARGEST_PIECE = 1 << 13, 1 << 23
_QUICK, _SLOW = 0.2, 0.6
_GRACE = 3.0
SLOW_BITS = 2e6
"""A second: no mobile link of today is as slow of its own accord, but for a weak signal."""
_BURST, _BURST_SECONDS = 60, 0.002
_PROBE_SECONDS = 0.1
_PROBE_SIZE = 1000
"""Bytes: a limit that drops what is too much lets small packets through."""
_IDLE_PROBES = 10
_SETTLE_SHARE = 0.2
"""Of the time: what a connection needs to come up to speed does not count."""


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """One direction under load."""

    bytes: int
    seconds: float
    """Of the part that counts."""
    rtts: tuple[float | None, ...] = ()
    """Round trips meanwhile, seconds; None: lost."""
    counted: int = 0
    """Bytes of that part."""
    segments: int = 0
    """TCP segments that came; 0: not known."""
    after_gap: int = 0
    """Of those: how many came after one that was missing."""
    burst_loss: float | None = None
    """Share of large packets that are lost when many come at once; asked where it is slow."""

    @property
    def bits_per_second(self) -> float:
        """What the connections carried once they were up to speed."""
        return self.counted * 8 / self.seconds if self.seconds > 0 else 0.0

    @property
    def rtt_s(self) -> float | None:
        """Median of the round trips meanwhile."""
        there = [one for one in self.rtts if one is not None]
        return median(there) if there else None

    @property
    def loss(self) -> float:
        """Share of the packets that nothing came back of."""
        lost = sum(one is None for one in self.rtts)
        return lost / len(self.rtts) if self.rtts else 0.0


@dataclass(frozen=True, kw_only=True)
class LoadFacts:
    """Throughput and responsiveness."""

    family: int
    way: str = ""
    """http or reflector-tcp."""
    idle_s: float | None = None
    """Median round trip before."""
    down: Loaded | None = None
    up: Loaded | None = None
    capped: bool = False
    """The allowed bytes were used up before the time was."""
    inconclusive: str | None = None

    @property
    def bytes(self) -> int:
        """What it took, both ways."""
        return sum(one.bytes for one in (self.down, self.up) if one is not None)


class _Budget:
    """Bytes that may still be used; counts those that were, and those after the start-up."""

    def __init__(self, limit: int, seconds: float) -> None:
        self.left = limit
        self.used = 0
        self.until = trio.current_time() + seconds
        """When no more is to be begun."""
        self.spent = limit <= 0
        self.segments = self.after_gap = 0
        self.marks: list[tuple[float, int]] = []

    def take(self, count: int) -> None:
        self.left -= count
        self.used += count
        self.marks.append((trio.current_time(), self.used))

    def counted(self, since: float) -> tuple[int, float]:
        """Bytes and seconds from the first mark after ``since`` to the last one."""
        marks = [mark for mark in self.marks if mark[0] >= since] or self.marks
        if len(marks) < 2:
            return 0, 0.0
        return marks[-1][1] - marks[0][1], marks[-1][0] - marks[0][0]


async def measure_load(
    bearer: BearerFacts,
    *,
    targets: Targets,
    family: int,
    seconds: float,
    most_bytes: int,
    far: Far | None = None,
    ways: Collection[str] = ("down", "up"),
) -> LoadFacts:
    """Return throughput each way in ``seconds`` each, and round trips meanwhile.

    At most ``most_bytes`` of TCP's payload pass, both ways together. Raises CannotTest when the
    netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    host = await _host_to_ping(bearer, targets, family)
    idle = await _ping(bearer, host, _IDLE_PROBES) if host is not None else ()
    run = _Run(bearer, host, seconds)
    there = [one for one in idle if one is not None]
    idle_s = median(there) if there else None
    if far is not None:
        budget = min(most_bytes // 2, far.opened.budget * 9 // 10)
        down = await run.load(partial(_pull, far), budget) if "down" in ways else None
        up = await run.load(partial(_push, far), most_bytes // 2) if "up" in ways else None
        way = "reflector-tcp"
    else:
        pages = [
            (page, address)
            for page in targets.large
            for address in page.addresses
            if address.version == family
        ]
        if not pages:
            why = "there is no large page of this family, and no reflector"
            return LoadFacts(family=family, idle_s=idle_s, inconclusive=why)
        down, up = await run.load(partial(_fetch, bearer, *pages[0]), most_bytes), None
        way = "http"
    if host is not None and down is not None and 0 < down.bits_per_second < SLOW_BITS:
        down = replace(down, burst_loss=await _burst(bearer, host))
    return LoadFacts(
        family=family,
        way=way,
        idle_s=idle_s,
        down=down,
        up=up,
        capped=run.capped,
        inconclusive=None
        if (down and down.bytes) or (up and up.bytes)
        else "nothing came under load",
    )


async def _burst(bearer: BearerFacts, host: IPAddress) -> float | None:
    """Return what is lost of large echo requests at once, quicker than the link is.

    A queue makes them late; a rate that the operator enforces drops them.
    """
    series = Series(origin_toward(bearer, host), host, size=_PROBE_SIZE)
    try:
        await series.run(_BURST, _BURST_SECONDS)
    except OSError:
        return None
    return series.facts(_BURST_SECONDS).loss


async def _host_to_ping(bearer: BearerFacts, targets: Targets, family: int) -> IPAddress | None:
    hosts = [host for host in targets.echo if host.version == family]
    asked = await ask(
        (echo_question(str(host), origin_toward(bearer, host), host) for host in hosts),
        round_seconds=(0.5, 1.0),
    )
    return next((one.question.target for one in asked if one.there), None)


async def _ping(bearer: BearerFacts, host: IPAddress, count: int) -> tuple[float | None, ...]:
    series = Series(origin_toward(bearer, host), host, size=_PROBE_SIZE)
    try:
        await series.run(count, _PROBE_SECONDS)
    except OSError:
        return ()
    return series.facts(_PROBE_SECONDS).rtts


Stream = Callable[[_Budget], Awaitable[None]]
"""One connection that uses bytes of the budget until it is cancelled or none are left."""


class _Run:
    def __init__(self, bearer: BearerFacts, host: IPAddress | None, seconds: float) -> None:
        self.capped = False
        self._bearer = bearer
        self._host = host
        self._seconds = seconds

    async def load(self, stream: Stream, most_bytes: int) -> Loaded:
        """Run connections at once for the time, or as long as the bytes last."""
        budget = _Budget(most_bytes, self._seconds)
        started = trio.current_time()
        rtts: list[float | None] = []

        async def pings() -> None:
            if self._host is not None:
                count = max(1, int(self._seconds / _PROBE_SECONDS))
                rtts.extend(await _ping(self._bearer, self._host, count))

        async def streams() -> None:
            with trio.move_on_after(self._seconds + _GRACE):
                await together(partial(stream, budget) for _ in range(_STREAMS))

        async with trio.open_nursery() as nursery:
            nursery.start_soon(pings)
            nursery.start_soon(streams)
        self.capped = self.capped or budget.spent
        counted, span = budget.counted(started + self._seconds * _SETTLE_SHARE)
        return Loaded(
            bytes=budget.used,
            seconds=span,
            rtts=tuple(rtts),
            counted=counted,
            segments=budget.segments,
            after_gap=budget.after_gap,
        )


async def _pull(far: Far, budget: _Budget) -> None:
    await _in_pieces(far, budget, push=False)


async def _push(far: Far, budget: _Budget) -> None:
    await _in_pieces(far, budget, push=True)


async def _in_pieces(far: Far, budget: _Budget, *, push: bool) -> None:
    """Move pieces over one connection: long where they pass quickly, so that gaps are few."""
    size = _LEAST_PIECE
    try:
        async with far.stream() as connection:
            move = connection.push if push else connection.pull
            while budget.left >= size and trio.current_time() < budget.until:
                budget.left -= size
                started = trio.current_time()
                await move(size)
                budget.left += size
                budget.take(size)
                took = trio.current_time() - started
                if took < _QUICK:
                    size = min(_LARGEST_PIECE, size * 2)
                elif took > _SLOW:
                    size = max(_LEAST_PIECE, size // 2)
            if budget.left < size:
                budget.spent = True
    except (OSError, NoAnswer, FarRefused, trio.TooSlowError):
        return


async def _fetch(
    bearer: BearerFacts, page: HttpTarget, address: IPAddress, budget: _Budget
) -> None:
    while not budget.spent and trio.current_time() < budget.until:
        try:
            stream = await connect(origin_toward(bearer, address), address, page.port)
            async with stream:
                await stream.send_all(get_request(page))
                head = await read_head(stream)
                if head.status != page.status:
                    return
                while trio.current_time() < budget.until and not budget.spent:
                    part = b""
                    with trio.move_on_at(budget.until):
                        part = await stream.receive_some(_PIECE)
                    if not part:
                        break
                    budget.take(len(part))
                    budget.spent = budget.left <= 0
                came, after_gap = stream.segments()
                budget.segments += came
                budget.after_gap += after_gap
        except (OSError, BadReply):
            await trio.sleep(_PROBE_SECONDS)
