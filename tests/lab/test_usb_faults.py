# SPDX-License-Identifier: GPL-2.0-or-later
"""Faults of a modem's USB side through the real drivers: what ``qmiprobe check`` says of each."""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trio

from tests.lab import slow
from tests.lab.online import Judge, Report, judge_process, online, write_targets
from tests.lab.plugged import DRIVERS, plugged, run, write

pytestmark = [pytest.mark.needs("lab"), pytest.mark.time_limit(180)]

BAD = ("fail", "broken")


@dataclass(frozen=True)
class Case:
    """A fault, and the one check that must end otherwise than well for it."""

    fault: str
    outcome: str
    """pass: nothing may warn; warn and fail: at this check."""
    check: str = ""
    status: int = 0
    says: str = ""
    """Part of the report."""
    finding: str = ""
    profile: str = "ec25"

    def __str__(self) -> str:
        return self.fault


# Those that leave no control port come first: what has come and gone often since is told apart.
CASES = (
    Case("no-notify-endpoint", "fail", "driver.bound", 1, "-22", "driver/probe-failed"),
    Case("only-notify-endpoint", "fail", "driver.bound", 1, "-22", "driver/probe-failed"),
    Case("no-endpoints", "fail", "driver.bound", 1, "-22", "driver/probe-failed"),
    Case(
        *("ntb-parameters-fail", "fail", "driver.bound", 1, "GET_NTB_PARAMETERS"),
        *("driver/gave-back", "em7455"),
    ),
    Case("disc-first", "fail", "usb.enumerated", 1, "disc"),
    Case("send-stalls-once", "warn", "control.answers", says="asked again"),
    Case("get-stalls-once", "pass"),
    Case("empty-answers", "pass"),
    Case("unknown-notifications", "pass"),
    Case("lost-notification", "warn", "control.answers", says="asked again"),
    Case("double-answer", "warn", "control.answers"),
    # Linux 6.1 says -EIO of an answer that is too long: ENOBUFS is for two that are.
    Case("long-answer", "fail", "control.answers", 1, "reset", "control/answers-spoilt"),
    Case("send-stalls", "fail", "control.protocol", 4),
    Case("get-stalls", "fail", "control.protocol", 4),
)


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    with judge_process() as judge:
        yield judge


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_fault_ends_at_its_check(judge: Judge, case: Case):
    async with plugged(case.profile, usb_faults=[case.fault]) as plug:
        report = await judge.check(plug.name)
        _compare(report, case)


def _compare(report: Report, case: Case) -> None:
    assert report.status == case.status, str(report)
    if case.outcome == "fail":
        assert set(report.of(*BAD)) == {case.check}, str(report)
        assert report.findings, str(report)
    else:
        assert report.of(*BAD, "blocked") == {}, str(report)
        assert set(report.of("warn")) == ({case.check} if case.check else set()), str(report)
    assert case.says in json.dumps(report.document), str(report)
    assert not case.finding or case.finding in report.findings, str(report)


@pytest.mark.parametrize("fault", ["unplugged-when-asked", "resets-when-asked"])
async def test_modem_that_goes_while_it_is_asked_is_gone(judge: Judge, fault: str):
    async with plugged("ec25", usb_faults=[fault]) as plug:
        report = await judge.check(plug.name)
        assert report.status == 1, str(report)
        # The check waits for what comes back; then its netdev may be there again.
        assert set(report.of(*BAD)) - {"netdev.present"} == {"control.answers"}, str(report)
        assert report.findings == ["port/gone"]
        if fault == "resets-when-asked":
            await trio.sleep(slow(0.2))
            await plug.settled()
            report = await judge.check(plug.name)
            assert report.status == 0, str(report)


async def test_modem_that_comes_back_as_a_boot_loader_is_no_modem_any_more(judge: Judge):
    async with plugged("ec25", usb_faults=["boot-loader-when-asked"]) as plug:
        report = await judge.check("/dev/cdc-wdm0")
        assert report.status == 1, str(report)
        assert "port/gone" in report.findings
        await trio.sleep(slow(0.2))
        await plug.settled()
        assert await plug.read("idVendor") == "05c6"
        report = await judge.check(plug.name)
        assert report.status == 1, str(report)
        assert set(report.of(*BAD)) == {"usb.enumerated"}, str(report)
        assert "boot loader" in report.summaries["usb.enumerated"]


async def test_driver_sets_dtr_where_its_table_says_so_and_a_modem_it_does_not_know_is_silent(
    judge: Judge,
):
    async with plugged("ec25", usb_faults=["needs-dtr"]) as plug:
        report = await judge.check(plug.name)
        assert report.status == 0, str(report)
    # A dynamic id goes before the table, and has none of its quirks.
    await write(DRIVERS / "qmi_wwan/new_id", "2c7c 0125")
    try:
        async with plugged("ec25", usb_faults=["needs-dtr"]) as plug:
            node = (await plug.nodes())["1.4"][0]
            report = await judge.check(node)
            assert report.status == 4, str(report)
            assert set(report.of(*BAD)) == {"control.protocol"}, str(report)
            assert "driver/no-dtr" in report.findings, str(report)
    finally:
        await write(DRIVERS / "qmi_wwan/remove_id", "2c7c 0125")


async def test_asleep_between_requests_it_answers_all_the_same(judge: Judge):
    async with plugged("ec25") as plug:
        await write(plug.folder / "power/autosuspend_delay_ms", "300")
        await write(plug.folder / "power/control", "auto")
        with trio.fail_after(slow(1)):
            while await plug.read("power/runtime_status") != "suspended":  # noqa: ASYNC110
                await trio.sleep(0.1)
        report = await judge.check(plug.name)
        assert report.of(*BAD, "blocked", "warn") == {}, str(report)


@pytest.mark.parametrize("fault", ["data-stop", "uplink-lost"])
async def test_data_that_stop_or_get_lost_end_at_the_link(judge: Judge, tmp_path: Path, fault: str):
    async with online("lt4112", usb_faults=[fault], configuration=1) as modem:
        targets = write_targets(modem.plane.network.targets(), tmp_path / "targets.toml")
        report = await judge.check("/dev/cdc-wdm0", "--connect", "--targets", targets)
        assert report.status == 1, str(report)
        assert set(report.of(*BAD)) <= {"link.return", "link.dns", "link.tcp"}, str(report)
        assert report.outcomes["link.return"] in ("fail", "warn"), str(report)


async def test_packets_that_fill_transfers_are_lost_and_those_beside_them_are_not(judge: Judge):
    async with online("lt4112", usb_faults=["full-packets-lost"], configuration=1) as modem:
        modem.plug.modem.state.sessions.start(0, 4, apn="internet.example")
        session = modem.plug.modem.state.sessions.find(0, 4)
        assert session is not None
        for words in (f"addr add {session.facts.interface} dev wwan0", "link set wwan0 up"):
            assert (await run("ip", *words.split()))[0] == 0
        answered: dict[int, bool] = {}
        for length in (1023, 1024, 1025):  # of a frame: 14 bytes Ethernet, 20 IP, 8 ICMP
            options = ("-c", "1", "-W", "3", "-s", str(length - 42))
            status, _ = await run("ping", *options, str(session.facts.gateway))
            answered[length] = status == 0
        assert answered == {1023: True, 1024: False, 1025: True}
