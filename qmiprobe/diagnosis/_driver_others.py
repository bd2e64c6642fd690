# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about drivers: who else may have a modem, what keeps one out, and the other interfaces."""

from __future__ import annotations

from collections.abc import Mapping

from qmiprobe.diagnosis._configurations import write
from qmiprobe.diagnosis._driver_facts import (
    DEVICES,
    DRIVERS,
    GENERIC,
    bind,
    by_hand,
    hand_over,
    let_in,
    ready,
    seen,
    shown_module,
    unbind,
    unbound,
    wrong,
)
from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule


@rule(id="driver/generic-serial", explains=("driver.bound",))
def generic_serial(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The kernel's driver for trying serial devices out was told of the modem."""
    one = wrong(facts)
    if one is None or one.driver != GENERIC:
        return None
    given = by_hand(facts, GENERIC)
    loaded = facts.text("driver.generic_parameters")
    how = "new_id" if given else "the parameters of usbserial" if loaded else "somebody"
    return Cause(
        f"usbserial's generic driver has {one.title}, which is for {one.expected}: {how} told it "
        "so",
        Remedy(
            "That driver is for trying things out: it takes whatever has the id, and carries data "
            "slowly. Take the function back. It keeps the id until usbserial is removed: replug "
            "the modem after that, or restart.",
            commands=hand_over(facts, one),
            undo=(unbind(one.name, one.expected), bind(one.name, GENERIC)),
            lasting=(
                "grep -rn 'usbserial' /etc/modprobe.d /etc/modules /etc/rc.local /proc/cmdline "
                "/etc/udev/rules.d",
            ),
        ),
        (
            *seen(one, facts),
            *((observed(facts, "driver.generic_parameters", "usbserial"),) if loaded else ()),
            *((Evidence(f"new_id of generic: {given}", value=given),) if given else ()),
        ),
    )


@rule(id="driver/prefers-ncm", explains=("driver.bound",))
def prefers_ncm(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The function can be NCM and MBIM, and the kernel is told to prefer NCM."""
    one = wrong(facts)
    if one is None or facts.flag("driver.prefer_mbim") is not False:
        return None
    if (one.driver, one.expected) != ("cdc_ncm", "cdc_mbim") or by_hand(facts, one.driver):
        return None
    file = "/sys/module/cdc_ncm/parameters/prefer_mbim"
    return Cause(
        f"cdc_ncm has {one.title}: the kernel is told to take a function that can be both for NCM",
        Remedy(
            "Tell it to prefer MBIM, then give the function to its driver.",
            commands=(write("Y", file), *hand_over(facts, one)),
            undo=(unbind(one.name, one.expected), write("N", file), bind(one.name, "cdc_ncm")),
            lasting=(
                "grep -rn prefer_mbim /etc/modprobe.d",
                "echo options cdc_ncm prefer_mbim=Y > /etc/modprobe.d/wwan-mbim.conf",
            ),
        ),
        (*seen(one, facts), observed(facts, "driver.prefer_mbim", "cdc_ncm's prefer_mbim")),
    )


@rule(id="driver/used-by-program", explains=("driver.bound",))
def used_by_program(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A program or a virtual machine has the interface past all drivers."""
    one = wrong(facts)
    if one is None or one.driver != "usbfs":
        return None
    programs = facts.records("driver.programs")
    names = " and ".join(f"{each.get('program')} (pid {each.get('pid')})" for each in programs)
    return Cause(
        f"{names or 'a program'} has {one.title} past the kernel's drivers (usbfs)",
        Remedy(
            "A virtual machine that was given the modem, or a program that talks USB itself. End "
            "it to have the modem here. To give it to a machine for good, pass the port and not "
            "the id, which changes with a mode switch, and keep usb_modeswitch off on the host.",
            commands=(
                *(f"kill {each.get('pid')}" for each in programs),
                "sleep 1",
                write(one.name, "/sys/bus/usb/drivers_probe"),
            ),
        ),
        (*seen(one, facts), observed(facts, "driver.programs", "who has the device open")),
    )


@rule(id="driver/module-rejected", explains=("driver.bound",))
def module_rejected(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The kernel takes signed modules only, and this one is not."""
    one = unbound(facts)
    said = facts.texts("driver.rejected")
    if one is None or not said or ready(facts, one.expected):
        return None
    return Cause(
        f"the kernel refuses to load {one.expected}, or the one that was built for it: it is not "
        "signed by a key that it trusts",
        Remedy(
            "Secure Boot lets in what your distribution signed. Use its own module; a driver of "
            "the modem's maker has to be signed with a key that you enrol (MOK).",
            commands=(f"modinfo -F filename {one.expected}", f"modprobe {one.expected}"),
            undo=(f"modprobe -r {one.expected}",),
        ),
        (
            *seen(one, facts),
            shown_module(facts, one.expected),
            Evidence(said[-1], source=facts.source("driver.rejected")),
            observed(facts, "host.lockdown", "lockdown"),
        ),
    )


@rule(id="driver/leftover-dynamic-id", explains=("driver.bound",), of_warning=True)
def leftover_dynamic_id(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """An id in new_id of a driver that knows the modem anyway: it only does harm."""
    records = facts.records("driver.left_over")
    if not records or failed(verdicts, "driver.others"):
        return None
    first = records[0]
    driver, given = str(first.get("driver")), str(first.get("id"))
    path = f"{DRIVERS}/{driver}"
    lost = first.get("dtr") is True
    rebind = facts.text("driver.control") if lost else None
    return Cause(
        f"{driver} was told of this modem by new_id, though it knows it"
        + (": so it does not set DTR, without which it may not answer" if lost else ""),
        Remedy(
            "Such an id comes before the driver's own table, counts for every interface and in "
            "every configuration, and stays until it is taken back.",
            commands=(
                write(" ".join(given.split()[:2]), f"{path}/remove_id"),
                *((unbind(rebind, driver), bind(rebind, driver)) if rebind else ()),
            ),
            undo=(write(given, f"{path}/new_id"),),
        ),
        (Evidence(f"new_id of {driver}: {given}", value=given, source=f"{path}/new_id"),),
    )


def _others(facts: Facts) -> tuple[Mapping[str, JsonValue], ...]:
    return facts.records("driver.others")


def _listed(records: list[Mapping[str, JsonValue]]) -> str:
    names = ", ".join(str(one.get("name")) for one in records)
    return f"interface{'' if len(records) == 1 else 's'} {names}"


def _as_evidence(records: list[Mapping[str, JsonValue]]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            f"{one.get('name')}: {one.get('driver') or 'no driver'}, "
            f"expected {one.get('expected')}",
            value=dict(one),
            source=f"{DEVICES}/{one.get('name')}",
        )
        for one in records
    )


@rule(id="driver/bogus-control-port", explains=("driver.others",))
def bogus_control_port(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """qmi_wwan has a serial port, and makes a control port of it that answers nothing."""
    bad = [one for one in _others(facts) if one.get("driver") == "qmi_wwan"]
    if not bad:
        return None
    nodes = [str(node) for one in bad for node in _nodes(one)]
    given = next((str(one["by_hand"]) for one in bad if one.get("by_hand")), None)
    said = facts.texts("driver.notified")
    forget = (write(" ".join(given.split()[:2]), f"{DRIVERS}/qmi_wwan/remove_id"),) if given else ()
    return Cause(
        f"qmi_wwan has the serial {_listed(bad)}"
        + (f", so that {' and '.join(nodes)} is no control port" if nodes else ""),
        Remedy(
            "An id in new_id counts for every interface that no other driver has. Take it back, "
            "and let the serial driver have its interfaces.",
            commands=(
                *forget,
                *(unbind(str(one.get("name")), "qmi_wwan") for one in bad),
                *(f"modprobe {one}" for one in dict.fromkeys(str(o.get("expected")) for o in bad)),
                *(
                    f"[ -e {DEVICES}/{one.get('name')}/driver ] || "
                    f"{write(str(one.get('name')), '/sys/bus/usb/drivers_probe')}"
                    for one in bad
                ),
            ),
            undo=(write(given, f"{DRIVERS}/qmi_wwan/new_id"),) if given else (),
        ),
        (
            *_as_evidence(bad),
            *((Evidence(said[-1], source="/dev/kmsg"),) if said else ()),
        ),
    )


def _nodes(one: Mapping[str, JsonValue]) -> list[JsonValue]:
    nodes = one.get("nodes")
    return nodes if isinstance(nodes, list) else []


@rule(id="driver/generic-on-serial", explains=("driver.others",), of_warning=True)
def generic_on_serial(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The serial ports are there by the driver for trying things out."""
    bad = [one for one in _others(facts) if one.get("driver") == GENERIC]
    if not bad:
        return None
    expected = dict.fromkeys(str(one.get("expected")) for one in bad)
    return Cause(
        f"usbserial's generic driver has the serial {_listed(bad)}",
        Remedy(
            "It is for trying things out: it moves little data at a time, so that a connection "
            "over such a port is slow and a VPN over it may fail. Give them to their own driver.",
            commands=(
                *(unbind(str(one.get("name")), GENERIC) for one in bad),
                *(f"modprobe {one}" for one in expected),
                *(bind(str(one.get("name")), str(one.get("expected"))) for one in bad),
            ),
            undo=tuple(
                line
                for one in bad
                for line in (
                    unbind(str(one.get("name")), str(one.get("expected"))),
                    bind(str(one.get("name")), GENERIC),
                )
            ),
        ),
        _as_evidence(bad),
    )


@rule(id="driver/serial-kept-out", explains=("driver.others",), of_warning=True)
def serial_kept_out(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Somebody keeps the serial driver out, and AT and GPS with it."""
    bad = [one for one in _others(facts) if one.get("driver") is None and one.get("file")]
    if not bad:
        return None
    driver, file = str(bad[0].get("expected")), str(bad[0].get("file"))
    return Cause(
        f"{file} keeps {driver} out, so that the modem has no AT and GPS ports",
        Remedy(
            "ModemManager may need an AT port to know the modem. If the driver was kept out "
            "because it took the control port, mend that in its place: take its line out of the "
            "file, and load the control port's driver first.",
            commands=(f"modprobe {driver}",),
            undo=(f"modprobe -r {driver}",),
            lasting=(let_in(driver, file),),
        ),
        _as_evidence(bad),
    )
