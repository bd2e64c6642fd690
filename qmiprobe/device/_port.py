# SPDX-License-Identifier: GPL-2.0-or-later
"""What QMI and MBIM devices share: one reader of the port, and requests that wait for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from typing import Generic, Protocol, TypeVar

import trio

from qmiprobe._events import Malformed, Unmatched
from qmiprobe._framing import Garbage
from qmiprobe.device._observed import Observed
from qmiprobe.device._subscription import Subscription
from qmiprobe.errors import AnswerLost, DeviceReset, NoAnswer, TransportError
from qmiprobe.transport import ControlTransport

EventT = TypeVar("EventT")
NoteT = TypeVar("NoteT")


class _Slot:
    """A request that waits for its answer."""

    def __init__(self) -> None:
        self.done = trio.Event()
        self.event: object = None
        self.error: Exception | None = None


class _Connection(Protocol):
    def receive(self, data: bytes, *, now: float) -> object: ...


class Port(Generic[NoteT]):
    """One control port in use: received bytes go to the connection, its events to waiters."""

    def __init__(self, transport: ControlTransport, connection: _Connection) -> None:
        self.transport = transport
        self.observed = Observed()
        self.failure: TransportError | None = None
        """Why the port is at its end; None while it works."""
        self.subscriptions: list[Subscription[NoteT]] = []
        self._connection = connection
        self._slots: dict[Hashable, _Slot] = {}

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        """Read the port while the block runs; an error of the block leaves as it is."""
        failed: BaseException | None = None
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._read)
            try:
                yield
            except BaseException as error:  # a nursery would wrap it in a group
                failed = error
            nursery.cancel_scope.cancel()
        if failed is not None:
            raise failed

    async def _read(self) -> None:
        while True:
            try:
                item = await self.transport.receive()
            except (AnswerLost, DeviceReset) as error:
                kind = "lost" if isinstance(error, AnswerLost) else "reset"
                self.observed.record(kind, str(error), b"", trio.current_time())
                continue
            except TransportError as error:
                self._end(error)
                return
            now = trio.current_time()
            if isinstance(item, Garbage):
                text = f"{len(item.data)} bytes that are no message"
                self.observed.record("garbage", text, item.data, now)
                continue
            event = self._connection.receive(item.data, now=now)
            if event is not None:
                self._dispatch(event, now)

    def _dispatch(self, event: object, now: float) -> None:
        if isinstance(event, Unmatched):
            self.observed.record(event.kind, event.text, event.raw, now)
            return
        if isinstance(event, Malformed):
            self.observed.record("malformed", str(event.error), event.raw, now)
            slot = self._slots.get(event.request) if event.request is not None else None
            if slot is not None:
                slot.error = event.error
                slot.done.set()
            return
        request = getattr(event, "request", None)
        slot = self._slots.get(request) if request is not None else None
        if slot is not None:
            slot.event = event
            slot.done.set()
        else:
            self.note(event)

    def note(self, event: object) -> None:
        """Take an event that answers no request; the devices say what is in it."""

    def publish(self, item: NoteT) -> None:
        """Give an indication to all subscriptions."""
        for subscription in self.subscriptions:
            if not subscription.put(item):
                self.observed.dropped_indications += 1

    def _end(self, error: TransportError) -> None:
        self.failure = error
        for slot in self._slots.values():
            slot.error = error
            slot.done.set()
        for subscription in self.subscriptions:
            subscription.fail(error)

    async def round_trip(
        self, request: Hashable, frames: list[bytes], *, name: str, timeout: float
    ) -> object:
        """Send ``frames`` and return the event that answers ``request``.

        Raises NoAnswer after ``timeout`` seconds, DecodeError for a damaged answer, and the
        port's own failure. The caller abandons the request where this raises.
        """
        if self.failure is not None:
            raise self.failure
        slot = self._slots[request] = _Slot()
        begin = trio.current_time()
        try:
            with trio.move_on_after(timeout) as scope:
                for frame in frames:
                    await self.transport.send(frame)
                await slot.done.wait()
            if scope.cancelled_caught and not slot.done.is_set():
                text = f"{self.transport.name}: no answer to {name} within {timeout:g} s"
                raise NoAnswer(text)
        finally:
            del self._slots[request]
        if slot.error is not None:
            raise slot.error
        self.observed.latencies.append(trio.current_time() - begin)
        return slot.event
