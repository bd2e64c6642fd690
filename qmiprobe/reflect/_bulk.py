# SPDX-License-Identifier: GPL-2.0-or-later
"""Sending many equal packets quickly: the kernel cuts them from one buffer where it can.

UDP_SEGMENT is there since Linux 4.18; a netdev without checksums of its own takes it since 6.11.
Where it is refused packets are sent one by one.
"""

from __future__ import annotations

import errno
import socket
import struct
import sys
from typing import TYPE_CHECKING

import trio

from ._bare import NUMBER, NUMBER_AT, head

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmiprobe.sockets import Address

    from ._ancillary import Control

_UDP_SEGMENT, _UDP_GRO = 103, 104  # <linux/udp.h>
_MOST_SEGMENTS, _MOST_BYTES = 64, 65000
_CANNOT_CUT = (errno.EIO, errno.EINVAL, errno.EMSGSIZE, errno.ENOPROTOOPT, errno.EOPNOTSUPP)
_BURST_SECONDS = 0.001
_FULL_SECONDS = 0.001
_NUMBERS = 1 << 32
_TRIES = 3


class Segments:
    """The packets of one run, toward one address."""

    def __init__(
        self,
        sock: socket.socket,
        tag: bytes,
        *,
        payload: int,
        to: Address | None = None,
        control: Control | None = None,
    ) -> None:
        self.sock = sock
        self.most = max(1, min(_MOST_SEGMENTS, _MOST_BYTES // payload))
        """Packets that one call sends at most."""
        self.cut = self.most > 1
        """Whether the kernel cuts them; False once it has refused."""
        self._payload = payload
        self._to = (to,) if to is not None else ()
        self._control = control or []
        self._buffer = bytearray(head(tag).ljust(payload, b"\0") * self.most)
        self._view = memoryview(self._buffer)

    def send(self, first: int, count: int) -> int:
        """Send packets from number ``first`` on, at most ``count``; return how many went.

        Raises OSError, of which BlockingIOError says that the socket is full.
        """
        count, payload = min(count, self.most), self._payload
        for index in range(count):
            NUMBER.pack_into(self._buffer, index * payload + NUMBER_AT, (first + index) % _NUMBERS)
        if count > 1 and self.cut:
            size = (socket.IPPROTO_UDP, _UDP_SEGMENT, struct.pack("=H", payload))
            try:
                self._send(self._view[: count * payload], [*self._control, size])
            except OSError as error:
                if error.errno not in _CANNOT_CUT:
                    raise
                self.cut = False
            else:
                return count
        return self._one_by_one(count)

    def _one_by_one(self, count: int) -> int:
        payload = self._payload
        for index in range(count):
            try:
                self._send(self._view[index * payload : (index + 1) * payload], self._control)
            except BlockingIOError:
                if not index:
                    raise
                return index
        return count

    def _send(self, data: memoryview, control: Control) -> None:
        self.sock.sendmsg([data], control, socket.MSG_DONTWAIT, *self._to)


async def send_run(
    segments: Segments,
    *,
    size: int,
    rate: float,
    seconds: float,
    count: int = _NUMBERS,
    wanted: Callable[[], bool] = lambda: True,
) -> int:
    """Send packets of ``size`` bytes at ``rate`` bytes a second; return how many.

    Ends after ``seconds`` or ``count`` packets, or once nobody wants them any more. Raises OSError
    where the kernel refuses them.
    """
    sent = failed = 0
    start = trio.current_time()
    burst = max(1, int(rate * _BURST_SECONDS / size))
    while wanted() and (elapsed := trio.current_time() - start) < seconds:
        due = min(count, int(elapsed * rate / size) + 1, sent + burst)
        try:
            if due > sent:
                sent += segments.send(sent, due - sent)
            failed = 0
        except BlockingIOError:
            await _wait_for_room(segments.sock, seconds - elapsed)
            continue
        except OSError:
            failed += 1  # perhaps an ICMP error for what went before, which this call took
            if failed >= _TRIES:
                raise
        if sent >= count:
            break  # at once: who asked for them may ask how many left as soon as all are there
        await trio.sleep_until(start + sent * size / rate)
    return sent


async def _wait_for_room(sock: socket.socket, seconds: float) -> None:
    with trio.move_on_after(seconds):
        try:
            await trio.lowlevel.wait_writable(sock)
        except trio.BusyResourceError:  # another run waits already
            await trio.sleep(_FULL_SECONDS)


def take_many(sock: socket.socket) -> None:
    """Have the kernel hand over packets of one run by the dozen, where it can."""
    try:
        sock.setsockopt(socket.IPPROTO_UDP, _UDP_GRO, 1)
    except OSError:
        return  # Linux before 5.0


def piece_of(ancillary: list[tuple[int, int, bytes]], length: int) -> int:
    """Return the bytes of each packet in what was received at once; ``length``: it is one."""
    for level, kind, data in ancillary:
        if level == socket.IPPROTO_UDP and kind == _UDP_GRO:
            return max(1, int.from_bytes(data, sys.byteorder))
    return length
