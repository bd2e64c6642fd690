# SPDX-License-Identifier: GPL-2.0-or-later
"""A check of each simulated modem finds nothing wrong with it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from qmiprobe.sim import profile_names
from tests.check.runs import AT_ONCE

pytestmark = pytest.mark.needs("tun")
_ENOUGH_S = "60"
"""However loaded the machine is: what is too late here would be a warning or worse."""


@pytest.mark.time_limit(240)
def test_every_profile_is_healthy() -> None:
    names = profile_names()
    for at in range(0, len(names), AT_ONCE):
        runs = {name: _started(name) for name in names[at : at + AT_ONCE]}
        for name, run in runs.items():
            output, errors = run.communicate(timeout=90)
            report = json.loads(output)
            bad = [one for one in report["checks"] if one["outcome"] not in ("pass", "skipped")]
            assert bad == [], (name, errors)
            assert report["findings"] == [], name
            assert run.returncode == 0, name
            assert "link.tcp" in {
                one["id"] for one in report["checks"] if one["outcome"] == "pass"
            }, name


def _started(name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "qmiprobe", "check", f"sim:{name}", "--connect", "--json"]
    return subprocess.Popen(
        [*command, "--timeout", _ENOUGH_S],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
