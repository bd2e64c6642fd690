# SPDX-License-Identifier: GPL-2.0-or-later
"""Do fragments pass, up and down: packets in two pieces, each beside one whole packet.

The pieces of what goes up are made by hand and small, so that the path MTU has no part in it; how
large those of an answer are is up to the host that answers. The whole ones are as large as the
path lets them be: a limit of rate or size that stops the pieces then stops those too.
"""

from __future__ import annotations

import errno
import random
import socket
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ._asking import PROOFS, Asked, Question, ask, echo_question, udp_question
from ._packets import IP_HEADER, UDP_HEADER, internet_checksum, padded_dns_query
from ._protocols import CLOSED_PORT
from ._sockets import open_sender, origin_toward, require_netdev

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmiprobe.bearer import BearerFacts, IPAddress, Targets

    from ._sockets import Origin

PIECE = 600
"""Bytes that each piece carries at most, a multiple of eight."""
_UP_SIZE = 1100
_BOTH_SIZE = 2000
"""Bytes of the echo request whose answer no usual netdev sends in one piece."""
_SMALL = 128
_LARGE = 1400
"""Bytes of a whole packet that is much like a piece of a usual host's answer."""


@dataclass(frozen=True, kw_only=True)
class FragmentFacts:
    """Whether packets in pieces pass each way; None: not known."""

    family: int
    up: bool | None = None
    down: bool | None = None
    target_up: IPAddress | None = None
    """The host that showed it."""
    target_down: IPAddress | None = None
    inconclusive: str | None = None
    """Why nothing is known."""


async def measure_fragments(
    bearer: BearerFacts, *, targets: Targets, family: int, proofs: int = PROOFS, most: int = _LARGE
) -> FragmentFacts:
    """Return whether fragments pass, within 5 s; ``most`` (bytes): what passes in one piece.

    Raises CannotTest when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    asked = await ask(
        (one for pair in _pairs(bearer, targets, family, most) for one in pair), proofs=proofs
    )
    if any(one.errno in (errno.EPERM, errno.EACCES) for one in asked):
        why = "raw sockets are not allowed to this process: run as root or with CAP_NET_RAW"
        return FragmentFacts(family=family, inconclusive=why)
    up, target_up = _verdict(asked, ("whole-up", "pieces-up"))
    both, target_both = _verdict(asked, ("whole-both", "pieces-both"))
    if up is None and both is None:
        return FragmentFacts(family=family, inconclusive="no host answers the same packets whole")
    return FragmentFacts(
        family=family,
        up=True if both else up,
        # where pieces are known to go up, it is those of the answer that are lost
        down=both if both or up else None,
        target_up=target_up or target_both,
        target_down=target_both if both or up else None,
    )


def _verdict(
    asked: Iterable[Asked], labels: tuple[str, str]
) -> tuple[bool | None, IPAddress | None]:
    """Whether the packets in pieces of one kind pass: to any host, or provenly to none."""
    pieces = [one for one in asked if one.question.label.startswith(labels[1])]
    there = next((one for one in pieces if one.there), None)
    if there is not None:
        return True, there.question.target
    lost = [one for one in pieces if one.lost]
    return (False, lost[0].question.target) if lost else (None, None)


def _pairs(
    bearer: BearerFacts, targets: Targets, family: int, most: int
) -> Iterator[tuple[Question, Question]]:
    """Yield packets in pieces, each with the whole one that is its control."""
    headers = IP_HEADER[family] + UDP_HEADER
    whole_up = max(_SMALL, min(_UP_SIZE, most - headers))
    whole_both = max(_SMALL, min(_LARGE, most))
    facts = bearer.family(family)
    if facts is None:
        return
    for number, host in enumerate([one for one in targets.echo if one.version == family][:2]):
        origin = origin_toward(bearer, host)
        whole = udp_question(
            f"whole-up {number}", origin, host, CLOSED_PORT, payload=bytes(whole_up)
        )
        large = udp_question(
            f"pieces-up {number}", origin, host, CLOSED_PORT, payload=bytes(_UP_SIZE)
        )
        yield whole, _in_pieces(large, origin, whole.label, port=CLOSED_PORT)
        echo = echo_question(f"whole-both {number}", origin, host, size=whole_both)
        long = echo_question(f"pieces-both {number}", origin, host, size=_BOTH_SIZE)
        yield echo, _in_pieces(long, origin, echo.label)
    for number, server in enumerate(facts.dns[:1], 2):
        if server.version != family:
            continue
        origin = origin_toward(bearer, server)
        whole, pieces = (
            udp_question(
                f"{label} {number}",
                origin,
                server,
                53,
                payload=padded_dns_query(targets.existing_name, "A", 9, size=size),
            )
            for label, size in (("whole-up", whole_up), ("pieces-up", _UP_SIZE))
        )
        yield whole, _in_pieces(pieces, origin, whole.label, port=53)


def _in_pieces(
    question: Question, origin: Origin, beside: str, *, port: int | None = None
) -> Question:
    """Return the same packet, sent in pieces by a raw socket beside its own."""
    target = question.target

    def send(sock: socket.socket) -> None:
        source = sock.getsockname()
        body = question.payload
        if port is not None:
            length = UDP_HEADER + len(body)
            body = struct.pack("!HHHH", source[1], port, length, 0) + body
        host = type(target)(source[0].partition("%")[0])
        protocol = 17 if port is not None else {4: 1, 6: 58}[target.version]
        with open_sender(origin, target) as sender:
            for piece in pieces(host, target, protocol, checked(host, target, protocol, body)):
                sender.send(piece)

    return replace(question, send=send, beside=beside)


def checked(source: IPAddress, target: IPAddress, protocol: int, body: bytes) -> bytes:
    """Return a UDP datagram or an ICMPv6 message with its checksum; ICMP has it already."""
    place = {17: 6, 58: 2}.get(protocol)
    if place is None:
        return body
    ends = source.packed + target.packed
    if target.version == 4:
        pseudo = ends + struct.pack("!BBH", 0, protocol, len(body))
    else:
        pseudo = ends + struct.pack("!II", len(body), protocol)
    checksum = internet_checksum(pseudo + body) or 0xFFFF
    return body[:place] + struct.pack("!H", checksum) + body[place + 2 :]


def pieces(
    source: IPAddress, target: IPAddress, protocol: int, body: bytes, *, size: int = PIECE
) -> tuple[bytes, ...]:
    """Return IP packets that carry ``body`` in fragments of ``size`` bytes."""
    identifier = random.randrange(1, 0x10000)
    made = []
    for start in range(0, len(body), size):
        part = body[start : start + size]
        more = start + size < len(body)
        if target.version == 4:
            total = IP_HEADER[4] + len(part)
            place = start // 8 | (0x2000 if more else 0)
            head = struct.pack("!BBHHHBBH", 0x45, 0, total, identifier, place, 64, protocol, 0)
            made.append(head + source.packed + target.packed + part)
        else:
            head = struct.pack("!IHBB", 6 << 28, 8 + len(part), 44, 64)
            fragment = struct.pack("!BBHI", protocol, 0, start | more, identifier)
            made.append(head + source.packed + target.packed + fragment + part)
    return tuple(made)
