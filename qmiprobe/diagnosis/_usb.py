# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the bus: is it a modem that is plugged in, and in which configuration?"""

from __future__ import annotations

import shlex

from qmiprobe.diagnosis._configurations import (
    PROTOCOLS,
    better,
    by_protocol,
    composition_text,
    configuration_commands,
    configuration_rule,
    device_folder,
    functions,
    mode_switch_off,
    shown,
    wanted,
    write,
)
from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, observed, rule

_HUAWEI = "12d1"


@rule(id="usb/not-there", explains=("usb.enumerated",))
def not_there(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """There are modems, and none is the one that was named."""
    count = facts.integer("usb.modems") or 0
    if count < 1 or facts.text("device.usb") is not None:
        return None
    one = count == 1
    return Cause(
        f"no modem is at {facts.text('device.address')}, though Linux shows "
        + ("another one" if one else f"{count} others"),
        Remedy(
            "See which modems there are, and name one of them by its place or id.",
            commands=("qmiprobe list",),
        ),
        (observed(facts, "usb.modems", "modems found"),),
    )


@rule(id="usb/mode-switch-disc", explains=("usb.enumerated",))
def mode_switch_disc(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """It shows a disc with drivers first."""
    usb_id = facts.text("usb.disc.id")
    if usb_id is None:
        return None
    vendor, _, product = usb_id.partition(":")
    becomes = facts.texts("usb.disc.becomes")
    how = "-J" if vendor == _HUAWEI else "-K"  # its own message; the others are ejected
    later = f"; it then comes back as {' or '.join(becomes)}" if becomes else ""
    return Cause(
        f"{usb_id} is the disc with drivers that this modem shows first",
        Remedy(
            f"usb_modeswitch tells it to become a modem{later}. As a package it does so by itself "
            "whenever the modem is plugged in.",
            commands=(f"usb_modeswitch -v {vendor} -p {product} {how}",),
            lasting=("apt-get install usb-modeswitch",),
        ),
        (observed(facts, "usb.disc.name", "plugged at"), observed(facts, "usb.disc.id", "USB id")),
    )


@rule(id="usb/boot-loader", explains=("usb.enumerated",))
def boot_loader(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Its firmware does not run."""
    usb_id = facts.text("usb.boot_loader")
    if usb_id is None:
        return None
    return Cause(
        f"{usb_id} is the modem's boot loader: its firmware does not run",
        Remedy(
            "Cut its power for some seconds; replugging alone may not. If it comes back like this, "
            "only new firmware with its maker's tool helps.",
        ),
        (observed(facts, "usb.boot_loader", "USB id"), *_history(facts)),
    )


@rule(id="usb/another-id", explains=("usb.enumerated",))
def another_id(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """It left and came back as something else."""
    instead = facts.text("usb.instead")
    ids = facts.texts("usb.history")
    if instead is None or not ids:
        return None
    was = next((one for one in reversed(ids) if one != instead), None)
    if was is None:
        return None
    plug = facts.text("usb.history.plug") or "its place"
    return Cause(
        f"the modem at {plug} was {was} and came back as {instead}",
        Remedy(
            "It restarted into another USB composition, or into its boot loader. Name it by its "
            "place, which stays; if it is no modem any more, cut its power.",
            commands=(f"qmiprobe check {shlex.quote(plug)}", "dmesg | grep -i usb | tail -n 30"),
        ),
        _history(facts),
    )


@rule(id="usb/comes-and-goes", explains=("usb.enumerated", "usb.errors"))
def comes_and_goes(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """It leaves the bus again and again."""
    comings = facts.integer("usb.comings") or 0
    if comings < 5 or facts.text("usb.instead") or facts.text("usb.boot_loader"):
        return None
    return Cause(
        f"the modem came {comings} times within a minute: it does not stay on the bus",
        Remedy(
            "Its firmware fails and restarts, or its supply breaks down: another port, a shorter "
            "cable, a hub with a supply of its own. Stop what talks to it, to see whether that is "
            "what it does not bear.",
            commands=("systemctl stop ModemManager", "dmesg | tail -n 40"),
            undo=("systemctl start ModemManager",),
        ),
        (observed(facts, "usb.comings", "came within a minute"), *_history(facts)),
    )


def _history(facts: Facts) -> tuple[Evidence, ...]:
    fact = facts.fact("usb.history")
    return () if fact is None else (observed(facts, "usb.history", "ids at that place"),)


@rule(id="usb/not-authorized", explains=("usb.authorized", "usb.configuration"))
def not_authorized(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Somebody forbade Linux to use the device."""
    if facts.flag("usb.authorized") is not False:
        return None
    path = f"{device_folder(facts)}/authorized"
    return Cause(
        "Linux is told not to use this device",
        Remedy(
            "Authorize it. USBGuard and settings like it forbid devices; allow it there to last.",
            commands=(write(1, path), *_instead_of_the_kernels(facts)),
            undo=(write(0, path),),
            lasting=("usbguard allow-device -p " + (facts.text("device.usb_id") or "ID"),),
        ),
        (observed(facts, "usb.authorized", "authorized"),),
    )


def _instead_of_the_kernels(facts: Facts) -> tuple[str, ...]:
    """The line that sets a configuration, where the one that Linux will choose is the wrong one."""
    records = facts.records("usb.configurations")
    chosen = next((one for one in records if one.get("kernel")), None)
    asked = facts.text("device.protocol.wanted")
    value = better(facts)
    if chosen is None or value is None or functions(chosen) & ({asked} if asked else PROTOCOLS):
        return ()
    return configuration_commands(facts, value)


@rule(id="usb/unconfigured", explains=("usb.configuration",))
def unconfigured(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """No configuration is set."""
    records = facts.records("usb.configurations")
    if not records or any(one.get("active") for one in records):
        return None
    if facts.flag("usb.authorized") is False or "usb.unconfigured" not in facts:
        return None
    value = better(facts) or next((one.get("value") for one in records), 1)
    said = facts.texts("usb.unconfigured")
    power = any("power" in line for line in said)
    path = f"{device_folder(facts)}/bConfigurationValue"
    return Cause(
        "no USB configuration is set" + (": the port's power is too little" if power else ""),
        Remedy(
            "Set one. Where the kernel found the power too little, a hub with a supply of its own "
            "is better: setting one all the same only overrides the warning."
            if power
            else "Set one; see in the kernel's log why none was.",
            commands=(write(_text(value), path),),
            undo=(write(-1, path),),
        ),
        (observed(facts, "usb.unconfigured", "the kernel said"),),
    )


def _text(value: JsonValue) -> str:
    return str(value) if isinstance(value, int) else "1"


@rule(id="usb/wrong-configuration", explains=("usb.configuration",))
def wrong_configuration(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Another configuration has the control function."""
    records = facts.records("usb.configurations")
    active = next((one for one in records if one.get("active")), None)
    value, good = better(facts), wanted(facts, verdicts)
    if active is None or functions(active) & good or value is None:
        return None
    path = f"{device_folder(facts)}/bConfigurationValue"
    kernel = " (as Linux chooses by itself)" if active.get("kernel") else ""
    has = ", ".join(sorted(functions(active))) or "nothing that is known"
    protocol = facts.text("device.protocol.wanted")
    lacks = protocol.upper() if protocol and functions(active) & PROTOCOLS else "control port"
    return Cause(
        f"USB configuration {active.get('value')} is set{kernel}: it has {has}, and no {lacks}",
        Remedy(
            f"Set another one: {_choices(facts, path, active.get('value'))}. All that the modem "
            "has open ends, and its netdev gets a new name.",
            commands=configuration_commands(facts, value),
            undo=(write(_text(active.get("value")), path),),
            lasting=(*mode_switch_off(facts, value), *configuration_rule(facts, value)),
        ),
        (shown(facts),),
    )


def _choices(facts: Facts, path: str, active: JsonValue) -> str:
    found = sorted(by_protocol(facts).items(), key=lambda one: one[1])
    return " or ".join(
        f"{name.upper()}: `{write(value, path)}`" for name, value in found if value != active
    )


@rule(id="usb/composition", explains=("driver.bound",))
def composition(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The modem is set to show no control function at all."""
    records = facts.records("usb.configurations")
    if not records or not facts.records("usb.interfaces"):
        return None
    if any(functions(one) & PROTOCOLS for one in records):
        return None
    has = sorted(set().union(*(functions(one) for one in records)))
    if not has:
        return None
    return Cause(
        f"the modem shows {', '.join(has)} on USB, and neither QMI nor MBIM",
        Remedy(
            "Its USB composition leaves the control port out; only the modem itself can change "
            f"that, and keeps it for good.{composition_text(facts)}",
        ),
        (shown(facts), observed(facts, "device.usb_id", "USB id")),
    )
