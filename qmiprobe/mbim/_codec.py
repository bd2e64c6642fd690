# SPDX-License-Identifier: GPL-2.0-or-later
"""Whole MBIM messages: bytes to a message with notes, and a message to bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from qmiprobe import _compile
from qmiprobe._compile import ODD, Odd, Read
from qmiprobe._enums import Uuid
from qmiprobe._message import Message
from qmiprobe._wire import Note
from qmiprobe.mbim import _careful, _registry
from qmiprobe.mbim._buffer import encode_buffer
from qmiprobe.mbim._compile import compile_buffer
from qmiprobe.mbim._header import INDICATE, WHOLE, Kind, Packet, build, parse
from qmiprobe.mbim._model import MBIMEX, MbimMessage, direction

__all__ = ["MBIMEX", "MbimMessage", "decode", "direction", "encode"]


class _Layout(NamedTuple):
    """One layout of a buffer."""

    mbimex: str
    """The version that the message is said to be of."""
    read: Read
    note: Note | None
    """What is odd about choosing this layout."""


class _Entry(NamedTuple):
    """What is known of messages with the same header, but for their transaction."""

    kind: Kind
    service: Uuid
    layouts: tuple[_Layout, ...]


_known: dict[tuple[bytes, int, int, int, str | None], _Entry] = {}
"""By service, command, type of the message, what stands behind the command, and version."""
_compiled: dict[tuple[str, str], Read] = {}
_MOST = 4096
_unpack = WHOLE.unpack_from
_new_message: Callable[[type[MbimMessage]], MbimMessage] = object.__new__
_new_packet: Callable[[type[Packet]], Packet] = object.__new__


def decode(data: bytes, *, mbimex: str | None = None) -> MbimMessage:
    """Return the message in ``data``; :class:`DecodeError` if it cannot mean one.

    ``mbimex`` is the negotiated version; where it is None and layouts differ, the only one that
    fits without notes is taken, with the note ``assumed-mbimex``.
    """
    if type(data) is not bytes:
        data = bytes(data)
    end = len(data)
    if end < WHOLE.size:
        return _careful.decode(data, mbimex=mbimex)[0]
    number, length, transaction, total, current, service, cid, value, room = _unpack(data)
    start = WHOLE.size
    if number == INDICATE:
        value, room, start = 0, value, start - 4
    if length != end or total != 1 or current or room != end - start or (value and not room):
        return _careful.decode(data, mbimex=mbimex)[0]
    entry = _known.get((service, cid, number, value, mbimex))
    kind, uuid, layouts = entry or _enter(data, mbimex)
    for version, read, note in layouts:
        notes: list[Note] = []
        try:
            body: Message = read(data, start, end, notes)
        except ODD:
            break
        if not notes or len(layouts) == 1:
            if note is not None:
                notes.append(note)
            packet = _new_packet(Packet)
            packet.kind, packet.transaction, packet.value = kind, transaction, value
            packet.service, packet.cid, packet.buffer = uuid, cid, data[start:]
            packet.buffer_at, packet.total, packet.current = start, 1, 0
            message = _new_message(MbimMessage)
            message.packet, message.raw, message.body = packet, data, body
            message.mbimex, message.notes = version, tuple(notes)
            return message
    return _careful.decode(data, mbimex=mbimex)[0]


def _enter(data: bytes, mbimex: str | None) -> _Entry:
    """Return what is to be known of messages like this one, and remember it."""
    packet = parse(data)
    usual = packet.value < 2 and packet.buffer_at
    entry = _Entry(packet.kind, packet.service, _find_layouts(packet, mbimex) if usual else ())
    if len(_known) >= _MOST:
        _known.clear()
    number = int.from_bytes(data[:4], "little")
    _known[bytes(packet.service), packet.cid, number, packet.value, mbimex] = entry
    return entry


def _find_layouts(packet: Packet, mbimex: str | None) -> tuple[_Layout, ...]:
    """Return the layouts that a buffer may have, in the order in which they are tried."""
    found = _registry.layouts(packet.service, packet.cid, direction(packet))
    if mbimex is not None and found:
        found = (tuple(one for one in found if one[0] <= mbimex) or found[:1])[-1:]
    return tuple(_layout(one, found[0][0], mbimex) for one in found)


def _layout(one: tuple[str, str, str], oldest: str, mbimex: str | None) -> _Layout:
    version, module, cls = one
    note = None
    if version != oldest:
        note = Note("assumed-mbimex", f"only the layout of MBIMEx {version} fits")
    read = _compiled.get((module, cls)) or _at_first(module, cls)
    return _Layout(mbimex or version, read, note)


@cache
def _at_first(module: str, cls: str) -> Read:
    """Return what reads a layout until it has come often enough to be compiled."""
    uses = 0

    def read(data: bytes, at: int, end: int, notes: list[Note]) -> object:
        nonlocal uses
        uses += 1
        if uses <= _compile.AFTER:
            raise Odd
        compiled = compile_buffer(_registry.load(module, cls)) or _careful_only
        _compiled[module, cls] = compiled
        for key, entry in list(_known.items()):
            layouts = tuple(
                one._replace(read=compiled) if one.read is read else one for one in entry.layouts
            )
            _known[key] = entry._replace(layouts=layouts)
        return compiled(data, at, end, notes)

    return read


def _careful_only(_data: bytes, _at: int, _end: int, _notes: list[Note]) -> object:
    raise Odd


def encode(packet: Packet, body: Message | None) -> bytes:
    """Return the whole message; ``body`` takes the place of the packet's buffer."""
    return build(packet if body is None else replace(packet, buffer=encode_buffer(body)))
