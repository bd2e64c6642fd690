# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about what the kernel's log says of the bus: no device comes up, transfers fail."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from qmiprobe.diagnosis._commands import replug
from qmiprobe.diagnosis._configurations import device_folder, write
from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, observed, rule

_FLOOD = 50
"""Lines in one second: a transfer that fails is given again at once, for ever."""


@rule(id="usb/enumeration-failed", explains=("usb.enumerated",), follows=("usb/no-modem",))
def enumeration_failed(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Something is plugged in, and the kernel cannot talk to it."""
    said = facts.texts("usb.log.enumeration")
    if not said or facts.text("device.usb") is not None or facts.text("usb.disc.id") is not None:
        return None
    plug = facts.text("usb.log.enumeration.plug") or "the port"
    current = any("over-current" in line for line in said)
    port = facts.text("usb.port")
    file = f"{port}/disable" if port is not None else None
    return Cause(
        f"something is plugged in at {plug}, and the kernel cannot bring it up"
        + (": it draws too much current" if current else ""),
        Remedy(
            "Cable, hub or supply: try a shorter cable, another port, a hub with a supply of its "
            "own; modems draw 2 A for a moment when they transmit."
            + (" These lines switch the port off and on." if file else ""),
            commands=(write(1, file), "sleep 2", write(0, file)) if file else ("lsusb -t",),
            undo=(write(0, file),) if file else (),
        ),
        (_lines(facts, "usb.log.enumeration"), *_counted(facts)),
    )


def _lines(facts: Facts, name: str) -> Evidence:
    said = facts.texts(name)
    more = f" (and {len(said) - 1} more)" if len(said) > 1 else ""
    text = f"the kernel said: {said[-1] if said else '-'}{more}"
    return Evidence(text, value=list(said), source=facts.source(name))


def _counted(facts: Facts) -> tuple[Evidence, ...]:
    if not facts.integer("usb.over_currents"):
        return ()
    return (observed(facts, "usb.over_currents", "over-currents at that port"),)


@rule(id="usb/no-bandwidth", explains=("usb.configuration",), follows=("usb/unconfigured",))
def no_bandwidth(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The bus or its controller has no room for the modem's endpoints."""
    if not facts.texts("usb.log.bandwidth"):
        return None
    if any(one.get("active") for one in facts.records("usb.configurations")):
        return None
    return Cause(
        "the USB controller has no room left for this modem's endpoints",
        Remedy(
            "Each modem takes a dozen endpoints or more, and a controller has few. Plug some of "
            "the devices into ports of another controller; `lsusb -t` shows which they are.",
            commands=("lsusb -t",),
        ),
        (_lines(facts, "usb.log.bandwidth"),),
    )


def _errors(facts: Facts, *kinds: str) -> Mapping[str, JsonValue] | None:
    records = facts.records("usb.log.errors")
    return next((one for one in records if one.get("kind") in kinds), None)


def _count(record: Mapping[str, JsonValue], name: str) -> int:
    value = record.get(name)
    return value if isinstance(value, int) else 0


def _seen(record: Mapping[str, JsonValue]) -> tuple[Evidence, ...]:
    times = _count(record, "count")
    return (
        Evidence(
            f"the kernel said {times} {'time' if times == 1 else 'times'}: {record.get('text')}",
            value=dict(record),
            source="/dev/kmsg",
        ),
    )


@rule(id="usb/endless-errors", explains=("usb.errors",))
def endless_errors(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The modem is dead, and its driver asks it again and again without a pause."""
    record = _errors(facts, "interrupt")
    if record is None or _count(record, "most_in_a_second") < _FLOOD:
        return None
    folder = device_folder(facts)
    return Cause(
        "the modem does not answer on the bus any more, and its driver asks it without a pause",
        Remedy(
            "This can keep the whole machine busy. End the programs that have the port open, then "
            "take the modem off the bus and let it come anew. Newer kernels ask less often.",
            commands=(
                "systemctl stop ModemManager",
                *(replug(facts) or (write(0, f"{folder}/authorized"),)),
            ),
            undo=("systemctl start ModemManager",),
        ),
        _seen(record),
    )


@rule(id="usb/stalls", explains=("usb.errors",), of_warning=True)
def stalls(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The firmware refuses what it is sent."""
    record = _errors(facts, "stall")
    if record is None:
        return None
    return Cause(
        "the modem's firmware refuses transfers (a stall: -32, EPIPE)",
        Remedy(
            "It is not ready yet, a command is too long for it, or this is no control interface. "
            "Where it goes on, let the modem come anew.",
            commands=replug(facts),
        ),
        _seen(record),
    )


@rule(id="netdev/watchdog", explains=("usb.errors",), of_warning=True)
def watchdog(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Packets wait in the driver and nobody takes them."""
    record = _errors(facts, "watchdog")
    if record is None:
        return None
    name = shlex.quote(facts.text("netdev.name") or "wwan0")
    return Cause(
        "packets stood in the driver's queue and the modem did not take them",
        Remedy(
            "Its firmware hangs, or it wants its packets ordered differently: with cdc_mbim try "
            "the table behind the packets. Else let the modem come anew.",
            commands=(
                f"[ ! -e /sys/class/net/{name}/cdc_ncm ] || "
                f"echo Y > /sys/class/net/{name}/cdc_ncm/ndp_to_end",
                *replug(facts),
            ),
            undo=(
                f"[ ! -e /sys/class/net/{name}/cdc_ncm ] || "
                f"echo N > /sys/class/net/{name}/cdc_ncm/ndp_to_end",
            ),
        ),
        _seen(record),
    )
