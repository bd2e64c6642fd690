# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem that sends indications without end, and a host that has to live with it.

``python -m tests.soak.flood COUNT [PATH]`` is the host, in a process of its own so that its
memory can be read; without a path it has the modem in memory with it. It prints what it saw.
"""

from __future__ import annotations

import json
import resource
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import trio

from qmiprobe._events import Role
from qmiprobe._framing import Frame, Garbage
from qmiprobe.device import QmiDevice, qmi_device
from qmiprobe.device._subscription import Subscription
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi._connection import QmiConnection
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.qmi.services import dms, nas
from qmiprobe.sim import SimulatedModem
from qmiprobe.transport import ControlTransport, memory_pair, open_wdm

RATE = 10_000
"""Indications a second."""
PAUSE = 0.02
"""Seconds between two requests, and between two indications that the slow reader takes."""
SAMPLES = 30
QUIET = 30.0
"""Seconds without an indication after which no more are waited for."""
PATIENCE = 20.0
"""Seconds that a request may take on a loaded machine."""


class Flooding:
    """The modem's end of a port: once the host asks anything, indications come between answers."""

    def __init__(self, inner: ControlTransport) -> None:
        self.name, self.max_command = inner.name, inner.max_command
        self._inner = inner
        self._turn = trio.Lock()
        self._asked = trio.Event()

    async def send(self, message: bytes) -> None:
        async with self._turn:
            await self._inner.send(message)

    async def receive(self) -> Frame | Garbage:
        item = await self._inner.receive()
        self._asked.set()
        return item

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def flood(self, count: int) -> None:
        """Send ``count`` indications, RATE a second by the clock: what is late is made up for."""
        figures = nas.LteSignal(rssi=-60, rsrq=-10, rsrp=-90, snr=100)
        signal = nas.SignalInfoIndication(lte_signal_strength=figures)
        frame = QmiConnection(Role.MODEM).indicate(signal)
        await self._asked.wait()
        begin, sent = trio.current_time(), 0
        while sent < count:
            due = min(count, int((trio.current_time() - begin) * RATE) + 1)
            for _ in range(sent, due):
                await self.send(frame)
            sent = due
            await trio.sleep_until(begin + sent / RATE)


class _Host:
    """Makes requests and has two readers of indications: one keeps up, one does not."""

    def __init__(self, device: QmiDevice, count: int) -> None:
        self.device, self.count = device, count
        self.read = {"quick": 0, "slow": 0}
        self.asked = 0
        self.resident: list[int] = []
        self.done = trio.Event()

    async def run(self) -> None:
        with self.device.subscribe() as quick, self.device.subscribe() as slow:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._read, quick, "quick", 0.0)
                nursery.start_soon(self._read, slow, "slow", PAUSE)
                nursery.start_soon(self._ask)
                nursery.start_soon(self._give_up)
                await self.done.wait()
                nursery.cancel_scope.cancel()
        self.dropped = {"quick": quick.dropped, "slow": slow.dropped}

    async def _read(self, one: Subscription[QmiMessage], name: str, pause: float) -> None:
        async for message in one:
            assert isinstance(message.body, nas.SignalInfoIndication)
            self.read[name] += 1
            if name == "quick":
                self._sample(self.read[name] + one.dropped)
            if pause:
                await trio.sleep(pause)

    async def _give_up(self) -> None:
        """End where nothing more comes, so that what is missing is told."""
        before = -1
        while self.read["quick"] != before:
            before = self.read["quick"]
            await trio.sleep(QUIET)
        self.done.set()

    def _sample(self, seen: int) -> None:
        if seen * SAMPLES // self.count >= len(self.resident):
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            self.resident.append(pages * resource.getpagesize() // 1024)
        if seen >= self.count:
            self.done.set()

    async def _ask(self) -> None:
        async with self.device.client("dms") as client:
            while True:
                assert (await client.call(dms.GetModel(), timeout=PATIENCE)).model == "EC25"
                self.asked += 1
                await trio.sleep(PAUSE)


async def _modem_in_memory(nursery: trio.Nursery, count: int) -> ControlTransport:
    host, own = memory_pair("sim:flood")
    flooding = Flooding(own)
    nursery.start_soon(SimulatedModem("ec25").serve, flooding)
    nursery.start_soon(flooding.flood, count)
    return host


async def main(count: int, path: str | None) -> None:
    """Be the host until ``count`` indications have come; print what was seen, as JSON."""
    async with AsyncExitStack() as stack, trio.open_nursery() as nursery:
        if path is None:
            transport = await _modem_in_memory(nursery, count)
        else:
            transport = await open_wdm(path, QmuxFramer())
        stack.push_async_callback(transport.aclose)
        begin = trio.current_time()
        async with qmi_device(transport) as device:
            host = _Host(device, count)
            await host.run()
        seconds = trio.current_time() - begin
        nursery.cancel_scope.cancel()
    seen = {
        "seconds": round(seconds, 1),
        "read": host.read,
        "dropped": host.dropped,
        "odd": dict(device.observed.counts),
        "counted": device.observed.dropped_indications,
        "answers": host.asked,
        "slowest_ms": round(1000 * max(device.observed.latencies), 1),
        "resident_kb": host.resident,
    }
    print(json.dumps(seen))


if __name__ == "__main__":
    trio.run(main, int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
