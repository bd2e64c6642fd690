# SPDX-License-Identifier: GPL-2.0-or-later
"""MBIM: bytes to messages and back, and the connection as a state machine; no I/O.

:func:`decode`, :func:`encode` and what goes with them are loaded when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe._later import loader

if TYPE_CHECKING:
    from qmiprobe.mbim._codec import MBIMEX, MbimMessage, decode, encode
    from qmiprobe.mbim._header import Joiner, Packet, split

_LATER = {
    "MBIMEX": "_codec",
    "Joiner": "_header",
    "MbimMessage": "_codec",
    "Packet": "_header",
    "decode": "_codec",
    "encode": "_codec",
    "split": "_header",
}

__all__ = ["MBIMEX", "Joiner", "MbimMessage", "Packet", "decode", "encode", "split"]

__getattr__ = loader(__name__, _LATER)
