# SPDX-License-Identifier: GPL-2.0-or-later
"""A USB/IP host for tests, written apart from the device: it enumerates as Linux does."""

from __future__ import annotations

import socket
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import trio

from qmiprobe.sim import SimulatedModem
from qmiprobe.sim.usb._body import UsbBody, Wrap

STALL, UNLINKED = -32, -104
TIME = 10.0


class Stalled(Exception):
    """The device refused a control request."""


@dataclass
class Answer:
    """What RET_SUBMIT said."""

    status: int
    actual: int
    data: bytes


@dataclass
class Seen:
    """What enumeration found."""

    device: bytes
    configurations: list[bytes]
    strings: dict[int, str]
    bos: bytes | None
    interfaces: list[int] = field(default_factory=list)


class UsbHost:
    """Talks to a device at the end of a stream."""

    def __init__(self, stream: trio.SocketStream) -> None:
        self.stream = stream
        self._number = 0
        self._directions: dict[int, int] = {}
        self.answers: dict[int, Answer] = {}
        self._news = trio.Event()
        self.gone = trio.Event()

    # Requests

    async def submit(
        self, endpoint: int, length: int = 0, data: bytes = b"", setup: bytes = bytes(8)
    ) -> int:
        """Ask for a transfer; returns its number."""
        self._number += 1
        direction = endpoint >> 7
        self._directions[self._number] = direction
        head = struct.pack(
            ">5I", 1, self._number, 0x10002, direction, endpoint & 0x7F
        ) + struct.pack(">IiiiI", 0, length or len(data), 0, 0, 0)
        await self.stream.send_all(head + setup + data)
        return self._number

    async def unlink(self, number: int) -> int:
        """Take a transfer back; returns the status that the device gave."""
        self._number += 1
        own = self._number
        head = struct.pack(">5I", 2, own, 0x10002, 0, 0)
        await self.stream.send_all(head + struct.pack(">I24x", number))
        return (await self.answer(own)).status

    async def answer(self, number: int, seconds: float = TIME) -> Answer:
        """Wait for the end of a transfer."""
        with trio.fail_after(seconds):
            while number not in self.answers:
                if self.gone.is_set():
                    raise EOFError("the device has hung up")
                await self._news.wait()
        return self.answers.pop(number)

    async def silent(self, number: int, seconds: float = 0.1) -> bool:
        """Whether a transfer is still pending after a while."""
        await trio.sleep(seconds)
        return number not in self.answers

    async def control(
        self, kind: int, request: int, value: int = 0, index: int = 0, length: int = 0,
        data: bytes = b"",
    ) -> bytes:  # fmt: skip
        """Carry out a control request; Stalled where the device refuses it."""
        size = length if kind & 0x80 else len(data)
        setup = struct.pack("<BBHHH", kind, request, value, index, size)
        number = await self.submit(kind & 0x80, size if kind & 0x80 else 0, data, setup)
        answer = await self.answer(number)
        if answer.status == STALL:
            raise Stalled
        assert answer.status == 0
        assert answer.actual <= size
        return answer.data

    # What Linux does with a new device

    async def enumerate(self, configuration: int = 1) -> Seen:
        """Read all descriptors, and set a configuration."""
        await self.control(0x80, 6, 0x0100, 0, 64)
        device = await self.control(0x80, 6, 0x0100, 0, 18)
        bos = await self._bos() if struct.unpack("<H", device[2:4])[0] >= 0x0201 else None
        configurations = []
        for index in range(device[17]):
            head = await self.control(0x80, 6, 0x0200 | index, 0, 9)
            total = struct.unpack("<H", head[2:4])[0]
            configurations.append(await self.control(0x80, 6, 0x0200 | index, 0, total))
        strings = {}
        languages = await self.control(0x80, 6, 0x0300, 0, 255)
        for index in filter(None, device[14:17]):
            (language,) = struct.unpack("<2xH", languages)
            raw = await self.control(0x80, 6, 0x0300 | index, language, 255)
            strings[index] = raw[2 : raw[0]].decode("utf-16-le")
        await self.control(0x00, 9, configuration)
        chosen = next((one for one in configurations if one[5] == configuration), b"")
        return Seen(device, configurations, strings, bos, interface_numbers(chosen))

    async def _bos(self) -> bytes:
        head = await self.control(0x80, 6, 0x0F00, 0, 5)
        return await self.control(0x80, 6, 0x0F00, 0, struct.unpack("<H", head[2:4])[0])

    # What cdc-wdm does

    async def command(self, interface: int, message: bytes) -> None:
        """Send an encapsulated command."""
        await self.control(0x21, 0x00, 0, interface, data=message)

    async def fetch(self, interface: int, length: int = 4096) -> bytes:
        """Get an encapsulated response."""
        return await self.control(0xA1, 0x01, 0, interface, length)

    async def notification(self, endpoint: int) -> bytes:
        """Wait for the next notification."""
        return (await self.answer(await self.submit(endpoint, 64))).data

    async def ask(self, interface: int, endpoint: int, message: bytes) -> bytes:
        """Send a command, wait until an answer is announced, and fetch it."""
        await self.command(interface, message)
        told = await self.notification(endpoint)
        assert told == struct.pack("<BBHHH", 0xA1, 1, 0, interface, 0)
        return await self.fetch(interface)

    async def read(self) -> None:
        """Take in what the device says, until it hangs up."""
        buffer = b""
        while True:
            try:
                more = await self.stream.receive_some(65536)
            except (trio.BrokenResourceError, trio.ClosedResourceError):
                more = b""
            if not more:
                break
            buffer = self._cut(buffer + more)
            self._note()
        self.gone.set()
        self._note()

    def _note(self) -> None:
        self._news.set()
        self._news = trio.Event()

    def _cut(self, buffer: bytes) -> bytes:
        while len(buffer) >= 48:
            kind, number = struct.unpack(">II", buffer[:8])
            status, actual = struct.unpack(">ii", buffer[20:28])
            assert kind in (3, 4)
            size = 48 + (actual if kind == 3 and self._directions[number] else 0)
            if len(buffer) < size:
                break
            assert number not in self.answers
            self.answers[number] = Answer(status, actual if kind == 3 else 0, buffer[48:size])
            buffer = buffer[size:]
        return buffer


def interface_numbers(configuration: bytes) -> list[int]:
    """Return the numbers of a configuration's interfaces."""
    found, at = [], 0
    while at < len(configuration):
        if configuration[at + 1] == 4 and configuration[at + 3] == 0:
            found.append(configuration[at + 2])
        at += configuration[at]
    return found


@asynccontextmanager
async def plugged(body: UsbBody) -> AsyncGenerator[UsbHost, None]:
    """Plug a modem into a host of ours."""
    theirs, ours = socket.socketpair()
    own = trio.socket.from_stdlib_socket(ours)
    host = UsbHost(trio.SocketStream(own))
    device = trio.SocketStream(trio.socket.from_stdlib_socket(theirs))
    try:
        with trio.fail_after(60):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(body.plug_in, device)
                nursery.start_soon(host.read)
                yield host
                nursery.cancel_scope.cancel()
    finally:
        own.close()


@asynccontextmanager
async def modem_on_bus(
    profile: str, *, faults: tuple[str, ...] = (), wrap: Wrap | None = None
) -> AsyncGenerator[tuple[UsbHost, UsbBody], None]:
    """Plug a modem of a profile into a host of ours."""
    body = UsbBody(SimulatedModem(profile, faults=faults), wrap=wrap)
    async with plugged(body) as host:
        yield host, body
