# SPDX-License-Identifier: GPL-2.0-or-later
"""QMI: bytes to messages and back, and the connection as a state machine; no I/O.

:func:`decode` and :func:`encode` are loaded when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe._later import loader

if TYPE_CHECKING:
    from qmiprobe.qmi._codec import QmiMessage, Result, decode, encode
    from qmiprobe.qmi._sdu import Header

_LATER = {
    "Header": "_sdu",
    "QmiMessage": "_codec",
    "Result": "_codec",
    "decode": "_codec",
    "encode": "_codec",
}

__all__ = ["Header", "QmiMessage", "Result", "decode", "encode"]

__getattr__ = loader(__name__, _LATER)
