# SPDX-License-Identifier: GPL-2.0-or-later
"""Sized packets in volleys, each with a small one after it as its control.

No size counts as lost before three packets of it stayed without answer while a small packet, sent
after them, came back: then neither a rate limit nor a slow link nor plain silence was the cause.
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import trio

from ._sized import Flight, Method

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from qmiprobe.bearer import IPAddress

    from ._sized import Way

_TRIES = 3
_WAIT_LEAST, _WAIT_MOST = 0.15, 0.3
_CONTROL_SECONDS = 0.3
_LAST_CONTROL_SECONDS = 1.2


class Inconclusive(Exception):
    """The measurement ends without a result; the text says why."""


@dataclass(frozen=True)
class Outcome:
    """The sizes of one volley by what became of them."""

    passed: frozenset[int]
    lost: frozenset[int]


class Volleys:
    """Sends volleys and keeps all that flew, until its nursery ends."""

    def __init__(self, nursery: trio.Nursery) -> None:
        self.flights: list[Flight] = []
        """Every size that was tried, small control packets left out."""
        self._controls: list[Flight] = []
        self._nursery = nursery
        self._rtt_s = 0.0
        self._news = trio.Event()

    async def choose(self, ways: Iterable[Way]) -> Way:
        """Return the best way whose small packet comes back; a better one may take longer.

        Inconclusive when none does within 1.8 s.
        """
        refused: set[int] = set()
        for way in ways:
            try:
                self._controls.append(self._open(way, way.control_size))
            except OSError as error:
                refused.add(error.errno or 0)
        for number in range(len(Method)):
            for control in self._controls:
                control.send()
            allowed = tuple(Method)[: number + 1]
            good = [control for control in self._controls if control.way.method in allowed]
            last = number == len(Method) - 1
            seconds = _LAST_CONTROL_SECONDS if last else _CONTROL_SECONDS
            best = await self._first_answered(good, seconds)
            if best is not None:
                self._rtt_s = best.rtt_s or 0
                return best.way
        if any(control.sent for control in self._controls):
            raise Inconclusive("no DNS server and no target answered a small packet")
        refused |= {control.errno for control in self._controls if control.errno is not None}
        if refused:
            raise Inconclusive(_why_refused(refused))
        raise Inconclusive("there is no DNS server and no target of this family to measure with")

    def other_than(self, way: Way) -> Way | None:
        """Return the best way of another method that has answered by now, or None.

        Other than UDP's at best: filters go by protocol.
        """
        others = [c.way for c in self._controls if c.answered and c.way.method is not way.method]
        others.sort(key=lambda one: one.method is not Method.ECHO)
        return next(iter(others), None)

    async def answered_beyond(self, near: Collection[IPAddress]) -> Way | None:
        """Return the first way of the best method to a target other than ``near`` that answers."""
        others = [
            control
            for control in self._controls
            if control.way.method is Method.DNS_PADDING and control.way.target not in near
        ]
        for control in others:
            control.send()
        best = await self._first_answered(others, _LAST_CONTROL_SECONDS) if others else None
        return best.way if best is not None else None

    async def fly(self, way: Way, sizes: Iterable[int]) -> Outcome:
        """Return which ``sizes`` reach the way's target. Inconclusive when nothing does."""
        try:
            flights = [self._open(way, size) for size in sizes]
        except OSError as error:
            raise Inconclusive(_why_refused({error.errno or 0})) from error
        self.flights += flights
        wait_s = max(_WAIT_LEAST, min(_WAIT_MOST, 3 * self._rtt_s))
        for number in range(_TRIES):
            for flight in flights:
                if not flight.settled:
                    flight.send()
            await self._until(
                lambda: all(flight.settled for flight in flights),
                wait_s if number == _TRIES - 1 else wait_s / 2,
            )
        if not all(flight.answered for flight in flights):
            await self._fly_control(way, flights)
        passed = frozenset(flight.size for flight in flights if flight.answered)
        return Outcome(passed, frozenset(flight.size for flight in flights) - passed)

    async def _fly_control(self, way: Way, flights: list[Flight]) -> None:
        """Make sure that a small packet still comes back: Inconclusive when it does not."""
        refused = {f.errno for f in flights if f.errno is not None} - {errno.EMSGSIZE}
        if refused:
            raise Inconclusive(_why_refused(refused))
        control = self._open(way, way.control_size)

        def decided() -> bool:
            return control.answered or all(flight.answered for flight in flights)

        for _ in range(_TRIES):
            control.send()
            await self._until(decided, max(_CONTROL_SECONDS, 1.5 * self._rtt_s))
            if decided():
                return
        sizes = ", ".join(str(flight.size) for flight in flights)
        raise Inconclusive(
            f"after packets of {sizes} bytes small ones to {way.target} stayed unanswered too"
        )

    def _open(self, way: Way, size: int) -> Flight:
        flight = Flight(way, size, self._wake)
        self._nursery.start_soon(flight.listen)
        return flight

    async def _first_answered(self, flights: list[Flight], seconds: float) -> Flight | None:
        await self._until(lambda: any(flight.answered for flight in flights), seconds)
        return next((flight for flight in flights if flight.answered), None)

    def _wake(self) -> None:
        self._news.set()
        self._news = trio.Event()

    async def _until(self, holds: Callable[[], bool], seconds: float) -> None:
        with trio.move_on_after(seconds):
            while not holds():
                await self._news.wait()


def _why_refused(numbers: set[int]) -> str:
    texts = ", ".join(sorted(os.strerror(number) for number in numbers))
    return f"this host did not send the packets: {texts}"
