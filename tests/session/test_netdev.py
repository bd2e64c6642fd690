# SPDX-License-Identifier: GPL-2.0-or-later
"""What a session puts on a netdev, and that all of it is gone afterwards, to the last byte."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from ipaddress import ip_address, ip_interface
from pathlib import Path

import pytest
import trio

from qmiprobe.bearer import BearerFacts, FamilyFacts
from qmiprobe.errors import CannotTest
from qmiprobe.session import configured
from qmiprobe.sim.dataplane._interface import TAP, TUN, open_tun, set_mtu, set_up
from tests.netns import run_in_netns
from tests.session.machine import ip, settled, snapshot

pytestmark = [pytest.mark.needs("netns"), pytest.mark.needs("tun")]
V4 = FamilyFacts(
    family=4,
    interface=ip_interface("10.64.1.2/30"),
    gateway=ip_address("10.64.1.1"),
    dns=(ip_address("192.0.2.53"),),
    mtu=1430,
)
V6 = FamilyFacts(
    family=6,
    interface=ip_interface("2001:db8:1::2/64"),
    gateway=ip_address("2001:db8:1::3"),
    mtu=1420,
)
BOTH = (V4, V6)


class Own(Exception):
    """Something that goes wrong in a caller's block."""


def bearer(*families: FamilyFacts) -> BearerFacts:
    return BearerFacts(netdev="wwan0", families=families or BOTH)


def _netdev(*, kind: int = TUN, up: bool = True, name: str = "wwan0") -> int:
    descriptor = open_tun(name, kind=kind)
    set_mtu(name, 1500)
    set_up(name)
    if not up:  # the first time up, the kernel gives it a queue for ever
        ip("link", "set", name, "down")
    return descriptor


async def _unchanged(
    body: Callable[[], Awaitable[None]], *, kind: int = TUN, up: bool = True
) -> None:
    """Run ``body`` beside a netdev and hold the state after it against that before."""
    descriptor = _netdev(kind=kind, up=up)
    before = await settled()
    await body()
    assert await settled() == before
    os.close(descriptor)


async def _use(*families: FamilyFacts) -> dict[str, str]:
    async with configured(bearer(*families)):
        return snapshot()


@pytest.mark.parametrize("kind", [TUN, TAP])
@pytest.mark.parametrize("up", [True, False])
def test_all_that_a_session_changes_is_undone_to_the_last_byte(kind: int, up: bool):
    async def body() -> None:
        during = await _use()
        assert "mtu 1420 " in during["link show"]
        assert ",UP" in during["link show"]
        assert "inet 10.64.1.2/30" in during["addr show"]
        assert "inet6 2001:db8:1::2/64 scope global nodad" in during["addr show"]
        v4 = "default via 10.64.1.1 dev wwan0" if kind == TAP else "default dev wwan0"
        v6 = "default via 2001:db8:1::3 dev wwan0" if kind == TAP else "default dev wwan0"
        for look, route in (("-4 route show table all", v4), ("-6 route show table all", v6)):
            (line,) = [line for line in during[look].splitlines() if route in line]
            assert "metric 4096" in line

    run_in_netns(lambda: _unchanged(body, kind=kind, up=up))


def test_an_address_can_be_used_at_once():
    async def body() -> None:
        async with configured(bearer()):
            for address in ("10.64.1.2", "2001:db8:1::2"):
                assert "local" in ip("route", "get", address)
                ip("route", "get", "198.51.100.9" if "." in address else "2001:db8:99::9")

    run_in_netns(lambda: _unchanged(body))


def test_it_is_undone_when_the_block_raises_and_the_error_leaves_bare():
    async def body() -> None:
        with pytest.raises(Own):
            async with configured(bearer()):
                raise Own

    run_in_netns(lambda: _unchanged(body, up=False))


def test_it_is_undone_when_the_block_is_cancelled():
    async def body() -> None:
        with trio.move_on_after(0.3) as scope:
            async with configured(bearer()):
                await trio.sleep_forever()
        assert scope.cancelled_caught

    run_in_netns(lambda: _unchanged(body, up=False))


def test_it_is_undone_when_it_is_cancelled_while_it_is_made():
    async def body() -> None:
        with trio.CancelScope() as scope:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_hold)
                await trio.sleep(0.005)
                scope.cancel()

    run_in_netns(lambda: _unchanged(body, up=False))


async def _hold() -> None:
    async with configured(bearer()):
        await trio.sleep_forever()


def test_a_session_of_one_family_touches_nothing_of_the_other():
    async def body() -> None:
        before = snapshot()
        during = await _use(V4)
        assert during["-6 route show table all"] == before["-6 route show table all"]

    run_in_netns(lambda: _unchanged(body))


def test_without_an_mtu_the_netdev_keeps_its_own():
    async def body() -> None:
        plain = FamilyFacts(family=4, interface=V4.interface)
        assert "mtu 1500 " in (await _use(plain))["link show"]

    run_in_netns(lambda: _unchanged(body))


def test_an_mtu_below_1280_would_cost_the_netdev_its_ipv6_and_is_not_set():
    async def body() -> None:
        small = FamilyFacts(family=4, interface=V4.interface, mtu=1100)
        during = await _use(small)
        assert "mtu 1280 " in during["link show"]
        assert "inet6 fe80::" in during["addr show"]

    run_in_netns(lambda: _unchanged(body))


def test_what_was_there_before_is_used_and_stays():
    async def body() -> None:
        ip("addr", "add", "10.64.1.2/30", "dev", "wwan0")
        ip("route", "add", "default", "dev", "wwan0", "metric", "7")
        before = await settled()
        during = await _use(V4)
        assert during["-4 route show table all"].count("default") == 1
        assert await settled() == before
        ip("addr", "del", "10.64.1.2/30", "dev", "wwan0")

    async def all_of_it() -> None:
        descriptor = _netdev()
        await body()
        os.close(descriptor)

    run_in_netns(all_of_it)


def test_default_routes_of_others_keep_their_place():
    async def body() -> None:
        other = _netdev(name="other0")
        for family in ("-4", "-6"):
            ip(family, "route", "add", "default", "dev", "other0", "metric", "4096")
        before = await settled()
        during = await _use()
        for look in ("-4 route show table all", "-6 route show table all"):
            routes = [line for line in during[look].splitlines() if "default" in line]
            (own,) = [line for line in routes if "wwan0" in line]
            (others,) = [line for line in routes if "other0" in line]
            assert "metric 4097" in own
            assert "metric 4096" in others
        assert await settled() == before
        os.close(other)

    run_in_netns(lambda: _unchanged(body))


def test_what_others_change_meanwhile_stays():
    async def all_of_it() -> None:
        descriptor = _netdev()
        async with configured(bearer()):
            ip("link", "set", "wwan0", "mtu", "1300")
            ip("addr", "del", "10.64.1.2/30", "dev", "wwan0")
            ip("addr", "add", "192.0.2.9/32", "dev", "wwan0")
        after = await trio.to_thread.run_sync(snapshot)
        assert "mtu 1300 " in after["link show"]
        assert "192.0.2.9" in after["addr show"]
        assert "2001:db8" not in after["addr show"]
        assert "default" not in after["-4 route show table all"]
        os.close(descriptor)

    run_in_netns(all_of_it)


def test_a_netdev_that_goes_away_meanwhile_is_no_error():
    async def all_of_it() -> None:
        descriptor = _netdev()
        async with configured(bearer()):
            os.close(descriptor)

    run_in_netns(all_of_it)


def test_without_a_netdev_it_cannot_be_tested():
    async def all_of_it() -> None:
        with pytest.raises(CannotTest, match="no netdev wwan0: is the data interface bound"):
            await _use()

    run_in_netns(all_of_it)


def _switch_ipv6_off() -> None:
    Path("/proc/sys/net/ipv6/conf/wwan0/disable_ipv6").write_text("1", encoding="ascii")


def test_a_step_that_fails_undoes_those_before_it():
    async def body() -> None:
        with pytest.raises(CannotTest, match=r"wwan0: cannot give it 2001:db8:1::2/64.*IPv4 alone"):
            await _use()

    async def all_of_it() -> None:
        descriptor = _netdev(up=False)
        _switch_ipv6_off()
        before = await settled()
        await body()
        assert await settled() == before
        os.close(descriptor)

    run_in_netns(all_of_it)


@pytest.mark.needs("root")
def test_without_the_right_to_change_it_it_cannot_be_tested():
    async def body() -> None:
        import pyroute2  # noqa: F401  # which a plain user may not be allowed to read here

        os.seteuid(65534)
        try:
            with pytest.raises(CannotTest, match=r"wwan0: cannot .*run as root"):
                await _use()
        finally:
            os.seteuid(0)

    run_in_netns(lambda: _unchanged(body))
