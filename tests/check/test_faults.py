# SPDX-License-Identifier: GPL-2.0-or-later
"""Each fault of a simulated modem gives exactly one failed check, with its cause and remedy."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import pytest

pytestmark = pytest.mark.needs("tun")

PROFILES = {"qmi": "ec25", "mbim": "em7455"}
AT_ONCE = 3
HEALTHY_RUNS = 20


@dataclass(frozen=True)
class Expected:
    """What one fault must give, on the protocols that can have it."""

    fault: str
    check: str
    reason: str
    finding: str
    status: int = 1
    protocols: tuple[str, ...] = ("qmi", "mbim")


EXPECTED = (
    Expected("no-sim", "sim.ready", "defect", "sim/absent"),
    Expected("pin-required", "sim.ready", "defect", "sim/pin-required"),
    Expected("radio-off", "device.mode", "defect", "device/low-power"),
    Expected("registration-denied", "radio.registered", "defect", "radio/denied"),
    Expected("mute", "control.protocol", "no-answer", "control/no-answer", 4),
    Expected("wrong-transaction", "control.answers", "defect", "control/out-of-step"),
    Expected("call-refused", "session.up", "defect", "session/refused"),
    Expected("phantom-session", "link.return", "defect", "session/phantom"),
    # MBIM carries IP packets whatever the netdev looks like: nothing there can disagree.
    Expected("raw-ip-mismatch", "netdev.format", "defect", "netdev/format-mismatch", 1, ("qmi",)),
    Expected("no-dns", "link.dns", "defect", "path/no-dns"),
    Expected("mtu-black-hole", "link.pmtu-up", "defect", "path/mtu-black-hole-up"),
)
CASES = [(one, protocol) for one in EXPECTED for protocol in one.protocols]
_NAMES = [f"{protocol}-{one.fault}" for one, protocol in CASES]


@dataclass(frozen=True)
class Run:
    """One finished `qmiprobe check --json`."""

    status: int
    report: dict[str, object]

    def checks(self, outcome: str) -> list[dict[str, object]]:
        """The checks that ended so."""
        checks = self.report["checks"]
        assert isinstance(checks, list)
        return [check for check in checks if check["outcome"] == outcome]

    def findings(self) -> list[dict[str, object]]:
        """The causes that were named."""
        findings = self.report["findings"]
        assert isinstance(findings, list)
        return findings


@cache
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE)


@cache
def _started(address: str, number: int = 0) -> Future[Run]:
    return _workers().submit(_check, address)


def _check(address: str) -> Run:
    command = [sys.executable, "-m", "qmiprobe", "check", address, "--connect", "--json"]
    done = subprocess.run(
        [*command, "--timeout", "10"], capture_output=True, text=True, timeout=40, check=False
    )
    assert done.stdout, done.stderr
    return Run(done.returncode, json.loads(done.stdout))


def _address(one: Expected, protocol: str) -> str:
    return f"sim:{PROFILES[protocol]}?fault={one.fault}"


@pytest.fixture(scope="module", autouse=True)
def _all_runs() -> None:
    """Start what this file asks for, a few at a time: they wait more than they work."""
    for one, protocol in CASES:
        _started(_address(one, protocol))


@pytest.mark.parametrize(("one", "protocol"), CASES, ids=_NAMES)
def test_a_fault_fails_its_check_and_nothing_else(one: Expected, protocol: str) -> None:
    run = _started(_address(one, protocol)).result()
    failed = run.checks("fail")
    assert [check["id"] for check in failed] == [one.check]
    assert failed[0]["reason"] == one.reason
    assert failed[0]["evidence"]
    assert run.status == one.status == run.report["exit_status"]
    assert not run.checks("broken")
    blocked_by = {check["blocked_by"] for check in run.checks("blocked")}
    assert blocked_by <= {one.check}


@pytest.mark.parametrize(("one", "protocol"), CASES, ids=_NAMES)
def test_a_fault_has_one_cause_with_a_remedy(one: Expected, protocol: str) -> None:
    findings = _started(_address(one, protocol)).result().findings()
    assert [finding["id"] for finding in findings] == [one.finding]
    assert findings[0]["explains"] == [one.check]
    remedy = findings[0]["remedy"]
    assert isinstance(remedy, dict)
    assert remedy["text"]


def test_the_black_hole_is_measured_to_the_byte() -> None:
    for profile in PROFILES.values():
        run = _started(f"sim:{profile}?fault=mtu-black-hole").result()
        evidence = run.checks("fail")[0]["evidence"]
        assert isinstance(evidence, list)
        assert {line["value"] for line in evidence} == {1380}


def test_a_refused_call_names_the_networks_reason() -> None:
    for profile in PROFILES.values():
        run = _started(f"sim:{profile}?fault=call-refused").result()
        assert "33" in str(run.checks("fail")[0]["summary"])


@pytest.mark.parametrize(
    ("address", "heard"), [("mbim:sim:ec25", "QMI"), ("qmi:sim:em7455", "MBIM")]
)
def test_the_other_protocol_is_named(address: str, heard: str) -> None:
    run = _started(address).result()
    failed = run.checks("fail")
    assert [(check["id"], check["reason"]) for check in failed] == [
        ("control.protocol", "other-protocol")
    ]
    assert f"speaks {heard}" in str(failed[0]["summary"])
    assert run.status == 5
    assert [finding["id"] for finding in run.findings()] == ["control/other-protocol"]


@pytest.mark.time_limit(300)
@pytest.mark.parametrize("profile", list(PROFILES.values()))
def test_a_healthy_modem_never_fails(profile: str) -> None:
    runs = [_started(f"sim:{profile}", number) for number in range(HEALTHY_RUNS)]
    for run in (one.result() for one in runs):
        assert not run.checks("fail") + run.checks("broken") + run.checks("blocked")
        assert not run.checks("warn")
        assert run.findings() == []
        assert run.status == 0
        passed = {check["id"] for check in run.checks("pass")}
        assert {"session.up", "link.return", "link.dns", "link.tcp", "link.pmtu-up"} <= passed
