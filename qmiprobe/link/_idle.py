# SPDX-License-Identifier: GPL-2.0-or-later
"""What the first packet after a silence takes longer: the radio has to be woken up."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import trio

from ._asking import ask, echo_question
from ._rtt import Series
from ._sockets import origin_toward, require_netdev

if TYPE_CHECKING:
    from qmiprobe.bearer import BearerFacts, IPAddress, Targets

_PACKETS = 5
_GAP_SECONDS = 0.3


@dataclass(frozen=True, kw_only=True)
class IdleFacts:
    """The packets after a silence. Times are seconds."""

    family: int
    idle_s: float
    target: IPAddress | None = None
    first_s: float | None = None
    """The first packet's round trip; None: it was lost."""
    later_s: float | None = None
    """Median of those after it; None: nothing came back."""
    inconclusive: str | None = None

    @property
    def wake_s(self) -> float | None:
        """What the first one took longer; None where it, or all others, were lost."""
        if self.first_s is None or self.later_s is None:
            return None
        return max(0.0, self.first_s - self.later_s)


async def measure_idle(
    bearer: BearerFacts, *, targets: Targets, family: int, idle_s: float
) -> IdleFacts:
    """Return how long the first packet takes after ``idle_s`` of silence, within that and 10 s.

    The netdev may not be quiet by itself: what others send shortens the silence. Raises CannotTest
    when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    facts = bearer.family(family)
    hosts = [host for host in targets.echo if host.version == family]
    hosts += [facts.gateway] if facts is not None and facts.gateway is not None else []
    asked = await ask(
        (echo_question(str(host), origin_toward(bearer, host), host) for host in hosts),
        round_seconds=(0.5, 1.0, 1.5),
    )
    target = next((one.question.target for one in asked if one.there), None)
    if facts is None or target is None:
        why = "no host answers an echo request"
        return IdleFacts(family=family, idle_s=idle_s, inconclusive=why)
    await trio.sleep(idle_s)
    series = Series(origin_toward(bearer, target), target)
    try:
        await series.run(_PACKETS, _GAP_SECONDS)
    except OSError as error:
        why = f"this host did not send the packets: {error.strerror}"
        return IdleFacts(family=family, idle_s=idle_s, target=target, inconclusive=why)
    first, *rest = series.facts(_GAP_SECONDS).rtts
    later = [one for one in rest[1:] if one is not None]  # the second may wait behind the first
    return IdleFacts(
        family=family,
        idle_s=idle_s,
        target=target,
        first_s=first,
        later_s=median(later) if later else None,
    )
