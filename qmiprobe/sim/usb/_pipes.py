# SPDX-License-Identifier: GPL-2.0-or-later
"""The transfers that the host has pending at each endpoint, and how functions complete them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

import trio

EPIPE, EOVERFLOW = -32, -75


@dataclass(frozen=True, kw_only=True, slots=True)
class Urb:
    """A bulk or interrupt transfer that the host asked for."""

    number: int
    """By which the host knows it."""
    endpoint: int
    """Address, with 0x80 for IN."""
    length: int
    """IN: bytes that fit; OUT: bytes there are."""
    data: bytes = b""


Complete = Callable[[Urb, int, bytes], None]
"""Tells the host that a transfer has ended: with which status, and IN: with what."""


class TransferQueues:
    """All endpoints' pending transfers: the :class:`~._function.Pipes` of a device."""

    def __init__(self, complete: Complete, *, packet_size: Callable[[int], int]) -> None:
        self._complete = complete
        self._packet_size = packet_size
        self._pending: defaultdict[int, deque[Urb]] = defaultdict(deque)
        self._waiting: defaultdict[int, trio.lowlevel.ParkingLot] = defaultdict(
            trio.lowlevel.ParkingLot
        )
        self.halted: set[int] = set()

    def submit(self, urb: Urb) -> None:
        """Take a transfer from the host."""
        if urb.endpoint in self.halted:
            self._complete(urb, EPIPE, b"")
            return
        self._pending[urb.endpoint].append(urb)
        self._waiting[urb.endpoint].unpark()

    def unlink(self, number: int) -> bool:
        """Forget a transfer, which is then not completed; False where it was completed before."""
        for queue in self._pending.values():
            for urb in queue:
                if urb.number == number:
                    queue.remove(urb)
                    return True
        return False

    def drain(self) -> list[Urb]:
        """Forget all transfers, and return them."""
        drained = [urb for queue in self._pending.values() for urb in queue]
        for queue in self._pending.values():
            queue.clear()
        return drained

    def pending(self, endpoint: int) -> int:
        """Return how many transfers wait there."""
        return len(self._pending[endpoint])

    def clear_halt(self, endpoint: int) -> None:
        """Serve the endpoint again."""
        self.halted.discard(endpoint)

    def halt(self, endpoint: int) -> None:
        """Refuse what is pending there and what comes."""
        self.halted.add(endpoint)
        while self._pending[endpoint]:
            self._complete(self._pending[endpoint].popleft(), EPIPE, b"")

    async def send(self, endpoint: int, data: bytes) -> None:
        """Complete a transfer with these bytes, or several where one is too short for them."""
        await trio.lowlevel.checkpoint_if_cancelled()
        while True:
            urb = await self._next(endpoint)
            data = self._fill(urb, data)
            if not data:
                return

    def send_nowait(self, endpoint: int, data: bytes) -> bool:
        """Complete a pending transfer, where there is one."""
        if not self._pending[endpoint]:
            return False
        self._fill(self._pending[endpoint].popleft(), data)
        return True

    async def receive(self, endpoint: int) -> bytes:
        """Take a transfer's bytes and complete it."""
        await trio.lowlevel.checkpoint_if_cancelled()
        urb = await self._next(endpoint)
        self._complete(urb, 0, b"")
        return urb.data

    async def _next(self, endpoint: int) -> Urb:
        queue = self._pending[endpoint]
        while not queue:
            await self._waiting[endpoint].park()
        return queue.popleft()

    def _fill(self, urb: Urb, data: bytes) -> bytes:
        """Complete it, and return what did not fit: as on the wire, packet after packet.

        A buffer of whole packets is full then, and the rest belongs to the next transfer; in any
        other the last packet is too long for the host, which loses it (babble).
        """
        if len(data) <= urb.length:
            self._complete(urb, 0, data)
            return b""
        size = self._packet_size(urb.endpoint)
        if size and urb.length % size == 0:
            self._complete(urb, 0, data[: urb.length])
            return data[urb.length :]
        self._complete(urb, EOVERFLOW, data[: urb.length])
        return b""
