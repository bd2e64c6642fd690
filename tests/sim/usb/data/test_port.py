# SPDX-License-Identifier: GPL-2.0-or-later
"""Packets between a network and bulk endpoints: what is counted, and what faults do."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import trio
import trio.testing

from qmiprobe.sim.usb.data import DataFaults, DataPort
from qmiprobe.sim.usb.data._link import DataLink, EthernetLink, RawIpLink
from qmiprobe.sim.usb.data._ntb import decode_ntb
from qmiprobe.sim.usb.data._port import BulkPair
from qmiprobe.sim.usb.data._station import Station
from tests.sim.usb.data.pipes import PATIENCE, FakePipes, echo
from tests.sim.usb.data.test_links import ARP, framed, mbim

IN, OUT = 0x81, 0x01
BULK = BulkPair(into_host=IN, out_of_host=OUT)
A = echo("192.0.2.2", "203.0.113.80")
B = echo("192.0.2.2", "203.0.113.80", size=512)


@asynccontextmanager
async def carrying(
    link: DataLink | None = None, faults: DataFaults | None = None
) -> AsyncGenerator[tuple[DataPort, FakePipes], None]:
    port, pipes = DataPort(faults), FakePipes()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_carry, port, link or RawIpLink(), pipes)
        await trio.testing.wait_all_tasks_blocked()
        yield port, pipes
        nursery.cancel_scope.cancel()


async def _carry(port: DataPort, link: DataLink, pipes: FakePipes) -> None:
    await port.carry(link, pipes, bulk=BULK)


async def received(port: DataPort) -> tuple[int, bytes]:
    with trio.fail_after(PATIENCE):
        return await port.receive()


async def test_packets_pass_and_are_counted():
    async with carrying() as (port, pipes):
        pipes.give(OUT, A, b"noise")
        assert await received(port) == (0, A)
        for _ in range(3):
            await port.send(0, B)
        assert [await pipes.take(IN) for _ in range(3)] == [B] * 3
        await trio.testing.wait_all_tasks_blocked()
        counted = port.counters
        assert (counted.up_transfers, counted.up_bytes) == (2, 89)
        assert (counted.up_frames, counted.up_packets) == (2, 1)
        assert (counted.down_transfers, counted.down_bytes) == (3, 1536)
        assert (counted.down_frames, counted.down_packets) == (3, 3)
        assert counted.dropped == {"not-ip": 1}


async def test_frames_are_what_the_hosts_netdev_counts():
    link = EthernetLink(Station(lambda _family: None))
    async with carrying(link) as (port, pipes):
        pipes.give(OUT, ARP, framed(A, up=True))
        assert await received(port) == (0, A)
        await pipes.take(IN)
        await port.send(0, A)
        assert await pipes.take(IN) == framed(A)
        await trio.testing.wait_all_tasks_blocked()
        counted = port.counters
        assert (counted.up_frames, counted.up_packets) == (2, 1)
        assert (counted.down_frames, counted.down_packets) == (2, 1)


async def test_what_waits_for_the_host_goes_together():
    async with carrying(mbim()) as (port, pipes):
        await port.send(0, A)
        await trio.testing.wait_all_tasks_blocked()
        for number in (1, 2, 1):
            await port.send(number, A)
        assert len(decode_ntb(await pipes.take(IN)).blocks) == 1
        assert len(decode_ntb(await pipes.take(IN)).blocks) == 2
        await trio.testing.wait_all_tasks_blocked()
        assert port.counters.down_sessions == {0: 1, 1: 2, 2: 1}
        assert (port.counters.down_transfers, port.counters.down_frames) == (2, 4)


async def test_a_host_that_fetches_nothing_loses_the_newest():
    async with carrying() as (port, pipes):
        for _ in range(1200):
            await port.send(0, A)
        lost = port.counters.dropped["no-room-down"]
        assert 1200 - 1024 - 64 <= lost <= 1200 - 1024, "up to 64 may be on their way already"
        assert await pipes.take(IN) == A


async def test_a_network_that_reads_nothing_loses_the_newest():
    async with carrying() as (port, pipes):
        for _ in range(1100):
            pipes.give(OUT, A)
            await trio.lowlevel.checkpoint()
        await trio.testing.wait_all_tasks_blocked()
        assert port.counters.dropped == {"no-room-up": 1100 - 1024}


async def test_without_a_function_and_without_a_way_packets_are_dropped():
    port = DataPort()
    await port.send(0, A)
    assert port.counters.dropped == {"no-function": 1}
    async with carrying() as (port, pipes):
        await port.send(1, A)
        await port.send(256, A)
        assert await pipes.silent(IN)
        assert port.counters.dropped == {"no-carrier": 1, "no-function": 1}
    await port.send(0, A)
    assert port.counters.dropped["no-function"] == 2, "the function has ended"


async def test_a_second_function_has_sessions_of_its_own():
    port, first, second = DataPort(), FakePipes(), FakePipes()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_carry, port, RawIpLink(), first)

        async def other() -> None:
            await port.carry(RawIpLink(), second, bulk=BULK, first_session=256)

        nursery.start_soon(other)
        await trio.testing.wait_all_tasks_blocked()
        second.give(OUT, A)
        assert await received(port) == (256, A)
        await port.send(256, B)
        assert await second.take(IN) == B
        assert await first.silent(IN)
        assert port.counters.down_sessions == {256: 1}
        nursery.cancel_scope.cancel()


async def test_data_stop_after_so_many_packets():
    async with carrying(faults=DataFaults(stop_after=3)) as (port, pipes):
        pipes.give(OUT, A, A)
        assert [await received(port), await received(port)] == [(0, A)] * 2
        await port.send(0, A)
        await port.send(0, A)
        assert await pipes.take(IN) == A
        assert await pipes.silent(IN)
        pipes.give(OUT, A)
        await trio.testing.wait_all_tasks_blocked()
        assert port.counters.dropped == {"stopped": 2}
        assert (port.counters.up_packets, port.counters.down_packets) == (2, 1)


async def test_full_packets_are_lost_both_ways():
    async with carrying(faults=DataFaults(lose_multiples_of=512)) as (port, pipes):
        pipes.give(OUT, B, A)
        assert await received(port) == (0, A)
        await port.send(0, B)
        await port.send(0, A)
        assert await pipes.take(IN) == A
        assert port.counters.dropped == {"lost-up": 1, "lost-down": 1}


async def test_a_lost_uplink_lets_the_downlink_pass():
    async with carrying(faults=DataFaults(lose_uplink=True)) as (port, pipes):
        pipes.give(OUT, A)
        await port.send(0, A)
        assert await pipes.take(IN) == A
        assert port.counters.dropped == {"lost-up": 1}
        assert port.counters.up_transfers == 1
