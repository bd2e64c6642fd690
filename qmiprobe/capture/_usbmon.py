# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the packets of usbmon in captures: link types 189 (48 bytes of header) and 220 (64 bytes).

Layout: struct usbmon_packet in the kernel's Documentation/usb/usbmon.rst, in the byte order of
the machine that captured.
"""

from __future__ import annotations

import struct

from qmiprobe.capture._pcap import Packet
from qmiprobe.capture._usb_control import UsbEvent

LINUX, LINUX_MMAPPED = 189, 220
HEADER_SIZES = {LINUX: 48, LINUX_MMAPPED: 64}
_LAYOUT = "QBBBBHBBqiiII8s"
_LAYOUTS = {order: struct.Struct(order + _LAYOUT) for order in "<>"}
_CONTROL = 2
_KINDS = {ord("S"): "S", ord("C"): "C", ord("E"): "E"}


def usb_event(packet: Packet) -> UsbEvent | None:
    """Return the event of a control transfer; None for any other, and for what is no usbmon."""
    start = HEADER_SIZES[packet.link_type]
    if len(packet.data) < start:
        return None
    (urb, kind, transfer, _, device, bus, no_setup, _, _, _, status, size, _, setup) = _LAYOUTS[
        packet.order
    ].unpack_from(packet.data)
    if transfer != _CONTROL or kind not in _KINDS:
        return None
    return UsbEvent(
        urb=urb,
        kind=_KINDS[kind],
        bus=bus,
        device=device,
        time=packet.time,
        setup=None if no_setup else setup,
        status=status,
        size=size,
        data=packet.data[start : start + size],
    )
