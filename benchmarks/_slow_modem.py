# SPDX-License-Identifier: GPL-2.0-or-later
"""A simulated modem on a pty that answers after a fixed time: what benchmarks ask."""

from __future__ import annotations

import sys
from collections import deque

import trio

from qmiprobe import sim
from qmiprobe._framing import Frame, Garbage
from qmiprobe.transport import ControlTransport


class Delayed:
    """A transport whose messages leave ``seconds`` after they were given to it, in order."""

    def __init__(self, inner: ControlTransport, seconds: float) -> None:
        self._inner = inner
        self._seconds = seconds
        self._waiting: deque[tuple[float, bytes]] = deque()
        self._more = trio.Event()

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def max_command(self) -> int | None:
        return self._inner.max_command

    async def send(self, message: bytes) -> None:
        await trio.lowlevel.checkpoint()
        self._waiting.append((trio.current_time() + self._seconds, message))
        self._more.set()

    async def receive(self) -> Frame | Garbage:
        return await self._inner.receive()

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def deliver(self) -> None:
        """Send what is due, for ever."""
        while True:
            while self._waiting:
                due, message = self._waiting.popleft()
                await trio.sleep_until(due)
                await self._inner.send(message)
            self._more = trio.Event()
            await self._more.wait()


async def serve(profile: str, seconds: float) -> None:
    """Print the pty's path and serve until the process is ended."""
    async with trio.open_nursery() as nursery:

        def wrap(inner: ControlTransport) -> ControlTransport:
            delayed = Delayed(inner, seconds)
            nursery.start_soon(delayed.deliver)
            return delayed

        async with sim.serve_pty(sim.SimulatedModem(profile), wrap=wrap) as path:
            print(path, flush=True)
            await trio.sleep_forever()


if __name__ == "__main__":
    trio.run(serve, sys.argv[1], float(sys.argv[2]))
