# SPDX-License-Identifier: GPL-2.0-or-later
"""Each peculiarity of cdc-wdm, against a fake descriptor that has it."""

from __future__ import annotations

import errno

import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from qmiprobe._framing import Frame, Garbage
from qmiprobe.errors import AnswerLost, DeviceGone, DeviceReset, TransportError
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.qmi._frame import QmuxFramer
from tests.transport.fake_wdm import FakeWdm, failed

REQUEST = bytes.fromhex("010b00000000000121000000")
SECOND = bytes.fromhex("010b00000000000221000000")
ANSWER = bytes.fromhex("011700800000010122000c0002040000000000010200010a")
STALE = bytes.fromhex("01120080000001092100070002040000000000")


async def test_a_write_returns_before_the_device_has_the_command_and_the_next_one_waits():
    fake = FakeWdm()
    fake.command_stuck = True
    port = fake.transport(QmuxFramer())
    await port.send(REQUEST)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(port.send, SECOND)
        await wait_all_tasks_blocked()
        assert fake.commands == [REQUEST]
        fake.complete()
    assert fake.commands == [REQUEST, SECOND]


@pytest.mark.parametrize("number", [errno.EIO, errno.EPIPE])
async def test_that_a_command_failed_is_told_to_the_next_send_which_is_not_sent(number: int):
    fake = FakeWdm()
    fake.command_stuck = True
    port = fake.transport(QmuxFramer())
    await port.send(REQUEST)
    fake.complete(number)
    with pytest.raises(DeviceReset, match="the command before it may not have reached") as caught:
        await port.send(SECOND)
    assert caught.value.errno == number
    assert fake.commands == [REQUEST]
    await port.send(SECOND)
    assert fake.commands == [REQUEST, SECOND]


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


async def test_a_command_that_the_driver_would_cut_is_refused_before_it_is_written():
    fake = FakeWdm(max_command=64)
    port = fake.transport(QmuxFramer())
    assert port.max_command == 64
    await port.send(bytes(64))
    with pytest.raises(TransportError, match=r"65 bytes was not sent: the driver takes 64"):
        await port.send(bytes(65))
    assert fake.writes == 1


async def test_a_command_that_was_cut_is_an_error_and_its_end_is_not_sent_as_another_command():
    fake = FakeWdm(max_command=64)
    fake.max_command_answer = failed(errno.ENOTTY)
    port = fake.transport(QmuxFramer())
    assert port.max_command is None
    with pytest.raises(TransportError, match="took 64 of 100 bytes"):
        await port.send(bytes(100))
    assert fake.commands == [bytes(64)]


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


@pytest.mark.parametrize("number", [errno.ENODEV, errno.EIO, errno.EINTR])
async def test_closing_does_not_raise_what_close_raises(number: int):
    fake = FakeWdm()
    fake.close_error = failed(number)
    port = fake.transport(QmuxFramer())
    await port.aclose()
    await port.aclose()
    assert fake.closed == 1


async def test_closing_does_not_wait_for_a_driver_that_waits_for_a_stuck_command(
    monkeypatch: pytest.MonkeyPatch,
):
    import threading

    release = threading.Event()
    fake = FakeWdm()
    monkeypatch.setattr("qmiprobe.transport._wdm.CLOSE_PATIENCE", 0.05)
    monkeypatch.setattr(fake, "close", lambda fd: release.wait(20))
    port = fake.transport(QmuxFramer())
    try:
        with trio.fail_after(5):
            await port.aclose()
    finally:
        release.set()


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


async def test_a_write_may_find_the_driver_busy_though_poll_said_it_is_not():
    fake = FakeWdm()
    fake.command_stuck = True
    port = fake.transport(QmuxFramer())
    await port.send(REQUEST)
    fake.spurious = 3
    async with trio.open_nursery() as nursery:
        nursery.start_soon(port.send, SECOND)
        await trio.sleep(0.1)
        fake.complete()
    assert fake.commands == [REQUEST, SECOND]


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


async def test_unplugging_is_told_after_what_had_arrived_and_then_for_ever():
    fake = FakeWdm()
    port = fake.transport(QmuxFramer())
    fake.answer(ANSWER + STALE[:6])
    fake.unplug()
    assert await port.receive() == Frame(ANSWER)
    assert await port.receive() == Garbage(STALE[:6])
    for _ in range(3):
        with pytest.raises(DeviceGone) as caught:
            await port.receive()
        assert caught.value.errno == errno.ENODEV
    with pytest.raises(DeviceGone):
        await port.send(REQUEST)
    assert fake.reads == 2
    assert fake.writes == 0


async def test_a_send_that_finds_the_device_gone_ends_a_receive_that_waits():
    fake = FakeWdm()
    port = fake.transport(QmuxFramer())
    fake.write_errors.append(errno.ENODEV)
    with pytest.raises(DeviceGone):
        await port.send(REQUEST)
    with pytest.raises(DeviceGone):
        await port.receive()


async def test_a_port_that_hangs_up_without_a_word_is_gone_and_nobody_spins():
    fake = FakeWdm()
    port = fake.transport(QmuxFramer())
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_hang_up_soon, fake)
        with pytest.raises(DeviceGone, match="hung up"):
            await port.receive()
    assert fake.reads <= 3


async def _hang_up_soon(fake: FakeWdm) -> None:
    await wait_all_tasks_blocked()
    fake.hang_up()


async def test_a_failed_read_of_a_port_that_hung_up_is_the_end_and_no_reset():
    fake = FakeWdm()
    port = fake.transport(QmuxFramer())
    fake.read_errors.append(errno.EIO)
    fake.hang_up()
    with pytest.raises(DeviceGone):
        await port.receive()


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


async def test_a_cancelled_send_that_was_waiting_has_sent_nothing():
    fake = FakeWdm()
    fake.command_stuck = True
    port = fake.transport(QmuxFramer())
    await port.send(REQUEST)
    with trio.move_on_after(0.02) as scope:
        await port.send(SECOND)
    assert scope.cancelled_caught
    fake.command_stuck = False
    fake.complete()
    await port.send(REQUEST)
    assert fake.commands == [REQUEST, REQUEST]


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


async def test_closing_ends_a_receive_and_a_send_that_wait():
    fake = FakeWdm()
    fake.command_stuck = True
    port = fake.transport(QmuxFramer())
    await port.send(REQUEST)
    ended: list[str] = []

    async def expect_the_end(call: str) -> None:
        with pytest.raises(DeviceGone, match="closed by this program"):
            await (port.receive() if call == "receive" else port.send(SECOND))
        ended.append(call)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(expect_the_end, "receive")
        nursery.start_soon(expect_the_end, "send")
        await wait_all_tasks_blocked()
        await port.aclose()
    assert sorted(ended) == ["receive", "send"]
    await expect_the_end("receive")
    await expect_the_end("send")


async def test_closing_within_a_cancelled_scope_closes():
    fake = FakeWdm()
    port = fake.transport(QmuxFramer())
    with trio.CancelScope() as scope:
        scope.cancel()
        await port.aclose()
    assert fake.closed == 1


async def test_an_empty_message_is_refused():
    fake = FakeWdm()
    with pytest.raises(TransportError, match="empty"):
        await fake.transport(QmuxFramer()).send(b"")
    assert fake.writes == 0


async def test_on_a_tty_the_rest_of_a_short_write_follows_before_any_other_message():
    fake = FakeWdm()
    fake.terminal = True
    fake.stream_room = 5
    port = fake.transport(QmuxFramer())
    async with trio.open_nursery() as nursery:
        nursery.start_soon(port.send, REQUEST)
        await wait_all_tasks_blocked()
        nursery.start_soon(port.send, SECOND)
        await wait_all_tasks_blocked()
        fake.stream_room = 100
        fake.complete()
    assert b"".join(fake.commands) == REQUEST + SECOND


async def test_a_send_on_a_tty_that_is_cancelled_half_way_still_sends_its_rest():
    fake = FakeWdm()
    fake.terminal = True
    fake.stream_room = 5
    port = fake.transport(QmuxFramer())
    async with trio.open_nursery() as nursery:
        nursery.start_soon(port.send, REQUEST)
        await wait_all_tasks_blocked()
        nursery.cancel_scope.cancel()
        with trio.CancelScope(shield=True):
            await trio.sleep(0.01)
        fake.stream_room = 100
        fake.complete()
    assert b"".join(fake.commands) == REQUEST


async def test_a_tty_whose_other_end_stops_reading_half_way_fails_in_bounded_time(
    autojump_clock: MockClock,
):
    fake = FakeWdm()
    fake.terminal = True
    fake.stream_room = 5
    port = fake.transport(QmuxFramer())
    with pytest.raises(TransportError, match="5 of 12 bytes went out"):
        await port.send(REQUEST)
    assert trio.current_time() <= 10


async def test_on_a_tty_eio_is_the_end():
    fake = FakeWdm()
    fake.terminal = True
    port = fake.transport(QmuxFramer())
    fake.write_errors.append(errno.EIO)
    with pytest.raises(DeviceGone):
        await port.send(REQUEST)
    with pytest.raises(DeviceGone):
        await port.receive()
