# SPDX-License-Identifier: GPL-2.0-or-later
"""What a data function speaks in its bulk transfers; the forms that carry one packet in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from qmiprobe.sim.dataplane._header import read_header

if TYPE_CHECKING:
    from ._station import Station

SessionPacket = tuple[int, bytes]
"""Number of a data session, and an IP packet of it."""


@dataclass(slots=True)
class Packed:
    """One transfer for the host."""

    data: bytes
    sessions: list[int] = field(default_factory=list)
    """Session of each IP packet of the network in it."""
    frames: int = 1
    """As the host's netdev counts."""


@dataclass(slots=True)
class Unpacked:
    """What one transfer of the host's held."""

    packets: list[SessionPacket] = field(default_factory=list)
    frames: int = 0
    """As the host's netdev counts: packets, ARP, DHCP, whatever it sent."""
    replies: list[Packed] = field(default_factory=list)
    """Transfers back to the host."""
    notes: list[str] = field(default_factory=list)
    """Why something went no further; texts without numbers, to be counted."""


class DataLink(Protocol):
    """The framing of a data function: transfers from the host, and packets to it."""

    def unpack(self, transfer: bytes) -> Unpacked:
        """Return what a transfer of the host's holds; never raises."""

    def pack(self, packets: Sequence[SessionPacket]) -> list[Packed]:
        """Return the transfers that carry these; a packet without a way to the host is left out."""


class RawIpLink:
    """IP packets as they are, of one session."""

    def __init__(self, session_id: int = 0) -> None:
        self._session = session_id

    def unpack(self, transfer: bytes) -> Unpacked:
        """Return the packet that a transfer is."""
        if read_header(transfer) is None:
            return Unpacked(frames=1, notes=["not-ip"])
        return Unpacked([(self._session, transfer)], frames=1)

    def pack(self, packets: Sequence[SessionPacket]) -> list[Packed]:
        """Return a transfer for each packet of the session."""
        return [Packed(one, [number]) for number, one in packets if number == self._session]


class EthernetLink:
    """Ethernet frames of one session, and the station that a host expects at the other end."""

    def __init__(self, station: Station, session_id: int = 0) -> None:
        self._station = station
        self._session = session_id

    def unpack(self, transfer: bytes) -> Unpacked:
        """Return the packet in a frame, or the frame that answers it."""
        heard = self._station.take(transfer)
        return Unpacked(
            packets=[] if heard.packet is None else [(self._session, heard.packet)],
            frames=1,
            replies=[] if heard.reply is None else [Packed(heard.reply)],
            notes=[] if heard.note is None else [heard.note],
        )

    def pack(self, packets: Sequence[SessionPacket]) -> list[Packed]:
        """Return a frame for each packet of the session."""
        return [
            Packed(self._station.wrap(one), [number])
            for number, one in packets
            if number == self._session
        ]
