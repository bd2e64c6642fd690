# SPDX-License-Identifier: GPL-2.0-or-later
"""How a cdc-wdm port ends: unplugged, hung up, closed; against a fake descriptor."""

from __future__ import annotations

import errno
import threading

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from qmiprobe._framing import Frame, Garbage
from qmiprobe.errors import DeviceGone
from qmiprobe.qmi._frame import QmuxFramer
from tests.transport.fake_wdm import ANSWER, REQUEST, SECOND, STALE, FakeWdm, failed


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

    async def expect_the_end() -> None:
        with pytest.raises(DeviceGone):
            await port.receive()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(expect_the_end)
        await wait_all_tasks_blocked()
        fake.next_write_fails = errno.ENODEV
        with pytest.raises(DeviceGone):
            await port.send(REQUEST)


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


async def test_a_port_that_was_unplugged_and_then_closed_still_says_unplugged():
    fake = FakeWdm()
    port = fake.transport(QmuxFramer())
    fake.unplug()
    with pytest.raises(DeviceGone, match="unplugged"):
        await port.receive()
    await port.aclose()
    with pytest.raises(DeviceGone, match="unplugged"):
        await port.receive()
