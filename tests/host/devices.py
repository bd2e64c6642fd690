# SPDX-License-Identifier: GPL-2.0-or-later
"""Fake machines' devices: layouts as real modems have them."""

from __future__ import annotations

from tests.host.tree import (
    FakeDevice,
    FakeInterface,
    configuration_descriptor,
    device_descriptor,
    interface_descriptor,
    usb_descriptor,
)

MBIM_FUNCTIONAL = usb_descriptor(0x24, 0x1B, 0, 1, 0, 16, 32, 128, 0, 8, 0)
MBIM_CONTROL = interface_descriptor(0, 0, "02/0e/00", 0x81) + MBIM_FUNCTIONAL
MBIM_DATA = (
    interface_descriptor(1, 0, "0a/00/02"),
    interface_descriptor(1, 1, "0a/00/02", 0x82, 0x01),
)


def three_configurations() -> bytes:
    """Return the descriptors of an HP lt4112: QMI, then ECM, then MBIM."""
    return (
        device_descriptor(0x03F0, 0x581D, configurations=3)
        + configuration_descriptor(
            1,
            interface_descriptor(0, 0, "ff/01/01", 0x81, 0x01, 0x82),
            interface_descriptor(3, 0, "ff/01/07", 0x86, 0x04, 0x85),
            interface_descriptor(4, 0, "ff/01/14", 0x87, 0x05),
        )
        + configuration_descriptor(2, interface_descriptor(0, 0, "02/06/00", 0x81))
        + configuration_descriptor(3, MBIM_CONTROL, *MBIM_DATA)
    )


def lt4112() -> FakeDevice:
    """Return an HP lt4112 in its QMI configuration, everything bound."""
    return FakeDevice(
        name="2-6",
        usb_id="03f0:581d",
        manufacturer="HP",
        product="HP lt4112 Gobi 4G Module",
        descriptors=three_configurations(),
        interfaces=[
            FakeInterface(0, "ff/01/01", "qcserial", tty="ttyUSB0"),
            FakeInterface(
                3,
                "ff/01/07",
                "qmi_wwan",
                wdm="cdc-wdm0",
                wwan_port="wwan0qmi0",
                netdev="wwan0",
                raw_ip="Y",
            ),
            FakeInterface(4, "ff/01/14", "qcserial", endpoints=2, tty="ttyUSB1"),
        ],
    )


def em7455() -> FakeDevice:
    """Return an MBIM modem without a saved binary ``descriptors``."""
    return FakeDevice(
        name="1-1.4",
        usb_id="1199:9079",
        product="Sierra Wireless EM7455",
        speed="5000",
        interfaces=[
            FakeInterface(12, "02/0e/00", "cdc_mbim", endpoints=1, wdm="cdc-wdm1", netdev="wwan1"),
            FakeInterface(13, "0a/00/02", "cdc_mbim", alternate=1, endpoints=2),
        ],
    )


def keyboard() -> FakeDevice:
    """Return a device that is no modem, of a vendor that makes some."""
    return FakeDevice(
        name="2-1", usb_id="413c:2113", interfaces=[FakeInterface(0, "03/01/01", "usbhid")]
    )


def hub() -> FakeDevice:
    """Return a hub of a modem vendor."""
    return FakeDevice(name="2-2", usb_id="12d1:0001", device_class="09")
