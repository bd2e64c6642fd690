# SPDX-License-Identifier: GPL-2.0-or-later
"""10,000 indications a second: memory stays bounded, what is lost is told, answers still come."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TypedDict

import pytest
import trio

from qmiprobe.sim import SimulatedModem, serve_pty
from qmiprobe.transport import ControlTransport
from tests.requirements import CHECKOUT
from tests.soak.flood import RATE, Flooding

GROWTH_KB = 4096
"""Of memory, from the first tenth on; kept messages would be a kilobyte each."""
LENGTHS = [3, pytest.param(60, marks=pytest.mark.soak)]


class Seen(TypedDict):
    """What the host prints."""

    seconds: float
    read: dict[str, int]
    dropped: dict[str, int]
    odd: dict[str, int]
    counted: int
    answers: int
    slowest_ms: float
    resident_kb: list[int]


async def host(seconds: int, *path: str) -> Seen:
    """Run the host until what comes in so many seconds has come."""
    with trio.fail_after(60 + 10 * seconds):
        done = await trio.run_process(
            [sys.executable, "-m", "tests.soak.flood", str(RATE * seconds), *path],
            cwd=CHECKOUT,
            capture_stdout=True,
            stderr=subprocess.STDOUT,
            check=False,
        )
    assert done.returncode == 0, done.stdout.decode()
    print(done.stdout.decode())
    seen: Seen = json.loads(done.stdout)
    return seen


def hold(seen: Seen, seconds: int) -> None:
    """Hold what the host saw against what has to be."""
    count = RATE * seconds
    assert seen["read"]["quick"] + seen["dropped"]["quick"] == count
    assert seen["dropped"]["slow"] > count // 2
    assert seen["counted"] == sum(seen["dropped"].values())
    # An answer behind so many indications may come late on a machine that does other things too.
    assert {"overflow"} <= set(seen["odd"]) <= {"overflow", "late"}
    assert seen["answers"] > 5 * seconds
    resident = seen["resident_kb"]
    assert max(resident) - resident[len(resident) // 10] < GROWTH_KB


@pytest.mark.parametrize("seconds", LENGTHS)
async def test_a_flood_over_memory_is_borne(seconds: int):
    hold(await host(seconds), seconds)


@pytest.mark.parametrize("seconds", LENGTHS)
async def test_a_flood_over_a_pty_is_borne(seconds: int):
    ends: list[Flooding] = []

    def wrap(inner: ControlTransport) -> ControlTransport:
        ends.append(Flooding(inner))
        return ends[0]

    async with serve_pty(SimulatedModem("ec25"), wrap=wrap) as path, trio.open_nursery() as nursery:
        nursery.start_soon(ends[0].flood, RATE * seconds)
        hold(await host(seconds, path), seconds)
