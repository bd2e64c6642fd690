# SPDX-License-Identifier: GPL-2.0-or-later
"""The addresses and names of the bed, and what ``link`` is told of it."""

from __future__ import annotations

from ipaddress import ip_address, ip_interface

from qmiprobe.bearer import BearerFacts, FamilyFacts, HttpTarget, Targets

NETDEV = "wwan0"
CLIENT = {4: ip_interface("10.64.0.2/30"), 6: ip_interface("2001:db8:1::2/64")}
GATEWAY = {4: ip_address("10.64.0.1"), 6: ip_address("2001:db8:1::1")}
DNS = {4: ip_address("198.51.100.53"), 6: ip_address("2001:db8:53::53")}
"""What the network gave; they live in the carrier."""
PUBLIC = ip_address("192.0.2.1")
"""The carrier's own address, behind which the client hides."""
SERVER = {4: ip_address("203.0.113.10"), 6: ip_address("2001:db8:3::10")}
OTHER = {4: ip_address("203.0.113.11"), 6: ip_address("2001:db8:3::11")}
NO_RESOLVER = {4: ip_address("203.0.113.12"), 6: ip_address("2001:db8:3::12")}
"""A host where nothing listens."""
PREF64 = "2001:db8:64::"
"""The /96 of the NAT64."""
PORTAL_PORT = 8080
"""Of the carrier; recipes redirect to it."""
BOTH = (SERVER, OTHER)

NAMES = {
    "there.example": tuple(SERVER.values()),
    "page.example": tuple(SERVER.values()),
    "other.example": tuple(OTHER.values()),
    "large.example": tuple(SERVER.values()),
    "portal.example": (ip_address("10.64.0.1"), ip_address("2001:db8:1::1")),
    "ipv4only.arpa": (ip_address("192.0.0.170"), ip_address("192.0.0.171")),
}


def bearer(families: tuple[int, ...] = (4, 6), *, mtu: int | None = None) -> BearerFacts:
    """Return what the network gave."""
    return BearerFacts(
        netdev=NETDEV,
        families=tuple(
            FamilyFacts(
                family=number,
                interface=CLIENT[number],
                gateway=GATEWAY[number],
                dns=(DNS[number],),
                mtu=mtu,
            )
            for number in families
        ),
    )


def targets() -> Targets:
    """Return the hosts to ask."""
    both = [host[family] for family in (4, 6) for host in BOTH]
    return Targets(
        name="bed",
        echo=tuple(both),
        tcp=tuple((host, port) for host, port in zip(both, (443, 80, 443, 80), strict=True)),
        http=(
            HttpTarget(
                host="page.example",
                path="/generate_204",
                status=204,
                addresses=tuple(SERVER.values()),
            ),
            HttpTarget(
                host="other.example",
                path="/generate_204",
                status=204,
                addresses=tuple(OTHER.values()),
            ),
        ),
        large=(
            HttpTarget(
                host="large.example",
                path="/large",
                status=200,
                addresses=tuple(SERVER.values()),
            ),
        ),
        existing_name="there.example",
        missing_name="nowhere.example",
        resolvers=tuple(both),
        ntp=tuple(SERVER.values()),
        quic=tuple((host, 443) for host in SERVER.values()),
        stun=tuple((host, 3478) for host in SERVER.values()),
        no_resolvers=tuple(NO_RESOLVER.values()),
    )
