# SPDX-License-Identifier: GPL-2.0-or-later
"""A simulated USB device: requests of chapter 9, its configuration, and the functions of that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum

import trio

from qmiprobe.sim.usb import _descriptors
from qmiprobe.sim.usb._function import ENDPOINT, INTERFACE, Babble, Function, Setup, Stall
from qmiprobe.sim.usb._layout import Configuration, UsbLayout
from qmiprobe.sim.usb._pipes import EOVERFLOW, EPIPE, TransferQueues, Urb


class Request(IntEnum):
    """Standard requests."""

    GET_STATUS = 0x00
    CLEAR_FEATURE = 0x01
    SET_FEATURE = 0x03
    GET_DESCRIPTOR = 0x06
    GET_CONFIGURATION = 0x08
    SET_CONFIGURATION = 0x09
    GET_INTERFACE = 0x0A
    SET_INTERFACE = 0x0B
    SET_SEL = 0x30
    SET_ISOCH_DELAY = 0x31


_FEATURES = (Request.SET_FEATURE, Request.CLEAR_FEATURE)
_SUPER = (*_FEATURES, Request.SET_SEL, Request.SET_ISOCH_DELAY)
HALT, REMOTE_WAKEUP = 0, 1
SHUTDOWN = -108
_STANDARD = 0x60

Done = Callable[[int, int, bytes, int], None]
"""Tells the host the end of a transfer: number, status, bytes for it, how many bytes went."""
MakeFunctions = Callable[[Configuration], Sequence[Function]]


class UsbDevice:
    """One device on the bus; :meth:`run` it, and hand it what the host asks for."""

    def __init__(self, layout: UsbLayout, make_functions: MakeFunctions, *, done: Done) -> None:
        self.layout = layout
        self._make_functions = make_functions
        self._done = done
        self._nursery: trio.Nursery | None = None
        self._running = trio.CancelScope()
        """Around the functions of the configuration there is."""
        self.configuration: Configuration | None = None
        self.functions: tuple[Function, ...] = ()
        self.remote_wakeup = False
        self._alternates: dict[int, int] = {}
        self._queues = self._new_queues()

    async def run(self) -> None:
        """Run the functions of whichever configuration there is, until cancelled."""
        async with trio.open_nursery() as self._nursery:
            await trio.sleep_forever()

    def transfer(self, number: int, endpoint: int, length: int, data: bytes) -> None:
        """Take a bulk or interrupt transfer."""
        self._queues.submit(Urb(number=number, endpoint=endpoint, length=length, data=data))

    def unlink(self, number: int) -> bool:
        """Forget a transfer; False where it has ended before."""
        return self._queues.unlink(number)

    def control(self, number: int, setup: Setup, data: bytes) -> None:
        """Carry out a control transfer, and tell its end."""
        try:
            answer = self._ask(setup, data)
        except Stall:
            self._done(number, EPIPE, b"", 0)
            return
        except Babble:
            self._done(number, EOVERFLOW, b"", 0)
            return
        answer = answer[: setup.length] if setup.is_in else b""
        self._done(number, 0, answer, len(answer) if setup.is_in else len(data))

    # Control requests

    def _ask(self, setup: Setup, data: bytes) -> bytes:
        if setup.request_type & _STANDARD:
            return self._ask_functions(setup, data)
        recipient = setup.request_type & 0x1F
        if recipient == ENDPOINT:
            return self._endpoint_request(setup)
        if recipient == INTERFACE:
            return self._interface_request(setup)
        return self._device_request(setup)

    def _device_request(self, setup: Setup) -> bytes:
        match setup.request:
            case Request.GET_DESCRIPTOR:
                return self._descriptor(setup.value >> 8, setup.value & 0xFF)
            case Request.GET_CONFIGURATION:
                return bytes((self.configuration.value if self.configuration else 0,))
            case Request.GET_STATUS:
                powered = bool(self.configuration and self.configuration.attributes & 0x40)
                return bytes((powered | self.remote_wakeup << 1, 0))
            case Request.SET_CONFIGURATION:
                self._configure(setup.value & 0xFF)
            case request if request in _FEATURES and setup.value == REMOTE_WAKEUP:
                self.remote_wakeup = request == Request.SET_FEATURE
            case request if request in _SUPER and self.layout.is_super:
                pass  # U1, U2 and their delays change nothing here
            case _:
                raise Stall
        return b""

    def _ask_functions(self, setup: Setup, data: bytes) -> bytes:
        for function in self._addressed(setup):
            try:
                return function.control(setup, data)
            except Stall:
                continue
        raise Stall

    def _addressed(self, setup: Setup) -> list[Function]:
        recipient = setup.request_type & 0x1F
        if recipient not in (INTERFACE, ENDPOINT):
            return list(self.functions)
        of_endpoint = recipient == ENDPOINT
        wanted = self._owner(setup.index & 0xFF) if of_endpoint else setup.interface
        return [one for one in self.functions if wanted in one.interfaces]

    def _descriptor(self, kind: int, index: int) -> bytes:
        found: bytes | None = None
        if kind == _descriptors.DEVICE:
            found = self.layout.device_descriptor()
        elif kind == _descriptors.CONFIGURATION and index < len(self.layout.configurations):
            value = self.layout.configurations[index].value
            found = self.layout.configuration_descriptor(value)
        elif kind == _descriptors.STRING:
            found = self.layout.string(index)
        elif kind == _descriptors.BOS:
            found = self.layout.bos()
        if found is None:
            raise Stall
        return found

    def _interface_request(self, setup: Setup) -> bytes:
        interface = self.configuration and self.configuration.interface(setup.interface)
        if not interface:
            raise Stall
        number = interface.number
        if setup.request == Request.GET_STATUS:
            return bytes(2)
        if setup.request == Request.GET_INTERFACE:
            return bytes((self._alternates.get(number, 0),))
        if setup.request == Request.SET_INTERFACE and setup.value < len(interface.alternates):
            self._alternates[number] = setup.value
            for alternate in interface.alternates:
                for endpoint in alternate.endpoints:
                    self._queues.clear_halt(endpoint.address)
            for function in self.functions:
                if number in function.interfaces:
                    function.set_alternate(number, setup.value)
        elif not (self.layout.is_super and setup.request in _FEATURES):
            raise Stall
        return b""

    def _endpoint_request(self, setup: Setup) -> bytes:
        address = setup.index & 0xFF
        if address & 0x7F and self._owner(address) is None:
            raise Stall
        if setup.request == Request.GET_STATUS:
            return bytes((address in self._queues.halted, 0))
        if setup.value != HALT or setup.request not in _FEATURES:
            raise Stall
        if setup.request == Request.SET_FEATURE:
            self._queues.halt(address)
        else:
            self._queues.clear_halt(address)
        return b""

    def _owner(self, address: int) -> int | None:
        """Return the number of the interface that an endpoint belongs to."""
        for interface in self.configuration.interfaces if self.configuration else ():
            for alternate in interface.alternates:
                if any(one.address == address for one in alternate.endpoints):
                    return interface.number
        return None

    # Configurations

    def _configure(self, value: int) -> None:
        """Forget all of the configuration before, and become another."""
        known = {one.value: one for one in self.layout.configurations}
        if value and value not in known:
            raise Stall
        self._running.cancel()
        for urb in self._queues.drain():
            self._done(urb.number, SHUTDOWN, b"", 0)
        self._alternates = {}
        self.configuration = known.get(value)
        self._queues = self._new_queues()
        self.functions = tuple(
            self._make_functions(self.configuration) if self.configuration else ()
        )
        self._running = trio.CancelScope()
        assert self._nursery is not None, "the device is not running"
        self._nursery.start_soon(self._run, self._running, self.functions, self._queues)

    async def _run(
        self, scope: trio.CancelScope, functions: tuple[Function, ...], queues: TransferQueues
    ) -> None:
        with scope:
            async with trio.open_nursery() as nursery:
                for function in functions:
                    nursery.start_soon(function.run, queues)

    def _new_queues(self) -> TransferQueues:
        sizes = {
            endpoint.address: endpoint.size
            for interface in (self.configuration.interfaces if self.configuration else ())
            for alternate in interface.alternates
            for endpoint in alternate.endpoints
        }

        def complete(urb: Urb, status: int, data: bytes) -> None:
            went = len(data) if urb.endpoint & 0x80 else 0 if status else urb.length
            self._done(urb.number, status, data, went)

        return TransferQueues(complete, packet_size=lambda address: sizes.get(address, 0))
