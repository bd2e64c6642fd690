# SPDX-License-Identifier: GPL-2.0-or-later
"""The outcome of a climb: every verdict, the causes behind the failures, and one exit status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qmiprobe.diagnosis import Facts, Finding, JsonValue, Outcome, Verdict

_PROGRAM_FAILED = 70


@dataclass(frozen=True)
class Report:
    """What one run found out. Times are seconds; `started` is ISO 8601 in UTC."""

    device: Mapping[str, JsonValue]
    started: str
    duration_s: float
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    facts: Facts

    @property
    def first_failure(self) -> Verdict | None:
        """The first check in ladder order that failed or is broken: it decides."""
        bad = (Outcome.FAIL, Outcome.BROKEN)
        return next((verdict for verdict in self.verdicts if verdict.outcome in bad), None)

    @property
    def outcome(self) -> Outcome:
        """That of the first failure; else `warn`, `pass` or `skipped`, whichever comes first."""
        if self.first_failure is not None:
            return self.first_failure.outcome
        present = {verdict.outcome for verdict in self.verdicts}
        for outcome in (Outcome.WARN, Outcome.PASS):
            if outcome in present:
                return outcome
        return Outcome.SKIPPED

    @property
    def exit_status(self) -> int:
        """What the command exits with: set by the first failure, 0 without one."""
        failure = self.first_failure
        if failure is None:
            return 0
        if failure.outcome is Outcome.BROKEN or failure.reason is None:
            return _PROGRAM_FAILED
        return failure.reason.exit_status


_DEVICE_KEYS = ("address", "path", "usb", "protocol", "manufacturer", "model", "revision")


def device_of(facts: Facts) -> dict[str, JsonValue]:
    """The `device` object of a report: what the facts say about which modem it was."""
    device = {key: facts.get(f"device.{key}") for key in _DEVICE_KEYS}
    device["protocol"] = facts.get("device.protocol.heard") or facts.get("device.protocol.wanted")
    return device
