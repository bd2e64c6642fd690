# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel's messages about devices, read from their bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.uevents import parse_uevent

BIND = (
    b"bind@/devices/platform/vhci_hcd.0/usb1/1-1/1-1:1.4\0ACTION=bind\0"
    b"DEVPATH=/devices/platform/vhci_hcd.0/usb1/1-1/1-1:1.4\0SUBSYSTEM=usb\0"
    b"DEVTYPE=usb_interface\0DRIVER=qmi_wwan\0PRODUCT=2c7c/125/318\0TYPE=239/2/1\0"
    b"INTERFACE=255/255/255\0MODALIAS=usb:v2C7Cp0125\0SEQNUM=1401\0"
)


def test_an_interface_that_gets_its_driver_is_named_with_driver_and_id():
    event = parse_uevent(BIND)
    assert event is not None
    assert (event.action, event.name, event.subsystem) == ("bind", "1-1:1.4", "usb")
    assert event.fields["DRIVER"] == "qmi_wwan"
    assert event.usb_id == "2c7c:0125"
    assert not event.is_usb_device


def test_a_whole_device_is_told_from_its_interfaces():
    event = parse_uevent(BIND.replace(b"usb_interface", b"usb_device"))
    assert event is not None
    assert event.is_usb_device


def test_a_node_has_no_usb_id():
    event = parse_uevent(b"add@/devices/x/cdc-wdm0\0SUBSYSTEM=usbmisc\0DEVNAME=cdc-wdm0\0")
    assert event is not None
    assert (event.name, event.subsystem, event.usb_id) == ("cdc-wdm0", "usbmisc", None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0\0",
        b"add",
        b"@/devices/x\0",
        b"add@devices/x\0",
        b"libudev\0\xfe\xed\xca\xfe",
        b"add@/devices/x\0ACTION=remove\0",
        b"add@/devices/x\0DEVPATH=/devices/y\0",
    ],
)
def test_what_the_kernel_does_not_send_is_no_event(data: bytes):
    assert parse_uevent(data) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_an_event_or_none(data: bytes):
    event = parse_uevent(data)
    assert event is None or event.path.startswith("/")
    assert event is None or event.usb_id is None or ":" in event.usb_id
