# SPDX-License-Identifier: GPL-2.0-or-later
"""On a session with IPv6 alone: how hosts with IPv4 alone are reached (RFC 7050, RFC 6052)."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import TYPE_CHECKING

import trio

from ._dns import resolve
from ._probes import Probe, ProbeKind
from ._sockets import origin_toward, require_netdev

if TYPE_CHECKING:
    from qmiprobe.bearer import BearerFacts, Targets

_NAME = "ipv4only.arpa"
_WELL_KNOWN = (IPv4Address("192.0.0.170"), IPv4Address("192.0.0.171"))
_SECONDS = 3.0
_LENGTHS = {96: 12, 64: 9, 56: 7, 48: 6, 40: 5, 32: 4}
"""Prefix length to where the IPv4 address begins; octet 8 is always skipped (RFC 6052, 2.2)."""


@dataclass(frozen=True, kw_only=True)
class Nat64Facts:
    """What the network offers."""

    prefix: IPv6Network | None
    """What its DNS servers make addresses of; None where they make none."""
    tested: IPv6Address | None = None
    """An IPv4 target by that prefix."""
    passes: bool | None = None
    """Whether it came back from there; None: not tested."""


async def measure_nat64(bearer: BearerFacts, *, targets: Targets) -> Nat64Facts:
    """Return the network's NAT64 prefix, and whether packets pass, within 7 s.

    Raises CannotTest when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    found = await resolve(bearer, _NAME, record="AAAA")
    made = [prefix_of(one) for one in found if isinstance(one, IPv6Address)]
    prefix = next((one for one in made if one is not None), None)
    host = next((one for one in targets.echo if isinstance(one, IPv4Address)), None)
    if prefix is None or host is None:
        return Nat64Facts(prefix=prefix)
    address = embed(prefix, host)
    return Nat64Facts(prefix=prefix, tested=address, passes=await _answers(bearer, address))


def prefix_of(address: IPv6Address) -> IPv6Network | None:
    """Return the prefix that makes ``address`` of a well-known one of RFC 7050, or None."""
    for length in _LENGTHS:
        prefix = IPv6Network((int(address) >> (128 - length) << (128 - length), length))
        if any(embed(prefix, known) == address for known in _WELL_KNOWN):
            return prefix
    return None


def embed(prefix: IPv6Network, host: IPv4Address) -> IPv6Address:
    """Return the IPv6 address that stands for ``host`` behind ``prefix`` (RFC 6052, 2.2)."""
    octets = bytearray(prefix.network_address.packed)
    at = _LENGTHS[prefix.prefixlen]
    for octet in host.packed:
        if at == 8:
            at += 1
        octets[at] = octet
        at += 1
    return IPv6Address(bytes(octets))


async def _answers(bearer: BearerFacts, address: IPv6Address) -> bool:
    """Whether an echo or a connection comes back from ``address``."""
    origin = origin_toward(bearer, address)
    probes = [
        Probe(ProbeKind.ECHO, origin, address, None, 0),
        Probe(ProbeKind.TCP, origin, address, 443, 0),
        Probe(ProbeKind.TCP, origin, address, 80, 0),
    ]

    async def run(probe: Probe) -> None:
        await probe.run()
        if probe.came_back and probe.offender in (None, address):
            nursery.cancel_scope.cancel()

    with trio.move_on_after(_SECONDS):
        async with trio.open_nursery() as nursery:
            for probe in probes:
                nursery.start_soon(run, probe)
    return any(one.came_back and one.offender in (None, address) for one in probes)
