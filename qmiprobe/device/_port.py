# SPDX-License-Identifier: GPL-2.0-or-later
"""What QMI and MBIM devices share: one reader of the port, and requests that wait for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Generic, Protocol, TypeVar

import trio

from qmiprobe._events import Malformed, Unmatched
from qmiprobe._framing import Frame, Garbage
from qmiprobe.device._background import background
from qmiprobe.device._observed import Observed
from qmiprobe.device._subscription import Subscription
from qmiprobe.errors import AnswerLost, DecodeError, DeviceReset, NoAnswer, TransportError
from qmiprobe.transport import ControlTransport

NoteT = TypeVar("NoteT")
SEND_TIMEOUT = 2.0
"""Seconds to finish a message that was begun, also where its sender is cancelled."""
SILENT_PATIENCE = 0.25
"""Seconds to wait for an answer to what is given back, once the modem left one unanswered."""
MOST_RESETS = 10
"""Resets in a row, nothing between them, after which the port is taken for dead."""


class Slot:
    """A request that waits for its answer."""

    def __init__(self) -> None:
        self.done = trio.Event()
        self.event: object = None
        """What came; None where ``error`` came instead."""
        self.error: Exception | None = None

    def fill(self, event: object, error: Exception | None = None) -> None:
        """Wake who waits; what came first counts."""
        if not self.done.is_set():
            self.event, self.error = event, error
            self.done.set()


class _Connection(Protocol):
    def receive(self, data: bytes, *, now: float) -> object: ...


class Port(Generic[NoteT]):
    """One control port in use: received bytes go to the connection, its events to waiters."""

    def __init__(self, transport: ControlTransport, connection: _Connection) -> None:
        self.transport = transport
        self.observed = Observed()
        self.failure: TransportError | None = None
        """Why the port is at its end; None while it works."""
        self.silent = False
        """Whether the last request was not answered, and nothing came since."""
        self.subscriptions: list[Subscription[NoteT]] = []
        self._connection = connection
        self._slots: dict[Hashable, Slot] = {}
        self._sending = trio.Lock()
        self._nursery: trio.Nursery | None = None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        """Read the port while the block runs; an error of the block leaves as it is.

        The reader outlives a cancellation of the block, so that what is given back is answered.
        """
        try:
            async with background() as nursery:
                self._nursery = nursery
                nursery.start_soon(self._read)
                try:
                    yield
                finally:
                    await self.settle()
        finally:
            self._nursery = None
            self._end(TransportError("the device was closed here", port=self.transport.name))

    def start_soon(self, task: Callable[..., Awaitable[object]], *args: object) -> None:
        """Run a task beside the block that uses the port; it ends with it."""
        if self._nursery is not None:
            self._nursery.start_soon(task, *args)

    async def settle(self) -> None:
        """Wait, shielded and bounded, for what must still come before the reader stops."""

    async def _read(self) -> None:
        try:
            await self._read_on()
        except Exception as error:  # a bug of ours; nobody is to wait for answers any more
            name = self.transport.name
            self._end(TransportError(f"reading stopped: {error!r}", port=name))
            raise

    async def _read_on(self) -> None:
        resets = 0
        while True:
            try:
                item = await self.transport.receive()
            except AnswerLost as error:
                self._record("lost", str(error))
                continue
            except DeviceReset as error:
                self._record("reset", str(error))
                resets += 1
                if resets == MOST_RESETS:
                    self._end(error)
                    return
                continue
            except TransportError as error:
                self._end(error)
                return
            resets = 0
            self.silent = False
            self._take(item)

    def _take(self, item: Frame | Garbage) -> None:
        if isinstance(item, Garbage):
            self._record("garbage", f"{len(item.data)} bytes that are no message", item.data)
            return
        for event in self._events(item.data):
            self._dispatch(event)

    def _events(self, data: bytes) -> Iterator[object]:
        """Yield what one frame means."""
        yield self._connection.receive(data, now=trio.current_time())

    def _record(self, kind: str, text: str, raw: bytes = b"") -> None:
        self.observed.record(kind, text, raw, trio.current_time())

    def _dispatch(self, event: object) -> None:
        request = getattr(event, "request", None)
        if isinstance(event, Unmatched):
            self._record(event.kind, event.text, event.raw)
            if event.kind == "late":
                self.note_late(event)
            return
        slot = self._slots.get(request) if request is not None else None
        if isinstance(event, Malformed):
            self._record("malformed", str(event.error), event.raw)
            if slot is not None:
                slot.fill(None, event.error)
        elif slot is not None:
            slot.fill(event)
        elif event is not None:
            self.note(event)

    def note(self, event: object) -> None:
        """Take an event that answers no request; the devices say what is in it."""

    def note_late(self, event: Unmatched) -> None:
        """Take the answer to a request that was given up."""

    def publish(self, item: NoteT) -> None:
        """Give an indication to all subscriptions.

        That one drops what it has is an anomaly, ``overflow``, once until its reader caught up.
        """
        for subscription in self.subscriptions:
            was_behind = subscription.behind
            if not subscription.put(item):
                self.observed.dropped_indications += 1
                if not was_behind:
                    text = "indications come faster than they are read: the oldest are dropped"
                    self._record("overflow", text)

    def _end(self, error: TransportError) -> None:
        if self.failure is not None:
            return
        self.failure = error
        for slot in self._slots.values():
            slot.fill(None, error)
        for subscription in self.subscriptions:
            subscription.wake()

    def patience(self, seconds: float) -> float:
        """Return how long to wait for an answer when something is given back."""
        return min(seconds, SILENT_PATIENCE) if self.silent else seconds

    @contextmanager
    def expecting(self, request: Hashable) -> Iterator[Slot]:
        """Give the slot that the answer to ``request`` fills, while the block runs."""
        if self.failure is not None:
            raise self.failure
        slot = self._slots[request] = Slot()
        try:
            yield slot
        finally:
            del self._slots[request]

    async def ask(self, slot: Slot, frames: list[bytes], *, name: str, timeout: float) -> object:
        """Send ``frames`` and return the event that fills ``slot``.

        Raises NoAnswer after ``timeout`` seconds, DecodeError for a damaged answer, and the
        port's own failure. The caller abandons the request where this raises.
        """
        begin = trio.current_time()
        sent = False
        with trio.move_on_after(timeout):
            await self._send(frames)
            sent = True
            await slot.done.wait()
        if not slot.done.is_set():
            self.silent = True
            if not sent:
                raise NoAnswer(f"{self.transport.name}: {name} not taken within {timeout:g} s")
            raise NoAnswer(f"{self.transport.name}: no answer to {name} within {timeout:g} s")
        if isinstance(slot.error, DecodeError):
            text, offset = f"{name}: {slot.error.args[0]}", slot.error.offset
            raise DecodeError(text, offset=offset) from slot.error
        if slot.error is not None:
            raise slot.error
        self.observed.latencies.append(trio.current_time() - begin)
        return slot.event

    async def _send(self, frames: list[bytes]) -> None:
        """Send one message's fragments in a row: those of two messages must not mix."""
        async with self._sending:
            await self.transport.send(frames[0])
            if len(frames) == 1:
                return
            # A message that was begun has to be finished, or the function refuses the next one.
            with trio.move_on_after(SEND_TIMEOUT, shield=True) as scope:
                for frame in frames[1:]:
                    await self.transport.send(frame)
            if scope.cancelled_caught:
                text = f"took only a part of a message of {len(frames)} fragments"
                raise TransportError(text, port=self.transport.name)
