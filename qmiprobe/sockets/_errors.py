# SPDX-License-Identifier: GPL-2.0-or-later
"""The error queue of a socket: having ICMP errors queued, and reading what an entry says."""

from __future__ import annotations

import socket
import struct
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

# <linux/in.h>, <linux/in6.h>, <linux/errqueue.h>: not in the standard library of Python 3.11
_IP_MTU_DISCOVER, _IP_RECVERR = 10, 11
_V6_MTU_DISCOVER, _V6_RECVERR, _V6_DONTFRAG = 23, 25, 62
_PMTUDISC_DONT, _PMTUDISC_PROBE = 0, 3
ORIGIN_LOCAL, ORIGIN_ICMP, ORIGIN_ICMP6, ORIGIN_STAMP = 1, 2, 3, 4
_ERROR = struct.Struct("=IBBBBII")  # struct sock_extended_err
_MESSAGES = ((socket.IPPROTO_IP, _IP_RECVERR), (socket.IPPROTO_IPV6, _V6_RECVERR))


class ExtendedError(NamedTuple):
    """The kernel's ``struct sock_extended_err``."""

    errno: int = 0
    origin: int = 0
    """ORIGIN_LOCAL, ORIGIN_ICMP, ORIGIN_ICMP6 or ORIGIN_STAMP; 0: the kernel told too little."""
    type: int = 0
    code: int = 0
    pad: int = 0
    info: int = 0
    """The next hop's MTU in bytes where ``errno`` is EMSGSIZE."""
    data: int = 0
    """Which packet of the socket, where it is a time stamp."""
    address: bytes = b""
    """What follows the struct: who sent the ICMP error, as a ``struct sockaddr``."""

    @property
    def from_network(self) -> bool:
        """Whether an ICMP message brought it; else this host's own kernel says so."""
        return self.origin in (ORIGIN_ICMP, ORIGIN_ICMP6)

    @property
    def offender(self) -> IPAddress | None:
        """Who sent the ICMP error; None where nobody did, or the kernel does not know."""
        if len(self.address) < 8:
            return None
        family = struct.unpack_from("=H", self.address)[0]
        if family == socket.AF_INET:
            return IPv4Address(self.address[4:8])
        if family == socket.AF_INET6 and len(self.address) >= 24:
            return IPv6Address(self.address[8:24])
        return None


def is_extended_error(level: int, kind: int) -> bool:
    """Return whether a control message of this level and kind is one."""
    return (level, kind) in _MESSAGES


def parse_extended_error(data: bytes) -> ExtendedError:
    """Return what a control message says; all 0 where it is too short."""
    if len(data) < _ERROR.size:
        return ExtendedError()
    return ExtendedError._make((*_ERROR.unpack_from(data), data[_ERROR.size :]))


def queue_errors(sock: socket.socket) -> None:
    """Have ICMP errors for what ``sock`` sends queued on it."""
    if sock.family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, _V6_RECVERR, 1)
    else:
        sock.setsockopt(socket.IPPROTO_IP, _IP_RECVERR, 1)


def set_whole(sock: socket.socket, whole: bool) -> None:
    """Send packets whole or not at all, whatever the kernel knows of the path; or cut long ones."""
    mode = _PMTUDISC_PROBE if whole else _PMTUDISC_DONT
    if sock.family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, _V6_MTU_DISCOVER, mode)
        sock.setsockopt(socket.IPPROTO_IPV6, _V6_DONTFRAG, int(whole))
    else:
        sock.setsockopt(socket.IPPROTO_IP, _IP_MTU_DISCOVER, mode)
