# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about drivers: the control interface's driver is there, and does not have it."""

from __future__ import annotations

from qmiprobe.diagnosis._commands import replug
from qmiprobe.diagnosis._configurations import (
    better,
    configuration_commands,
    configuration_rule,
    device_folder,
    shown,
    write,
)
from qmiprobe.diagnosis._driver_facts import (
    DEVICES,
    Wrong,
    bind,
    failures,
    loadable,
    neighbours,
    offered,
    ready,
    seen,
    shown_module,
    taken,
    teach,
    unbind,
    unknown,
)
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, observed, rule


def _with_driver(facts: Facts) -> Wrong | None:
    """The control interface that nobody has, where its driver is there, or has but to be loaded."""
    return offered(facts) or loadable(facts)


def _does(facts: Facts, one: Wrong, verb: str) -> str:
    """What the driver does, or would do once it is loaded: verb in the third person."""
    return verb if ready(facts, one.expected) else f"would {verb.removesuffix('s')}"


def _load(facts: Facts, one: Wrong) -> tuple[str, ...]:
    return () if ready(facts, one.expected) else (f"modprobe {one.expected}",)


@rule(id="driver/probe-failed", explains=("driver.bound",))
def probe_failed(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The driver tried and failed, aloud."""
    one = _with_driver(facts)
    if one is None:
        return None
    loaded = ready(facts, one.expected)  # before it is loaded, only its descriptors tell
    failed = failures(facts, one.name) if loaded else []
    said = [each for each in failed if each.get("driver") == one.expected]
    number = said[-1].get("errno") if said else one.record.get("errno")
    if number in (None, "ENODEV", "ENXIO") or taken(facts, one):
        return None
    why = _why(one, str(number))
    return Cause(
        f"{one.expected} {_does(facts, one, 'fails')} at {one.title} with {number}: {why}",
        _elsewhere(
            facts,
            "Its descriptors are not those of such a function: this firmware has it elsewhere, or "
            "it starts badly.",
        ),
        seen(one, facts),
    )


def _elsewhere(facts: Facts, text: str) -> Remedy:
    """What helps where a driver cannot have the interface: another configuration, a new start."""
    value = better(facts)
    if value is None:
        return Remedy(
            f"{text} Binding it again ends the same way, and no other configuration has a control "
            "port: let the modem come anew, else update its firmware. `qmiprobe list` shows what "
            "its other interfaces are.",
            commands=replug(facts),
        )
    file = f"{device_folder(facts)}/bConfigurationValue"
    records = facts.records("usb.configurations")
    active = next((one.get("value") for one in records if one.get("active")), None)
    return Remedy(
        f"{text} Configuration {value} has a control port, too: use that one.",
        commands=configuration_commands(facts, value),
        undo=(write(str(active), file),) if active is not None else (),
        lasting=configuration_rule(facts, value),
    )


def _why(one: Wrong, number: str) -> str:
    said = one.record.get("why")
    if isinstance(said, str):
        return said
    pipes = one.record.get("pipes")
    there = set(map(str, pipes)) if isinstance(pipes, list) else set()
    wants = ("interrupt-in", "bulk-in", "bulk-out") if one.function == "qmi" else ("interrupt-in",)
    lacks = [
        pipe.replace("-in", " IN").replace("-out", " OUT") for pipe in wants if pipe not in there
    ]
    if number == "EINVAL" and lacks and "?" not in there:
        return f"there is no {' and no '.join(lacks)} endpoint"
    reasons = {
        "EBUSY": "another driver has its data interface",
        "ETIMEDOUT": "the modem does not answer while it is set up",
        "EPROTO": "the bus fails while it is set up",
        "EPIPE": "the modem refuses to be set up",
        "EINVAL": "an endpoint that it needs is not there",
    }
    return reasons.get(number, "the modem cannot be set up")


@rule(id="driver/data-interface-taken", explains=("driver.bound",))
def data_interface_taken(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Another driver has the second half of the pair."""
    one = _with_driver(facts)
    thief = taken(facts, one) if one is not None else None
    if one is None or thief is None:
        return None
    name = neighbours(facts, one)[0]
    load = _load(facts, one)
    return Cause(
        f"{thief} has {name}, the data interface of {one.title}, so that {one.expected} "
        f"{_does(facts, one, 'gives')} both back",
        Remedy(
            "Take the data interface back, then "
            + ("load the driver" if load else "bind the control interface")
            + ": it brings the other.",
            commands=(
                unbind(name, thief),
                *load,
                *(teach(facts, one) or (() if load else (bind(one.name, one.expected),))),
            ),
            undo=(unbind(one.name, one.expected), bind(name, thief)),
        ),
        seen(one, facts),
    )


@rule(id="driver/gave-back", explains=("driver.bound",))
def gave_back(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """cdc_mbim said why it gave the function back, in a line that names no error."""
    one = _given_back(facts)
    if one is None or _switched_to(facts) is not None:
        return None
    file = f"{DEVICES}/{one.name.partition(':')[0]}/authorized"
    return Cause(
        f"{one.expected} gave {one.title} back: {_why_back(facts, one)}",
        Remedy(
            "The driver says so without an error's number, and does not try again. Some modems "
            "need a few seconds after they start: bind it once more; else let it come anew.",
            commands=(
                f"{bind(one.name, one.expected)} || "
                f"{{ {write(0, file)}; sleep 2; {write(1, file)}; }}",
            ),
        ),
        seen(one, facts),
    )


@rule(id="usb/configuration-dead", explains=("driver.bound",))
def configuration_dead(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The function does not work in a configuration that was set after the kernel's own."""
    one, value = _given_back(facts), _switched_to(facts)
    if one is None or value is None:
        return None
    file = f"{device_folder(facts)}/bConfigurationValue"
    return Cause(
        f"the modem was switched to configuration {value}, and {one.title} does not work there: "
        f"{_why_back(facts, one)}",
        Remedy(
            "Some firmwares let themselves be switched only right after they came, or only from "
            "no configuration at all: take the configuration away first, then set it. A udev rule "
            "sets it as early as can be.",
            commands=(write(0, file), "sleep 1", write(value, file)),
            lasting=configuration_rule(facts, value),
        ),
        (*seen(one, facts), shown(facts)),
    )


def _given_back(facts: Facts) -> Wrong | None:
    """The control interface, where its driver gave it back and said so."""
    one = offered(facts)
    if one is None or taken(facts, one):
        return None
    said = failures(facts, one.name)
    return one if any(each.get("errno") == "ENODEV" for each in said) else None


def _why_back(facts: Facts, one: Wrong) -> str:
    lines = " ".join(str(each.get("text")) for each in failures(facts, one.name))
    why = next((text for word, text in _GIVEN_BACK.items() if word in lines), None)
    return why or "setting it up failed"


def _switched_to(facts: Facts) -> int | None:
    """The active configuration, where it is not the one that Linux chooses by itself."""
    records = facts.records("usb.configurations")
    active = next((one for one in records if one.get("active")), None)
    value = active.get("value") if active is not None else None
    if active is None or len(records) < 2 or active.get("kernel") or not isinstance(value, int):
        return None
    return value


_GIVEN_BACK = {
    "GET_NTB_PARAMETERS": "the modem refuses to say how it transfers packets",
    "SET_NTB_FORMAT": "the modem refuses the format of packets",
    "SET_CRC_MODE": "the modem refuses to do without checksums",
    "claim data intf": "its data interface could not be had",
    "Union missing": "no descriptor names its data interface",
    "functional descriptor": "its functional descriptors are missing",
    "mac address": "it has no address for the host",
}
"""By words of the kernel's log, what went wrong."""


@rule(id="driver/refused", explains=("driver.bound",))
def refused(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The driver gave it back without a word, for what its descriptors say."""
    one = _with_driver(facts)
    why = one.record.get("why") if one is not None else None
    if one is None or one.record.get("errno") != "ENODEV" or not isinstance(why, str):
        return None
    if taken(facts, one) or failures(facts, one.name):
        return None
    return Cause(
        f"{one.expected} {_does(facts, one, 'gives')} {one.title} back (ENODEV, which is not "
        f"logged): {why}",
        _elsewhere(
            facts,
            "By its descriptors it is no such function: this firmware has it elsewhere, or tells "
            "it wrongly.",
        ),
        seen(one, facts),
    )


@rule(id="driver/unknown-id", explains=("driver.bound",))
def unknown_id(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """This kernel's driver does not know the modem."""
    one = _with_driver(facts)
    if one is None or not unknown(facts, one) or taken(facts, one) is not None:
        return None
    usb_id, load = facts.text("device.usb_id") or "VENDOR:PRODUCT", _load(facts, one)
    name = one.name.partition(":")[0]
    return Cause(
        f"{one.expected} of this kernel does not know {usb_id}, so nobody has {one.title}",
        Remedy(
            f"A newer kernel may. Until then {'load the driver and tell it' if load else 'tell it'}"
            " by hand, with class and an example that sets DTR, and take it back at once: it would "
            "count for every interface. It is forgotten when the modem is replugged: a udev rule "
            "makes it last.",
            commands=(*load, *teach(facts, one)),
            undo=(
                unbind(one.name, one.expected),
                *((f"modprobe -r {one.expected}",) if load else ()),
            ),
            lasting=(f"qmiprobe rebind {name} --driver {one.expected} --install /",),
        ),
        (
            *seen(one, facts),
            observed(facts, "driver.alias", "modules for it"),
            *((shown_module(facts, one.expected),) if load else ()),
            *(
                (observed(facts, "usb.log.numbering", "its numbers have gaps, which is harmless"),)
                if facts.texts("usb.log.numbering")
                else ()
            ),
        ),
    )


@rule(id="driver/unbound", explains=("driver.bound",))
def left_alone(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Nothing keeps the driver from it, and it does not have it."""
    one = offered(facts)
    if one is None or one.record.get("errno") is not None or failures(facts, one.name):
        return None
    if taken(facts, one) or unknown(facts, one):
        return None
    return Cause(
        f"no driver has {one.title}, though {one.expected} would take it",
        Remedy(
            "Somebody unbound it, or it failed without a word (ENODEV is not logged). Bind it: the "
            "error of the write is the driver's own.",
            commands=(bind(one.name, one.expected),),
            undo=(unbind(one.name, one.expected),),
        ),
        seen(one, facts),
    )
