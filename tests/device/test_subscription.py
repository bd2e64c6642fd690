# SPDX-License-Identifier: GPL-2.0-or-later
"""Indications: a bounded queue a reader, and an end with the port."""

from __future__ import annotations

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from qmiprobe.device import qmi_device
from qmiprobe.device._subscription import CAPACITY, Subscription
from qmiprobe.errors import DeviceGone, TransportError
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi.services import dms
from tests.device.scripted import ScriptedQmi, opened_qmi, scripted_qmi

pytestmark = pytest.mark.autojump


async def _tell(modem: ScriptedQmi, *clients: int) -> None:
    for client in clients:
        frame = modem.connection.indicate(dms.EventReportIndication(), client=client)
        await modem.port.send(frame)
    await wait_all_tasks_blocked()


async def _clients(subscription: Subscription[QmiMessage], count: int) -> list[int]:
    return [(await anext(subscription)).header.client for _ in range(count)]


async def test_every_subscription_gets_what_comes_while_it_lasts():
    async with opened_qmi() as (device, modem):
        await _tell(modem, 1)
        with device.subscribe() as first:
            await _tell(modem, 2)
            with device.subscribe() as second:
                await _tell(modem, 3)
                assert await _clients(first, 2) == [2, 3]
                assert await _clients(second, 1) == [3]
            await _tell(modem, 4)
            assert await _clients(first, 1) == [4]
        assert device.subscriptions == []


async def test_a_reader_waits_for_what_comes():
    async with opened_qmi() as (device, modem):
        with device.subscribe() as indications:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_tell, modem, 7)
                assert await _clients(indications, 1) == [7]


async def test_overflow_drops_the_oldest_and_is_counted():
    async with opened_qmi() as (device, modem):
        with device.subscribe() as slow, device.subscribe() as quick:
            numbers = [1 + number % 250 for number in range(CAPACITY + 3)]
            for start in range(0, len(numbers), 50):
                await _tell(modem, *numbers[start : start + 50])
                await _clients(quick, len(numbers[start : start + 50]))
            assert slow.dropped == 3
            assert quick.dropped == 0
            assert device.observed.dropped_indications == 3
            assert await _clients(slow, CAPACITY) == numbers[3:]


async def test_overflow_is_an_event_once_until_the_reader_caught_up():
    async with opened_qmi() as (device, modem):
        with device.subscribe() as slow:
            for overflows in (1, 2):
                for _ in range(CAPACITY + 70):
                    await _tell(modem, 1)
                assert device.observed.counts == {"overflow": overflows}
                await _clients(slow, CAPACITY)
                with trio.move_on_after(1):
                    await anext(slow)
        kept = device.observed.anomalies
        assert [one.kind for one in kept] == ["overflow", "overflow"]
        assert "faster than they are read" in kept[0].text


async def test_a_dead_port_ends_it_after_what_is_queued():
    async with scripted_qmi() as (port, modem), qmi_device(port) as device:
        with device.subscribe() as indications:
            await _tell(modem, 5)
            port.break_now()
            await wait_all_tasks_blocked()
            assert await _clients(indications, 1) == [5]
            with pytest.raises(DeviceGone):
                await anext(indications)


async def test_a_dead_port_wakes_a_waiting_reader():
    async with scripted_qmi() as (port, _modem), qmi_device(port) as device:
        with device.subscribe() as indications:
            async with trio.open_nursery() as nursery:

                async def read() -> None:
                    with pytest.raises(DeviceGone):
                        await anext(indications)

                nursery.start_soon(read)
                await trio.sleep(1)
                port.break_now()


async def test_one_that_begins_on_a_dead_port_ends_at_once():
    async with scripted_qmi() as (port, _modem), qmi_device(port) as device:
        port.break_now()
        await wait_all_tasks_blocked()
        with device.subscribe() as indications, pytest.raises(DeviceGone):
            await anext(indications)


async def test_one_that_outlives_the_device_ends():
    async with scripted_qmi() as (port, _modem):
        async with qmi_device(port) as device:
            indications = device.subscribe().__enter__()
        with pytest.raises(TransportError, match="closed here"):
            await anext(indications)


async def test_a_reader_can_be_cancelled_and_loses_nothing():
    async with opened_qmi() as (device, modem):
        with device.subscribe() as indications:
            with trio.move_on_after(1):
                await anext(indications)
            await _tell(modem, 9)
            assert await _clients(indications, 1) == [9]
