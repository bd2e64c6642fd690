# SPDX-License-Identifier: GPL-2.0-or-later
"""Two control ports in memory that are each other's other end."""

from __future__ import annotations

from collections import deque

from trio.lowlevel import ParkingLot, checkpoint

from qmiprobe._framing import Frame, Garbage
from qmiprobe.errors import DeviceGone, TransportError

CAPACITY = 64
"""Messages that wait in one direction before a sender has to wait too."""

Delivery = Frame | Garbage | TransportError


def memory_pair(
    name: str, *, max_command: int | None = None, capacity: int = CAPACITY
) -> tuple[MemoryTransport, MemoryTransport]:
    """The host's end and the modem's end; ``max_command`` in bytes holds for the host's.

    Messages arrive whole and as they were sent: there is no framing.
    """
    there, back = _Lane(name, capacity), _Lane(name, capacity)
    host = MemoryTransport(name, outward=there, inward=back, max_command=max_command)
    return host, MemoryTransport(name, outward=back, inward=there)


class MemoryTransport:
    """A :class:`~qmiprobe.transport.ControlTransport` whose other end is one too."""

    def __init__(
        self, name: str, *, outward: _Lane, inward: _Lane, max_command: int | None = None
    ) -> None:
        self.name = name
        self.max_command = max_command
        """Settable; a longer message is refused."""
        self._outward = outward
        self._inward = inward

    async def send(self, message: bytes) -> None:
        """Hands over one message; waits while the other end has ``capacity`` of them to take."""
        if not message:
            raise TransportError("an empty message cannot be sent", port=self.name)
        if self.max_command is not None and len(message) > self.max_command:
            raise TransportError(
                f"a message of {len(message)} bytes was not sent: the port takes "
                f"{self.max_command}; use fragments or ask for less",
                port=self.name,
            )
        await self.deliver(Frame(bytes(message)))

    async def deliver(self, item: Delivery) -> None:
        """Makes ``item`` what the other end receives: also garbage, or a failure of the port."""
        await self._outward.put(item)

    async def receive(self) -> Frame | Garbage:
        """The next message; see :class:`~qmiprobe.transport.ControlTransport`."""
        item = await self._inward.take()
        if isinstance(item, TransportError):
            raise item
        return item

    def break_now(self) -> None:
        """Unplugs: both ends get DeviceGone from now on, and nothing that was on the way."""
        for lane in (self._inward, self._outward):
            lane.end("unplugged", forget=True)

    async def aclose(self) -> None:
        """Closes this end; the other one still gets what was sent, then DeviceGone."""
        self._inward.end("the port was closed", forget=True)
        self._outward.end("the port was closed")


class _Lane:
    """A bounded queue in one direction."""

    def __init__(self, port: str, capacity: int) -> None:
        self._port = port
        self._capacity = capacity
        self._items: deque[Delivery] = deque()
        self._end: str | None = None
        self._takers = ParkingLot()
        self._putters = ParkingLot()

    async def put(self, item: Delivery) -> None:
        await checkpoint()
        while self._end is None and len(self._items) >= self._capacity:
            await self._putters.park()
        if self._end is not None:
            raise DeviceGone(self._end, port=self._port)
        self._items.append(item)
        self._takers.unpark()

    async def take(self) -> Delivery:
        await checkpoint()
        while not self._items:
            if self._end is not None:
                raise DeviceGone(self._end, port=self._port)
            await self._takers.park()
        self._putters.unpark()
        return self._items.popleft()

    def end(self, text: str, *, forget: bool = False) -> None:
        if self._end is None:
            self._end = text
        if forget:
            self._items.clear()
        self._takers.unpark_all()
        self._putters.unpark_all()
