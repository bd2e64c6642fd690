# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of the control channel: which protocol, does it keep step, are there client ids."""

from __future__ import annotations

from importlib import import_module
from statistics import median

from qmiprobe.address import Protocol
from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._evidence import measured
from qmiprobe.device import Observed
from qmiprobe.diagnosis import Evidence, Reason
from qmiprobe.errors import DecodeError, NoAnswer, Refused

ASK_TIMEOUT = 4.0
OTHER_TIMEOUT = 2.5
ROUND_TRIPS = 10
SLOW_MS = 1000.0
_OTHER: dict[Protocol, Protocol] = {"qmi": "mbim", "mbim": "qmi"}
_QUESTION = {"qmi": "CTL Get Version Info", "mbim": "MBIM OPEN"}


async def control_protocol(context: CheckContext) -> Result:
    """The port answers in the wanted protocol.

    The driver's protocol is asked; the other one only after silence, and only where no driver
    decides or --probe was given: some firmware latches the first protocol it hears.
    """
    port, facts = context.port, context.facts
    first: Protocol = port.driver_protocol or port.wanted or "qmi"
    wanted = port.wanted
    facts.add("device.protocol.wanted", wanted or first, source="address")
    if port.driver_protocol is not None:
        facts.add("device.protocol.driver", port.driver_protocol, source="driver")
    asked = [f"{_QUESTION[first]}: no answer within {ASK_TIMEOUT:g} s"]
    heard: Protocol | None = first if await _ask(context, first, ASK_TIMEOUT) else None
    if heard is None and (port.driver_protocol is None or context.options.probe):
        other = _OTHER[first]
        if await _ask(context, other, OTHER_TIMEOUT):
            heard = other
        else:
            asked.append(f"{_QUESTION[other]}: no answer within {OTHER_TIMEOUT:g} s")
    if heard is None:
        _add_anomalies(context)
        evidence = [Evidence(text, source=port.name) for text in asked]
        return _silent(context, evidence)
    facts.add("device.protocol.heard", heard, source=_QUESTION[heard])
    if wanted is not None and heard != wanted:
        evidence = [Evidence(f"{_QUESTION[heard]} was answered", source=port.name)]
        text = f"the port speaks {heard.upper()}, not {wanted.upper()}"
        return Result.failed(Reason.OTHER_PROTOCOL, text, *evidence)
    return Result.passed(f"{heard.upper()}: {_QUESTION[heard]} was answered")


def _silent(context: CheckContext, evidence: list[Evidence]) -> Result:
    observed = context.observed
    if observed is not None and observed.anomalies:
        first = observed.anomalies[:3]
        evidence += [Evidence(f"{one.kind}: {one.text}", source=context.port.name) for one in first]
        return Result.failed(Reason.DEFECT, "answers came, but not right ones", *evidence)
    return Result.failed(Reason.NO_ANSWER, "the port is silent", *evidence)


async def _ask(context: CheckContext, protocol: Protocol, timeout: float) -> bool:
    """Ask in one protocol; on an answer the device becomes the context's modem."""
    transport, context.transport = context.transport, None
    if transport is None:
        assert context.port.open is not None
        transport = await context.port.open(protocol)
    context.opened.append(transport)
    observed = Observed()
    _remember(context, observed)
    # The other protocol's messages are not loaded unless they are needed.
    ask = import_module(f"qmiprobe.check._modem_{protocol}").ask
    context.modem = await ask(context, transport, observed, timeout)
    if context.modem is None:
        await transport.aclose()
    return context.modem is not None


def _remember(context: CheckContext, observed: Observed) -> None:
    if context.observed is not None:
        observed.anomalies[:0] = context.observed.anomalies
    context.observed = observed


def _add_anomalies(context: CheckContext) -> None:
    observed = context.observed
    listed = (
        [{"kind": one.kind, "text": one.text} for one in observed.anomalies] if observed else []
    )
    context.facts.add("control.anomalies", listed[:20], source=context.port.name)


async def control_answers(context: CheckContext) -> Result:
    """Ten harmless round trips: none lost, none out of step."""
    modem = context.the_modem
    seen = modem.observed
    before = len(seen.latencies)
    failure: Exception | None = None
    answered = 0
    for number in range(ROUND_TRIPS):
        try:
            await modem.round_trip(number)
            answered += 1
        except Refused:
            answered += 1  # an answer all the same; what is refused is another rung's matter
        except (NoAnswer, DecodeError) as error:
            failure = error
            break
    times = [value * 1000 for value in seen.latencies[before:]]
    _add_anomalies(context)
    facts, source = context.facts, context.port.name
    facts.add("control.asked", answered + (failure is not None), source=source)
    facts.add("control.answered", answered, source=source)
    if times:
        facts.add("control.latency.median_ms", round(median(times), 3), source=source)
        facts.add("control.latency.max_ms", round(max(times), 3), source=source)
    evidence = [
        Evidence(
            f"{one.kind}: {one.text}", value=one.raw.hex() or None, source=source, personal=True
        )
        for one in seen.anomalies[:5]
    ]
    if failure is not None:
        return _lost(failure, answered, seen, evidence)
    summary = f"{answered} of {ROUND_TRIPS} right, {median(times):.1f} ms in the middle"
    slow = median(times) > SLOW_MS
    if seen.anomalies or slow:
        kinds = ", ".join(sorted(seen.counts)) or "slow"
        return Result.warned(f"{summary}; but {kinds}", *evidence)
    worst = measured("slowest answer", round(max(times), 1), unit="ms", source=source)
    return Result.passed(summary, worst)


def _lost(failure: Exception, answered: int, seen: Observed, evidence: list[Evidence]) -> Result:
    text = f"{failure}; {answered} answers before it"
    if isinstance(failure, DecodeError):
        return Result.failed(Reason.DEFECT, f"an answer cannot be read: {failure}", *evidence)
    if seen.anomalies:
        kinds = ", ".join(sorted(seen.counts))
        return Result.failed(
            Reason.DEFECT, f"answers do not fit what was asked ({kinds})", *evidence
        )
    return Result.failed(Reason.NO_ANSWER, text, *evidence)


async def control_clients(context: CheckContext) -> Result:
    """Each service that is used gives a client id, and takes it back."""
    trials = await context.the_modem.try_clients()
    if not trials:
        return Result.skipped("MBIM has no client ids")
    refused = [trial for trial in trials if trial.error is not None]
    names = ", ".join(trial.service for trial in trials)
    if not refused:
        return Result.passed(f"given and taken back: {names}")
    first = refused[0]
    source = "CTL Allocate CID"
    context.facts.add("control.clients.error", first.error, source=source)
    context.facts.add("control.clients.service", first.service, source=source)
    evidence = [Evidence(f"{trial.service}: {trial.error}", source=source) for trial in refused]
    exhausted = any(trial.error == "client-ids-exhausted" for trial in refused)
    if exhausted or first.error == "internal":
        text = f"no client id for {', '.join(trial.service for trial in refused)}"
        return Result.failed(Reason.DEFECT, text, *evidence)
    return Result.warned(f"this firmware lacks {', '.join(t.service for t in refused)}", *evidence)
