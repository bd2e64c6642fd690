# SPDX-License-Identifier: GPL-2.0-or-later
"""Which IP protocols pass beside UDP: ESP and GRE, which VPNs need, and one that nobody uses."""

from __future__ import annotations

import random
import struct
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ._asking import PROOFS, Question, udp_question
from ._sockets import mark, open_quotes, open_raw, origin_toward, require_netdev
from ._together import together
from ._walk import Kind, WalkFacts, walk

if TYPE_CHECKING:
    import socket

    from qmiprobe.bearer import BearerFacts, IPAddress, Targets

    from ._events import NetworkError
    from ._sockets import Origin

ESP, GRE, UNUSED = 50, 47, 253
"""IP protocol numbers; 253 is for experiments (RFC 3692), so no host has a use for it."""
NAMES = {"esp": ESP, "gre": GRE, "other": UNUSED}
CLOSED_PORT = 33434
_FILL = 32


@dataclass(frozen=True, kw_only=True)
class ProtocolFacts:
    """How far ESP, GRE and a protocol that nobody uses (``other``) get."""

    family: int
    walks: tuple[WalkFacts, ...] = ()
    """One for each host that was asked."""
    inconclusive: str | None = None
    """Why there is none."""

    def dropped(self, name: str) -> bool:
        """Whether ``name`` is proven not to pass, toward each host.

        A host may have a use for it and so be silent; two that say so of others have not.
        """
        several = len(self.walks) > 1
        return bool(self.walks) and all(_dropped(one, name, several) for one in self.walks)

    def arrived(self, name: str) -> bool:
        """Whether ``name`` reaches a host that was asked."""
        return any(one.passage(name).arrived for one in self.walks)


def _dropped(walk: WalkFacts, name: str, several: bool) -> bool:
    """Whether it is: on the way, or where the host answers the other useless ones only."""
    passage = walk.passage(name)
    others = (one for one in walk.passages if one.name not in (name, "udp"))
    silent = passage.silent and any(one.arrived for one in others)
    return passage.dropped or (several and silent)


async def measure_protocols(
    bearer: BearerFacts, *, targets: Targets, family: int, most: int = 2, proofs: int = PROOFS
) -> ProtocolFacts:
    """Return how far each protocol gets toward ``most`` of the targets, within 18 s.

    Raises CannotTest when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    hosts = [host for host in targets.echo if host.version == family][:most]
    if bearer.family(family) is None or not hosts:
        return ProtocolFacts(family=family, inconclusive="there is no host of this family to ask")
    if not may_use_raw(origin_toward(bearer, hosts[0]), family):
        why = "raw sockets are not allowed to this process: run as root or with CAP_NET_RAW"
        return ProtocolFacts(family=family, inconclusive=why)

    async def one(host: IPAddress) -> WalkFacts:
        origin = origin_toward(bearer, host)
        kinds: dict[str, Kind] = {
            name: partial(_question, origin, host, number) for name, number in NAMES.items()
        }
        kinds["udp"] = partial(control_question, origin, host)
        return await walk(host, kinds, controls=("udp",), proofs=proofs)

    return ProtocolFacts(family=family, walks=await together(partial(one, host) for host in hosts))


def may_use_raw(origin: Origin, family: int) -> bool:
    """Return whether this process may open raw sockets."""
    try:
        open_quotes(origin, family).close()
    except PermissionError:
        return False
    return True


def control_question(origin: Origin, target: IPAddress, hops: int | None) -> Question:
    """Return a datagram to a port where nothing listens."""
    return udp_question("udp", origin, target, CLOSED_PORT, hops=hops)


def _question(origin: Origin, target: IPAddress, number: int, hops: int | None) -> Question:
    mark_of_ours = random.randbytes(4)
    payload, place = packet_of(number, mark_of_ours)

    def open_marked() -> socket.socket:
        sock = open_raw(origin, target, number)
        mark(sock, hops=hops)
        return sock

    def is_ours(error: NetworkError) -> bool:
        return error.quoted[place : place + 4] == mark_of_ours

    return Question(
        label=str(number), target=target, open=open_marked, payload=payload, is_ours=is_ours
    )


def packet_of(number: int, identifier: bytes) -> tuple[bytes, int]:
    """Return what follows the IP header, and where in it the four bytes of ``identifier`` are."""
    if number == GRE:  # version 0 with a key, which carries an IPv4 packet
        return struct.pack("!HH", 0x2000, 0x0800) + identifier + bytes(_FILL), 4
    if number == ESP:  # SPI and sequence number
        return identifier + struct.pack("!I", 1) + random.randbytes(_FILL), 0
    return identifier + bytes(4 + _FILL), 0
