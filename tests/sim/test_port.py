# SPDX-License-Identifier: GPL-2.0-or-later
"""What waits for a host that does not read."""

from __future__ import annotations

import trio

from qmiprobe._framing import Frame
from qmiprobe.sim._port import CAPACITY, Port
from qmiprobe.transport import memory_pair


async def test_indications_are_lost_before_an_answer_is():
    port = Port()
    for number in range(CAPACITY):
        port.put(b"early %d" % number)
    port.put(b"answer", request=b"request")
    for number in range(3 * CAPACITY):
        port.put(b"late %d" % number)
    host, modem = memory_pair("test", capacity=2 * CAPACITY)
    received: list[bytes] = []
    async with trio.open_nursery() as nursery:
        nursery.start_soon(port.send_to, modem)
        with trio.fail_after(5):
            for _ in range(CAPACITY):
                item = await host.receive()
                assert isinstance(item, Frame)
                received.append(item.data)
        nursery.cancel_scope.cancel()
    assert received[0] == b"answer"
    assert received[-1] == b"late %d" % (3 * CAPACITY - 1)
