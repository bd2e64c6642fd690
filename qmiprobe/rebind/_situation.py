# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads what a plan is made from: the modem, its state, the drivers, who uses it."""

from __future__ import annotations

import os
from dataclasses import dataclass

from qmiprobe import host
from qmiprobe.host._files import Tree, read_bytes
from qmiprobe.rebind._model import DEVICES, NoHelp, Plan, Wanted
from qmiprobe.rebind._plan import make_plan
from qmiprobe.rebind._refusals import refusals
from qmiprobe.rebind._state import State, read_state
from qmiprobe.rebind._target import choose_target, control_drivers


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A modem and its machine."""

    modem: host.Modem
    folder: str
    """Of the device in sysfs, links resolved."""
    state: State
    modules: dict[str, host.Module]
    descriptors: host.Descriptors | None
    refusals: tuple[str, ...]
    held: tuple[str, ...]
    """Who reads the control port that is there, where no proxy shares it among programs."""


def look(modem: host.Modem, *, sysroot: str = "/") -> Situation | NoHelp:
    """Return the situation of a modem as ``host`` found it; NoHelp for what is on no USB bus."""
    state = read_state(modem.name, sysroot=sysroot) if modem.bus == "usb" else None
    if state is None:
        return NoHelp(
            why=f"{modem.name} is not on USB: its driver has all of it, or nothing",
            instead="look at the kernel's log for its driver; `qmiprobe doctor` reads it",
        )
    folder = Tree(sysroot).real(f"{DEVICES}/{modem.name}")
    descriptors = host.parse_descriptors(read_bytes(folder, "descriptors") or b"")
    against = refusals(modem, sysroot=sysroot)
    return Situation(
        modem=modem,
        folder=_resolved(folder, sysroot),
        state=state,
        modules={name: host.module(name, sysroot=sysroot) for name in control_drivers()},
        descriptors=descriptors,
        refusals=against,
        held=tuple(one for one in against if " is open in " in one),
    )


def _resolved(folder: str, sysroot: str) -> str:
    """Return the folder's own path on the machine that has it."""
    inside = os.path.relpath(os.path.realpath(folder), os.path.realpath(sysroot))
    return f"/{inside}"


def plan_for(
    situation: Situation,
    *,
    wanted: Wanted,
    before: State | None = None,
    unconfigure: bool | None = None,
) -> Plan | NoHelp:
    """Return the plan for a situation, or why none helps.

    ``before``: the state before a run that was killed, whose work this one finishes.
    """
    target = choose_target(
        situation.modem,
        wanted=wanted,
        modules=situation.modules,
        descriptors=situation.descriptors,
    )
    if isinstance(target, NoHelp):
        return target
    plan = make_plan(
        situation.modem,
        state=situation.state,
        target=target,
        modules=situation.modules,
        before=before,
        folder=situation.folder,
        unconfigure=unconfigure,
        refusals=situation.refusals,
        notes=_notes(situation),
    )
    if plan.right and situation.held:
        return NoHelp(
            why=f"the driver is the right one; {'; '.join(situation.held)}",
            instead="answers go to whoever reads first: let that program use the proxy "
            "(qmicli -p, mbimcli -p), or stop it",
        )
    return plan


def _notes(situation: Situation) -> tuple[str, ...]:
    state = situation.state
    found = []
    if not state.authorized:
        found.append(
            "something took the device's authorization (USBGuard, a script): it may do so again"
        )
    if any(driver in host.SERIAL_DRIVERS for driver, _ in state.dynamic_ids):
        found.append(
            "a serial driver was told of this modem by new_id, and keeps that until its module is "
            "removed (or the next boot): plugged in again, the modem may be taken again"
        )
    return tuple(found)
