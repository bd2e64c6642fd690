# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is who in the simulated network: documentation addresses (RFC 5737, RFC 3849), and stand-ins.

The stand-ins have names and addresses of well-known public hosts, which link checks ask unless told
otherwise. A checker that reaches this network over a netdev of the kernel's knows nothing of it.
"""

from __future__ import annotations

from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv4Network,
    IPv6Address,
    IPv6Interface,
    IPv6Network,
)

from qmiprobe.bearer import FamilyFacts, HttpTarget, IPAddress, Targets

SESSIONS = 8
"""How many data sessions of each family the network has addresses for."""

CLIENTS_V4 = IPv4Network("192.0.2.0/24")
CLIENTS_V6 = IPv6Network("2001:db8:1::/48")
ROUTER_V4 = IPv4Address("192.0.2.254")
ROUTER_V6 = IPv6Address("2001:db8:1:ffff::fe")
"""The router between gate and servers; it complains to the servers, and answers nothing."""

DNS_V4 = (IPv4Address("198.51.100.53"), IPv4Address("198.51.100.54"))
DNS_V6 = (IPv6Address("2001:db8:53::53"),)
WEB_V4 = IPv4Address("203.0.113.80")
WEB_V6 = IPv6Address("2001:db8:80::80")
PORTAL_V4 = IPv4Address("203.0.113.99")
PORTAL_V6 = IPv6Address("2001:db8:80::99")

RESOLVERS = (
    IPv4Address("9.9.9.9"),
    IPv4Address("1.1.1.1"),
    IPv6Address("2620:fe::fe"),
    IPv6Address("2606:4700:4700::1111"),
)
"""Stand-ins that answer pings and accept connections to ports 80 and 443."""

EXISTING_NAME = "connectivity.example"
LARGE_NAME = "large.example"
PORTAL_NAME = "portal.example"
MISSING_NAME = "no-such-name.example"
CONNECTIVITY = {(name, "/generate_204") for name in (
    EXISTING_NAME, "connectivitycheck.gstatic.com", "cp.cloudflare.com",
)}  # fmt: skip
"""Pages without content: host and path."""
LARGE = {(LARGE_NAME, "/large"), ("proof.ovh.net", "/files/1Mb.dat")}
"""Pages of LARGE_SIZE bytes."""
NAMES: dict[str, tuple[IPAddress, ...]] = {
    PORTAL_NAME: (PORTAL_V4, PORTAL_V6),
    "example.com": (WEB_V4, WEB_V6),
    **{name: (WEB_V4, WEB_V6) for name, _ in CONNECTIVITY | LARGE},
}
LARGE_SIZE = 128 * 1024


def gateway(family: int, index: int = 0) -> IPAddress:
    """Return the first hop of the ``index``-th data session of a family."""
    if not 0 <= index < SESSIONS:
        raise ValueError(f"session {index}: the simulated network has 0 to {SESSIONS - 1}")
    if family == 4:
        return CLIENTS_V4[4 * index + 1]
    return IPv6Network((int(CLIENTS_V6[0]) + (index << 64), 64))[1]


def family_facts(family: int, *, index: int = 0, mtu: int | None = None) -> FamilyFacts:
    """Return what the network gives the ``index``-th data session of family 4 or 6."""
    if family not in (4, 6):
        raise ValueError(f"family {family}: must be 4 or 6")
    first_hop = gateway(family, index)
    own = first_hop + 1
    return FamilyFacts(
        family=family,
        interface=IPv4Interface((own, 30)) if family == 4 else IPv6Interface((own, 64)),
        gateway=first_hop,
        dns=DNS_V4 if family == 4 else DNS_V6,
        mtu=mtu,
    )


def targets() -> Targets:
    """Return the hosts of the simulated network that link checks may talk to."""
    web: tuple[IPAddress, ...] = (WEB_V4, WEB_V6)
    return Targets(
        name="simulated network",
        echo=web,
        tcp=tuple((address, 80) for address in web),
        http=(HttpTarget(host=EXISTING_NAME, path="/generate_204", status=204, addresses=web),),
        large=(HttpTarget(host=LARGE_NAME, path="/large", status=200, addresses=web),),
        existing_name=EXISTING_NAME,
        missing_name=MISSING_NAME,
    )
