# SPDX-License-Identifier: GPL-2.0-or-later
"""Around the rungs: oddities are told once, errors become facts, slow modems are given time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
import trio

from qmiprobe import errors
from qmiprobe.address import ControlPort
from qmiprobe.check import LADDER, Check, CheckContext, CheckOptions, Report, Result, climb
from qmiprobe.check import open_context as open_check_context
from qmiprobe.check._at_once import at_once
from qmiprobe.check._modem_mbim import MbimModem
from qmiprobe.check._watch import watch
from qmiprobe.device import Observed
from qmiprobe.diagnosis import Outcome, Reason
from qmiprobe.mbim.services._shared import Status
from qmiprobe.qmi.services._shared import Error
from qmiprobe.sim import SimulatedModem, open_simulated
from qmiprobe.transport import ControlTransport
from tests.device.scripted import opened_mbim

pytestmark = pytest.mark.autojump
CLOSE_DONE = bytes.fromhex("020000800c0000000900000000000000")


@asynccontextmanager
async def _context() -> AsyncIterator[CheckContext]:
    port = ControlPort(name="test", open=None)
    async with open_check_context(port, CheckOptions()) as context:
        context.observed = Observed()
        yield context


def _rung(
    does: Result | Exception, *kinds: str, check: str = "device.identity", raw: bytes = b""
) -> Check[CheckContext]:
    """A rung that sees these anomalies, and then gives a result or raises."""

    async def run(context: CheckContext) -> Result:
        assert context.observed is not None
        for kind in kinds:
            context.observed.record(kind, f"{kind} was seen", raw, 0.0)
        if isinstance(does, Exception):
            raise does
        return does

    return watch(Check(check, (), run, "does it"))


OK = Result.passed("fine")


async def test_an_oddity_turns_a_pass_into_a_warning_that_names_it():
    async with _context() as context:
        result = await _rung(OK, "odd-utf16", "duplicate", "duplicate").run(context)
    assert (result.outcome, result.summary) == (Outcome.WARN, "fine; but duplicate, odd-utf16")
    assert "odd-utf16: odd-utf16 was seen" in [line.text for line in result.evidence]


async def test_a_kind_of_oddity_is_told_by_the_first_rung_that_saw_it_alone():
    async with _context() as context:
        await _rung(OK, "duplicate").run(context)
        assert await _rung(OK, "duplicate").run(context) == OK
        again = await _rung(OK, "duplicate", "garbage").run(context)
    assert again.summary == "fine; but garbage"


async def test_a_warning_and_a_failure_stay_what_they_are():
    async with _context() as context:
        warned = await _rung(Result.warned("fair; but slow"), "duplicate").run(context)
        failed = await _rung(Result.failed(Reason.DEFECT, "bad"), "garbage").run(context)
    assert (warned.outcome, warned.summary) == (Outcome.WARN, "fair; but slow; and duplicate")
    assert (failed.outcome, failed.summary) == (Outcome.FAIL, "bad")
    assert [line.text for line in failed.evidence] == ["garbage: garbage was seen"]


@pytest.mark.parametrize("kind", ["stale", "wrong-message"])
async def test_the_end_of_an_older_session_is_no_oddity(kind: str):
    async with _context() as context:
        assert await _rung(OK, kind, raw=CLOSE_DONE).run(context) == OK
        other = await _rung(OK, kind, raw=b"\x03\0\0\x80").run(context)
    assert other.outcome is Outcome.WARN


def test_rungs_that_ask_no_modem_are_left_alone():
    async def run(_context: CheckContext) -> Result:
        return OK

    rung = Check("usb.authorized", (), run, "does it")
    assert watch(rung) is rung


async def test_errors_become_facts_for_the_rules():
    gone = errors.DeviceGone("unplugged", port="/dev/cdc-wdm0", errno=19)
    qmi = errors.QmiError("dms get-model: QMI error internal (3)", error=Error.INTERNAL)
    mbim = errors.MbimError("OPEN: MBIM status 777 (777)", error=Status(777))
    unread = errors.DecodeError("device-caps: 2 left", offset=68)
    async with _context() as context:
        results = [await _rung(error).run(context) for error in (gone, qmi, mbim, unread)]
        facts = context.facts
    assert {result.outcome for result in results} == {Outcome.FAIL}
    assert (facts.text("port.error"), facts.text("port.errno")) == ("gone", "ENODEV")
    common = {"check": "device.identity"}
    assert facts.get("control.refused") == [
        {
            **common,
            "question": "dms get-model",
            "kind": "qmi-error",
            "number": 3,
            "name": "internal",
        },
        {**common, "question": "OPEN", "kind": "status", "number": 777, "name": None},
    ]
    assert facts.get("control.unreadable") == [
        {**common, "text": "device-caps: 2 left (at byte 68)"}
    ]


async def test_an_error_that_a_nursery_wrapped_is_the_same():
    async with _context() as context:
        gone = errors.DeviceReset("reset", port="x")
        result = await _rung(ExceptionGroup("", [gone])).run(context)
    assert (result.reason, context.facts.text("port.error")) == (Reason.DEFECT, "io")


@pytest.mark.parametrize(
    ("latency_ms", "seconds", "outcome"),
    # One answer, and four to undo it: how many sessions, two rounds of a look at them, CLOSE
    [(1500, 7.4, Outcome.SKIPPED), (1500, 7.6, Outcome.PASS), (900, 0.1, Outcome.PASS)],
)
async def test_what_a_slow_modem_cannot_answer_in_time_is_skipped(
    latency_ms: float, seconds: float, outcome: Outcome
):
    async with _context() as context, opened_mbim() as (device, _):
        context.modem = MbimModem(device)
        context.facts.add("control.latency.median_ms", latency_ms, source="test")
        with trio.fail_after(seconds):
            assert (await _rung(OK).run(context)).outcome is outcome


async def test_without_a_time_limit_nothing_is_skipped():
    async with _context() as context, opened_mbim() as (device, _):
        context.modem = MbimModem(device)
        context.facts.add("control.latency.median_ms", 9000, source="test")
        assert await _rung(OK).run(context) == OK


async def test_questions_are_asked_at_once_and_each_has_its_answer():
    async def after(seconds: float) -> float:
        await trio.sleep(seconds)
        return seconds

    async with at_once() as questions:
        one, two = questions.ask(lambda: after(2)), questions.ask(lambda: after(1))
    assert (one.got, two.got, trio.current_time()) == (2, 1, 2)


async def test_the_first_question_that_failed_is_the_one_that_is_raised_bare():
    async def fails(seconds: float, text: str) -> None:
        await trio.sleep(seconds)
        raise errors.NoAnswer(text)

    async def ask() -> None:
        async with at_once() as questions:
            questions.ask(lambda: fails(2, "first"))
            questions.ask(lambda: fails(1, "second"))

    with pytest.raises(errors.NoAnswer, match="first"):
        await ask()


async def _climb(
    profile: str, *faults: str, timeout: float, change: Callable[[SimulatedModem], object] = id
) -> Report:
    """Climb in memory on a clock that jumps: without a netdev, and in no time."""
    modem = SimulatedModem(profile, faults=faults)
    change(modem)
    async with open_simulated(modem) as open_port:

        async def opening(_protocol: str) -> ControlTransport:
            return open_port()

        port = ControlPort(
            name="sim",
            open=opening,
            simulated=True,
            driver_protocol=modem.profile.protocol,
        )
        async with open_check_context(port, CheckOptions(connect=True)) as context:
            return await climb(LADDER, context, timeout=timeout)


def _outcomes(report: Report) -> dict[str, str]:
    return {one.check: str(one.outcome) for one in report.verdicts}


@pytest.mark.parametrize("profile", ["ec25", "em7455"])
async def test_with_time_enough_a_slow_modem_is_asked_everything(profile: str):
    report = await _climb(profile, "late", timeout=120)
    assert _outcomes(report) == {
        **_outcomes(await _climb(profile, timeout=120)),
        "control.answers": "warn",
    }
    assert _outcomes(report)["session.up"] == "pass"


@pytest.mark.parametrize("profile", ["ec25", "em7455"])
@pytest.mark.parametrize("timeout", [6, 8.5, 12, 20, 35, 50])
async def test_whatever_the_time_a_slow_modem_fails_nothing_and_is_left_in_time(
    profile: str, timeout: float
):
    report = await _climb(profile, "late", timeout=timeout)
    assert not {"fail", "blocked", "broken"} & set(_outcomes(report).values())
    assert trio.current_time() < timeout / 0.85  # the share of the whole time that is for checks


@pytest.mark.parametrize("profile", ["ec25", "em7455"])
async def test_a_sim_that_never_starts_fails_after_five_seconds(profile: str):
    def never(modem: SimulatedModem) -> None:
        modem.state.sim.starting_s = 1e9

    report = await _climb(profile, "sim-busy", timeout=60, change=never)
    (failed,) = [one for one in report.verdicts if one.failed]
    assert (failed.check, failed.summary) == ("sim.ready", "the SIM is not initialised")
    assert failed.duration_s == pytest.approx(5, abs=0.6)


@pytest.mark.parametrize("profile", ["ec25", "em7455"])
async def test_a_sim_that_has_just_started_is_given_time_to_register(profile: str):
    def slowly(modem: SimulatedModem) -> None:
        modem.state.air.delay_s = 4.0

    report = await _climb(profile, "sim-busy", timeout=60, change=slowly)
    verdicts = {one.check: one for one in report.verdicts}
    assert verdicts["sim.ready"].summary == "ready after 3 s"
    assert verdicts["radio.registered"].outcome is Outcome.PASS
    assert verdicts["radio.registered"].duration_s == pytest.approx(4, abs=0.6)


async def test_a_modem_that_only_searches_is_not_waited_for():
    report = await _climb("ec25", "searching", timeout=60)
    (failed,) = [one for one in report.verdicts if one.failed]
    assert failed.check == "radio.registered"
    assert failed.duration_s < 0.1


async def test_a_modem_that_leaves_in_the_middle_explains_what_failed():
    report = await _climb("em7455", "unplugged", timeout=60)
    (finding,) = report.findings
    assert (finding.id, finding.explains) == ("port/gone", ("control.answers",))
