# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands to cdc-wdm, against a fake descriptor that has its peculiarities."""

from __future__ import annotations

import errno

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from qmiprobe.errors import DeviceReset, TransportError
from qmiprobe.qmi._frame import QmuxFramer
from tests.transport.fake_wdm import REQUEST, SECOND, FakeWdm, failed


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


async def test_an_empty_message_is_refused():
    fake = FakeWdm()
    with pytest.raises(TransportError, match="empty"):
        await fake.transport(QmuxFramer()).send(b"")
    assert fake.writes == 0
