# SPDX-License-Identifier: GPL-2.0-or-later
"""Endpoints in memory: what a host would have pending, and IP packets to send."""

from __future__ import annotations

import struct
from collections import defaultdict
from ipaddress import ip_address

import trio

from qmiprobe.sim.dataplane._header import checksum

PATIENCE = 5.0
_Channel = tuple[trio.MemorySendChannel[bytes], trio.MemoryReceiveChannel[bytes]]


class FakePipes:
    """The host offers a transfer at an IN endpoint by :meth:`take`."""

    def __init__(self) -> None:
        self._into_host: defaultdict[int, _Channel] = defaultdict(
            lambda: trio.open_memory_channel[bytes](0)
        )
        self._out: defaultdict[int, _Channel] = defaultdict(
            lambda: trio.open_memory_channel[bytes](100)
        )

    async def send(self, endpoint: int, data: bytes) -> None:
        assert endpoint & 0x80
        await self._into_host[endpoint][0].send(data)

    def send_nowait(self, endpoint: int, data: bytes) -> bool:
        raise NotImplementedError

    async def receive(self, endpoint: int) -> bytes:
        assert not endpoint & 0x80
        return await self._out[endpoint][1].receive()

    def halt(self, endpoint: int) -> None:
        raise NotImplementedError

    def give(self, endpoint: int, *transfers: bytes) -> None:
        """Have the host send transfers."""
        for one in transfers:
            self._out[endpoint][0].send_nowait(one)

    async def take(self, endpoint: int) -> bytes:
        """Return the next transfer to the host."""
        with trio.fail_after(PATIENCE):
            return await self._into_host[endpoint][1].receive()

    async def silent(self, endpoint: int, seconds: float = 0.05) -> bool:
        """Whether nothing comes to the host for a while."""
        with trio.move_on_after(seconds):
            await self._into_host[endpoint][1].receive()
            return False
        return True


def echo(source: str, destination: str, *, size: int = 84, number: int = 1) -> bytes:
    """Return an ICMP echo request as an IP packet of ``size`` bytes."""
    four = ip_address(source).version == 4
    ends = ip_address(source).packed + ip_address(destination).packed
    length = size - (20 if four else 40)
    body = struct.pack("!BBHHH", 8 if four else 128, 0, 0, 7, number) + bytes(length - 8)
    pseudo = b"" if four else ends + struct.pack("!I3xB", length, 58)
    body = body[:2] + struct.pack("!H", checksum(pseudo + body)) + body[4:]
    if not four:
        return struct.pack("!IHBB", 0x60000000, length, 58, 64) + ends + body
    head = struct.pack("!BBHHHBBH", 0x45, 0, size, number, 0x4000, 64, 1, 0) + ends
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + body
