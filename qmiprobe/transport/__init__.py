# SPDX-License-Identifier: GPL-2.0-or-later
"""Moves whole control messages between the host and a modem; knows framing only."""

from __future__ import annotations

from qmiprobe.transport._port import ControlTransport

__all__ = ["ControlTransport"]
