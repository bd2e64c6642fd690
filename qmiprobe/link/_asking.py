# SPDX-License-Identifier: GPL-2.0-or-later
"""Packets that take turns, each asked again until something comes back, with controls among them.

Silence proves nothing by itself: routers ration their ICMP errors, links lose packets. So a
packet counts as lost only where its control, sent after it in the same round, came back in three
rounds and it never did.
"""

from __future__ import annotations

import errno
import math
import random
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import trio

from qmiprobe.sockets import retire

from ._events import Datagram, drain, next_events
from ._packets import echo_request, parse_echo_reply
from ._sockets import mark, open_icmp, open_udp

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

    from ._events import Event, NetworkError
    from ._sockets import Origin

ROUND_SECONDS = (0.35, 0.5, 1.05, 1.05, 1.05)
"""How long each round waits; from the third on as long as a router takes for one more ICMP error
(Linux: one a second and host, after six at once)."""
PROOFS = 3
"""Rounds in which a control must have come back before silence counts."""
_MOST_PROOFS = 12
_DOUBT = 1e-5
"""The chance of taking lost packets for a filter."""


class Word(StrEnum):
    """What came back for a packet."""

    ANSWER = "answer"
    PORT_UNREACHABLE = "port-unreachable"
    PROTOCOL_UNREACHABLE = "protocol-unreachable"
    TIME_EXCEEDED = "time-exceeded"
    PROHIBITED = "prohibited"
    UNREACHABLE = "unreachable"
    TOO_BIG = "too-big"


_WORDS = {
    4: {
        (3, 2): Word.PROTOCOL_UNREACHABLE,
        (3, 3): Word.PORT_UNREACHABLE,
        (3, 4): Word.TOO_BIG,
        (3, 9): Word.PROHIBITED,
        (3, 10): Word.PROHIBITED,
        (3, 13): Word.PROHIBITED,
        (11, 0): Word.TIME_EXCEEDED,
    },
    6: {
        (1, 1): Word.PROHIBITED,
        (1, 4): Word.PORT_UNREACHABLE,
        (1, 5): Word.PROHIBITED,
        (1, 6): Word.PROHIBITED,
        (2, 0): Word.TOO_BIG,
        (3, 0): Word.TIME_EXCEEDED,
        (4, 1): Word.PROTOCOL_UNREACHABLE,
    },
}


@dataclass(frozen=True)
class Heard:
    """One thing that came back."""

    word: Word
    by: IPAddress | None
    """Who sent it; None where it is the answer of the host that was asked."""
    latency_s: float
    """Since the question was sent last."""


def _nothing(data: bytes) -> bool:
    return False


def _all(error: NetworkError) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Question:
    """A packet to send, and how what comes back for it is known."""

    label: str
    target: IPAddress
    open: Callable[[], socket.socket]
    """Return the socket to send it on; OSError where that fails."""
    payload: bytes = b""
    is_answer: Callable[[bytes], bool] = _nothing
    is_ours: Callable[[NetworkError], bool] = _all
    """Whether an ICMP error is about it: for sockets that hear those of others too."""
    send: Callable[[socket.socket], None] | None = None
    """How it is sent where it is not ``payload`` by the socket's own ``send``."""
    beside: str = ""
    """Its control, by label; a control itself has none and is sent in each round."""
    hears_too_big: bool = True
    """Whether that it is too big ends the matter; else it is sent again, in smaller fragments."""


@dataclass
class Asked:
    """What has become of a question so far."""

    question: Question
    heard: Heard | None = None
    """The first thing that came back."""
    errno: int | None = None
    """Why this host's own kernel did not send it."""
    sent: list[int] = field(default_factory=list)
    """The rounds in which it was sent."""
    back: set[int] = field(default_factory=set)
    """The rounds in which something came back."""
    proofs: int = 0
    """Rounds in which it was sent, its control came back, and it did not."""
    enough: int = PROOFS
    """Proofs that it takes."""

    @property
    def there(self) -> bool:
        """Whether the host that was asked has it."""
        return self.heard is not None and self.heard.by in (None, self.question.target)

    @property
    def lost(self) -> bool:
        """Whether its silence is proven."""
        return self.heard is None and self.errno is None and self.proofs >= self.enough

    @property
    def open(self) -> bool:
        """Whether it is not known yet what becomes of it."""
        return self.heard is None and self.errno is None and self.proofs < self.enough


def udp_question(
    label: str,
    origin: Origin,
    target: IPAddress,
    port: int,
    *,
    payload: bytes = bytes(16),
    hops: int | None = None,
    tos: int | None = None,
    beside: str = "",
) -> Question:
    """Return a datagram to a port; whatever its host sends back is an answer."""

    def open_marked() -> socket.socket:
        sock = open_udp(origin, target, port)
        mark(sock, hops=hops, tos=tos)
        return sock

    return Question(
        label=label,
        target=target,
        open=open_marked,
        payload=payload,
        is_answer=lambda data: True,
        beside=beside,
    )


async def ask(
    questions: Iterable[Question],
    *,
    round_seconds: Sequence[float] = ROUND_SECONDS,
    proofs: int = PROOFS,
) -> tuple[Asked, ...]:
    """Return what became of each question, in their order, within the sum of ``round_seconds``.

    Each of ``proofs`` above the usual adds a round and a half, as long as the last one.
    It ends as soon as each has come back or is proven lost; controls only serve the others, unless
    there are no others.
    """
    asked = tuple(Asked(question, enough=proofs) for question in questions)
    more = (round_seconds[-1],) * (3 * (proofs - PROOFS) // 2)
    tests = [one for one in asked if one.question.beside] or asked
    news = trio.Event()

    def wake() -> None:
        nonlocal news
        news.set()
        news = trio.Event()

    async with trio.open_nursery() as nursery:
        lines = [_Line(one, wake) for one in asked]
        lines.sort(key=lambda line: not line.asked.question.beside)  # controls come last
        for line in lines:
            line.open(nursery)
        for number, seconds in enumerate((*round_seconds, *more)):
            for line in lines:
                if line.asked.open or line.asked not in tests:
                    line.send(number)
            with trio.move_on_after(seconds):
                while not all(_is_back(one, number) for one in asked):
                    await news.wait()
            _prove(asked, number)
            if not any(one.open for one in tests):
                break
        nursery.cancel_scope.cancel()
    return asked


def proofs_for(loss: float) -> int:
    """Return how many proofs it takes on a path that loses a share of round trips: 3 to 12."""
    if loss <= 0.01:
        return PROOFS
    return min(_MOST_PROOFS, max(PROOFS, math.ceil(math.log(_DOUBT) / math.log(loss))))


def _is_back(asked: Asked, number: int) -> bool:
    return number not in asked.sent or number in asked.back or asked.errno is not None


def _prove(asked: Iterable[Asked], number: int) -> None:
    back = {one.question.label for one in asked if number in one.back}
    for one in asked:
        if number in one.sent and one.heard is None and one.question.beside in back:
            one.proofs += 1


class _Line:
    """One question with its socket."""

    def __init__(self, asked: Asked, wake: Callable[[], None]) -> None:
        self.asked = asked
        self._wake = wake
        self._sock: socket.socket | None = None
        self._started = 0.0

    def open(self, nursery: trio.Nursery) -> None:
        try:
            self._sock = self.asked.question.open()
        except OSError as error:
            self.asked.errno = error.errno or errno.EIO
            return
        nursery.start_soon(self._listen, self._sock)

    def send(self, number: int) -> None:
        """Send it once more."""
        asked, sock = self.asked, self._sock
        if sock is None or asked.errno is not None:
            return
        failed: int | None = None
        for _ in range(2):
            try:
                self._started = trio.current_time()
                if asked.question.send is not None:
                    asked.question.send(sock)
                else:
                    sock.send(asked.question.payload)
            except OSError as error:
                # Perhaps not this packet's: an ICMP error that waits fails the next send().
                failed = error.errno
                self._take(drain(sock))
                if failed in (errno.EAGAIN, errno.ENOBUFS):
                    failed = None
                    break
            else:
                asked.sent.append(number)
                return
        if failed is not None and asked.heard is None:
            asked.errno = failed

    async def _listen(self, sock: socket.socket) -> None:
        try:
            while True:
                self._take(await next_events(sock))
        finally:
            if len(self.asked.back) == len(self.asked.sent):
                sock.close()
            else:
                retire(sock)

    def _take(self, events: list[Event]) -> None:
        for event in events:
            heard = self._heard(event)
            if heard is None or not self.asked.sent:
                continue
            self.asked.heard = self.asked.heard or heard
            self.asked.back.add(self.asked.sent[-1])
            self._wake()

    def _heard(self, event: Event) -> Heard | None:
        question, latency = self.asked.question, trio.current_time() - self._started
        if isinstance(event, Datagram):
            return Heard(Word.ANSWER, None, latency) if question.is_answer(event.data) else None
        if not event.from_network or not question.is_ours(event):
            return None
        word = word_of(event, family=question.target.version)
        if word is Word.TOO_BIG and not question.hears_too_big:
            return None
        return Heard(word, event.offender, latency)


def word_of(error: NetworkError, *, family: int) -> Word:
    """Return what an ICMP error of an IP family says."""
    return _WORDS[family].get((error.type, error.code), Word.UNREACHABLE)


def echo_question(
    label: str,
    origin: Origin,
    target: IPAddress,
    *,
    size: int = 64,
    hops: int | None = None,
    tos: int | None = None,
    beside: str = "",
) -> Question:
    """Return an echo request that makes an IP packet of ``size`` bytes."""
    family = target.version
    identifier = random.randrange(1, 0x10000)

    def open_marked() -> socket.socket:
        nonlocal identifier
        sock, raw = open_icmp(origin, target)
        mark(sock, hops=hops, tos=tos)
        if not raw:
            identifier = sock.getsockname()[1]
        return sock

    def is_answer(data: bytes) -> bool:
        # a raw IPv4 socket gives the IP header, a ping socket does not; 0x4N is no ICMP type
        header = family == 4 and data[:1] != b"\0"
        reply = parse_echo_reply(family, data, ip_header=header)
        return reply is not None and reply[0] == identifier

    def is_ours(error: NetworkError) -> bool:
        return error.quoted[4:6] in (b"", identifier.to_bytes(2, "big"))

    # the kernel puts the identifier of a ping socket in by itself
    return Question(
        label=label,
        target=target,
        open=open_marked,
        payload=echo_request(family, identifier, 1, size=size),
        is_answer=is_answer,
        is_ours=is_ours,
        beside=beside,
    )
