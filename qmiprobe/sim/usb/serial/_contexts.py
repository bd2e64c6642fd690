# SPDX-License-Identifier: GPL-2.0-or-later
"""AT commands about stored contexts and the data session of Ethernet functions (session 0)."""

from __future__ import annotations

from ipaddress import IPv4Address

from qmiprobe.sim._parts import CallEnd, Context
from qmiprobe.sim._sessions import Session
from qmiprobe.sim.usb._layout import UsbLayout
from qmiprobe.sim.usb.serial._commands import (
    GPRS_ERROR,
    NO_SERVICE,
    WRONG_PARAMETERS,
    AtError,
    AtModem,
    commands,
    number,
)
from qmiprobe.sim.usb.serial._line import Command
from qmiprobe.sim.usb.serial._sim_and_radio import refuse_without_sim

_TYPES = {"ipv4": "IP", "ipv6": "IPV6", "ipv4v6": "IPV4V6"}
_FAMILIES = {kind: family for family, kind in _TYPES.items()}
_MOST_CONTEXTS = 16
_HUAWEI, _HP_LT4112 = 0x12D1, (0x03F0, 0x581D)
_QUALCOMMS_OWN = {0x05C6, 0x1BC7, 0x1E0E, 0x2C7C, 0x2001}


def _is_huaweis(usb: UsbLayout) -> bool:
    return usb.vendor == _HUAWEI or (usb.vendor, usb.product) == _HP_LT4112


def _is_qualcomms(usb: UsbLayout) -> bool:
    """Whether a modem has the commands of Qualcomm's reference firmware."""
    return usb.vendor in _QUALCOMMS_OWN


@commands.answers("+CGDCONT", "read")
def contexts(at: AtModem, _command: Command) -> list[str]:
    return [
        f'+CGDCONT: {one.number},"{_TYPES.get(one.family, "IP")}","{one.apn}","",0,0'
        for one in at.state.contexts.values()
    ]


@commands.answers("+CGDCONT", "test")
def context_forms(_at: AtModem, _command: Command) -> list[str]:
    return [f'+CGDCONT: (1-{_MOST_CONTEXTS}),"{kind}",,,(0),(0)' for kind in _FAMILIES]


@commands.answers("+CGDCONT", "set")
def store_context(at: AtModem, command: Command) -> list[str]:
    number_of = number(command.values[0], among=range(1, _MOST_CONTEXTS + 1))
    if len(command.values) == 1:
        at.state.delete_context(number_of)
        return []
    family = _FAMILIES.get(command.values[1].upper())
    if family is None:
        raise AtError(WRONG_PARAMETERS)
    apn = command.values[2] if len(command.values) > 2 else ""
    at.state.store_context(Context(number=number_of, apn=apn, family=family))
    return []


@commands.answers("+CGACT", "read")
def active_contexts(at: AtModem, _command: Command) -> list[str]:
    up = _sessions(at)
    return [
        f"+CGACT: {one.number},{int(any(session.apn == one.apn for session in up))}"
        for one in at.state.contexts.values()
    ]


@commands.answers("+CGACT", "test")
def activations(_at: AtModem, _command: Command) -> list[str]:
    return ["+CGACT: (0,1)"]


@commands.answers("+CGACT", "set")
def activate(at: AtModem, command: Command) -> list[str]:
    wanted = number(command.values[0], among=range(2))
    chosen = command.values[1] if len(command.values) > 1 else str(at.state.default_context)
    if wanted:
        _connect(at, number(chosen))
    else:
        _disconnect(at)
    return []


@commands.answers("+CGPADDR", "do", "set")
def addresses(at: AtModem, command: Command) -> list[str]:
    asked = number(command.values[0]) if command.values else None
    lines = []
    for one in at.state.contexts.values():
        own = [str(each.facts.interface.ip) for each in _sessions(at) if each.apn == one.apn]
        if asked in (None, one.number):
            lines.append(",".join([f"+CGPADDR: {one.number}", *(f'"{text}"' for text in own)]))
    return lines


@commands.answers("^NDISDUP", "set", kind=_is_huaweis)
def dial_ethernet(at: AtModem, command: Command) -> list[str]:
    """Huawei: number of the context, 1 to connect or 0, and an APN in its place."""
    if len(command.values) < 2:
        raise AtError(WRONG_PARAMETERS)
    chosen, wanted = number(command.values[0]), number(command.values[1], among=range(2))
    if wanted:
        _connect(at, chosen, apn=command.values[2] if len(command.values) > 2 else None)
    else:
        _disconnect(at)
    return []


@commands.answers("^NDISSTATQRY", "read", "set", kind=_is_huaweis)
def ethernet_state(at: AtModem, _command: Command) -> list[str]:
    families = at.state.sessions.families(0)
    four, six = int(4 in families), int(6 in families)
    return [f'^NDISSTATQRY: {four},,,"IPV4",{six},,,"IPV6"']


@commands.answers("^DHCP", "read", kind=_is_huaweis)
def ethernet_address(at: AtModem, _command: Command) -> list[str]:
    """Huawei: address, mask, gateway, DHCP server, DNS servers in hexadecimal, rates."""
    session = at.state.sessions.find(0, 4)
    if session is None:
        raise AtError
    facts = session.facts
    dns = [one for one in facts.dns if isinstance(one, IPv4Address)][:2]
    shown = [facts.interface.ip, facts.interface.netmask, facts.gateway, facts.gateway, *dns]
    shown += [IPv4Address(0)] * (6 - len(shown))
    texts = [f"{int(one):08X}" if one is not None else "00000000" for one in shown]
    rates = at.profile.link
    return [f"^DHCP: {','.join(texts)},{rates.downlink_bps},{rates.uplink_bps}"]


@commands.answers("$QCRMCALL", "set", kind=_is_qualcomms)
def dial_remote(at: AtModem, command: Command) -> list[str]:
    """Qualcomm: 1 to connect or 0, number of the call."""
    if number(command.values[0], among=range(2)):
        _connect(at, at.state.default_context)
    else:
        _disconnect(at)
    return []


@commands.answers("$QCRMCALL", "read", kind=_is_qualcomms)
def remote_call(at: AtModem, _command: Command) -> list[str]:
    return [f"$QCRMCALL: 1,V{family}" for family in at.state.sessions.families(0)]


def _sessions(at: AtModem) -> list[Session]:
    found = (at.state.sessions.find(0, family) for family in (4, 6))
    return [one for one in found if one is not None]


def _connect(at: AtModem, chosen: int, *, apn: str | None = None) -> None:
    """Bring session 0 up in every family of a context; nothing happens to one that is up."""
    refuse_without_sim(at)
    if not at.state.attached:
        raise AtError(NO_SERVICE)
    context = at.state.contexts.get(chosen)
    if context is None:
        raise AtError(WRONG_PARAMETERS)
    refused = 0
    wanted = [family for family in (4, 6) if f"v{family}" in context.family]
    for family in wanted:
        if at.state.sessions.find(0, family) is None:
            started = at.state.sessions.start(0, family, apn=apn or context.apn)
            refused += isinstance(started, CallEnd)
    if refused == len(wanted):
        raise AtError(GPRS_ERROR)


def _disconnect(at: AtModem) -> None:
    for family in at.state.sessions.families(0):
        at.state.sessions.stop(0, family)
