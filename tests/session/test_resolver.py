# SPDX-License-Identifier: GPL-2.0-or-later
"""DNS servers are handed to the resolver over D-Bus and taken back, to the last domain."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from ipaddress import ip_address

import pytest
import trio

from qmiprobe.dbus import NoService
from qmiprobe.errors import CannotTest
from qmiprobe.session._ledger import Ledger
from qmiprobe.session._resolver import restore_resolver, tell_resolver
from qmiprobe.session._steps import LinkDns
from tests.dbus.private_bus import private_bus
from tests.session.fake_resolver import FakeResolver, running

pytestmark = pytest.mark.needs("dbus-daemon")
SERVERS = (ip_address("192.0.2.53"), ip_address("2001:db8::53"))
OTHERS = [(2, ip_address("198.51.100.1").packed)]


@pytest.fixture(name="address", scope="module")
def _address() -> Iterator[str]:
    with private_bus() as address:
        yield address


def _only(ledger: Ledger) -> LinkDns:
    (step,) = ledger.steps
    assert isinstance(step, LinkDns)
    return step


async def test_the_servers_of_both_families_are_told_and_taken_back(address: str):
    async with running(address, FakeResolver()) as resolver:
        ledger = Ledger()
        await tell_resolver(7, SERVERS, ledger, address=address)
        assert resolver.addresses(7) == ["192.0.2.53", "2001:db8::53"]
        assert resolver.domains[7] == []
        assert await restore_resolver(_only(ledger), address=address) is None
        assert resolver.servers[7] == []


async def test_all_names_are_asked_there_only_where_that_is_wanted(address: str):
    async with running(address, FakeResolver()) as resolver:
        await tell_resolver(7, SERVERS, Ledger(), address=address, all_names=True)
        assert resolver.domains[7] == [(".", True)]


async def test_what_the_netdev_had_before_it_has_again(address: str):
    told = FakeResolver(servers={7: OTHERS}, domains={7: [("corp.example", False), (".", True)]})
    async with running(address, told) as resolver:
        ledger = Ledger()
        await tell_resolver(7, SERVERS, ledger, address=address, all_names=True)
        assert resolver.domains[7] == [(".", True)]
        assert await restore_resolver(_only(ledger), address=address) is None
        assert resolver.servers[7] == OTHERS
        assert resolver.domains[7] == [("corp.example", False), (".", True)]


async def test_what_somebody_told_it_meanwhile_stays(address: str):
    async with running(address, FakeResolver()) as resolver:
        ledger = Ledger()
        await tell_resolver(7, SERVERS, ledger, address=address)
        resolver.servers[7] = OTHERS
        assert await restore_resolver(_only(ledger), address=address) is None
        assert resolver.servers[7] == OTHERS


async def test_a_run_that_is_killed_between_servers_and_domains_is_finished_by_the_next(
    address: str,
):
    async with running(address, FakeResolver()) as resolver:
        ledger = Ledger()
        await tell_resolver(7, SERVERS, ledger, address=address, all_names=True)
        resolver.servers[7] = []
        assert await restore_resolver(_only(ledger), address=address) is None
        assert resolver.domains[7] == []


async def test_other_netdevs_keep_theirs(address: str):
    async with running(address, FakeResolver(servers={2: OTHERS})) as resolver:
        await tell_resolver(7, SERVERS, Ledger(), address=address)
        assert resolver.servers[2] == OTHERS


@pytest.mark.parametrize("method", ["SetLinkDNS", "SetLinkDomains"])
async def test_a_refusal_is_told_and_leaves_nothing(address: str, method: str):
    async with running(address, FakeResolver(refuses=method)) as resolver:
        ledger = Ledger()
        with pytest.raises(CannotTest, match="AccessDenied"):
            await tell_resolver(7, SERVERS, ledger, address=address)
        assert ledger.steps == ()
        assert resolver.addresses(7) == []


async def test_without_a_resolver_it_says_so_and_there_is_nothing_to_take_back(address: str):
    ledger = Ledger()
    with pytest.raises(NoService):
        await tell_resolver(7, SERVERS, ledger, address=address)
    assert ledger.steps == ()
    step = LinkDns(
        index=7, servers=("192.0.2.53",), domains=(), servers_before=(), domains_before=()
    )
    assert await restore_resolver(step, address=address) is None


async def test_a_netdev_that_was_just_made_is_told_once_the_resolver_knows_it(address: str):
    async with running(address, FakeResolver(known=set())) as resolver:
        async with trio.open_nursery() as nursery:
            ledger = Ledger()
            nursery.start_soon(partial(tell_resolver, 7, SERVERS, ledger, address=address))
            await trio.sleep(0.2)
            assert ledger.steps == ()
            resolver.known = {7}
        assert resolver.addresses(7) == ["192.0.2.53", "2001:db8::53"]


async def test_a_netdev_that_is_gone_took_its_servers_with_it(address: str):
    async with running(address, FakeResolver(known={1})):
        step = LinkDns(
            index=7, servers=("192.0.2.53",), domains=(), servers_before=(), domains_before=()
        )
        assert await restore_resolver(step, address=address) is None


async def test_a_resolver_of_another_network_is_not_told_of_our_netdevs(
    address: str, monkeypatch: pytest.MonkeyPatch
):
    links = {"/proc/self/ns/net": "net:[1]"}
    monkeypatch.setattr(os, "readlink", lambda path: links.get(path, "net:[2]"))
    async with running(address, FakeResolver()) as resolver:
        with pytest.raises(CannotTest, match="another network namespace"):
            await tell_resolver(7, SERVERS, Ledger(), address=address)
        assert resolver.servers == {}
