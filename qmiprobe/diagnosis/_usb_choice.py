# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about who chose the configuration: usb_modeswitch, a rule of udev, the modem's maker."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from qmiprobe.diagnosis._configurations import (
    better,
    composition_text,
    configuration_commands,
    configuration_rule,
    device_folder,
    functions,
    mode_switch_off,
    mode_switch_on,
    own_mode_switch,
    shown,
    write,
)
from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule


def _active(facts: Facts) -> Mapping[str, JsonValue] | None:
    records = facts.records("usb.configurations")
    return next((one for one in records if one.get("active")), None)


@rule(
    id="usb/switched-back",
    explains=("usb.configuration",),
    follows=("usb/wrong-configuration",),
)
def switched_back(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """usb_modeswitch takes the modem to MBIM whenever it comes."""
    active, value = _active(facts), better(facts)
    file, sets = facts.text("usb.mode_switch.file"), facts.integer("usb.mode_switch.sets")
    if active is None or value is None or file is None or sets is None:
        return None
    if facts.text("usb.mode_switch.disabled") or not failed(verdicts, "usb.configuration"):
        return None
    chosen = sets == active.get("value") or (sets == 0 and "mbim" in functions(active))
    if not chosen or active.get("kernel"):
        return None
    how = (
        "Take that out of the file, and"
        if file == own_mode_switch(facts)
        else "Keep it from that by a file of your own (one with nothing in it does as well as one "
        "with NoMBIMCheck=1),"
    )
    return Cause(
        f"usb_modeswitch sets configuration {active.get('value')} whenever the modem comes",
        Remedy(
            f"{how} then set the other configuration.",
            commands=(*mode_switch_off(facts, value), *configuration_commands(facts, value)),
            undo=(mode_switch_on(facts), write(str(active.get("value")), _file(facts))),
            lasting=configuration_rule(facts, value),
        ),
        (
            shown(facts),
            observed(facts, "usb.mode_switch.file", "usb_modeswitch's entry"),
            observed(facts, "usb.mode_switch.sets", "which sets (0: that with MBIM)"),
        ),
    )


def _file(facts: Facts) -> str:
    return f"{device_folder(facts)}/bConfigurationValue"


@rule(id="usb/udev-rule", explains=("usb.configuration",), follows=("usb/wrong-configuration",))
def udev_rule(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A rule of udev for this modem sets a configuration that is not there or not the right one."""
    value, bad = better(facts), _bad_rule(facts)
    if value is None or bad is None or not failed(verdicts, "usb.configuration"):
        return None
    rule_of_udev, why = bad
    place = f"{rule_of_udev.get('file')}, line {rule_of_udev.get('line')}"
    file, wrong = rule_of_udev.get("file"), rule_of_udev.get("value")
    return Cause(
        f"the udev rule in {place} {why}",
        Remedy(
            "Numbers of configurations differ between devices and firmwares: put the right one "
            "into that rule, and set it once by hand. All that the modem has open ends then.",
            commands=configuration_commands(facts, value),
            lasting=(f"rm {file}", *configuration_rule(facts, value))
            if rule_of_udev.get("fault")
            else (set_in_rule(rule_of_udev, value), "udevadm control --reload"),
        ),
        (shown(facts), Evidence(f"it sets {wrong}", value=dict(rule_of_udev), source=str(file))),
    )


def set_in_rule(rule_of_udev: Mapping[str, JsonValue], value: int) -> str:
    """The line that puts another number into a rule of udev, and changes nothing else."""
    lines = f"{rule_of_udev.get('line')},{rule_of_udev.get('last', rule_of_udev.get('line'))}"
    wrong = rule_of_udev.get("value")
    change = rf's/(bConfigurationValue\}}[[:space:]]*!?=+[[:space:]]*)"{wrong}"/\1"{value}"/g'
    return f"sed -i -E '{lines}{change}' {shlex.quote(str(rule_of_udev.get('file')))}"


def _bad_rule(facts: Facts) -> tuple[Mapping[str, JsonValue], str] | None:
    """The first rule that does harm or nothing, and why."""
    records = facts.records("usb.configurations")
    values = {str(one.get("value")) for one in records}
    wanted = facts.text("device.protocol.wanted")
    lacks = wanted.upper() if wanted else "control port"
    good = {
        str(one.get("value"))
        for one in records
        if functions(one) & ({wanted} if wanted else {"qmi", "mbim"})
    }
    for one in facts.records("usb.udev_rules"):
        value = str(one.get("value"))
        if one.get("fault"):
            return one, f"{one['fault']}: udev leaves it out"
        if value not in values:
            return one, f"sets configuration {value}, which this modem has not"
        if value not in good:
            return one, f"sets configuration {value}, which has no {lacks}"
    return None


@rule(id="usb/other-composition", explains=("usb.configuration",))
def other_composition(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """It has a control port, but no configuration with the protocol that is wanted."""
    wanted = facts.text("device.protocol.wanted")
    records = facts.records("usb.configurations")
    if wanted not in ("qmi", "mbim") or not failed(verdicts, "usb.configuration"):
        return None
    other = "mbim" if wanted == "qmi" else "qmi"
    has = set[str]().union(*(functions(one) for one in records))
    if wanted in has or other not in has:
        return None
    path = facts.text("device.usb") or "DEVICE"
    return Cause(
        f"the modem has {other.upper()} and no {wanted.upper()} in any configuration",
        Remedy(
            f"Use {other.upper()}"
            + (", or QMI inside MBIM, which many have" if wanted == "qmi" else "")
            + ". Its maker's command makes it show another function, and that stays in the modem."
            + composition_text(facts),
            commands=(f"qmiprobe check {path}",),
        ),
        (shown(facts), observed(facts, "device.usb_id", "USB id")),
    )
