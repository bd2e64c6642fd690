# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules that need nothing but the host: log, power, files, programs."""

from __future__ import annotations

from qmiprobe.diagnosis import JsonValue, Reason
from tests.diagnosis.cases import ABSENT, Case, Known
from tests.diagnosis.usb_cases import ON_USB, interface, module


def _other(**changes: JsonValue) -> list[JsonValue]:
    record: Known = {
        "name": "2-6:1.2", "driver": "qmi_wwan", "expected": "qcserial", "by_hand": "03f0 581d",
        "nodes": ["/dev/cdc-wdm1"], "file": None, **changes,
    }  # fmt: skip
    return [record]


_MBIM = interface(function="mbim", expected="cdc_mbim", driver="cdc_ncm")

DRIVERS = (
    Case(
        "driver/generic-serial",
        {
            "usb.interfaces": [
                interface(driver="usbserial_generic", function="mbim", expected="cdc_mbim")
            ],
            "driver.generic_parameters": "vendor=0x03f0 product=0x581d",
        },
        "driver.bound",
        near=(
            {"usb.interfaces": [interface(driver="option")]},
            {"usb.interfaces": [interface()]},
        ),
        says=(
            "the parameters of usbserial told it",
            "echo 2-6:1.3 > /sys/bus/usb/drivers/usbserial_generic/unbind",
            "echo 2-6:1.3 > /sys/bus/usb/drivers/cdc_mbim/bind",
        ),
        base=ON_USB,
    ),
    Case(
        "driver/prefers-ncm",
        {"usb.interfaces": [_MBIM], "driver.prefer_mbim": False},
        "driver.bound",
        near=(
            {"driver.prefer_mbim": True},
            {"driver.prefer_mbim": ABSENT},
            {"usb.interfaces": [interface(driver="option")]},
        ),
        says=(
            "echo Y > /sys/module/cdc_ncm/parameters/prefer_mbim",
            "echo 2-6:1.3 > /sys/bus/usb/drivers/cdc_mbim/bind",
        ),
        base=ON_USB,
    ),
    Case(
        "driver/used-by-program",
        {
            "usb.interfaces": [interface(driver="usbfs")],
            "driver.programs": [{"pid": 4711, "program": "qemu-system-x86"}],
        },
        "driver.bound",
        near=({"usb.interfaces": [interface(driver="option")]},),
        says=(
            "qemu-system-x86 (pid 4711)",
            "kill 4711",
            "echo 2-6:1.3 > /sys/bus/usb/drivers_probe",
        ),
        base=ON_USB,
    ),
    Case(
        "driver/module-rejected",
        {
            "usb.interfaces": [interface()],
            "driver.modules": module(registered=False),
            "driver.rejected": ["Lockdown: modprobe: unsigned module loading is restricted"],
            "host.lockdown": "integrity",
        },
        "driver.bound",
        near=(
            {"driver.rejected": []},
            {"driver.modules": module()},
            {"usb.interfaces": [interface(driver="option")]},
        ),
        says=("refuses to load qmi_wwan", "modprobe qmi_wwan"),
        base=ON_USB,
    ),
    Case(
        "driver/leftover-dynamic-id",
        {
            "driver.left_over": [{"driver": "qmi_wwan", "id": "2c7c 0125", "dtr": True}],
            "driver.control": "2-6:1.4",
        },
        "driver.bound",
        near=({"driver.left_over": []}, {"driver.left_over": ABSENT}),
        says=(
            "does not set DTR",
            "echo '2c7c 0125' > /sys/bus/usb/drivers/qmi_wwan/remove_id",
            "echo 2-6:1.4 > /sys/bus/usb/drivers/qmi_wwan/bind",
        ),
        base=ON_USB,
        warns=True,
    ),
    Case(
        "driver/bogus-control-port",
        {
            "driver.others": _other(),
            "driver.notified": ["cdc_wdm 2-6:1.2: unknown notification 32 received"],
        },
        "driver.others",
        near=(
            {"driver.others": _other(driver="usbserial_generic")},
            {"driver.others": _other(driver=None, file="/etc/modprobe.d/a.conf")},
            {"driver.others": []},
        ),
        says=(
            "/dev/cdc-wdm1 is no control port",
            "echo '03f0 581d' > /sys/bus/usb/drivers/qmi_wwan/remove_id",
            "echo 2-6:1.2 > /sys/bus/usb/drivers/qmi_wwan/unbind",
            "modprobe qcserial",
        ),
        base=ON_USB,
    ),
    Case(
        "driver/generic-on-serial",
        {"driver.others": _other(driver="usbserial_generic", nodes=[])},
        "driver.others",
        near=({"driver.others": _other()}, {"driver.others": ABSENT}),
        says=(
            "echo 2-6:1.2 > /sys/bus/usb/drivers/usbserial_generic/unbind",
            "echo 2-6:1.2 > /sys/bus/usb/drivers/qcserial/bind",
        ),
        base=ON_USB,
        warns=True,
    ),
    Case(
        "driver/serial-kept-out",
        {"driver.others": _other(driver=None, by_hand=None, file="/etc/modprobe.d/a.conf")},
        "driver.others",
        near=({"driver.others": _other(driver=None)}, {"driver.others": []}),
        says=("/etc/modprobe.d/a.conf keeps qcserial out", "modprobe qcserial"),
        base=ON_USB,
        warns=True,
    ),
)

_TWICE: list[JsonValue] = [{"pid": 17, "program": "uqmi", "path": "/dev/wwan0qmi0"}]

HOST = (
    Case(
        "host/read-only-sysfs",
        {"host.sysfs_read_only": True, "host.container": "/.dockerenv"},
        "host.sight",
        near=({"host.sysfs_read_only": False}, {"host.sysfs_read_only": ABSENT}),
        says=("in this container", "-v /sys:/sys"),
        warns=True,
        beside=("usb.authorized",),
    ),
    Case(
        "radio/switched-off",
        {
            "radio.switches": [
                {
                    "name": "tpacpi_wwan_sw",
                    "path": "/sys/class/rfkill/rfkill3",
                    "soft": True,
                    "hard": False,
                }
            ]
        },
        "radio.rfkill",
        near=({"radio.switches": []}, {"radio.switches": ABSENT}),
        says=("tpacpi_wwan_sw", "rfkill unblock wwan", "rfkill block wwan"),
    ),
    Case(
        "port/manager-overlooks",
        {
            "port.manager": [{"pid": 9, "program": "ModemManager", "path": "/dev/ttyUSB2"}],
            "port.driver": "qmi_wwan",
        },
        "port.manager",
        near=({"port.manager": []}, {"port.manager": ABSENT}),
        says=("/dev/ttyUSB2", "systemctl restart ModemManager"),
        warns=True,
    ),
    Case(
        "port/held-by-other-name",
        {"port.other_name": _TWICE},
        "port.holder",
        near=({"port.other_name": []}, {"port.other_name": ABSENT}),
        says=("uqmi (pid 17)", "/dev/wwan0qmi0", "kill 17"),
        reason=Reason.CANNOT_TEST,
    ),
    Case(
        "port/renumbered",
        {"port.error": "missing", "port.others": ["/dev/cdc-wdm1"]},
        "port.node",
        near=({"port.error": "busy"}, {"port.others": []}, {"port.others": ABSENT}),
        says=("there is no /dev/cdc-wdm0", "qmiprobe check /dev/cdc-wdm1"),
        reason=Reason.CANNOT_TEST,
    ),
    Case(
        "port/device-cgroup",
        {
            "port.error": "permission",
            "port.errno": "EPERM",
            "port.allowed": True,
            "port.mode": "crw-rw-rw-",
            "host.container": "/.dockerenv",
        },
        "port.open",
        near=({"port.errno": "EACCES"}, {"port.allowed": False}, {"port.allowed": ABSENT}),
        says=("EPERM", "--device-cgroup-rule"),
        reason=Reason.CANNOT_TEST,
    ),
    Case(
        "driver/at-commands-only",
        {"port.protocol": "at", "port.driver": "huawei_cdc_ncm"},
        "port.protocol",
        near=({"port.protocol": ABSENT},),
        says=("carries AT commands", "huawei_cdc_ncm", "AT^SETPORT"),
    ),
)

SETTINGS = (
    Case(
        "netdev/other-namespace",
        {"netdev.present": False, "port.driver": "qmi_wwan"},
        "netdev.present",
        near=(
            {"netdev.present": True},
            {"netdev.present": ABSENT},
            {"port.driver": "option"},
            {"port.driver": ABSENT},
        ),
        says=("not in this network namespace", "ip netns list"),
    ),
    Case(
        "netdev/no-such",
        {"netdev.present": False, "netdev.others": ["eth0", "wwan1"]},
        "netdev.present",
        near=({"netdev.present": True}, {"netdev.present": ABSENT}, {"netdev.others": ABSENT}),
        says=("eth0, wwan1", "qmiprobe doctor"),
    ),
    Case(
        "netdev/dhcp-on-raw-ip",
        {"netdev.raw_ip": True, "netdev.dhcp_clients": [{"pid": 12, "program": "dhclient"}]},
        "netdev.settings",
        near=(
            {"netdev.raw_ip": False},
            {"netdev.dhcp_clients": []},
            {"netdev.dhcp_clients": ABSENT},
        ),
        says=("dhclient (pid 12)", "kill 12"),
        warns=True,
    ),
    Case(
        "netdev/old-usbnet",
        {"netdev.raw_ip": True, "netdev.usbnet": "4.4.302"},
        "netdev.settings",
        near=({"netdev.raw_ip": False}, {"netdev.usbnet": ABSENT}),
        says=("4.4.302", "14 bytes"),
        warns=True,
    ),
    Case(
        "netdev/aggregation-mtu",
        {"netdev.muxes": ["qmimux0"], "netdev.rx_errors": 41, "netdev.mtu": 1500},
        "netdev.settings",
        near=(
            {"netdev.muxes": []},
            {"netdev.rx_errors": 0},
            {"netdev.mtu": 16384},
        ),
        says=("ip link set dev wwan0 mtu 16384", "ip link set dev wwan0 mtu 1500"),
        warns=True,
    ),
)
