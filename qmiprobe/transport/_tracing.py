# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes down every message that passes a transport; never looks inside one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import trio

import qmiprobe
from qmiprobe._framing import Frame
from qmiprobe._trace_format import TraceEntry, TraceHeader, entry_line, header_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmiprobe._framing import Garbage
    from qmiprobe._trace_format import Direction, Kind
    from qmiprobe.transport._port import ControlTransport

    Redact = Callable[[bytes], bytes]
    NameOf = Callable[[bytes], str | None]


class Lines(Protocol):
    """Where a trace is written to; an open text file is one."""

    def write(self, text: str, /) -> object: ...

    def flush(self) -> object: ...


class Tracing:
    """A :class:`~qmiprobe.transport.ControlTransport` around another one, with a trace.

    ``redact`` gets each message before it is written, and garbage too, so it must take any
    bytes; without it all is written as it is. ``name_of`` gets the bytes as they are. Where
    one of them fails, the bytes are withheld. A trace that cannot be written any more (disk
    full) ends, and ``failure`` says why: the modem's answers matter more.
    """

    def __init__(
        self,
        transport: ControlTransport,
        writer: Lines,
        clock: Callable[[], float] = trio.current_time,
        *,
        protocol: str | None = None,
        redact: Redact | None = None,
        name_of: NameOf | None = None,
    ) -> None:
        self._transport = transport
        self._writer = writer
        self._clock = clock
        self._redact = redact
        self._name_of = name_of
        self._leaving: list[tuple[float, bytes]] = []
        self._start = clock()
        self.failure: OSError | ValueError | None = None
        """Why the trace ended before the transport did; ValueError is a closed file."""
        header = TraceHeader(
            version=qmiprobe.__version__,
            protocol=protocol,
            port=transport.name,
            max_command=transport.max_command,
        )
        self._write(header_line(header))

    @property
    def name(self) -> str:
        """The name of the transport inside."""
        return self._transport.name

    @property
    def max_command(self) -> int | None:
        """That of the transport inside."""
        return self._transport.max_command

    async def send(self, message: bytes) -> None:
        """Sends, and records a message that went out, with the time when it was asked for."""
        leaving = (self._clock(), message)
        self._leaving.append(leaving)
        try:
            await self._transport.send(message)
        except BaseException:
            self._leaving = [each for each in self._leaving if each is not leaving]
            raise
        if any(each is leaving for each in self._leaving):
            self._record_leaving()

    async def receive(self) -> Frame | Garbage:
        """Receives and records."""
        item = await self._transport.receive()
        # An answer can be here before the sender runs again: its request stands first.
        self._record_leaving()
        kind: Kind = "frame" if isinstance(item, Frame) else "garbage"
        self._record(self._clock(), "from-device", item.data, kind)
        return item

    async def aclose(self) -> None:
        """Closes the transport inside; the writer stays open."""
        await self._transport.aclose()

    def _record_leaving(self) -> None:
        for time, message in self._leaving:
            self._record(time, "to-device", message, "frame")
        self._leaving = []

    def _record(self, time: float, direction: Direction, data: bytes, kind: Kind) -> None:
        shown, name = self._shown(data)
        entry = TraceEntry(
            time=time - self._start, direction=direction, data=shown, kind=kind, name=name
        )
        self._write(entry_line(entry))

    def _shown(self, data: bytes) -> tuple[bytes, str | None]:
        try:
            shown = self._redact(data) if self._redact else data
            return shown, self._name_of(data) if self._name_of else None
        except Exception as error:  # theirs to fix; ours to leak nothing and to go on
            return b"", f"{len(data)} bytes withheld: {type(error).__name__}"

    def _write(self, line: str) -> None:
        if self.failure is not None:
            return
        try:
            self._writer.write(line + "\n")
            self._writer.flush()
        except (OSError, ValueError) as error:
            self.failure = error
