# SPDX-License-Identifier: GPL-2.0-or-later
"""Debian's ModemManager takes the simulated modems for real ones; a check beside it harms nothing.

udev is there too, as on a desktop: it loads drivers and names netdevs.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator

import pytest
import trio

from qmiprobe.dbus import NoService, inhibited, open_modem_manager
from qmiprobe.errors import CannotTest
from qmiprobe.host import holders
from tests.lab import slow
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


async def test_an_inhibited_modem_is_let_go_of_and_nobody_else_can_keep_it_meanwhile():
    async with online("ec25") as modem, modem_manager() as manager:
        folder = str(modem.plug.folder)
        await _there()
        async with inhibited("/sys/devices/nothing") as nothing:
            assert not nothing.held
            assert "does not know" in (nothing.why_not or "")
        path = await manager.modem(seconds=240)
        async with open_modem_manager() as seen:
            (known,) = await seen.modems()
            assert known.path == path
            assert "cdc-wdm0" in known.ports
        async with inhibited(folder) as inhibition:
            assert inhibition.held
            assert "/Modem/" not in await manager.say("-L")
            assert await _holders("/dev/cdc-wdm0") == []
            with pytest.raises(CannotTest, match="another program"):
                async with inhibited(folder):
                    raise AssertionError("two programs kept it at a time")
        assert not inhibition.held


async def _there() -> None:
    """Wait until ModemManager has its name on the bus."""
    with trio.fail_after(slow(10)):
        while True:
            with contextlib.suppress(NoService):
                async with open_modem_manager():
                    return
            await trio.sleep(0.5)


async def _holders(node: str) -> list[str]:
    found = await trio.to_thread.run_sync(holders, node)
    return [one.program for one in found.found if one.program == "ModemManager"]
