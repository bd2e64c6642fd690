# SPDX-License-Identifier: GPL-2.0-or-later
"""Plugs a simulated modem into this kernel's virtual USB host controller."""

from __future__ import annotations

import math
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import trio

from qmiprobe.errors import DeviceGone
from qmiprobe.sim._unwrap import single_errors
from qmiprobe.sim.usb import _vhci
from qmiprobe.sim.usb._arrival import Arrival, wait_for_arrival
from qmiprobe.sim.usb._body import UsbBody

_DETACH_TIME = 5.0


class Attached:
    """A modem that is plugged in, perhaps not for the first time."""

    def __init__(self, body: UsbBody) -> None:
        self.body = body
        self.port = -1
        """Of the virtual host controller."""
        self._plugged = trio.Event()

    async def arrival(self, seconds: float = math.inf) -> Arrival | None:
        """Wait until the kernel has it, and its drivers; None after so many seconds."""
        with trio.move_on_after(seconds):
            await self._plugged.wait()
            return await wait_for_arrival(lambda: _vhci.device_name(self.port))
        return None

    async def keep(self) -> None:
        """Be plugged in until the host detaches it; come back where the modem does."""
        body = self.body
        while True:
            await self._plug_in()
            if not body.went:
                raise DeviceGone(
                    f"the host detached {body.modem.name} from its port {self.port}",
                    port=body.modem.name,
                )
            if body.coming_back is None:
                await trio.sleep_forever()
                return
            await trio.sleep(body.coming_back.after)
            body.layout = body.coming_back.layout

    async def _plug_in(self) -> None:
        ours, kernels = socket.socketpair()
        with ours:
            with kernels:
                speed, number = self.body.layout.speed, kernels.fileno()
                self.port = await trio.to_thread.run_sync(lambda: _vhci.attach(number, speed=speed))
            self._plugged.set()
            try:
                await self.body.plug_in(trio.SocketStream(trio.socket.from_stdlib_socket(ours)))
            finally:
                self._plugged = trio.Event()
                ours.close()
                with trio.CancelScope(shield=True):
                    await _leave(self.port)


async def _leave(port: int) -> None:
    """Wait until the port is free again; detach by force where it is not by itself."""
    with trio.move_on_after(_DETACH_TIME):
        if not _vhci.is_free(port):
            await trio.to_thread.run_sync(_vhci.detach, port)
        while not _vhci.is_free(port):  # noqa: ASYNC110  # sysfs wakes nobody
            await trio.sleep(0.02)


@asynccontextmanager
async def attach_usb(body: UsbBody) -> AsyncGenerator[Attached, None]:
    """Have the modem plugged in; nothing is left of it at the end.

    Raises CannotTest where this kernel has no ``vhci_hcd``, no free port, or rights are missing,
    DeviceGone when the host detaches it.
    """
    await _vhci.load_driver()
    attached = Attached(body)
    with single_errors():
        async with trio.open_nursery() as nursery:
            nursery.start_soon(attached.keep)
            try:
                yield attached
            finally:
                nursery.cancel_scope.cancel()
