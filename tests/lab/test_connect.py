# SPDX-License-Identifier: GPL-2.0-or-later
"""``connect`` over the real drivers in each framing: packets pass, and all is as it was before."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import pytest
import trio

from tests.lab import slow
from tests.lab.online import Judge, Online, judge_process, online
from tests.lab.plugged import run

pytestmark = [pytest.mark.needs("lab"), pytest.mark.time_limit(240)]

WEB = {4: "203.0.113.80", 6: "2001:db8:80::80"}
LOOKS = (
    "ip link show",
    "ip addr show",
    "ip -4 route show table all",
    "ip -6 route show table all",
    "ip -4 rule show",
    "ip -6 rule show",
    "cat /etc/resolv.conf",
)
RAW_IP = Path("/sys/class/net/wwan0/qmi/raw_ip")


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    with judge_process() as judge:
        yield judge


async def _state() -> dict[str, str]:
    """Return all that a session may change, once it stays as it is."""
    before: dict[str, str] = {}
    with trio.fail_after(slow(3)):
        while True:
            now = {look: (await run(*look.split()))[1] for look in LOOKS}
            if await trio.Path(RAW_IP).exists():
                now["raw_ip"] = await trio.Path(RAW_IP).read_text()
            if now == before:
                return now
            before = now
            await trio.sleep(slow(0.02))


async def _reaches(netdev: str) -> list[bool]:
    found = []
    for family in WEB:
        words = ("ping", f"-{family}", "-n", "-q", "-c", "1", "-W", "10", "-I", netdev)
        found.append((await run(*words, WEB[family]))[0] == 0)
    return found


async def _there_and_back(judge: Judge, modem: Online, netdev: str, *options: str) -> str:
    """Connect, ping, disconnect; return what was spoken on wwan0 meanwhile."""
    for way in ("up", "down"):  # the first time up, the kernel gives it a queue for ever
        await run("ip", "link", "set", "wwan0", way)
    before = await _state()
    words = ("connect", "/dev/cdc-wdm0", "--apn", "internet.example", "--dns", "none", "--json")
    status, output, errors = await judge.run(*words, *options, seconds=100)
    assert (status, errors) == (0, ""), (output, errors)
    told = json.loads(output)
    assert told["netdev"] == netdev
    assert [one["family"] for one in told["families"]] == [4, 6]
    assert modem.plug.modem.state.sessions.numbers == [told["session_id"]]
    assert await _reaches(netdev) == [True, True]
    spoken = await trio.Path(RAW_IP).read_text() if await trio.Path(RAW_IP).exists() else ""
    status, output, errors = await judge.run("disconnect", netdev, seconds=100)
    assert (status, errors) == (0, ""), (output, errors)
    assert modem.plug.modem.state.sessions.numbers == []
    assert modem.plug.modem.client_ids == []
    assert await _state() == before
    return spoken


async def test_raw_ip_is_agreed_on_and_taken_back(judge: Judge):
    async with online("ec25") as modem:
        assert await _there_and_back(judge, modem, "wwan0") == "Y\n"
        assert await trio.Path(RAW_IP).read_text() == "N\n"


async def test_802_3_stays_where_the_modem_speaks_it(judge: Judge):
    async with online("lt4112", configuration=1) as modem:
        assert await _there_and_back(judge, modem, "wwan0") == "N\n"


async def test_the_resolvers_file_names_the_sessions_servers_meanwhile(judge: Judge):
    async with online("ec25"):
        before = await _state()
        words = ("connect", "wwan0", "--ip-type", "4", "--dns", "resolv.conf")
        status, output, errors = await judge.run(*words, seconds=100)
        assert (status, errors) == (0, ""), (output, errors)
        assert "nameserver 198.51.100.53\n" in (await _state())["cat /etc/resolv.conf"]
        status, output, errors = await judge.run("disconnect", seconds=100)
        assert (status, errors) == (0, ""), (output, errors)
        assert (await _state())["cat /etc/resolv.conf"] == before["cat /etc/resolv.conf"]


async def test_qmap_has_a_netdev_of_its_own_that_goes_again(judge: Judge):
    async with online("ec25") as modem:
        assert await _there_and_back(judge, modem, "qmimux0", "--qmap") == "Y\n"
        framing = modem.plug.modem.state.framing
        assert (framing.uplink, framing.downlink) == ("disabled", "disabled")


@pytest.mark.parametrize(("number", "netdev"), [(0, "wwan0"), (1, "wwan0.1")])
async def test_mbim_sessions_are_the_netdev_and_its_vlans(judge: Judge, number: int, netdev: str):
    await run("modprobe", "8021q")
    async with online("em7455") as modem:
        await _there_and_back(judge, modem, netdev, "--session-id", str(number))


@pytest.mark.parametrize("first", [0, 1])
async def test_two_mbim_sessions_end_in_either_order(judge: Judge, first: int):
    await run("modprobe", "8021q")
    async with online("em7455") as modem:
        for way in ("up", "down"):
            await run("ip", "link", "set", "wwan0", way)
        before = await _state()
        numbers = modem.plug.modem.state.sessions
        words = ("connect", "/dev/cdc-wdm0", "--dns", "none", "--ip-type", "4", "--session-id")
        for number in (0, 1):
            status, output, errors = await judge.run(*words, str(number), seconds=100)
            assert (status, errors) == (0, ""), (output, errors)
        assert numbers.numbers == [0, 1]
        names = {0: "wwan0", 1: "wwan0.1"}
        for last, number in enumerate((first, 1 - first)):
            for one in numbers.numbers:
                ping = ("ping", "-4", "-n", "-q", "-c", "1", "-W", "10", "-I", names[one], WEB[4])
                assert (await run(*ping))[0] == 0, one
            status, output, errors = await judge.run("disconnect", names[number], seconds=100)
            assert (status, errors) == (0, ""), (output, errors)
            assert numbers.numbers == ([] if last else [1 - first])
        assert await _state() == before
