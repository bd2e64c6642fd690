# SPDX-License-Identifier: GPL-2.0-or-later
"""USB bulk pipes as the packet port of the simulated network: counts what passes; its faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

import trio

from ._link import Packed, SessionPacket

if TYPE_CHECKING:
    from qmiprobe.sim.usb._function import Pipes

    from ._link import DataLink

SESSIONS_EACH = 256
"""Session numbers of a function; the next function's begin behind them."""
_ROOM = 1024
"""Packets that wait for a host that does not fetch them; more are dropped."""
_MOST_AT_ONCE = 64
_QUIET_TURNS = 3
"""Of the scheduler: so long a packet waits for others to go with it."""


@dataclass(frozen=True, kw_only=True)
class DataFaults:
    """What can be wrong with bulk data; the default is nothing."""

    stop_after: int | None = None
    """Packets, both directions together, after which no more pass."""
    lose_multiples_of: int = 0
    """Bytes: transfers of a length that this divides are lost; 0: none. 512 is a full packet."""
    lose_uplink: bool = False
    """What the host sends goes nowhere."""


@dataclass(kw_only=True)
class DataCounters:
    """What passed since the modem was made; "up" is from the host, "down" to it.

    Frames are what the host's netdev counts: packets of the network, and with Ethernet ARP and
    such too. Packets are those of the network alone, whole IP packets, also by session.
    """

    up_transfers: int = 0
    up_bytes: int = 0
    up_frames: int = 0
    up_packets: int = 0
    down_transfers: int = 0
    down_bytes: int = 0
    down_frames: int = 0
    down_packets: int = 0
    up_sessions: Counter[int] = field(default_factory=Counter)
    down_sessions: Counter[int] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    """By reason."""


@dataclass(frozen=True, kw_only=True)
class BulkPair:
    """The endpoints of a data function."""

    into_host: int
    out_of_host: int


class DataPort:
    """Moves packets between a network and whatever data functions run (``sim.PacketPort``).

    It outlives them: reconfiguring a device ends its functions and starts others. Without one,
    packets are dropped.
    """

    def __init__(self, faults: DataFaults | None = None) -> None:
        self.faults = faults or DataFaults()
        self.counters = DataCounters()
        self._up_in, self._up_out = trio.open_memory_channel[SessionPacket](_ROOM)
        self._down: dict[int, trio.MemorySendChannel[SessionPacket | Packed]] = {}

    async def send(self, session_id: int, packet: bytes) -> None:
        """Queue one packet for the host; where nothing carries it, it is dropped and counted."""
        await trio.lowlevel.checkpoint()
        first = session_id - session_id % SESSIONS_EACH
        queue = self._down.get(first)
        if queue is None:
            self.counters.dropped["no-function"] += 1
        else:
            self._queue(queue, (session_id - first, packet))

    async def receive(self) -> SessionPacket:
        """Return the next packet that the host sent, with its session."""
        return await self._up_out.receive()

    async def carry(
        self, link: DataLink, pipes: Pipes, *, bulk: BulkPair, first_session: int = 0
    ) -> None:
        """Carry packets over a pair of endpoints in the form of ``link``, until cancelled."""
        sending, receiving = trio.open_memory_channel[SessionPacket | Packed](_ROOM)
        self._down[first_session] = sending
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._carry_down, link, pipes, bulk, receiving, first_session)
                while True:
                    transfer = await pipes.receive(bulk.out_of_host)
                    self._take(link, transfer, sending, first_session)
        finally:
            if self._down.get(first_session) is sending:
                del self._down[first_session]

    def _take(
        self,
        link: DataLink,
        transfer: bytes,
        replies: trio.MemorySendChannel[SessionPacket | Packed],
        first: int,
    ) -> None:
        counters = self.counters
        counters.up_transfers += 1
        counters.up_bytes += len(transfer)
        if self._loses(transfer) or self.faults.lose_uplink:
            counters.dropped["lost-up"] += 1
            return
        found = link.unpack(transfer)
        counters.up_frames += found.frames
        counters.dropped.update(found.notes)
        for reply in found.replies:
            self._queue(replies, reply)
        for number, packet in found.packets:
            if self._left() == 0:
                self._drop("stopped", 1)
                continue
            counters.up_packets += 1
            counters.up_sessions[first + number] += 1
            try:
                self._up_in.send_nowait((first + number, packet))
            except trio.WouldBlock:
                counters.dropped["no-room-up"] += 1

    async def _carry_down(
        self,
        link: DataLink,
        pipes: Pipes,
        bulk: BulkPair,
        queue: trio.MemoryReceiveChannel[SessionPacket | Packed],
        first: int,
    ) -> NoReturn:
        while True:
            waiting = [await queue.receive()]
            await _gather(queue, waiting)
            packets = [one for one in waiting if not isinstance(one, Packed)]
            transfers = [one for one in waiting if isinstance(one, Packed)]
            transfers += self._packed(link, packets)
            for one in transfers:
                await self._give(one, pipes, bulk.into_host, first)

    def _packed(self, link: DataLink, packets: Sequence[SessionPacket]) -> list[Packed]:
        """Return the transfers of these; what the fault stops or no form carries is dropped."""
        left = self._left()
        allowed = packets if left is None else packets[:left]
        made = link.pack(allowed)
        carried = sum(len(one.sessions) for one in made)
        self._drop("stopped", len(packets) - len(allowed))
        self._drop("no-carrier", len(allowed) - carried)
        return made

    async def _give(self, one: Packed, pipes: Pipes, endpoint: int, first: int) -> None:
        counters = self.counters
        if self._loses(one.data):
            counters.dropped["lost-down"] += one.frames
            return
        await pipes.send(endpoint, one.data)
        counters.down_transfers += 1
        counters.down_bytes += len(one.data)
        counters.down_frames += one.frames
        counters.down_packets += len(one.sessions)
        counters.down_sessions.update(first + number for number in one.sessions)

    def _loses(self, transfer: bytes) -> bool:
        size = self.faults.lose_multiples_of
        return bool(size and transfer) and len(transfer) % size == 0

    def _left(self) -> int | None:
        """Return how many packets may still pass; None: there is no limit."""
        if self.faults.stop_after is None:
            return None
        passed = self.counters.up_packets + self.counters.down_packets
        return max(0, self.faults.stop_after - passed)

    def _drop(self, reason: str, count: int) -> None:
        if count:
            self.counters.dropped[reason] += count

    def _queue(
        self, queue: trio.MemorySendChannel[SessionPacket | Packed], item: SessionPacket | Packed
    ) -> None:
        try:
            queue.send_nowait(item)
        except trio.WouldBlock:
            self.counters.dropped["no-room-down"] += 1


async def _gather(
    queue: trio.MemoryReceiveChannel[SessionPacket | Packed], waiting: list[SessionPacket | Packed]
) -> None:
    """Add to ``waiting`` what comes right behind, until nothing does for a few turns."""
    quiet = 0
    while quiet < _QUIET_TURNS and len(waiting) < _MOST_AT_ONCE:
        try:
            waiting.append(queue.receive_nowait())
            quiet = 0
        except trio.WouldBlock:
            quiet += 1
            await trio.lowlevel.checkpoint()
