# SPDX-License-Identifier: GPL-2.0-or-later
"""The modem's end of an Ethernet link: ARP, neighbours, DHCP and routers for the host behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qmiprobe.sim.dataplane import _ethernet

from ._advertisement import advertise, is_solicitation
from ._dhcp import answer_dhcp, is_dhcp

if TYPE_CHECKING:
    from qmiprobe.bearer import FamilyFacts

    Lease = Callable[[int], FamilyFacts | None]

OWN_ADDRESS = bytes.fromhex("02501bab0001")
_BROADCAST = b"\xff" * 6


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a frame of the host's."""

    packet: bytes | None = None
    """The IP packet in it, for the network."""
    reply: bytes | None = None
    """A frame back to the host."""
    note: str | None = None
    """Why there is neither."""


class Station:
    """Takes the host's Ethernet frames and wraps packets for it; ``lease`` gives what it may have.

    ``lease(4)`` and ``lease(6)`` are what the data session was given, None while it is down. The
    host's address is learned from its frames; ``host`` where it is known before.
    """

    def __init__(self, lease: Lease, *, own: bytes = OWN_ADDRESS, host: bytes = _BROADCAST) -> None:
        self._lease = lease
        self._own = own
        self._host = host

    def wrap(self, packet: bytes) -> bytes:
        """Return the frame that carries an IP packet to the host."""
        return _ethernet.wrap(packet, source=self._own, destination=self._host)

    def take(self, frame: bytes) -> Heard:
        """Return what a frame of the host's holds, or the answer to it."""
        if len(frame) <= _ethernet.HEADER_LENGTH:
            return Heard(note="short-frame")
        if not frame[6] & 1:
            self._host = frame[6:12]
        reply = _ethernet.answer(frame, own=self._own)
        if reply is not None:
            return Heard(reply=reply)
        packet = _ethernet.unwrap(frame)
        if packet is None:
            return Heard(note="not-ip")
        if is_dhcp(packet):
            return self._wrapped(answer_dhcp(packet, self._lease(4)))
        if is_solicitation(packet):
            return self._wrapped(advertise(packet, self._lease(6), own=self._own))
        return Heard(packet)

    def _wrapped(self, answer: bytes | None) -> Heard:
        if answer is None:
            return Heard(note="no-lease")
        return Heard(reply=self.wrap(answer))
