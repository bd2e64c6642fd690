# SPDX-License-Identifier: GPL-2.0-or-later
"""Beside the table of faults: figures and names that they give, other protocols, healthy modems."""

from __future__ import annotations

import pytest

from tests.check.runs import PROFILES, address, started

pytestmark = pytest.mark.needs("tun")

HEALTHY_RUNS = 20


def test_the_black_hole_is_measured_to_the_byte() -> None:
    for protocol in PROFILES:
        run = started(address("mtu-black-hole", protocol)).result()
        evidence = run.checks("fail")[0]["evidence"]
        assert isinstance(evidence, list)
        assert {line["value"] for line in evidence} == {1380}


def test_a_refused_call_names_the_networks_reason() -> None:
    for protocol in PROFILES:
        run = started(address("call-refused", protocol)).result()
        assert "33" in str(run.checks("fail")[0]["summary"])


@pytest.mark.parametrize(("asked", "heard"), [("mbim:sim:ec25", "QMI"), ("qmi:sim:em7455", "MBIM")])
def test_the_other_protocol_is_named(asked: str, heard: str) -> None:
    run = started(asked).result()
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
    runs = [started(f"sim:{profile}", number) for number in range(HEALTHY_RUNS)]
    for run in (one.result() for one in runs):
        assert not run.checks("fail") + run.checks("broken") + run.checks("blocked")
        assert not run.checks("warn")
        assert run.findings() == []
        assert run.status == 0
        passed = {check["id"] for check in run.checks("pass")}
        assert {"session.up", "link.return", "link.dns", "link.tcp", "link.pmtu-up"} <= passed
