# SPDX-License-Identifier: GPL-2.0-or-later
"""One flow toward a reflector: a socket of its own, bound to the netdev, and what comes back."""

from __future__ import annotations

import contextlib
import errno
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import trio

from qmiprobe.errors import NoAnswer
from qmiprobe.sockets import Address, retire, set_whole

from ._ancillary import (
    PathError,
    SentStamp,
    how_to_send,
    next_error,
    parse_told,
    receive_into,
    stamp,
)
from ._awaited import Awaited, echo_of
from ._beside import beside
from ._bound import Ends
from ._bulk import piece_of
from ._far import Echo, FarRefused
from ._frame import NO_PROOF, OVERHEAD, Op
from ._messages import (
    ANSWER_BYTES,
    AS_ASKED,
    PLAIN,
    Ask,
    Status,
    Tally,
    Wish,
    parse_answer,
    parse_tally,
)
from ._places import Place, raw_header

if TYPE_CHECKING:
    from ._ancillary import Control, Sender
    from ._held import Held
    from ._runs import Counting

_AT_ONCE = 256
_LONGEST = 65535
_MOST_ERRORS = 1000
_TRIES = 3


@asynccontextmanager
async def open_flow(
    held: Held,
    ends: Ends,
    *,
    protocol: str = "udp",
    port: int | None = None,
    any_sender: bool = False,
) -> AsyncGenerator[Flow, None]:
    """Open a flow of "udp", "esp" or "gre" and listen to it while the context lasts.

    Raises OSError where this host refuses, CannotTest where it may not use raw sockets.
    """
    sock = ends.open(protocol, port=port, connected=not any_sender)
    to = ends.address(port if protocol == "udp" else 0) if any_sender else None
    flow = Flow(held, Place(sock, protocol, ends.remote.version, ends.port), to=to)
    try:
        async with beside() as nursery:
            nursery.start_soon(flow.listen)
            yield flow
    finally:
        retire(sock)


class Flow:
    """Packets of one 5-tuple (of ESP and GRE: one pair of addresses).

    Sizes are bytes of IP packets, both families alike. What is silent gives None. OSError comes
    from this host's kernel, as EMSGSIZE for more than the netdev's MTU, EPERM from a filter of its
    own; ICMP errors are in ``errors``. FarRefused says what the reflector will not do.
    """

    def __init__(self, held: Held, place: Place, *, to: Address | None = None) -> None:
        self.errors: list[PathError] = []
        """ICMP errors and those of the kernel itself, as they came."""
        self.held = held
        self.place = place
        self.counting: Counting | None = None
        """The run of data that comes here."""
        self._to = to
        self._proof = NO_PROOF
        self._awaited: dict[int, Awaited] = {}
        self._stamped: dict[int, Awaited] = {}
        self._sends = 0
        self._buffer = bytearray(_LONGEST)
        self._tally: Tally | None = None
        self._told = trio.Event()

    @property
    def smallest(self) -> int:
        """The smallest size that an answer can have, without a prefix."""
        return self.place.headers + OVERHEAD + ANSWER_BYTES

    @property
    def local_port(self) -> int:
        """This side's UDP port; 0 for ESP and GRE."""
        return int(self.place.sock.getsockname()[1]) if self.place.protocol == "udp" else 0

    async def echo(
        self,
        *,
        size: int = 0,
        back: int = 0,
        timeout: float = 1.0,
        tos: int | None = None,
        ttl: int = 0,
        back_tos: int | None = None,
        back_ttl: int = 0,
        fragments: bool = False,
        other_port: bool = False,
        other_address: bool = False,
        prefix: bytes = b"",
    ) -> Echo | None:
        """Send one packet of ``size`` bytes and return it with its answer of ``back`` bytes.

        0 is the smallest size; AS_ASKED as ``back`` is that of the packet itself. ``fragments``
        sends both without Don't Fragment. ``other_port`` and ``other_address`` ask for an answer
        from another port or address of the reflector, which only a flow with ``any_sender``
        hears. ``prefix`` (0, 4, 8, 16, 28 or 32 bytes) stands before the frame, so that the
        packet can look like another protocol's.
        """
        wishes = Wish.FRAGMENTS if fragments else PLAIN
        wishes |= Wish.TOS if back_tos is not None else PLAIN
        wishes |= Wish.OTHER_PORT if other_port else PLAIN
        wishes |= Wish.OTHER_ADDRESS if other_address else PLAIN
        ask = Ask(size=back, wishes=wishes, tos=back_tos or 0, ttl=back_ttl)
        echoes = await self.asked(ask, timeout, size=size, tos=tos, ttl=ttl, prefix=prefix)
        return echoes[0] if echoes else None

    async def sized(
        self, size: int, *, fragments: bool = False, timeout: float = 1.0
    ) -> Echo | None:
        """Have a packet of ``size`` bytes sent here; what asks for it is small."""
        return await self.echo(back=size, fragments=fragments, timeout=timeout)

    async def delayed(self, seconds: float, *, timeout: float = 2.0) -> Echo | None:
        """Have the answer sent ``seconds`` later (at most 900), nothing in between.

        Waits ``timeout`` longer. Only a first packet on a new flow asks what a mapping lives
        without an answer; after an echo it is one that has been answered.
        """
        ask = Ask(delay_ms=round(seconds * 1000))
        echoes = await self.asked(ask, seconds + timeout, prove=False)
        return echoes[0] if echoes else None

    async def train(
        self, count: int, *, size: int = 0, gap_s: float = 0.0, timeout: float = 1.0
    ) -> list[Echo]:
        """Have ``count`` packets of ``size`` bytes sent here, ``gap_s`` apart; return what came.

        The reflector keeps to its rate. Waits until all are there or none came for ``timeout``.
        """
        ask = Ask(size=size, count=count, gap_us=round(gap_s * 1e6))
        return await self.asked(ask, timeout)

    async def series(
        self, count: int, *, interval_s: float, size: int = 0, back: int = 0, timeout: float = 1.0
    ) -> list[Echo | None]:
        """Send ``count`` packets at a steady pace and return the answer to each, None for lost.

        Waits ``timeout`` after the last. OSError ends it before its time.
        """
        if self._needs_proof(Ask(size=back), size):
            await self._prove()
        sent = []
        start = trio.current_time()
        try:
            for number in range(count):
                await trio.sleep_until(start + number * interval_s)
                sent.append(self._send(Ask(size=back), size=size))
            with trio.move_on_after(timeout):
                for awaited in sent:
                    await awaited.came.wait()
        finally:
            for awaited in sent:
                self._forget(awaited)
        return [awaited.echoes[0] if awaited.echoes else None for awaited in sent]

    async def tally(self, run: int) -> Tally:
        """Ask what has come or was sent of a run of data. Raises NoAnswer where nothing tells."""
        for _ in range(_TRIES):
            self._tally = None
            self.say(Op.TALLY, run.to_bytes(4, "big"))
            with trio.move_on_after(1.0):
                while self._tally is None:
                    await self._told.wait()
                    self._told = trio.Event()
            if self._tally is not None and self._tally.run == run:
                return self._tally
        raise NoAnswer("the reflector did not say what arrived of the run of data")

    def say(self, op: Op, body: bytes = b"") -> None:
        """Send a frame that is not answered by an echo; what the kernel refuses is lost."""
        size = self.smallest - self.place.headers
        _, data = self.held.seal(op, body, size=size)
        with contextlib.suppress(OSError):
            self.place.sock.sendmsg([data], [], 0, *([self._to] if self._to else []))
        self._sends += 1

    async def listen(self) -> None:
        """Take what comes, until cancelled."""
        while True:
            await trio.lowlevel.wait_readable(self.place.sock)
            self._drain()
            await trio.lowlevel.checkpoint()

    async def asked(
        self,
        ask: Ask,
        timeout: float,
        *,
        prove: bool = True,
        size: int = 0,
        tos: int | None = None,
        ttl: int = 0,
        prefix: bytes = b"",
    ) -> list[Echo]:
        """Return the answers to ``ask``, of a run of data the one that goes before it."""
        for _ in range(2):
            if prove and self._needs_proof(ask, size):
                await self._prove()
            awaited = self._send(ask, size=size, tos=tos, ttl=ttl, prefix=prefix)
            try:
                await self._wait(awaited, 1 if ask.run else ask.count, timeout)
            finally:
                self._forget(awaited)
            if awaited.status != Status.UNPROVEN:
                break  # else the answer brought a fresh proof
        if awaited.status != Status.OK:
            raise FarRefused(awaited.status)
        return awaited.echoes

    async def _wait(self, awaited: Awaited, count: int, timeout: float) -> None:
        while len(awaited.echoes) < count and awaited.status == Status.OK:
            with trio.move_on_after(timeout) as scope:
                await awaited.came.wait()
            if scope.cancelled_caught:
                return
            awaited.came = trio.Event()

    def _needs_proof(self, ask: Ask, size: int) -> bool:
        if self._proof != NO_PROOF:
            return False
        size = max(size, self.smallest) if size == 0 else size
        more = ask.size != AS_ASKED and max(ask.size, self.smallest) > size
        elsewhere = ask.wishes & (Wish.OTHER_PORT | Wish.OTHER_ADDRESS)
        return more or ask.count > 1 or bool(elsewhere)

    async def _prove(self) -> None:
        """Show that this flow hears what it is sent; nothing raised where it does not."""
        for _ in range(_TRIES):
            awaited = self._send(Ask())
            try:
                await self._wait(awaited, 1, 0.7)
            finally:
                self._forget(awaited)
            if self._proof != NO_PROOF:
                return

    def _send(
        self,
        ask: Ask,
        *,
        size: int = 0,
        tos: int | None = None,
        ttl: int = 0,
        prefix: bytes = b"",
    ) -> Awaited:
        place = self.place
        payload = (size or self.smallest + len(prefix)) - place.headers
        sequence, data = self.held.seal(
            Op.ASK, ask.pack(), proof=self._proof, prefix=prefix, size=payload
        )
        if place.protocol != "udp":
            data = raw_header(place.protocol, self.held.opened.session, sequence) + data
        whole = not ask.wishes & Wish.FRAGMENTS
        if place.whole != whole:
            set_whole(place.sock, whole)
            place.whole = whole
        control = how_to_send(place.family, tos=tos, ttl=ttl)
        awaited = Awaited(sequence, time.time_ns(), trio.current_time())
        self._awaited[sequence] = awaited
        try:
            self._send_bytes(data, control, awaited)
        except BaseException:
            self._forget(awaited)
            raise
        return awaited

    def _send_bytes(
        self, data: bytes, control: list[tuple[int, int, bytes]], awaited: Awaited
    ) -> None:
        for attempt in range(2):
            self._stamped[self._sends] = awaited
            try:
                if self._to is None:
                    self.place.sock.sendmsg([data], control)
                else:
                    self.place.sock.sendmsg([data], control, 0, self._to)
            except OSError as error:
                # Perhaps not this packet's: an ICMP error that waits fails the next send.
                self._drain()
                stamp(self.place.sock, sent=True)
                self._stamped.clear()
                self._sends = 0
                if attempt or error.errno in (errno.EPERM, errno.EAGAIN):
                    raise
            else:
                self._sends += 1
                return

    def _forget(self, awaited: Awaited) -> None:
        self._awaited.pop(awaited.sequence, None)
        for index in [i for i, one in self._stamped.items() if one is awaited]:
            del self._stamped[index]

    def _drain(self) -> None:
        for _ in range(_AT_ONCE):
            entry = next_error(self.place.sock)
            if entry is None:
                break
            if isinstance(entry, SentStamp):
                awaited = self._stamped.pop(entry.index, None)
                if awaited is not None:
                    awaited.sent_ns, awaited.by_kernel = entry.at_ns, True
            elif len(self.errors) < _MOST_ERRORS:
                self.errors.append(entry)
        for _ in range(_AT_ONCE):
            try:
                got = receive_into(self.place.sock, self._buffer)
            except OSError:
                continue  # a pending error, taken by this very call; its entry was queued above
            if got is None:
                break
            length, sender, ancillary = got
            counting = self.counting
            piece = piece_of(ancillary, length) if counting is not None else length
            for start in range(0, length, piece):
                end = min(length, start + piece)
                if counting is None or not counting.take(self._buffer, start, end):
                    self._take(bytes(memoryview(self._buffer)[start:end]), sender, ancillary)

    def _take(self, data: bytes, sender: Sender, ancillary: Control) -> None:
        told = parse_told(ancillary)
        packed, arrival = self.place.arrival(data, sender, told)
        frame = self.held.unseal(packed)
        if frame is not None and frame.op == Op.TALLIED:
            self._tally = parse_tally(frame.body)
            self._told.set()
        answer = parse_answer(frame.body) if frame and frame.op == Op.ANSWER else None
        if frame is None or answer is None:
            return
        self._proof = frame.proof
        awaited = self._awaited.get(answer.ask)
        if awaited is None:
            return
        awaited.status = answer.status
        if answer.status == Status.OK:
            awaited.echoes.append(echo_of(awaited, answer, arrival, by_kernel=told.by_kernel))
        awaited.came.set()
