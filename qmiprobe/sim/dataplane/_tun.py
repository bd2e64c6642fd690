# SPDX-License-Identifier: GPL-2.0-or-later
"""Netdevs as packet ports: a TUN (raw-IP) and a TAP (802.3), both without offloads.

Reading and writing never blocks. What the kernel refuses because the netdev is down or out of
room is dropped and counted, as a modem does; only a netdev that was removed is an error.
"""

from __future__ import annotations

import errno
import os
from collections import Counter

import trio

from qmiprobe.errors import CannotTest, DeviceGone

from . import _ethernet
from ._interface import TAP, TUN, open_tun, read_hardware_address, set_mtu, set_up

_READ_SIZE = 65536 + _ethernet.HEADER_LENGTH
_MODEM_ADDRESS = bytes.fromhex("02501bab0001")
_BROADCAST = b"\xff" * 6
"""To a host of which no address is known: it has no Ethernet at all."""


class TunPort:
    """A TUN netdev: moves IP packets of one session (0: the one a single netdev carries).

    ``ethernet`` says that the modem speaks 802.3; it may change at any time. What it says need not
    fit the netdev: a modem in raw-IP mode moves the whole frames of a TAP as they are, as it does
    to a host in 802.3 mode. ``dropped`` counts what was not handed over, by reason.
    """

    def __init__(
        self, descriptor: int, name: str, *, session_id: int = 0, ethernet: bool = False
    ) -> None:
        self.name = name
        self.session_id = session_id
        self.ethernet = ethernet
        self._host = _BROADCAST
        self.dropped: Counter[str] = Counter()
        self._descriptor = descriptor

    async def send(self, session_id: int, packet: bytes) -> None:
        """Hand one packet to the host; dropped and counted where the kernel refuses it."""
        await trio.lowlevel.checkpoint()
        if session_id != self.session_id:
            self.dropped["no-netdev"] += 1
        elif self.ethernet:
            self.write(_ethernet.wrap(packet, source=_MODEM_ADDRESS, destination=self._host))
        else:
            self.write(packet)

    async def receive(self) -> tuple[int, bytes]:
        """Return the next packet that the host sent; ARP and neighbour solicitations are answered.

        Raises DeviceGone once the netdev was removed.
        """
        await trio.lowlevel.checkpoint()
        while True:
            data = self._read()
            if data is None:
                await trio.lowlevel.wait_readable(self._descriptor)
                continue
            packet = self._unframe(data)
            if packet is not None:
                return self.session_id, packet

    def _unframe(self, data: bytes) -> bytes | None:
        """Return the IP packet of what the host sent, None where it holds none for the network."""
        if not self.ethernet:
            return data
        reply = _ethernet.answer(data, own=_MODEM_ADDRESS)
        packet = _ethernet.unwrap(data)
        if reply is not None:
            self.write(reply)
            return None
        if packet is None:
            self.dropped["not-ip"] += 1
        return packet

    def write(self, data: bytes) -> None:
        """Write bytes to the netdev at once, without a checkpoint."""
        try:
            os.write(self._descriptor, data)
        except OSError as error:
            self._forgive(error)

    def close(self) -> None:
        """Close the descriptor, which removes the netdev; closing again does nothing."""
        if self._descriptor >= 0:
            trio.lowlevel.notify_closing(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = -1

    def _read(self) -> bytes | None:
        try:
            return os.read(self._descriptor, _READ_SIZE)
        except BlockingIOError:
            return None
        except OSError as error:
            self._forgive(error)
            return None

    def _forgive(self, error: OSError) -> None:
        if error.errno in (errno.EBADFD, errno.EBADF, errno.ENODEV):
            text = "the netdev was removed: nothing can be sent or received any more"
            raise DeviceGone(text, port=self.name, errno=error.errno) from error
        name = errno.errorcode.get(error.errno or 0, "error")
        self.dropped["netdev-down" if error.errno == errno.EIO else name.lower()] += 1


class TapPort(TunPort):
    """A TAP netdev in front of a modem in 802.3 mode: puts on and takes off Ethernet headers."""

    def __init__(
        self,
        descriptor: int,
        name: str,
        *,
        host: bytes,
        session_id: int = 0,
        ethernet: bool = True,
    ) -> None:
        super().__init__(descriptor, name, session_id=session_id, ethernet=ethernet)
        self._host = host


def open_tun_port(name: str, *, mtu: int, up: bool = True) -> TunPort:
    """Make a TUN netdev and return its port. CannotTest with the reason where it is not possible.

    ``mtu`` in bytes. Works in the network namespace of the calling thread.
    """
    return TunPort(_open(name, kind=TUN, mtu=mtu, up=up), name)


def open_tap_port(name: str, *, mtu: int, up: bool = True, convert: bool = True) -> TunPort:
    """Make a TAP netdev and return its port; without ``convert`` frames pass as they are."""
    descriptor = _open(name, kind=TAP, mtu=mtu, up=up)
    return TapPort(descriptor, name, host=read_hardware_address(name), ethernet=convert)


def _open(name: str, *, kind: int, mtu: int, up: bool) -> int:
    descriptor = open_tun(name, kind=kind)
    try:
        set_mtu(name, mtu)
        if up:
            set_up(name)
    except OSError as error:
        os.close(descriptor)
        text = f"cannot set netdev {name} up with an MTU of {mtu}: {error.strerror}"
        raise CannotTest(f"{text}; give an MTU between 68 and 65521 bytes") from error
    return descriptor
