# SPDX-License-Identifier: GPL-2.0-or-later
"""The data half of a network function: bulk endpoints, and packets in the form of a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import trio

from qmiprobe.sim.usb._function import Stall

from ._port import BulkPair

if TYPE_CHECKING:
    from qmiprobe.sim.usb._function import Pipes, Setup
    from qmiprobe.sim.usb._layout import Interface

    from ._link import DataLink
    from ._port import DataPort


class BulkFunction:
    """Carries packets over the bulk endpoints of ``data``; it takes no class requests.

    ``on_off`` is called when the host switches the interface off, to alternate setting 0 of two.
    """

    def __init__(
        self,
        data: Interface,
        link: DataLink,
        port: DataPort,
        *,
        first_session: int = 0,
        on_off: Callable[[], None] = lambda: None,
    ) -> None:
        self._data = data
        self._link = link
        self._port = port
        self._first_session = first_session
        self._on_off = on_off

    @property
    def interfaces(self) -> tuple[int, ...]:
        """The data interface."""
        return (self._data.number,)

    def control(self, setup: Setup, data: bytes) -> bytes:
        """Refuse: requests are for control interfaces."""
        raise Stall

    def set_alternate(self, interface: int, alternate: int) -> None:
        """Note that the host switched the data interface on or off."""
        if interface == self._data.number and not self._data.alternates[alternate].endpoints:
            self._on_off()

    async def run(self, pipes: Pipes) -> None:
        """Carry packets until cancelled."""
        into_host = self._data.endpoint("in", "bulk")
        out_of_host = self._data.endpoint("out", "bulk")
        if into_host is None or out_of_host is None:
            await trio.sleep_forever()  # a layout with a fault: nothing can be carried
        else:
            bulk = BulkPair(into_host=into_host.address, out_of_host=out_of_host.address)
            await self._port.carry(self._link, pipes, bulk=bulk, first_session=self._first_session)
