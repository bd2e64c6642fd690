# SPDX-License-Identifier: GPL-2.0-or-later
"""The path MTU down to this host, by the sizes of TCP segments that arrive.

The other side sends segments as large as the MSS that it was offered. A page that stalls with the
full MSS and flows with a smaller one was lost on a black hole; the largest MSS that flows is the
path MTU less headers. Several connections at once keep it short.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import trio

from ._netdev import read_netdev
from ._packets import IP_HEADER, TCP_HEADER
from ._reply import BadReply, get_request, read_head
from ._search import Search
from ._sockets import origin_toward, require_netdev
from ._stream import connect
from ._tap import largest_from
from ._together import together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmiprobe.bearer import BearerFacts, HttpTarget, IPAddress, Targets

    from ._stream import Stream

WHOLE_SECONDS = 5.8
STALL_SECONDS = 1.0
ENOUGH = 16384
"""Bytes of a page that are taken: several segments of full size."""
_CONNECT_SECONDS = 2.5
_BUFFER = 32768
_FLOOR = 576
_BASE = {4: 1200, 6: 1280}
_SIZES_AT_ONCE = 8


@dataclass(frozen=True, kw_only=True)
class DownStep:
    """One connection of the ladder; sizes are bytes of an IP packet."""

    offered: int
    """The largest packet that the other side was allowed to send."""
    arrived: int | None = None
    """The largest that arrived; None where no segment of size did."""
    data: int = 0
    """Bytes of the answer that came, in order."""
    status: int | None = None
    complete: bool = False
    """Whether the page, or as much of it as was wanted, came."""
    error: str | None = None
    """Why not."""


@dataclass(frozen=True, kw_only=True)
class DownFacts:
    """What the path down carries; sizes are bytes of an IP packet."""

    family: int
    netdev_mtu: int
    target: IPAddress | None = None
    size: int | None = None
    """The largest packet that came down: the path MTU where there is a black hole, else at least
    that; None: see ``inconclusive``."""
    offered: int | None = None
    """The largest packet that this host offered to take."""
    black_hole: bool = False
    """Larger packets, which this host takes, vanish."""
    steps: tuple[DownStep, ...] = ()
    passes: int | None = None
    """The largest that was seen to come, also where the search came to no end."""
    fails: int | None = None
    """The smallest offer that stalled; None where none did."""
    came_in: int | None = None
    """The largest packet that came in on the netdev with the full offer; None without a tap."""
    inconclusive: str | None = None
    """Why there is no ``size``."""

    @property
    def eaten(self) -> bool:
        """Whether packets above ``size`` do come in on the netdev: this host loses them."""
        return self.black_hole and (self.came_in or 0) > (self.size or 0)


async def measure_pmtu_down(bearer: BearerFacts, *, targets: Targets, family: int) -> DownFacts:
    """Return the path MTU down of IP family 4 or 6, within 6 s.

    Raises CannotTest when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    netdev = await read_netdev(bearer.netdev)
    places = [
        (target, address)
        for target in targets.large
        for address in target.addresses
        if address.version == family
    ]
    if bearer.family(family) is None or not places:
        why = "there is no large page of this family to fetch"
        return DownFacts(family=family, netdev_mtu=netdev.mtu, inconclusive=why)
    target, address = places[0]
    run = _Run(bearer, target, address, netdev_mtu=netdev.mtu)
    with trio.move_on_after(WHOLE_SECONDS):
        await run.measure()
    return run.facts()


class _Run:
    """One measurement: what is known so far."""

    def __init__(
        self, bearer: BearerFacts, target: HttpTarget, address: IPAddress, *, netdev_mtu: int
    ) -> None:
        self._bearer = bearer
        self._target = target
        self._address = address
        self._netdev_mtu = netdev_mtu
        self._headers = IP_HEADER[address.version] + TCP_HEADER
        self._steps: list[DownStep] = []
        self._search: Search | None = None
        self._came_in: int | None = None
        self._inconclusive: str | None = f"no end within {WHOLE_SECONDS:g} s"

    async def measure(self) -> None:
        """Find the size, or why there is none."""
        with largest_from(self._bearer.netdev, self._address) as seen:
            full = await self._step(None)
            self._came_in = seen()
        if full.complete:
            self._inconclusive = None
            return
        if full.error is not None:
            self._inconclusive = full.error
            return
        if full.offered <= _FLOOR:
            self._inconclusive = f"the page stalls, and the netdev's MTU is {full.offered} only"
            return
        base = _BASE[self._address.version]
        first = Search(low=_FLOOR, high=full.offered, base=base)
        steps = await self._volley([_FLOOR, *first.next_sizes(_SIZES_AT_ONCE - 1)])
        passed = [step.offered for step in steps if step.complete]
        if not passed:
            self._inconclusive = "the page does not come even in small segments: not the size"
            return
        search = self._search = Search(low=min(passed), high=full.offered, base=base)
        _note(search, steps)
        while not search.done:
            _note(search, await self._volley(search.next_sizes(_SIZES_AT_ONCE)))
        self._inconclusive = None

    def facts(self) -> DownFacts:
        """Return what is known now."""
        arrived = [step.arrived for step in self._steps if step.complete and step.arrived]
        passes = max(arrived, default=None)
        offered = max((step.offered for step in self._steps), default=None)
        found = self._inconclusive is None
        return DownFacts(
            family=self._address.version,
            netdev_mtu=self._netdev_mtu,
            target=self._address,
            size=passes if found else None,
            offered=offered,
            black_hole=found and self._search is not None,
            steps=tuple(self._steps),
            passes=passes,
            fails=self._search.high if self._search else None,
            came_in=self._came_in,
            inconclusive=self._inconclusive,
        )

    async def _volley(self, sizes: Iterable[int]) -> tuple[DownStep, ...]:
        return await together(partial(self._step, size) for size in sizes)

    async def _step(self, offered: int | None) -> DownStep:
        """Fetch the page's beginning once, offering to take packets of ``offered`` bytes."""
        step = DownStep(offered=offered or self._netdev_mtu)
        segment = None if offered is None else offered - self._headers
        stream: Stream | None = None
        origin = origin_toward(self._bearer, self._address)
        try:
            with trio.move_on_after(_CONNECT_SECONDS):
                stream = await connect(
                    origin, self._address, self._target.port, segment=segment, buffer=_BUFFER
                )
        except OSError as error:
            step = replace(step, error=self._text(error.strerror or "no connection"))
        if stream is not None:
            async with stream:
                step = await self._fetch(stream, step, full=offered is None)
        elif step.error is None:
            step = replace(step, error=self._text("no connection in time"))
        self._steps.append(step)
        return step

    async def _fetch(self, stream: Stream, step: DownStep, *, full: bool) -> DownStep:
        watched = _Watched(stream)
        if full:
            step = replace(step, offered=stream.info().offered_packet)
        try:
            await stream.send_all(get_request(self._target, last_byte=ENOUGH - 1))
            head = await read_head(watched)
            step = replace(step, status=head.status)
            if head.status not in (self._target.status, 206):
                text = f"status {head.status} in place of the page"
                step = replace(step, error=self._text(text))
            else:
                while watched.data < ENOUGH and await watched.receive_some(65536):
                    pass
                if watched.data < ENOUGH and stream.info().received_packet < step.offered:
                    text = f"{watched.data} bytes in place of the large page"
                    step = replace(step, error=self._text(text))
                else:
                    step = replace(step, complete=True)
        except _Stalled:
            pass
        except BadReply as error:
            step = replace(step, error=self._text(str(error)))
        except OSError as error:
            step = replace(step, error=self._text(error.strerror or "the connection broke"))
        arrived = min(stream.info().received_packet, step.offered) if watched.data else None
        return replace(step, arrived=arrived, data=watched.data)

    def _text(self, what: str) -> str:
        return f"{self._target.host} at {self._address}: {what}"


class _Stalled(Exception):
    """Nothing came for a second."""


class _Watched:
    """A stream that counts what comes and does not wait long for it."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.data = 0

    async def receive_some(self, limit: int) -> bytes:
        with trio.move_on_after(STALL_SECONDS):
            part = await self._stream.receive_some(limit)
            self.data += len(part)
            return part
        raise _Stalled


def _note(search: Search, steps: Iterable[DownStep]) -> None:
    steps = tuple(steps)
    search.note(
        passed=[step.offered for step in steps if step.complete],
        lost=[step.offered for step in steps if not step.complete],
    )
