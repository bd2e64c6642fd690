# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about drivers: another driver has the control interface than should.

Each reads the first control interface that is wrong and asks for one state of it, so that no two
of them, nor of those where nobody has it, hold at once.
"""

from __future__ import annotations

from qmiprobe.diagnosis._commands import address
from qmiprobe.diagnosis._configurations import better, device_folder, write
from qmiprobe.diagnosis._driver_facts import (
    DRIVERS,
    GENERIC,
    LIKE_DTR,
    SERIAL,
    Wrong,
    bind,
    by_hand,
    given_times,
    hand_over,
    hijacked,
    of_maker,
    seen,
    unbind,
    wrong,
)
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule, unanswered


@rule(
    id="driver/dynamic-id",
    explains=("driver.bound",),
    follows=("usb/wrong-configuration", "usb/udev-rule"),
)
def dynamic_id(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A driver has it because somebody wrote the modem's id to new_id."""
    one = wrong(facts) or hijacked(facts)
    given = by_hand(facts, one.driver) if one is not None else None
    if one is None or one.driver in (None, GENERIC) or given is None:
        return None
    assert one.driver is not None
    file = f"{DRIVERS}/{one.driver}/new_id"
    mend, undo = _taken_back(facts, verdicts, one)
    return Cause(
        f"{one.driver} has {one.title}, which is for {one.expected}: it was told so by new_id",
        Remedy(
            "An id in new_id counts for every interface of the modem, in every configuration, and "
            "before the drivers' own tables. "
            + (
                "Serial drivers keep it until their module is removed."
                if one.driver in SERIAL
                else "Take it back, then give the function to its driver."
            ),
            commands=mend,
            undo=undo,
        ),
        (
            *seen(one, facts),
            Evidence(f"new_id of {one.driver}: {given}", value=given, source=file),
        ),
        also_explains=("usb.configuration",) if failed(verdicts, "usb.configuration") else (),
    )


def _taken_back(
    facts: Facts, verdicts: Verdicts, one: Wrong
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines that take the id back and give the function to its driver, and their reverse."""
    assert one.driver is not None
    given = by_hand(facts, one.driver) or ""
    path = f"{DRIVERS}/{one.driver}"
    serial = one.driver in SERIAL
    # One line takes back one id; the same may have been given several times.
    times = 0 if serial else given_times(facts, one.driver)
    forget = (write(" ".join(given.split()[:2]), f"{path}/remove_id"),) * times
    again = () if serial else (write(given, f"{path}/new_id"),)
    value = better(facts) if failed(verdicts, "usb.configuration") else None
    if value is None:
        return (*forget, *hand_over(facts, one)), (unbind(one.name, one.expected), *again)
    file = f"{device_folder(facts)}/bConfigurationValue"
    active = next(each for each in facts.records("usb.configurations") if each.get("active"))
    return (*forget, write(value, file)), (*again, write(str(active.get("value")), file))


@rule(id="driver/serial-thief", explains=("driver.bound",))
def serial_thief(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A serial driver came first."""
    one = wrong(facts)
    if one is None or one.driver not in SERIAL - {GENERIC} or by_hand(facts, one.driver):
        return None
    assert one.driver is not None
    return Cause(
        f"the serial driver {one.driver} has {one.title}, which is for {one.expected}",
        Remedy(
            "Whichever driver is loaded first gets an interface that both know. Take it back and "
            "bind the right one; see that this one is loaded early to make it last.",
            commands=hand_over(facts, one),
            undo=(unbind(one.name, one.expected), bind(one.name, one.driver)),
            lasting=(f"echo {one.expected} > /etc/modules-load.d/wwan.conf",),
        ),
        seen(one, facts),
    )


@rule(id="driver/vendor-driver", explains=("driver.bound",))
def vendor_driver(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A driver that is not the kernel's own."""
    one = wrong(facts)
    if one is None or not of_maker(one.driver) or by_hand(facts, one.driver):
        return None
    assert one.driver is not None
    return Cause(
        f"{one.driver}, a driver of the modem's maker, has {one.title}",
        Remedy(
            f"It has nodes of its own that other programs do not know. Use the kernel's own "
            f"driver {one.expected} in its place.",
            commands=(f"rmmod {one.driver}", f"modprobe {one.expected}"),
            undo=(f"modprobe {one.driver}",),
            lasting=(f"echo blacklist {one.driver} > /etc/modprobe.d/wwan.conf",),
        ),
        seen(one, facts),
    )


@rule(id="driver/wrong-driver", explains=("driver.bound",))
def wrong_driver(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Some other driver has it."""
    one = wrong(facts)
    if one is None or one.driver is None or by_hand(facts, one.driver):
        return None
    if of_maker(one.driver) or one.driver in SERIAL | {"usbfs"}:
        return None
    if one.driver == "cdc_ncm" and facts.flag("driver.prefer_mbim") is False:
        return None
    return Cause(
        f"{one.driver} has {one.title}, which is for {one.expected}",
        Remedy(
            "Take it back and bind the right driver.",
            commands=hand_over(facts, one),
            undo=(unbind(one.name, one.expected), bind(one.name, one.driver)),
        ),
        seen(one, facts),
    )


@rule(
    id="driver/no-dtr",
    explains=("control.protocol", "control.answers"),
    tell_apart="it answers once the driver has it by an example that sets DTR",
)
def no_dtr(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The driver does not set DTR, without which some modems take commands in silence."""
    if facts.flag("driver.dtr") is not False or facts.text("port.error"):
        return None
    if facts.text("device.protocol.heard") or facts.get("control.anomalies"):
        return None
    if not unanswered(verdicts, "control.protocol"):
        return None
    name = facts.text("driver.control") or "BUS-PORT:CONFIGURATION.INTERFACE"
    ids = (facts.text("device.usb_id") or "VENDOR:PRODUCT").replace(":", " ")
    path = f"{DRIVERS}/qmi_wwan"
    return Cause(
        "qmi_wwan does not set DTR for this modem, and it does not answer",
        Remedy(
            "Some modems take commands in silence until DTR is set. Let the driver have the "
            "interface by the example of a modem for which it does, and take the id back at once: "
            "it would count for every interface.",
            commands=(
                unbind(name, "qmi_wwan"),
                write(f"{ids} {LIKE_DTR}", f"{path}/new_id"),
                write(ids, f"{path}/remove_id"),
                f"qmiprobe check {address(facts)}",
            ),
            undo=(unbind(name, "qmi_wwan"), bind(name, "qmi_wwan")),
        ),
        (
            observed(facts, "driver.dtr", "DTR set by the driver"),
            Evidence("not one byte came back", source=facts.source("control.asked")),
        ),
    )
