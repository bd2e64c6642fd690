# SPDX-License-Identifier: GPL-2.0-or-later
"""Client ids go back on every way out, in bounded time, and only those that are ours."""

from __future__ import annotations

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from qmiprobe._framing import Frame
from qmiprobe.device import QmiClient, QmiDevice, qmi_device
from qmiprobe.errors import DeviceGone, DeviceReset, NoAnswer, QmiError
from qmiprobe.qmi.services import ctl, dms, nas
from qmiprobe.qmi.services._shared import Error, Service
from qmiprobe.transport import MemoryTransport
from tests.device.scripted import After, Silent, opened_qmi, scripted_qmi

pytestmark = pytest.mark.autojump


class Own(Exception):
    """Something that goes wrong in a caller's block."""


async def test_an_id_is_ours_while_the_block_runs_and_goes_back_after():
    async with opened_qmi() as (device, modem):
        async with device.client("dms") as dms_client, device.client("nas") as nas_client:
            assert modem.held == [(2, dms_client.cid), (3, nas_client.cid)]
            assert device.held == set(modem.held)
        assert modem.held == []
        assert device.held == set()
        assert device.observed.anomalies == []


async def test_an_id_goes_back_when_the_block_raises_and_the_error_leaves_bare():
    async with scripted_qmi() as (port, modem):
        with pytest.raises(Own):
            async with qmi_device(port) as device, device.client("dms"):
                raise Own
        assert modem.count(ctl.AllocateCid) == modem.count(ctl.ReleaseCid) == 1
        assert modem.held == []


async def test_an_id_goes_back_when_the_block_is_cancelled():
    async with scripted_qmi() as (port, modem):
        modem.script(ctl.ReleaseCid, After(0.5, modem.by_itself))
        with trio.move_on_after(1) as scope:
            async with qmi_device(port) as device, device.client("dms"):
                await trio.sleep_forever()
        assert scope.cancelled_caught
        assert modem.held == []
        assert device.held == set()


async def test_an_id_goes_back_when_a_call_is_not_answered():
    async with scripted_qmi() as (port, modem):
        modem.script(dms.GetModel, Silent())
        with pytest.raises(NoAnswer):
            async with qmi_device(port) as device, device.client("dms") as client:
                await client.call(dms.GetModel(), timeout=1)
        assert modem.held == []


async def test_ids_go_back_when_everything_is_cancelled_at_once():
    async with scripted_qmi() as (port, modem):
        modem.script(dms.GetModel, Silent())

        async def hold(device: QmiDevice) -> None:
            async with device.client("dms") as client:
                await client.call(dms.GetModel(), timeout=600)

        with trio.move_on_after(1):
            async with qmi_device(port) as device, trio.open_nursery() as nursery:
                for _ in range(12):
                    nursery.start_soon(hold, device)
        assert modem.count(ctl.AllocateCid) == modem.count(ctl.ReleaseCid) == 12
        assert modem.held == []


async def test_an_id_that_comes_after_the_caller_was_cancelled_goes_back():
    async with opened_qmi() as (device, modem):
        modem.script(ctl.AllocateCid, After(1, modem.by_itself))
        begin = trio.current_time()
        with trio.move_on_after(0.3):
            async with device.client("dms"):
                pytest.fail("there is no id yet")
        assert trio.current_time() - begin == pytest.approx(0.3)
        await trio.sleep(1)
        assert modem.count(ctl.ReleaseCid) == 1
        assert modem.held == []
        assert device.held == set()


async def test_the_device_waits_at_the_end_for_an_id_that_is_still_due():
    async with scripted_qmi() as (port, modem):
        modem.script(ctl.AllocateCid, After(1, modem.by_itself))
        begin = trio.current_time()
        with trio.move_on_after(0.3):
            async with qmi_device(port) as device, device.client("dms"):
                pytest.fail("there is no id yet")
        assert trio.current_time() - begin == pytest.approx(1)
        assert modem.held == []
        assert [one.kind for one in device.observed.anomalies] == ["late"]


async def test_a_late_refusal_ends_the_wait_for_an_id():
    async with scripted_qmi() as (port, modem):
        modem.script(ctl.AllocateCid, After(1, Error.CLIENT_IDS_EXHAUSTED))
        with trio.move_on_after(0.3):
            async with qmi_device(port) as device, device.client("dms"):
                pytest.fail("there is no id")
        assert trio.current_time() == pytest.approx(1)
        assert modem.count(ctl.ReleaseCid) == 0
        assert [one.kind for one in device.observed.anomalies] == ["late"]


async def test_an_id_that_comes_after_the_time_was_up_goes_back():
    async with opened_qmi() as (device, modem):
        modem.script(ctl.AllocateCid, After(6, modem.by_itself))
        with pytest.raises(NoAnswer):
            async with device.client("dms"):
                pytest.fail("there is no id yet")
        await trio.sleep(2)
        assert modem.count(ctl.ReleaseCid) == 1
        assert modem.held == []


async def test_an_answer_that_comes_in_the_moment_of_cancelling_is_not_lost():
    async with opened_qmi() as (device, modem):
        modem.script(ctl.AllocateCid, Silent())
        with trio.CancelScope() as scope:
            async with trio.open_nursery() as nursery:

                async def allocate() -> None:
                    async with device.client("dms"):
                        pytest.fail("the caller was cancelled")

                nursery.start_soon(allocate)
                await wait_all_tasks_blocked()
                # Cancelled first; the answer is there before the caller runs again.
                scope.cancel()
                answer = modem.by_itself(modem.requests[-1])
                device._take(Frame(answer))
        await trio.sleep(1)
        assert modem.count(ctl.ReleaseCid) == 1
        assert modem.held == []


async def test_an_allocation_that_was_cancelled_before_its_turn_asks_for_nothing():
    async with opened_qmi() as (device, modem):
        modem.script(ctl.GetVersionInfo, After(1, Error.INTERNAL))
        async with trio.open_nursery() as nursery:
            nursery.start_soon(device.exchange, ctl.GetVersionInfo())
            await wait_all_tasks_blocked()
            with trio.move_on_after(0.5):
                async with device.client("dms"):
                    pytest.fail("CTL is busy")
        await trio.sleep(1)
        assert modem.count(ctl.AllocateCid) == 0


async def test_exhausted_ids_are_an_error_and_nothing_is_given_back():
    async with opened_qmi() as (device, modem):
        modem.connection.clients.limit = 1
        async with device.client("dms"):
            with pytest.raises(QmiError) as got:
                async with device.client("dms"):
                    pytest.fail("there is only one")
            assert got.value.error == Error.CLIENT_IDS_EXHAUSTED
        assert modem.count(ctl.ReleaseCid) == 1


async def test_a_refused_release_is_kept_as_evidence():
    async with opened_qmi() as (device, modem):
        async with device.client("dms"):
            modem.connection.clients.reset()
        (anomaly,) = device.observed.anomalies
        assert anomaly.kind == "not-released"
        assert "client id 1 of dms: invalid-client-id" in anomaly.text


async def test_a_mute_modem_is_left_in_bounded_time_however_many_ids_there_are():
    async with scripted_qmi() as (port, modem):
        async with qmi_device(port) as device, trio.open_nursery() as nursery:
            clients: list[QmiClient] = []
            done = trio.Event()

            async def hold() -> None:
                async with device.client("nas") as client:
                    clients.append(client)
                    await done.wait()

            for _ in range(8):
                nursery.start_soon(hold)
            await wait_all_tasks_blocked()
            assert len(clients) == 8
            modem.script(ctl.ReleaseCid, Silent())
            begin = trio.current_time()
            done.set()
        assert trio.current_time() - begin == pytest.approx(2 + 7 * 0.25)
        assert device.observed.counts["not-released"] == 8


async def test_a_modem_that_answers_again_is_not_taken_for_mute():
    async with opened_qmi() as (device, modem):
        async with device.client("dms") as client:
            modem.script(dms.GetModel, Silent(), dms.GetModelResponse(model=""))
            with pytest.raises(NoAnswer):
                await client.call(dms.GetModel(), timeout=1)
            assert device.silent
            assert device.patience(2) == 0.25
            await client.call(dms.GetModel(), timeout=1)
            assert not device.silent
            assert device.patience(2) == 2
            modem.script(ctl.ReleaseCid, After(1.5, modem.by_itself))
        assert modem.held == []


async def test_a_mute_modem_and_a_cancelled_allocation_end_in_bounded_time():
    async with scripted_qmi() as (port, modem):
        modem.script(ctl.AllocateCid, Silent())
        begin = trio.current_time()
        with trio.move_on_after(1):
            async with qmi_device(port) as device, trio.open_nursery() as nursery:
                for _ in range(10):
                    nursery.start_soon(device.client("dms").__aenter__)
        assert trio.current_time() - begin == pytest.approx(3)
        assert "no answer: ids may be lost" in device.observed.anomalies[-1].text


async def test_on_a_dead_port_nothing_is_waited_for():
    async with scripted_qmi() as (port, _modem):
        begin = trio.current_time()
        with pytest.raises(DeviceGone):
            async with qmi_device(port) as device, device.client("dms") as client:
                await _unplug_and_ask(port, client)
        assert trio.current_time() == begin


async def _unplug_and_ask(port: MemoryTransport, client: QmiClient) -> None:
    port.break_now()
    await client.call(dms.GetModel())


async def test_an_id_that_was_given_back_cannot_be_used_any_more():
    async with opened_qmi() as (device, modem):
        async with device.client("dms") as client:
            pass
        with pytest.raises(DeviceReset, match="client id 1 of dms is not ours any more"):
            await client.call(dms.GetModel())
        assert modem.count(dms.GetModel) == 0


async def test_after_a_restart_of_the_modem_no_id_is_given_back_since_it_may_be_anothers():
    async with opened_qmi() as (device, modem):
        async with device.client("dms") as first, device.client("nas") as second:
            await modem.port.send(modem.connection.indicate(ctl.SyncIndication(), client=0))
            await wait_all_tasks_blocked()
            assert device.held == set()
            with pytest.raises(DeviceReset):
                await first.call(dms.GetModel())
            with pytest.raises(DeviceReset):
                await second.exchange(nas.GetServingSystem())
        assert modem.count(ctl.ReleaseCid) == 0
        assert [one.kind for one in device.observed.anomalies] == ["client-revoked"] * 2


async def test_an_id_that_the_modem_takes_away_is_forgotten_and_others_stay():
    async with opened_qmi() as (device, modem):
        async with device.client("dms") as gone, device.client("nas") as kept:
            for service in (Service.DMS, Service.WDS):
                taken = ctl.Client(service_=service, cid=gone.cid)
                body = ctl.RevokeClientIdIndication(client=taken)
                await modem.port.send(modem.connection.indicate(body, client=0))
            await wait_all_tasks_blocked()
            assert device.held == {(3, kept.cid)}
        assert [body.release_info.service_ for body in modem.bodies(ctl.ReleaseCid)] == [3]  # type: ignore[union-attr]
        assert [one.kind for one in device.observed.anomalies] == ["client-revoked"]


async def test_a_client_knows_which_indications_concern_it():
    async with opened_qmi() as (device, modem), device.client("dms") as client:
        with device.subscribe() as indications:
            for service_client in (client.cid, 0xFF, client.cid + 1):
                body = dms.EventReportIndication()
                frame = modem.connection.indicate(body, client=service_client)
                await modem.port.send(frame)
            other = nas.EventReportIndication.empty()
            await modem.port.send(modem.connection.indicate(other))
            got = [await anext(indications) for _ in range(4)]
        assert [client.concerns(message) for message in got] == [True, True, False, False]
