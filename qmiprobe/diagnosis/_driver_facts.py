# SPDX-License-Identifier: GPL-2.0-or-later
"""What rules about drivers read: the control interface that is wrong, and what is around it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from qmiprobe.diagnosis._configurations import write
from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Evidence

DRIVERS = "/sys/bus/usb/drivers"
DEVICES = "/sys/bus/usb/devices"
SERIAL = frozenset({"option", "qcserial", "sierra", "usbserial", "usbserial_generic", "hso"})
GENERIC = "usbserial_generic"
_VENDORS = frozenset(
    {"GobiNet", "GobiUSBNet", "simcom_wwan", "meig_cdc_driver", "sierra_net", "qcqmi"}
)
LIKE_DTR = "ff 1199 9071"
"""Class, and an example out of qmi_wwan's own table for which it sets DTR, for ``new_id``."""


@dataclass(frozen=True)
class Wrong:
    """The control interface that is not as it should be."""

    name: str
    function: str
    driver: str | None
    expected: str
    record: Mapping[str, JsonValue]

    @property
    def title(self) -> str:
        """What it is, for a sentence."""
        return f"interface {self.name} ({self.function.upper()})"


def of_maker(driver: str | None) -> bool:
    """Whether a driver is one of a modem's maker: Quectel's qmi_wwan_q, Fibocom's qmi_wwan_f."""
    return driver is not None and (driver in _VENDORS or driver.startswith("qmi_wwan_"))


def wrong(facts: Facts) -> Wrong | None:
    """The first control interface that another driver has than should, or none."""
    for one in facts.records("usb.interfaces"):
        function, expected, driver = one.get("function"), one.get("expected"), one.get("driver")
        name = one.get("name")
        if function not in ("qmi", "mbim") or not isinstance(expected, str) or driver == expected:
            continue
        if isinstance(name, str) and (driver is None or isinstance(driver, str)):
            return Wrong(name, str(function), driver, expected, one)
    return None


def hijacked(facts: Facts) -> Wrong | None:
    """An interface for packets that a driver took only because it was told of the modem's id."""
    for one in facts.records("usb.interfaces"):
        function, expected, driver = one.get("function"), one.get("expected"), one.get("driver")
        if not (isinstance(expected, str) and isinstance(driver, str)) or driver == expected:
            continue
        if by_hand(facts, driver) and function in ("ecm", "ncm", "rndis"):
            return Wrong(str(one.get("name")), str(function), driver, expected, one)
    return None


def unbound(facts: Facts) -> Wrong | None:
    """The control interface, where no driver has it though it may be had."""
    one = wrong(facts)
    return one if one is not None and one.driver is None and not fenced(facts, one) else None


def fenced(facts: Facts, one: Wrong) -> tuple[str, ...]:
    """The interfaces of the function, control and data, that drivers may not have."""
    number = one.record.get("number")
    return tuple(
        str(each.get("name"))
        for each in facts.records("usb.interfaces")
        if each.get("authorized") is False
        and (
            each.get("name") == one.name
            or (
                each.get("function") == "data"
                and isinstance(number, int)
                and each.get("number") == number + 1
            )
        )
    )


def module(facts: Facts, name: str) -> Mapping[str, JsonValue] | None:
    """What the machine has of a driver."""
    records = facts.records("driver.modules")
    return next((one for one in records if one.get("name") == name), None)


def ready(facts: Facts, name: str) -> bool:
    """Whether the driver is there to be asked."""
    found = module(facts, name)
    return found is not None and found.get("registered") is True


def offered(facts: Facts) -> Wrong | None:
    """The control interface, where its driver is there and does not have it."""
    one = unbound(facts)
    return one if one is not None and ready(facts, one.expected) else None


def loadable(facts: Facts) -> Wrong | None:
    """The control interface that nobody has, where nothing keeps its driver from being loaded."""
    one = unbound(facts)
    state = module(facts, one.expected) if one is not None else None
    if state is None or state.get("registered") is True or facts.texts("driver.rejected"):
        return None
    return None if state.get("installed") is False or state.get("blacklisted") else one


def taken(facts: Facts, one: Wrong) -> str | None:
    """The driver that has the data interface of a pair, where that is another one."""
    pair = neighbours(facts, one)
    return pair[1] if pair and pair[1] != one.expected else None


def unknown(facts: Facts, one: Wrong) -> bool:
    """Whether this kernel's qmi_wwan does not take the interface, since it does not know the id."""
    if one.expected != "qmi_wwan" or one.record.get("errno") is not None:
        return False
    predicted = one.record.get("predicted", one.expected) == one.expected
    listed = "driver.alias" not in facts or one.expected in facts.texts("driver.alias")
    return not (predicted and listed) and not failures(facts, one.name)


def teach(facts: Facts, one: Wrong) -> tuple[str, ...]:
    """The lines that tell a driver of the modem's id, and take it back; none where it knows it."""
    if not unknown(facts, one):
        return ()
    ids = (facts.text("device.usb_id") or "VENDOR:PRODUCT").replace(":", " ")
    path = f"{DRIVERS}/{one.expected}"
    return (write(f"{ids} {LIKE_DTR}", f"{path}/new_id"), write(ids, f"{path}/remove_id"))


def by_hand(facts: Facts, driver: str | None) -> str | None:
    """The dynamic id by which a driver was told of this modem."""
    records = facts.records("driver.dynamic_ids")
    found = (one.get("id") for one in records if one.get("driver") == driver)
    return next((one for one in found if isinstance(one, str)), None)


def given_times(facts: Facts, driver: str) -> int:
    """How often a driver was told of this modem."""
    return sum(one.get("driver") == driver for one in facts.records("driver.dynamic_ids"))


def neighbours(facts: Facts, one: Wrong) -> tuple[str, ...]:
    """The interface that follows a control interface and whoever has it, where both are a pair."""
    number = one.record.get("number")
    for each in facts.records("usb.interfaces"):
        if each.get("function") == "data" and isinstance(number, int):
            if each.get("number") == number + 1 and isinstance(each.get("driver"), str):
                return str(each.get("name")), str(each["driver"])
    return ()


def unbind(name: str, driver: str) -> str:
    """The line that takes an interface from a driver."""
    return write(name, f"{DRIVERS}/{driver}/unbind")


def bind(name: str, driver: str) -> str:
    """The line that gives an interface to a driver."""
    return write(name, f"{DRIVERS}/{driver}/bind")


def let_in(driver: str, file: str) -> str:
    """The line that takes what keeps a module out of a file of modprobe, and nothing else."""
    name = driver.replace("_", "[-_]")
    return f"sed -i -E '/^\\s*(blacklist|install)\\s+{name}(\\s|$)/d' {shlex.quote(file)}"


def hand_over(facts: Facts, one: Wrong) -> tuple[str, ...]:
    """The lines that take the function from whoever has it and give it to its own driver."""
    assert one.driver is not None
    lines = [unbind(one.name, one.driver)]
    pair = neighbours(facts, one)
    # Drivers of a pair let both halves go; serial ones know of no pairs.
    if pair and (pair[1] != one.driver or one.driver in SERIAL):
        lines.append(unbind(*pair))
    return (*lines, f"modprobe {one.expected}", bind(one.name, one.expected))


def seen(one: Wrong, facts: Facts) -> tuple[Evidence, ...]:
    """The evidence: the interface, and what the kernel said of it."""
    pipes = one.record.get("pipes")
    listed = ", ".join(map(str, pipes)) if isinstance(pipes, list) else ""
    source = f"{DEVICES}/{one.name}"
    found = [
        Evidence(f"driver: {one.driver or 'none'}, expected: {one.expected}", source=source),
        Evidence(f"class {one.record.get('class')}, endpoints: {listed or 'none'}", source=source),
    ]
    said = failures(facts, one.name)
    return (*found, *(Evidence(str(each.get("text")), source="/dev/kmsg") for each in said))


def failures(facts: Facts, name: str) -> list[Mapping[str, JsonValue]]:
    """The probes of an interface that failed aloud."""
    return [one for one in facts.records("driver.failed") if one.get("interface") == name]


def shown_module(facts: Facts, name: str) -> Evidence:
    """What the machine has of a driver, in words."""
    state = module(facts, name) or {}
    words = {True: "installed", False: "not installed"}
    known = state.get("installed")
    installed = words[known] if isinstance(known, bool) else "not known whether it is installed"
    loaded = "loaded" if state.get("registered") is True else "not loaded"
    file = state.get("blacklisted")
    out = f", kept out by {file}" if isinstance(file, str) else ""
    return Evidence(
        f"{name}: {installed}, {loaded}{out}",
        value=dict(state),
        source=facts.source("driver.modules"),
    )
