# SPDX-License-Identifier: GPL-2.0-or-later
"""A plain user is told what root could see, not that there is nothing."""

from __future__ import annotations

import os

import pytest

from qmiprobe.check import climb
from qmiprobe.check.vpn import VPN_LADDER, VpnContext, VpnOptions
from qmiprobe.sim.dataplane._interface import open_tun
from tests.netns import run_in_netns

_NOBODY = 65534


@pytest.mark.needs("root", "netns", "tun")
@pytest.mark.parametrize(("netdev", "finding"), [(True, "vpn/not-permitted"), (False, "vpn/none")])
def test_a_netdev_that_may_be_a_tunnel_is_named_to_a_plain_user(netdev: bool, finding: str):
    async def body() -> tuple[int, list[str]]:
        if netdev:
            open_tun("tun7")  # held until the child ends
        await climb(VPN_LADDER, VpnContext(VpnOptions()), timeout=30)  # all is imported as root
        os.setegid(_NOBODY)
        os.seteuid(_NOBODY)
        report = await climb(VPN_LADDER, VpnContext(VpnOptions()), timeout=30)
        return report.exit_status, [one.id for one in report.findings]

    assert run_in_netns(body, timeout=60) == (3, [finding])
