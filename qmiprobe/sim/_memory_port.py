# SPDX-License-Identifier: GPL-2.0-or-later
"""A simulated modem in memory: as many control ports as are asked for, all of the same modem."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import trio

from qmiprobe.sim._modem import SimulatedModem
from qmiprobe.sim._unwrap import single_errors
from qmiprobe.transport._memory import MemoryTransport, memory_pair

OpenPort = Callable[[], MemoryTransport]


@asynccontextmanager
async def open_simulated(modem: SimulatedModem) -> AsyncGenerator[OpenPort, None]:
    """Give a function that opens the modem's control port anew each time it is called.

    What a call returns is the host's end. All ports are closed at the end.
    """
    limit = modem.profile.mbim.max_control_transfer if modem.profile.protocol == "mbim" else None
    with single_errors():
        async with trio.open_nursery() as nursery:

            def open_port() -> MemoryTransport:
                host, own = memory_pair(modem.name, max_command=limit)
                nursery.start_soon(modem.serve, own)
                return host

            try:
                yield open_port
            finally:
                nursery.cancel_scope.cancel()
