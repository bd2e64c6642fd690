# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules about bus and drivers."""

from __future__ import annotations

from qmiprobe.diagnosis import JsonValue, Reason
from tests.diagnosis.cases import ABSENT, QMI, Case, Known

ON_USB: Known = {**QMI, "device.usb": "2-6", "device.usb_id": "03f0:581d"}
DEVICE = "/sys/bus/usb/devices/2-6"


def configuration(value: int, *functions: str, active: bool = False, kernel: bool = False) -> Known:
    return {"value": value, "active": active, "kernel": kernel, "functions": list(functions)}


_QMI_FIRST = configuration(1, "qmi", "serial")
_ECM = configuration(2, "ecm", "serial", active=True, kernel=True)
_MBIM = configuration(3, "mbim", "serial")
ALL: list[JsonValue] = [_QMI_FIRST, _ECM, _MBIM]


def interface(name: str = "2-6:1.3", **changes: JsonValue) -> Known:
    return {
        "name": name, "number": 3, "class": "ff/01/07", "function": "qmi", "driver": None,
        "expected": "qmi_wwan", "authorized": True,
        "pipes": ["interrupt-in", "bulk-in", "bulk-out"], "errno": None, "why": None, **changes,
    }  # fmt: skip


def module(**changes: JsonValue) -> list[JsonValue]:
    state: Known = {
        "name": "qmi_wwan", "registered": True, "installed": True, "blacklisted": None, **changes,
    }  # fmt: skip
    return [state]


BY_HAND: list[JsonValue] = [{"driver": "qmi_wwan", "id": "03f0 581d"}]

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
        says=("usb_modeswitch -v 12d1 -p 1f01 -J", "12d1:14db"),
    ),
    Case(
        "usb/mode-switch-disc",
        {"usb.disc.id": "19d2:2000", "usb.disc.name": "2-6", "usb.disc.becomes": []},
        "usb.enumerated",
        near=({"usb.disc.id": ABSENT},),
        says=("usb_modeswitch -v 19d2 -p 2000 -K",),
        base=QMI,
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
        says=(f"echo 1 > {DEVICE}/authorized", f"echo 0 > {DEVICE}/authorized"),
        base=ON_USB,
    ),
    Case(
        "usb/not-authorized",
        {
            "usb.authorized": False,
            "usb.configurations": [
                _QMI_FIRST,
                configuration(2, "ecm", "serial", kernel=True),
                _MBIM,
            ],
        },
        "usb.authorized",
        near=({"usb.authorized": True},),
        says=(f"echo 1 > {DEVICE}/authorized\necho 1 > {DEVICE}/bConfigurationValue",),
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
            {"usb.configurations": ALL},
            {"usb.configurations": ABSENT},
            {"usb.authorized": False},
            {"usb.unconfigured": ABSENT},
        ),
        says=("the port's power is too little", f"echo 1 > {DEVICE}/bConfigurationValue"),
        base=ON_USB,
    ),
    Case(
        "usb/wrong-configuration",
        {"usb.configurations": ALL, "device.protocol.wanted": "mbim"},
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
            f"echo 3 > {DEVICE}/bConfigurationValue",
            f"echo 1 > {DEVICE}/bConfigurationValue",
            f"echo 2 > {DEVICE}/bConfigurationValue",
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
            {"usb.configurations": ALL},
            {"usb.configurations": [configuration(1, active=True)]},
            {"usb.interfaces": ABSENT},
        ),
        says=("acm, ncm", "AT+GTUSBMODE=7"),
        base=ON_USB,
    ),
)
