# SPDX-License-Identifier: GPL-2.0-or-later
"""What each fault of a simulated modem gives: one verdict, on one check, with the cause named."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from qmiprobe.sim import all_faults
from tests.check.runs import Run, address, started

pytestmark = pytest.mark.needs("tun")

TIMEOUT = 10.0
"""Seconds within which all checks of any modem are done, once they have begun."""
QMI, MBIM = ("qmi",), ("mbim",)


@dataclass(frozen=True)
class Row:
    """One fault: the check that it changes, how, and what has to be said of it."""

    fault: str
    check: str = ""
    says: tuple[str, ...] = ()
    finding: str = ""
    outcome: str = "fail"
    reason: str | None = "defect"
    protocols: tuple[str, ...] = ("qmi", "mbim")
    warns: tuple[str, ...] = ()
    """Other checks that cannot say more because of it."""


def _passes(fault: str, protocols: tuple[str, ...]) -> Row:
    return Row(fault, outcome="pass", reason=None, protocols=protocols)


def _warns(fault: str, check: str, *says: str, protocols: tuple[str, ...] = ("qmi", "mbim")) -> Row:
    return Row(fault, check, says, outcome="warn", reason=None, protocols=protocols)


def _fails(
    fault: str,
    check: str,
    finding: str,
    *says: str,
    protocols: tuple[str, ...] = ("qmi", "mbim"),
    reason: str = "defect",
    warns: tuple[str, ...] = (),
) -> Row:
    return Row(fault, check, says, finding, "fail", reason, protocols, warns)


ANSWERS, SPOILT, STEP = "control.answers", "control/answers-spoilt", "control/out-of-step"
TABLE = (
    _passes("fragments", MBIM),
    _passes("indication-first", MBIM),
    _passes("stale-close-done", MBIM),
    _passes("sim-busy", ("qmi", "mbim")),
    _warns("late", ANSWERS, "slow"),
    _warns("duplicate", ANSWERS, "duplicate"),
    _warns("stale-first", ANSWERS, "wrong-transaction"),
    _warns("garbage-zeros", ANSWERS, "garbage"),
    _warns("garbage-ones", ANSWERS, "garbage"),
    _warns("odd-utf16", "device.identity", "odd-utf16", protocols=MBIM),
    _warns("open-busy-twice", "control.protocol", "open-busy", "try 2 of 3", protocols=MBIM),
    _warns("max-transfer", "control.protocol", "max-transfer", "512 bytes", protocols=MBIM),
    _warns("not-opened-once", ANSWERS, "not-opened", protocols=MBIM),
    _warns("v6-refused", "session.up", "IPv6", "50 ("),
    _fails("mute", "control.protocol", "control/no-answer", reason="no-answer"),
    _fails("open-busy", "control.protocol", "control/open-refused", "busy", protocols=MBIM),
    _fails("open-wrong-transaction", "control.protocol", STEP, protocols=MBIM),
    _fails("mute-after-first", ANSWERS, "control/went-silent", reason="no-answer"),
    _fails("wrong-transaction", ANSWERS, STEP, "wrong-transaction"),
    _fails("wrong-service", ANSWERS, STEP, "wrong-service"),
    _fails("wrong-message", ANSWERS, STEP, "wrong-message"),
    _fails("truncated", ANSWERS, SPOILT),
    _fails("length-lie", ANSWERS, SPOILT),
    _fails("buffer-length-lie", ANSWERS, SPOILT, protocols=MBIM),
    _fails("tlv-overrun", ANSWERS, SPOILT, protocols=QMI),
    _fails("fragments-swapped", ANSWERS, SPOILT, "fragment", protocols=MBIM),
    _fails("fragments-missing", ANSWERS, SPOILT, "fragment", protocols=MBIM),
    _fails("fragments-mixed", ANSWERS, SPOILT, "fragment", protocols=MBIM),
    _fails("fragments-total", ANSWERS, SPOILT, "fragment", protocols=MBIM),
    _fails("unplugged", ANSWERS, "port/gone"),
    _fails(
        *("offset-outside", "device.identity", "device/answer-unreadable"),
        *("device-caps", "5000"),
        protocols=MBIM,
    ),
    _fails(
        *("short-buffer", "device.identity", "device/answer-unreadable"),
        *("device-caps", "2 left"),
        protocols=MBIM,
    ),
    _fails(
        *("failure-with-buffer", "device.identity", "device/question-refused"),
        *("device-caps", "status 2 (failure)"),
        protocols=MBIM,
    ),
    _fails(
        *("status-777", "device.identity", "device/question-refused"),
        *("device-caps", "status 777"),
        protocols=MBIM,
    ),
    _fails(
        *("error-65000", "device.identity", "device/question-refused"),
        *("get-manufacturer", "QMI error 65000"),
        protocols=QMI,
    ),
    _fails(
        *("client-ids-exhausted", "control.clients", "control/client-ids-exhausted"),
        protocols=QMI,
    ),
    _fails(
        *("one-client", "control.clients", "control/client-ids-exhausted"),
        *("second", "wds"),
        protocols=QMI,
    ),
    # A modem under the lock says the same of itself as one that software switched off.
    _fails("fcc-locked", "device.mode", "device/low-power", "FCC lock", "InvalidTransition"),
    _fails("radio-off", "device.mode", "device/low-power", "by software"),
    _fails("radio-off-hardware", "device.mode", "device/hardware-switch"),
    _fails("no-sim", "sim.ready", "sim/absent"),
    _fails("other-slot", "sim.ready", "sim/other-slot", "slot 2"),
    _fails("sim-failure", "sim.ready", "sim/not-read"),
    _fails("pin-required", "sim.ready", "sim/pin-required", "3 tries left"),
    _fails("puk-required", "sim.ready", "sim/puk-required", "10 tries left"),
    _fails("searching", "radio.registered", "radio/searching"),
    _fails("registration-denied", "radio.registered", "radio/denied", "11"),
    _fails("roaming-not-allowed", "radio.registered", "radio/denied", "13", "roaming"),
    _fails("not-attached", "radio.registered", "radio/not-attached"),
    _fails("call-refused", "session.up", "session/refused", "33"),
    _fails("call-refused-internal", "session.up", "session/refused", "internal 220", protocols=QMI),
    _fails("call-throttled", "session.up", "session/refused", "throttled", protocols=QMI),
    # MBIM has a word for the network's refusals only.
    _fails("call-refused-internal", "session.up", "session/refused", "2 (failure)", protocols=MBIM),
    _fails("call-throttled", "session.up", "session/refused", "2 (failure)", protocols=MBIM),
    _fails("phantom-session", "link.return", "session/phantom"),
    # MBIM carries IP packets whatever the netdev looks like: nothing there can disagree.
    _fails("raw-ip-mismatch", "netdev.format", "netdev/format-mismatch", protocols=QMI),
    _fails("wrong-mtu", "netdev.mtu", "netdev/mtu-signalled-too-small", "500", "1280"),
    _fails("no-address", "netdev.address", "netdev/no-address-given"),
    _fails("no-dns", "link.dns", "path/no-dns"),
    _fails("dns-hijacked", "link.dns", "path/dns-hijacked"),
    _fails("walled-garden", "link.tcp", "path/walled-garden", "302", warns=("link.pmtu-down",)),
    _fails("mtu-black-hole", "link.pmtu-up", "path/mtu-black-hole-up", "1380"),
    _fails("mtu-black-hole-down", "link.pmtu-down", "path/mtu-black-hole-down", "1380"),
)
CASES = [(row, protocol) for row in TABLE for protocol in row.protocols]
by_case = pytest.mark.parametrize(
    ("row", "protocol"), CASES, ids=[f"{protocol}-{row.fault}" for row, protocol in CASES]
)


@pytest.fixture(scope="module", autouse=True)
def _all_runs(request: pytest.FixtureRequest) -> None:
    """Start what was asked for, a few at a time: they wait more than they work."""
    for item in request.session.items:
        if isinstance(item, pytest.Function) and item.module is request.module:
            params = item.callspec.params if hasattr(item, "callspec") else {}
            row, protocol = params.get("row"), params.get("protocol")
            if isinstance(row, Row):
                started(address(row.fault, str(protocol)))


def _of(row: Row, protocol: str) -> Run:
    return started(address(row.fault, protocol)).result()


def test_every_fault_stands_in_the_table_on_each_protocol_that_can_have_it() -> None:
    listed = sorted((row.fault, protocol) for row, protocol in CASES)
    can_be = sorted((name, each) for name, one in all_faults().items() for each in one.protocols)
    assert listed == can_be


@by_case
def test_a_fault_changes_its_check_and_no_other(row: Row, protocol: str) -> None:
    run = _of(row, protocol)
    bad = {
        outcome: [check["id"] for check in run.checks(outcome)]
        for outcome in ("fail", "warn", "broken")
    }
    own = {"fail": [], "warn": list(row.warns), "broken": []}
    if row.check:
        own[row.outcome].append(row.check)
    assert bad == own
    assert {check["blocked_by"] for check in run.checks("blocked")} <= {row.check}
    assert run.report["outcome"] == row.outcome
    assert [check["reason"] for check in run.checks("fail")] == [row.reason] * len(bad["fail"])
    assert all(check["evidence"] for check in run.checks("fail"))
    status = {None: 0, "defect": 1, "no-answer": 4}[row.reason]
    assert run.status == run.report["exit_status"] == status


@by_case
def test_a_fault_is_said_in_words(row: Row, protocol: str) -> None:
    run = _of(row, protocol)
    told = str([*run.checks("fail"), *run.checks("warn"), *run.findings()])
    assert [words for words in row.says if words not in told] == []


@by_case
def test_a_failure_has_one_cause_with_a_remedy(row: Row, protocol: str) -> None:
    findings = _of(row, protocol).findings()
    assert [finding["id"] for finding in findings] == [row.finding] * (row.outcome == "fail")
    for finding in findings:
        assert finding["explains"] == [row.check]
        assert finding["evidence"]
        assert isinstance(finding["remedy"], dict)
        assert finding["remedy"]["text"]


@by_case
def test_the_checks_are_done_in_time(row: Row, protocol: str) -> None:
    duration = _of(row, protocol).report["duration_s"]
    assert isinstance(duration, float)
    assert duration < TIMEOUT


@pytest.mark.parametrize("protocol", ["qmi", "mbim"])
def test_what_a_slow_modem_has_no_time_for_is_skipped_and_says_so(protocol: str) -> None:
    skipped = started(address("late", protocol)).result().checks("skipped")
    texts = {check["id"]: str(check["summary"]) for check in skipped}
    assert "--timeout gives it more" in texts["session.up"]
    assert re.search(r"at \d\.\d s an answer", texts["session.up"])


def test_a_call_without_an_address_did_come_up() -> None:
    for protocol in ("qmi", "mbim"):
        run = started(address("no-address", protocol)).result()
        (session,) = [one for one in run.checks("pass") if one["id"] == "session.up"]
        assert "without an address" in str(session["summary"])
