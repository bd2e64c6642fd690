# SPDX-License-Identifier: GPL-2.0-or-later
"""QMAP, the framing by which a QMI modem carries several data sessions over one bulk pipe.

A transfer is a row of frames: a header of four bytes in network order (command bit, pad length,
mux id, payload length with pad), the IP packet, pad to a multiple of four. Version 5 has a
checksum header of four bytes between header and packet, which the payload length leaves out.
Source: Linux, Documentation/networking/device_drivers/cellular/qualcomm/rmnet.rst.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADER_LENGTH = 4
CHECKSUM_HEADER_LENGTH = 4
LONGEST_PAYLOAD = 0xFFFF
MOST_PAD = 0x3F

FLOW_DISABLE, FLOW_ENABLE = 1, 2
REQUEST, ACKNOWLEDGED, UNSUPPORTED, INVALID = range(4)
"""Kinds of a command frame."""

_COMMAND, _NEXT_HEADER = 0x80, 0x40
_CHECKSUM_HEADER = 2 << 1
_CHECKSUM_VALID = 0x80
_COMMAND_LENGTH = 8


@dataclass(frozen=True, slots=True)
class MuxedPacket:
    """One IP packet and the mux id that it stands under."""

    mux_id: int
    packet: bytes
    checked: bool = False
    """Version 5: the checksum header says that the other side has checked it, or is to fill it."""


@dataclass(frozen=True, slots=True)
class MapCommand:
    """A command frame: flow control of one mux id."""

    mux_id: int
    name: int
    """1: stop the flow, 2: let it go on."""
    kind: int = REQUEST
    """0 request, 1 acknowledged, 2 unsupported, 3 error."""
    transaction: int = 0
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class QmapTransfer:
    """What stood in one bulk transfer; ``notes`` tells what meant nothing, frame by frame."""

    packets: tuple[MuxedPacket, ...] = ()
    commands: tuple[MapCommand, ...] = ()
    notes: tuple[str, ...] = ()


def encode_packets(packets: Iterable[MuxedPacket], *, version: int = 1) -> bytes:
    """Return the frames of these packets, each padded to a multiple of four bytes.

    ValueError for a packet that no frame can hold, or for a version that is not 1 or 5.
    """
    _check_version(version)
    parts = []
    for one in packets:
        pad = -len(one.packet) % 4
        length = len(one.packet) + pad
        if not 1 <= length <= LONGEST_PAYLOAD or not 0 <= one.mux_id <= 0xFF:
            raise ValueError(
                f"mux id {one.mux_id}, {len(one.packet)} bytes: no QMAP frame holds it"
            )
        flags = pad | (_NEXT_HEADER if version == 5 else 0)
        parts.append(struct.pack("!BBH", flags, one.mux_id, length))
        if version == 5:
            valid = _CHECKSUM_VALID if one.checked else 0
            parts.append(struct.pack("!BBH", _CHECKSUM_HEADER, valid, 0))
        parts += [one.packet, bytes(pad)]
    return b"".join(parts)


def encode_command(command: MapCommand) -> bytes:
    """Return the frame of a command."""
    body = struct.pack("!BBHI", command.name, command.kind & 3, 0, command.transaction)
    body += command.data
    pad = -len(body) % 4
    head = struct.pack("!BBH", _COMMAND | pad, command.mux_id, len(body) + pad)
    return head + body + bytes(pad)


def decode_transfer(data: bytes, *, version: int = 1) -> QmapTransfer:
    """Return what stands in a transfer; what comes after a length that cannot be is left out."""
    _check_version(version)
    packets: list[MuxedPacket] = []
    commands: list[MapCommand] = []
    notes: list[str] = []
    offset = 0
    while offset < len(data):
        if len(data) - offset < HEADER_LENGTH:
            if any(data[offset:]):
                notes.append(f"{len(data) - offset} bytes behind the last frame")
            break
        flags, mux_id, length = struct.unpack_from("!BBH", data, offset)
        start, checked = offset + HEADER_LENGTH, False
        if version == 5 and not flags & _COMMAND:
            extra, checked = _checksum_header(data, start, flags, notes)
            start += extra
        payload = data[start : start + length]
        if len(payload) < length:
            notes.append(f"frame at {offset}: {length} bytes announced, {len(payload)} there")
            break
        pad = flags & MOST_PAD
        if length == 0 or pad >= length:
            notes.append(f"frame at {offset}: nothing in it")
        elif flags & _COMMAND:
            _add_command(commands, notes, mux_id, payload[: length - pad], offset)
        else:
            packets.append(MuxedPacket(mux_id, payload[: length - pad], checked))
        offset = start + length
    return QmapTransfer(tuple(packets), tuple(commands), tuple(notes))


def acknowledge(commands: Sequence[MapCommand]) -> bytes:
    """Return the frames that answer requests: flow control is taken, anything else is not known."""
    answers = [
        MapCommand(
            mux_id=one.mux_id,
            name=one.name,
            kind=ACKNOWLEDGED if one.name in (FLOW_DISABLE, FLOW_ENABLE) else UNSUPPORTED,
            transaction=one.transaction,
        )
        for one in commands
        if one.kind == REQUEST
    ]
    return b"".join(map(encode_command, answers))


def _check_version(version: int) -> None:
    if version not in (1, 5):
        raise ValueError(f"QMAP version {version}: 1 and 5 are known")


def _checksum_header(data: bytes, start: int, flags: int, notes: list[str]) -> tuple[int, bool]:
    """Return how long the checksum header is that a frame has, and whether it says "valid"."""
    if not flags & _NEXT_HEADER:
        return 0, False
    header = data[start : start + CHECKSUM_HEADER_LENGTH]
    if len(header) < CHECKSUM_HEADER_LENGTH or header[0] != _CHECKSUM_HEADER:
        notes.append(f"header at {start}: not a checksum header")
        return len(header), False
    return CHECKSUM_HEADER_LENGTH, bool(header[1] & _CHECKSUM_VALID)


def _add_command(
    commands: list[MapCommand], notes: list[str], mux_id: int, body: bytes, offset: int
) -> None:
    if len(body) < _COMMAND_LENGTH:
        notes.append(f"frame at {offset}: a command of {len(body)} bytes, 8 are the least")
        return
    name, kind, transaction = struct.unpack_from("!BBxxI", body)
    commands.append(MapCommand(mux_id, name, kind & 3, transaction, body[_COMMAND_LENGTH:]))
