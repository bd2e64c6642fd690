# SPDX-License-Identifier: GPL-2.0-or-later
"""What the sockets of `link` and of the reflector share: how they are bound, what their error
queue says, and how long they are kept."""

from __future__ import annotations

from qmiprobe.sockets._binding import Address, bind_to_netdev, socket_address
from qmiprobe.sockets._errors import (
    ORIGIN_ICMP,
    ORIGIN_ICMP6,
    ORIGIN_LOCAL,
    ORIGIN_STAMP,
    ExtendedError,
    is_extended_error,
    parse_extended_error,
    queue_errors,
    set_whole,
)
from qmiprobe.sockets._late import KEEP_SECONDS, retire

__all__ = [
    "KEEP_SECONDS",
    "ORIGIN_ICMP",
    "ORIGIN_ICMP6",
    "ORIGIN_LOCAL",
    "ORIGIN_STAMP",
    "Address",
    "ExtendedError",
    "bind_to_netdev",
    "is_extended_error",
    "parse_extended_error",
    "queue_errors",
    "retire",
    "set_whole",
    "socket_address",
]
