# SPDX-License-Identifier: GPL-2.0-or-later
"""What a client says to mbim-proxy itself, and how the proxy keeps the function open for all."""

from __future__ import annotations

from qmiprobe.errors import DecodeError
from qmiprobe.mbim._header import Packet, build, parse
from qmiprobe.mbim.services._shared import ProtocolError, Service, Status
from qmiprobe.sim.mbim_face import MbimFace

_CONFIGURATION = 1
_OWN_TRANSACTION = 1
_OWN_TRANSFER = 4096


class MbimDevice:
    """The proxy's own end of the function: once open, no client's CLOSE ends a session."""

    def __init__(self, face: MbimFace) -> None:
        self._face = face

    def open(self) -> None:
        """Open the function, where it is not open."""
        if not self._face.connection(self).is_open:
            request = Packet(kind="open", transaction=_OWN_TRANSACTION, value=_OWN_TRANSFER)
            self._face.receive(build(request), self)

    def put(self, message: bytes, *, request: bytes | None = None) -> None:
        """Take what the modem says at this end; clients are told at their own."""


class MbimClient:
    """One client of the proxy."""

    def __init__(self, device: MbimDevice) -> None:
        self._device = device
        self._configured = False

    def hear(self, data: bytes) -> bytes | None:
        """Return the answer to a message that is for the proxy; None for others."""
        try:
            packet = parse(data)
        except DecodeError:
            return None
        if packet.kind == "command" and packet.service == Service.PROXY_CONTROL:
            return self._configure(packet)
        if not self._configured:
            error = int(ProtocolError.NOT_OPENED)
            return build(Packet(kind="function-error", transaction=packet.transaction, value=error))
        if packet.kind == "open":
            self._device.open()
        return None

    def _configure(self, packet: Packet) -> bytes:
        """Any path will do; a client names one before anything else."""
        status = Status.NO_DEVICE_SUPPORT
        if packet.cid == _CONFIGURATION and packet.value:
            self._configured = True
            self._device.open()
            status = Status.NONE
        return build(
            Packet(
                kind="command-done",
                transaction=packet.transaction,
                service=packet.service,
                cid=packet.cid,
                value=int(status),
            )
        )
