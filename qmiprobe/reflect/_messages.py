# SPDX-License-Identifier: GPL-2.0-or-later
"""What the bodies of the reflector's frames say."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

NONCE_BYTES = 16
COOKIE_BYTES = 16
HELLO_SIZE = 160
OPEN_SIZE = 256
"""Bytes that a client pads these to, so that no answer is longer than what asks for it."""
MOST_PORTS = 16
LONGEST_DELAY = 900.0
"""Seconds that an answer may be held back."""
AS_ASKED = 0xFFFF
"""In place of a size: as long as the packet that asks."""

_ASK = struct.Struct("!HBBBxIIII")  # size, wishes, TOS, TTL, count, delay in ms, gap in us, run
_ANSWER = struct.Struct("!BB16sHBBHHIIQQQII")
_OPENED = struct.Struct("!8s16sQQHB16sB")
_TALLIED = struct.Struct("!IIQQQII")


class Wish(IntFlag):
    """How an answer shall be sent."""

    FRAGMENTS = 1
    """Without Don't Fragment, cut to pieces where it is too long."""
    TOS = 2
    """With the TOS byte that is asked for, 0 included."""
    OTHER_PORT = 4
    OTHER_ADDRESS = 8


PLAIN = Wish(0)


class Status(IntEnum):
    """How the reflector took what was asked."""

    OK = 0
    UNPROVEN = 1
    """It would be longer than what asked for it, and the way back is not proven."""
    OVER_BUDGET = 2
    TOO_LONG = 3
    """Longer than the reflector's own netdev sends in one piece."""
    TOO_MANY = 4
    """Too many answers are held back already."""
    NOT_HERE = 5
    """The reflector has no other port or address to answer from."""


class Feature(IntFlag):
    """What a reflector offers beside UDP."""

    TCP = 1
    ESP = 2
    GRE = 4
    OTHER_PORT = 8
    OTHER_ADDRESS_4 = 16
    OTHER_ADDRESS_6 = 32


NO_FEATURE = Feature(0)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One answer, or a train of them, is wanted."""

    size: int = 0
    """Bytes of the IP packet of the answer; 0: as few as possible; AS_ASKED: as many as this."""
    wishes: Wish = PLAIN
    tos: int = 0
    ttl: int = 0
    """0: the system's own."""
    count: int = 1
    delay_ms: int = 0
    gap_us: int = 0
    """Between the answers of a train."""
    run: int = 0
    """Number of the run of data that is wanted, ``count`` packets of ``size``; 0: answers are."""

    def pack(self) -> bytes:
        """Return it as a body."""
        return _ASK.pack(
            *(self.size, self.wishes, self.tos, self.ttl),
            *(self.count, self.delay_ms, self.gap_us, self.run),
        )


def parse_ask(body: bytes) -> Ask | None:
    """Return what is asked, or None where the body has another length."""
    if len(body) != _ASK.size:
        return None
    size, wishes, tos, ttl, count, delay_ms, gap_us, run = _ASK.unpack(body)
    return Ask(
        size=size,
        wishes=Wish(wishes & 15),
        tos=tos,
        ttl=ttl,
        count=count,
        delay_ms=delay_ms,
        gap_us=gap_us,
        run=run,
    )


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How a packet arrived at the reflector, and which ones did so far."""

    status: int = Status.OK
    address: IPAddress
    """Whom the reflector saw as the sender: behind a NAT that is the NAT."""
    port: int
    ttl: int = 0
    """As it arrived; 0 where the system did not say."""
    tos: int = 0
    size: int = 0
    """Bytes of the IP packet."""
    fragment: int = 0
    """Bytes of its largest fragment where it arrived in several; 0: in one piece."""
    index: int = 0
    """Which answer of a train this is, from 0."""
    ask: int = 0
    """The sequence number of the frame that is answered."""
    arrived_ns: int = 0
    left_ns: int = 0
    """The reflector's clock, nanoseconds since 1970."""
    window: int = 0
    """Bit n: whether the frame with sequence number ``highest`` - n has arrived."""
    highest: int = 0
    received: int = 0
    """Frames of this session that have arrived."""

    def pack(self) -> bytes:
        """Return it as a body."""
        family, packed = _pack_address(self.address)
        seen = (self.port, self.ttl, self.tos, self.size, self.fragment)
        times = (self.arrived_ns, self.left_ns)
        return _ANSWER.pack(
            *(self.status, family, packed, *seen, self.index, self.ask, *times),
            *(self.window, self.highest, self.received),
        )


ANSWER_BYTES = _ANSWER.size


def parse_answer(body: bytes) -> Answer | None:
    """Return the answer, or None where the body has another length or family."""
    if len(body) != _ANSWER.size or body[1] not in (4, 6):
        return None
    status, family, packed, port, ttl, tos, size, fragment, *rest = _ANSWER.unpack(body)
    index, ask, arrived_ns, left_ns, window, highest, received = rest
    return Answer(
        status=status,
        address=_unpack_address(family, packed),
        port=port,
        ttl=ttl,
        tos=tos,
        size=size,
        fragment=fragment,
        index=index,
        ask=ask,
        arrived_ns=arrived_ns,
        left_ns=left_ns,
        window=window,
        highest=highest,
        received=received,
    )


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A session, and what it may do."""

    session: bytes
    nonce: bytes
    budget: int
    """Bytes that the reflector sends this session beyond those it receives."""
    rate: int
    """Bytes a second at which it does so at most."""
    other_port: int = 0
    features: Feature = NO_FEATURE
    other_address: IPAddress | None = None
    """Of the family that the session was opened in."""
    ports: tuple[int, ...] = ()
    """UDP ports that it listens on, all of them."""

    def pack(self) -> bytes:
        """Return it as a body."""
        _, other = _pack_address(self.other_address) if self.other_address else (0, bytes(16))
        fixed = (self.session, self.nonce, self.budget, self.rate, self.other_port)
        head = _OPENED.pack(*fixed, self.features, other, len(self.ports))
        return head + struct.pack(f"!{len(self.ports)}H", *self.ports)


def parse_opened(body: bytes, *, family: int) -> Opened | None:
    """Return the session, or None where the body has another length."""
    if len(body) < _OPENED.size or len(body) != _OPENED.size + 2 * body[_OPENED.size - 1]:
        return None
    session, nonce, budget, rate, other_port, features, other, count = _OPENED.unpack_from(body)
    return Opened(
        session=session,
        nonce=nonce,
        budget=budget,
        rate=rate,
        other_port=other_port,
        features=Feature(features & 63),
        other_address=_unpack_address(family, other) if any(other) else None,
        ports=struct.unpack_from(f"!{count}H", body, _OPENED.size),
    )


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What arrived of a run of data at the reflector, or was sent of one by it."""

    run: int
    packets: int
    size: int
    """Bytes of IP packets; over TCP of what they carry."""
    first_ns: int
    last_ns: int
    late: int = 0
    """Packets that came after one that was sent later."""
    twice: int = 0

    @property
    def seconds(self) -> float:
        """From the first packet to the last."""
        return (self.last_ns - self.first_ns) / 1e9

    def pack(self) -> bytes:
        """Return it as a body."""
        return _TALLIED.pack(
            *(self.run, self.packets, self.size, self.first_ns, self.last_ns),
            *(self.late, self.twice),
        )


def parse_tally(body: bytes) -> Tally | None:
    """Return the tally, or None where the body has another length."""
    if len(body) != _TALLIED.size:
        return None
    run, packets, count, first_ns, last_ns, late, twice = _TALLIED.unpack(body)
    return Tally(
        run=run,
        packets=packets,
        size=count,
        first_ns=first_ns,
        last_ns=last_ns,
        late=late,
        twice=twice,
    )


def _pack_address(address: IPAddress) -> tuple[int, bytes]:
    return address.version, address.packed.ljust(16, b"\0")


def _unpack_address(family: int, packed: bytes) -> IPAddress:
    return IPv4Address(packed[:4]) if family == 4 else IPv6Address(packed)


def without_scope(text: str) -> IPAddress:
    """Return the address that a socket gives as text, without the netdev's name behind it."""
    address = ip_address(text.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
