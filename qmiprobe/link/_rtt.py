# SPDX-License-Identifier: GPL-2.0-or-later
"""Round-trip times, their variation, loss and order: small packets at a steady pace."""

from __future__ import annotations

import contextlib
import errno
import math
import random
import time
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median
from typing import TYPE_CHECKING

import trio

from qmiprobe.sockets import retire

from ._asking import ask, echo_question
from ._events import Datagram, next_events
from ._packets import dns_query, echo_request, parse_echo_reply
from ._sockets import open_icmp, open_udp, origin_toward, require_netdev
from ._stamps import stamp, take_arrived, take_sent

if TYPE_CHECKING:
    import socket

    from qmiprobe.bearer import BearerFacts, IPAddress, Targets

    from ._sockets import Origin

SIZE = 64
"""Bytes of each IP packet."""
_LATE_LEAST, _LATE_MOST = 0.3, 3.0
_WARM_SECONDS = 0.02
_Z = 1.96
_FIRST_SECONDS = (0.4, 0.6, 0.8, 0.8)
"""Often: a host beyond the operator is to be found, where most packets are lost too."""
_DOUBTED_LOSS = 0.005
_QUESTIONS, _QUESTION_SECONDS = 60, 0.02
_BELIEVED, _DRIFT = 0.002, 0.001
"""Seconds, and their share of the time, that two clocks may differ by: more, and one was set."""


@dataclass(frozen=True, kw_only=True)
class RttFacts:
    """A series of small packets and what came back of each. Times are seconds."""

    family: int
    target: IPAddress | None = None
    method: str = ""
    """icmp: echo requests."""
    interval_s: float = 0.0
    rtts: tuple[float | None, ...] = ()
    """Of each packet, in the order of sending; None: nothing came back."""
    late: int = 0
    """Answers that came after that to a packet that was sent later (RFC 4737: reordered)."""
    duplicates: int = 0
    by_kernel: int = 0
    """Of how many both times are the kernel's own."""
    questions: int = 0
    """DNS questions that were asked where pings were lost; 0: they were not, or nobody answers."""
    unanswered: int = 0
    """Those of them that nothing came back of."""
    inconclusive: str | None = None

    @property
    def sent(self) -> int:
        """How many packets were sent."""
        return len(self.rtts)

    @property
    def times(self) -> tuple[float, ...]:
        """The round-trip times that there are."""
        return tuple(one for one in self.rtts if one is not None)

    @property
    def lost(self) -> int:
        """How many packets nothing came back for."""
        return self.sent - len(self.times)

    @property
    def loss(self) -> float:
        """Share of packets that were lost, 0 to 1."""
        return self.lost / self.sent if self.sent else 0.0

    @property
    def loss_interval(self) -> tuple[float, float]:
        """Where the share of loss lies with 95 % confidence (Wilson)."""
        return wilson(self.lost, self.sent)

    @property
    def rationed(self) -> bool:
        """Whether the host leaves pings unanswered, while DNS questions are not lost like that."""
        if not self.questions:
            return False
        return wilson(self.unanswered, self.questions)[1] < self.loss_interval[0]

    @property
    def median_s(self) -> float | None:
        """The median."""
        return median(self.times) if self.times else None

    def percentile(self, share: float) -> float | None:
        """Return the time that ``share`` of all answers kept below, the nearest rank."""
        times = sorted(self.times)
        return times[max(0, math.ceil(share * len(times)) - 1)] if times else None

    @property
    def jitter_s(self) -> float | None:
        """Mean difference between packets that follow one another (RFC 3393)."""
        pairs = pairwise(self.rtts)
        steps = [abs(a - b) for a, b in pairs if a is not None and b is not None]
        return fmean(steps) if steps else None

    @property
    def longest_burst(self) -> int:
        """Most packets that were lost one after another."""
        most = run = 0
        for one in self.rtts:
            run = run + 1 if one is None else 0
            most = max(most, run)
        return most


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, of which ``hits`` of ``tries`` were seen."""
    if not tries:
        return 0.0, 1.0
    share, square = hits / tries, _Z * _Z
    middle = (share + square / (2 * tries)) / (1 + square / tries)
    spread = math.sqrt(share * (1 - share) / tries + square / (4 * tries * tries))
    spread *= _Z / (1 + square / tries)
    return max(0.0, middle - spread), min(1.0, middle + spread)


async def measure_rtt(
    bearer: BearerFacts, *, targets: Targets, family: int, count: int, interval_s: float
) -> RttFacts:
    """Return what comes back of ``count`` echo requests, within their time and 5 s.

    Raises CannotTest when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    facts = bearer.family(family)
    if facts is None:
        return RttFacts(family=family, inconclusive="the session has no such family")
    hosts = [host for host in targets.echo if host.version == family]
    hosts += [facts.gateway] if facts.gateway is not None else []
    asked = await ask(
        (echo_question(str(host), origin_toward(bearer, host), host) for host in hosts),
        round_seconds=_FIRST_SECONDS,
    )
    there = [one.question.target for one in asked if one.there]
    if not there:
        return RttFacts(family=family, inconclusive="no host answers an echo request")
    series = Series(origin_toward(bearer, there[0]), there[0])
    try:
        await series.run(count, interval_s)
        found = series.facts(interval_s)
        if found.loss_interval[0] <= _DOUBTED_LOSS:
            return found
        answered = await _ask_dns(bearer, targets, family)
    except OSError as error:
        why = f"this host did not send the packets: {error.strerror}"
        return RttFacts(family=family, inconclusive=why)
    questions = _QUESTIONS if answered else 0
    return replace(found, questions=questions, unanswered=questions - answered)


async def _ask_dns(bearer: BearerFacts, targets: Targets, family: int) -> int:
    """Return how many of a steady series of small DNS questions are answered.

    Hosts ration their answers to pings, which looks like loss; DNS is there to be asked.
    """
    facts = bearer.family(family)
    servers = [one for one in targets.resolvers if one.version == family]
    servers += facts.dns if facts is not None else ()
    best = 0
    for server in servers[:2]:
        best = max(best, await _questions(origin_toward(bearer, server), server, targets))
        if best:
            break
    return best


async def _questions(origin: Origin, server: IPAddress, targets: Targets) -> int:
    sock = open_udp(origin, server, 53)
    first = random.randrange(0x10000 - _QUESTIONS)
    answered: set[int] = set()

    async def listen() -> None:
        while len(answered) < _QUESTIONS:
            for event in await next_events(sock):
                if not isinstance(event, Datagram):
                    continue
                number = int.from_bytes(event.data[:2], "big")
                if first <= number < first + _QUESTIONS:
                    answered.add(number)
        nursery.cancel_scope.cancel()

    try:
        with trio.move_on_after(_QUESTIONS * _QUESTION_SECONDS + _LATE_MOST / 2):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(listen)
                for number in range(_QUESTIONS):
                    with contextlib.suppress(OSError):
                        sock.send(dns_query(targets.existing_name, "A", first + number))
                    await trio.sleep(_QUESTION_SECONDS)
                await trio.sleep_forever()
    finally:
        retire(sock)
    return len(answered)


class _Now:
    """This moment, by the clock that the kernel stamps packets with and by one that nobody sets."""

    def __init__(self) -> None:
        self.steady = time.monotonic()
        self.wall = time.time()

    def since(self, before: _Now) -> float:
        """Return the seconds that have passed."""
        return self.steady - before.steady

    def bounds(self, stamped_s: float, before: _Now) -> bool:
        """Whether the kernel's time of a packet fits between: however late this program was."""
        passed = self.since(before)
        near = _BELIEVED + _DRIFT * passed
        is_set = abs(self.wall - before.wall - passed) > near
        return not is_set and -near < stamped_s < passed + near


class Series:
    """Echo requests to one host at a steady pace."""

    def __init__(self, origin: Origin, target: IPAddress, *, size: int = SIZE) -> None:
        self._target = target
        self._size = size
        self._sock, raw = open_icmp(origin, target)
        self._header = raw and target.version == 4
        self._identifier = random.randrange(1, 0x10000) if raw else self._sock.getsockname()[1]
        self._stamped = stamp(self._sock)
        self._sent: list[_Now] = []
        self._left: dict[int, float] = {}
        self._back: dict[int, tuple[_Now, float | None]] = {}
        self._highest = -1
        self._late = self._duplicates = 0
        self._news = trio.Event()

    async def run(self, count: int, interval_s: float) -> None:
        """Send ``count`` packets and wait for late answers; OSError when the kernel refuses."""
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._listen, self._sock)
                if self._stamped:
                    await trio.sleep(_WARM_SECONDS)  # the kernel begins to note times a bit late
                start = trio.current_time()
                for number in range(count):
                    await trio.sleep_until(start + number * interval_s)
                    self._send(number)
                await self._wait_for_late(count)
                nursery.cancel_scope.cancel()
        finally:
            retire(self._sock)

    def _send(self, number: int) -> None:
        request = echo_request(
            self._target.version, self._identifier, number & 0xFFFF, size=self._size
        )
        self._sent.append(_Now())
        for attempt in range(2):
            try:
                self._sock.send(request)
            except OSError as error:
                # Perhaps not this packet's: an ICMP error that waits fails the next send().
                if attempt and error.errno not in (errno.EAGAIN, errno.ENOBUFS):
                    raise
            else:
                return

    async def _wait_for_late(self, count: int) -> None:
        times = [at.since(self._sent[number]) for number, (at, _) in self._back.items()]
        late = min(_LATE_MOST, max(_LATE_LEAST, 3 * max(times, default=1.0)))
        with trio.move_on_after(late):
            while len(self._back) < count:
                self._news = trio.Event()
                await self._news.wait()
        with trio.move_on_after(_WARM_SECONDS):
            await trio.sleep_forever()  # for duplicates, and the times of the last packets

    async def _listen(self, sock: socket.socket) -> None:
        while True:
            await trio.lowlevel.wait_readable(sock)
            now = _Now()
            self._left |= dict(take_sent(sock))
            for data, stamped in take_arrived(sock):
                self._take(data, now, stamped)
            await trio.lowlevel.checkpoint()

    def _take(self, data: bytes, now: _Now, stamped: float | None) -> None:
        reply = parse_echo_reply(self._target.version, data, ip_header=self._header)
        if reply is None or reply[0] != self._identifier:
            return
        number = self._number(reply[1])
        if number in self._back:
            self._duplicates += 1
            return
        self._late += number < self._highest
        self._highest = max(self._highest, number)
        self._back[number] = (now, stamped)
        self._news.set()

    def _number(self, sequence: int) -> int:
        """The packet of a 16-bit sequence number: the last one that has it."""
        newest = len(self._sent) - 1
        return newest - (newest - sequence) % 0x10000

    def facts(self, interval_s: float) -> RttFacts:
        """Return what is known now."""
        rtts: list[float | None] = []
        by_kernel = 0
        for number, sent in enumerate(self._sent):
            back = self._back.get(number)
            if back is None:
                rtts.append(None)
                continue
            now, stamped = back
            left = self._left.get(number)
            if left is not None and stamped is not None and now.bounds(stamped - left, sent):
                by_kernel += 1
                rtts.append(max(0.0, stamped - left))
            else:
                rtts.append(now.since(sent))
        return RttFacts(
            family=self._target.version,
            target=self._target,
            method="icmp",
            interval_s=interval_s,
            rtts=tuple(rtts),
            late=self._late,
            duplicates=self._duplicates,
            by_kernel=by_kernel,
        )
