# SPDX-License-Identifier: GPL-2.0-or-later
"""Layouts that are other than the profile's: with a fault, a boot loader's, a disc's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qmiprobe.sim.usb._endpoints import Numbering
from qmiprobe.sim.usb._layout import Configuration, Interface, UsbLayout
from qmiprobe.sim.usb._layout_file import parse_usb


def with_endpoints(layout: UsbLayout, texts: Sequence[str]) -> UsbLayout:
    """Return the layout with these endpoints, and no others, on every interface of QMI."""
    return replace(
        layout,
        configurations=tuple(_altered(one, layout.speed, texts) for one in layout.configurations),
    )


def _altered(one: Configuration, speed: str, texts: Sequence[str]) -> Configuration:
    """Return a configuration whose QMI has other endpoints, which are numbered after the rest."""
    numbering = Numbering(speed)
    for interface in one.interfaces:
        if interface.role != "qmi":
            for alternate in interface.alternates:
                numbering.reserve(alternate.endpoints)
    return replace(
        one, interfaces=tuple(_interface(each, numbering, texts) for each in one.interfaces)
    )


def _interface(one: Interface, numbering: Numbering, texts: Sequence[str]) -> Interface:
    if one.role != "qmi":
        return one
    endpoints = numbering.endpoints(texts, "a fault's endpoints")
    return replace(
        one, alternates=tuple(replace(each, endpoints=endpoints) for each in one.alternates)
    )


def boot_loader() -> UsbLayout:
    """Return what modems of Qualcomm are that find no firmware: emergency download mode."""
    return parse_usb(
        {
            "vendor": 0x05C6,
            "product": 0x9008,
            "strings": {
                "manufacturer": "Qualcomm CDMA Technologies MSM",
                "product": "QHSUSB__BULK",
            },
            "configurations": [
                {"attributes": 0x80, "power": 2, "interfaces": [{"role": "unknown"}]},
            ],
        },
        "boot loader",
    )


def disc(layout: UsbLayout) -> UsbLayout:
    """Return what a modem is before it is ejected: a disc with drivers."""
    return parse_usb(
        {
            "vendor": layout.vendor,
            "product": layout.disc or layout.product,
            "release": layout.release,
            "strings": {
                "manufacturer": layout.manufacturer,
                "product": layout.product_name,
                "serial": layout.serial,
            },
            "configurations": [{"interfaces": [{"role": "storage"}]}],
        },
        "disc",
    )
