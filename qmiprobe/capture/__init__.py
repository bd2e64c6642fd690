# SPDX-License-Identifier: GPL-2.0-or-later
"""Readers and writers of what was recorded: traces of control ports, and captures."""

from __future__ import annotations

from qmiprobe.capture._trace import open_trace, read_trace

__all__ = ["open_trace", "read_trace"]
