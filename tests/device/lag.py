# SPDX-License-Identifier: GPL-2.0-or-later
"""A port that takes its time in both directions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio

from qmiprobe._framing import Frame
from qmiprobe.errors import DeviceGone
from qmiprobe.transport import MemoryTransport, memory_pair


@asynccontextmanager
async def lagging(inner: MemoryTransport, seconds: float) -> AsyncIterator[MemoryTransport]:
    """Give a port behind which each message takes ``seconds`` to the other end."""
    outer, own = memory_pair(inner.name, max_command=inner.max_command)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_carry, own, inner, seconds)
        nursery.start_soon(_carry, inner, own, seconds)
        try:
            yield outer
        finally:
            nursery.cancel_scope.cancel()


async def _carry(source: MemoryTransport, target: MemoryTransport, seconds: float) -> None:
    try:
        while True:
            item = await source.receive()
            await trio.sleep(seconds)
            assert isinstance(item, Frame)
            await target.send(item.data)
    except DeviceGone:
        await target.aclose()
