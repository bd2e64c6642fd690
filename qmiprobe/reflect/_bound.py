# SPDX-License-Identifier: GPL-2.0-or-later
"""A client's sockets: bound to one netdev, connected to the reflector."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qmiprobe.errors import CannotTest
from qmiprobe.sockets import Address, bind_to_netdev, set_whole, socket_address

from ._ancillary import ask_for_all
from ._places import PROTOCOLS

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

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
        return socket_address(self.netdev, self.remote, self.port if port is None else port)

    def _open(self, kind: int, protocol: int) -> socket.socket:
        family = socket.AF_INET if self.remote.version == 4 else socket.AF_INET6
        try:
            sock = socket.socket(family, kind | socket.SOCK_NONBLOCK, protocol)
        except PermissionError as error:
            text = "raw sockets are needed for ESP and GRE: run as root or with CAP_NET_RAW"
            raise CannotTest(text) from error
        try:
            if self.netdev is not None:
                bind_to_netdev(sock, self.netdev)
            if self.source is not None and self.source.version == self.remote.version:
                if not self.source.is_link_local:
                    sock.bind((str(self.source), 0))
        except BaseException:
            sock.close()
            raise
        return sock
