# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about drivers: nobody has the control interface, since its driver is not there to ask."""

from __future__ import annotations

from qmiprobe.diagnosis._configurations import write
from qmiprobe.diagnosis._driver_facts import (
    DEVICES,
    fenced,
    let_in,
    loadable,
    module,
    ready,
    seen,
    shown_module,
    taken,
    teach,
    unbound,
    unknown,
    wrong,
)
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, rule

_PROBE = "/sys/bus/usb/drivers_probe"
"""What is written there is offered to all drivers anew; EINVAL: none took it."""


@rule(id="driver/interface-not-authorized", explains=("driver.bound",))
def interface_not_authorized(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Drivers may not have the interface."""
    one = wrong(facts)
    if one is None or one.driver is not None or not fenced(facts, one):
        return None
    pair = [
        str(each.get("name"))
        for each in facts.records("usb.interfaces")
        if each.get("authorized") is False
    ]
    lines = [write(1, f"{DEVICES}/{name}/authorized") for name in pair]
    others = [
        f"{write(str(each.get('name')), _PROBE)} || true"
        for each in facts.records("usb.interfaces")
        if each.get("name") in pair and each.get("name") != one.name
        if each.get("function") != "data"
    ]
    load = () if ready(facts, one.expected) else (f"modprobe {one.expected}",)
    return Cause(
        f"drivers may not have {one.title}: {' and '.join(fenced(facts, one))} is not authorized",
        Remedy(
            "A fence around interfaces was left standing. Authorize them, then let drivers look at "
            "them again.",
            commands=(*lines, *load, *(teach(facts, one) or (write(one.name, _PROBE),)), *others),
            undo=tuple(line.replace("echo 1", "echo 0") for line in lines),
            lasting=(
                write(1, f"{DEVICES}/usb{one.name.partition('-')[0]}/interface_authorized_default"),
            ),
        ),
        seen(one, facts),
    )


@rule(id="driver/blacklisted", explains=("driver.bound",))
def blacklisted(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A file of modprobe keeps the module out."""
    one = unbound(facts)
    state = module(facts, one.expected) if one is not None else None
    file = state.get("blacklisted") if state is not None else None
    if one is None or not isinstance(file, str) or ready(facts, one.expected):
        return None
    return Cause(
        f"{file} keeps the driver {one.expected} out, so nobody has {one.title}",
        Remedy(
            "Load it by name once; take its line out of that file to make it last.",
            commands=(f"modprobe {one.expected}", *teach(facts, one)),
            undo=(f"modprobe -r {one.expected}",),
            lasting=(let_in(one.expected, file),),
        ),
        (*seen(one, facts), shown_module(facts, one.expected)),
    )


@rule(id="driver/not-installed", explains=("driver.bound",))
def not_installed(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The kernel has no such module."""
    one = unbound(facts)
    state = module(facts, one.expected) if one is not None else None
    if one is None or state is None or ready(facts, one.expected):
        return None
    if state.get("installed") is not False or state.get("blacklisted"):
        return None
    if facts.texts("driver.rejected"):
        return None
    return Cause(
        f"the driver {one.expected} is not installed, so nobody has {one.title}",
        Remedy(
            "Install it: small images leave it out (linux-modules-extra on Ubuntu, "
            "kmod-usb-net-qmi-wwan or kmod-usb-net-cdc-mbim on OpenWrt).",
            commands=(f"modinfo {one.expected}",),
        ),
        (*seen(one, facts), shown_module(facts, one.expected)),
    )


@rule(id="driver/not-loaded", explains=("driver.bound",))
def not_loaded(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The module is there and not loaded."""
    one = loadable(facts)
    if one is None or one.record.get("errno") is not None:
        return None
    if taken(facts, one) is not None or unknown(facts, one):
        return None  # to load it is not all: the rules about what keeps it from it say the rest
    return Cause(
        f"the driver {one.expected} is not loaded, so nobody has {one.title}",
        Remedy(
            "Load it; it then takes the interface by itself. It is loaded for a new device where "
            "udev runs and knows the id.",
            commands=(f"modprobe {one.expected}",),
            undo=(f"modprobe -r {one.expected}",),
            lasting=(f"echo {one.expected} > /etc/modules-load.d/wwan.conf",),
        ),
        (*seen(one, facts), shown_module(facts, one.expected)),
    )
