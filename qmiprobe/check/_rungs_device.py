# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of the modem itself: who it is, its radio, its SIM, its registration."""

from __future__ import annotations

import trio

from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._doctor_facts import add_switches
from qmiprobe.check._evidence import measured
from qmiprobe.check._modem import Registration, Signal, SimStatus
from qmiprobe.diagnosis import Reason

SIM_PATIENCE = 5.0
"""Seconds for a SIM to start: after a modem was powered or the card put in, it takes some."""
REGISTER_PATIENCE = 10.0
"""Seconds for registering after that."""
LOOK_AGAIN = 0.5
# Below these a connection is not to be counted on (3GPP 36.133, 25.133 and field practice).
_LEAST = {"nr5g": ("rsrp", -115.0), "lte": ("rsrp", -115.0), "umts": ("rssi", -105.0)}
_LEAST_RSSI = ("rssi", -107.0)
_UNITS = {"rssi": "dBm", "rsrp": "dBm", "rsrq": "dB", "snr": "dB"}
_SIM_TEXTS = {
    "absent": "no SIM in the active slot",
    "pin-required": "the SIM wants its PIN",
    "puk-required": "the SIM wants its PUK",
    "blocked": "the SIM is blocked for good",
    "illegal": "the network or the modem takes this SIM for illegal",
    "not-initialised": "the SIM is not initialised",
    "locked": "the modem is locked to another operator or SIM",
    "error": "the card does not work",
}


def _source(context: CheckContext, qmi: str, mbim: str) -> str:
    return qmi if context.the_modem.protocol == "qmi" else mbim


async def device_identity(context: CheckContext) -> Result:
    """The modem says who it is."""
    who = await context.the_modem.identity()
    facts = context.facts
    source = _source(context, "DMS Get Manufacturer, Model, Revision", "Device Caps")
    for name in ("manufacturer", "model", "revision"):
        if getattr(who, name):
            facts.add(f"device.{name}", getattr(who, name), source=source)
    if who.imei:
        facts.add("device.imei", who.imei, source=source, personal=True)
    evidence = [
        measured("revision", who.revision, source=source),
        measured("radio", who.capabilities, source=source),
    ]
    if who.imei:
        evidence.append(measured("IMEI", who.imei, source=source, personal=True))
    return Result.passed(f"{who.manufacturer} {who.model}".strip(), *evidence)


async def device_mode(context: CheckContext) -> Result:
    """The radio is on."""
    mode = await context.the_modem.mode()
    source = _source(context, "DMS Get Operating Mode", "Radio State")
    context.facts.add("device.mode", mode.name, source=source)
    if mode.name == "online":
        return Result.passed("online")
    context.facts.add("device.mode.cause", mode.cause, source=source)
    if not context.port.simulated:
        add_switches(context.facts, sysroot=context.options.sysroot)
    by = {"hardware": ", by the hardware switch"}.get(mode.cause or "", "")
    evidence = measured("operating mode", mode.name, source=source)
    return Result.failed(Reason.DEFECT, f"the radio is off: {mode.name}{by}", evidence)


async def _started_sim(context: CheckContext) -> SimStatus:
    """Return the SIM's state once it is more than starting, or after ``SIM_PATIENCE``."""
    began = trio.current_time()
    while True:
        status = await context.the_modem.sim()
        waited = trio.current_time() - began
        if status.state != "not-initialised" or waited >= SIM_PATIENCE:
            break
        await trio.sleep(LOOK_AGAIN)
        context.facts.add("sim.waited_s", round(waited + LOOK_AGAIN, 1), source="the clock")
    return status


async def sim_ready(context: CheckContext) -> Result:
    """The SIM is there and open, if after a moment for starting."""
    status = await _started_sim(context)
    source = _source(context, "UIM Get Card Status", "Subscriber Ready Status")
    facts = context.facts
    facts.add("sim.state", status.state, source=source)
    if status.error is not None:
        facts.add("sim.error", status.error, source=source)
    for name, tries in (("pin", status.pin_tries), ("puk", status.puk_tries)):
        if tries is not None:
            facts.add(f"sim.{name}.tries", tries, source=source)
    for name, slot in (("slot", status.slot), ("other_slot", status.other_slot)):
        if slot is not None:
            facts.add(
                f"sim.{name}", slot, source=_source(context, "UIM Get Slot Status", "Slot Info")
            )
    waited = facts.number("sim.waited_s")
    if status.state == "ready":
        return Result.passed(f"ready after {waited:g} s" if waited is not None else "ready")
    text = _SIM_TEXTS.get(status.state, status.state)
    if status.other_slot is not None:
        text += f"; there is one in slot {status.other_slot}"
    tries = {"pin-required": status.pin_tries, "puk-required": status.puk_tries}.get(status.state)
    if tries is not None:
        text += f" ({tries} tries left)"
    evidence = measured("state", status.error or status.state, source=source)
    return Result.failed(Reason.DEFECT, text, evidence)


async def radio_signal(context: CheckContext) -> Result:
    """There is a signal that can be used."""
    signal = await context.the_modem.signal()
    source = _source(context, "NAS Get Signal Info", "Signal State")
    figures = _figures(signal)
    for name, value in figures.items():
        context.facts.add(f"radio.signal.{name}", value, source=source)
    evidence = [
        measured(name.upper(), value, unit=_UNITS[name], source=source)
        for name, value in figures.items()
    ]
    if not figures:
        return Result.warned("the modem measures no signal", *evidence)
    shown = ", ".join(f"{name.upper()} {value:g} {_UNITS[name]}" for name, value in figures.items())
    limit, least = _LEAST.get(signal.technology or "", _LEAST_RSSI)
    strength = figures.get(limit)
    if strength is not None and strength < least:
        return Result.warned(
            f"weak: {shown}; below {least:g} it is not to be counted on", *evidence
        )
    return Result.passed(f"{signal.technology or 'signal'}: {shown}", *evidence)


def _figures(signal: Signal) -> dict[str, float]:
    found = {}
    for name in _UNITS:
        value = getattr(signal, name)
        if value is not None:
            found[name] = float(value)
    return found


async def _settled_registration(context: CheckContext) -> Registration:
    """Return the registration; where the SIM was still starting, with time for it to come about."""
    patience = REGISTER_PATIENCE if "sim.waited_s" in context.facts else 0.0
    deadline = trio.current_time() + patience
    while True:
        got = await context.the_modem.registration()
        settled = got.state == "denied" or (got.state == "registered" and got.attached is not False)
        if settled or trio.current_time() >= deadline:
            return got
        await trio.sleep(LOOK_AGAIN)


async def radio_registered(context: CheckContext) -> Result:
    """The network has taken the modem in, and packet service is attached."""
    got = await _settled_registration(context)
    source = _source(context, "NAS Get Serving System", "Register State, Packet Service")
    facts = context.facts
    values = {
        "registration": got.state,
        "roaming": got.roaming,
        "operator": got.operator,
        "plmn": got.plmn,
        "technology": got.technology,
        "reject.number": got.reject_number,
        "reject.name": got.reject_name,
        "attached": got.attached,
    }
    for name, value in values.items():
        if value is not None:
            facts.add(f"radio.{name}", value, source=source)
    where = f"{got.operator or got.plmn or 'network'}{', roaming' if got.roaming else ''}"
    if got.state == "registered" and got.attached is not False:
        return Result.passed(f"{where}{', ' + got.technology if got.technology else ''}")
    if got.state == "registered":
        text = f"registered at {where}, but packet service is not attached"
        return Result.failed(Reason.DEFECT, text, measured("attached", False, source=source))
    cause = ""
    if got.reject_number is not None:
        cause = f": cause {got.reject_number} ({got.reject_name})"
    evidence = measured("registration", got.state, source=source)
    return Result.failed(Reason.DEFECT, f"not registered: {got.state}{cause}", evidence)
