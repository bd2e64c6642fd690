# SPDX-License-Identifier: GPL-2.0-or-later
"""Undoes a session's changes from the last to the first, on the machine, at D-Bus, in the modem."""

from __future__ import annotations

from typing import TYPE_CHECKING

import trio

from qmiprobe.session._ledger import Ledger
from qmiprobe.session._steps import LinkDns
from qmiprobe.session._undo import is_on_machine, undo_on_machine

if TYPE_CHECKING:
    from qmiprobe.device import MbimDevice, QmiDevice
    from qmiprobe.session._steps import Step

UNDO_TIMEOUT = 30.0
"""Seconds for all of it; each part bounds itself, and takes milliseconds as a rule."""


async def unwind(
    ledger: Ledger, *, to: int = 0, device: QmiDevice | MbimDevice | None = None
) -> tuple[str, ...]:
    """Undo until ``to`` changes are left; return what could not be undone, and why.

    Shielded and bounded. What is in the modem is undone by ``device``; without one it is taken
    for gone, as it is with the modem. Never raises what the modem or the system is the cause of.
    """
    problems: list[str] = []
    with trio.move_on_after(UNDO_TIMEOUT, shield=True):
        while len(ledger.steps) > to:
            problem = await _undo(ledger.steps[-1], ledger, device)
            ledger.drop()
            if problem is not None:
                problems.append(problem)
    return tuple(problems)


async def _undo(step: Step, ledger: Ledger, device: QmiDevice | MbimDevice | None) -> str | None:
    if is_on_machine(step):
        return await trio.to_thread.run_sync(undo_on_machine, step)
    if isinstance(step, LinkDns):
        from qmiprobe.session._resolver import restore_resolver

        return await restore_resolver(step)
    if device is not None and device.failure is None:
        from qmiprobe.session._undo_modem import undo_in_modem

        return await undo_in_modem(step, ledger, device)
    return None
