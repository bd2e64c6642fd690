# SPDX-License-Identifier: GPL-2.0-or-later
"""Debian's ModemManager takes the simulated modems for real ones; a check beside it harms nothing.

udev is there too, as on a desktop: it loads drivers and names netdevs.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.lab.daemons import ModemManager, modem_manager, start_bus_and_udev
from tests.lab.online import Judge, Online, judge_process, online
from tests.lab.plugged import run

pytestmark = [pytest.mark.needs("lab"), pytest.mark.time_limit(420)]

WEB = "203.0.113.80"
CASES = [("ec25", None), ("em7455", None), ("lt4112", 3)]


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    start_bus_and_udev()
    with judge_process() as judge:
        yield judge


@pytest.mark.parametrize(("profile", "configuration"), CASES)
async def test_modem_is_recognised_registers_and_connects_and_a_check_beside_it_harms_nothing(
    judge: Judge, profile: str, configuration: int | None
):
    async with online(profile, configuration=configuration) as modem, modem_manager() as manager:
        path = await manager.modem(seconds=240)
        said = await manager.say("-m", path, "-K")
        identity = modem.plug.modem.profile.identity
        assert manager.value(said, "modem.generic.equipment-identifier") == identity.imei, said
        assert manager.value(said, "modem.generic.plugin"), said
        await manager.say("-m", path, "-e", seconds=18)
        words = "--simple-connect=apn=internet.example,ip-type=ipv4"
        await manager.say("-m", path, words, seconds=18)
        said = await manager.say("-m", path, "-K")
        assert manager.value(said, "modem.generic.state") == "connected"
        assert manager.value(said, "modem.3gpp.registration-state") == "home"
        netdev = await _configure(modem, manager, path)
        assert await _answered(netdev) > 0

        objects = await manager.say("-L")
        node = f"/dev/{manager.value(said, 'modem.generic.primary-port')}"
        report = await judge.check(node, "--only", "link.return")
        assert report.of("fail", "blocked", "broken") == {}, str(report)
        assert report.status == 0, str(report)
        assert set(report.of("pass")) >= {"session.up", "netdev.address", "link.route"}
        assert await manager.state(path) == "connected"
        assert await manager.say("-L") == objects
        assert await _answered(netdev) > 0
        assert "consecutive times" not in manager.log(1_000_000), "a port was given up"


async def _configure(modem: Online, manager: ModemManager, path: str) -> str:
    """Give the netdev the address of the bearer, as NetworkManager would; return its name."""
    bearers = await manager.say("-m", path, "-K")
    bearer = manager.value(bearers, "modem.generic.bearers.value[1]")
    said = await manager.say("-b", bearer, "-K")
    netdev = manager.value(said, "bearer.status.interface")
    address = manager.value(said, "bearer.ipv4-config.address")
    prefix = manager.value(said, "bearer.ipv4-config.prefix")
    session = modem.plug.modem.state.sessions.find(0, 4)
    assert session is not None
    assert address == str(session.facts.interface.ip)
    for words in (
        f"addr add {address}/{prefix} dev {netdev}",
        f"link set {netdev} up",
        f"route add default via {session.facts.gateway} dev {netdev}",
    ):
        status, output = await run("ip", *words.split())
        assert status == 0, f"ip {words}: {output}"
    return netdev


async def _answered(netdev: str) -> int:
    """Ping the network; return how many answers came."""
    status, output = await run("ping", "-n", "-q", "-c", "3", "-i", "0.5", "-I", netdev, WEB)
    assert status == 0, output
    return int(output.partition(" received")[0].rpartition(" ")[2])
