# SPDX-License-Identifier: GPL-2.0-or-later
"""The transport in memory: both ways, bounded, breakable."""

from __future__ import annotations

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from qmiprobe._framing import Frame, Garbage
from qmiprobe.errors import AnswerLost, DeviceGone, TransportError
from qmiprobe.transport import MemoryTransport, memory_pair


async def test_messages_go_both_ways_in_order():
    host, modem = memory_pair("sim:test")
    await host.send(b"a")
    await host.send(b"b")
    await modem.send(b"c")
    assert [await modem.receive(), await modem.receive()] == [Frame(b"a"), Frame(b"b")]
    assert await host.receive() == Frame(b"c")
    assert host.name == modem.name == "sim:test"


async def test_a_longer_message_than_the_port_takes_is_refused():
    host, modem = memory_pair("sim:test", max_command=64)
    await host.send(bytes(64))
    with pytest.raises(TransportError, match="65 bytes was not sent"):
        await host.send(bytes(65))
    host.max_command = 100
    await host.send(bytes(65))
    assert modem.max_command is None
    with pytest.raises(TransportError, match="empty"):
        await host.send(b"")


async def test_garbage_and_failures_can_be_delivered_too():
    host, modem = memory_pair("sim:test")
    await modem.deliver(Garbage(b"\xff"))
    await modem.deliver(AnswerLost("lost", port="sim:test"))
    await modem.send(b"a")
    assert await host.receive() == Garbage(b"\xff")
    with pytest.raises(AnswerLost):
        await host.receive()
    assert await host.receive() == Frame(b"a")


async def test_a_full_queue_makes_the_sender_wait():
    host, modem = memory_pair("sim:test", capacity=2)
    with trio.move_on_after(0.05) as scope:
        for _ in range(3):
            await host.send(b"a")
    assert scope.cancelled_caught
    async with trio.open_nursery() as nursery:
        nursery.start_soon(host.send, b"b")
        await wait_all_tasks_blocked()
        assert await modem.receive() == Frame(b"a")
    assert [await modem.receive(), await modem.receive()] == [Frame(b"a"), Frame(b"b")]


async def expect_gone(port: MemoryTransport) -> None:
    with pytest.raises(DeviceGone):
        await port.receive()
    with pytest.raises(DeviceGone):
        await port.send(b"late")


async def test_breaking_ends_both_sides_at_once_and_drops_what_was_on_the_way():
    host, modem = memory_pair("sim:test", capacity=1)
    await modem.send(b"a")
    async with trio.open_nursery() as nursery:

        async def wait(port: MemoryTransport, *, sends: bool) -> None:
            with pytest.raises(DeviceGone, match="unplugged"):
                await (port.send(b"b") if sends else port.receive())

        async def start(port: MemoryTransport, sends: bool) -> None:
            await wait(port, sends=sends)

        nursery.start_soon(start, modem, True)
        nursery.start_soon(start, modem, False)
        await wait_all_tasks_blocked()
        host.break_now()
    for port in (host, modem, host, modem):
        await expect_gone(port)


async def test_closing_one_end_lets_the_other_take_what_was_sent_and_then_ends_it():
    host, modem = memory_pair("sim:test")
    await modem.send(b"a")
    await modem.aclose()
    await modem.aclose()
    assert await host.receive() == Frame(b"a")
    await expect_gone(host)
    await expect_gone(modem)


async def test_a_cancelled_receive_loses_nothing():
    host, modem = memory_pair("sim:test")
    with trio.move_on_after(0.01):
        await host.receive()
    await modem.send(b"a")
    with trio.CancelScope() as scope:
        scope.cancel()
        await host.receive()
    assert await host.receive() == Frame(b"a")
