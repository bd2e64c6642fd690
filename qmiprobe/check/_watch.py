# SPDX-License-Identifier: GPL-2.0-or-later
"""Around each rung that asks the modem: is there time for it, what was odd, what went wrong."""

from __future__ import annotations

import errno
from collections import Counter
from dataclasses import replace

import trio

from qmiprobe.check._check import Check, Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._raised import only_one, result_of
from qmiprobe.device import Anomaly, Observed
from qmiprobe.diagnosis import Evidence, Facts, JsonValue, Outcome
from qmiprobe.errors import (
    DecodeError,
    DeviceGone,
    DeviceReset,
    MbimError,
    ProxyGone,
    QmiError,
    Refused,
)

SLOW_S = 1.0
"""Seconds: a modem whose answers take longer is slow, and time has to be counted."""
_CLOSE_DONE = (0x80000002).to_bytes(4, "little")
_ASK = ("control.", "device.", "sim.", "radio.", "session.", "netdev.format", "link.return")
_MOST_LINES = 5
_OPENING = ("open-busy", "max-transfer", "not-opened")
_OWN = "not-closed"
"""What is said of our own giving up, not of the modem."""


def watch(rung: Check[CheckContext]) -> Check[CheckContext]:
    """Return the rung with its oddities and errors told, if it asks the modem.

    What did not fit turns a pass into a warning, once for each kind of thing; an error leaves
    facts for the rules; and what a slow modem has no time for is skipped.
    """
    if not rung.id.startswith(_ASK):
        return rung

    async def run(context: CheckContext) -> Result:
        too_long = _too_long(rung.id, context)
        if too_long is not None:
            return too_long
        before = Counter(_observed(context).counts)
        seen = len(_observed(context).anomalies)
        try:
            result = await rung.run(context)
        except Exception as error:
            _keep_error(context.facts, rung.id, only_one(error))
            result = result_of(error)
        observed = _observed(context)
        if context.modem is not None:
            context.modem.let_go(rung.id)
        return _with_oddities(context, result, observed.counts - before, observed.anomalies[seen:])

    return replace(rung, run=run)


def _observed(context: CheckContext) -> Observed:
    return context.observed or Observed()


def oddities(observed: Observed, *, since: int = 0) -> list[Anomaly]:
    """Return what was odd, from the ``since``-th anomaly on, but for the end of an older session.

    (A CLOSE_DONE that was still on its way when the port was opened, which does no harm.)
    """
    return [
        one for one in observed.anomalies[since:] if one.kind != _OWN and not _is_old_close(one)
    ]


def misfits(observed: Observed, *, since: int = 0) -> list[Anomaly]:
    """Return the answers among them that did not fit; what opening took is another matter."""
    return [one for one in oddities(observed, since=since) if one.kind not in _OPENING]


def _is_old_close(anomaly: Anomaly) -> bool:
    return anomaly.kind in ("stale", "wrong-message") and anomaly.raw[:4] == _CLOSE_DONE


def _with_oddities(
    context: CheckContext, result: Result, counts: Counter[str], fresh: list[Anomaly]
) -> Result:
    harmless = Counter(one.kind for one in fresh if _is_old_close(one))
    kinds = [kind for kind in sorted(counts - harmless) if kind not in context.told]
    context.told.update(kinds)
    if result.outcome not in (Outcome.PASS, Outcome.WARN, Outcome.FAIL) or not kinds:
        return result
    lines = [evidence_of(one, context) for one in fresh if one.kind in kinds]
    new = [line for line in lines if line not in result.evidence][:_MOST_LINES]
    shown = replace(result, evidence=(*result.evidence, *new))
    if result.outcome is Outcome.FAIL:
        return shown
    joint = "; but" if result.outcome is Outcome.PASS else "; and"
    return replace(
        shown, outcome=Outcome.WARN, summary=f"{result.summary}{joint} {', '.join(kinds)}"
    )


def evidence_of(anomaly: Anomaly, context: CheckContext) -> Evidence:
    """Return a thing that did not fit as evidence. Its bytes, which may name somebody, are left
    to the trace.
    """
    return Evidence(f"{anomaly.kind}: {anomaly.text}", source=context.port.name)


def _keep_error(facts: Facts, check: str, error: Exception) -> None:
    """Keep as facts what a rung raised, for the rules."""
    if isinstance(error, DeviceGone | DeviceReset):
        kind = "gone" if isinstance(error, DeviceGone) else "io"
        kind = "proxy" if isinstance(error, ProxyGone) else kind
        facts.add("port.error", kind, source=error.port)
        if error.errno is not None:
            name = errno.errorcode.get(error.errno, str(error.errno))
            facts.add("port.errno", name, source=error.port)
    elif isinstance(error, Refused):
        kinds = {QmiError: "qmi-error", MbimError: "status"}
        record: dict[str, JsonValue] = {
            "check": check,
            "question": str(error).partition(": ")[0],
            "kind": kinds.get(type(error), "protocol-error"),
            "number": int(error.error),
            "name": getattr(error.error, "name", None),
        }
        facts.add("control.refused", [*facts.records("control.refused"), record], source=check)
    elif isinstance(error, DecodeError):
        unread: dict[str, JsonValue] = {"check": check, "text": str(error)}
        facts.add(
            "control.unreadable", [*facts.records("control.unreadable"), unread], source=check
        )


def _too_long(check: str, context: CheckContext) -> Result | None:
    """Skip what a slow modem cannot answer, with all that has to be given back, in the time."""
    modem, latency = context.modem, context.facts.number("control.latency.median_ms")
    if modem is None or latency is None or latency <= SLOW_S * 1000:
        return None
    trips = modem.trips(check)
    left = trio.current_effective_deadline() - trio.current_time()
    undo = modem.undo_trips + (2 if context.session is not None else 0)
    need = (trips + undo) * latency / 1000
    if not trips or need <= left:
        return None
    text = f"not asked: at {latency / 1000:.1f} s an answer it needs {need:.0f} s"
    return Result.skipped(f"{text}, and {max(left, 0):.0f} s are left; --timeout gives it more")
