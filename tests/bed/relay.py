# SPDX-License-Identifier: GPL-2.0-or-later
"""The radio of the bed: carries packets between two TUN netdevs, late, lost, twice, out of turn."""

from __future__ import annotations

import contextlib
import heapq
import itertools
import os
import random
from typing import TYPE_CHECKING

import trio
import trio.lowlevel

if TYPE_CHECKING:
    from .recipe import Radio

_FRAME_SECONDS = 0.2
_LONGEST = 65536
_MOST_WAITING = 2000


async def relay(up: int, down: int, radio: Radio) -> None:
    """Carry packets between the descriptors of wwan0 (``up``) and ue (``down``), for ever."""
    async with trio.open_nursery() as nursery:
        clock = _Idle(radio)
        if radio.framed or radio.bare:
            bare = _QMAP + _ADVERTISEMENT if radio.multiplexed else _ADVERTISEMENT
            nursery.start_soon(_send_unasked, up, _ARP if radio.framed else bare)
        nursery.start_soon(_Way(up, down, radio, radio.loss_up, clock, radio.seed).run)
        toward_host = _Way(down, up, radio, radio.loss_down, clock, radio.seed + 1, to_host=True)
        nursery.start_soon(toward_host.run)


_ARP = bytes.fromhex(
    "ffffffffffff020000000001080600010800060400010200000000010a4000010000000000000a400002"
).ljust(60, b"\0")
"""What a modem that speaks 802.3 says of its own accord: it asks for the host."""
_ADVERTISEMENT = bytes.fromhex(
    "6000000000103aff"
    "fe800000000000000000000000000001"
    "ff020000000000000000000000000001"
    "86000000400007080000000000000000"
)
"""What a network says by itself to a modem that speaks raw-IP: a router advertisement."""

_QMAP = bytes([0, 1]) + len(_ADVERTISEMENT).to_bytes(2)
"""Data, no padding; mux id; length of the packet."""


async def _send_unasked(up: int, packet: bytes) -> None:
    while True:
        with contextlib.suppress(OSError):  # EINVAL: it is not for such a netdev, as it should be
            os.write(up, packet)
        await trio.sleep(_FRAME_SECONDS)


class _Idle:
    """When the radio was last used, both ways together."""

    def __init__(self, radio: Radio) -> None:
        self._radio = radio
        self._last = -1e9
        self._ready = -1e9

    def delay(self) -> float:
        """Seconds that a packet now has to wait for the radio."""
        now = trio.current_time()
        if self._radio.idle_s and now - self._last > self._radio.idle_s:
            self._ready = now + self._radio.promotion_s
        self._last = now
        return max(0.0, self._ready - now)


class _Way:
    def __init__(
        self,
        source: int,
        sink: int,
        radio: Radio,
        loss: float,
        idle: _Idle,
        seed: int,
        *,
        to_host: bool = False,
    ) -> None:
        self._to_host = to_host
        self._losing = False
        self._source, self._sink = source, sink
        self._radio, self._loss, self._idle = radio, loss, idle
        self._random = random.Random(seed)
        self._waiting: list[tuple[float, int, bytes]] = []
        self._number = itertools.count()
        self._news = trio.Event()
        self._last_due = 0.0

    async def run(self) -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._deliver)
            while True:
                await trio.lowlevel.wait_readable(self._source)
                try:
                    packet = os.read(self._source, _LONGEST)
                except BlockingIOError:
                    continue
                except OSError:
                    await trio.sleep(0.01)  # the netdev is down
                    continue
                self._take(packet)

    def _take(self, packet: bytes) -> None:
        if self._radio.framed or self._lost() or len(self._waiting) >= _MOST_WAITING:
            return
        if self._to_host:
            packet = self._as_the_host_gets_it(packet)
        copies = 2 if self._random.random() < self._radio.duplicate else 1
        for _ in range(copies):
            due = trio.current_time() + self._radio.delay_s + self._idle.delay()
            due += self._random.uniform(0, self._radio.jitter_s)
            if self._radio.keep_order:
                due = self._last_due = max(due, self._last_due)
            heapq.heappush(self._waiting, (due, next(self._number), packet))
        self._news.set()

    def _lost(self) -> bool:
        """Whether the next packet is lost: by itself, or in bursts (Gilbert's model)."""
        if self._radio.burst <= 1:
            return self._random.random() < self._loss
        ends = 1 / self._radio.burst
        begins = ends * self._loss / (1 - self._loss)
        self._losing ^= self._random.random() < (ends if self._losing else begins)
        return self._losing

    def _as_the_host_gets_it(self, packet: bytes) -> bytes:
        radio = self._radio
        if 0 < radio.buffer < len(packet):
            return bytes(radio.buffer)  # begins as no IP packet does
        if len(packet) > radio.wrong_above and self._random.random() < radio.wrong_down:
            return packet[:-1] + bytes([packet[-1] ^ 0xFF])
        return packet

    async def _deliver(self) -> None:
        while True:
            if not self._waiting:
                self._news = trio.Event()
                await self._news.wait()
                continue
            due = self._waiting[0][0]
            if due > trio.current_time():
                self._news = trio.Event()
                with trio.move_on_at(due):
                    await self._news.wait()
                continue
            _, _, packet = heapq.heappop(self._waiting)
            try:
                os.write(self._sink, packet)
            except OSError:
                await trio.lowlevel.checkpoint()  # the netdev is down: the packet is lost
