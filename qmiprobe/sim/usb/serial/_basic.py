# SPDX-License-Identifier: GPL-2.0-or-later
"""AT commands of V.250 and GSM terminals in general: echo, results, what the modem is."""

from __future__ import annotations

from qmiprobe.sim._parts import Card
from qmiprobe.sim.usb.serial._commands import (
    SIM_FAILURE,
    SIM_NOT_INSERTED,
    WRONG_PARAMETERS,
    AtError,
    AtModem,
    commands,
    number,
)
from qmiprobe.sim.usb.serial._line import Command

_CAPABILITIES = "+GCAP: +CGSM,+DS,+ES"
_REGISTERS = {"S0": 0, "S3": 13, "S4": 10, "S5": 8, "S6": 2, "S7": 50, "S8": 2, "S10": 15}


def _flag(command: Command) -> bool:
    value = command.values[0] if command.values else "0"
    if value not in ("0", "1"):
        raise AtError
    return value == "1"


@commands.answers("Z")
@commands.answers("&F")
def reset(at: AtModem, command: Command) -> list[str]:
    if command.values not in ((), ("0",)):
        raise AtError
    at.reset()
    return []


@commands.answers("E")
def echo(at: AtModem, command: Command) -> list[str]:
    at.line.echo = _flag(command)
    return []


@commands.answers("V")
def verbose(at: AtModem, command: Command) -> list[str]:
    at.line.verbose = _flag(command)
    return []


@commands.answers("Q")
def quiet(at: AtModem, command: Command) -> list[str]:
    at.line.quiet = _flag(command)
    return []


@commands.answers("X")
@commands.answers("L")
@commands.answers("M")
@commands.answers("&C")
@commands.answers("&D")
@commands.answers("&K")
@commands.answers("&W")
@commands.answers("H")
def accept(_at: AtModem, _command: Command) -> list[str]:
    """Results, loudspeaker, lines and calls: nothing depends on them here."""
    return []


@commands.answers("D")
@commands.answers("A")
@commands.answers("O")
def call(_at: AtModem, _command: Command) -> list[str]:
    raise AtError(result="NO CARRIER")  # packets go by the network interface alone


for _name in _REGISTERS:

    @commands.answers(_name, "read", "set", "do")
    def register(at: AtModem, command: Command) -> list[str]:
        """Read or set an S register; of all of them nothing depends on but reading."""
        if command.form == "set":
            at.settings[command.name] = number(command.values[0], among=range(256))
        if command.form != "read":
            return []
        return [f"{at.settings.get(command.name, _REGISTERS[command.name]):03d}"]


@commands.answers("I")
def identify(at: AtModem, command: Command) -> list[str]:
    identity = at.profile.identity
    if command.values not in ((), ("0",)):
        raise AtError
    return [
        f"Manufacturer: {identity.manufacturer}",
        f"Model: {identity.model}",
        f"Revision: {identity.revision}",
        f"IMEI: {identity.imei}",
        _CAPABILITIES,
    ]


@commands.answers("+GCAP")
def capabilities(_at: AtModem, _command: Command) -> list[str]:
    return [_CAPABILITIES]


@commands.answers("+CGMI")
@commands.answers("+GMI")
def manufacturer(at: AtModem, _command: Command) -> list[str]:
    return [at.profile.identity.manufacturer]


@commands.answers("+CGMM")
@commands.answers("+GMM")
def model(at: AtModem, _command: Command) -> list[str]:
    return [at.profile.identity.model]


@commands.answers("+CGMR")
@commands.answers("+GMR")
def revision(at: AtModem, _command: Command) -> list[str]:
    return [at.profile.identity.revision]


@commands.answers("+CGSN")
@commands.answers("+GSN")
def serial_number(at: AtModem, _command: Command) -> list[str]:
    return [at.profile.identity.imei]


@commands.answers("+CGSN", "test")
@commands.answers("+CGMI", "test")
@commands.answers("+CGMM", "test")
@commands.answers("+CGMR", "test")
@commands.answers("+GCAP", "test")
@commands.answers("+CIMI", "test")
def is_there(_at: AtModem, _command: Command) -> list[str]:
    return []


def refuse_without_card(at: AtModem) -> None:
    """Raise what a command gets that needs a SIM which is there, locked or not."""
    refusals = {Card.ABSENT: SIM_NOT_INSERTED, Card.FAILED: SIM_FAILURE}
    if at.state.sim.card in refusals:
        raise AtError(refusals[at.state.sim.card])


@commands.answers("+CCID")
@commands.answers("+ICCID")
def iccid(at: AtModem, command: Command) -> list[str]:
    refuse_without_card(at)
    return [f"{command.name}: {at.state.sim.iccid}"]


@commands.answers("+CLAC")
def list_all(at: AtModem, _command: Command) -> list[str]:
    return commands.names(at.profile.usb)


@commands.answers("+CMEE", "set", "read", "test")
def error_form(at: AtModem, command: Command) -> list[str]:
    return _setting(at, command, range(3))


@commands.answers("+FCLASS", "set", "read", "test")
def service_class(at: AtModem, command: Command) -> list[str]:
    return _setting(at, command, range(1))


def _setting(at: AtModem, command: Command, among: range) -> list[str]:
    """Set, read or tell the values of one number."""
    if command.form == "test":
        return [f"{command.name}: ({','.join(map(str, among))})"]
    if command.form == "read":
        return [f"{command.name}: {at.setting(command.name)}"]
    at.settings[command.name] = number(command.values[0], among=among)
    return []


@commands.answers("+CSCS", "set", "read", "test")
def character_set(_at: AtModem, command: Command) -> list[str]:
    if command.form == "test":
        return ['+CSCS: ("IRA","GSM","UCS2")']
    if command.form == "read":
        return ['+CSCS: "IRA"']
    if command.values[0] not in ("IRA", "GSM"):
        raise AtError(WRONG_PARAMETERS)
    return []
