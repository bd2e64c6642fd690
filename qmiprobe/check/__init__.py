# SPDX-License-Identifier: GPL-2.0-or-later
"""The ladder: gathers facts rung by rung, judges them, and names causes; never prints."""

from __future__ import annotations

from qmiprobe.check._check import Check, Context, Observer, Result, select
from qmiprobe.check._context import CheckContext, CheckOptions, open_context
from qmiprobe.check._doctor import DOCTOR, PROBE, DoctorReport, merged, patients
from qmiprobe.check._engine import climb
from qmiprobe.check._ladder import LADDER, SMOKE_LADDER
from qmiprobe.check._report import Report
from qmiprobe.check._waiting import Wish, came_again, is_ready, wait_until_ready
from qmiprobe.host import Modem, Port

__all__ = [
    "DOCTOR",
    "LADDER",
    "PROBE",
    "SMOKE_LADDER",
    "Check",
    "CheckContext",
    "CheckOptions",
    "Context",
    "DoctorReport",
    "Observer",
    "Report",
    "Result",
    "Wish",
    "came_again",
    "climb",
    "is_ready",
    "merged",
    "note_before",
    "note_standing",
    "open_context",
    "patients",
    "select",
    "wait_until_ready",
]


def note_before(context: CheckContext) -> None:
    """Keep how the modem is now, for a later check with ``--wait`` to compare with."""
    from qmiprobe.check._rungs_before import note_before as note

    note(context)


def note_standing(modem: Modem, port: Port | None) -> None:
    """Keep how a modem stands before it is changed, as far as sysfs shows it, to compare later."""
    from qmiprobe.check._rungs_before import note_standing as note

    note(modem, port)
