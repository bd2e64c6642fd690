# SPDX-License-Identifier: GPL-2.0-or-later
"""The path MTU up: exact to the byte, with and without ICMP, and no black hole out of nothing."""

from __future__ import annotations

import errno
import os

import pytest
import trio

from qmiprobe.link import Method, PmtuFacts, measure_pmtu_up
from qmiprobe.sim.dataplane import NetworkFaults
from tests.netns import run_in_netns

from . import hub
from .bed import network, nft
from .everything import everything

pytestmark = [pytest.mark.needs("netns"), pytest.mark.needs("tun")]
FAMILIES = pytest.mark.parametrize("family", [4, 6])
SIZES = pytest.mark.parametrize("size", [1499, 1358, 1289])


@FAMILIES
def test_a_path_as_wide_as_the_netdev_takes_one_probe(family: int) -> None:
    facts = everything().up[family]
    assert (facts.size, facts.probes, facts.method) == (1500, 1, Method.DNS_PADDING)
    assert (facts.passes, facts.fails, facts.inconclusive) == (1500, None, None)
    assert not facts.black_hole
    assert facts.signalled is None


@FAMILIES
@SIZES
def test_a_black_hole_is_found_to_the_byte(size: int, family: int) -> None:
    found = everything(NetworkFaults(mtu_black_hole_up=size))
    facts = found.up[family]
    assert (facts.size, facts.passes, facts.fails) == (size, size, size + 1)
    assert facts.black_hole
    assert facts.signalled is None
    assert not facts.both_ways
    assert found.seconds["up"] < 5


@FAMILIES
@SIZES
def test_a_size_that_a_router_tells_is_found_to_the_byte_at_once(size: int, family: int) -> None:
    found = everything(NetworkFaults(mtu_up=size))
    facts = found.up[family]
    assert (facts.size, facts.signalled, facts.fails) == (size, size, size + 1)
    assert facts.offender == hub.ROUTER[family]
    assert not facts.black_hole
    assert facts.probes <= 4
    assert found.seconds["up"] < 3


# Its search takes most of the time that a measurement has: not on a machine that does other work.
@pytest.mark.soak
@FAMILIES
def test_a_black_hole_below_the_usual_sizes_is_found_too(family: int) -> None:
    facts = everything(NetworkFaults(mtu_black_hole_up=731)).up[family]
    assert (facts.size, facts.black_hole) == (731, True)


@FAMILIES
def test_a_netdev_smaller_than_the_path_is_all_there_is_to_find(family: int) -> None:
    facts = everything(host_mtu=1400).up[family]
    assert (facts.size, facts.netdev_mtu, facts.black_hole) == (1400, 1400, False)


@FAMILIES
def test_silent_dns_servers_give_way_to_a_closed_port(family: int) -> None:
    facts = everything(NetworkFaults(no_dns=True)).up[family]
    assert (facts.size, facts.method) == (1500, Method.CLOSED_PORT)


@FAMILIES
def test_silence_is_inconclusive(family: int) -> None:
    facts = everything(NetworkFaults(phantom_session=True)).up[family]
    assert (facts.size, facts.black_hole, facts.method) == (None, False, None)
    assert facts.inconclusive == "no DNS server and no target answered a small packet"


@pytest.mark.needs("nft")
def test_a_filter_of_this_host_is_inconclusive_and_named() -> None:
    async def body() -> PmtuFacts:
        async with network() as bed:
            nft("output oifname wwan0 drop")
            return await measure_pmtu_up(bed.bearer, targets=bed.targets, family=4)

    facts = run_in_netns(body)
    assert facts.size is None
    assert os.strerror(errno.EPERM) in str(facts.inconclusive)


async def _measure(respond: hub.Responder, family: int) -> tuple[PmtuFacts, float]:
    async with hub.hub(respond):
        started = trio.current_time()
        facts = await measure_pmtu_up(hub.BEARER, targets=hub.TARGETS, family=family)
        return facts, trio.current_time() - started


@FAMILIES
def test_echo_is_the_last_resort_and_says_that_it_measures_both_ways(family: int) -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        passes = packet.protocol == "echo" and packet.size <= 1444
        return [(0, hub.echo_answer(packet))] if passes else []

    facts, seconds = run_in_netns(_measure, respond, family)
    assert (facts.size, facts.black_hole) == (1444, True)
    assert facts.both_ways
    assert seconds < 5


def test_a_dns_server_that_drops_long_queries_is_no_black_hole() -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        if packet.protocol == "udp" and packet.port != 53:
            return [(0, hub.port_unreachable(packet))]
        passes = packet.protocol == "udp" and packet.size <= 540
        return [(0, hub.dns_answer(packet))] if passes else []

    facts, seconds = run_in_netns(_measure, respond, 4)
    assert (facts.size, facts.method, facts.black_hole) == (1500, Method.CLOSED_PORT, False)
    assert seconds < 5


def test_a_host_that_rations_its_icmp_errors_is_no_black_hole() -> None:
    last = [-1.0]

    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        now = trio.current_time()
        if packet.protocol != "udp" or packet.port == 53 or now - last[0] < 2.0:
            return []
        last[0] = now
        return [(0, hub.port_unreachable(packet))]

    facts, _ = run_in_netns(_measure, respond, 4)
    assert facts.size is None
    assert not facts.black_hole
    assert "stayed unanswered too" in str(facts.inconclusive)


@FAMILIES
def test_a_router_that_tells_too_small_a_size_is_not_believed(family: int) -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        if packet.protocol != "udp" or packet.port != 53:
            return []
        if packet.size > 1450:
            return [(0, hub.too_big(packet, 1300))]
        return [(0, hub.dns_answer(packet))]

    facts, _ = run_in_netns(_measure, respond, family)
    assert (facts.size, facts.signalled, facts.black_hole) == (1450, 1300, False)


def test_a_black_hole_beyond_a_router_that_tells_is_still_one() -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        if packet.protocol != "udp" or packet.port != 53 or 1400 < packet.size <= 1452:
            return []
        fits = packet.size <= 1400
        return [(0, hub.dns_answer(packet) if fits else hub.too_big(packet, 1452))]

    facts, seconds = run_in_netns(_measure, respond, 4)
    assert (facts.size, facts.signalled, facts.black_hole) == (1400, 1452, True)
    assert seconds < 5


def test_a_router_that_tells_no_number_is_no_black_hole() -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        if packet.protocol != "udp" or packet.port != 53:
            return []
        return [(0, hub.too_big(packet, 0) if packet.size > 1411 else hub.dns_answer(packet))]

    facts, _ = run_in_netns(_measure, respond, 4)
    assert (facts.size, facts.signalled, facts.black_hole) == (1411, 0, False)


def test_a_slow_path_is_measured_within_five_seconds() -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        passes = packet.protocol == "udp" and packet.port == 53 and packet.size <= 1377
        return [(0.2, hub.dns_answer(packet))] if passes else []

    facts, seconds = run_in_netns(_measure, respond, 4)
    assert (facts.size, facts.black_hole) == (1377, True)
    assert seconds < 5


def test_a_path_of_a_second_is_measured_where_all_passes() -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        answers = packet.protocol == "udp" and packet.port == 53
        return [(1.0, hub.dns_answer(packet))] if answers else []

    facts, seconds = run_in_netns(_measure, respond, 4)
    assert (facts.size, facts.black_hole) == (1500, False)
    assert seconds < 3


def test_a_path_that_loses_every_third_packet_is_no_black_hole() -> None:
    count = [0]

    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        count[0] += 1
        lost = packet.protocol != "udp" or packet.port != 53 or count[0] % 3 == 0
        return [] if lost else [(0.01, hub.dns_answer(packet))]

    facts, _ = run_in_netns(_measure, respond, 4)
    assert (facts.size, facts.black_hole) == (1500, False)
