# SPDX-License-Identifier: GPL-2.0-or-later
"""What rtnetlink says of netdevs and routes."""

from __future__ import annotations

import os
import socket
from ipaddress import ip_address, ip_interface, ip_network

import pyroute2
import pytest

from qmiprobe.link import (
    ARPHRD_ETHER,
    ARPHRD_NONE,
    NetdevFacts,
    RouteFacts,
    find_route,
    read_netdev,
)
from qmiprobe.sim.dataplane._interface import TAP, open_tun, set_up
from tests.netns import run_in_netns

from .bed import decoy, network

pytestmark = [pytest.mark.needs("netns"), pytest.mark.needs("tun")]
WEB = {4: ip_address("203.0.113.80"), 6: ip_address("2001:db8:80::80")}
FAMILIES = pytest.mark.parametrize("family", [4, 6])


def test_a_raw_ip_netdev_is_described() -> None:
    async def body() -> NetdevFacts:
        async with network(host_mtu=1430):
            return await read_netdev("wwan0")

    facts = run_in_netns(body)
    assert facts.exists
    assert (facts.up, facts.lower_up, facts.noarp, facts.pointopoint) == (True,) * 4
    assert (facts.operstate, facts.mtu) == ("unknown", 1430)
    assert (facts.arphrd, facts.raw_ip, facts.kind, facts.tap) == (ARPHRD_NONE, True, "tun", False)
    assert ip_interface("192.0.2.2/30") in facts.addresses
    assert ip_interface("2001:db8:1::2/64") in facts.addresses
    assert facts.tentative == ()


def test_an_8023_netdev_that_is_down_is_described() -> None:
    async def body() -> NetdevFacts:
        descriptor = open_tun("wwan0", kind=TAP)
        try:
            return await read_netdev("wwan0")
        finally:
            os.close(descriptor)

    facts = run_in_netns(body)
    assert (facts.exists, facts.up, facts.addresses) == (True, False, ())
    assert (facts.arphrd, facts.raw_ip, facts.tap) == (ARPHRD_ETHER, False, True)


def test_an_address_that_is_not_usable_yet_is_told_apart() -> None:
    async def body() -> NetdevFacts:
        descriptor = open_tun("wwan0", kind=TAP)
        try:
            set_up("wwan0")
            with pyroute2.IPRoute() as netlink:
                index = socket.if_nametoindex("wwan0")
                netlink.addr("add", index=index, address="192.0.2.2", prefixlen=30)
                netlink.addr("add", index=index, address="2001:db8:1::2", prefixlen=64)
            return await read_netdev("wwan0")
        finally:
            os.close(descriptor)

    facts = run_in_netns(body)
    assert ip_interface("2001:db8:1::2/64") in facts.tentative
    assert ip_interface("192.0.2.2/30") in facts.addresses
    assert ip_interface("192.0.2.2/30") not in facts.tentative


def test_the_own_address_of_a_point_to_point_netdev_is_not_the_other_ends() -> None:
    async def body() -> NetdevFacts:
        descriptor = open_tun("wwan0")
        try:
            with pyroute2.IPRoute() as netlink:
                index = socket.if_nametoindex("wwan0")
                netlink.addr("add", index=index, local="10.1.0.2", address="10.9.0.1", prefixlen=32)
            return await read_netdev("wwan0")
        finally:
            os.close(descriptor)

    assert run_in_netns(body).addresses == (ip_interface("10.1.0.2/32"),)


def test_a_netdev_that_is_not_there_is_a_fact() -> None:
    async def body() -> NetdevFacts:
        return await read_netdev("wwan7")

    assert run_in_netns(body) == NetdevFacts(name="wwan7", exists=False)


@FAMILIES
def test_a_route_that_leads_elsewhere_shows_beside_the_netdevs_own(family: int) -> None:
    async def body() -> tuple[RouteFacts, RouteFacts]:
        async with network():
            with decoy():
                return await find_route(WEB[family]), await find_route(WEB[family], netdev="wwan0")

    anyhow, own = run_in_netns(body)
    assert (anyhow.device, anyhow.found) == ("decoy0", True)
    assert (own.device, own.found) == ("wwan0", True)
    assert own.source == ip_address("192.0.2.2" if family == 4 else "2001:db8:1::2")
    assert own.prefix == ip_network("0.0.0.0/0" if family == 4 else "::/0")
    assert own.table == 254


def test_a_netdev_without_a_route_is_not_taken_for_one_with() -> None:
    async def body() -> tuple[RouteFacts, RouteFacts, RouteFacts]:
        descriptor = open_tun("wwan0")
        try:
            set_up("wwan0")
            with pyroute2.IPRoute() as netlink:
                index = socket.if_nametoindex("wwan0")
                netlink.addr("add", index=index, address="192.0.2.2", prefixlen=30)
            return (
                await find_route(WEB[4], netdev="wwan0"),
                await find_route(WEB[6], netdev="wwan0"),
                await find_route(WEB[4]),
            )
        finally:
            os.close(descriptor)

    v4, v6, anyhow = run_in_netns(body)
    assert (v4.device, v4.prefix, v4.found) == ("wwan0", None, False)
    assert (v6.device, v6.error, v6.found) == (None, "Network is unreachable", False)
    assert (anyhow.device, anyhow.error) == (None, "Network is unreachable")


def test_a_route_by_a_netdev_that_is_not_there_is_an_error() -> None:
    async def body() -> RouteFacts:
        return await find_route(WEB[4], netdev="wwan7")

    assert run_in_netns(body).error == "No such device"
