# SPDX-License-Identifier: GPL-2.0-or-later
"""The words of a judgement: facts, evidence, verdicts, findings and remedies, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from qmiprobe.diagnosis._facts import Fact, Facts, JsonValue

CheckId: TypeAlias = str


class Outcome(StrEnum):
    """How a check ended."""

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"
    BLOCKED = "blocked"
    SKIPPED = "skipped"
    BROKEN = "broken"


class Reason(StrEnum):
    """What kind of failure a `fail` is; it decides the exit status."""

    DEFECT = "defect"
    CANNOT_TEST = "cannot-test"
    NO_ANSWER = "no-answer"
    OTHER_PROTOCOL = "other-protocol"

    @property
    def exit_status(self) -> int:
        """The exit status of a command whose first failing check has this reason."""
        return _EXIT_STATUS[self]


_EXIT_STATUS = {
    Reason.DEFECT: 1,
    Reason.CANNOT_TEST: 3,
    Reason.NO_ANSWER: 4,
    Reason.OTHER_PROTOCOL: 5,
}


@dataclass(frozen=True)
class Evidence:
    """One observation that a verdict or a finding rests on.

    `text` is a line for a person, `value` the same as JSON data in `unit`; `source` says where it
    was seen (a sysfs path, a message, a counter). `personal`: hidden unless the user wants it.
    """

    text: str
    value: JsonValue = None
    unit: str | None = None
    source: str = ""
    personal: bool = False


@dataclass(frozen=True)
class Verdict:
    """What one check said. `reason` stands with `fail` only, `blocked_by` with `blocked` only."""

    check: CheckId
    outcome: Outcome
    reason: Reason | None = None
    summary: str = ""
    evidence: tuple[Evidence, ...] = ()
    duration_s: float = 0.0
    blocked_by: CheckId | None = None
    modem: str | None = None
    """Which modem it is about, in a report of several."""

    @property
    def failed(self) -> bool:
        """Whether the check itself failed; neither blocked nor broken ones count."""
        return self.outcome is Outcome.FAIL


@dataclass(frozen=True)
class Remedy:
    """What mends a cause: a sentence, commands that can be pasted, how to undo and to keep it.

    `commands` is empty where the cause lies with the operator or in somebody's hands.
    """

    text: str
    commands: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A named cause: which failed checks it explains and what else follows from it."""

    id: str
    title: str
    explains: tuple[CheckId, ...]
    remedy: Remedy
    evidence: tuple[Evidence, ...] = ()
    follows: tuple[str, ...] = ()
    modem: str | None = None


__all__ = [
    "CheckId",
    "Evidence",
    "Fact",
    "Facts",
    "Finding",
    "JsonValue",
    "Outcome",
    "Reason",
    "Remedy",
    "Verdict",
]
