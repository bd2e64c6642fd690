# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads bytes as they went over a control port, one message after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qmiprobe._framing import Frame, Framer, Garbage
from qmiprobe.capture._captured import Captured, Protocol
from qmiprobe.capture._join import join_fragments
from qmiprobe.capture._protocol import protocol_of
from qmiprobe.errors import DecodeError
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.qmi._frame import QmuxFramer


def read_raw(chunks: Iterable[bytes], protocol: Protocol | None = None) -> Iterator[Captured]:
    """Give the messages in ``chunks``; bytes between them that belong to none come as an error.

    DecodeError where no ``protocol`` is given and the first bytes are neither QMI nor MBIM.
    """
    data = b"".join(chunks)
    return join_fragments(_items(data, protocol or protocol_of(data)))


def _items(data: bytes, protocol: Protocol) -> Iterator[Captured]:
    framer: Framer = QmuxFramer() if protocol == "qmi" else MbimFramer()
    for found in [*framer.feed(data), *framer.flush()]:
        yield _item(found, protocol)


def _item(found: Frame | Garbage, protocol: Protocol) -> Captured:
    if isinstance(found, Frame):
        return Captured(data=found.data, protocol=protocol)
    error = DecodeError(f"{len(found.data)} bytes that belong to no message")
    return Captured(data=found.data, protocol=protocol, error=error)
