# SPDX-License-Identifier: GPL-2.0-or-later
"""What the rungs share: the port, the modem once it answers, the session, and the facts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import trio

from qmiprobe.address import ControlPort
from qmiprobe.bearer import BearerFacts, Targets
from qmiprobe.check._modem import Modem
from qmiprobe.device import ControlTransport, Observed
from qmiprobe.diagnosis import Facts
from qmiprobe.link import DnsFacts, ReturnFacts
from qmiprobe.session import DataSession, SessionRequest

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class CheckOptions:
    """What the user asked for."""

    connect: bool = False
    session: SessionRequest = field(default_factory=SessionRequest)
    expect_driver: str | None = None
    probe: bool = False
    """Also ask in the protocol that the driver does not speak."""
    sysroot: str = "/"
    targets: Targets | None = None
    """Hosts for the link checks; None: the simulated network's, or those the network gave."""


@dataclass
class CheckContext:
    """The state of one climb; made by :func:`open_context`."""

    port: ControlPort
    options: CheckOptions
    nursery: trio.Nursery
    stack: AsyncExitStack
    """Closed before the device: sessions and client ids go back through it."""
    facts: Facts = field(default_factory=Facts)
    transport: ControlTransport | None = None
    """Opened by port.open, used by control.protocol."""
    modem: Modem | None = None
    observed: Observed | None = None
    """What was seen while the protocol was looked for."""
    session: DataSession | None = None
    bearer: BearerFacts | None = None
    returned: ReturnFacts | None = None
    """What link.return saw."""
    dns: DnsFacts | None = None
    """What link.dns saw."""
    opened: list[ControlTransport] = field(default_factory=list)
    """Transports to close at the end, after the devices on them."""
    _keepers: list[tuple[trio.Event, trio.Event]] = field(default_factory=list)

    @property
    def the_modem(self) -> Modem:
        """The modem; only rungs that need control.protocol may ask."""
        assert self.modem is not None
        return self.modem

    @property
    def netdev(self) -> str | None:
        """Name of the netdev of this port."""
        return self.port.netdev

    @property
    def the_bearer(self) -> BearerFacts:
        """Netdev and addresses; only rungs that need session.up may ask."""
        assert self.bearer is not None
        return self.bearer

    @property
    def targets(self) -> Targets | None:
        """The hosts that link checks may talk to."""
        return self.options.targets or self.port.targets

    async def keep(self, manager: AbstractAsyncContextManager[T]) -> T:
        """Enter ``manager`` and hold it until the context is closed.

        It lives in a task of its own, since the scopes inside it outlast the rung that enters
        it; shielded, since what is undone at the end still needs it then.
        """
        over, closed = trio.Event(), trio.Event()
        value: T = await self.nursery.start(self._keep, manager, over, closed)
        self._keepers.append((over, closed))
        return value

    async def _keep(
        self,
        manager: AbstractAsyncContextManager[T],
        over: trio.Event,
        closed: trio.Event,
        *,
        task_status: trio.TaskStatus[T],
    ) -> None:
        try:
            with trio.CancelScope(shield=True):
                async with manager as value:
                    task_status.started(value)
                    await over.wait()
        finally:
            closed.set()

    async def close(self) -> None:
        """Give everything back, the last thing taken first."""
        with trio.CancelScope(shield=True):
            await self.stack.aclose()
            while self._keepers:
                over, closed = self._keepers.pop()
                over.set()
                await closed.wait()
            if self.transport is not None:
                self.opened.append(self.transport)
            for transport in self.opened:
                await transport.aclose()


@asynccontextmanager
async def open_context(port: ControlPort, options: CheckOptions) -> AsyncIterator[CheckContext]:
    """Yield a context for one climb; what it took is given back on every way out."""
    failed: BaseException | None = None
    async with trio.open_nursery() as nursery:
        context = CheckContext(port, options, nursery, AsyncExitStack())
        try:
            yield context
        except BaseException as error:  # a nursery would wrap it in a group
            failed = error
        await context.close()
    if failed is not None:
        raise failed
