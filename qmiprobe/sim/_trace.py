# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes down what passes a control port of the simulated modem, seen from the modem's end."""

from __future__ import annotations

from collections.abc import Callable

import trio

import qmiprobe
from qmiprobe._framing import Frame, Garbage
from qmiprobe._trace_format import (
    Direction,
    Kind,
    TraceEntry,
    TraceHeader,
    entry_line,
    header_line,
)
from qmiprobe.transport._port import ControlTransport
from qmiprobe.transport._tracing import Lines

Redact = Callable[[bytes], bytes]


class TracedPort:
    """A :class:`~qmiprobe.transport.ControlTransport` around the modem's end of another.

    ``transport.Tracing`` does the same for the host's end: there, what is sent goes to the
    device, here it comes from it.
    """

    def __init__(
        self,
        transport: ControlTransport,
        writer: Lines,
        *,
        protocol: str,
        redact: Redact | None = None,
        header: bool = True,
    ) -> None:
        self._transport = transport
        self._writer = writer
        self._redact = redact
        self._start = trio.current_time()
        if header:
            first = TraceHeader(
                version=qmiprobe.__version__,
                protocol=protocol,
                port=transport.name,
                max_command=transport.max_command,
            )
            self._write(header_line(first))

    @property
    def name(self) -> str:
        """The name of the transport inside."""
        return self._transport.name

    @property
    def max_command(self) -> int | None:
        """That of the transport inside."""
        return self._transport.max_command

    async def send(self, message: bytes) -> None:
        """Record, then send: the host may answer before this task runs again."""
        self._record(message, "from-device", "frame")
        await self._transport.send(message)

    async def receive(self) -> Frame | Garbage:
        """Receive and record."""
        item = await self._transport.receive()
        self._record(item.data, "to-device", "frame" if isinstance(item, Frame) else "garbage")
        return item

    async def aclose(self) -> None:
        """Close the transport inside; the writer stays open."""
        await self._transport.aclose()

    def _record(self, data: bytes, direction: Direction, kind: Kind) -> None:
        shown = data if self._redact is None else self._redact(data)
        time = trio.current_time() - self._start
        self._write(entry_line(TraceEntry(time=time, direction=direction, data=shown, kind=kind)))

    def _write(self, line: str) -> None:
        self._writer.write(line + "\n")
        self._writer.flush()
