# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of the control channel: which protocol, does it keep step, are there client ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module

import trio

from qmiprobe.address import Protocol
from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._evidence import measured
from qmiprobe.check._modem import ClientTrial, Leftover, Modem
from qmiprobe.check._watch import SLOW_S, evidence_of, misfits, oddities
from qmiprobe.device import Anomaly, Observed
from qmiprobe.diagnosis import Evidence, JsonValue, Reason
from qmiprobe.errors import (
    DecodeError,
    DeviceReset,
    MbimProtocolError,
    NoAnswer,
    QmiprobeError,
    Refused,
    TransportError,
)

ASK_TIMEOUT = 4.0
OTHER_TIMEOUT = 2.5
REST_SHARE = 2.5
"""Times as long as it took so far has to be left for that."""
MOST_LOST = 2
"""Losses after which a round is made again."""
_OF_A_LOSS = frozenset({"late", "duplicate", "not-released"})
"""What did not fit where one answer got lost: it came all the same, for instance."""
ROUND_TRIPS = 10
_LAST = range(1, ROUND_TRIPS)
QUICK_S = 0.1
"""Seconds: a modem that answers within them is asked several things beside each other."""
SLOW_ROUND_TRIPS = 4
"""More of them, at once, where the first answer is slow; so many are allowed under way."""
_OTHER: dict[Protocol, Protocol] = {"qmi": "mbim", "mbim": "qmi"}
_QUESTION = {"qmi": "CTL Get Version Info", "mbim": "MBIM OPEN"}


async def control_protocol(context: CheckContext) -> Result:
    """The port answers in the wanted protocol.

    The driver's protocol is asked; the other one only after silence, and only where no driver
    decides or --probe was given: some firmware latches the first protocol it hears.
    """
    port, facts = context.port, context.facts
    first: Protocol = port.driver_protocol or port.wanted or "qmi"
    facts.add("device.protocol.wanted", port.wanted or first, source="address")
    if port.carries is not None and not context.options.probe:
        facts.add("device.protocol.driver", port.carries, source="driver")
        text = f"this port carries {port.carries.upper()}, neither QMI nor MBIM"
        said = Evidence(f"the kernel says so of {port.path}", source="driver")
        return Result.failed(Reason.OTHER_PROTOCOL, text, said)
    if port.driver_protocol is not None:
        facts.add("device.protocol.driver", port.driver_protocol, source="driver")
    if context.opening_error is not None:
        return _of_opening(context, context.opening_error)
    may_ask_other = port.driver_protocol is None or context.options.probe
    asked: list[str] = []
    for protocol, timeout in ((first, ASK_TIMEOUT), (_OTHER[first], OTHER_TIMEOUT)):
        if asked and not may_ask_other:
            break
        try:
            answered = await _ask(context, protocol, timeout)
        except Refused:
            mismatch = _heard(context, protocol)  # a refusal is an answer in this protocol
            if mismatch is None:
                _add_anomalies(context)
                raise
            return mismatch
        if answered:
            text = f"{protocol.upper()}: {_QUESTION[protocol]} was answered"
            if context.the_modem.joined:
                text = "MBIM: open already, for a session of `qmiprobe connect` that goes on"
            return _heard(context, protocol) or Result.passed(text)
        asked.append(f"{_QUESTION[protocol]}: no answer within {timeout:g} s")
    _add_anomalies(context)
    return _silent(context, [Evidence(text, source=port.name) for text in asked])


def _of_opening(context: CheckContext, error: QmiprobeError) -> Result:
    """Judge what the modem did when the port was opened; raises what is an error of its own."""
    if isinstance(error.observed, Observed):
        _remember(context, error.observed)
        _add_anomalies(context)
    if isinstance(error, NoAnswer):
        return _silent(context, [Evidence(str(error), source=context.port.name)])
    raise error


def _heard(context: CheckContext, heard: Protocol) -> Result | None:
    """Keep which protocol answered; the result where it is not the wanted one."""
    wanted = context.port.wanted
    context.facts.add("device.protocol.heard", heard, source=_QUESTION[heard])
    if wanted is None or heard == wanted:
        return None
    evidence = Evidence(f"{_QUESTION[heard]} was answered", source=context.port.name)
    text = f"the port speaks {heard.upper()}, not {wanted.upper()}"
    return Result.failed(Reason.OTHER_PROTOCOL, text, evidence)


def _silent(context: CheckContext, evidence: list[Evidence]) -> Result:
    observed = context.observed
    found = misfits(observed) if observed is not None else []
    if found:
        evidence += [
            Evidence(f"{one.kind}: {one.text}", source=context.port.name) for one in found[:3]
        ]
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
        observed.counts.update(context.observed.counts)
    context.observed = observed


def _add_anomalies(context: CheckContext) -> None:
    found = oddities(context.observed) if context.observed is not None else []
    listed = [{"kind": one.kind, "text": one.text} for one in found]
    context.facts.add("control.anomalies", listed[:20], source=context.port.name)


@dataclass
class _Round:
    """Round trips that were made."""

    answered: int = 0
    failures: list[Exception] = field(default_factory=list)

    async def trip(self, modem: Modem, number: int) -> None:
        try:
            await modem.round_trip(number)
            self.answered += 1
        except MbimProtocolError as error:
            self.failures.append(error)  # the function refuses the message, whatever it asks
        except Refused:
            self.answered += 1  # an answer all the same; what is refused is another rung's matter
        except (NoAnswer, DecodeError, TransportError) as error:
            self.failures.append(error)

    async def at_once(self, modem: Modem, numbers: Iterable[int]) -> None:
        """Make several beside each other, until one of them fails."""
        async with trio.open_nursery() as nursery:

            async def trip(number: int) -> None:
                await self.trip(modem, number)
                if self.failures:
                    nursery.cancel_scope.cancel()

            for number in numbers:
                nursery.start_soon(trip, number)

    @property
    def asked(self) -> int:
        return self.answered + len(self.failures)


async def _round(modem: Modem) -> _Round:
    """Make the round trips; fewer where the first one is slow.

    After the first one they are under way beside each other, as many as a modem is trusted with:
    where it is slow, and where it is so quick that waiting in a row would not show one's slowness.
    """
    made = _Round()
    await made.trip(modem, 0)
    first = modem.observed.latencies[-1:]
    if made.failures or first > [SLOW_S]:
        await made.at_once(modem, () if made.failures else _LAST[-SLOW_ROUND_TRIPS:])
    elif modem.at_once and first < [QUICK_S]:
        await made.at_once(modem, _LAST)
    else:
        for number in _LAST:
            await made.trip(modem, number)
            if made.failures:
                break
    return made


async def control_answers(context: CheckContext) -> Result:
    """Ten harmless round trips: none lost, none out of step."""
    modem = context.the_modem
    seen = modem.observed
    before, since = len(seen.latencies), len(seen.anomalies)
    start = trio.current_time()
    made = await _round(modem)
    lost: list[Exception] = []
    while len(lost) < MOST_LOST and _may_be_chance(made, misfits(seen, since=since), lost):
        now = trio.current_time()
        if trio.current_effective_deadline() - now < REST_SHARE * (now - start):
            break
        lost += made.failures
        made = await _round(modem)
    times = [value * 1000 for value in seen.latencies[before:]]
    _add_anomalies(context)
    facts, source = context.facts, context.port.name
    facts.add("control.asked", made.asked, source=source)
    facts.add("control.answered", made.answered, source=source)
    if times:
        facts.add("control.latency.median_ms", round(_median(times), 3), source=source)
        facts.add("control.latency.max_ms", round(max(times), 3), source=source)
    if made.failures:
        return _lost(context, made, misfits(seen, since=since))
    middle = _median(times)
    summary = f"{made.answered} of {made.asked} right, {middle:.1f} ms in the middle"
    worst = measured("slowest answer", round(max(times), 1), unit="ms", source=source)
    if lost:
        told = [Evidence(f"at first: {error}", source=source) for error in lost]
        return Result.warned(f"{summary}, once asked again", worst, *told)
    if middle > SLOW_S * 1000:
        return Result.warned(f"{summary}; but slow", worst)
    return Result.passed(summary, worst)


def _may_be_chance(made: _Round, found: list[Anomaly], lost: list[Exception]) -> bool:
    """Whether what got lost of a round might be one command or answer, and the rest be right.

    A port that is silent in a second round stays so; that the driver refuses a command then may
    be the echo of the first loss.
    """
    if not made.failures or any(one.kind not in _OF_A_LOSS for one in found):
        return False
    refused = [type(one) is DeviceReset for one in made.failures]
    if lost and not (made.answered or found or all(refused)):
        return False
    return all(isinstance(one, NoAnswer) or type(one) is DeviceReset for one in made.failures)


def _median(times: Sequence[float]) -> float:
    ordered, half = sorted(times), len(times) // 2
    return ordered[half] if len(times) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _lost(context: CheckContext, made: _Round, found: list[Anomaly]) -> Result:
    failure = made.failures[0]
    if isinstance(failure, TransportError | MbimProtocolError):
        raise failure
    evidence = [evidence_of(one, context) for one in found[:5]]
    if isinstance(failure, DecodeError):
        return Result.failed(Reason.DEFECT, f"an answer cannot be read: {failure}", *evidence)
    if found:
        kinds = ", ".join(sorted({one.kind for one in found}))
        text = f"answers do not fit what was asked ({kinds})"
        return Result.failed(Reason.DEFECT, text, *evidence)
    text = f"{failure}; {made.answered} answers before it"
    before = measured("answers before it", made.answered, source=context.port.name)
    return Result.failed(Reason.NO_ANSWER, text, before)


async def control_clients(context: CheckContext) -> Result:
    """Each service that is used gives a client id, a spare one too; what killed runs left goes."""
    others = bool(context.facts.records("port.holders"))
    left = await context.the_modem.give_back_leftovers(held_by_others=others)
    trials = await context.the_modem.try_clients()
    if not trials:
        return Result.skipped("MBIM has no client ids")
    returned = _given_back(context, left)
    problem = context.the_modem.journal_problem
    if problem is not None:
        text = f"the client ids that are held are not written down: {problem}"
        returned.append(Evidence(text, source="journal"))
    refused = [trial for trial in trials if trial.error is not None]
    if refused:
        return _refused(context, refused, returned)
    names = ", ".join(trial.service for trial in trials if not trial.spare)
    spare = ", ".join(trial.service for trial in trials if trial.spare)
    summary = f"given: {names}" + (f"; one more of {spare}, and taken back" if spare else "")
    if left:
        text = f"{len(left)} that a killed run had left went back"
        return Result.warned(f"{text}; {summary}", *returned)
    return Result.passed(summary, *returned)


def _given_back(context: CheckContext, left: tuple[Leftover, ...]) -> list[Evidence]:
    if left:
        listed: list[JsonValue] = [
            {"service": one.service, "client": one.client, "pid": one.pid} for one in left
        ]
        context.facts.add("control.clients.given_back", listed, source="CTL Release CID")
    return [
        Evidence(
            f"{one.service} {one.client} of process {one.pid}, which is gone: given back",
            value=one.client,
            source="CTL Release CID",
        )
        for one in left
    ]


def _refused(context: CheckContext, refused: list[ClientTrial], returned: list[Evidence]) -> Result:
    first = refused[0]
    source = "CTL Allocate CID"
    context.facts.add("control.clients.error", first.error, source=source)
    context.facts.add("control.clients.service", first.service, source=source)
    evidence = [
        Evidence(
            f"{'a second one of ' if one.spare else ''}{one.service}: {one.error}", source=source
        )
        for one in refused
    ]
    lacking = ", ".join(trial.service for trial in refused)
    exhausted = any(trial.error == "client-ids-exhausted" for trial in refused)
    if exhausted or first.error == "internal":
        which = "second client id" if first.spare else "client id"
        text = f"no {which} for {lacking}"
        return Result.failed(Reason.DEFECT, text, *evidence, *returned)
    return Result.warned(f"this firmware lacks {lacking}", *evidence, *returned)
