# SPDX-License-Identifier: GPL-2.0-or-later
"""One plug-in of a device: a stream of USB/IP requests answered until either side hangs up."""

from __future__ import annotations

from contextlib import suppress

import trio

from qmiprobe.errors import DecodeError
from qmiprobe.sim.usb._device import MakeFunctions, UsbDevice
from qmiprobe.sim.usb._function import parse_setup
from qmiprobe.sim.usb._layout import UsbLayout
from qmiprobe.sim.usb._usbip import RequestReader, Submit, Unlink, returned, unlinked

_CHUNK = 1 << 18


class Connection:
    """A device at the end of a stream."""

    def __init__(
        self, stream: trio.abc.Stream, layout: UsbLayout, make_functions: MakeFunctions
    ) -> None:
        self._stream = stream
        self._outgoing: list[bytes] = []
        self._filled = trio.lowlevel.ParkingLot()
        self.device = UsbDevice(layout, make_functions, done=self._done)

    async def run(self) -> None:
        """Be the device until the host hangs up; cancelled, it is unplugged."""
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self.device.run)
                nursery.start_soon(self._write)
                with suppress(trio.BrokenResourceError, DecodeError):
                    await self._read()
                nursery.cancel_scope.cancel()
        finally:
            await trio.aclose_forcefully(self._stream)

    async def _read(self) -> None:
        reader = RequestReader()
        while data := await self._stream.receive_some(_CHUNK):
            for request in reader.feed(bytes(data)):
                self._take(request)

    def _take(self, request: Submit | Unlink) -> None:
        if isinstance(request, Unlink):
            found = self.device.unlink(request.target)
            self._put(unlinked(request.number, found=found))
        elif request.endpoint & 0x7F:
            self.device.transfer(request.number, request.endpoint, request.length, request.data)
        else:
            self.device.control(request.number, parse_setup(request.setup), request.data)

    def _done(self, number: int, status: int, data: bytes, went: int) -> None:
        self._put(returned(number, status, data, went))

    def _put(self, answer: bytes) -> None:
        self._outgoing.append(answer)
        self._filled.unpark()

    async def _write(self) -> None:
        """Send what there is, all of it at once: a system call each would be slow."""
        with suppress(trio.BrokenResourceError):
            while True:
                while not self._outgoing:
                    await self._filled.park()
                answers, self._outgoing = self._outgoing, []
                await self._stream.send_all(b"".join(answers))
