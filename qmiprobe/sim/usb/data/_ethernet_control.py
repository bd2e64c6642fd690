# SPDX-License-Identifier: GPL-2.0-or-later
"""The communication interface of ECM and NCM: filters, and whether the network is there."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import trio

from qmiprobe.sim._parts import Change, Kind
from qmiprobe.sim.usb._function import Stall

if TYPE_CHECKING:
    from qmiprobe.sim._state import ModemState
    from qmiprobe.sim.usb._function import Pipes, Setup
    from qmiprobe.sim.usb._layout import Interface

SET_MULTICAST_FILTERS, SET_PACKET_FILTER = (0x21, 0x40), (0x21, 0x43)
NETWORK_CONNECTION, CONNECTION_SPEED_CHANGE = 0x00, 0x2A
_NOTIFICATION = 0xA1


class EthernetControl:
    """Says on the interrupt endpoint whether data session ``session_id`` is up, and how fast."""

    def __init__(
        self,
        interface: Interface,
        state: ModemState,
        *,
        rates: tuple[int, int],
        session_id: int = 0,
    ) -> None:
        self._interface = interface
        self._state = state
        self._rates = rates
        self._session = session_id
        self._changed = trio.Event()

    @property
    def interfaces(self) -> tuple[int, ...]:
        """The communication interface."""
        return (self._interface.number,)

    @property
    def connected(self) -> bool:
        """Whether the session is up in any family."""
        return bool(self._state.sessions.families(self._session))

    def control(self, setup: Setup, data: bytes) -> bytes:
        """Take filters, which this link has none of: the host may send and gets everything."""
        if setup.kind in (SET_MULTICAST_FILTERS, SET_PACKET_FILTER):
            return b""
        raise Stall

    def set_alternate(self, interface: int, alternate: int) -> None:
        """There is one setting only."""

    async def run(self, pipes: Pipes) -> None:
        """Say at first, and at each change, whether the network is there; until cancelled."""
        endpoint = self._interface.endpoint("in", "interrupt")
        if endpoint is None:
            await trio.sleep_forever()
            return
        unwatch = self._state.watch(self._note)
        try:
            said: bool | None = None
            while True:
                self._changed = trio.Event()
                if self.connected is not said:
                    said = self.connected
                    for notification in self._notifications(connected=said):
                        await pipes.send(endpoint.address, notification)
                else:
                    await self._changed.wait()
        finally:
            unwatch()

    def _note(self, change: Change) -> None:
        if change.kind is Kind.SESSION and change.session_id == self._session:
            self._changed.set()

    def _notifications(self, *, connected: bool) -> list[bytes]:
        index = self._interface.number
        told = [struct.pack("<BBHHH", _NOTIFICATION, NETWORK_CONNECTION, connected, index, 0)]
        if connected:
            speeds = struct.pack("<II", *self._rates)
            head = struct.pack("<BBHHH", _NOTIFICATION, CONNECTION_SPEED_CHANGE, 0, index, 8)
            told.insert(0, head + speeds)
        return told
