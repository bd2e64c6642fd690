# SPDX-License-Identifier: GPL-2.0-or-later
"""One control port from inside the modem: what the face says, altered by faults, in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import trio

from qmiprobe._framing import Garbage
from qmiprobe.errors import TransportError
from qmiprobe.transport._memory import MemoryTransport
from qmiprobe.transport._port import ControlTransport

CAPACITY = 4096
"""Messages that wait for a host that does not read; then the oldest indication is lost, as in
firmware, and an answer only where nothing else waits."""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A message on its way to the host."""

    data: bytes
    request: bytes | None = None
    """What it answers; None: unasked."""
    delay: float = 0.0
    """Seconds that it is held back, and all behind it."""
    unplug: bool = False
    """Instead of it the port goes away."""
    garbage: bool = False
    """It is no message at all."""


WireFault = Callable[[Outgoing], list[Outgoing]]
"""Takes each message and gives what goes out in its place."""


class Port:
    """Queues what faces put; :meth:`send_to` carries it to the transport."""

    def __init__(self, faults: tuple[WireFault, ...] = (), *, first_session: int = 0) -> None:
        self.first_session = first_session
        """Number of the data session that the network interface beside this port carries."""
        self._faults = faults
        self._queue: deque[tuple[float, Outgoing]] = deque()
        """With the time when each is due."""
        self._filled = trio.Event()

    def put(self, message: bytes, *, request: bytes | None = None) -> None:
        """Queue one message, or what the faults make of it."""
        going = [Outgoing(data=message, request=request)]
        for fault in self._faults:
            going = [altered for one in going for altered in fault(one)]
        now = trio.current_time()
        self._queue.extend((now + one.delay, one) for one in going)
        while len(self._queue) > CAPACITY:
            unasked = (at for at, (_, one) in enumerate(self._queue) if one.request is None)
            del self._queue[next(unasked, 0)]
        self._filled.set()

    def clear(self) -> None:
        """Forget what was not sent."""
        self._queue.clear()

    async def send_to(self, transport: ControlTransport) -> bool:
        """Send what is queued until the transport is gone; False where the modem unplugged."""
        while True:
            while self._queue:
                await trio.sleep_until(self._queue[0][0])
                if not self._queue:
                    break
                _, going = self._queue.popleft()
                if going.unplug:
                    return False
                try:
                    await _send(transport, going)
                except TransportError:
                    return True
            self._filled = trio.Event()
            await self._filled.wait()


async def _send(transport: ControlTransport, going: Outgoing) -> None:
    """Send a message; in memory nothing is framed, so what is none has to be called so."""
    if going.garbage and isinstance(transport, MemoryTransport):
        await transport.deliver(Garbage(going.data))
    else:
        await transport.send(going.data)
