# SPDX-License-Identifier: GPL-2.0-or-later
"""Does somebody answer DNS on the way: hosts without a DNS server are asked all the same."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ._exchange import Exchange, exchange
from ._packets import answers_dns, dns_query, require_names
from ._peers import UDP, watch_peers
from ._probes import ProbeResult
from ._sockets import origin_toward, require_netdev
from ._together import together

if TYPE_CHECKING:
    from qmiprobe.bearer import BearerFacts, IPAddress, Targets


@dataclass(frozen=True, kw_only=True)
class TruthAnswer:
    """What came back from one address that has no DNS server."""

    server: IPAddress
    result: ProbeResult
    """Answered: somebody on the way did."""


@dataclass(frozen=True, kw_only=True)
class TruthFacts:
    """What came back from all of them."""

    answers: tuple[TruthAnswer, ...]
    sent_elsewhere: bool = False
    """Not one question left for the address that it was asked of: this host diverts them."""

    @property
    def intercepted(self) -> tuple[IPAddress, ...]:
        """The addresses in whose name somebody else answered."""
        return tuple(one.server for one in self.answers if one.result is ProbeResult.ANSWERED)


async def measure_truth(bearer: BearerFacts, *, targets: Targets) -> TruthFacts:
    """Return who answers DNS for addresses without a server, over both families, within 2 s.

    Raises CannotTest when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    require_names(targets.existing_name)
    families = [facts.family for facts in bearer.families]
    given = {server for facts in bearer.families for server in facts.dns}
    servers = [one for one in targets.no_resolvers if one.version in families and one not in given]
    with watch_peers(bearer.netdev) as seen:
        got = await together(partial(_ask, bearer, one, targets.existing_name) for one in servers)
        passed = seen()
    answered = [
        server
        for server, one in zip(servers, got, strict=True)
        if one.result is ProbeResult.ANSWERED
    ]
    return TruthFacts(
        sent_elsewhere=passed is not None
        and bool(answered)
        and not any(passed.sent_to(one, UDP, 53) for one in answered),
        answers=tuple(
            TruthAnswer(server=server, result=one.result)
            for server, one in zip(servers, got, strict=True)
        ),
    )


async def _ask(bearer: BearerFacts, server: IPAddress, name: str) -> Exchange:
    identifier = random.randrange(0x10000)

    def fits(data: bytes) -> bool:
        return answers_dns(data, identifier)

    payload = dns_query(name, "A", identifier)
    origin = origin_toward(bearer, server)
    return await exchange(origin, server, 53, payload, fits=fits, attempts=2)
