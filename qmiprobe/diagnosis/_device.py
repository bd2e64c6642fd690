# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the operating mode: who keeps the radio off, and how it is switched on."""

from __future__ import annotations

from qmiprobe.diagnosis._commands import address, qmicli, replug, report_commands, tool
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._refusals import Record, refusal_evidence, refusal_text, refusals_of
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule

_LOW_POWER = ("low-power", "persistent-low-power", "mode-only-low-power", "offline")
_ONLINE = {"qmi": "--dms-set-operating-mode=online", "mbim": "--set-radio-state=on"}
_OFF = {"qmi": "--dms-set-operating-mode=low-power", "mbim": "--set-radio-state=off"}

# USB ids of modems that ship locked and that ModemManager has an unlock script for.
_SHIPS_LOCKED = (
    *("03f0:4e1d", "05c6:90d5", "105b:e0ab", "105b:e0c3", "1199:9079", "14c3:4d75", "2c7c:030a"),
    *("2c7c:0313", "2c7c:0314", "2c7c:0801", "413c:81a3", "413c:81a8", "8086:7360"),
)


@rule(
    id="device/low-power",
    explains=("device.mode",),
    tell_apart="the command to switch it on is accepted",
)
def low_power(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Software switched the radio off."""
    if facts.text("device.mode") not in _LOW_POWER:
        return None
    cause = facts.text("device.mode.cause")
    if cause not in ("software", "unknown", None):
        return None
    title = "the radio is switched off by software"
    text = "Switch it on. With ModemManager running, `mmcli -m any --enable` does the same."
    if cause != "software":
        # A modem under the lock says the same of itself; only switching it on shows which it is.
        text += (
            " If that is refused (InvalidTransition, OperationNotAllowed), the maker's FCC lock "
            "holds it: ModemManager has unlock scripts in "
            "/usr/share/ModemManager/fcc-unlock.available.d, by USB id."
        )
        if facts.text("device.usb_id") is None:  # else it is known whether its kind ships locked
            title += ", or under the maker's FCC lock"
    return Cause(
        title,
        Remedy(
            text,
            commands=tool(facts, **_ONLINE),
            undo=tool(facts, **_OFF),
        ),
        _mode(facts),
    )


@rule(id="device/hardware-switch", explains=("device.mode",))
def hardware_switch(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A switch or the W_DISABLE# pin keeps the radio off."""
    if facts.text("device.mode.cause") != "hardware":
        return None
    return Cause(
        "a hardware switch keeps the radio off",
        Remedy(
            "Look for a radio switch or key, a flight mode in the firmware setup, or a W_DISABLE# "
            "line that the slot pulls low. No command to the modem overrides it.",
            commands=("rfkill list",),
        ),
        _mode(facts),
    )


@rule(
    id="device/fcc-locked",
    explains=("device.mode",),
    tell_apart="switching it on is refused (InvalidTransition, OperationNotAllowed)",
)
def fcc_locked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The maker's lock: the radio stays off until the host vouches for the antenna system."""
    if facts.text("device.mode") not in _LOW_POWER:
        return None
    cause, usb_id = facts.text("device.mode.cause"), facts.text("device.usb_id")
    suspected = cause in ("unknown", None) and usb_id in _SHIPS_LOCKED
    if cause != "fcc-lock" and not suspected:
        return None
    return Cause(
        "the radio is under the maker's FCC lock",
        Remedy(
            "ModemManager has unlock scripts that are off until you link one; by doing so you "
            "vouch that modem and antennas are approved together. Restart ModemManager after it.",
            commands=_unlock(facts, usb_id),
            undo=(f"rm /etc/ModemManager/fcc-unlock.d/{usb_id}",) if usb_id else (),
        ),
        (*_mode(facts), observed(facts, "device.usb_id", "USB id")),
    )


def _unlock(facts: Facts, usb_id: str | None) -> tuple[str, ...]:
    if usb_id is None:
        return (qmicli(facts, "--dms-set-fcc-authentication"),)
    script = f"/usr/share/ModemManager/fcc-unlock.available.d/{usb_id}"
    return (
        f"ln -snf {script} /etc/ModemManager/fcc-unlock.d/{usb_id}",
        "systemctl restart ModemManager",
    )


@rule(id="device/factory-test", explains=("device.mode",))
def factory_test(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The modem is in the factory's test mode."""
    if facts.text("device.mode") != "factory-test":
        return None
    return Cause(
        "the modem is in factory test mode",
        Remedy(
            "Take it offline and restart it; it comes back online after about half a minute.",
            commands=(
                *tool(facts, qmi="--dms-set-operating-mode=offline"),
                *tool(facts, qmi="--dms-set-operating-mode=reset"),
            ),
        ),
        _mode(facts),
    )


@rule(id="device/question-refused", explains=())
def question_refused(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The modem answers a question that every modem should know with an error."""
    refusals = tuple(
        record
        for record in refusals_of(facts)
        if record.get("check") != "control.protocol"
        and record.get("name") != "client-ids-exhausted"
        and failed(verdicts, str(record.get("check")))
    )
    if not refusals:
        return None
    first, more = refusals[0], len(refusals) - 1
    if first.get("name") == "not-opened":
        return _closed_function(facts, refusals)
    return Cause(
        f"the modem refuses {first.get('question')}: {refusal_text(first)}"
        + (f", and {more} more" if more else ""),
        Remedy(
            "A modem that is still starting refuses much: try again in a minute. If it stays so, "
            "this firmware lacks what was asked, or is damaged: look for a newer one. The last "
            "command writes the files for a report to its maker or to qmiprobe.",
            commands=(f"qmiprobe check {address(facts)}", *report_commands(facts)),
        ),
        tuple(refusal_evidence(record) for record in refusals),
        also_explains=tuple(str(record.get("check")) for record in refusals),
    )


def _closed_function(facts: Facts, refusals: tuple[Record, ...]) -> Cause:
    return Cause(
        "the MBIM function is closed, and does not take what is to open it",
        Remedy(
            "Another program closed it, or it restarted. mbim-proxy goes on refusing everything "
            "until all programs have left it; without a proxy, cut the modem off its port.",
            commands=(
                "systemctl stop ModemManager",
                *replug(facts),
                f"qmiprobe check {address(facts)}",
            ),
            undo=("systemctl start ModemManager",),
        ),
        tuple(refusal_evidence(record) for record in refusals),
        also_explains=tuple(str(record.get("check")) for record in refusals),
    )


@rule(id="device/answer-unreadable", explains=())
def answer_unreadable(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """An answer came whole, and its inside contradicts itself."""
    unread = tuple(
        record
        for record in facts.records("control.unreadable")
        if record.get("check") != "control.protocol" and failed(verdicts, str(record.get("check")))
    )
    if not unread:
        return None
    return Cause(
        f"the modem fills an answer wrongly: {unread[0].get('text')}",
        Remedy(
            "Other answers are sound, so it is the firmware: look for a newer one. The command "
            "writes the files for a report to its maker or to qmiprobe.",
            commands=report_commands(facts),
        ),
        tuple(
            Evidence(str(one.get("text")), source=facts.source("control.unreadable"))
            for one in unread
        ),
        also_explains=tuple(str(record.get("check")) for record in unread),
    )


def _mode(facts: Facts) -> tuple[Evidence, ...]:
    return (
        observed(facts, "device.mode", "operating mode"),
        observed(facts, "device.mode.cause", "cause that the modem names"),
    )
