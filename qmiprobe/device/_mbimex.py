# SPDX-License-Identifier: GPL-2.0-or-later
"""The version of MBIMEx that a proxy announces: it is that of the device, for all programs."""

from __future__ import annotations

from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim.services.proxy_control import VersionNotification


def announced_mbimex(message: MbimMessage) -> str | None:
    """Return the version that ``message`` announces, ``2.0``; None for other messages."""
    body = message.body
    if not isinstance(body, VersionNotification):
        return None
    number = body.mbim_extended_version
    return f"{number >> 8:x}.{number & 0xFF:x}"
