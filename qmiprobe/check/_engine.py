# SPDX-License-Identifier: GPL-2.0-or-later
"""Climbs the ladder: runs checks in order, bounded in time, and explains what failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import trio

from qmiprobe.check._check import Check, ContextT, Observer, Result, select
from qmiprobe.check._raised import result_of
from qmiprobe.check._report import Report, device_of
from qmiprobe.diagnosis import Outcome, Reason, Verdict, explain

_STOPS_OTHERS = (Outcome.FAIL, Outcome.BROKEN)


async def climb(
    checks: Sequence[Check[ContextT]],
    context: ContextT,
    *,
    timeout: float,
    only: str | None = None,
    observer: Observer | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Report:
    """Run the checks in ladder order and return the report.

    `timeout` bounds the whole climb in seconds of trio's clock: the check that runs then fails
    (`no-answer`) and the rest is blocked by it. `only` runs one check and what it needs; `now`
    gives the wall time. Raises what `select` raises; no check's exception escapes.
    """
    chosen = select(checks, only=only)
    started, begin = now(), trio.current_time()
    run = _Climb(begin + timeout, timeout, observer)
    if observer is not None:
        observer.planned([check.id for check in chosen])
    for check in chosen:
        await run.step(check, context)
    verdicts = tuple(run.verdicts.values())
    return Report(
        device=device_of(context.facts),
        started=started.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        duration_s=trio.current_time() - begin,
        verdicts=verdicts,
        findings=explain(context.facts, verdicts),
        facts=context.facts,
    )


class _Climb:
    """The state of one climb: the verdicts so far and the time that is left."""

    def __init__(self, deadline: float, timeout: float, observer: Observer | None) -> None:
        self.verdicts: dict[str, Verdict] = {}
        self._deadline = deadline
        self._timeout = timeout
        self._observer = observer
        self._time_up: str | None = None

    async def step(self, check: Check[ContextT], context: ContextT) -> None:
        verdict = self._without_running(check)
        if verdict is None:
            if self._observer is not None:
                self._observer.started(check.id, check.title)
            verdict = await self._run(check, context)
        self.verdicts[check.id] = verdict
        if self._observer is not None:
            self._observer.finished(verdict)

    def _without_running(self, check: Check[ContextT]) -> Verdict | None:
        """The verdict of a check that cannot run, or None where it can."""
        root = self._root_of(check)
        if root is not None:
            how = "is broken" if self.verdicts[root].outcome is Outcome.BROKEN else "failed"
            summary = f"needs {root}, which {how}"
            return Verdict(check.id, Outcome.BLOCKED, summary=summary, blocked_by=root)
        if self._time_up is not None:
            return Verdict(
                check.id,
                Outcome.BLOCKED,
                summary=f"time was up during {self._time_up}",
                blocked_by=self._time_up,
            )
        for need in check.skips_with:
            if self.verdicts[need].outcome is Outcome.SKIPPED:
                return Verdict(check.id, Outcome.SKIPPED, summary=self._why_skipped(need))
        return None

    def _root_of(self, check: Check[ContextT]) -> str | None:
        """The failed check, first in ladder order, that this one cannot do without."""
        roots = set()
        for need in check.needs:
            verdict = self.verdicts[need]
            if verdict.outcome in _STOPS_OTHERS:
                roots.add(need)
            elif verdict.outcome is Outcome.BLOCKED and verdict.blocked_by is not None:
                roots.add(verdict.blocked_by)
        return next((check_id for check_id in self.verdicts if check_id in roots), None)

    def _why_skipped(self, need: str) -> str:
        summary = self.verdicts[need].summary
        # A skipped check that was skipped for another one's sake says already for which.
        return summary if summary.startswith("without ") else f"without {need}: {summary}"

    async def _run(self, check: Check[ContextT], context: ContextT) -> Verdict:
        begin = trio.current_time()
        # The scope is inside: a nursery may mix its cancellation with the check's own error.
        scope = trio.CancelScope(deadline=self._deadline)
        try:
            with scope:
                result = await check.run(context)
        except Exception as error:
            result = result_of(error)
        if scope.cancelled_caught:
            self._time_up = check.id
            result = Result.failed(
                Reason.NO_ANSWER, f"did not finish within the {self._timeout:g} s of all checks"
            )
        return Verdict(
            check.id,
            result.outcome,
            reason=result.reason,
            summary=result.summary,
            evidence=result.evidence,
            duration_s=trio.current_time() - begin,
        )
