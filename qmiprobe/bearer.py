# SPDX-License-Identifier: GPL-2.0-or-later
"""Plain facts about a data session and the hosts to test it with.

``session`` makes them from what the modem says, ``link`` and ``vpn`` read them: neither side
needs to know the other, and no QMI or MBIM reaches the link tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface

IPAddress = IPv4Address | IPv6Address
IPInterface = IPv4Interface | IPv6Interface


@dataclass(frozen=True, kw_only=True)
class FamilyFacts:
    """What the network gave one IP family of a data session."""

    family: int
    """4 or 6."""
    interface: IPInterface
    """Own address with its prefix length."""
    gateway: IPAddress | None = None
    dns: tuple[IPAddress, ...] = ()
    mtu: int | None = None
    """Bytes of an IP packet, as signalled; None where the network did not say."""


@dataclass(frozen=True, kw_only=True)
class BearerFacts:
    """A data session as the link tests see it: a netdev and what should be on it."""

    netdev: str
    families: tuple[FamilyFacts, ...]
    session_id: int = 0
    """MBIM session or QMAP mux id; 0 where the netdev carries one session only."""
    fwmark: int = 0
    """Mark that probes carry, for rules of routing and filters; 0: none."""

    def family(self, number: int) -> FamilyFacts | None:
        """Return the facts of IP family 4 or 6, or None where the session lacks it."""
        return next((facts for facts in self.families if facts.family == number), None)

    @property
    def mtu(self) -> int | None:
        """Smallest signalled MTU in bytes, or None where none was signalled."""
        return min((facts.mtu for facts in self.families if facts.mtu is not None), default=None)


@dataclass(frozen=True, kw_only=True)
class HttpTarget:
    """A page with a known answer."""

    host: str
    path: str
    status: int
    addresses: tuple[IPAddress, ...]
    port: int = 80


@dataclass(frozen=True, kw_only=True)
class Targets:
    """The hosts that link checks may talk to, beside what the network itself gave."""

    name: str
    echo: tuple[IPAddress, ...]
    tcp: tuple[tuple[IPAddress, int], ...]
    http: tuple[HttpTarget, ...]
    """Pages that answer with a bare status (204), to tell a walled garden."""
    large: tuple[HttpTarget, ...]
    """Pages of at least 64 kB, to measure the path MTU toward this host."""
    existing_name: str
    missing_name: str
    """A name that no honest resolver answers."""
    resolvers: tuple[IPAddress, ...] = ()
    """Public DNS servers, to tell a network that answers for others from one that blocks them."""
    ntp: tuple[IPAddress, ...] = ()
    """Time servers (UDP 123)."""
    quic: tuple[tuple[IPAddress, int], ...] = ()
    """Hosts that speak QUIC, with the UDP port."""
    stun: tuple[tuple[IPAddress, int], ...] = ()
    """STUN servers (RFC 8489), with the UDP port."""
    no_resolvers: tuple[IPAddress, ...] = ()
    """Addresses without a DNS server: an answer from there was made on the way."""
