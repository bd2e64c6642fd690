# SPDX-License-Identifier: GPL-2.0-or-later
"""What comes back: healthy, phantom, filtered by the host, late; and nothing by another netdev."""

from __future__ import annotations

import errno
from ipaddress import ip_address

import pytest
import trio

from qmiprobe.bearer import BearerFacts
from qmiprobe.errors import CannotTest
from qmiprobe.link import ProbeKind, ProbeResult, ReturnFacts, measure_return
from qmiprobe.link._probes import Probe
from qmiprobe.link._sockets import Origin
from qmiprobe.sim.dataplane import NetworkFaults
from tests.netns import run_in_netns

from . import hub
from .bed import decoy, network, nft, set_sysctl
from .everything import everything

ALL_KINDS = frozenset(ProbeKind)
pytestmark = [pytest.mark.needs("netns"), pytest.mark.needs("tun")]


async def _measure_behind(*rules: str) -> ReturnFacts:
    async with network() as bed:
        nft(*rules)
        return await measure_return(bed.bearer, targets=bed.targets)


def test_a_healthy_network_answers_every_kind_over_both_families_at_once() -> None:
    facts = everything().returned
    assert everything().seconds["returned"] < 3
    for family in (4, 6):
        assert facts.answered_kinds_of(family) == ALL_KINDS
    assert {probe.round for probe in facts.probes} == {0}
    assert all(probe.result is ProbeResult.ANSWERED for probe in facts.probes)
    assert all(0 < (probe.latency_s or 0) < 1 for probe in facts.probes)
    assert all(probe.tap_out and probe.tap_in for probe in facts.probes)
    assert facts.tapped
    assert facts.tap_missed == 0
    assert facts.send_errors == frozenset()
    assert facts.reverse_path_drops == 0
    assert facts.after.counters.rx_packets > facts.before.counters.rx_packets


def test_nothing_returns_from_a_phantom_session_though_all_probes_leave() -> None:
    found = everything(NetworkFaults(phantom_session=True))
    facts = found.returned
    assert found.seconds["returned"] < 5
    assert facts.answered_kinds == frozenset()
    assert {probe.round for probe in facts.probes} == {0, 1, 2}
    assert {probe.result for probe in facts.probes} == {ProbeResult.SILENT}
    assert all(probe.tap_out for probe in facts.probes)
    assert facts.tap_in == 0
    sent = facts.after.counters.tx_packets - facts.before.counters.tx_packets
    assert sent >= facts.sent == len(facts.probes)
    assert facts.after.counters.rx_packets == facts.before.counters.rx_packets


def test_silent_dns_servers_leave_the_other_kinds() -> None:
    facts = everything(NetworkFaults(no_dns=True)).returned
    assert facts.answered_kinds == {ProbeKind.ECHO, ProbeKind.TCP}


@pytest.mark.needs("nft")
def test_an_output_filter_shows_as_eperm_and_an_empty_tap() -> None:
    facts = run_in_netns(_measure_behind, "output oifname wwan0 drop")
    assert facts.answered_kinds == frozenset()
    assert facts.send_errors == {errno.EPERM}
    assert facts.tap_out == 0


@pytest.mark.needs("nft")
def test_an_input_filter_shows_as_packets_in_the_tap_that_reach_no_socket() -> None:
    facts = run_in_netns(_measure_behind, "input iifname wwan0 drop")
    assert facts.answered_kinds == frozenset()
    assert facts.send_errors == frozenset()
    assert facts.tap_out
    assert facts.tap_in
    assert facts.reverse_path_drops == 0
    udp = [probe for probe in facts.probes if probe.kind is ProbeKind.DNS]
    assert all(probe.tap_in == 1 and probe.result is ProbeResult.SILENT for probe in udp)


@pytest.mark.needs("nft")
def test_a_filter_for_one_kind_leaves_the_others() -> None:
    facts = run_in_netns(_measure_behind, "input meta l4proto {icmp, ipv6-icmp} drop")
    assert facts.answered_kinds == {ProbeKind.DNS, ProbeKind.TCP}


def test_rp_filter_shows_as_packets_in_the_tap_and_a_growing_counter() -> None:
    async def body() -> ReturnFacts:
        async with network() as bed:
            with decoy():
                set_sysctl("ipv4/conf/all/rp_filter", "1")
                # over IPv4 the gateway alone comes back: it is on wwan0's own subnet
                return await measure_return(bed.bearer, targets=bed.targets, enough=1)

    facts = run_in_netns(body)
    assert facts.answered_kinds_of(4) == {ProbeKind.ECHO}
    assert facts.answered_kinds_of(6) == ALL_KINDS
    assert facts.reverse_path_drops
    dns = [probe for probe in facts.probes if (probe.kind, probe.family) == (ProbeKind.DNS, 4)]
    assert dns
    assert all(probe.tap_in and not probe.came_back for probe in dns)


def test_a_refusal_is_an_answer_and_says_so() -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        return [(0, hub.port_unreachable(packet))] if packet.protocol == "udp" else []

    facts = run_in_netns(_measure_hub, respond, 1)
    assert facts.answered_kinds == {ProbeKind.DNS}
    dns = [probe for probe in facts.probes if probe.kind is ProbeKind.DNS]
    assert {probe.result for probe in dns} == {ProbeResult.REFUSED}
    assert {probe.offender for probe in dns} == {hub.DNS[4], hub.DNS[6]}


def test_an_error_from_a_router_comes_back_but_is_no_refusal() -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        return [(0, hub.port_unreachable(packet, by=hub.ROUTER[packet.family]))]

    facts = run_in_netns(_measure_hub, respond)
    results = {(probe.kind, probe.result, probe.offender) for probe in facts.probes}
    for family in (4, 6):
        router = hub.ROUTER[family]
        assert (ProbeKind.DNS, ProbeResult.UNREACHABLE, router) in results
        assert (ProbeKind.ECHO, ProbeResult.UNREACHABLE, router) in results
        assert facts.answered_kinds_of(family) >= {ProbeKind.DNS, ProbeKind.ECHO}


def test_an_answer_that_comes_after_two_seconds_still_counts() -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        return [(2.0, hub.dns_answer(packet))] if packet.protocol == "udp" else []

    facts = run_in_netns(_measure_hub, respond, 1)
    assert facts.answered_kinds == {ProbeKind.DNS}
    assert min(probe.latency_s for probe in facts.probes if probe.latency_s is not None) >= 2


@pytest.mark.parametrize("source", [None, "2001:db8:1::2"])
def test_a_link_local_gateway_is_probed_in_the_netdevs_scope(source: str | None) -> None:
    gateway = ip_address("fe80::1")

    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        there = packet.destination == gateway and packet.protocol == "echo"
        return [(0, hub.echo_answer(packet))] if there else []

    async def body() -> ProbeResult:
        async with hub.hub(respond):
            origin = Origin(hub.NETDEV, ip_address(source) if source else None)
            probe = Probe(ProbeKind.ECHO, origin, gateway, None, 0)
            with trio.move_on_after(1):
                await probe.run()
            return probe.result

    assert run_in_netns(body) is ProbeResult.ANSWERED


def test_the_answer_to_another_query_is_not_taken() -> None:
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        return [(0, hub.dns_answer(packet, other=1))]

    async def body(family: int) -> ProbeResult:
        async with hub.hub(respond) as seen:
            origin = Origin(hub.NETDEV)
            probe = Probe(ProbeKind.DNS, origin, hub.DNS[family], 53, 0, "there.example")
            with trio.move_on_after(0.3):
                await probe.run()
            assert len(seen) == 1
            return probe.result

    for family in (4, 6):
        assert run_in_netns(body, family) is ProbeResult.SILENT


async def _measure_hub(respond: hub.Responder, enough: int = 2) -> ReturnFacts:
    async with hub.hub(respond):
        return await measure_return(hub.BEARER, targets=hub.TARGETS, enough=enough)


def test_a_netdev_that_is_not_there_cannot_be_tested() -> None:
    async def body() -> str:
        bearer = BearerFacts(netdev="wwan9", families=hub.BEARER.families)
        with pytest.raises(CannotTest) as caught:
            await measure_return(bearer, targets=hub.TARGETS)
        return str(caught.value)

    assert "'wwan9' does not exist" in run_in_netns(body)


def test_a_session_without_families_has_nothing_to_probe() -> None:
    async def body() -> tuple[ReturnFacts, float]:
        async with hub.hub(lambda _: []):
            started = trio.current_time()
            bearer = BearerFacts(netdev=hub.NETDEV, families=())
            facts = await measure_return(bearer, targets=hub.TARGETS)
            return facts, trio.current_time() - started

    facts, seconds = run_in_netns(body)
    assert facts.probes == ()
    assert seconds < 1
