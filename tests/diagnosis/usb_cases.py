# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules about bus and drivers."""

from __future__ import annotations

from qmiprobe.diagnosis import JsonValue, Reason
from tests.diagnosis.cases import ABSENT, QMI, Case, Known

ON_USB: Known = {**QMI, "device.usb": "2-6", "device.usb_id": "03f0:581d"}
_DEVICE = "/sys/bus/usb/devices/2-6"


def configuration(value: int, *functions: str, active: bool = False, kernel: bool = False) -> Known:
    return {"value": value, "active": active, "kernel": kernel, "functions": list(functions)}


_QMI_FIRST = configuration(1, "qmi", "serial")
_ECM = configuration(2, "ecm", "serial", active=True, kernel=True)
_MBIM = configuration(3, "mbim", "serial")
_ALL: list[JsonValue] = [_QMI_FIRST, _ECM, _MBIM]


def interface(name: str = "2-6:1.3", **changes: JsonValue) -> Known:
    return {
        "name": name, "number": 3, "class": "ff/01/07", "function": "qmi", "driver": None,
        "expected": "qmi_wwan", "authorized": True,
        "pipes": ["interrupt-in", "bulk-in", "bulk-out"], "errno": None, "why": None, **changes,
    }  # fmt: skip


def _data(driver: str | None) -> Known:
    return interface(
        "2-6:1.4", number=4, function="data", driver=driver, expected="cdc_mbim", pipes=[]
    )


def module(**changes: JsonValue) -> list[JsonValue]:
    state: Known = {
        "name": "qmi_wwan", "registered": True, "installed": True, "blacklisted": None, **changes,
    }  # fmt: skip
    return [state]


_READY: Known = {"driver.modules": module()}
_FAILED: list[JsonValue] = [
    {
        "driver": "qmi_wwan",
        "interface": "2-6:1.3",
        "errno": "EINVAL",
        "text": "qmi_wwan: probe of 2-6:1.3 failed with error -22",
    }
]
BY_HAND: list[JsonValue] = [{"driver": "qmi_wwan", "id": "03f0 581d"}]
_MBIM_BY_QMI = interface(driver="qmi_wwan", function="mbim", expected="cdc_mbim")

USB = (
    Case(
        "usb/not-there",
        {"usb.modems": 2, "device.address": "2-5", "device.path": "2-5"},
        "usb.enumerated",
        near=({"usb.modems": 0}, {"usb.modems": ABSENT}, {"device.usb": "2-5"}),
        says=("no modem is at 2-5", "2 others", "qmiprobe list"),
        reason=Reason.CANNOT_TEST,
    ),
    Case(
        "usb/mode-switch-disc",
        {"usb.disc.id": "12d1:1f01", "usb.disc.name": "2-6", "usb.disc.becomes": ["12d1:14db"]},
        "usb.enumerated",
        near=({"usb.disc.id": ABSENT},),
        says=("usb_modeswitch -v 12d1 -p 1f01 -K", "12d1:14db"),
    ),
    Case(
        "usb/boot-loader",
        {"usb.boot_loader": "1199:9070"},
        "usb.enumerated",
        near=({"usb.boot_loader": ABSENT},),
        says=("1199:9070", "firmware"),
    ),
    Case(
        "usb/another-id",
        {
            "usb.instead": "1199:9070",
            "usb.history": ["1199:9071", "1199:9070"],
            "usb.history.plug": "2-6",
        },
        "usb.enumerated",
        near=(
            {"usb.instead": ABSENT},
            {"usb.history": ABSENT},
            {"usb.history": ["1199:9070", "1199:9070"]},
        ),
        says=("was 1199:9071 and came back as 1199:9070", "qmiprobe check 2-6"),
    ),
    Case(
        "usb/comes-and-goes",
        {"usb.comings": 6, "usb.history": ["2c7c:0125"] * 6},
        "usb.enumerated",
        near=({"usb.comings": 4}, {"usb.comings": ABSENT}, {"usb.instead": "2c7c:0800"}),
        says=("6 times within a minute", "systemctl stop ModemManager"),
    ),
    Case(
        "usb/not-authorized",
        {"usb.authorized": False},
        "usb.authorized",
        near=({"usb.authorized": True}, {"usb.authorized": ABSENT}),
        says=(f"echo 1 > {_DEVICE}/authorized", f"echo 0 > {_DEVICE}/authorized"),
        base=ON_USB,
    ),
    Case(
        "usb/unconfigured",
        {
            "usb.configurations": [_QMI_FIRST, _MBIM],
            "usb.unconfigured": ["usb 2-6: rejected 1 configuration due to insufficient power"],
        },
        "usb.configuration",
        near=(
            {"usb.configurations": _ALL},
            {"usb.configurations": ABSENT},
            {"usb.authorized": False},
            {"usb.unconfigured": ABSENT},
        ),
        says=("the port's power is too little", f"echo 1 > {_DEVICE}/bConfigurationValue"),
        base=ON_USB,
    ),
    Case(
        "usb/wrong-configuration",
        {"usb.configurations": _ALL, "device.protocol.wanted": "mbim"},
        "usb.configuration",
        near=(
            {"usb.configurations": ABSENT},
            {"usb.configurations": [_QMI_FIRST, configuration(3, "mbim", active=True)]},
            {
                "usb.configurations": [configuration(1, "qmi", active=True), _MBIM],
                "device.protocol.wanted": "qmi",
            },
            {"usb.configurations": [_ECM]},
            {"usb.configurations": [_QMI_FIRST, _MBIM]},
        ),
        says=(
            "USB configuration 2 is set (as Linux chooses by itself): it has ecm, serial",
            f"echo 3 > {_DEVICE}/bConfigurationValue",
            f"echo 1 > {_DEVICE}/bConfigurationValue",
            f"echo 2 > {_DEVICE}/bConfigurationValue",
            'ATTR{idProduct}=="581d"',
        ),
        base=ON_USB,
    ),
    Case(
        "usb/composition",
        {
            "usb.configurations": [configuration(1, "acm", "ncm", active=True)],
            "usb.interfaces": [interface(function="ncm", expected="cdc_ncm", driver="cdc_ncm")],
            "device.usb_id": "8087:095a",
        },
        "driver.bound",
        near=(
            {"usb.configurations": _ALL},
            {"usb.configurations": [configuration(1, active=True)]},
            {"usb.interfaces": ABSENT},
        ),
        says=("acm, ncm", "AT+GTUSBMODE=7"),
        base=ON_USB,
    ),
)

DRIVER = (
    Case(
        "driver/dynamic-id",
        {"usb.interfaces": [_MBIM_BY_QMI, _data("qmi_wwan")], "driver.dynamic_ids": BY_HAND},
        "driver.bound",
        near=(
            {"usb.interfaces": [interface(driver="qmi_wwan")]},
            {"usb.interfaces": [interface()]},
        ),
        says=(
            "echo '03f0 581d' > /sys/bus/usb/drivers/qmi_wwan/remove_id",
            "echo 2-6:1.3 > /sys/bus/usb/drivers/cdc_mbim/bind",
        ),
        never=("2-6:1.4",),
        base=ON_USB,
    ),
    Case(
        "driver/dynamic-id",
        {
            "usb.configurations": _ALL,
            "usb.interfaces": [
                interface(
                    "2-6:2.0", number=0, function="ecm", expected="cdc_ether", driver="qmi_wwan"
                )
            ],
            "driver.dynamic_ids": [*BY_HAND, *BY_HAND],
        },
        "usb.configuration",
        near=(
            {"driver.dynamic_ids": []},
            {
                "usb.interfaces": [
                    interface(function="ecm", expected="cdc_ether", driver="cdc_ether")
                ]
            },
        ),
        says=(
            "qmi_wwan has interface 2-6:2.0 (ECM), which is for cdc_ether",
            "remove_id\necho '03f0 581d' > /sys/bus/usb/drivers/qmi_wwan/remove_id\n"
            f"echo 1 > {_DEVICE}/bConfigurationValue",
        ),
        base=ON_USB,
    ),
    Case(
        "driver/serial-thief",
        {
            "usb.interfaces": [
                interface(driver="option", function="mbim", expected="cdc_mbim"),
                _data("option"),
            ]
        },
        "driver.bound",
        near=(
            {"usb.interfaces": [interface(driver="qmi_wwan")]},
            {"usb.interfaces": [interface(driver="cdc_ncm")]},
            {"driver.dynamic_ids": [{"driver": "option", "id": "03f0 581d"}]},
        ),
        says=(
            "echo 2-6:1.3 > /sys/bus/usb/drivers/option/unbind",
            "echo 2-6:1.4 > /sys/bus/usb/drivers/option/unbind",
            "echo 2-6:1.3 > /sys/bus/usb/drivers/cdc_mbim/bind",
        ),
        base=ON_USB,
    ),
    Case(
        "driver/vendor-driver",
        {"usb.interfaces": [interface(driver="GobiNet")]},
        "driver.bound",
        near=({"usb.interfaces": [interface(driver="option")]},),
        says=("rmmod GobiNet", "modprobe qmi_wwan", "blacklist GobiNet"),
        base=ON_USB,
    ),
    Case(
        "driver/wrong-driver",
        {"usb.interfaces": [interface(driver="cdc_ncm", expected="cdc_mbim", function="mbim")]},
        "driver.bound",
        near=(
            {"usb.interfaces": [interface(driver="option")]},
            {"usb.interfaces": [interface(driver="GobiNet")]},
            {"usb.interfaces": [interface()]},
            {"usb.interfaces": [interface(function="ncm", driver="cdc_mbim")]},
        ),
        says=("cdc_ncm has interface 2-6:1.3 (MBIM)", "modprobe cdc_mbim"),
        base=ON_USB,
    ),
    Case(
        "driver/interface-not-authorized",
        {"usb.interfaces": [interface(authorized=False)], **_READY},
        "driver.bound",
        near=(
            {"usb.interfaces": [interface(driver="option", authorized=False)]},
            {"usb.interfaces": [interface()]},
        ),
        says=(
            "echo 1 > /sys/bus/usb/devices/2-6:1.3/authorized",
            "echo 2-6:1.3 > /sys/bus/usb/drivers_probe",
            "usb2/interface_authorized_default",
        ),
        base=ON_USB,
    ),
    Case(
        "driver/blacklisted",
        {
            "usb.interfaces": [interface()],
            "driver.modules": module(registered=False, blacklisted="/etc/modprobe.d/my.conf"),
        },
        "driver.bound",
        near=(
            {"driver.modules": module(registered=False)},
            {"driver.modules": module(blacklisted="/etc/modprobe.d/my.conf")},
            {"driver.modules": ABSENT},
        ),
        says=("/etc/modprobe.d/my.conf keeps the driver qmi_wwan out", "modprobe qmi_wwan"),
        base=ON_USB,
    ),
    Case(
        "driver/not-installed",
        {
            "usb.interfaces": [interface()],
            "driver.modules": module(registered=False, installed=False),
        },
        "driver.bound",
        near=(
            {"driver.modules": module(registered=False, installed=None)},
            {"driver.modules": module(registered=False)},
            {"driver.modules": module()},
        ),
        says=("is not installed", "linux-modules-extra"),
        base=ON_USB,
    ),
    Case(
        "driver/not-loaded",
        {"usb.interfaces": [interface()], "driver.modules": module(registered=False)},
        "driver.bound",
        near=(
            {"driver.modules": module(registered=False, installed=False)},
            {"driver.modules": module(registered=False, blacklisted="/etc/modprobe.d/x.conf")},
            {"driver.modules": module()},
            {"usb.interfaces": [interface(authorized=False)]},
        ),
        says=("is not loaded", "modprobe qmi_wwan", "/etc/modules-load.d/wwan.conf"),
        base=ON_USB,
    ),
    Case(
        "driver/probe-failed",
        {
            "usb.interfaces": [interface(pipes=["bulk-in", "bulk-out"])],
            "driver.failed": _FAILED,
            **_READY,
        },
        "driver.bound",
        near=(
            {"driver.failed": ABSENT},
            {"driver.failed": [{**_FAILED[0], "interface": "2-6:1.4"}]},  # type: ignore[dict-item]
            {"driver.failed": [{**_FAILED[0], "driver": "option"}]},  # type: ignore[dict-item]
            {"driver.modules": module(registered=False)},
        ),
        says=("fails at interface 2-6:1.3 (QMI) with EINVAL: there is no interrupt IN endpoint",),
        base=ON_USB,
    ),
    Case(
        "driver/data-interface-taken",
        {
            "usb.interfaces": [
                interface(function="mbim", expected="cdc_mbim"),
                _data("option"),
            ],
            "driver.modules": module(name="cdc_mbim"),
        },
        "driver.bound",
        near=(
            {"usb.interfaces": [interface(function="mbim", expected="cdc_mbim"), _data(None)]},
            {"driver.modules": module(name="cdc_mbim", registered=False)},
        ),
        says=(
            "option has 2-6:1.4, the data interface",
            "echo 2-6:1.4 > /sys/bus/usb/drivers/option/unbind",
            "echo 2-6:1.3 > /sys/bus/usb/drivers/cdc_mbim/bind",
        ),
        base=ON_USB,
    ),
    Case(
        "driver/gave-back",
        {
            "usb.interfaces": [interface(function="mbim", expected="cdc_mbim")],
            "driver.modules": module(name="cdc_mbim"),
            "driver.failed": [
                {
                    "driver": "cdc_mbim",
                    "interface": "2-6:1.3",
                    "errno": "ENODEV",
                    "text": "cdc_mbim 2-6:1.3: failed GET_NTB_PARAMETERS",
                }
            ],
        },
        "driver.bound",
        near=(
            {"driver.failed": ABSENT},
            {"usb.interfaces": [interface(function="mbim", expected="cdc_mbim"), _data("option")]},
            {"driver.modules": module(name="cdc_mbim", registered=False)},
        ),
        says=(
            "refuses to say how it transfers packets",
            "echo 2-6:1.3 > /sys/bus/usb/drivers/cdc_mbim/bind",
        ),
        base=ON_USB,
    ),
    Case(
        "driver/refused",
        {
            "usb.interfaces": [
                interface(errno="ENODEV", why="with exactly two endpoints it is no QMI")
            ],
            **_READY,
        },
        "driver.bound",
        near=(
            {"usb.interfaces": [interface()]},
            {"usb.interfaces": [interface(errno="EINVAL", why="no interrupt")]},
            {"driver.failed": _FAILED},
        ),
        says=("ENODEV, which is not logged", "with exactly two endpoints it is no QMI"),
        base=ON_USB,
    ),
    Case(
        "driver/unknown-id",
        {"usb.interfaces": [interface()], "driver.alias": ["qcserial"], **_READY},
        "driver.bound",
        near=(
            {"driver.alias": ["qcserial", "qmi_wwan"]},
            {"driver.alias": ABSENT},
            {"driver.failed": _FAILED},
        ),
        says=(
            "echo '03f0 581d ff 1199 9071' > /sys/bus/usb/drivers/qmi_wwan/new_id",
            "echo '03f0 581d' > /sys/bus/usb/drivers/qmi_wwan/remove_id",
        ),
        base=ON_USB,
    ),
    Case(
        "driver/unbound",
        {"usb.interfaces": [interface()], "driver.alias": ["qmi_wwan"], **_READY},
        "driver.bound",
        near=(
            {"driver.alias": ["qcserial"]},
            {"driver.failed": _FAILED},
            {"usb.interfaces": [interface(driver="option")]},
            {"usb.interfaces": [interface(errno="ENODEV", why="two")]},
            {"driver.modules": ABSENT},
        ),
        says=("echo 2-6:1.3 > /sys/bus/usb/drivers/qmi_wwan/bind",),
        base=ON_USB,
    ),
)
