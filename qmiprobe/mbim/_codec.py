# SPDX-License-Identifier: GPL-2.0-or-later
"""Whole MBIM messages: bytes to a message with notes, and a message to bytes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

from qmiprobe import _compile
from qmiprobe._compile import ODD, Odd, Read
from qmiprobe._message import Message
from qmiprobe._wire import Note
from qmiprobe.mbim import _careful, _registry
from qmiprobe.mbim._buffer import encode_buffer
from qmiprobe.mbim._compile import compile_buffer
from qmiprobe.mbim._header import Packet, build, parse
from qmiprobe.mbim._model import MBIMEX, MbimMessage, direction

__all__ = ["MBIMEX", "MbimMessage", "decode", "direction", "encode"]


class _Layout(NamedTuple):
    """One layout of a buffer."""

    mbimex: str
    """The version that the message is said to be of."""
    read: Read
    note: Note | None
    """What is odd about choosing this layout."""


_layouts: dict[tuple[bytes, int, str, int, str | None], tuple[_Layout, ...]] = {}
_compiled: dict[tuple[str, str], Read] = {}
_MOST = 4096


def decode(data: bytes, *, mbimex: str | None = None) -> MbimMessage:
    """Return the message in ``data``; :class:`DecodeError` if it cannot mean one.

    ``mbimex`` is the negotiated version; where it is None and layouts differ, the only one that
    fits without notes is taken, with the note ``assumed-mbimex``.
    """
    data = bytes(data)
    packet = parse(data)
    start = packet.buffer_at
    end = start + len(packet.buffer)
    usual = packet.total == 1 and end == len(data) and (packet.value < 2 or packet.kind == "open")
    if start and usual and (packet.buffer or packet.value == 0):
        key = (packet.service, packet.cid, packet.kind, packet.value, mbimex)
        layouts = _layouts.get(key)
        if layouts is None:
            layouts = _layouts[key] = _find_layouts(packet, mbimex)
        for version, read, note in layouts:
            notes: list[Note] = []
            try:
                body: Message = read(data, start, end, notes)
            except ODD:
                break
            if not notes or len(layouts) == 1:
                if note is not None:
                    notes.append(note)
                return MbimMessage(
                    packet=packet, raw=data, body=body, mbimex=version, notes=tuple(notes)
                )
    return _careful.decode(data, mbimex=mbimex)[0]


def _find_layouts(packet: Packet, mbimex: str | None) -> tuple[_Layout, ...]:
    """Return the layouts that a buffer may have, in the order in which they are tried."""
    if len(_layouts) >= _MOST:
        _layouts.clear()
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
        _layouts.clear()  # they are found again, with what is compiled
        return compiled(data, at, end, notes)

    return read


def _careful_only(_data: bytes, _at: int, _end: int, _notes: list[Note]) -> object:
    raise Odd


def encode(packet: Packet, body: Message | None) -> bytes:
    """Return the whole message; ``body`` takes the place of the packet's buffer."""
    return build(packet if body is None else replace(packet, buffer=encode_buffer(body)))
