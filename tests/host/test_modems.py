# SPDX-License-Identifier: GPL-2.0-or-later
"""Modems are found by driver, class or id, and each node hangs on its interface."""

from __future__ import annotations

import pytest

from qmiprobe.host import (
    Netdev,
    Port,
    SerialPort,
    modems,
    pci_modems,
    plugged_by_program,
    select,
    usb_modems,
)
from tests.host.devices import em7455, hub, keyboard, lt4112
from tests.host.tree import FakeDevice, FakeInterface, FakeTree


def test_modem_with_three_configurations_is_shown_whole(tree: FakeTree):
    tree.add_usb(lt4112())
    (modem,) = usb_modems(tree.sysroot)
    assert (modem.bus, modem.name, modem.id) == ("usb", "2-6", "03f0:581d")
    assert (modem.manufacturer, modem.product) == ("HP", "HP lt4112 Gobi 4G Module")
    assert modem.speed_mbit == 480
    shown = [(one.value, one.active, one.kernel_would_choose) for one in modem.configurations]
    assert shown == [(1, True, False), (2, False, True), (3, False, False)]


def test_interfaces_say_function_driver_and_the_driver_they_should_have(tree: FakeTree):
    tree.add_usb(lt4112())
    (modem,) = usb_modems(tree.sysroot)
    qmi, ecm, mbim = modem.configurations
    lines = [
        (one.number, one.cls, one.function, one.driver, one.expected_driver)
        for one in (*qmi.interfaces, *ecm.interfaces, *mbim.interfaces)
    ]
    assert lines == [
        (0, "ff/01/01", "serial", "qcserial", "qcserial"),
        (3, "ff/01/07", "qmi", "qmi_wwan", "qmi_wwan"),
        (4, "ff/01/14", "serial", "qcserial", "qcserial"),
        (0, "02/06/00", "ecm", None, "cdc_ether"),
        (0, "02/0e/00", "mbim", None, "cdc_mbim"),
        (1, "0a/00/02", "data", None, None),
    ]


def test_nodes_hang_on_their_interface(tree: FakeTree):
    tree.add_usb(lt4112())
    (modem,) = usb_modems(tree.sysroot)
    assert modem.ports == (
        Port(
            path="/dev/cdc-wdm0",
            protocol="qmi",
            driver="qmi_wwan",
            interface=3,
            device="2-6",
            also=("/dev/wwan0qmi0",),
        ),
    )
    assert modem.netdevs == (Netdev(name="wwan0", driver="qmi_wwan", interface=3, raw_ip=True),)
    assert modem.serial == (
        SerialPort(path="/dev/ttyUSB0", driver="qcserial", interface=0),
        SerialPort(path="/dev/ttyUSB1", driver="qcserial", interface=4),
    )


def test_modem_without_binary_descriptors_shows_its_active_configuration(tree: FakeTree):
    tree.add_usb(em7455())
    (modem,) = usb_modems(tree.sysroot)
    active = modem.active_configuration
    assert active is not None
    assert [(one.number, one.alternate, one.function) for one in active.interfaces] == [
        (12, 0, "mbim"),
        (13, 1, "data"),
    ]
    assert modem.ports[0].protocol == "mbim"
    assert modem.netdevs[0].raw_ip is None


def test_other_devices_are_no_modems(tree: FakeTree):
    tree.add_usb(keyboard())
    tree.add_usb(hub())
    assert modems(tree.sysroot) == ()


def test_a_device_that_nobody_knows_is_no_modem_by_habits_of_others(tree: FakeTree):
    tree.add_usb(FakeDevice("1-1", "9999:0001", [FakeInterface(0, "ff/ff/ff", endpoints=2)]))
    assert modems(tree.sysroot) == ()


def test_empty_machine_has_no_modems(tree: FakeTree):
    assert modems(tree.sysroot) == ()


@pytest.mark.parametrize(
    "device",
    [
        FakeDevice("1-1", "2c7c:0125", [FakeInterface(4, "ff/ff/ff")]),
        FakeDevice("1-1", "03f0:581d", [FakeInterface(0, "02/06/00", "cdc_ether")]),
        FakeDevice("1-1", "9999:0001", [FakeInterface(0, "02/0e/00", endpoints=1)]),
        FakeDevice("1-1", "9999:0001", [FakeInterface(2, "ff/00/00", "option")]),
        FakeDevice("1-1", "05c6:9026", [FakeInterface(3, "ff/ff/ff", endpoints=1)]),
    ],
    ids=["vendor, unbound", "product, wrong configuration", "MBIM class", "driver", "-22"],
)
def test_modem_is_found_without_a_control_port(tree: FakeTree, device: FakeDevice):
    tree.add_usb(device)
    (modem,) = usb_modems(tree.sysroot)
    assert modem.ports == ()


@pytest.mark.parametrize(
    ("device", "function", "expected"),
    [
        (FakeDevice("1-1", "2c7c:0125", [FakeInterface(4, "ff/ff/ff")]), "qmi", "qmi_wwan"),
        (
            FakeDevice("1-1", "2c7c:0125", [FakeInterface(0, "ff/ff/ff", endpoints=2)]),
            "serial",
            "option",
        ),
        (FakeDevice("1-1", "1199:9071", [FakeInterface(8, "ff/ff/ff")]), "qmi", "qmi_wwan"),
        (FakeDevice("1-1", "1199:9071", [FakeInterface(3, "ff/00/00")]), None, None),
        (FakeDevice("1-1", "12d1:14db", [FakeInterface(1, "ff/02/16")]), "ncm", "huawei_cdc_ncm"),
        (
            FakeDevice("1-1", "03f0:421d", [FakeInterface(6, "02/06/00", "qmi_wwan")]),
            "qmi",
            "qmi_wwan",
        ),
        (FakeDevice("1-1", "12d1:1c05", [FakeInterface(3, "08/06/50")]), "storage", "usb-storage"),
    ],
)
def test_function_comes_from_tables_class_and_driver(
    tree: FakeTree, device: FakeDevice, function: str | None, expected: str | None
):
    tree.add_usb(device)
    (modem,) = usb_modems(tree.sysroot)
    active = modem.active_configuration
    assert active is not None
    assert [(one.function, one.expected_driver) for one in active.interfaces] == [
        (function, expected)
    ]


def test_pci_modem_is_found_by_its_wwan_ports(tree: FakeTree):
    tree.add_usb(em7455())
    tree.add_pci_port("0000:01:00.0", "wwan0qmi0", "QMI", "mhi-pci-generic")
    tree.add_pci_port("0000:01:00.0", "wwan0at0", "AT", "mhi-pci-generic")
    (modem,) = pci_modems(tree.sysroot)
    assert (modem.bus, modem.name, modem.id) == ("pci", "0000:01:00.0", "17cb:0306")
    assert [(one.path, one.protocol) for one in modem.ports] == [
        ("/dev/wwan0at0", "at"),
        ("/dev/wwan0qmi0", "qmi"),
    ]
    assert [one.bus for one in modems(tree.sysroot)] == ["usb", "pci"]


def test_select_finds_by_name_id_netdev_and_either_node(tree: FakeTree):
    tree.add_usb(lt4112())
    tree.add_usb(em7455())
    found = usb_modems(tree.sysroot)
    assert [one.name for one in select(found, usb_name="2-6")] == ["2-6"]
    assert [one.name for one in select(found, usb_id="1199:9079")] == ["1-1.4"]
    assert [one.name for one in select(found, netdev="wwan0")] == ["2-6"]
    assert [one.name for one in select(found, node="/dev/wwan0qmi0")] == ["2-6"]
    assert [one.name for one in select(found, node="/dev/cdc-wdm1")] == ["1-1.4"]
    assert select(found, usb_name="2-6", netdev="wwan1") == ()
    assert select(found) == found


def test_a_device_on_a_virtual_controller_was_plugged_in_by_a_program(tree: FakeTree):
    tree.add_usb(lt4112())
    tree.link("sys/bus/usb/devices/1-1", "sys/devices/platform/vhci_hcd.0/usb1/1-1")
    assert plugged_by_program("1-1", sysroot=tree.sysroot)
    assert not plugged_by_program("2-6", sysroot=tree.sysroot)


@pytest.mark.parametrize(
    ("attributes", "chosen"), [("e0", 2), ("a0", None)], ids=["own supply", "fed by the bus"]
)
def test_a_hub_without_a_supply_cannot_feed_what_asks_for_more(
    tree: FakeTree, attributes: str, chosen: int | None
):
    tree.add_usb(lt4112())
    device = "sys/devices/pci0000:00/0000:00:14.0/usb2/2-6"
    hub = f"{device[: device.rindex('/')]}"
    tree.write(f"{hub}/bmAttributes", f"{attributes}\n")
    tree.write(f"{hub}/speed", "480\n")
    moved = tree.root / hub.replace("usb2", "2-3")
    (tree.root / hub).rename(moved)
    link = tree.root / "sys/bus/usb/devices/2-6"
    link.unlink()
    link.symlink_to(moved / "2-6")
    (modem,) = usb_modems(tree.sysroot)
    found = [one.value for one in modem.configurations if one.kernel_would_choose]
    assert found == ([] if chosen is None else [chosen])


def test_a_device_that_calls_itself_a_modem_is_one(tree: FakeTree):
    loader = [FakeInterface(0, "ff/ff/ff", endpoints=2)]
    tree.add_usb(FakeDevice("1-1", "413c:fff0", loader, product="DW5826e Global LTE-A"))
    tree.add_usb(FakeDevice("1-2", "413c:fff1", loader, product="Dell Dock"))
    (modem,) = usb_modems(tree.sysroot)
    assert modem.name == "1-1"
