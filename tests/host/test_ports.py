# SPDX-License-Identifier: GPL-2.0-or-later
"""From a node to the driver behind it, by name and by device number."""

from __future__ import annotations

import os

import pytest

from qmiprobe.host import find_port
from tests.host.devices import em7455, lt4112
from tests.host.tree import FakeDevice, FakeInterface, FakeTree


def test_node_leads_to_interface_driver_and_protocol(tree: FakeTree):
    tree.add_usb(lt4112())
    port = find_port("/dev/cdc-wdm0", sysroot=tree.sysroot)
    assert port is not None
    assert (port.driver, port.protocol, port.interface) == ("qmi_wwan", "qmi", 3)


def test_wwan_node_says_its_protocol_itself(tree: FakeTree):
    tree.add_pci_port("0000:01:00.0", "wwan0mbim0", "MBIM", "mtk_t7xx")
    port = find_port("/dev/wwan0mbim0", sysroot=tree.sysroot)
    assert port is not None
    assert (port.driver, port.protocol, port.device) == ("mtk_t7xx", "mbim", "0000:01:00.0")


def test_node_under_another_name_is_found_by_its_number(tree: FakeTree):
    tree.add_usb(em7455())
    number = os.stat("/dev/null").st_rdev
    wdm = "sys/devices/pci0000:00/0000:00:14.0/usb2/1-1.4/1-1.4:1.12/usbmisc/cdc-wdm1"
    tree.link(f"sys/dev/char/{os.major(number)}:{os.minor(number)}", wdm)
    (tree.root / "dev").mkdir()
    (tree.root / "dev/modem").symlink_to("/dev/null")
    port = find_port("/dev/modem", sysroot=tree.sysroot)
    assert port is not None
    assert (port.path, port.driver) == ("/dev/modem", "cdc_mbim")


@pytest.mark.parametrize("path", ["/dev/cdc-wdm7", "/dev/ttyUSB0", "/dev/wwan0", "/dev/hiddev0"])
def test_what_is_no_control_port_is_none(tree: FakeTree, path: str):
    device = lt4112()
    device.interfaces.append(FakeInterface(9, "03/00/00", "usbhid", wdm="hiddev0"))
    tree.add_usb(device)
    assert find_port(path, sysroot=tree.sysroot) is None


def test_huawei_ncm_port_carries_at_commands(tree: FakeTree):
    interface = FakeInterface(1, "ff/02/16", "huawei_cdc_ncm", wdm="cdc-wdm0")
    tree.add_usb(FakeDevice("1-1", "12d1:1506", [interface]))
    port = find_port("/dev/cdc-wdm0", sysroot=tree.sysroot)
    assert port is not None
    assert port.protocol == "at"
