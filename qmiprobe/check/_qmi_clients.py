# SPDX-License-Identifier: GPL-2.0-or-later
"""The client ids of one climb: asked for when they are needed, given back once they are not.

CTL takes one request at a time, and each takes a round trip: what a climb does not need is not
asked for, and what it needs no more goes back while other questions are under way.
"""

from __future__ import annotations

from contextlib import AsyncExitStack

import trio

from qmiprobe.check._watch import SLOW_S
from qmiprobe.device import QmiClient, QmiDevice
from qmiprobe.device._leftovers import WITNESS, Witness, take_witness

SERVICES = ("dms", "nas", "uim", "wds", "wda")
"""The services that the ladder uses."""
TRIPS = {
    # Four clients, asked for and given back at the end; the spare one too.
    "control.clients": ("", 10),
    "device.identity": ("dms", 2),
    "device.mode": ("dms", 1),
    "sim.ready": ("uim", 2),
    "radio.signal": ("nas", 1),
    "radio.registered": ("nas", 2),
    "session.settings": ("wds", 1),
    # For each of two families a client, its family, the start, its settings; stops and releases.
    "session.up": ("", 12),
    "netdev.format": ("wda", 1),
    "link.return": ("", 4),
}
"""By check in ladder order: the service that it asks, and how many answers it waits for."""
_FIRST = "dms"
"""The service that round trips are made with."""


class QmiClients:
    """Clients by service; close it before the device.

    ``checks``: all that will be run; empty where that is not known, and nothing is let go early.
    """

    def __init__(self, device: QmiDevice, checks: frozenset[str]) -> None:
        self.device = device
        self.witness: Witness | None = None
        self._checks = checks
        self._held: dict[str, tuple[QmiClient, AsyncExitStack]] = {}
        self._stack = AsyncExitStack()
        self._asking = trio.Lock()
        self._begun = False

    @property
    def wanted(self) -> tuple[str, ...]:
        """The services that the checks ask; all of them where none of the checks asks one."""
        asked = {TRIPS[check][0] for check in self._checks if check in TRIPS} - {""}
        return tuple(one for one in SERVICES if one == _FIRST or one in asked or not asked)

    def holds(self, service: str) -> bool:
        """Whether there is a client of the service by now."""
        return service in self._held

    async def of(self, service: str) -> QmiClient:
        """Return a client of the service, held until it is let go or all are closed."""
        if service in self._held:
            return self._held[service][0]
        async with self._asking:
            if not self._begun:
                await self._begin()
            if service not in self._held:
                own = AsyncExitStack()
                client = await own.enter_async_context(self.device.client(service))
                self._held[service] = client, own
                self._stack.push_async_callback(own.aclose)
            return self._held[service][0]

    async def _begin(self) -> None:
        """Hold first what tells the next run, if this one is killed, whose its ids are."""
        self._begun = True
        if self.device.journal is None or self.device.observed.latencies[-1:] > [SLOW_S]:
            return  # not needed, or there is no time for it
        self.witness = await take_witness(self.device, self._stack)
        if self.witness is not None:
            # It goes back last, with the stack, whatever is let go.
            self._held[WITNESS] = self.witness.client, AsyncExitStack()

    def let_go(self, check: str) -> None:
        """Begin to give back the client of a check that is over, if no later one asks it."""
        service = TRIPS[check][0] if check in TRIPS else ""
        users = [one for one in TRIPS if one in self._checks and TRIPS[one][0] == service]
        witness = service == WITNESS and self.witness is not None
        if service not in self._held or witness or users[-1:] != [check]:
            return
        _, own = self._held.pop(service)
        given_back = trio.Event()
        # Whoever closes all clients waits for this one too.
        self._stack.push_async_callback(given_back.wait)
        self.device.start_soon(_close, own, given_back)

    async def aclose(self) -> None:
        """Give all ids back that are still held; bounded as each release is."""
        await self._stack.aclose()


async def _close(own: AsyncExitStack, closed: trio.Event) -> None:
    try:
        await own.aclose()
    finally:
        closed.set()
