# SPDX-License-Identifier: GPL-2.0-or-later
"""The data interfaces of MBIM and NCM: transfer blocks of IP packets, or of Ethernet frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

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
    from qmiprobe.sim.usb._layout import NtbParameters

    from ._station import Station

MOST_SESSIONS = 256
_MOST_DATAGRAMS = 64
_LONGEST_NARROW = 0xFFFF


class BlockSettings(Protocol):
    """What function and host have agreed on; ``sim.usb._ntb_settings.NtbSettings`` is one."""

    @property
    def parameters(self) -> NtbParameters: ...
    @property
    def input_size(self) -> int: ...
    @property
    def input_datagrams(self) -> int: ...
    @property
    def ntb32(self) -> bool: ...


class BlockWriter:
    """Writes the blocks to the host as ``settings`` says at the moment, numbered in turn.

    ``link_header`` is the length of what stands before each payload: 14 for Ethernet.
    """

    def __init__(self, settings: BlockSettings, *, link_header: int = 0) -> None:
        self._settings = settings
        self._link_header = link_header
        self._sequence = 0

    @property
    def placement(self) -> Placement:
        """Where things stand in a block."""
        parameters = self._settings.parameters
        return Placement(
            wide=self._settings.ntb32,
            divisor=parameters.in_divisor,
            remainder=parameters.in_remainder,
            alignment=parameters.in_alignment,
            link_header=self._link_header,
        )

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
        longest, placement = self._settings.input_size, self.placement
        if not placement.wide:
            longest = min(longest, _LONGEST_NARROW)
        most = self._settings.input_datagrams or _MOST_DATAGRAMS
        part: list[SessionPacket] = []
        sessions: set[int] = set()
        total = 0
        for number, packet in packets:
            if most_bytes(1, len(packet), 1, placement=placement) > longest:
                continue
            count, size = len({*sessions, number}), total + len(packet)
            need = most_bytes(len(part) + 1, size, count, placement=placement)
            if part and (len(part) >= most or need > longest):
                yield part
                part, sessions, total = [], set(), 0
            part.append((number, packet))
            sessions.add(number)
            total += len(packet)
        if part:
            yield part


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
