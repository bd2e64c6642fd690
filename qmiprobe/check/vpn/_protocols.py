# SPDX-License-Identifier: GPL-2.0-or-later
"""Does ESP or GRE get to the endpoint: asked hop by hop, beside UDP."""

from __future__ import annotations

from qmiprobe import link
from qmiprobe.bearer import IPAddress, Targets
from qmiprobe.check.vpn._context import VpnContext
from qmiprobe.diagnosis import Evidence
from qmiprobe.errors import CannotTest


async def walk_protocol(context: VpnContext, name: str) -> list[Evidence]:
    """Note how far ``name`` (esp, gre) gets toward the endpoint; return lines about it.

    Takes up to 18 s; nothing where raw sockets are not allowed.
    """
    outside, endpoint = context.outside, context.the_tunnel.endpoint
    if outside is None or endpoint is None:
        return []
    try:
        got = await link.measure_protocols(
            outside, targets=endpoint_alone(endpoint), family=endpoint.version
        )
    except CannotTest as error:
        return [Evidence(f"{name.upper()} is not asked: {error}")]
    source = f"packets on {outside.netdev}"
    if got.arrived(name):
        context.facts.add("vpn.protocol.passes", name, source=source)
        return [Evidence(f"{name.upper()} reaches the endpoint", source=source)]
    if got.dropped(name):
        context.facts.add("vpn.protocol.dropped", name, source=source)
        return [Evidence(f"{name.upper()} is dropped on the way, UDP is not", source=source)]
    return [Evidence(f"how far {name.upper()} gets is not clear", source=source)]


def endpoint_alone(endpoint: IPAddress) -> Targets:
    """Return the endpoint as the only target, for echo and closed ports."""
    return Targets(
        name="endpoint",
        echo=(endpoint,),
        tcp=(),
        http=(),
        large=(),
        existing_name="example.com",
        missing_name="nowhere.invalid",
    )
