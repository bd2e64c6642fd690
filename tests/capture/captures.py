# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes captures as the formats' specifications have them, without a line of the program."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

SEND = (0x21, 0x00)
GET = (0xA1, 0x01)
STAMP = 1_700_000_000
"""Seconds at which the captures begin."""


@dataclass
class Usbmon:
    """The packets of usbmon, written one transfer after the other."""

    link_type: int = 220
    order: str = "<"
    packets: list[bytes] = field(default_factory=list)
    urb: int = 0xFFFF88003C0F8A80

    def event(
        self,
        kind: str,
        *,
        transfer: int = 2,
        endpoint: int = 0,
        bus: int = 1,
        device: int = 5,
        setup: bytes | None = None,
        status: int = 0,
        size: int = 0,
        data: bytes = b"",
    ) -> None:
        """Add one packet."""
        packet = struct.pack(
            f"{self.order}QBBBBHBBqiiII8s",
            *(self.urb, ord(kind), transfer, endpoint, device, bus),
            *(0 if setup is not None else ord("-"), 0 if data else ord("<")),
            *(STAMP, 0, status, size, len(data)),
            setup or bytes(8),
        )
        if self.link_type == 220:
            packet += struct.pack(f"{self.order}iiII", 0, 0, 0x200, 0)
        self.packets.append(packet + data)

    def send(self, data: bytes, *, interface: int = 4, status: int = 0, device: int = 5) -> None:
        """Add a SEND_ENCAPSULATED_COMMAND."""
        setup = struct.pack("<BBHHH", *SEND, 0, interface, len(data))
        self.event("S", setup=setup, status=-115, size=len(data), data=data, device=device)
        self.event("C", status=status, size=0 if status else len(data), device=device)
        self.urb += 0x100

    def get(self, data: bytes, *, interface: int = 4, status: int = 0, device: int = 5) -> None:
        """Add a GET_ENCAPSULATED_RESPONSE."""
        setup = struct.pack("<BBHHH", *GET, 0, interface, 4096)
        self.event("S", endpoint=0x80, setup=setup, status=-115, size=4096, device=device)
        self.event("C", endpoint=0x80, status=status, size=len(data), data=data, device=device)
        self.urb += 0x100


def pcap(
    packets: list[bytes],
    *,
    link_type: int = 220,
    order: str = "<",
    nanoseconds: bool = False,
    snaplen: int = 262144,
) -> bytes:
    """Return a pcap file; each packet comes a millisecond after the one before."""
    magic, unit = (0xA1B23C4D, 1_000_000) if nanoseconds else (0xA1B2C3D4, 1000)
    out = struct.pack(f"{order}IHHiIII", magic, 2, 4, 0, 0, snaplen, link_type)
    for number, packet in enumerate(packets):
        kept = packet[:snaplen]
        out += struct.pack(f"{order}IIII", STAMP, number * unit, len(kept), len(packet)) + kept
    return out


def option(order: str, code: int, value: bytes) -> bytes:
    """Return an option of a pcapng block."""
    return struct.pack(f"{order}HH", code, len(value)) + value + bytes(-len(value) % 4)


def block(order: str, kind: int, body: bytes) -> bytes:
    """Return a pcapng block."""
    body += bytes(-len(body) % 4)
    size = len(body) + 12
    return struct.pack(f"{order}II", kind, size) + body + struct.pack(f"{order}I", size)


def section(order: str = "<") -> bytes:
    """Return a pcapng section header."""
    return block(order, 0x0A0D0D0A, struct.pack(f"{order}IHHq", 0x1A2B3C4D, 1, 0, -1))


def interface(link_type: int, order: str = "<", options: bytes = b"") -> bytes:
    """Return a pcapng interface description."""
    return block(order, 1, struct.pack(f"{order}HHI", link_type, 0, 262144) + options)


def enhanced(
    packet: bytes,
    *,
    number: int = 0,
    stamp: int = STAMP * 1_000_000,
    order: str = "<",
    size: int | None = None,
    options: bytes = b"",
) -> bytes:
    """Return a pcapng enhanced packet block."""
    head = struct.pack(
        f"{order}IIIII", number, stamp >> 32, stamp & 0xFFFFFFFF, len(packet), size or len(packet)
    )
    return block(order, 6, head + packet + bytes(-len(packet) % 4) + options)


def pcapng(packets: list[bytes], *, link_type: int = 220, order: str = "<") -> bytes:
    """Return a pcapng file of one section and one interface."""
    blocks = [
        enhanced(packet, stamp=STAMP * 1_000_000 + number * 1000, order=order)
        for number, packet in enumerate(packets)
    ]
    return b"".join([section(order), interface(link_type, order), *blocks])
