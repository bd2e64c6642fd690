# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules about the bus by what the host shows: its log, power, who chose."""

from __future__ import annotations

from qmiprobe.diagnosis import JsonValue
from tests.diagnosis.cases import ABSENT, QMI, Case, Known
from tests.diagnosis.usb_cases import ON_USB, configuration, interface, module

_NO_DEVICE: Known = {**QMI, "device.address": "the only modem", "device.path": "the only modem"}
_PORT = "/sys/bus/usb/devices/2-0:1.0/usb2-port6"
_CONFIGURATIONS: list[JsonValue] = [
    configuration(1, "qmi", "serial"),
    configuration(2, "ecm", "serial", kernel=True),
    configuration(3, "mbim", "serial", active=True),
]
_ECM_SET: list[JsonValue] = [
    configuration(1, "qmi", "serial"),
    configuration(2, "ecm", "serial", active=True, kernel=True),
    configuration(3, "mbim", "serial"),
]
_QMI_SET: list[JsonValue] = [
    configuration(1, "qmi", "serial", active=True),
    configuration(2, "ecm", "serial", kernel=True),
    configuration(3, "mbim", "serial"),
]
_MBIM_ONLY: list[JsonValue] = [configuration(1, "mbim", active=True, kernel=True)]


def _errors(kind: str, count: int, most: int = 1, text: str = "said") -> list[JsonValue]:
    return [{"kind": kind, "count": count, "most_in_a_second": most, "text": text}]


def _udev(value: str, *, fault: str | None = None) -> list[JsonValue]:
    file = "/etc/udev/rules.d/40-lte.rules"
    return [{"file": file, "line": 2, "value": value, "fault": fault}]


BUS = (
    Case(
        "usb/enumeration-failed",
        {
            "usb.log.enumeration": ["usb 2-6: device descriptor read/64, error -71"],
            "usb.log.enumeration.plug": "2-6",
            "usb.port": _PORT,
            "usb.modems": 0,
        },
        "usb.enumerated",
        near=(
            {"usb.log.enumeration": []},
            {"usb.log.enumeration": ABSENT},
            {"device.usb": "2-6"},
            {"usb.disc.id": "12d1:1f01"},
        ),
        says=("plugged in at 2-6", f"echo 1 > {_PORT}/disable", f"echo 0 > {_PORT}/disable"),
        base=_NO_DEVICE,
    ),
    Case(
        "usb/no-bandwidth",
        {
            "usb.log.bandwidth": ["usb 2-6: can't set config #1, error -28"],
            "usb.configurations": [configuration(1, "qmi")],
            "usb.unconfigured": [],
        },
        "usb.configuration",
        near=(
            {"usb.log.bandwidth": []},
            {"usb.log.bandwidth": ABSENT},
            {"usb.configurations": [configuration(1, "qmi", active=True)]},
        ),
        says=("no room left", "lsusb -t"),
        base=ON_USB,
    ),
    Case(
        "usb/endless-errors",
        {"usb.log.errors": _errors("interrupt", 900, 300)},
        "usb.errors",
        near=(
            {"usb.log.errors": _errors("interrupt", 900, 10)},
            {"usb.log.errors": _errors("stall", 900, 300)},
            {"usb.log.errors": ABSENT},
        ),
        says=("without a pause", "systemctl stop ModemManager", "2-6/authorized"),
        base=ON_USB,
    ),
    Case(
        "usb/stalls",
        {"usb.log.errors": _errors("stall", 4, text="cdc_wdm: nonzero urb status -EPIPE")},
        "usb.errors",
        near=(
            {"usb.log.errors": _errors("interrupt", 4)},
            {"usb.log.errors": []},
        ),
        says=("-32, EPIPE", "echo 0 > /sys/bus/usb/devices/2-6/authorized"),
        base=ON_USB,
        warns=True,
    ),
    Case(
        "netdev/watchdog",
        {"usb.log.errors": _errors("watchdog", 1, text="NETDEV WATCHDOG: wwan0 (cdc_mbim)")},
        "usb.errors",
        near=({"usb.log.errors": _errors("transfer", 1)}, {"usb.log.errors": ABSENT}),
        says=("/sys/class/net/wwan0/cdc_ncm/ndp_to_end",),
        base=ON_USB,
        warns=True,
    ),
    Case(
        "usb/slow-link",
        {"usb.speed": 480, "usb.super_speed": True},
        "usb.speed",
        near=(
            {"usb.speed": 5000},
            {"usb.speed": 10000},
            {"usb.super_speed": False},
            {"usb.super_speed": ABSENT},
        ),
        says=("connected with 480",),
        base=ON_USB,
        warns=True,
    ),
    Case(
        "usb/over-current",
        {"usb.over_currents": 3},
        "usb.power",
        near=({"usb.over_currents": 0}, {"usb.over_currents": ABSENT}),
        says=("switched off 3 times",),
        base=ON_USB,
        warns=True,
    ),
    Case(
        "usb/autosuspend",
        {
            "usb.power.control": "auto",
            "usb.power.status": "active",
            "usb.log.errors": _errors("resume", 2, text="qmi_wwan 2-6:1.3: Error autopm - -113"),
        },
        "usb.power",
        near=(
            {"usb.power.control": "on"},
            {"usb.log.errors": []},
            {"usb.log.errors": _errors("stall", 3)},
        ),
        says=("echo on > /sys/bus/usb/devices/2-6/power/control", "USB_EXCLUDE_WWAN"),
        base=ON_USB,
        warns=True,
    ),
)

CHOICE = (
    Case(
        "usb/switched-back",
        {
            "usb.configurations": _CONFIGURATIONS,
            "device.protocol.wanted": "qmi",
            "usb.mode_switch.file": "/usr/share/usb_modeswitch/configPack.tar.gz: 03f0:581d",
            "usb.mode_switch.sets": 0,
        },
        "usb.configuration",
        near=(
            {"usb.mode_switch.file": ABSENT},
            {"usb.mode_switch.sets": ABSENT},
            {"usb.mode_switch.sets": 2},
            {"usb.mode_switch.disabled": "NoMBIMCheck=1"},
            {"device.protocol.wanted": "mbim"},
            {"usb.configurations": _ECM_SET},
        ),
        says=(
            "usb_modeswitch sets configuration 3",
            "echo NoMBIMCheck=1 > /etc/usb_modeswitch.d/03f0:581d",
            "echo 1 > /sys/bus/usb/devices/2-6/bConfigurationValue",
        ),
        base=ON_USB,
    ),
    Case(
        "usb/switched-back",
        {
            "usb.configurations": _QMI_SET,
            "device.protocol.wanted": "mbim",
            "usb.mode_switch.file": "/usr/share/usb_modeswitch/configPack.tar.gz: 03f0:581d",
            "usb.mode_switch.sets": 1,
        },
        "usb.configuration",
        near=(
            {"usb.mode_switch.sets": 0},
            {"usb.mode_switch.sets": 3},
            {"usb.mode_switch.disabled": "DisableSwitching=1 in /etc/usb_modeswitch.conf"},
            {"device.protocol.wanted": "qmi"},
        ),
        says=(
            "usb_modeswitch sets configuration 1",
            "echo NoMBIMCheck=1 > /etc/usb_modeswitch.d/03f0:581d\n"
            "echo 3 > /sys/bus/usb/devices/2-6/bConfigurationValue",
        ),
        base=ON_USB,
    ),
    Case(
        "usb/switched-back",
        {
            "usb.configurations": _QMI_SET,
            "device.protocol.wanted": "mbim",
            "usb.mode_switch.file": "/etc/usb_modeswitch.d/03f0:581d",
            "usb.mode_switch.sets": 1,
        },
        "usb.configuration",
        near=({"usb.mode_switch.sets": ABSENT},),
        says=("Take that out of the file", "NoMBIMCheck=1' /etc/usb_modeswitch.d/03f0:581d"),
        never=("rm /etc", "echo NoMBIMCheck"),
        base=ON_USB,
    ),
    Case(
        "usb/udev-rule",
        {"usb.configurations": _ECM_SET, "usb.udev_rules": _udev("1", fault="has BUS, which")},
        "usb.configuration",
        near=({"usb.udev_rules": _udev("1")},),
        says=("line 2 has BUS, which: udev leaves it out", "rm /etc/udev/rules.d/40-lte.rules"),
        base=ON_USB,
    ),
    Case(
        "usb/udev-rule",
        {
            "usb.configurations": _QMI_SET,
            "device.protocol.wanted": "mbim",
            "usb.udev_rules": _udev("1"),
        },
        "usb.configuration",
        near=({"usb.udev_rules": _udev("3")}, {"device.protocol.wanted": "qmi"}),
        says=("sets configuration 1, which has no MBIM", '\\1"3"'),
        base=ON_USB,
    ),
    Case(
        "usb/udev-rule",
        {"usb.configurations": _ECM_SET, "usb.udev_rules": _udev("4")},
        "usb.configuration",
        near=(
            {"usb.udev_rules": []},
            {"usb.udev_rules": _udev("1")},
            {"usb.configurations": _MBIM_ONLY},
        ),
        says=(
            "40-lte.rules, line 2 sets configuration 4, which this modem has not",
            "echo 1 > /sys/bus/usb/devices/2-6/bConfigurationValue",
            "sed -i -E '2,2s/",
            "/etc/udev/rules.d/40-lte.rules",
        ),
        base=ON_USB,
    ),
    Case(
        "usb/other-composition",
        {
            "usb.configurations": _MBIM_ONLY,
            "device.usb_id": "1199:9079",
            "device.protocol.wanted": "qmi",
        },
        "usb.configuration",
        near=(
            {"device.protocol.wanted": "mbim"},
            {"device.protocol.wanted": ABSENT},
            {"usb.configurations": _CONFIGURATIONS},
            {"usb.configurations": [configuration(1, "ecm", active=True)]},
        ),
        says=("MBIM and no QMI", "AT!USBCOMP", "--dms-swi-set-usb-composition", "does not do that"),
        base=ON_USB,
    ),
    Case(
        "usb/configuration-dead",
        {
            "usb.configurations": _CONFIGURATIONS,
            "usb.interfaces": [
                interface("2-6:3.0", number=0, function="mbim", expected="cdc_mbim")
            ],
            "driver.modules": module(name="cdc_mbim"),
            "driver.failed": [
                {
                    "driver": "cdc_mbim",
                    "interface": "2-6:3.0",
                    "errno": "ENODEV",
                    "text": "cdc_mbim 2-6:3.0: failed GET_NTB_PARAMETERS",
                }
            ],
        },
        "driver.bound",
        near=(
            {"usb.configurations": _MBIM_ONLY},
            {"driver.failed": []},
            {"driver.modules": module(name="cdc_mbim", registered=False)},
        ),
        says=(
            "switched to configuration 3",
            "echo 0 > /sys/bus/usb/devices/2-6/bConfigurationValue",
            "echo 3 > /sys/bus/usb/devices/2-6/bConfigurationValue",
        ),
        base=ON_USB,
    ),
)
