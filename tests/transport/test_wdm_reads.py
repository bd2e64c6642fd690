# SPDX-License-Identifier: GPL-2.0-or-later
"""Answers from cdc-wdm, against a fake descriptor that has its peculiarities."""

from __future__ import annotations

import errno

import pytest
import trio
from trio.testing import MockClock

from qmiprobe._framing import Frame, Garbage
from qmiprobe.errors import AnswerLost, DeviceGone, DeviceReset, TransportError
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.qmi._frame import QmuxFramer
from tests.transport.fake_wdm import ANSWER, REQUEST, STALE, FakeWdm


@pytest.mark.autojump
async def test_waiting_for_an_answer_does_not_spin_while_poll_says_that_a_command_failed():
    fake = FakeWdm()
    fake.command_stuck = True
    port = fake.transport(QmuxFramer())
    await port.send(REQUEST)
    fake.complete(errno.EIO)
    with trio.move_on_after(1):
        await port.receive()
    assert fake.reads <= 103
    fake.answer(ANSWER)
    assert await port.receive() == Frame(ANSWER)


async def test_an_answer_to_an_earlier_reader_is_drained_so_that_ours_comes_first():
    fake = FakeWdm()
    fake.answer(STALE)
    fake.on_command = lambda command: fake.answer(ANSWER)
    port = fake.transport(QmuxFramer())
    assert await port.drain(0.02) == [Frame(STALE)]
    await port.send(REQUEST)
    assert await port.receive() == Frame(ANSWER)


async def test_without_a_drain_the_port_stays_one_answer_behind():
    fake = FakeWdm()
    fake.answer(STALE)
    fake.on_command = lambda command: fake.answer(ANSWER)
    port = fake.transport(QmuxFramer())
    await port.send(REQUEST)
    assert await port.receive() == Frame(STALE)
    assert await port.receive() == Frame(ANSWER)


async def test_a_drain_gives_up_half_a_message_and_does_not_mind_older_losses():
    fake = FakeWdm(max_command=32)
    fake.answer(STALE)
    fake.answer(ANSWER)
    port = fake.transport(QmuxFramer())
    fake.answer(ANSWER[:5])
    assert await port.drain(0.05) == [Frame(STALE), Garbage(ANSWER[:5])]


async def test_what_a_drain_read_before_the_port_ended_can_still_be_received():
    fake = FakeWdm()
    fake.answer(STALE + ANSWER)
    fake.unplug()
    port = fake.transport(QmuxFramer())
    with pytest.raises(DeviceGone):
        await port.drain(1)
    assert [await port.receive(), await port.receive()] == [Frame(STALE), Frame(ANSWER)]
    with pytest.raises(DeviceGone):
        await port.receive()


async def test_a_wake_up_that_brings_nothing_is_normal():
    fake = FakeWdm()
    fake.spurious = 3
    port = fake.transport(QmuxFramer())
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_answer_after, fake, 0.1)
        with trio.fail_after(5):
            assert await port.receive() == Frame(ANSWER)
    assert fake.spurious == 0


async def _answer_after(fake: FakeWdm, seconds: float) -> None:
    await trio.sleep(seconds)
    fake.answer(ANSWER)


async def test_an_answer_that_did_not_fit_is_told_after_the_one_that_did():
    fake = FakeWdm(max_command=32)
    port = fake.transport(QmuxFramer())
    fake.answer(ANSWER)
    fake.answer(STALE)
    assert await port.receive() == Frame(ANSWER)
    with pytest.raises(AnswerLost) as caught:
        await port.receive()
    assert caught.value.errno == errno.ENOBUFS
    fake.answer(STALE)
    assert await port.receive() == Frame(STALE)


async def test_two_messages_in_one_read_are_received_one_by_one():
    fake = FakeWdm()
    fake.answer(ANSWER + STALE)
    port = fake.transport(QmuxFramer())
    assert [await port.receive(), await port.receive()] == [Frame(ANSWER), Frame(STALE)]
    assert fake.reads == 1


async def test_a_message_in_pieces_of_64_bytes_is_one_message():
    message = bytes.fromhex("03000080") + (1000).to_bytes(4, "little") + bytes(992)
    fake = FakeWdm()
    port = fake.transport(MbimFramer())

    async def deliver() -> None:
        for at in range(0, len(message), 64):
            fake.answer(message[at : at + 64])
            await trio.lowlevel.checkpoint()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(deliver)
        assert await port.receive() == Frame(message)


@pytest.mark.parametrize(("max_command", "size"), [(256, 4096), (4096, 4096), (8192, 8192)])
async def test_a_read_has_room_for_all_that_the_driver_holds(max_command: int, size: int):
    fake = FakeWdm(max_command=max_command)
    fake.answer(ANSWER)
    await fake.transport(QmuxFramer()).receive()
    assert fake.read_sizes == [size]


@pytest.mark.autojump
async def test_a_reset_is_told_and_afterwards_the_port_works_again():
    fake = FakeWdm()
    port = fake.transport(QmuxFramer())
    fake.answer(ANSWER[:7])
    with trio.move_on_after(0.01):
        await port.receive()
    fake.reset(begins=True)
    assert await port.receive() == Garbage(ANSWER[:7])
    with pytest.raises(DeviceReset) as caught:
        await port.receive()
    assert caught.value.errno == errno.EIO
    with pytest.raises(DeviceReset, match="not sent"):
        await port.send(REQUEST)
    fake.reset(begins=False)
    fake.answer(ANSWER)
    assert await port.receive() == Frame(ANSWER)


async def test_a_reader_that_goes_on_during_a_reset_does_not_spin(autojump_clock: MockClock):
    fake = FakeWdm()
    port = fake.transport(QmuxFramer())
    fake.reset(begins=True)
    with trio.move_on_after(1):
        while True:
            with pytest.raises(DeviceReset):
                await port.receive()
    assert fake.reads <= 102


async def test_another_failure_of_a_read_is_told_with_the_systems_words():
    fake = FakeWdm()
    port = fake.transport(QmuxFramer())
    fake.read_errors.append(errno.ENOMEM)
    with pytest.raises(TransportError, match="Cannot allocate memory") as caught:
        await port.receive()
    assert type(caught.value) is TransportError
    fake.answer(ANSWER)
    assert await port.receive() == Frame(ANSWER)


async def test_a_cancelled_receive_loses_no_byte():
    fake = FakeWdm()
    port = fake.transport(QmuxFramer())
    for at in range(0, len(ANSWER), 5):
        fake.answer(ANSWER[at : at + 5])
        with trio.move_on_after(0.005) as scope:
            found = await port.receive()
    assert not scope.cancelled_caught
    assert found == Frame(ANSWER)


async def test_text_from_another_kind_of_port_is_handed_out_after_a_short_silence(
    autojump_clock: MockClock,
):
    fake = FakeWdm()
    fake.answer(b"\r\nOK\r\n")
    started = trio.current_time()
    assert await fake.transport(QmuxFramer()).receive() == Garbage(b"\r\nOK\r\n")
    assert trio.current_time() - started == pytest.approx(0.1)


async def test_a_message_whose_rest_never_comes_is_handed_out_as_garbage(
    autojump_clock: MockClock,
):
    fake = FakeWdm()
    fake.answer(ANSWER[:10])
    port = fake.transport(QmuxFramer())
    started = trio.current_time()
    assert await port.receive() == Garbage(ANSWER[:10])
    assert trio.current_time() - started == pytest.approx(1.0)
    fake.answer(STALE)
    assert await port.receive() == Frame(STALE)


async def test_a_read_of_nothing_after_a_failed_transfer_is_no_end():
    fake = FakeWdm()
    fake.read_errors.append(errno.EIO)
    fake.empty_reads = 1
    port = fake.transport(QmuxFramer())
    with pytest.raises(DeviceReset):
        await port.receive()
    fake.answer(ANSWER)
    with trio.fail_after(5):
        assert await port.receive() == Frame(ANSWER)


async def test_a_read_of_nothing_from_a_port_that_hung_up_is_its_end():
    fake = FakeWdm()
    fake.empty_reads = 1
    fake.hang_up()
    port = fake.transport(QmuxFramer())
    with pytest.raises(DeviceGone):
        await port.receive()
