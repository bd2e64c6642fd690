# SPDX-License-Identifier: GPL-2.0-or-later
"""Moves whole control messages between the host and a modem; knows framing only.

Each way of moving them is loaded when it is first asked for: a run uses one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe._later import loader
from qmiprobe.transport._port import ControlTransport

if TYPE_CHECKING:
    from qmiprobe.transport._memory import MemoryTransport, memory_pair
    from qmiprobe.transport._replay import ReplayTransport, replay
    from qmiprobe.transport._stream import UnixTransport, open_unix
    from qmiprobe.transport._tracing import Tracing
    from qmiprobe.transport._wdm import WdmTransport, open_wdm

_LATER = {
    "MemoryTransport": "_memory",
    "ReplayTransport": "_replay",
    "Tracing": "_tracing",
    "UnixTransport": "_stream",
    "WdmTransport": "_wdm",
    "memory_pair": "_memory",
    "open_unix": "_stream",
    "open_wdm": "_wdm",
    "replay": "_replay",
}

__all__ = [
    "ControlTransport",
    "MemoryTransport",
    "ReplayTransport",
    "Tracing",
    "UnixTransport",
    "WdmTransport",
    "memory_pair",
    "open_unix",
    "open_wdm",
    "replay",
]

__getattr__ = loader(__name__, _LATER)
