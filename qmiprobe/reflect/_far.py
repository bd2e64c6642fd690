# SPDX-License-Identifier: GPL-2.0-or-later
"""What a client learns of the far end and of each packet: plain facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qmiprobe.errors import CannotTest

from ._messages import Status

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

    from ._messages import Tally

_REFUSALS = {
    Status.UNPROVEN: "the way back could not be proven",
    Status.OVER_BUDGET: "this session's or network's budget of bytes is used up; wait a few "
    "minutes or start the reflector with a larger --budget",
    Status.TOO_LONG: "the packet is longer than its own netdev sends in one piece",
    Status.TOO_MANY: "it holds back too many answers already",
    Status.NOT_HERE: "it has no other port or address to answer from",
}


class FarRefused(CannotTest):
    """The reflector is there, and does not do what is asked; ``status`` is a ``Status``."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the reflector refuses: {_REFUSALS.get(Status(status), status)}")
        self.status = status


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """A packet as one side saw it arrive."""

    address: IPAddress
    """Its sender, as seen there."""
    port: int
    size: int
    """Bytes of the IP packet."""
    ttl: int
    """TTL or hop limit; 0: the system did not say."""
    tos: int
    fragment: int
    """Bytes of the largest fragment; 0: it came in one piece."""
    at_ns: int
    """That side's clock, nanoseconds since 1970, by its kernel where it can."""


@dataclass(frozen=True, kw_only=True)
class Echo:
    """A packet that went to the reflector, and the answer to it."""

    sequence: int
    """Of what was sent; each client counts all that it sends on a session."""
    index: int
    """Of the answer in its train, from 0."""
    up: Arrived
    """What was sent, as the reflector saw it."""
    down: Arrived
    """The answer, as it arrived here."""
    rtt_s: float
    """There and back, without the time that the reflector took or was asked to take."""
    sent_ns: int
    left_ns: int
    """When the answer left, by the reflector's clock."""
    by_kernel: bool
    """Whether both of this host's times are the kernel's own."""
    window: int
    """Bit n: whether packet number ``highest`` - n of the session has reached the reflector."""
    highest: int
    received: int
    """Packets of the session that have reached the reflector."""

    @property
    def up_ns(self) -> int:
        """The way up by two clocks: only its variation means something."""
        return self.up.at_ns - self.sent_ns

    @property
    def down_ns(self) -> int:
        """The way down by two clocks: only its variation means something."""
        return self.down.at_ns - self.left_ns


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run of data in one direction; bytes are of IP packets, over TCP of what it carries."""

    bytes: int
    seconds: float
    """As the receiver saw it, from the first byte to the last."""
    packets: int = 0
    """That arrived, each once; 0 over TCP."""
    sent: int = 0
    """Packets that were sent; 0 over TCP."""
    late: int = 0
    """Packets that came after one that was sent later."""
    twice: int = 0
    """Packets that came once more."""

    @property
    def bits_per_second(self) -> float:
        """What arrived; 0 where it is too little to tell.

        The first packet opens the time and does not count: what it took is not seen.
        """
        if self.seconds <= 0:
            return 0.0
        counted = (self.packets - 1) / self.packets if self.packets else 1.0
        return self.bytes * counted * 8 / self.seconds

    @property
    def loss(self) -> float:
        """Share of the packets that did not come, 0 to 1."""
        return max(0, self.sent - self.packets) / self.sent if self.sent else 0.0


def run_of(tally: Tally, *, sent: int) -> Run:
    """Return the run that a receiver's tally tells of."""
    return Run(
        bytes=tally.size,
        seconds=tally.seconds,
        packets=tally.packets,
        sent=sent,
        late=tally.late,
        twice=tally.twice,
    )
