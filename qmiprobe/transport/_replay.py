# SPDX-License-Identifier: GPL-2.0-or-later
"""A port that answers as the device of a trace did; what a message means is injected."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Literal

import trio

from qmiprobe._framing import Frame, Garbage
from qmiprobe.errors import DeviceGone, TransportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qmiprobe._trace_format import TraceEntry

    SameRequest = Callable[[bytes, bytes], bool]
    Retag = Callable[[bytes, bytes], bytes | None]

OPEN_REQUESTS = 256
"""Requests whose answers may still come; older ones are taken for answered."""


def replay(
    entries: Iterable[TraceEntry],
    *,
    same_request: SameRequest,
    retag: Retag,
    name: str = "replay",
    max_command: int | None = None,
    at_end: Literal["wait", "gone"] = "wait",
) -> ReplayTransport:
    """A transport that plays the device's part of a trace.

    ``same_request(recorded, asked)``: equal but for what differs from run to run, such as the
    transaction. ``retag(answer, request)``: the answer with the transaction of this request,
    or None where it cannot answer it (an indication, another service, client or message).
    ``at_end``: once the last entry was delivered, receiving waits for ever or raises
    DeviceGone.

    Requests must come in the trace's order. What the device sent comes at its place: after
    the requests that stand before it, and without the waiting time between.
    """
    return ReplayTransport(
        deque(entries),
        same_request=same_request,
        retag=retag,
        name=name,
        max_command=max_command,
        at_end=at_end,
    )


class ReplayTransport:
    """A :class:`~qmiprobe.transport.ControlTransport`; made by :func:`replay`."""

    def __init__(
        self,
        entries: deque[TraceEntry],
        *,
        same_request: SameRequest,
        retag: Retag,
        name: str,
        max_command: int | None,
        at_end: Literal["wait", "gone"],
    ) -> None:
        self.name = name
        self.max_command = max_command
        self._to_come = entries
        self._due: deque[TraceEntry] = deque()
        self._same_request = same_request
        self._retag = retag
        self._at_end = at_end
        self._asked: deque[tuple[bytes, bytes]] = deque(maxlen=OPEN_REQUESTS)
        self._closed = False
        self._changed = trio.Event()
        self._advance()

    @property
    def finished(self) -> bool:
        """True once every entry was asked for or delivered."""
        return not self._to_come and not self._due

    async def send(self, message: bytes) -> None:
        """Takes the request that the trace has next; any other raises TransportError."""
        await trio.lowlevel.checkpoint()
        self._check_open()
        if not self._to_come:
            raise self._error(f"the trace is at its end, but {message.hex()} was sent")
        expected = self._to_come[0]
        if not self._same_request(expected.data, message):
            raise self._error(
                f"the trace goes on at {expected.time:g} s with "
                f"{expected.name or 'the request'} {expected.data.hex()}, "
                f"but {message.hex()} was sent"
            )
        self._to_come.popleft()
        self._asked.appendleft((expected.data, bytes(message)))
        self._advance()

    async def receive(self) -> Frame | Garbage:
        """What the device of the trace sent next, once what stands before it was asked."""
        await trio.lowlevel.checkpoint()
        while True:
            self._check_open()
            if self._due:
                entry = self._due.popleft()
                if entry.kind == "garbage":
                    return Garbage(entry.data)
                return Frame(self._as_answer(entry.data))
            if not self._to_come and self._at_end == "gone":
                raise DeviceGone("the trace is at its end", port=self.name)
            await self._changed.wait()

    async def aclose(self) -> None:
        """Ends the replay; a pending receive gets DeviceGone."""
        self._closed = True
        self._wake()

    def _advance(self) -> None:
        """Makes due what the device sent before the next request."""
        while self._to_come and self._to_come[0].direction == "from-device":
            self._due.append(self._to_come.popleft())
        self._wake()

    def _as_answer(self, data: bytes) -> bytes:
        """``data`` with the transaction of the request that was made now, if it answers one.

        An answer is known by this: retagged to the request that it was recorded for it stays
        as it is. The youngest such request counts, because transactions are used again.
        """
        for recorded, asked in self._asked:
            if self._retag(data, recorded) == data:
                return self._retag(data, asked) or data
        return data

    def _wake(self) -> None:
        self._changed.set()
        self._changed = trio.Event()

    def _check_open(self) -> None:
        if self._closed:
            raise DeviceGone("closed by this program", port=self.name)

    def _error(self, text: str) -> TransportError:
        return TransportError(text, port=self.name)
