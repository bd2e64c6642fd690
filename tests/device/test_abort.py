# SPDX-License-Identifier: GPL-2.0-or-later
"""What changes something in the modem is aborted there when its caller gives up."""

from __future__ import annotations

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from qmiprobe._framing import Frame
from qmiprobe.errors import DeviceGone, NoAnswer
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi.services import dms, nas, wds
from qmiprobe.qmi.services._shared import Error
from tests.device.scripted import After, Silent, opened_qmi

pytestmark = pytest.mark.autojump
HANDLE = 0x12345678
GRANTED = wds.StartNetworkResponse(packet_data_handle=HANDLE)


async def test_a_cancelled_start_is_aborted_by_its_transaction():
    async with opened_qmi() as (device, modem), device.client("wds") as client:
        modem.script(wds.StartNetwork, Silent())
        modem.script(wds.Abort, wds.AbortResponse())
        with trio.move_on_after(1):
            await client.call(wds.StartNetwork(), timeout=600)
        (abort,) = modem.bodies(wds.Abort)
        assert isinstance(abort, wds.Abort)
        started = [one for one in modem.requests if isinstance(one.body, wds.StartNetwork)]
        assert abort.transaction_id == started[0].header.transaction
        assert modem.requests[-1].header.client == client.cid


async def test_a_start_without_an_answer_in_time_is_aborted_too():
    async with opened_qmi() as (device, modem), device.client("wds") as client:
        modem.script(wds.StartNetwork, Silent())
        modem.script(wds.Abort, wds.AbortResponse())
        with pytest.raises(NoAnswer, match="wds start-network"):
            await client.call(wds.StartNetwork(), timeout=20)
        assert modem.count(wds.Abort) == 1


async def test_each_service_has_its_own_abort():
    async with opened_qmi() as (device, modem), device.client("nas") as client:
        modem.script(nas.NetworkScan, Silent())
        with trio.move_on_after(1):
            await client.call(nas.NetworkScan(), timeout=600)
        assert modem.count(nas.Abort) == 1


async def test_what_changes_nothing_is_not_aborted():
    async with opened_qmi() as (device, modem), device.client("dms") as client:
        modem.script(dms.GetModel, Silent())
        asked = len(modem.asked)
        with trio.move_on_after(1):
            await client.call(dms.GetModel(), timeout=600)
        assert len(modem.asked) == asked + 1


async def test_an_answered_start_is_not_aborted():
    async with opened_qmi() as (device, modem), device.client("wds") as client:
        modem.script(wds.StartNetwork, After(1, GRANTED))
        assert (await client.call(wds.StartNetwork())).packet_data_handle == HANDLE
        assert client.granted_late(wds.StartNetwork) is None
        assert modem.count(wds.Abort) == 0


async def test_an_answer_in_the_moment_of_cancelling_is_not_aborted_and_not_lost():
    async with opened_qmi() as (device, modem), device.client("wds") as client:
        modem.script(wds.StartNetwork, Silent())
        with trio.CancelScope() as scope:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(client.call, wds.StartNetwork())
                await wait_all_tasks_blocked()
                # Cancelled first; the answer is there before the caller runs again.
                scope.cancel()
                answer = modem.connection.respond(modem.requests[-1], GRANTED)
                device._take(Frame(answer))
        assert modem.count(wds.Abort) == 0
        late = client.granted_late(wds.StartNetwork)
        assert late is not None
        assert late.packet_data_handle == HANDLE


async def test_a_call_that_came_up_in_spite_of_the_abort_can_be_stopped():
    async with opened_qmi() as (device, modem), device.client("wds") as client:
        modem.script(wds.StartNetwork, After(1.5, GRANTED))
        modem.script(wds.Abort, Error.INVALID_TRANSACTION_ID)
        begin = trio.current_time()
        with trio.move_on_after(1):
            await client.call(wds.StartNetwork(), timeout=600)
        assert trio.current_time() - begin == pytest.approx(1.5)
        late = client.granted_late(wds.StartNetwork)
        assert late is not None
        assert late.packet_data_handle == HANDLE
        assert client.granted_late(wds.StartNetwork) is None


async def test_a_call_that_comes_up_even_later_is_known_too_and_only_to_its_client():
    async with (
        opened_qmi() as (device, modem),
        device.client("wds") as client,
        device.client("wds") as other,
    ):
        modem.script(wds.StartNetwork, After(10, GRANTED))
        modem.script(wds.Abort, wds.AbortResponse())
        with trio.move_on_after(1):
            await client.call(wds.StartNetwork(), timeout=600)
        assert client.granted_late(wds.StartNetwork) is None
        await trio.sleep(10)
        assert other.granted_late(wds.StartNetwork) is None
        assert client.granted_late(wds.StartNetwork) is not None


async def test_a_refusal_that_comes_late_grants_nothing():
    async with opened_qmi() as (device, modem), device.client("wds") as client:
        modem.script(wds.StartNetwork, After(2, Error.CALL_FAILED))
        modem.script(wds.Abort, wds.AbortResponse())
        with trio.move_on_after(1):
            await client.call(wds.StartNetwork(), timeout=600)
        assert client.granted_late(wds.StartNetwork) is None
        assert device.observed.anomalies == []


async def test_the_abort_is_bounded_where_nothing_answers():
    async with opened_qmi() as (device, modem), device.client("wds") as client:
        modem.script(wds.StartNetwork, Silent())
        modem.script(wds.Abort, Silent())
        begin = trio.current_time()
        with trio.move_on_after(1):
            await client.call(wds.StartNetwork(), timeout=600)
        assert trio.current_time() - begin == pytest.approx(3)
        assert [one.kind for one in device.observed.anomalies] == ["abort-failed"]


async def test_the_abort_goes_out_though_all_turns_are_taken():
    async with opened_qmi() as (device, modem), device.client("wds") as client:
        modem.script(wds.StartNetwork, Silent())
        modem.script(wds.Abort, wds.AbortResponse())
        begin = trio.current_time()
        with trio.move_on_after(1):
            async with trio.open_nursery() as nursery:
                for _ in range(4):
                    nursery.start_soon(client.exchange, wds.StartNetwork())
        assert modem.count(wds.Abort) == 4
        assert trio.current_time() - begin == pytest.approx(3)


async def test_a_port_that_dies_during_the_abort_ends_it_at_once():
    async with opened_qmi() as (device, modem), device.client("wds") as client:
        modem.script(wds.StartNetwork, Silent())

        def unplug(_message: QmiMessage) -> object:
            modem.port.break_now()  # type: ignore[attr-defined]
            return Silent()

        modem.script(wds.Abort, unplug)
        begin = trio.current_time()
        with trio.move_on_after(1):
            await client.call(wds.StartNetwork(), timeout=600)
        assert trio.current_time() - begin == pytest.approx(1)
        with pytest.raises(DeviceGone):
            await client.call(wds.StartNetwork())
