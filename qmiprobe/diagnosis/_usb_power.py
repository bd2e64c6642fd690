# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about speed and power on the bus."""

from __future__ import annotations

from qmiprobe.diagnosis._configurations import device_folder, write
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, observed, rule

_SUPER_SPEED_MBIT = 5000


@rule(id="usb/slow-link", explains=("usb.speed",), of_warning=True)
def slow_link(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A modem of USB 3 at the speed of USB 2."""
    speed = facts.number("usb.speed")
    if not facts.flag("usb.super_speed") or speed is None or speed >= _SUPER_SPEED_MBIT:
        return None
    return Cause(
        f"the modem can do {_SUPER_SPEED_MBIT} Mbit/s on USB and is connected with {speed:g}",
        Remedy(
            "The slot, the hub or the cable has the wires of USB 2 only, or the modem gave USB 3 "
            "up at a bad contact. Move it to a USB 3 port; where speed is no matter, leave it."
        ),
        (
            observed(facts, "usb.speed", "connected with", unit="Mbit/s"),
            observed(facts, "usb.super_speed", "SuperSpeed in its descriptors"),
        ),
    )


@rule(id="usb/over-current", explains=("usb.power",), of_warning=True)
def over_current(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Its port was switched off for drawing too much."""
    count = facts.integer("usb.over_currents") or 0
    if count < 1:
        return None
    return Cause(
        f"the modem's port was switched off {count} times because it drew too much current",
        Remedy(
            "Modems draw up to 2 A for a moment when they transmit: use a hub with a supply of "
            "its own, a shorter cable, another port.",
            commands=("lsusb -t",),
        ),
        (observed(facts, "usb.over_currents", "over-currents"),),
    )


@rule(id="usb/autosuspend", explains=("usb.power",), of_warning=True)
def autosuspend(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """It is suspended when idle, and does not come back well."""
    if facts.text("usb.power.control") != "auto":
        return None
    said = [one for one in facts.records("usb.log.errors") if one.get("kind") == "resume"]
    if not said and facts.text("usb.power.status") != "error":
        return None
    path = f"{device_folder(facts)}/power/control"
    return Cause(
        "the modem is suspended when it is idle, and does not come back as it should",
        Remedy(
            "The first command after a pause is lost then. Leave it switched on; TLP, powertop "
            "and laptop-mode are what sets it (TLP: USB_EXCLUDE_WWAN=1).",
            commands=(write("on", path),),
            undo=(write("auto", path),),
            lasting=_rule_line(facts),
        ),
        (
            observed(facts, "usb.power.control", "power/control"),
            observed(facts, "usb.power.status", "power/runtime_status"),
            *(Evidence(str(one.get("text")), source="/dev/kmsg") for one in said),
        ),
    )


def _rule_line(facts: Facts) -> tuple[str, ...]:
    vendor, _, product = (facts.text("device.usb_id") or "").partition(":")
    if not product:
        return ()
    line = (
        f'ACTION=="add", SUBSYSTEM=="usb", ATTR{{idVendor}}=="{vendor}", '
        f'ATTR{{idProduct}}=="{product}", ATTR{{power/control}}="on"'
    )
    return (f"echo '{line}' > /etc/udev/rules.d/51-wwan-power-{vendor}-{product}.rules",)
