# SPDX-License-Identifier: GPL-2.0-or-later
"""A TCP connection to a reflector: echoes, late answers, runs of bytes, the SYN that arrived."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import trio

from qmiprobe.errors import NoAnswer

from ._far import FarRefused, Run
from ._frame import LENGTH, Frame, Op
from ._messages import Answer, Ask, Status, parse_answer, parse_tally

if TYPE_CHECKING:
    from ._bound import Ends
    from ._held import Greeting, Held

_CHUNK = 1 << 18


@asynccontextmanager
async def open_stream(ends: Ends, *, timeout: float) -> AsyncGenerator[Connection, None]:
    """Connect by TCP. Raises OSError, or TooSlowError after ``timeout`` seconds."""
    sock = trio.socket.from_stdlib_socket(ends.open_tcp())
    with sock:
        with trio.fail_after(timeout):
            await sock.connect(ends.address())
        yield Connection(trio.SocketStream(sock))


class Connection:
    """Frames over a TCP connection; once ``held`` is there, of that session."""

    def __init__(self, stream: trio.SocketStream) -> None:
        self.held: Held | None = None
        self._stream = stream
        self._left = b""

    async def greet(self, greeting: Greeting) -> None:
        """Open a session over this connection. Raises NoAnswer where the other side hangs up."""
        while greeting.held is None:
            await self._write(greeting.to_send())
            if not greeting.take(await self._read_frame()):
                raise NoAnswer("what answers by TCP is no reflector")
        self.held = greeting.held

    async def echo(self) -> Answer:
        """Return what the reflector says at once."""
        return await self._ask(Ask())

    async def delayed(self, seconds: float) -> Answer:
        """Return what the reflector says ``seconds`` later, nothing in between.

        The caller bounds the time. Raises NoAnswer when the connection ends meanwhile, OSError
        (ECONNRESET) when something on the way resets it.
        """
        return await self._ask(Ask(delay_ms=round(seconds * 1000)))

    async def syn(self) -> bytes:
        """Return the IP packet of this connection's SYN as it arrived there, options and all."""
        return (await self._exchange(Op.SYN, b"")).body

    async def pull(self, count: int) -> Run:
        """Have ``count`` bytes sent here at the reflector's rate. FarRefused above the budget."""
        await self._write_frame(Op.PULL, count.to_bytes(8, "big"))
        left, first, last = count, 0, 0
        head = await self._peek()
        if head is not None:
            raise FarRefused(Status.OVER_BUDGET)
        buffered = min(left, len(self._left))
        self._left = self._left[buffered:]
        left -= buffered
        first = last = time.monotonic_ns()
        while left:
            part = await self._stream.receive_some(min(left, _CHUNK))
            if not part:
                raise NoAnswer("the reflector ended the connection within a run of data")
            left -= len(part)
            last = time.monotonic_ns()
        await self._read_tally()
        return Run(bytes=count, seconds=(last - first) / 1e9)

    async def push(self, count: int) -> Run:
        """Send ``count`` bytes there; the time is the reflector's."""
        await self._write_frame(Op.PUSH, count.to_bytes(8, "big"))
        left = count
        block = bytes(_CHUNK)
        while left:
            part = min(left, _CHUNK)
            await self._stream.send_all(block[:part])
            left -= part
        return await self._read_tally()

    async def _peek(self) -> bytes | None:
        """Return a frame where the reflector answers by one instead of plain bytes."""
        while len(self._left) < LENGTH.size:
            part = await self._stream.receive_some(65536)
            if not part:
                raise NoAnswer("the reflector ended the connection")
            self._left += part
        return await self._read_frame() if any(self._left[: LENGTH.size]) else None

    async def _ask(self, ask: Ask) -> Answer:
        frame = await self._exchange(Op.ASK, ask.pack())
        answer = parse_answer(frame.body)
        if answer is None:
            raise NoAnswer("the reflector answered by something that is no answer")
        if answer.status != Status.OK:
            raise FarRefused(answer.status)
        return answer

    async def _exchange(self, op: Op, body: bytes) -> Frame:
        await self._write_frame(op, body)
        return await self._read_signed()

    async def _read_tally(self) -> Run:
        tally = parse_tally((await self._read_signed()).body)
        if tally is None:
            raise NoAnswer("the reflector did not say what arrived")
        return Run(bytes=tally.size, seconds=tally.seconds)

    async def _read_signed(self) -> Frame:
        frame = self._session.unseal(await self._read_frame())
        if frame is None:
            raise NoAnswer("what came by TCP is not signed by the reflector")
        return frame

    @property
    def _session(self) -> Held:
        assert self.held is not None
        return self.held

    async def _write_frame(self, op: Op, body: bytes) -> None:
        _, data = self._session.seal(op, body)
        await self._write(data)

    async def _write(self, data: bytes) -> None:
        await self._send(LENGTH.pack(len(data)) + data)

    async def _send(self, data: bytes) -> None:
        try:
            await self._stream.send_all(data)
        except trio.BrokenResourceError as error:
            raise _cause(error) from error

    async def _read_frame(self) -> bytes:
        (length,) = LENGTH.unpack(await self._read(LENGTH.size))
        return await self._read(length)

    async def _read(self, count: int) -> bytes:
        while len(self._left) < count:
            try:
                part = await self._stream.receive_some(65536)
            except trio.BrokenResourceError as error:
                raise _cause(error) from error
            if not part:
                raise NoAnswer("the reflector ended the connection")
            self._left += part
        data, self._left = self._left[:count], self._left[count:]
        return data


def _cause(error: trio.BrokenResourceError) -> OSError:
    """Return the system's own error: who resets a connection is of interest."""
    return error.__cause__ if isinstance(error.__cause__, OSError) else ConnectionError(str(error))
