# SPDX-License-Identifier: GPL-2.0-or-later
"""The sockets that a reflector hears packets by: UDP ports, and raw ones for ESP and GRE."""

from __future__ import annotations

import errno
import socket
import struct
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qmiprobe.sockets import set_whole

from ._ancillary import ask_for_all, how_to_send
from ._messages import Wish, without_scope
from ._responder import Arrival

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

    from ._ancillary import Told
    from ._responder import Reply

IP_HEADER = {4: 20, 6: 40}
BEFORE_FRAME = 8
"""Bytes of the header of UDP, of ESP, and of GRE with a key."""
PROTOCOLS = {"esp": 50, "gre": 47}
_BUFFER = 1 << 21
# Of local experiments (IEEE 802.1): no kernel takes what follows for a packet.
_GRE_TYPE = 0x88B5
_GRE_HAS_KEY = 0x2000


@dataclass
class Place:
    """One socket, and how it sends now."""

    sock: socket.socket
    protocol: str
    family: int
    port: int = 0
    whole: bool = True
    """With Don't Fragment."""

    @property
    def headers(self) -> int:
        """Bytes before a frame, of IP and what is in it."""
        return IP_HEADER[self.family] + BEFORE_FRAME

    def arrival(self, data: bytes, sender: tuple[str, int], told: Told) -> tuple[bytes, Arrival]:
        """Return the frame of a packet, and what is known of the packet."""
        udp = self.protocol == "udp"
        size = len(data) + (self.headers if udp else IP_HEADER[self.family])
        ttl, tos = told.ttl, told.tos
        if not udp and self.family == 4 and len(data) >= 20:  # there a raw socket gives it too
            size, ttl, tos = len(data), data[8], data[1]
            data = data[(data[0] & 15) * 4 :]
        arrival = Arrival(
            protocol=self.protocol,
            address=without_scope(sender[0]),
            port=sender[1] if udp else 0,
            size=size,
            headers=self.headers,
            ttl=ttl,
            tos=tos,
            fragment=told.fragment,
            at_ns=told.at_ns,
        )
        return data if udp else data[BEFORE_FRAME:], arrival

    def send_whole(self, whole: bool) -> None:
        """Send what follows with Don't Fragment, or without."""
        if self.whole != whole:
            set_whole(self.sock, whole)
            self.whole = whole

    def send(
        self, reply: Reply, arrival: Arrival, *, source: IPAddress | None, index: int = 0
    ) -> int:
        """Send one answer and return the bytes of its IP packet; 0: it could not be sent.

        Raises OSError with EMSGSIZE for one that the netdev does not send in one piece.
        """
        ask = reply.ask
        self.send_whole(not ask.wishes & Wish.FRAGMENTS)
        tos = ask.tos if ask.wishes & Wish.TOS else None
        control = how_to_send(self.family, tos=tos, ttl=ask.ttl, source=source)
        data = reply.seal(index=index, now_ns=time.time_ns())
        size = len(data) + self.headers
        if self.protocol != "udp":
            data = raw_header(self.protocol, reply.frame.session, reply.frame.sequence) + data
        to = (str(arrival.address), arrival.port)
        for _ in range(2):
            try:
                self.sock.sendmsg([data], control, socket.MSG_DONTWAIT, to)
            except OSError as error:
                if error.errno == errno.EMSGSIZE:
                    raise
                # otherwise perhaps an older packet's error: once more
            else:
                return size
        return 0


def raw_header(protocol: str, session: bytes, sequence: int) -> bytes:
    """Return the 8 bytes before a frame: of ESP with its SPI and number, or of GRE with its key.

    SPI and key are the end of the session's name.
    """
    if protocol == "esp":
        return session[4:] + struct.pack("!I", sequence & 0xFFFFFFFF)
    return struct.pack("!HH", _GRE_HAS_KEY, _GRE_TYPE) + session[4:]


def open_place(protocol: str, address: IPAddress, port: int) -> Place:
    """Return a socket that listens; OSError where it may not or the port is taken."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    kind = socket.SOCK_DGRAM if protocol == "udp" else socket.SOCK_RAW
    sock = socket.socket(family, kind | socket.SOCK_NONBLOCK, PROTOCOLS.get(protocol, 0))
    try:
        if address.version == 6 and protocol == "udp":  # raw ones are so anyway
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        ask_for_all(sock)
        set_whole(sock, True)
        sock.bind((str(address), port if protocol == "udp" else 0))
        bound = sock.getsockname()[1] if protocol == "udp" else 0
    except BaseException:
        sock.close()
        raise
    return Place(sock, protocol, address.version, bound)
