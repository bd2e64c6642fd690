# SPDX-License-Identifier: GPL-2.0-or-later
"""The data port of a QMI function: 802.3, raw-IP or QMAP, as the host has it set at the moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ._link import EthernetLink, Packed, RawIpLink, SessionPacket, Unpacked
from ._qmap import (
    CHECKSUM_HEADER_LENGTH,
    HEADER_LENGTH,
    MuxedPacket,
    acknowledge,
    decode_transfer,
    encode_packets,
)

if TYPE_CHECKING:
    from qmiprobe.sim._parts import Framing

    from ._station import Station

_VERSIONS = {"qmap": 1, "qmapv5": 5}


class QmapLink:
    """QMAP frames; the mux id is the session's number."""

    def __init__(self, framing: Framing) -> None:
        self._framing = framing

    def unpack(self, transfer: bytes) -> Unpacked:
        """Return the packets of all frames; commands are acknowledged."""
        version = _VERSIONS.get(self._framing.uplink, 1)
        found = decode_transfer(transfer, version=version)
        answers = acknowledge(found.commands)
        return Unpacked(
            packets=[(one.mux_id, one.packet) for one in found.packets],
            frames=len(found.packets),
            replies=[Packed(answers, frames=0)] if answers else [],
            notes=["bad-qmap"] * len(found.notes),
        )

    def pack(self, packets: Sequence[SessionPacket]) -> list[Packed]:
        """Return as few transfers as the size and number that the host allows make."""
        version = _VERSIONS.get(self._framing.downlink, 1)
        return [
            Packed(
                encode_packets([MuxedPacket(*one, checked=True) for one in some], version=version),
                [number for number, _ in some],
                len(some),
            )
            for some in self._parts(packets)
        ]

    def _parts(self, packets: Sequence[SessionPacket]) -> Iterator[list[SessionPacket]]:
        most, longest = self._framing.downlink_datagrams, self._framing.downlink_size
        part: list[SessionPacket] = []
        size = 0
        for one in packets:
            need = HEADER_LENGTH + CHECKSUM_HEADER_LENGTH + len(one[1]) + -len(one[1]) % 4
            if part and (len(part) >= most or size + need > longest):
                yield part
                part, size = [], 0
            part.append(one)
            size += need
        if part:
            yield part


class QmiLink:
    """Speaks what ``framing`` says at each transfer."""

    def __init__(self, framing: Framing, station: Station) -> None:
        self._framing = framing
        self._qmap = QmapLink(framing)
        self._raw = RawIpLink()
        self._ethernet = EthernetLink(station)

    def unpack(self, transfer: bytes) -> Unpacked:
        """Return what a transfer holds in the form that the host is to use now."""
        return self._speaks(self._framing.uplink).unpack(transfer)

    def pack(self, packets: Sequence[SessionPacket]) -> list[Packed]:
        """Return the transfers that carry these in the form that the modem uses now."""
        return self._speaks(self._framing.downlink).pack(packets)

    def _speaks(self, aggregation: str) -> QmapLink | RawIpLink | EthernetLink:
        if self._framing.format == "802.3":
            return self._ethernet
        return self._qmap if aggregation in _VERSIONS else self._raw
