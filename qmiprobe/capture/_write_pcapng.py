# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes messages as a pcapng file that Wireshark dissects with nothing to configure.

They become transfers of usbmon (link type 220), behind descriptors from which Wireshark learns
that the interface is an MBIM one; of QMI, which it does not know, it shows the bytes.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from qmiprobe._trace_format import Direction
from qmiprobe.capture._captured import Protocol
from qmiprobe.capture._decoded import Decoded
from qmiprobe.capture._usbmon import LINUX_MMAPPED

_SECTION, _INTERFACE, _PACKET = 0x0A0D0D0A, 1, 6
_USER_APPLICATION, _NAME = 4, 2
_URB = struct.Struct("<QBBBBHBBqiiII8siiII")
_CONTROL, _IN = 2, 0x80
_EINPROGRESS = -115
_PRESENT, _ABSENT = 0, ord("-")
_DESCRIPTOR_OF = {"device": 1, "configuration": 2}
_CLASSES = {"mbim": bytes((0x02, 0x0E, 0x00)), "qmi": bytes((0xFF, 0xFF, 0xFF))}
_PORT = re.compile(r"usb (\d{1,5}):(\d{1,3}) interface (\d{1,3})")
_LAST_DEVICE = 127


class PcapngWriter:
    """Makes the bytes of a pcapng file, message by message."""

    def __init__(self) -> None:
        self._places: dict[tuple[str | None, Protocol | None], tuple[int, int, int]] = {}
        self._urb = 0xFFFF000000000000
        self._time = 0.0

    def begin(self) -> bytes:
        """Return how the file begins."""
        section = struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)
        section += _option(_USER_APPLICATION, b"qmiprobe")
        interface = struct.pack("<HHI", LINUX_MMAPPED, 0, 0) + _option(_NAME, b"qmiprobe")
        return _block(_SECTION, section) + _block(_INTERFACE, interface)

    def message(self, decoded: Decoded) -> bytes:
        """Return the packets of one message, and at a port's first its descriptors."""
        if decoded.time is not None:
            self._time = max(decoded.time, 0.0)
        key = (decoded.port, decoded.protocol)
        out = b""
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = self._new_place(decoded.port)
            out = b"".join(self._descriptors(place, decoded.protocol or "qmi"))
        return out + b"".join(self._transfer(place, decoded.raw, decoded.direction))

    def _new_place(self, port: str | None) -> tuple[int, int, int]:
        """Return bus, device and interface for a port: its own, where it is a USB one."""
        found = _PORT.fullmatch(port or "")
        if found is not None:
            bus, device, interface = map(int, found.groups())
            return bus & 0xFFFF, device & 0xFF, interface & 0xFF
        return 0, min(len(self._places) + 1, _LAST_DEVICE), 0

    def _transfer(
        self, place: tuple[int, int, int], data: bytes, direction: Direction | None
    ) -> Iterator[bytes]:
        size = min(len(data), 0xFFFF)
        if direction == "to-device":
            setup = struct.pack("<BBHHH", 0x21, 0, 0, place[2], size)
            yield self._event("S", place, setup=setup, size=len(data), data=data)
            yield self._event("C", place, size=len(data))
        else:
            setup = struct.pack("<BBHHH", 0xA1, 1, 0, place[2], max(size, 4096))
            yield self._event("S", place, endpoint=_IN, setup=setup, size=max(size, 4096))
            yield self._event("C", place, endpoint=_IN, size=len(data), data=data)
        self._urb += 0x100

    def _descriptors(self, place: tuple[int, int, int], protocol: Protocol) -> Iterator[bytes]:
        device = struct.pack("<BBHBBBBHHHBBBB", 18, 1, 0x0200, 0, 0, 0, 64, 0, 0, 0, 0, 0, 0, 1)
        interface = bytes((9, 4, place[2], 0, 1)) + _CLASSES[protocol] + bytes(1)
        interface += struct.pack("<BBBBHB", 7, 5, 0x81, 3, 16, 9)
        size = 9 + len(interface)
        configuration = struct.pack("<BBHBBBBB", 9, 2, size, 1, 1, 0, 0x80, 50) + interface
        for name, data in (("device", device), ("configuration", configuration)):
            value = _DESCRIPTOR_OF[name] << 8
            setup = struct.pack("<BBHHH", 0x80, 6, value, 0, len(data))
            yield self._event("S", place, endpoint=_IN, setup=setup, size=len(data))
            yield self._event("C", place, endpoint=_IN, size=len(data), data=data)
            self._urb += 0x100

    def _event(
        self,
        kind: str,
        place: tuple[int, int, int],
        *,
        endpoint: int = 0,
        setup: bytes | None = None,
        size: int = 0,
        data: bytes = b"",
    ) -> bytes:
        stamp = round(self._time * 1_000_000)
        bus, device, _ = place
        header = _URB.pack(
            *(self._urb, ord(kind), _CONTROL, endpoint, device, bus),
            *(_ABSENT if setup is None else _PRESENT, _PRESENT if data else ord("<")),
            *(stamp // 1_000_000, stamp % 1_000_000, _EINPROGRESS if kind == "S" else 0),
            *(size, len(data), setup or bytes(8), 0, 0, 0, 0),
        )
        packet = header + data
        head = struct.pack(
            "<IIIII", 0, stamp >> 32 & 0xFFFFFFFF, stamp & 0xFFFFFFFF, len(packet), len(packet)
        )
        return _block(_PACKET, head + packet)


def _option(code: int, value: bytes) -> bytes:
    return struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4) + bytes(4)


def _block(kind: int, body: bytes) -> bytes:
    body += bytes(-len(body) % 4)
    size = len(body) + 12
    return struct.pack("<II", kind, size) + body + struct.pack("<I", size)
