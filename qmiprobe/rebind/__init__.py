# SPDX-License-Identifier: GPL-2.0-or-later
"""From a modem without a working control port to one that answers: plan, apply, verify, roll back.

A plan is worked out from what sysfs shows, by pure functions, and printed; carried out, each step
is written down first, so that a run that is killed can be finished or taken back by the next one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe._later import loader
from qmiprobe.rebind._journal import Leftover, RebindJournal, open_journal, read_leftover
from qmiprobe.rebind._model import NoHelp, Plan, Step, Target, Undo, Wanted
from qmiprobe.rebind._plan import make_plan
from qmiprobe.rebind._situation import Situation, look, plan_for
from qmiprobe.rebind._state import InterfaceState, State, differences, read_state

if TYPE_CHECKING:
    from qmiprobe.rebind._engine import Engine, Result
    from qmiprobe.rebind._system import Linux, System, this_machine
    from qmiprobe.rebind._verify import Ports

_LATER = {
    "Engine": "_engine",
    "Linux": "_system",
    "Ports": "_verify",
    "Result": "_engine",
    "System": "_system",
    "this_machine": "_system",
}

__all__ = [
    "Engine",
    "InterfaceState",
    "Leftover",
    "Linux",
    "NoHelp",
    "Plan",
    "Ports",
    "RebindJournal",
    "Result",
    "Situation",
    "State",
    "Step",
    "System",
    "Target",
    "Undo",
    "Wanted",
    "differences",
    "look",
    "make_plan",
    "open_journal",
    "plan_for",
    "read_leftover",
    "read_state",
    "this_machine",
]

__getattr__ = loader(__name__, _LATER)
