# SPDX-License-Identifier: GPL-2.0-or-later
"""A control port that is a tty, where a message is a run of bytes; against a fake descriptor."""

from __future__ import annotations

import errno

import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from qmiprobe.errors import DeviceGone, TransportError
from qmiprobe.qmi._frame import QmuxFramer
from tests.transport.fake_wdm import REQUEST, SECOND, FakeWdm


async def test_on_a_tty_the_rest_of_a_short_write_follows_before_any_other_message():
    fake = FakeWdm()
    fake.terminal = True
    fake.stream_room = 5
    port = fake.transport(QmuxFramer())
    async with trio.open_nursery() as nursery:
        nursery.start_soon(port.send, REQUEST)
        await wait_all_tasks_blocked()
        nursery.start_soon(port.send, SECOND)
        while len(b"".join(fake.commands)) < len(REQUEST + SECOND):
            await wait_all_tasks_blocked()
            fake.stream_room = 3
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
