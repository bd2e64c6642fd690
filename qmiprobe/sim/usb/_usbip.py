# SPDX-License-Identifier: GPL-2.0-or-later
"""USB/IP as bytes: requests of the host, answers of the device, and the lists before an import.

Numbers are big-endian, but for the setup packet (kernel documentation, usbip_protocol).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qmiprobe.errors import DecodeError

VERSION, PORT = 0x0111, 3240
REQ_DEVLIST, REP_DEVLIST, REQ_IMPORT, REP_IMPORT = 0x8005, 0x0005, 0x8003, 0x0003
CMD_SUBMIT, CMD_UNLINK, RET_SUBMIT, RET_UNLINK = 1, 2, 3, 4
HEADER = 48
ECONNRESET = -104
SPEEDS = {"full": 2, "high": 3, "super": 5}
BUSID_SIZE = 32
_NO_PACKETS = (0, -1)
_MAX_TRANSFER = 1 << 22
_COMMON = struct.Struct(">HHI")
_SUBMIT = struct.Struct(">IIIIIIiiiI8s")
_RET_SUBMIT = struct.Struct(">IIIIIiiiii8x")
_RET_UNLINK = struct.Struct(">IIIIIi24x")
_DEVICE = struct.Struct(">256s32sIIIHHHBBBBBB")


@dataclass(frozen=True, slots=True)
class Submit:
    """The host asks for a transfer."""

    number: int
    endpoint: int
    """Address, with 0x80 for IN; of endpoint 0 the direction of its data stage."""
    length: int
    setup: bytes
    data: bytes
    """What goes to the device."""


@dataclass(frozen=True, slots=True)
class Unlink:
    """The host wants a transfer back."""

    number: int
    target: int


class RequestReader:
    """Cuts the host's byte stream into requests."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._offset = 0
        """Bytes of the stream before the buffer."""

    def feed(self, data: bytes) -> list[Submit | Unlink]:
        """Return the requests that are whole now; DecodeError where the stream is no USB/IP."""
        buffer = self._buffer
        buffer += data
        at, found = 0, []
        while len(buffer) - at >= HEADER:
            size, request = self._read(bytes(buffer[at : at + HEADER]), at)
            if len(buffer) - at < size:
                break
            if isinstance(request, Submit) and size > HEADER:
                data = bytes(buffer[at + HEADER : at + size])
                request = Submit(request.number, request.endpoint, len(data), request.setup, data)
            found.append(request)
            at += size
        del buffer[:at]
        self._offset += at
        return found

    def _read(self, head: bytes, at: int) -> tuple[int, Submit | Unlink]:
        (
            command, number, _, direction, endpoint, target, length, _, packets, _, setup,
        ) = _SUBMIT.unpack(head)  # fmt: skip
        offset = self._offset + at
        if command == CMD_UNLINK:
            return HEADER, Unlink(number, target)
        if command != CMD_SUBMIT:
            raise DecodeError(f"USB/IP: no request of number {command}", offset=offset)
        if packets not in _NO_PACKETS:
            raise DecodeError("USB/IP: isochronous transfers are not served", offset=offset)
        if not 0 <= length <= _MAX_TRANSFER or endpoint > 15 or direction > 1:
            raise DecodeError("USB/IP: a transfer that cannot be", offset=offset)
        size = HEADER if direction else HEADER + length
        return size, Submit(number, endpoint | direction << 7, length, setup, b"")


def returned(number: int, status: int, data: bytes = b"", actual: int | None = None) -> bytes:
    """Return the end of a transfer; ``actual`` is how many bytes went, if not those of ``data``."""
    length = len(data) if actual is None else actual
    return _RET_SUBMIT.pack(RET_SUBMIT, number, 0, 0, 0, status, length, 0, 0, 0) + data


def unlinked(number: int, *, found: bool) -> bytes:
    """Return the answer to an unlink: whether the transfer was still pending, and is no more."""
    return _RET_UNLINK.pack(RET_UNLINK, number, 0, 0, 0, ECONNRESET if found else 0)


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A device as the lists describe it."""

    busid: str
    number: int
    """Of the device on bus 1."""
    speed: int
    descriptor: bytes
    """Its device descriptor."""
    configuration: int
    triples: tuple[tuple[int, int, int], ...]
    """Class, subclass, protocol of each interface of that configuration."""

    @property
    def devid(self) -> int:
        """Bus and device in one number."""
        return 1 << 16 | self.number

    def __bytes__(self) -> bytes:
        """Return the 312 bytes of its record."""
        vendor, product, release = struct.unpack("<HHH", self.descriptor[8:14])
        return _DEVICE.pack(
            *(f"/sys/devices/platform/simulated/{self.busid}".encode(), self.busid.encode()),
            *(1, self.number, self.speed, vendor, product, release, *self.descriptor[4:7]),
            *(self.configuration, self.descriptor[17], len(self.triples)),
        )


def read_request(head: bytes) -> Literal["devlist", "import"]:
    """Return what the first 8 bytes of a connection ask for; DecodeError for anything else."""
    version, code, _ = _COMMON.unpack(head)
    if version != VERSION:
        raise DecodeError(f"USB/IP of version {version:#06x}, not {VERSION:#06x}", offset=0)
    if code == REQ_DEVLIST:
        return "devlist"
    if code == REQ_IMPORT:
        return "import"
    raise DecodeError(f"USB/IP: no operation {code:#06x}", offset=2)


def device_list(devices: Sequence[Exported]) -> bytes:
    """Return the answer to a request for the list."""
    parts = [_COMMON.pack(VERSION, REP_DEVLIST, 0), struct.pack(">I", len(devices))]
    for one in devices:
        parts.append(bytes(one))
        parts += [bytes((*triple, 0)) for triple in one.triples]
    return b"".join(parts)


def imported(device: Exported | None) -> bytes:
    """Return the answer to an import; None: there is no such device, or it is taken."""
    head = _COMMON.pack(VERSION, REP_IMPORT, 0 if device else 1)
    return head + (bytes(device) if device else b"")
