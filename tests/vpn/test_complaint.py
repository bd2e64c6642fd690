# SPDX-License-Identifier: GPL-2.0-or-later
"""The complaint itself: connected, ping answers, no traffic; the printed command mends it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
import trio

from qmiprobe.diagnosis import Outcome
from tests.bed.world import bed
from tests.netns import run_in_netns

from .causes import CAUSES
from .climbs import climb_in
from .daemons import daemons, own_run
from .transfer import runs, transfers

pytestmark = pytest.mark.needs(
    "root", "netns", "tun", "nft", "wireguard-go", "openvpn", "strongswan"
)
INSIDE = {
    "wireguard-mtu": ("10.9.0.1", "fd09::1"),
    "wireguard-mtu-over-v6": ("10.9.0.1", "fd09::1"),
    "wireguard-small-path-v4-alone": ("10.9.0.1",),
    "openvpn-mtu": ("10.8.0.1",),
    "ipsec-mtu": ("10.1.0.1",),
    "ipsec-cbc-mtu": ("10.1.0.1",),
}


async def complain(name: str, hosts: tuple[str, ...]) -> list[str]:
    """Say what went wrong: nothing, if all is as it should be."""
    cause = next(one for one in CAUSES if one.name == name)
    own_run()
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        async with bed(cause.recipe) as built:
            with daemons(built, Path(folder)) as made:
                await trio.to_thread.run_sync(cause.tunnel, made)
                async with transfers(built, *hosts):
                    if await runs(hosts[0], seconds=3):
                        wrong.append("the transfer ran before")
                    report = await climb_in(cause, built, Path(folder), reflector=None)
                    verdicts = {one.check: one.outcome for one in report.verdicts}
                    if verdicts["vpn.ping"] is not Outcome.PASS:
                        wrong.append("no ping")
                    named = [one.id for one in report.findings]
                    if named != [cause.finding]:
                        wrong.append(f"named {named}")
                    if report.duration_s > 30:
                        wrong.append(f"took {report.duration_s:.0f} s")
                    for command in report.findings[0].remedy.commands:
                        built.places["client"].shell([command])
                    wrong += [f"no transfer to {one}" for one in hosts if not await runs(one)]
                    for command in report.findings[0].remedy.undo:
                        built.places["client"].shell([command])
    return wrong


@pytest.mark.parametrize("name", INSIDE)
def test_it_is_named_in_time_and_after_its_command_the_transfer_runs(name: str):
    assert run_in_netns(complain, name, INSIDE[name], timeout=90) == []
