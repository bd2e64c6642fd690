# SPDX-License-Identifier: GPL-2.0-or-later
"""When the kernel sent and took a packet (SO_TIMESTAMPING): without the time of this program.

A packet is sent when it comes to the netdev's queue: what it waits there is part of its way.
"""

from __future__ import annotations

import socket
import struct

SO_TIMESTAMPING = 37
_TX_SCHED, _RX_SOFTWARE, _SOFTWARE = 1 << 8, 1 << 3, 1 << 4
_OPT_ID, _OPT_TSONLY = 1 << 7, 1 << 11
_FLAGS = _TX_SCHED | _RX_SOFTWARE | _SOFTWARE | _OPT_ID | _OPT_TSONLY
_TIMES = struct.Struct("=qq")
_ERROR = struct.Struct("=IBBBBII")
_ORIGIN_TIMESTAMPING = 4
_RECVERR = ((socket.IPPROTO_IP, 11), (socket.IPPROTO_IPV6, 25))
_MOST = 256
_ANCILLARY = 512

Sent = tuple[int, float]
"""The number of a packet among those of its socket, from 0, and the wall-clock second it left."""
Arrived = tuple[bytes, float | None]
"""A packet's data, and the wall-clock second at which it came; None where the kernel did not say"""


def stamp(sock: socket.socket) -> bool:
    """Have the kernel note the times of all packets on ``sock``; False where it does not."""
    try:
        sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPING, _FLAGS)
    except OSError:
        return False
    return True


def take_sent(sock: socket.socket) -> list[Sent]:
    """Return the times of packets that have left since the last call; never waits."""
    found = []
    for _ in range(_MOST):
        try:
            _, ancillary, _, _ = sock.recvmsg(
                0, _ANCILLARY, socket.MSG_ERRQUEUE | socket.MSG_DONTWAIT
            )
        except OSError:
            break
        at = number = None
        for level, kind, data in ancillary:
            if (level, kind) in _RECVERR and len(data) >= _ERROR.size:
                fields = _ERROR.unpack_from(data)
                number = fields[6] if fields[1] == _ORIGIN_TIMESTAMPING else None
            at = at or _time(level, kind, data)
        if at is not None and number is not None:
            found.append((number, at))
    return found


def take_arrived(sock: socket.socket) -> list[Arrived]:
    """Return what has arrived, with its times; never waits. Pending errors are passed over."""
    found: list[Arrived] = []
    for _ in range(_MOST):
        try:
            data, ancillary, _, _ = sock.recvmsg(65535, _ANCILLARY, socket.MSG_DONTWAIT)
        except BlockingIOError:
            break
        except OSError:
            continue
        times = (_time(*one) for one in ancillary)
        found.append((data, next((at for at in times if at is not None), None)))
    return found


def _time(level: int, kind: int, data: bytes) -> float | None:
    if (level, kind) != (socket.SOL_SOCKET, SO_TIMESTAMPING) or len(data) < _TIMES.size:
        return None
    seconds, nanoseconds = _TIMES.unpack_from(data)
    return float(seconds) + nanoseconds / 1e9 if seconds else None
