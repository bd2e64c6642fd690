# SPDX-License-Identifier: GPL-2.0-or-later
"""A check of each simulated modem finds nothing wrong with it."""

from __future__ import annotations

import pytest

from qmiprobe.sim import profile_names
from tests.check.runs import started

pytestmark = pytest.mark.needs("tun")


@pytest.mark.time_limit(120)
def test_every_profile_is_healthy() -> None:
    runs = {name: started(f"sim:{name}") for name in profile_names()}
    for name, run in ((name, one.result()) for name, one in runs.items()):
        bad = run.checks("fail") + run.checks("broken") + run.checks("blocked") + run.checks("warn")
        assert not bad, name
        assert run.findings() == [], name
        assert run.status == 0, name
        assert "link.tcp" in {check["id"] for check in run.checks("pass")}, name
