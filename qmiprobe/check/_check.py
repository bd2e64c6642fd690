# SPDX-License-Identifier: GPL-2.0-or-later
"""What a rung is: a check with its needs, and the result that it gives."""

from __future__ import annotations

import difflib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from qmiprobe.diagnosis import Evidence, Facts, Outcome, Reason, Verdict


class Context(Protocol):
    """What every check is handed: at least a place for facts."""

    @property
    def facts(self) -> Facts:
        """The facts of this run; checks add to them."""
        ...


ContextT = TypeVar("ContextT", bound=Context)


@dataclass(frozen=True)
class Result:
    """What a check says of itself; the engine makes the verdict of it."""

    outcome: Outcome
    summary: str
    evidence: tuple[Evidence, ...] = ()
    reason: Reason | None = None

    @classmethod
    def passed(cls, summary: str, *evidence: Evidence) -> Result:
        """All is as it should be."""
        return cls(Outcome.PASS, summary, evidence)

    @classmethod
    def warned(cls, summary: str, *evidence: Evidence) -> Result:
        """It works, but a person should know this."""
        return cls(Outcome.WARN, summary, evidence)

    @classmethod
    def failed(cls, reason: Reason, summary: str, *evidence: Evidence) -> Result:
        """It does not work; `reason` says of what kind, the evidence what was seen."""
        return cls(Outcome.FAIL, summary, evidence, reason)

    @classmethod
    def skipped(cls, summary: str, *evidence: Evidence) -> Result:
        """Not asked for, or does not apply here; `summary` says which and why."""
        return cls(Outcome.SKIPPED, summary, evidence)


@dataclass(frozen=True)
class Check(Generic[ContextT]):
    """One rung of the ladder.

    `needs`: checks without which this one means nothing; if one of them fails, this one is
    blocked. `skips_with`: those of the needs whose being skipped skips this one as well (without
    a data session there is nothing to ping through); other skipped needs make no difference.
    `run` gathers facts and judges; it never prints and never repairs. What it raises from
    `qmiprobe.errors` fails the check with the matching reason, anything else breaks it.
    """

    id: str
    needs: tuple[str, ...]
    run: Callable[[ContextT], Awaitable[Result]]
    title: str
    skips_with: tuple[str, ...] = ()


class Observer(Protocol):
    """Somebody who watches the climb, for showing progress."""

    def planned(self, check_ids: Sequence[str]) -> None:
        """The checks that will be run, in order."""

    def started(self, check_id: str, title: str) -> None:
        """A check begins to run; blocked ones never do."""

    def finished(self, verdict: Verdict) -> None:
        """A check has its verdict."""


def select(
    checks: Sequence[Check[ContextT]], *, only: str | None = None
) -> tuple[Check[ContextT], ...]:
    """The checks to run, in ladder order: all, or `only` one and what it needs.

    Raises ValueError when the ladder contradicts itself (an id twice, a need that does not stand
    before the check that has it) and LookupError when there is no check `only`.
    """
    known: dict[str, Check[ContextT]] = {}
    for check in checks:
        if check.id in known:
            raise ValueError(f"check {check.id} stands twice in the ladder")
        for need in check.needs:
            if need not in known:
                raise ValueError(f"check {check.id} needs {need}, which does not stand before it")
        if not set(check.skips_with) <= set(check.needs):
            raise ValueError(f"check {check.id} skips with {check.skips_with}, not all needed")
        known[check.id] = check
    if only is None:
        return tuple(checks)
    if only not in known:
        close = difflib.get_close_matches(only, known, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(known)}"
        raise LookupError(f"no check is called {only!r}; {hint}")
    wanted = {only}
    for check in reversed(checks):
        if check.id in wanted:
            wanted.update(check.needs)
    return tuple(check for check in checks if check.id in wanted)
