# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules from the bus to the modem."""

from __future__ import annotations

from qmiprobe.diagnosis import Reason
from tests.diagnosis.cases import ABSENT, MBIM, Case, Known

_WRONG: Known = {"kind": "wrong-transaction", "text": "asked 7, got 6"}
_LOST: Known = {"kind": "lost", "text": "the driver dropped an answer"}
_LATE: Known = {"kind": "late", "text": "3 s late"}
_OTHER_SERVICE: Known = {"kind": "wrong-service", "text": "service 0x42"}
_MANAGER: Known = {"pid": 4711, "program": "ModemManager"}
_OTHER: Known = {"pid": 4712, "program": "quectel-CM"}


def _refusal(check: str, question: str, kind: str, number: int, name: str | None) -> Known:
    return {
        "check": check,
        "question": question,
        "kind": kind,
        "number": number,
        "name": name,
    }


_BUSY = _refusal("control.protocol", "OPEN", "status", 1, "busy")
_FAILURE = _refusal("control.protocol", "OPEN", "status", 2, "failure")
_ODD = _refusal("device.identity", "dms get-manufacturer", "qmi-error", 65000, None)
_CAPS = _refusal("device.identity", "basic-connect device-caps", "status", 2, "failure")
_NO_ID = _refusal("session.up", "ctl allocate-cid", "qmi-error", 5, "client-ids-exhausted")
_UNREADABLE: Known = {"check": "device.identity", "text": "device-caps: value at 5000 of 40 bytes"}

PORT = (
    Case(
        rule="usb/no-modem",
        known={"usb.modems": 0},
        fails="usb.enumerated",
        near=({"usb.modems": 1}, {"usb.modems": ABSENT}),
        says=("qmiprobe list",),
    ),
    Case(
        rule="port/missing",
        known={"port.error": "missing", "port.errno": "ENOENT"},
        fails="port.open",
        near=({"port.error": "permission"},),
        says=("no control port /dev/cdc-wdm0",),
    ),
    Case(
        rule="port/permission",
        known={"port.error": "permission", "port.errno": "EACCES", "port.group": "dialout"},
        fails="port.open",
        near=({"port.error": "missing"},),
        says=("sudo qmiprobe check /dev/cdc-wdm0", 'sudo usermod -aG dialout "$USER"'),
    ),
    Case(
        rule="port/permission",
        known={"port.error": "permission", "port.group": "root"},
        fails="port.open",
        near=({"port.error": "busy"},),
        says=("sudo qmiprobe",),
        never=("usermod",),
    ),
    Case(
        rule="port/held",
        known={"port.holders": [_MANAGER]},
        fails="port.holder",
        near=({"port.proxy": True}, {"port.holders": []}, {"port.holders": ABSENT}),
        says=("ModemManager (pid 4711)", "systemctl stop ModemManager", "systemctl start"),
    ),
    Case(
        rule="port/held",
        known={"port.holders": [_OTHER]},
        fails="control.answers",
        near=({"port.proxy": True},),
        says=("kill 4712",),
        never=("systemctl",),
    ),
    Case(
        rule="port/proxy-failed",
        known={"port.error": "proxy"},
        fails="port.open",
        near=({"port.error": "gone"}, {"port.error": ABSENT}),
        says=("qmi-proxy does not carry", "qmiprobe check qmi:/dev/cdc-wdm0"),
    ),
    Case(
        rule="port/proxy-failed",
        known={"port.error": "proxy"},
        base=MBIM,
        fails="control.answers",
        near=({"port.error": "io"},),
        says=("mbim-proxy does not carry", "qmiprobe check mbim:/dev/cdc-wdm0"),
    ),
    Case(
        rule="port/gone",
        known={"port.error": "gone", "port.errno": "ENODEV"},
        fails="port.open",
        near=({"port.error": "busy"},),
        says=("dmesg",),
    ),
)

CONTROL = (
    Case(
        rule="control/no-answer",
        known={"device.protocol.heard": ABSENT, "device.usb": "2-6"},
        fails="control.protocol",
        reason=Reason.NO_ANSWER,
        near=(
            {"device.protocol.heard": "mbim"},
            {"control.anomalies": [_LATE]},
            {"port.holders": [_MANAGER]},
            {"port.error": "gone"},
        ),
        says=("does not answer QMI on /dev/cdc-wdm0", "/sys/bus/usb/devices/2-6/authorized"),
    ),
    Case(
        rule="control/other-protocol",
        known={
            "device.protocol.wanted": "mbim",
            "device.address": "mbim:/dev/cdc-wdm0",
        },
        fails="control.protocol",
        reason=Reason.OTHER_PROTOCOL,
        near=({"device.protocol.wanted": "qmi"}, {"device.protocol.wanted": ABSENT}),
        says=("speaks QMI, not MBIM", "qmiprobe check /dev/cdc-wdm0"),
        never=("check mbim:",),
    ),
    Case(
        rule="control/other-protocol",
        known={
            "device.protocol.wanted": "qmi",
            "device.protocol.heard": ABSENT,
            "device.address": "qmi:sim:em7455?fault=mute",
        },
        base=MBIM,
        fails="control.protocol",
        reason=Reason.OTHER_PROTOCOL,
        near=({"device.protocol.driver": "qmi"},),
        says=("speaks MBIM, not QMI", "qmiprobe check 'sim:em7455?fault=mute'"),
    ),
    Case(
        rule="control/other-protocol",
        known={"device.protocol.heard": "at"},
        fails="control.protocol",
        near=({"device.protocol.heard": "qmi"},),
        says=("speaks AT commands, not QMI", "qmiprobe list"),
    ),
    Case(
        rule="control/out-of-step",
        known={"control.anomalies": [_LATE]},
        fails="control.answers",
        near=({"control.anomalies": [_LOST]}, {"control.anomalies": ABSENT}),
        says=("the modem's answers do not belong to the requests",),
    ),
    Case(
        rule="control/out-of-step",
        known={"control.anomalies": [_WRONG, _LATE]},
        fails="control.protocol",
        near=({"control.anomalies": [_LATE]}, {"control.anomalies": ABSENT}),
        says=("qmicli -p -d /dev/cdc-wdm0 --device-open-sync --dms-noop",),
    ),
    Case(
        rule="control/out-of-step",
        known={"control.anomalies": [_WRONG]},
        base=MBIM,
        fails="control.answers",
        near=({"control.anomalies": []},),
        says=("mbimcli -p -d /dev/cdc-wdm0 --query-device-caps",),
        never=("qmicli",),
    ),
    Case(
        rule="control/out-of-step",
        known={"control.anomalies": [_OTHER_SERVICE]},
        fails="control.answers",
        near=({"control.anomalies": [{**_OTHER_SERVICE, "kind": "duplicate"}]},),
        says=("do not belong to the requests",),
    ),
    Case(
        rule="control/open-refused",
        known={"control.refused": [_BUSY], "device.usb": "2-6"},
        base=MBIM,
        fails="control.protocol",
        near=({"control.refused": []}, {"control.refused": [_CAPS]}, {"control.refused": ABSENT}),
        says=(
            "refuses to open its control channel: it is busy",
            "systemctl stop ModemManager",
            "/sys/bus/usb/devices/2-6/authorized",
        ),
    ),
    Case(
        rule="control/open-refused",
        known={"control.refused": [_FAILURE]},
        base=MBIM,
        fails="control.protocol",
        near=({"control.refused": []},),
        says=("MBIM status 2 (failure)",),
        never=("busy", "ModemManager"),
    ),
    Case(
        rule="control/answers-spoilt",
        known={"control.anomalies": [_LOST]},
        fails="control.answers",
        near=({"control.anomalies": [_LATE]}, {"control.anomalies": [_LOST, _WRONG]}),
        says=("dmesg",),
    ),
    Case(
        rule="control/client-ids-exhausted",
        known={
            "control.clients.error": "client-ids-exhausted",
            "control.clients.service": "nas",
        },
        fails="control.clients",
        near=({"control.clients.error": "internal"}, {"control.clients.error": ABSENT}),
        says=("no client id left for nas", "--device-open-sync", "systemctl start ModemManager"),
    ),
    Case(
        rule="control/leftover-client-ids",
        known={"control.clients.given_back": [{"service": "wda", "client": 2, "pid": 4711}]},
        fails="control.clients",
        near=({"control.clients.given_back": ABSENT}, {"control.clients.given_back": []}),
        says=("Nothing needs to be done", "kill -9"),
        warns=True,
    ),
)

DEVICE = (
    Case(
        rule="device/low-power",
        known={"device.mode": "low-power", "device.mode.cause": "software"},
        fails="device.mode",
        near=(
            {"device.mode": "online"},
            {"device.mode.cause": "hardware"},
            {"device.mode.cause": "fcc-lock"},
            {"device.mode": "factory-test"},
        ),
        never=("FCC",),
        says=(
            "qmicli -p -d /dev/cdc-wdm0 --dms-set-operating-mode=online",
            "qmicli -p -d /dev/cdc-wdm0 --dms-set-operating-mode=low-power",
        ),
    ),
    Case(
        rule="device/low-power",
        known={"device.mode": "low-power", "device.mode.cause": "software"},
        base=MBIM,
        fails="device.mode",
        near=({"device.mode": "online"},),
        says=("--set-radio-state=on", "--set-radio-state=off"),
        never=("qmicli",),
    ),
    Case(
        rule="device/low-power",
        known={"device.mode": "low-power", "device.mode.cause": "unknown"},
        fails="device.mode",
        near=({"device.mode.cause": "hardware"},),
        says=(
            "switched off by software, or under the maker's FCC lock",
            "refused (InvalidTransition, OperationNotAllowed)",
            "--dms-set-operating-mode=online",
        ),
    ),
    Case(
        rule="device/question-refused",
        known={"control.refused": [_ODD]},
        fails="device.identity",
        near=(
            {"control.refused": []},
            {"control.refused": [_refusal("sim.ready", "uim x", "qmi-error", 3, "internal")]},
            {"control.refused": [_NO_ID]},
        ),
        says=(
            "refuses dms get-manufacturer: QMI error 65000 (a number without a name)",
            "--trace qmiprobe.trace",
        ),
    ),
    Case(
        rule="device/question-refused",
        known={"control.refused": [_CAPS]},
        base=MBIM,
        fails="device.identity",
        near=({"control.refused": [_BUSY]},),
        says=("refuses basic-connect device-caps: MBIM status 2 (failure)",),
    ),
    Case(
        rule="device/question-refused",
        known={
            "control.refused": [
                _refusal(
                    "control.answers",
                    "basic-connect radio-state",
                    "protocol-error",
                    5,
                    "not-opened",
                )
            ]
        },
        base=MBIM,
        fails="control.answers",
        near=({"control.refused": [_BUSY]},),
        says=("the MBIM function is closed", "until all programs have left it"),
    ),
    Case(
        rule="device/answer-unreadable",
        known={"control.unreadable": [_UNREADABLE]},
        fails="device.identity",
        near=({"control.unreadable": []}, {"control.unreadable": [{**_UNREADABLE, "check": "x"}]}),
        says=("device-caps: value at 5000 of 40 bytes", "firmware"),
    ),
    Case(
        rule="device/hardware-switch",
        known={"device.mode": "low-power", "device.mode.cause": "hardware"},
        fails="device.mode",
        near=({"device.mode.cause": "software"}, {"device.mode.cause": ABSENT}),
        says=("rfkill list",),
        never=("--dms-set-operating-mode",),
    ),
    Case(
        rule="device/fcc-locked",
        known={
            "device.mode": "low-power",
            "device.mode.cause": "fcc-lock",
            "device.usb_id": "1199:9079",
        },
        fails="device.mode",
        near=({"device.mode.cause": "software"}, {"device.mode": "online"}),
        says=(
            "ln -snf /usr/share/ModemManager/fcc-unlock.available.d/1199:9079",
            "rm /etc/ModemManager/fcc-unlock.d/1199:9079",
        ),
    ),
    Case(
        rule="device/fcc-locked",
        known={
            "device.mode": "low-power",
            "device.mode.cause": "unknown",
            "device.usb_id": "1199:9079",
        },
        fails="device.mode",
        near=({"device.usb_id": "2c7c:0125"}, {"device.usb_id": ABSENT}),
    ),
    Case(
        rule="device/factory-test",
        known={"device.mode": "factory-test"},
        fails="device.mode",
        near=({"device.mode": "online"}, {"device.mode": ABSENT}),
        says=("--dms-set-operating-mode=offline", "--dms-set-operating-mode=reset"),
    ),
)
