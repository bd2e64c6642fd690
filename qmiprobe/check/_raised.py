# SPDX-License-Identifier: GPL-2.0-or-later
"""Turns what a check raised into its result: whose fault was it?"""

from __future__ import annotations

import traceback
from pathlib import PurePath

from qmiprobe import errors
from qmiprobe.check._check import Result
from qmiprobe.diagnosis import Evidence, Outcome, Reason

# The first kind that fits decides, so the narrower ones stand first.
_REASONS: tuple[tuple[type[errors.QmiprobeError], Reason], ...] = (
    (errors.CannotTest, Reason.CANNOT_TEST),
    (errors.PortMissing, Reason.CANNOT_TEST),
    (errors.PortPermission, Reason.CANNOT_TEST),
    (errors.PortBusy, Reason.CANNOT_TEST),
    (errors.NoAnswer, Reason.NO_ANSWER),
    (errors.OtherProtocol, Reason.OTHER_PROTOCOL),
    (errors.TransportError, Reason.DEFECT),
    (errors.Refused, Reason.DEFECT),
    (errors.DecodeError, Reason.DEFECT),
)


def result_of(error: Exception) -> Result:
    """A failure where modem, port or machine are at fault, else `broken`: a bug of ours."""
    cause = only_one(error)
    for kind, reason in _REASONS:
        if isinstance(cause, kind):
            return Result.failed(reason, str(cause), Evidence(f"raised {type(cause).__name__}"))
    text = f"{type(cause).__name__}: {cause}"
    return Result(Outcome.BROKEN, text, (Evidence(_where(cause), source="qmiprobe"),))


def only_one(error: Exception) -> Exception:
    """Return the error itself, out of the groups that nurseries wrap around a single one."""
    while isinstance(error, ExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "raised nowhere that is known"
    last = frames[-1]
    return f"raised in {last.name}, {PurePath(last.filename).name} line {last.lineno}"
