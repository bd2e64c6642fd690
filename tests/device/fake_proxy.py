# SPDX-License-Identifier: GPL-2.0-or-later
"""Proxies that do as they are told: scripted modems behind a listening socket."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

import trio

from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.mbim.services.proxy_control import ConfigurationResponse, ConfigurationSet
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.qmi.services.ctl import InternalProxyOpen, InternalProxyOpenResponse
from qmiprobe.transport import ControlTransport, UnixTransport
from tests.device.scripted import ScriptedMbim, ScriptedQmi

ModemT = TypeVar("ModemT", ScriptedQmi, ScriptedMbim)


@dataclass
class FakeProxy(Generic[ModemT]):
    """A proxy: one modem a connection, the last of them at the end of ``modems``."""

    socket: str
    """Its address."""
    node: str
    """A device node that is there, to be asked for."""
    modems: list[ModemT] = field(default_factory=list)
    prepare: Callable[[ModemT], None] = lambda modem: None
    """Called for each connection's modem before it hears anything."""
    hangs_up: bool = False
    """Whether connections are closed at once."""
    joined: trio.Event = field(default_factory=trio.Event)
    """Set once there was a connection."""
    left: trio.Event = field(default_factory=trio.Event)
    """Set once a connection has ended."""

    @property
    def modem(self) -> ModemT:
        """The only connection's modem."""
        (modem,) = self.modems
        return modem

    async def hang_up(self) -> None:
        """Close all connections."""
        for modem in self.modems:
            await modem.port.aclose()


@asynccontextmanager
async def _proxy(
    folder: Path, make: Callable[[ControlTransport], ModemT], mbim: bool
) -> AsyncIterator[FakeProxy[ModemT]]:
    listener = trio.socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    address = str(folder / "proxy")
    await listener.bind(address)
    listener.listen()
    master, slave = os.openpty()
    proxy: FakeProxy[ModemT] = FakeProxy(address, os.ttyname(slave))

    async def accept(nursery: trio.Nursery) -> None:
        while True:
            connection, _ = await listener.accept()
            if proxy.hangs_up:
                connection.close()
                continue
            framer = MbimFramer() if mbim else QmuxFramer()
            modem = make(UnixTransport(connection, framer=framer, name="fake proxy"))
            proxy.prepare(modem)
            proxy.modems.append(modem)
            proxy.joined.set()
            nursery.start_soon(serve, modem)

    async def serve(modem: ModemT) -> None:
        await modem.run()
        proxy.left.set()

    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(accept, nursery)
            yield proxy
            nursery.cancel_scope.cancel()
    finally:
        listener.close()
        for modem in proxy.modems:
            await modem.port.aclose()
        os.close(master)
        os.close(slave)


@asynccontextmanager
async def fake_qmi_proxy(folder: Path) -> AsyncIterator[FakeProxy[ScriptedQmi]]:
    """Give a proxy that opens every port."""

    def make(port: ControlTransport) -> ScriptedQmi:
        modem = ScriptedQmi(port)
        modem.script(InternalProxyOpen, InternalProxyOpenResponse())
        return modem

    async with _proxy(folder, make, mbim=False) as proxy:
        yield proxy


@asynccontextmanager
async def fake_mbim_proxy(folder: Path) -> AsyncIterator[FakeProxy[ScriptedMbim]]:
    """Give a proxy that opens every port."""

    def make(port: ControlTransport) -> ScriptedMbim:
        modem = ScriptedMbim(port)
        modem.script(ConfigurationSet, ConfigurationResponse())
        return modem

    async with _proxy(folder, make, mbim=True) as proxy:
        yield proxy
