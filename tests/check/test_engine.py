# SPDX-License-Identifier: GPL-2.0-or-later
"""The engine climbs fake ladders: outcomes, blocking, time, errors, selection."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
import trio

from qmiprobe import errors
from qmiprobe.check import Check, Report, Result, climb, select
from qmiprobe.diagnosis import Evidence, Facts, Outcome, Reason, Verdict

PASS, WARN, FAIL = Outcome.PASS, Outcome.WARN, Outcome.FAIL
BLOCKED, SKIPPED, BROKEN = Outcome.BLOCKED, Outcome.SKIPPED, Outcome.BROKEN


@dataclass
class Ground:
    """The context of the fakes: facts, and the ids of those that ran."""

    facts: Facts = field(default_factory=Facts)
    ran: list[str] = field(default_factory=list)


Run = Callable[[Ground], Awaitable[Result]]
Fake = Result | Exception | float


def fake(
    check_id: str, does: Fake | Run, *needs: str, skips_with: tuple[str, ...] = ()
) -> Check[Ground]:
    """A check that gives a result, raises, sleeps for so many seconds, or runs a function."""

    async def run(ground: Ground) -> Result:
        ground.ran.append(check_id)
        if isinstance(does, Result):
            return does
        if isinstance(does, Exception):
            raise does
        if isinstance(does, float):
            await trio.sleep(does)
            return Result.passed("slept")
        return await does(ground)

    return Check(check_id, needs, run, f"does {check_id}", skips_with)


OK = Result.passed("fine")
BAD = Result.failed(Reason.DEFECT, "bad", Evidence("seen"))
NOT_ASKED = Result.skipped("not asked for")


async def report_of(*checks: Check[Ground], timeout: float = 60, only: str | None = None) -> Report:
    return await climb(checks, Ground(), timeout=timeout, only=only)


def outcomes(report: Report) -> dict[str, Outcome]:
    return {verdict.check: verdict.outcome for verdict in report.verdicts}


@pytest.mark.parametrize(
    ("result", "outcome", "status"),
    [
        (OK, PASS, 0),
        (Result.warned("slow"), WARN, 0),
        (NOT_ASKED, SKIPPED, 0),
        (BAD, FAIL, 1),
        (Result.failed(Reason.CANNOT_TEST, "no"), FAIL, 3),
        (Result.failed(Reason.NO_ANSWER, "silent"), FAIL, 4),
        (Result.failed(Reason.OTHER_PROTOCOL, "MBIM"), FAIL, 5),
    ],
)
async def test_a_result_becomes_the_verdict_and_sets_the_status(
    result: Result, outcome: Outcome, status: int
):
    report = await report_of(fake("one", result))
    (verdict,) = report.verdicts
    assert (verdict.outcome, verdict.reason) == (outcome, result.reason)
    assert (verdict.summary, verdict.evidence) == (result.summary, result.evidence)
    assert (report.outcome, report.exit_status) == (outcome, status)


async def test_a_failed_need_blocks_all_above_it_and_each_names_the_root():
    report = await report_of(
        fake("a", OK),
        fake("b", BAD, "a"),
        fake("c", OK, "b"),
        fake("d", OK, "c"),
        fake("beside", OK, "a"),
    )
    assert outcomes(report) == {"a": PASS, "b": FAIL, "c": BLOCKED, "d": BLOCKED, "beside": PASS}
    assert [verdict.blocked_by for verdict in report.verdicts] == [None, None, "b", "b", None]


async def test_blocked_checks_do_not_run():
    ground = Ground()
    await climb([fake("a", BAD), fake("b", OK, "a")], ground, timeout=1)
    assert ground.ran == ["a"]


async def test_the_root_is_the_failed_check_that_stands_first_in_the_ladder():
    report = await report_of(
        fake("a", BAD), fake("b", BAD), fake("c", OK, "a"), fake("top", OK, "b", "c")
    )
    assert report.verdicts[-1].blocked_by == "a"


async def test_a_skipped_need_does_not_block():
    report = await report_of(fake("usb", NOT_ASKED), fake("port", OK, "usb"))
    assert outcomes(report) == {"usb": SKIPPED, "port": PASS}


async def test_a_check_that_skips_with_its_need_says_for_whose_sake():
    report = await report_of(
        fake("session", NOT_ASKED),
        fake("format", OK, "session", skips_with=("session",)),
        fake("mtu", OK, "format", skips_with=("format",)),
    )
    assert outcomes(report) == {"session": SKIPPED, "format": SKIPPED, "mtu": SKIPPED}
    assert {verdict.summary for verdict in report.verdicts[1:]} == {
        "without session: not asked for"
    }


async def test_a_failed_need_blocks_even_where_another_one_is_skipped():
    report = await report_of(
        fake("a", NOT_ASKED), fake("b", BAD), fake("c", OK, "a", "b", skips_with=("a",))
    )
    assert report.verdicts[-1].outcome is BLOCKED


async def test_a_warning_blocks_nothing():
    report = await report_of(fake("a", Result.warned("slow")), fake("b", OK, "a"))
    assert (outcomes(report)["b"], report.outcome) == (PASS, WARN)


async def test_an_unexpected_exception_breaks_the_check_and_blocks_what_needs_it():
    report = await report_of(
        fake("a", ZeroDivisionError("oops")), fake("b", OK, "a"), fake("c", OK)
    )
    assert outcomes(report) == {"a": BROKEN, "b": BLOCKED, "c": PASS}
    assert report.verdicts[0].summary == "ZeroDivisionError: oops"
    assert "test_engine.py" in report.verdicts[0].evidence[0].text
    assert (report.outcome, report.exit_status) == (BROKEN, 70)
    assert report.verdicts[1].blocked_by == "a"
    assert report.verdicts[1].summary == "needs a, which is broken"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (errors.CannotTest("no TUN here"), Reason.CANNOT_TEST),
        (errors.PortBusy("held", port="/dev/cdc-wdm0"), Reason.CANNOT_TEST),
        (errors.PortMissing("none", port="/dev/cdc-wdm0"), Reason.CANNOT_TEST),
        (errors.PortPermission("no", port="/dev/cdc-wdm0"), Reason.CANNOT_TEST),
        (errors.DeviceGone("unplugged", port="/dev/cdc-wdm0"), Reason.DEFECT),
        (errors.NoAnswer("silent"), Reason.NO_ANSWER),
        (errors.OtherProtocol("speaks MBIM", heard="mbim"), Reason.OTHER_PROTOCOL),
        (errors.QmiError("refused", error=3), Reason.DEFECT),
        (errors.DecodeError("nonsense", offset=2), Reason.DEFECT),
    ],
)
async def test_an_error_of_modem_port_or_machine_fails_with_its_reason(
    error: errors.QmiprobeError, reason: Reason
):
    (verdict,) = (await report_of(fake("a", error))).verdicts
    assert (verdict.outcome, verdict.reason, verdict.summary) == (FAIL, reason, str(error))
    assert verdict.evidence


async def test_an_error_of_our_own_breaks_the_check():
    report = await report_of(fake("a", errors.EncodeError("a field too many")))
    assert report.outcome is BROKEN


async def test_a_nursery_around_one_error_does_not_hide_it():
    async def run(_ground: Ground) -> Result:
        async with trio.open_nursery():
            raise errors.NoAnswer("silent")

    (verdict,) = (await report_of(fake("a", run))).verdicts
    assert (verdict.reason, verdict.summary) == (Reason.NO_ANSWER, "silent")


@pytest.mark.autojump
async def test_time_that_is_up_fails_the_running_check_and_blocks_the_rest():
    report = await report_of(
        fake("a", 10.0), fake("b", 100.0), fake("c", OK), fake("d", OK, "b"), timeout=30
    )
    assert outcomes(report) == {"a": PASS, "b": FAIL, "c": BLOCKED, "d": BLOCKED}
    late = report.verdicts[1]
    assert late.reason is Reason.NO_ANSWER
    assert "30 s" in late.summary
    assert late.duration_s == pytest.approx(20)
    assert report.duration_s == pytest.approx(30)
    assert [verdict.blocked_by for verdict in report.verdicts[2:]] == ["b", "b"]
    assert report.exit_status == 4


@pytest.mark.autojump
async def test_time_is_up_even_where_a_task_of_the_check_fails_at_its_end():
    async def grumbles(_ground: Ground) -> Result:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_fails_when_cancelled)
            await trio.sleep(100)
        return OK

    report = await report_of(fake("a", grumbles), fake("b", OK), timeout=5)
    assert outcomes(report) == {"a": FAIL, "b": BLOCKED}
    assert report.verdicts[0].reason is Reason.NO_ANSWER


async def _fails_when_cancelled() -> None:
    try:
        await trio.sleep_forever()
    finally:
        raise RuntimeError("at the end")


@pytest.mark.autojump
async def test_a_cancelled_climb_ends_as_cancelled_and_not_as_a_verdict():
    with trio.move_on_after(3) as scope:
        await report_of(fake("a", 100.0))
        pytest.fail("the climb went on")
    assert scope.cancelled_caught


async def test_only_runs_one_check_and_what_it_needs():
    ladder = [fake("a", OK), fake("b", OK, "a"), fake("c", BAD), fake("d", OK, "b", "a")]
    report = await report_of(*ladder, only="d")
    assert outcomes(report) == {"a": PASS, "b": PASS, "d": PASS}


async def test_only_an_unknown_check_is_a_lookup_error_with_a_hint():
    with pytest.raises(LookupError, match=r"no check is called 'sim\.redy'; did you mean sim\.rea"):
        await report_of(fake("sim.ready", OK), fake("link.dns", OK), only="sim.redy")


@pytest.mark.parametrize(
    ("ladder", "complaint"),
    [
        ([fake("a", OK), fake("a", OK)], "a stands twice"),
        ([fake("a", OK, "b"), fake("b", OK)], "needs b, which does not stand before"),
        ([fake("a", OK), fake("b", OK, skips_with=("a",))], "not all needed"),
    ],
)
def test_a_ladder_that_contradicts_itself_is_refused(
    ladder: Sequence[Check[Ground]], complaint: str
):
    with pytest.raises(ValueError, match=complaint):
        select(ladder)


async def test_the_first_failure_in_ladder_order_sets_the_status():
    silent = Result.failed(Reason.NO_ANSWER, "silent")
    assert (await report_of(fake("a", silent), fake("b", BAD))).exit_status == 4
    assert (await report_of(fake("a", BAD), fake("b", KeyError("x")))).exit_status == 1
    assert (await report_of(fake("a", KeyError("x")), fake("b", BAD))).exit_status == 70


async def test_the_report_names_the_device_from_the_facts_and_the_wall_time():
    ground = Ground()
    ground.facts.add("device.path", "/dev/cdc-wdm0", source="the command line")
    ground.facts.add("device.protocol.wanted", "qmi", source="the driver")
    ground.facts.add("device.protocol.heard", "mbim", source="the trace")
    began = datetime(2024, 2, 29, 23, 59, 58, 500_000, tzinfo=UTC)
    report = await climb([fake("a", OK)], ground, timeout=1, now=lambda: began)
    assert report.started == "2024-02-29T23:59:58.500Z"
    assert (report.device["path"], report.device["protocol"]) == ("/dev/cdc-wdm0", "mbim")
    assert report.device["model"] is None
    assert report.facts is ground.facts


async def test_failures_that_no_rule_explains_give_unexplained_findings():
    report = await report_of(fake("a", BAD))
    assert [(finding.id, finding.explains) for finding in report.findings] == [
        ("unexplained", ("a",))
    ]


async def test_the_observer_sees_the_plan_each_start_and_each_verdict():
    seen: list[str] = []

    class Watcher:
        def planned(self, check_ids: Sequence[str]) -> None:
            seen.append("plan " + " ".join(check_ids))

        def started(self, check_id: str, title: str) -> None:
            seen.append(f"start {check_id}: {title}")

        def finished(self, verdict: Verdict) -> None:
            seen.append(f"end {verdict.check} {verdict.outcome}")

    ladder = [fake("a", BAD), fake("b", OK, "a")]
    await climb(ladder, Ground(), timeout=1, observer=Watcher())
    assert seen == ["plan a b", "start a: does a", "end a fail", "end b blocked"]


async def test_an_empty_ladder_is_skipped_not_passed():
    assert (await report_of()).outcome is SKIPPED
