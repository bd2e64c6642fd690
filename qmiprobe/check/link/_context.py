# SPDX-License-Identifier: GPL-2.0-or-later
"""What the rungs of `link` share: the netdev, what the session is, the hosts, and the facts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import trio

from qmiprobe.bearer import BearerFacts, Targets
from qmiprobe.check._check import Check
from qmiprobe.check._data_path import PacketCounts
from qmiprobe.check._kept import Kept
from qmiprobe.diagnosis import Facts

if TYPE_CHECKING:
    from qmiprobe.link import DnsFacts, HostFacts, NetdevFacts, ReturnFacts
    from qmiprobe.reflect import Far

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How long the slow measurements take; tests make them shorter."""

    idle_s: float = 15.0
    """Silence before the first packet of link.idle."""
    rtt_packets: int = 250
    rtt_interval_s: float = 0.02
    nat_longest_s: float = 180.0
    """Longest silence that link.nat-lifetime and link.tcp-idle try."""
    load_s: float = 8.0
    """Each way."""
    load_bytes: int = 20_000_000
    """Most that link.load sends and receives."""


@dataclass(frozen=True, kw_only=True)
class LinkOptions:
    """What the user asked for, and what is known beforehand."""

    netdev: str
    targets: Targets | None = None
    host: str | None = None
    """A host to ask in place of the targets: a name or an address."""
    bearer: BearerFacts | None = None
    """What the network gave, where somebody knows; None: it is read from the netdev."""
    bearer_source: str = ""
    """Who knows."""
    ask_others: bool = False
    """Whether the journal of `connect` and ModemManager are asked what it gave."""
    reflector: str | None = None
    """URL of `qmiprobe reflect` on a server of the user's own."""
    load: bool = False
    pace: Pace = field(default_factory=Pace)
    resolv_conf: str = "/etc/resolv.conf"
    counts: PacketCounts | None = None
    """The modem's counters, where they can be read."""


@dataclass
class LinkContext:
    """The state of one climb; made by :func:`open_link`."""

    options: LinkOptions
    nursery: trio.Nursery
    facts: Facts = field(default_factory=Facts)
    bearer: BearerFacts | None = None
    """Set by link.bearer."""
    found: NetdevFacts | None = None
    """The netdev as netdev.present saw it."""
    dns_guessed: bool = False
    """Whether the session's DNS servers are those of resolv.conf: nobody says whose they are."""
    asked: Targets | None = None
    """Made by link.bearer of the host that the user named."""
    host: HostFacts | None = None
    """The rest of the host, as link.bearer saw it."""
    returned: ReturnFacts | None = None
    dns: DnsFacts | None = None
    far: Far | None = None
    """The session with the reflector, once a rung has opened it."""
    far_missing: str | None = None
    """Why there is none."""
    checksum_errors: int | None = None
    """The kernel's count before anything was sent."""
    kept: Kept = field(init=False)
    """What :meth:`keep` holds."""

    def __post_init__(self) -> None:
        self.kept = Kept(self.nursery)

    @property
    def netdev(self) -> str:
        """Name of the netdev."""
        return self.options.netdev

    @property
    def the_bearer(self) -> BearerFacts:
        """Netdev and addresses; only rungs that need link.bearer may ask."""
        assert self.bearer is not None
        return self.bearer

    @property
    def targets(self) -> Targets | None:
        """The hosts that may be asked."""
        named = self.asked or self.options.targets
        if named is not None:
            return named
        from qmiprobe.link import default_targets

        return default_targets()

    @property
    def the_targets(self) -> Targets:
        """The same; there always are some."""
        targets = self.targets
        assert targets is not None
        return targets

    @property
    def session(self) -> PacketCounts | None:
        """The modem's counters, where they can be read."""
        return self.options.counts

    @property
    def families(self) -> tuple[int, ...]:
        """IP families of the session."""
        return tuple(facts.family for facts in self.the_bearer.families)

    def reach(self, family: int) -> tuple[str, ...]:
        """The kinds of traffic that came back from beyond the operator: dns, tcp, echo, ..."""
        return self.facts.texts(f"link.reach.v{family}.kinds")

    @property
    def reachable(self) -> tuple[int, ...]:
        """Families over which anything came back from beyond the operator."""
        return tuple(family for family in self.families if self.reach(family))

    async def keep(self, manager: AbstractAsyncContextManager[T]) -> T:
        """Enter ``manager`` and hold it until the climb is over, as `check` does."""
        return await self.kept.keep(manager)

    async def close(self) -> None:
        """Leave what is held, the last one first."""
        with trio.CancelScope(shield=True):
            await self.kept.end()


Rung = Check[LinkContext]


@asynccontextmanager
async def open_link(options: LinkOptions) -> AsyncIterator[LinkContext]:
    """Yield a context for one climb; what it took is given back on every way out."""
    async with trio.open_nursery() as nursery:
        context = LinkContext(options, nursery)
        try:
            yield context
        finally:
            await context.close()
            nursery.cancel_scope.cancel()
