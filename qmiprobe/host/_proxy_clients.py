# SPDX-License-Identifier: GPL-2.0-or-later
"""Which programs use a port through a proxy: the other ends of the proxy's sockets.

/proc/net/unix does not say which socket is connected with which; the kernel's socket diagnosis
(NETLINK_SOCK_DIAG, unix_diag.h) does, to every user, for the own network namespace.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

_SOCK_DIAG = 4
_BY_FAMILY = 20
_REQUEST_DUMP = 0x301
_DONE, _ERROR = 3, 2
_SHOW_PEER = 4
_PEER = 2
_HEADER = struct.Struct("=IHHII")
_ASK = struct.Struct("=BBHIIIII")
_SOCKET = struct.Struct("=BBBBIII")
_ATTRIBUTE = struct.Struct("=HH")
_ALL_STATES = 0xFFFFFFFF
_TIMEOUT_S = 2.0


def peers() -> dict[int, int]:
    """Return the inode of the other end for that of each connected local socket.

    Empty where the kernel does not tell.
    """
    import socket

    try:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _SOCK_DIAG) as asked:
            asked.settimeout(_TIMEOUT_S)
            asked.bind((0, 0))
            body = _ASK.pack(socket.AF_UNIX, 0, 0, _ALL_STATES, 0, _SHOW_PEER, 0, 0)
            size = _HEADER.size + len(body)
            asked.send(_HEADER.pack(size, _BY_FAMILY, _REQUEST_DUMP, 1, 0) + body)
            return dict(_answers(asked))
    except OSError:
        return {}


def _answers(asked: socket.socket) -> Iterator[tuple[int, int]]:
    while True:
        data = asked.recv(1 << 16)
        at = 0
        while at + _HEADER.size <= len(data):
            size, kind, *_ = _HEADER.unpack_from(data, at)
            if kind in (_DONE, _ERROR) or size < _HEADER.size:
                return
            yield from _peer(data[at + _HEADER.size : at + size])
            at += (size + 3) & ~3


def _peer(message: bytes) -> Iterator[tuple[int, int]]:
    if len(message) < _SOCKET.size:
        return
    own = _SOCKET.unpack_from(message)[4]
    at = _SOCKET.size
    while at + _ATTRIBUTE.size <= len(message):
        size, kind = _ATTRIBUTE.unpack_from(message, at)
        if kind == _PEER and size >= _ATTRIBUTE.size + 4:
            yield own, struct.unpack_from("=I", message, at + _ATTRIBUTE.size)[0]
        at += max((size + 3) & ~3, _ATTRIBUTE.size)


def inode_of(target: str) -> int | None:
    """Return the inode in what a link in an fd folder says, ``socket:[24001]``."""
    if target.startswith("socket:[") and target.endswith("]"):
        number = target[len("socket:[") : -1]
        return int(number) if number.isdecimal() else None
    return None
