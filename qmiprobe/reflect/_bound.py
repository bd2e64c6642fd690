# SPDX-License-Identifier: GPL-2.0-or-later
"""A client's sockets: bound to one netdev, connected to the reflector, and closed with care."""

from __future__ import annotations

import contextlib
import os
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

import trio

from qmiprobe.errors import CannotTest

from ._ancillary import ask_for_all, set_whole
from ._places import PROTOCOLS

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

Address = tuple[str, int] | tuple[str, int, int, int]
LATE_SECONDS = 3.0
_BUFFER = 1 << 21


@dataclass(frozen=True, kw_only=True)
class Ends:
    """Where a client's packets start and where they go."""

    remote: IPAddress
    port: int
    netdev: str | None = None
    """None: wherever the routing table says."""
    source: IPAddress | None = None

    def open(
        self, protocol: str, *, port: int | None = None, connected: bool = True
    ) -> socket.socket:
        """Return a socket of "udp", "esp" or "gre", connected unless it shall hear anybody.

        Raises OSError, and CannotTest where raw sockets may not be used.
        """
        kind = socket.SOCK_DGRAM if protocol == "udp" else socket.SOCK_RAW
        sock = self._open(kind, PROTOCOLS.get(protocol, 0))
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
            ask_for_all(sock, errors=True, sent=True)
            set_whole(sock, True)
            if connected:
                sock.connect(self.address(port if protocol == "udp" else 0))
        except BaseException:
            sock.close()
            raise
        return sock

    def open_tcp(self) -> socket.socket:
        """Return a TCP socket that is not connected yet; OSError or CannotTest."""
        return self._open(socket.SOCK_STREAM, 0)

    def address(self, port: int | None = None) -> Address:
        """Return what connect() wants; a link-local address gets the netdev as its scope."""
        port = self.port if port is None else port
        if self.remote.version == 4:
            return (str(self.remote), port)
        scope = 0
        if self.remote.is_link_local and self.netdev is not None:
            scope = socket.if_nametoindex(self.netdev)
        return (str(self.remote), port, 0, scope)

    def _open(self, kind: int, protocol: int) -> socket.socket:
        family = socket.AF_INET if self.remote.version == 4 else socket.AF_INET6
        try:
            sock = socket.socket(family, kind | socket.SOCK_NONBLOCK, protocol)
        except PermissionError as error:
            text = "raw sockets are needed for ESP and GRE: run as root or with CAP_NET_RAW"
            raise CannotTest(text) from error
        try:
            if self.netdev is not None:
                name = os.fsencode(self.netdev) + b"\0"
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, name)
            if self.source is not None and self.source.version == self.remote.version:
                if not self.source.is_link_local:
                    sock.bind((str(self.source), 0))
        except BaseException:
            sock.close()
            raise
        return sock


def retire(sock: socket.socket, *, seconds: float = LATE_SECONDS) -> None:
    """Close ``sock`` a little later, or when trio ends.

    The kernel refuses an answer that comes after its socket has gone, by an ICMP error that
    follows the routing table and may leave by another netdev.
    """
    trio.lowlevel.spawn_system_task(_close_later, sock, seconds)


async def _close_later(sock: socket.socket, seconds: float) -> None:
    try:
        await trio.sleep(seconds)
    finally:
        with contextlib.suppress(OSError):  # out of a system task an error would end the program
            sock.close()
