# SPDX-License-Identifier: GPL-2.0-or-later
"""Which netdev a socket sends and hears through, and how it is told where to connect."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

Address = tuple[str, int] | tuple[str, int, int, int]


def bind_to_netdev(sock: socket.socket, netdev: str) -> None:
    """Have ``sock`` send and hear through ``netdev`` only, whatever the routing table says.

    Raises OSError: ENODEV where there is no such netdev, EPERM without the right.
    """
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, os.fsencode(netdev) + b"\0")


def socket_address(netdev: str | None, remote: IPAddress, port: int) -> Address:
    """Return what connect() wants; a link-local address gets the netdev as its scope.

    Raises OSError where it needs that and there is no such netdev.
    """
    if remote.version == 4:
        return (str(remote), port)
    scope = socket.if_nametoindex(netdev) if netdev and remote.is_link_local else 0
    return (str(remote).partition("%")[0], port, 0, scope)
