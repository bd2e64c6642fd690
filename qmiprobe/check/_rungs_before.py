# SPDX-License-Identifier: GPL-2.0-or-later
"""The rung of the smoke test: is the modem as it was before, and has it stayed since it came?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qmiprobe import host
from qmiprobe.check._before import Before, Notes, before_of, differences
from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._evidence import measured
from qmiprobe.check._modem import Modem
from qmiprobe.check._modem_mbim import MbimModem
from qmiprobe.check._modem_qmi import QmiModem
from qmiprobe.check._saved import is_saved
from qmiprobe.diagnosis import Evidence
from qmiprobe.errors import DecodeError, NoAnswer, Refused
from qmiprobe.host import settled_port

_ASK_S = 5.0
_SOURCE = "the check before"
_HEARD = "uevents"


async def device_unchanged(context: CheckContext) -> Result:
    """The modem is as the check before found it, and did not come again meanwhile."""
    modem = context.port.modem
    if context.port.simulated or modem is None:
        return Result.skipped("only a modem that sysfs shows can be compared with how it was")
    now, notes = await _now(context), Notes()
    before = notes.read(modem.name)
    again = context.options.came_again(modem.name) if context.options.came_again else None
    came = measured("came again meanwhile", "not known" if again is None else again, source=_HEARD)
    if before is None:
        notes.write(modem.name, now)
        if again:
            return Result.warned(f"it came again {again} times while it was checked", came)
        return Result.skipped("there was nothing to compare with; now there is", came)
    changed = differences(before, now)
    evidence = [Evidence(str(one), source=_SOURCE) for one in changed]
    replugged = None not in (before.device_number, now.device_number) and (
        before.device_number != now.device_number
    )
    if replugged:
        evidence.append(Evidence("it has been enumerated anew since", source=_SOURCE))
    if again:
        text = f"it came again {again} times while it was checked"
        return Result.warned(text, came, *evidence)
    if changed:
        return Result.warned("; ".join(str(one) for one in changed[:3]), came, *evidence)
    return Result.passed("as it was", came, *evidence)


def note_before(context: CheckContext) -> None:
    """Keep how the modem is now, for the next check to compare with, if it answered at all.

    Asks nothing: the services that it offers are those of an earlier note.
    """
    modem, notes = context.port.modem, Notes()
    if context.port.simulated or modem is None or context.modem is None or is_saved(context):
        return
    now = _noted(context, {})
    old = notes.read(modem.name)
    if old is not None and (old.who, old.driver) == (now.who, now.driver):
        now = replace(now, services=old.services)
    notes.write(modem.name, now)


def note_standing(modem: host.Modem, port: host.Port | None) -> None:
    """Keep how a modem stands now, as far as sysfs shows it: before something is changed."""
    notes = Notes()
    old, now = notes.read(modem.name), before_of(settled_port(modem, port))
    if old is not None:
        known = (old.who, old.model, old.revision)
        now = replace(now, who=known[0], model=known[1], revision=known[2])
        if old.driver == now.driver:
            now = replace(now, protocol=old.protocol, services=old.services)
    notes.write(modem.name, now)


async def _now(context: CheckContext) -> Before:
    services = await _services(context.modem) if context.modem is not None else {}
    return _noted(context, services)


def _noted(context: CheckContext, services: Mapping[str, str]) -> Before:
    modem, facts = context.port.modem, context.facts
    assert modem is not None
    return before_of(
        settled_port(modem, context.port.port, sysroot=context.options.sysroot),
        protocol=facts.text("device.protocol.heard"),
        services=services,
        model=facts.text("device.model"),
        revision=facts.text("device.revision"),
        imei=facts.text("device.imei"),
    )


async def _services(modem: Modem) -> dict[str, str]:
    """Ask which services it offers; empty where it does not say."""
    try:
        if isinstance(modem, QmiModem):
            from qmiprobe.qmi.services import ctl

            offered = await modem.device.call(ctl.GetVersionInfo(), timeout=_ASK_S)
            return {
                one.service_.name or str(int(one.service_)): (
                    f"{one.major_version}.{one.minor_version}"
                )
                for one in offered.service_list
            }
        if isinstance(modem, MbimModem):
            from qmiprobe.mbim.services import basic_connect as bc

            listed = await modem.device.call(bc.DeviceServicesQuery(), timeout=_ASK_S)
            return {
                one.device_service_id.name or str(one.device_service_id): (
                    "commands " + " ".join(map(str, sorted(one.cids)))
                )
                for one in listed.device_services
            }
    except (NoAnswer, Refused, DecodeError):
        return {}
    return {}
