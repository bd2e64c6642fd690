# SPDX-License-Identifier: GPL-2.0-or-later
"""Which work the kernel leaves to a netdev: checksums, cutting and joining of segments."""

from __future__ import annotations

import fcntl
import socket
import struct
from array import array
from dataclasses import dataclass

_SIOCETHTOOL = 0x8946
_GET = {  # <linux/ethtool.h>: the commands that read one switch each
    "rx-checksum": 0x14,
    "tx-checksum": 0x16,
    "scatter-gather": 0x18,
    "tso": 0x1E,
    "gso": 0x23,
    "gro": 0x2B,
}


@dataclass(frozen=True)
class OffloadFacts:
    """The switches that are on; None where the netdev has no such list."""

    on: tuple[str, ...] | None


def read_offloads(netdev: str) -> OffloadFacts:
    """Return what is on for ``netdev``."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        for name, number in _GET.items():
            value = array("B", struct.pack("=II", number, 0))
            request = struct.pack("@16sP", netdev.encode(), value.buffer_info()[0]).ljust(40, b"\0")
            try:
                fcntl.ioctl(control, _SIOCETHTOOL, request)
            except OSError:
                return OffloadFacts(None)
            if struct.unpack_from("=I", value, 4)[0]:
                found.append(name)
    return OffloadFacts(tuple(found))
