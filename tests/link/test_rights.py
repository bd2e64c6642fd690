# SPDX-License-Identifier: GPL-2.0-or-later
"""What is left to measure without CAP_NET_RAW, and what importing the room costs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import trio

from qmiprobe.link import (
    PmtuFacts,
    ProbeKind,
    ProbeResult,
    ReturnFacts,
    fetch_pages,
    measure_pmtu_down,
    measure_pmtu_up,
    measure_return,
    read_netdev,
)
from qmiprobe.sim.dataplane import NetworkFaults
from qmiprobe.sockets import KEEP_SECONDS
from tests.netns import run_in_netns
from tests.nobody import NOBODY, become_nobody

from .bed import network, set_sysctl


async def _measure_as_nobody(ping_allowed: bool, enough: int) -> ReturnFacts:
    async with network() as bed:
        groups = f"0 {NOBODY}" if ping_allowed else "1 0"
        set_sysctl("ipv4/ping_group_range", groups)
        become_nobody()
        return await measure_return(bed.bearer, targets=bed.targets, enough=enough)


@pytest.mark.needs("root", "netns", "tun")
def test_a_plain_user_measures_without_tap_and_echo_and_is_told() -> None:
    facts = run_in_netns(_measure_as_nobody, False, 2)
    assert facts.answered_kinds == {ProbeKind.DNS, ProbeKind.TCP}
    assert not facts.tapped
    assert (facts.tap_out, facts.tap_in, facts.tap_others_in) == (None, None, None)
    echo = {probe.result for probe in facts.probes if probe.kind is ProbeKind.ECHO}
    assert echo == {ProbeResult.NOT_PERMITTED}
    assert facts.send_errors == frozenset()


@pytest.mark.needs("root", "netns", "tun")
def test_a_plain_user_who_may_ping_measures_echo_too() -> None:
    facts = run_in_netns(_measure_as_nobody, True, 3)
    for family in (4, 6):
        assert facts.answered_kinds_of(family) == set(ProbeKind)


@pytest.mark.needs("root", "netns", "tun")
@pytest.mark.parametrize("family", [4, 6])
def test_a_plain_user_measures_the_path_mtu(family: int) -> None:
    async def body() -> PmtuFacts:
        async with network(NetworkFaults(mtu_up=1420)) as bed:
            become_nobody()
            return await measure_pmtu_up(bed.bearer, targets=bed.targets, family=family)

    facts = run_in_netns(body)
    assert (facts.size, facts.signalled) == (1420, 1420)


@pytest.mark.needs("root", "netns", "tun")
def test_a_plain_users_silence_is_not_blamed_on_missing_rights() -> None:
    async def body() -> PmtuFacts:
        async with network(NetworkFaults(phantom_session=True)) as bed:
            become_nobody()
            return await measure_pmtu_up(bed.bearer, targets=bed.targets, family=4)

    facts = run_in_netns(body)
    assert facts.inconclusive == "no DNS server and no target answered a small packet"


def test_importing_the_room_loads_no_heavy_library() -> None:
    heavy = ("dns", "pyroute2", "scapy", "rich", "asyncio")
    code = f"import sys, qmiprobe.link; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.needs("netns", "tun")
def test_measuring_leaves_no_descriptor_behind() -> None:
    async def body() -> tuple[int, int]:
        async with network() as bed:
            await read_netdev(bed.bearer.netdev)
            before = len(os.listdir("/proc/self/fd"))
            for _ in range(3):
                await measure_return(bed.bearer, targets=bed.targets)
                await fetch_pages(bed.bearer, targets=bed.targets)
                await measure_pmtu_down(bed.bearer, targets=bed.targets, family=4)
            await trio.sleep(KEEP_SECONDS + 0.3)
            return before, len(os.listdir("/proc/self/fd"))

    before, after = run_in_netns(body)
    assert after == before
