# SPDX-License-Identifier: GPL-2.0-or-later
"""What else is asked where an endpoint is silent: its host by other means, and the time."""

from __future__ import annotations

import errno

import trio

from qmiprobe import link, vpn
from qmiprobe.bearer import BearerFacts, IPAddress, Targets
from qmiprobe.check.vpn._context import VpnContext
from qmiprobe.check.vpn._heard import Heard, ask_udp
from qmiprobe.diagnosis import Evidence
from qmiprobe.link import ProbeResult

_CLOSED_PORT = 33434


async def controls(context: VpnContext, bearer: BearerFacts, endpoint: IPAddress) -> list[Evidence]:
    """Ask the endpoint's host by other means, and what time it is: silence has many causes."""
    silent = vpn.Hello("a closed port", b"\0", lambda data: False, attempts=2)
    targets = Targets(
        name="endpoint",
        echo=(endpoint,),
        tcp=((endpoint, 443), (endpoint, 22)),
        http=(),
        large=(),
        existing_name="example.com",
        missing_name="nowhere.invalid",
    )
    found: dict[str, object] = {}

    async def returning() -> None:
        found["seen"] = await link.measure_return(bearer, targets=targets)

    async def closed() -> None:
        found["closed"] = await ask_udp(bearer, endpoint, _CLOSED_PORT, silent)

    async def clock() -> None:
        time = context.options.targets or link.default_targets()
        found["clock"] = await link.measure_clock(bearer, targets=time)

    async with trio.open_nursery() as nursery:
        for one in (returning, closed, clock):
            nursery.start_soon(one)
    seen, other, clock_facts = found["seen"], found["closed"], found["clock"]
    assert isinstance(seen, link.ReturnFacts)
    assert isinstance(other, Heard)
    assert isinstance(clock_facts, link.ClockFacts)
    lines = _note_reached(context, bearer, seen, other)
    if clock_facts.ahead_s is not None:
        ahead = round(clock_facts.ahead_s)
        context.facts.add("vpn.clock_ahead_s", ahead, source=f"packets on {bearer.netdev}")
        lines.append(Evidence(f"time servers are {ahead} s ahead of this clock", value=ahead))
    return lines


def _note_reached(
    context: VpnContext, bearer: BearerFacts, seen: link.ReturnFacts, other: Heard
) -> list[Evidence]:
    """Note what else comes back from the endpoint's host; return a line about it."""
    facts = context.facts
    there = (ProbeResult.ANSWERED, ProbeResult.REFUSED)
    kinds = sorted({str(probe.kind) for probe in seen.probes if probe.result in there})
    if other.result == "refused":
        kinds.append("udp")
    source = f"packets on {bearer.netdev}"
    facts.add("vpn.endpoint.reached", [*kinds], source=source)
    errors = [errno.errorcode.get(one, str(one)) for one in seen.send_errors]
    facts.add("vpn.endpoint.send_errors", [*errors], source=source)
    if seen.reverse_path_drops is not None:
        drops = seen.reverse_path_drops
        facts.add("vpn.endpoint.rp_filtered", drops, source="/proc/self/net/netstat")
    return [Evidence(f"otherwise comes back from there: {', '.join(kinds) or 'nothing'}")]
