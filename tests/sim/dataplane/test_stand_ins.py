# SPDX-License-Identifier: GPL-2.0-or-later
"""Hosts that link checks ask by default exist in the simulated network, under their own names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from qmiprobe import link
from qmiprobe.link._targets import default_targets
from qmiprobe.sim.dataplane import NetworkFaults, _addresses
from qmiprobe.sim.dataplane._http_server import answer_request


def test_every_default_target_has_its_stand_in():
    targets = default_targets()
    assert set(targets.echo) <= set(_addresses.RESOLVERS)
    assert {address for address, _ in targets.tcp} <= set(_addresses.RESOLVERS)
    assert targets.existing_name in _addresses.NAMES
    assert targets.missing_name not in _addresses.NAMES
    for page in (*targets.http, *targets.large):
        assert page.host in _addresses.NAMES
        head = f"GET {page.path} HTTP/1.1\r\nHost: {page.host}\r\n\r\n".encode()
        answer = answer_request(head, NetworkFaults())
        assert answer.startswith(b"HTTP/1.1 %d " % page.status), page


@pytest.mark.needs("tun")
def test_a_check_that_knows_nothing_of_the_simulated_network_passes():
    assert link.__file__ is not None
    targets = Path(link.__file__).parent / "data" / "targets.toml"
    arguments = ("check", "sim:ec25", "--connect", "--targets", str(targets))
    done = subprocess.run(
        [sys.executable, "-m", "qmiprobe", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warn" not in done.stdout
