# SPDX-License-Identifier: GPL-2.0-or-later
"""Moves whole control messages between the host and a modem; knows framing only."""

from __future__ import annotations

from qmiprobe.transport._memory import MemoryTransport, memory_pair
from qmiprobe.transport._port import ControlTransport
from qmiprobe.transport._replay import ReplayTransport, replay
from qmiprobe.transport._stream import UnixTransport, open_unix
from qmiprobe.transport._tracing import Tracing
from qmiprobe.transport._wdm import WdmTransport, open_wdm

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
