# SPDX-License-Identifier: GPL-2.0-or-later
"""The doctor: the ladder's host rungs in depth, for one modem or for every one of the machine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module

from qmiprobe import host
from qmiprobe.address import Address, UsbAddress
from qmiprobe.check import _rungs_doctor as doctor
from qmiprobe.check._check import Check, Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._ladder import LADDER
from qmiprobe.check._report import Report
from qmiprobe.check._rungs_usb import usb_wanted_configuration
from qmiprobe.diagnosis import Facts, Outcome, Reason

Rung = Check[CheckContext]
_AS_IN_CHECK = {check.id: check for check in LADDER}


def _defect(rung: Rung) -> Rung:
    """Return the rung as the doctor has it: a port that is not to be had is what he looks for."""

    async def run(context: CheckContext) -> Result:
        result = await rung.run(context)
        named = context.facts.text("port.error") == "missing"
        if result.outcome is Outcome.FAIL and result.reason is Reason.CANNOT_TEST and not named:
            return replace(result, reason=Reason.DEFECT)
        return result

    return replace(rung, run=run)


DOCTOR: tuple[Rung, ...] = (
    Rung("host.sight", (), doctor.host_sight, "what can be seen"),
    _AS_IN_CHECK["usb.enumerated"],
    _AS_IN_CHECK["usb.authorized"],
    Rung("usb.errors", ("usb.enumerated",), doctor.usb_errors, "transfers on the bus"),
    Rung("usb.speed", ("usb.enumerated",), doctor.usb_speed, "speed of the bus"),
    Rung("usb.power", ("usb.enumerated",), doctor.usb_power, "power"),
    replace(_AS_IN_CHECK["usb.configuration"], run=usb_wanted_configuration),
    _AS_IN_CHECK["driver.bound"],
    Rung("driver.others", ("driver.bound",), doctor.driver_others, "drivers beside it"),
    _defect(_AS_IN_CHECK["port.node"]),
    Rung("port.protocol", ("port.node",), doctor.port_protocol, "what the port carries"),
    Rung("port.access", ("port.node",), doctor.port_access, "who may open it"),
    _defect(_AS_IN_CHECK["port.holder"]),
    Rung("port.manager", ("port.holder",), doctor.port_manager, "what ModemManager has"),
    Rung("netdev.settings", ("driver.bound",), doctor.netdev_settings, "the netdev's settings"),
    Rung("radio.rfkill", ("usb.enumerated",), doctor.radio_rfkill, "the machine's switches"),
)
"""What the doctor looks at; nothing of it opens a port."""


def _later(name: str, function: str) -> Callable[[CheckContext], Awaitable[Result]]:
    async def run(context: CheckContext) -> Result:
        rung = getattr(import_module(f"qmiprobe.check.{name}"), function)
        result: Result = await rung(context)
        return result

    return run


PROBE: tuple[Rung, ...] = (
    *DOCTOR,
    replace(_AS_IN_CHECK["port.open"], needs=("port.holder", "port.access", "port.protocol")),
    _AS_IN_CHECK["control.protocol"],
    Rung(
        "netdev.raw-ip",
        ("netdev.settings", "control.protocol"),
        _later("_rungs_doctor_probe", "netdev_raw_ip"),
        "what the modem frames packets in",
        ("control.protocol",),
    ),
    Rung(
        "port.others",
        ("usb.enumerated",),
        _later("_probe_ports", "probe_ports"),
        "what the other ports speak",
    ),
)
"""With ``--probe``: the ports themselves are asked as well."""


@dataclass(frozen=True)
class DoctorReport(Report):
    """A report whose exit status says whether there is any finding, a warning's included."""

    @property
    def exit_status(self) -> int:
        """As a check's; 1 where nothing failed and something was found."""
        return super().exit_status or int(bool(self.findings))


def patients(address: Address | None, *, sysroot: str) -> tuple[Address | None, ...]:
    """Return the addresses to look at: the one that was named, else every modem of the machine.

    A disc that becomes a modem counts as one. Where there is none at all: None, which is looked
    for as `check` does.
    """
    if address is not None:
        return (address,)
    names = [modem.name for modem in host.modems(sysroot)]
    names += [disc.name for disc in host.discs(sysroot) if disc.name not in names]
    if len(names) < 2:
        return (None,)
    return tuple(UsbAddress(name=name) for name in names)


def merged(reports: Sequence[Report]) -> DoctorReport:
    """Return one report of several modems: each check says which modem it is about."""
    first, several = reports[0], len(reports) > 1
    facts = Facts() if several else first.facts
    return DoctorReport(
        device=dict.fromkeys(first.device) if several else first.device,
        started=first.started,
        duration_s=sum(one.duration_s for one in reports),
        verdicts=tuple(
            replace(each, modem=_name(one) if several else None)
            for one in reports
            for each in one.verdicts
        ),
        findings=tuple(
            replace(each, modem=_name(one)) if several else each
            for one in reports
            for each in one.findings
        ),
        facts=facts,
    )


def _name(report: Report) -> str | None:
    name = report.device.get("usb") or report.device.get("address")
    return name if isinstance(name, str) else None
