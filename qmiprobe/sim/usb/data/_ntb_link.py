# SPDX-License-Identifier: GPL-2.0-or-later
"""The data interfaces of MBIM and NCM: transfer blocks of IP packets, or of Ethernet frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ._link import Packed, SessionPacket, Unpacked
from ._ntb import (
    NCM_FRAMES,
    Block,
    Placement,
    decode_ntb,
    encode_ntb,
    most_bytes,
    session_signature,
)

if TYPE_CHECKING:
    from ._station import Station

MOST_SESSIONS = 256
_MOST_DATAGRAMS = 64


class BlockWriter:
    """Writes the blocks to the host, as long as it takes them, numbered in turn.

    ``longest`` (bytes of a block) and ``most`` (datagrams, 0: no limit) may be changed.
    """

    def __init__(self, placement: Placement, longest: int) -> None:
        self.placement = placement
        self.longest = longest
        self.most = 0
        self._sequence = 0

    def reset(self) -> None:
        """Count from 0 again, as after the host has switched the interface off."""
        self._sequence = 0

    def write(self, blocks: Sequence[Block]) -> bytes:
        """Return the next block."""
        data = encode_ntb(blocks, sequence=self._sequence, placement=self.placement)
        self._sequence = (self._sequence + 1) & 0xFFFF
        return data

    def parts(self, packets: Sequence[SessionPacket]) -> Iterator[list[SessionPacket]]:
        """Share packets out among blocks; one that fits no block is left out."""
        limit = min(self.longest, 0xFFFF) if not self.placement.wide else self.longest
        part: list[SessionPacket] = []
        total = 0
        for one in packets:
            if self._need([one], len(one[1])) > limit:
                continue
            full = len(part) >= (self.most or _MOST_DATAGRAMS)
            if part and (full or self._need([*part, one], total + len(one[1])) > limit):
                yield part
                part, total = [], 0
            part.append(one)
            total += len(one[1])
        if part:
            yield part

    def _need(self, packets: Sequence[SessionPacket], total: int) -> int:
        sessions = len({number for number, _ in packets})
        return most_bytes(len(packets), total, sessions, placement=self.placement)


class MbimLink:
    """IP packets by session; device service streams are noted and dropped."""

    def __init__(self, writer: BlockWriter) -> None:
        self._writer = writer

    def unpack(self, transfer: bytes) -> Unpacked:
        """Return the packets of all sessions in a block."""
        found = decode_ntb(transfer)
        done = Unpacked(notes=["bad-ntb"] * len(found.notes))
        for block in found.blocks:
            done.frames += len(block.datagrams)
            if block.session_id is None:
                done.notes += ["no-session-stream"] * len(block.datagrams)
            else:
                done.packets += [(block.session_id, one) for one in block.datagrams]
        return done

    def pack(self, packets: Sequence[SessionPacket]) -> list[Packed]:
        """Return blocks with a table for each session."""
        fitting = [one for one in packets if 0 <= one[0] < MOST_SESSIONS]
        return [
            Packed(self._writer.write(_by_session(part)), [number for number, _ in part], len(part))
            for part in self._writer.parts(fitting)
        ]


def _by_session(packets: Sequence[SessionPacket]) -> list[Block]:
    numbers = dict.fromkeys(number for number, _ in packets)
    return [
        Block(session_signature(wanted), tuple(one for number, one in packets if number == wanted))
        for wanted in numbers
    ]


class NcmLink:
    """Ethernet frames of one session in blocks."""

    def __init__(self, writer: BlockWriter, station: Station, session_id: int = 0) -> None:
        self._writer = writer
        self._station = station
        self._session = session_id

    def unpack(self, transfer: bytes) -> Unpacked:
        """Return the packets in the frames of a block, and the frames that answer some."""
        found = decode_ntb(transfer)
        done = Unpacked(notes=["bad-ntb"] * len(found.notes))
        replies: list[bytes] = []
        for block in found.blocks:
            done.frames += len(block.datagrams)
            if block.signature != NCM_FRAMES:
                done.notes += ["not-ethernet"] * len(block.datagrams)
                continue
            for frame in block.datagrams:
                heard = self._station.take(frame)
                done.packets += [] if heard.packet is None else [(self._session, heard.packet)]
                replies += [] if heard.reply is None else [heard.reply]
                done.notes += [] if heard.note is None else [heard.note]
        done.replies = [
            Packed(one.data, frames=one.frames)
            for one in self._blocks([(self._session, one) for one in replies])
        ]
        return done

    def pack(self, packets: Sequence[SessionPacket]) -> list[Packed]:
        """Return blocks of frames."""
        return self._blocks(
            [
                (number, self._station.wrap(one))
                for number, one in packets
                if number == self._session
            ]
        )

    def _blocks(self, frames: Sequence[SessionPacket]) -> list[Packed]:
        return [
            Packed(
                self._writer.write([Block(NCM_FRAMES, tuple(one for _, one in part))]),
                [number for number, _ in part],
                len(part),
            )
            for part in self._writer.parts(frames)
        ]
