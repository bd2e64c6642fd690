# SPDX-License-Identifier: GPL-2.0-or-later
"""Figures of a series of packets: RTT, jitter, loss and its interval, order, duplicates."""

from __future__ import annotations

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.link import RttFacts, measure_idle, measure_rtt
from qmiprobe.link._rtt import _Now, wilson
from tests.netns import run_in_netns

from . import hub

FAMILIES = pytest.mark.parametrize("family", [4, 6])


def _facts(*rtts: float | None) -> RttFacts:
    return RttFacts(family=4, rtts=rtts)


def test_figures_of_a_series():
    facts = _facts(0.010, 0.020, None, None, 0.010, 0.030)
    assert (facts.sent, facts.lost, facts.longest_burst) == (6, 2, 2)
    assert facts.median_s == pytest.approx(0.015)
    assert facts.jitter_s == pytest.approx(0.015)  # over pairs of neighbours that both came
    assert (facts.percentile(0.5), facts.percentile(0.99)) == (0.010, 0.030)
    assert facts.loss == pytest.approx(1 / 3)


def test_a_series_that_nothing_came_back_of_has_no_times():
    facts = _facts(None, None)
    assert (facts.median_s, facts.jitter_s, facts.percentile(0.5)) == (None, None, None)
    assert facts.loss == 1


def test_the_interval_of_a_loss_is_wilsons():
    low, high = wilson(20, 2000)
    assert (round(low, 5), round(high, 5)) == (0.00648, 0.0154)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 250)[0] == 0


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_the_share_itself(hits: int, more: int):
    low, high = wilson(hits, hits + more)
    assert 0 <= low <= hits / (hits + more) <= high <= 1


async def _measure(respond: hub.Responder, family: int, count: int) -> RttFacts:
    async with hub.hub(respond):
        return await measure_rtt(
            hub.BEARER, targets=hub.TARGETS, family=family, count=count, interval_s=0.01
        )


def _echo(packet: hub.Packet) -> int | None:
    """The sequence number of an echo request of the series."""
    if packet.protocol != "echo":
        return None
    return int.from_bytes(packet.body[6:8], "big")


@pytest.mark.needs("netns")
@pytest.mark.needs("tun")
@FAMILIES
def test_lost_packets_are_known_by_number(family: int):
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        lost = _echo(packet) in (3, 4, 9)
        return [] if lost or packet.protocol != "echo" else [(0.01, hub.echo_answer(packet))]

    facts = run_in_netns(_measure, respond, family, 20)
    assert [number for number, rtt in enumerate(facts.rtts) if rtt is None] == [3, 4, 9]
    assert facts.median_s is not None
    assert facts.median_s >= 0.01


@pytest.mark.needs("netns")
@pytest.mark.needs("tun")
@pytest.mark.parametrize("dns", [True, False])
def test_a_host_that_rations_pings_is_told_from_loss_by_dns(dns: bool):
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        if packet.protocol == "udp":
            return [(0, hub.dns_answer(packet))] if dns else []
        answers = packet.protocol == "echo" and (_echo(packet) or 0) % 4 == 1
        return [(0, hub.echo_answer(packet))] if answers else []

    facts = run_in_netns(_measure, respond, 4, 40)
    assert facts.lost == 30
    assert facts.rationed is dns
    assert facts.questions == (60 if dns else 0)


@pytest.mark.needs("netns")
@pytest.mark.needs("tun")
def test_late_and_doubled_answers_are_counted():
    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        if packet.protocol != "echo":
            return []
        answer = hub.echo_answer(packet)
        if _echo(packet) == 5:
            return [(0.15, answer)]
        return [(0, answer), (0.005, answer)] if _echo(packet) == 7 else [(0, answer)]

    facts = run_in_netns(_measure, respond, 4, 30)
    assert (facts.lost, facts.late, facts.duplicates) == (0, 1, 1)


@pytest.mark.needs("netns")
@pytest.mark.needs("tun")
def test_a_host_that_is_silent_to_pings_is_no_loss():
    facts = run_in_netns(_measure, lambda packet: [], 4, 5)
    assert (facts.sent, facts.inconclusive) == (0, "no host answers an echo request")


@pytest.mark.needs("netns")
@pytest.mark.needs("tun")
def test_what_the_first_packet_after_a_silence_takes_longer_is_seen():
    last = [0.0]

    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        now = trio.current_time()
        asleep = now - last[0] > 0.5
        last[0] = now
        answers = packet.protocol == "echo"
        return [(0.4 if asleep else 0.01, hub.echo_answer(packet))] if answers else []

    async def body() -> tuple[float | None, float | None]:
        async with hub.hub(respond):
            facts = await measure_idle(hub.BEARER, targets=hub.TARGETS, family=4, idle_s=0.7)
            return facts.wake_s, facts.later_s

    wake, later = run_in_netns(body)
    assert wake is not None
    assert later is not None
    assert wake > 0.2
    assert later < 0.4


def test_times_of_the_kernel_are_believed_however_late_this_program_is(
    monkeypatch: pytest.MonkeyPatch,
):
    """Held against this program's own, which bound them; not where a clock was set meanwhile."""
    clocks = [100.0, 1000.0]
    monkeypatch.setattr("time.monotonic", lambda: clocks[0])
    monkeypatch.setattr("time.time", lambda: clocks[1])
    before = _Now()
    clocks[:] = [100.5, 1000.5]
    late = _Now()
    assert late.since(before) == pytest.approx(0.5)
    assert late.bounds(0.03, before)
    assert late.bounds(0.5, before)
    assert not late.bounds(0.6, before)
    assert not late.bounds(-0.1, before)
    clocks[:] = [100.5, 1000.7]
    assert not _Now().bounds(0.03, before)
