# SPDX-License-Identifier: GPL-2.0-or-later
"""What Tailscale's own check of the network finds, instead of asking an endpoint."""

from __future__ import annotations

from qmiprobe import vpn
from qmiprobe.check._check import Result
from qmiprobe.check.vpn._context import VpnContext
from qmiprobe.diagnosis import Evidence

_SOURCE = "tailscale netcheck"


async def tailscale_network(context: VpnContext) -> Result:
    """UDP passes, and the NAT keeps ports, so that peers find each other without a relay."""
    got = await vpn.ask_netcheck(path=context.options.machine.path)
    if got is None:
        return Result.skipped("the program tailscale does not tell")
    facts = context.facts
    relay = context.the_tunnel.option("relay")
    lines = [Evidence(f"the peer is reached by relay {relay}")] if relay else []
    if got.relay is not None:
        lines.append(Evidence(f"nearest relay: region {got.relay}", source=_SOURCE))
    for name, value in (("udp", got.udp), ("varies", got.varies)):
        if value is not None:
            facts.add(f"vpn.tailscale.{name}", value, source=_SOURCE)
    if got.udp is False:
        return Result.warned("no UDP comes back: relays carry all, by TCP", *lines)
    if got.varies:
        return Result.warned("the NAT changes ports: few peers are reached directly", *lines)
    return Result.passed("UDP passes, and the NAT keeps ports", *lines)
