# SPDX-License-Identifier: GPL-2.0-or-later
"""Descriptors of a USB device as bytes (USB 3.2, chapter 9; CDC 1.2; NCM 1.0; MBIM 1.0)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmiprobe.sim.usb._layout import (
        Alternate,
        Association,
        Configuration,
        Endpoint,
        Interface,
        NtbParameters,
        UsbLayout,
    )

DEVICE, CONFIGURATION, STRING, INTERFACE, ENDPOINT = 1, 2, 3, 4, 5
ASSOCIATION, BOS, CAPABILITY, CLASS_INTERFACE, COMPANION = 11, 15, 16, 0x24, 48
SUBTYPES = {
    "header": 0x00, "call-management": 0x01, "acm": 0x02, "union": 0x06, "ethernet": 0x0F,
    "dmm": 0x14, "ncm": 0x1A, "mbim": 0x1B, "mbim-extended": 0x1C,
}  # fmt: skip
KINDS = ("control", "isochronous", "bulk", "interrupt")
_WITH_BOS = 0x0201
_USB2_EXTENSION = bytes((7, CAPABILITY, 2, 0x02, 0, 0, 0))
"""Link power management."""
_SUPER_SPEED = struct.pack("<BBBBHBBH", 10, CAPABILITY, 3, 0, 0x000E, 1, 10, 2047)
"""Full, high and 5 Gbit/s; everything works from full speed up; latencies of U1 and U2."""


def device(layout: UsbLayout) -> bytes:
    """Return the device descriptor."""
    return struct.pack(
        "<BBHBBBBHHHBBBB",
        *(18, DEVICE, layout.usb, *layout.triple, 9 if layout.is_super else 64),
        *(layout.vendor, layout.product, layout.release),
        *map(layout.text_index, (layout.manufacturer, layout.product_name, layout.serial)),
        len(layout.configurations),
    )


def configuration(layout: UsbLayout, one: Configuration) -> bytes:
    """Return a configuration with its interfaces."""
    body = b"".join(_interface(layout, interface) for interface in one.interfaces)
    unit = 8 if layout.is_super else 2
    head = struct.pack(
        "<BBHBBBBB",
        *(9, CONFIGURATION, 9 + len(body), len(one.interfaces), one.value),
        *(layout.text_index(one.name), one.attributes, min(one.power // unit, 255)),
    )
    return head + body


def _interface(layout: UsbLayout, one: Interface) -> bytes:
    parts = [] if one.association is None else [_association(layout, one, one.association)]
    parts += [
        _alternate(layout, one, number, setting) for number, setting in enumerate(one.alternates)
    ]
    return b"".join(parts)


def _association(layout: UsbLayout, first: Interface, one: Association) -> bytes:
    index = layout.text_index(one.name)
    return bytes((8, ASSOCIATION, first.number, one.count, *one.triple, index))


def _alternate(layout: UsbLayout, interface: Interface, number: int, one: Alternate) -> bytes:
    index = layout.text_index(one.name)
    head = (9, INTERFACE, interface.number, number, len(one.endpoints), *one.triple, index)
    pipes = (_endpoint(pipe, with_companion=layout.is_super) for pipe in one.endpoints)
    return bytes(head) + b"".join(one.functional) + b"".join(pipes)


def _endpoint(one: Endpoint, *, with_companion: bool) -> bytes:
    kind = KINDS.index(one.kind)
    head = struct.pack("<BBBBHB", 7, ENDPOINT, one.address, kind, one.size, one.interval)
    if not with_companion:
        return head
    periodic = one.size * (one.burst + 1) if one.kind in ("interrupt", "isochronous") else 0
    return head + struct.pack("<BBBBH", 6, COMPANION, one.burst, 0, periodic)


def bos(layout: UsbLayout) -> bytes | None:
    """Return the binary object store; None below USB 2.01."""
    if layout.raw_bos or layout.usb < _WITH_BOS:
        return layout.raw_bos or None
    parts = [_USB2_EXTENSION, *([_SUPER_SPEED] if layout.is_super else [])]
    body = b"".join(parts)
    return struct.pack("<BBHB", 5, BOS, 5 + len(body), len(parts)) + body


def languages(language: int) -> bytes:
    """Return string descriptor 0."""
    return struct.pack("<BBH", 4, STRING, language)


def text(value: str) -> bytes:
    """Return the string descriptor of a text of at most 126 characters."""
    data = value.encode("utf-16-le")
    return bytes((2 + len(data), STRING)) + data


def ntb_parameters(one: NtbParameters) -> bytes:
    """Return the structure of GET_NTB_PARAMETERS."""
    return struct.pack(
        "<HHIHHHHIHHHH",
        *(28, one.formats, one.in_size, one.in_divisor, one.in_remainder, one.in_alignment, 0),
        *(one.out_size, one.out_divisor, one.out_remainder, one.out_alignment),
        one.out_datagrams,
    )
