# SPDX-License-Identifier: GPL-2.0-or-later
"""The complaint over the real wwan0: the kernel's WireGuard and ESP, QMI and MBIM."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from qmiprobe.check import climb
from qmiprobe.check.vpn import VPN_LADDER, VpnContext, VpnOptions
from qmiprobe.diagnosis import Outcome
from tests.bed.place import Place
from tests.lab import slow
from tests.lab.tunnels import Reached, esp, reached, wireguard
from tests.vpn.transfer import runs, transfers

pytestmark = [pytest.mark.needs("lab"), pytest.mark.time_limit(300)]


_WIREGUARD, _ESP = ("wg0", 1360), ("wwan0", 1428)
# A search has 5 s, in which an emulated machine may not come to its last bytes.
_SHORT_OF_IT = 64


@pytest.mark.parametrize(
    ("profile", "tunnel", "exact"),
    [
        pytest.param("em7455", wireguard, _WIREGUARD, id="wireguard-mbim"),
        pytest.param("ec25", wireguard, _WIREGUARD, id="wireguard-qmi"),
        pytest.param("em7455", esp, _ESP, id="esp-mbim"),
        pytest.param("ec25", esp, _ESP, id="esp-qmi"),
    ],
)
async def test_large_packets_vanish_and_the_printed_command_mends_it(
    profile: str, tunnel: Callable[[Reached], Awaitable[str]], exact: tuple[str, int]
):
    async with reached(profile) as modem:
        here = Place("here", own=True)
        try:
            host = await tunnel(modem)
            async with transfers(modem.bed, host):
                assert not await runs(host, seconds=slow(3))
                options = VpnOptions(resolv_conf="/nonexistent")
                report = await climb(VPN_LADDER, VpnContext(options), timeout=slow(60))
                said = "\n".join(
                    f"{one.check} {one.outcome} {one.summary}" for one in report.verdicts
                )
                outcomes = {one.check: one.outcome for one in report.verdicts}
                assert outcomes["vpn.ping"] is Outcome.PASS, said
                assert [one.id for one in report.findings] == ["vpn/mtu-above-path"], said
                remedy = report.findings[0].remedy
                netdev, size = exact
                set_mtu, _, value = remedy.commands[0].rpartition(" ")
                assert set_mtu == f"ip link set dev {netdev} mtu"
                assert size - _SHORT_OF_IT < int(value) <= size, said
                here.shell([*remedy.commands])
                assert await runs(host, seconds=slow(10))
                here.shell([*remedy.undo])
        finally:
            here.shell(
                [
                    "ip link del wg0 || true",
                    "ip xfrm policy flush",
                    "ip xfrm state flush",
                    "ip addr del 10.2.0.2/32 dev lo || true",
                ]
            )
