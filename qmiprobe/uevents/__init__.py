# SPDX-License-Identifier: GPL-2.0-or-later
"""What the kernel says of devices that come, go and get their drivers, as it says it.

A change is waited for by hearing of it, not by looking again and again: see :class:`Uevents`.
"""

from __future__ import annotations

from qmiprobe.uevents._event import Uevent, parse_uevent
from qmiprobe.uevents._source import Uevents, open_uevents, wait_for

__all__ = ["Uevent", "Uevents", "open_uevents", "parse_uevent", "wait_for"]
