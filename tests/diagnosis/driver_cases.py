# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules about drivers and the control interface."""

from __future__ import annotations

from qmiprobe.diagnosis import JsonValue
from tests.diagnosis.cases import ABSENT, Case, Known
from tests.diagnosis.usb_cases import ALL, BY_HAND, DEVICE, ON_USB, interface, module


def _data(driver: str | None) -> Known:
    return interface(
        "2-6:1.4", number=4, function="data", driver=driver, expected="cdc_mbim", pipes=[]
    )


_READY: Known = {"driver.modules": module()}
_FAILED: list[JsonValue] = [
    {
        "driver": "qmi_wwan",
        "interface": "2-6:1.3",
        "errno": "EINVAL",
        "text": "qmi_wwan: probe of 2-6:1.3 failed with error -22",
    }
]
_MBIM_BY_QMI = interface(driver="qmi_wwan", function="mbim", expected="cdc_mbim")

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
            "usb.configurations": ALL,
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
            f"echo 1 > {DEVICE}/bConfigurationValue",
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
        "driver/vendor-driver",
        {"usb.interfaces": [interface(driver="qmi_wwan_simcom")]},
        "driver.bound",
        near=({"usb.interfaces": [interface(driver="qmi_wwan")]},),
        says=("rmmod qmi_wwan_simcom", "blacklist qmi_wwan_simcom"),
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
        {
            "usb.interfaces": [
                interface(function="mbim", expected="cdc_mbim"),
                {**_data(None), "authorized": False},
            ],
            "driver.modules": module(name="cdc_mbim"),
        },
        "driver.bound",
        near=({"usb.interfaces": [interface(), _data(None)]},),
        says=(
            "interface 2-6:1.3 (MBIM): 2-6:1.4 is not authorized",
            "echo 1 > /sys/bus/usb/devices/2-6:1.4/authorized",
            "echo 2-6:1.3 > /sys/bus/usb/drivers_probe",
        ),
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
            {"usb.interfaces": [interface(predicted=None)]},
            {"usb.interfaces": [interface(errno="ENODEV", why="two endpoints")]},
        ),
        says=("is not loaded", "modprobe qmi_wwan", "/etc/modules-load.d/wwan.conf"),
        base=ON_USB,
    ),
    Case(
        "driver/probe-failed",
        {
            "usb.interfaces": [interface(errno="EINVAL", why="there is no interrupt IN endpoint")],
            "driver.modules": module(registered=False),
        },
        "driver.bound",
        near=(
            {"driver.modules": module(registered=False, installed=False)},
            {"usb.interfaces": [interface(errno="ENODEV", why="two endpoints")]},
        ),
        says=("qmi_wwan would fail at interface 2-6:1.3 (QMI) with EINVAL: there is no interrupt",),
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
            {"driver.modules": module(name="cdc_mbim", registered=False, installed=False)},
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
        "driver/data-interface-taken",
        {
            "usb.interfaces": [interface(function="mbim", expected="cdc_mbim"), _data("option")],
            "driver.modules": module(name="cdc_mbim", registered=False),
        },
        "driver.bound",
        near=({"usb.interfaces": [interface(function="mbim", expected="cdc_mbim"), _data(None)]},),
        says=("cdc_mbim would give both back", "option/unbind\nmodprobe cdc_mbim"),
        never=("cdc_mbim/bind",),
        base=ON_USB,
    ),
    Case(
        "driver/refused",
        {
            "usb.interfaces": [interface(errno="ENODEV", why="with exactly two endpoints")],
            "driver.modules": module(registered=False),
        },
        "driver.bound",
        near=(
            {"usb.interfaces": [interface(predicted=None)]},
            {"driver.modules": module(registered=False, blacklisted="/etc/modprobe.d/x.conf")},
        ),
        says=("qmi_wwan would give interface 2-6:1.3 (QMI) back", "with exactly two endpoints"),
        never=("modprobe",),
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
        "driver/unknown-id",
        {
            "usb.interfaces": [interface(predicted=None)],
            "driver.modules": module(registered=False),
        },
        "driver.bound",
        near=(
            {"usb.interfaces": [interface(predicted="qmi_wwan")]},
            {"usb.interfaces": [interface(predicted=None, errno="EINVAL", why="no pipes")]},
            {"usb.interfaces": [interface(predicted=None, function="mbim", expected="cdc_mbim")]},
            {"driver.modules": module(registered=False, installed=False)},
            {"driver.modules": module(registered=False, blacklisted="/etc/modprobe.d/x.conf")},
        ),
        says=(
            "modprobe qmi_wwan\n"
            "echo '03f0 581d ff 1199 9071' > /sys/bus/usb/drivers/qmi_wwan/new_id\n"
            "echo '03f0 581d' > /sys/bus/usb/drivers/qmi_wwan/remove_id",
            "modprobe -r qmi_wwan",
        ),
        base=ON_USB,
    ),
    Case(
        "driver/blacklisted",
        {
            "usb.interfaces": [interface(predicted=None)],
            "driver.modules": module(registered=False, blacklisted="/etc/modprobe.d/my.conf"),
        },
        "driver.bound",
        near=({"driver.modules": module(registered=False)},),
        says=("modprobe qmi_wwan\necho '03f0 581d ff 1199 9071' > ",),
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
