# SPDX-License-Identifier: GPL-2.0-or-later
"""What rungs of the data path need of their context: `check` and `link` both have it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

from qmiprobe.bearer import BearerFacts, Targets
from qmiprobe.diagnosis import Facts

if TYPE_CHECKING:
    from qmiprobe.link import DnsFacts, ReturnFacts


class PacketCounts(Protocol):
    """Somebody who counts packets behind the netdev: the modem."""

    @property
    def packets(self) -> Callable[[], Awaitable[tuple[int, int] | None]]:
        """Gives packets sent and received so far; None where the modem does not count."""
        ...


class DataPath(Protocol):
    """A netdev with a data session, and the hosts that may be asked through it."""

    returned: ReturnFacts | None
    """What link.return saw."""
    dns: DnsFacts | None
    """What link.dns saw."""

    @property
    def facts(self) -> Facts:
        """The facts of this run."""
        ...

    @property
    def netdev(self) -> str | None:
        """Name of the netdev."""
        ...

    @property
    def the_bearer(self) -> BearerFacts:
        """Netdev and addresses; only rungs that need the session may ask."""
        ...

    @property
    def targets(self) -> Targets | None:
        """The hosts that may be asked; None: none."""
        ...

    @property
    def session(self) -> PacketCounts | None:
        """The modem's counters, where they can be read."""
        ...
