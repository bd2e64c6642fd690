# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads bytes as they went over a control port, one message after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from qmiprobe._framing import Frame, Framer, Garbage
from qmiprobe.capture._captured import Captured, Protocol
from qmiprobe.capture._join import join_fragments
from qmiprobe.capture._protocol import protocol_of
from qmiprobe.errors import DecodeError
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.qmi._frame import QmuxFramer

_PORTION = 1 << 13


def read_raw(chunks: Iterable[bytes], protocol: Protocol | None = None) -> Iterator[Captured]:
    """Give the messages in ``chunks``; bytes between them that belong to none come as an error.

    DecodeError where no ``protocol`` is given and the first bytes are neither QMI nor MBIM.
    """
    portions = _portions(chunks)
    first = next(portions, b"")
    return join_fragments(_items(first, portions, protocol or protocol_of(first)))


def _portions(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Give the bytes in large portions: small ones a framer takes for what single reads gave."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= _PORTION:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _items(first: bytes, rest: Iterator[bytes], protocol: Protocol) -> Iterator[Captured]:
    framer: Framer = QmuxFramer() if protocol == "qmi" else MbimFramer()
    for portion in chain([first], rest):
        for found in framer.feed(portion):
            yield _item(found, protocol)
    for garbage in framer.flush():
        yield _item(garbage, protocol)


def _item(found: Frame | Garbage, protocol: Protocol) -> Captured:
    if isinstance(found, Frame):
        return Captured(data=found.data, protocol=protocol)
    error = DecodeError(f"{len(found.data)} bytes that belong to no message")
    return Captured(data=found.data, protocol=protocol, error=error)
