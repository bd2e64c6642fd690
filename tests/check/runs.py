# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs of `qmiprobe check` on simulated modems, a few at a time, each once for all tests."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

PROFILES = {"qmi": "ec25", "mbim": "em7455"}
AT_ONCE = 3
PATIENT = "30"
"""Seconds for one run, from its first import on: a busy machine may take most of them to start."""
HURRIED = {"late": "15", "mute-after-first": "10"}
"""By fault: where being short of time is what is looked at."""


def address(fault: str, protocol: str) -> str:
    """The modem of a protocol with one fault."""
    return f"sim:{PROFILES[protocol]}?fault={fault}"


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
def started(address: str, number: int = 0) -> Future[Run]:
    """A run on this modem, begun when it is first asked for; `number` tells several apart."""
    return _workers().submit(_check, address)


def _check(address: str) -> Run:
    seconds = HURRIED.get(address.rpartition("fault=")[2], PATIENT)
    command = [sys.executable, "-m", "qmiprobe", "check", address, "--connect", "--json"]
    done = subprocess.run(
        [*command, "--timeout", seconds], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout, done.stderr
    return Run(done.returncode, json.loads(done.stdout))
