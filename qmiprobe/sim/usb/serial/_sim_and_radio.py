# SPDX-License-Identifier: GPL-2.0-or-later
"""AT commands about the SIM, the radio, and the network that serves the modem."""

from __future__ import annotations

from qmiprobe.sim._parts import Card, Mode, Registration
from qmiprobe.sim.usb.serial._basic import refuse_without_card
from qmiprobe.sim.usb.serial._commands import (
    NO_SERVICE,
    NOT_ALLOWED,
    SIM_BUSY,
    SIM_FAILURE,
    SIM_NOT_INSERTED,
    SIM_PIN,
    SIM_PUK,
    WRONG_PARAMETERS,
    WRONG_PASSWORD,
    AtError,
    AtModem,
    commands,
    number,
)
from qmiprobe.sim.usb.serial._line import Command

_LOCKS = {Card.READY: "READY", Card.PIN: "SIM PIN", Card.PUK: "SIM PUK"}
_REFUSALS = {Card.ABSENT: SIM_NOT_INSERTED, Card.FAILED: SIM_FAILURE, Card.STARTING: SIM_BUSY,
             Card.PIN: SIM_PIN, Card.PUK: SIM_PUK, Card.BLOCKED: SIM_FAILURE}  # fmt: skip
_MODES = {Mode.LOW_POWER: 0, Mode.PERSISTENT_LOW_POWER: 4, Mode.OFFLINE: 7,
          Mode.FACTORY_TEST: 5}  # fmt: skip
_STATUS = {Registration.NONE: 0, Registration.HOME: 1, Registration.SEARCHING: 2,
           Registration.DENIED: 3, Registration.ROAMING: 5}  # fmt: skip
_ACCESS = {"gsm": 0, "umts": 2, "lte": 7, "nr5g": 11}
REGISTRATIONS = ("+CREG", "+CGREG", "+CEREG")


def refuse_without_sim(at: AtModem) -> None:
    """Raise what a command gets that needs a SIM which is open."""
    if at.state.sim.card is not Card.READY:
        raise AtError(_REFUSALS[at.state.sim.card])


@commands.answers("+CPIN", "read")
def pin_state(at: AtModem, _command: Command) -> list[str]:
    card = at.state.sim.card
    if card not in _LOCKS:
        raise AtError(_REFUSALS[card])
    return [f"+CPIN: {_LOCKS[card]}"]


@commands.answers("+CPIN", "set")
def enter_pin(at: AtModem, command: Command) -> list[str]:
    refuse_without_card(at)
    card, values = at.state.sim.card, command.values
    if card is Card.PIN and len(values) == 1:
        done = at.state.verify_pin(values[0])
    elif card is Card.PUK and len(values) == 2:
        done = at.state.unblock_pin(*values)
    else:
        raise AtError(NOT_ALLOWED)
    if not done:
        raise AtError(WRONG_PASSWORD)
    return []


@commands.answers("+CIMI")
def imsi(at: AtModem, _command: Command) -> list[str]:
    refuse_without_sim(at)
    return [at.state.sim.imsi]


@commands.answers("+CNUM")
def own_number(at: AtModem, _command: Command) -> list[str]:
    refuse_without_sim(at)
    digits = at.state.sim.msisdn
    return [f'+CNUM: "","+{digits}",145'] if digits else []


@commands.answers("+CFUN", "read")
def functionality(at: AtModem, _command: Command) -> list[str]:
    radio = at.state.radio
    return [f"+CFUN: {1 if radio.on else _MODES.get(radio.mode, 4)}"]


@commands.answers("+CFUN", "test")
def functionalities(_at: AtModem, _command: Command) -> list[str]:
    return ["+CFUN: (0,1,4),(0,1)"]


@commands.answers("+CFUN", "set")
def set_functionality(at: AtModem, command: Command) -> list[str]:
    modes = {"0": Mode.LOW_POWER, "1": Mode.ONLINE, "4": Mode.LOW_POWER}
    wanted = modes.get(command.values[0])
    if wanted is None or command.values[1:] not in ((), ("0",), ("1",)):
        raise AtError(WRONG_PARAMETERS)
    if at.state.radio.fcc_locked and wanted is Mode.ONLINE:
        raise AtError(NOT_ALLOWED)
    at.state.set_mode(Mode.RESET if command.values == ("1", "1") else wanted)
    return []


@commands.answers("+CSQ")
def signal_quality(at: AtModem, _command: Command) -> list[str]:
    if not at.state.registered:
        return ["+CSQ: 99,99"]
    return [f"+CSQ: {min(max((at.state.signal.rssi + 113) // 2, 0), 31)},99"]


@commands.answers("+CSQ", "test")
def signal_qualities(_at: AtModem, _command: Command) -> list[str]:
    return ["+CSQ: (0-31,99),(0-7,99)"]


@commands.answers("+CESQ")
def extended_signal_quality(at: AtModem, _command: Command) -> list[str]:
    if not at.state.registered:
        return ["+CESQ: 99,99,255,255,255,255"]
    signal = at.state.signal
    rsrq, rsrp = min(max((signal.rsrq + 20) * 2, 0), 34), min(max(signal.rsrp + 141, 0), 97)
    return [f"+CESQ: 99,99,255,255,{rsrq},{rsrp}"]


def registration_line(at: AtModem, name: str, *, unasked: bool = False) -> str:
    """Return how it stands with registering, in the form that the host set for ``name``."""
    state, form = at.state, at.setting(name)
    packet = name != "+CREG"
    status = _STATUS[state.registration]
    if packet and status in (1, 5) and not state.attached:
        status = 0
    text = f"{name}: {status}" if unasked else f"{name}: {form},{status}"
    if form == 2 and status in (1, 5):
        air = state.air
        text += f',"{air.tac:04X}","{air.cell_id:08X}",{_ACCESS.get(air.technology, 7)}'
    return text


for _name in REGISTRATIONS:

    @commands.answers(_name, "read", "test", "set")
    def registration(at: AtModem, command: Command) -> list[str]:
        """Tell it, or set in which form, and whether unasked."""
        if command.form == "read":
            return [registration_line(at, command.name)]
        if command.form == "test":
            return [f"{command.name}: (0-2)"]
        at.settings[command.name] = number(command.values[0], among=range(3))
        return []


@commands.answers("+COPS", "read")
def operator(at: AtModem, _command: Command) -> list[str]:
    state = at.state
    selection = 0 if state.manual_plmn is None else 1
    if not state.registered:
        return [f"+COPS: {selection}"]
    air, form = state.air, at.setting("+COPS")
    names = (air.name, air.short_name or air.name, air.mcc + air.mnc)
    return [f'+COPS: {selection},{form},"{names[form]}",{_ACCESS.get(air.technology, 7)}']


@commands.answers("+COPS", "test")
def operators(at: AtModem, _command: Command) -> list[str]:
    refuse_without_sim(at)
    if not at.state.radio.on:
        raise AtError(NO_SERVICE)
    air = at.state.air
    access = _ACCESS.get(air.technology, 7)
    found = [(2 if at.state.registered else 1, air.mcc, air.mnc, air.name, air.short_name)]
    found += [(1, mcc, mnc, name, "") for mcc, mnc, name in air.others]
    listed = ",".join(
        f'({status},"{name}","{short or name}","{mcc}{mnc}",{access})'
        for status, mcc, mnc, name, short in found
    )
    return [f"+COPS: {listed},,(0-4),(0-2)"]


@commands.answers("+COPS", "set")
def select_operator(at: AtModem, command: Command) -> list[str]:
    mode, *rest = command.values
    if mode == "3" and len(rest) == 1:
        at.settings["+COPS"] = number(rest[0], among=range(3))
        return []
    refuse_without_sim(at)
    if mode == "0":
        at.state.register()
    elif mode == "1" and len(rest) >= 2 and rest[0] == "2" and rest[1].isdecimal():
        at.state.register((rest[1][:3], rest[1][3:]))
    else:
        raise AtError(WRONG_PARAMETERS)
    return []


@commands.answers("+CGATT", "read")
def attached(at: AtModem, _command: Command) -> list[str]:
    return [f"+CGATT: {int(at.state.attached)}"]


@commands.answers("+CGATT", "test")
def attachable(_at: AtModem, _command: Command) -> list[str]:
    return ["+CGATT: (0,1)"]


@commands.answers("+CGATT", "set")
def attach(at: AtModem, command: Command) -> list[str]:
    wanted = number(command.values[0], among=range(2))
    if wanted and not at.state.registered:
        raise AtError(NO_SERVICE)
    at.state.attach(wanted=bool(wanted))
    return []
