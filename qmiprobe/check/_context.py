# SPDX-License-Identifier: GPL-2.0-or-later
"""What the rungs share: the port, the modem once it answers, the session, and the facts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import trio

from qmiprobe.address import ControlPort
from qmiprobe.bearer import BearerFacts, Targets
from qmiprobe.check._kept import Kept
from qmiprobe.check._modem import Modem
from qmiprobe.device import ControlTransport, Observed, background
from qmiprobe.diagnosis import Facts
from qmiprobe.errors import QmiprobeError
from qmiprobe.session import DataSession, SessionRequest

if TYPE_CHECKING:
    from qmiprobe.link import DnsFacts, ReturnFacts

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
    checks: frozenset[str] = frozenset()
    """The checks that will be run, for giving back early what none of them needs; empty: any."""
    targets: Targets | None = None
    """Hosts for the link checks; None: the simulated network's, or those the network gave."""
    came_again: Callable[[str], int | None] | None = None
    """How often the modem at a place (``2-6``) was enumerated anew since the run began; None: who
    would tell is not heard. Given by who waits for a modem, to compare it with how it was."""


@dataclass
class CheckContext:
    """The state of one climb; made by :func:`open_context`."""

    port: ControlPort
    options: CheckOptions
    nursery: trio.Nursery
    stack: AsyncExitStack
    """Closed before the device: sessions and client ids go back through it. What holds a cancel
    scope or a nursery open is for :meth:`keep`: it has to end in the task that entered it."""
    facts: Facts = field(default_factory=Facts)
    transport: ControlTransport | None = None
    """Opened by port.open, used by control.protocol."""
    opening_error: QmiprobeError | None = None
    """What the modem did where opening the port asks it something: control.protocol's matter."""
    modem: Modem | None = None
    observed: Observed | None = None
    """What was seen while the protocol was looked for."""
    session: DataSession | None = None
    bearer: BearerFacts | None = None
    returned: ReturnFacts | None = None
    """What link.return saw."""
    dns: DnsFacts | None = None
    """What link.dns saw."""
    told: set[str] = field(default_factory=set)
    """Kinds of anomalies that a rung has told already: each is told once."""
    opened: list[ControlTransport] = field(default_factory=list)
    """Transports to close at the end, after the devices on them."""
    kept: Kept = field(init=False)
    """What :meth:`keep` holds."""

    def __post_init__(self) -> None:
        self.kept = Kept(self.nursery)

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
        if self.options.targets is not None or self.port.simulated:
            return self.options.targets or self.port.targets
        from qmiprobe.link import default_targets

        return default_targets()

    async def keep(self, manager: AbstractAsyncContextManager[T]) -> T:
        """Enter ``manager`` and hold it until the context is closed: see :class:`Kept`."""
        return await self.kept.keep(manager)

    async def close(self) -> None:
        """Give everything back, the last thing taken first: sessions, devices, then the ports.

        Shielded; what is given back bounds itself. Everything is tried, whatever fails.
        """
        with trio.CancelScope(shield=True):
            try:
                await self.stack.aclose()
            finally:
                await self.kept.end()
                if self.transport is not None:
                    self.opened.append(self.transport)
                while self.opened:
                    await self.opened.pop().aclose()


@asynccontextmanager
async def open_context(port: ControlPort, options: CheckOptions) -> AsyncIterator[CheckContext]:
    """Yield a context for one climb; what it took is given back on every way out."""
    async with background() as nursery:
        context = CheckContext(port, options, nursery, AsyncExitStack())
        try:
            yield context
        finally:
            await context.close()
