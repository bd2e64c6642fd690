# SPDX-License-Identifier: GPL-2.0-or-later
"""Typed calls in QMI: what they return, what they raise, how many run at a time."""

from __future__ import annotations

import pytest
import trio

from qmiprobe._framing import Garbage
from qmiprobe.device import QmiClient, QmiDevice, qmi_device
from qmiprobe.device._port import Slot
from qmiprobe.errors import (
    AnswerLost,
    DecodeError,
    DeviceGone,
    DeviceReset,
    EncodeError,
    NoAnswer,
    QmiError,
    TransportError,
)
from qmiprobe.qmi.services import ctl, dms
from qmiprobe.qmi.services._shared import Error
from qmiprobe.transport import memory_pair
from tests.device.scripted import PORT, After, Silent, opened_qmi, scripted_qmi
from tests.qmi.pair import answer_with

pytestmark = pytest.mark.autojump
MODEL = dms.GetModelResponse(model="EC25")


async def test_opening_sends_nothing():
    host, modem = memory_pair(PORT)
    async with qmi_device(host):
        with trio.move_on_after(1) as scope:
            await modem.receive()
    assert scope.cancelled_caught
    await modem.aclose()


async def test_a_call_returns_the_typed_body():
    async with scripted_qmi() as (port, modem):
        modem.script(dms.GetModel, MODEL)
        async with qmi_device(port) as device, device.client("dms") as client:
            answer = await client.call(dms.GetModel())
            assert answer.model == "EC25"
            assert modem.requests[-1].header.client == client.cid
            assert modem.requests[-1].header.service == client.service == 2
            assert len(device.observed.latencies) == 2
            assert device.observed.anomalies == []


async def test_a_refusal_is_an_error_of_a_call_and_an_answer_of_an_exchange():
    async with scripted_qmi() as (port, modem):
        modem.script(dms.GetModel, Error.NOT_PROVISIONED)
        async with qmi_device(port) as device, device.client("dms") as client:
            with pytest.raises(QmiError, match=r"dms get-model: QMI error not-provisioned") as got:
                await client.call(dms.GetModel())
            assert got.value.error == Error.NOT_PROVISIONED
            assert got.value.response is not None
            answer = await client.exchange(dms.GetModel())
            assert answer.result is not None
            assert not answer.result.ok


async def test_an_answer_that_lacks_what_it_must_have_is_a_decode_error():
    async with opened_qmi() as (device, modem), device.client("dms") as client:
        for lacking in (dms.GetModelResponse.empty(), answer_without_result):
            modem.script(dms.GetModel, lacking)
            with pytest.raises(DecodeError, match="dms get-model"):
                await client.call(dms.GetModel())


def answer_without_result(message: object) -> bytes:
    """Answer with a model and no Result TLV."""
    frame = answer_with(message)  # type: ignore[arg-type]
    body = b"\x01\x01\x00E"
    head = bytearray(frame[:-7])
    head[1] += len(body) - 7
    head[-2:] = len(body).to_bytes(2, "little")
    return bytes(head) + body


async def test_a_damaged_answer_ends_the_call_at_once():
    def damaged(message: object) -> bytes:
        frame = bytearray(answer_with(message))  # type: ignore[arg-type]
        frame[-6] = 0x7F
        return bytes(frame)

    async with scripted_qmi() as (port, modem):
        modem.script(dms.GetModel, damaged)
        async with qmi_device(port) as device, device.client("dms") as client:
            begin = trio.current_time()
            with pytest.raises(DecodeError, match="says 127 bytes"):
                await client.call(dms.GetModel(), timeout=60)
            assert trio.current_time() == begin
            assert [one.kind for one in device.observed.anomalies] == ["malformed"]


async def test_no_answer_names_port_and_message_and_time():
    async with scripted_qmi() as (port, modem):
        modem.script(dms.GetModel, Silent())
        async with qmi_device(port) as device, device.client("dms") as client:
            begin = trio.current_time()
            with pytest.raises(NoAnswer, match=r"memory:modem: no answer to dms get-model .* 3 s"):
                await client.call(dms.GetModel(), timeout=3)
            assert trio.current_time() - begin == 3
            assert device.connection.pending == ()


async def test_a_port_that_takes_nothing_is_said_to_take_nothing():
    host, modem = memory_pair(PORT, capacity=1)
    async with qmi_device(host) as device:
        with pytest.raises(NoAnswer, match="no answer to ctl get-version-info"):
            await device.call(ctl.GetVersionInfo(), timeout=1)
        with pytest.raises(NoAnswer, match="ctl get-version-info not taken within 1 s"):
            await device.call(ctl.GetVersionInfo(), timeout=1)
    await modem.aclose()


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"transaction": 99}, "wrong-transaction"),
        ({"message_id": 0x0021}, "wrong-message"),
        ({"client": 9}, "wrong-client"),
        ({"service": 3}, "wrong-service"),
    ],
)
async def test_a_wrong_answer_is_kept_and_the_right_one_is_waited_for(
    change: dict[str, int], kind: str
):
    async with scripted_qmi() as (port, modem):

        async def wrong_then_right(message: object) -> None:
            await modem.port.send(answer_with(message, **change))  # type: ignore[arg-type]

        def react(message: object) -> object:
            nursery.start_soon(wrong_then_right, message)
            return After(1, MODEL)

        modem.script(dms.GetModel, react)
        async with (
            trio.open_nursery() as nursery,
            qmi_device(port) as device,
            device.client("dms") as client,
        ):
            assert (await client.call(dms.GetModel())).model == "EC25"
            assert [one.kind for one in device.observed.anomalies] == [kind]
            assert device.observed.counts == {kind: 1}


async def test_a_late_answer_is_an_anomaly_and_no_answer_to_the_next_call():
    async with scripted_qmi() as (port, modem):
        late = dms.GetModelResponse(model="late")
        modem.script(dms.GetModel, After(5, late), After(4, MODEL))
        async with qmi_device(port) as device, device.client("dms") as client:
            with pytest.raises(NoAnswer):
                await client.call(dms.GetModel(), timeout=2)
            assert (await client.call(dms.GetModel())).model == "EC25"
            assert [one.kind for one in device.observed.anomalies] == ["late"]
            assert device.observed.anomalies[0].at == trio.current_time() - 1


async def test_garbage_lost_answers_and_resets_are_kept_and_do_not_end_the_port():
    async with scripted_qmi() as (port, modem):
        own = modem.port
        async with qmi_device(port) as device:
            await own.deliver(Garbage(b"\xff" * 7))  # type: ignore[attr-defined]
            await own.deliver(AnswerLost("one", port=PORT))  # type: ignore[attr-defined]
            await own.deliver(DeviceReset("two", port=PORT))  # type: ignore[attr-defined]
            modem.script(ctl.GetVersionInfo, ctl.GetVersionInfoResponse(service_list=[]))
            await device.call(ctl.GetVersionInfo())
            kinds = [one.kind for one in device.observed.anomalies]
            assert kinds == ["garbage", "lost", "reset"]
            assert device.observed.anomalies[0].raw == b"\xff" * 7


async def test_a_port_that_only_resets_is_dead():
    host, modem = memory_pair(PORT)
    async with qmi_device(host) as device:
        for _ in range(9):
            await modem.deliver(DeviceReset("the bus failed", port=PORT))
        await modem.deliver(Garbage(b"\xff"))  # a sign of life
        for _ in range(9):
            await modem.deliver(DeviceReset("the bus failed", port=PORT))
        await trio.testing.wait_all_tasks_blocked()
        assert device.failure is None
        await modem.deliver(DeviceReset("the bus failed", port=PORT))
        with pytest.raises(DeviceReset):
            await device.call(ctl.GetVersionInfo(), timeout=60)
        assert device.failure is not None
    await modem.aclose()


async def test_a_bug_in_reading_ends_the_block_with_it_and_wakes_who_waits():
    host, modem = memory_pair(PORT)
    failed: list[Exception] = []

    async def ask(device: QmiDevice) -> None:
        try:
            await device.call(ctl.GetVersionInfo(), timeout=600)
        except TransportError as error:
            failed.append(error)

    async def use(nursery: trio.Nursery) -> None:
        async with qmi_device(host) as device:
            device.connection.receive = None  # type: ignore[assignment, method-assign]
            nursery.start_soon(ask, device)
            await modem.receive()
            await modem.send(bytes(12))
            await trio.sleep(600)

    async with trio.open_nursery() as nursery:
        with pytest.raises(TypeError):
            await use(nursery)
    (error,) = failed
    assert "reading stopped: TypeError" in str(error)
    assert trio.current_time() == 0
    await modem.aclose()


def test_the_first_thing_that_fills_a_slot_counts():
    slot = Slot()
    slot.fill(None, DecodeError("damaged"))
    slot.fill("late answer")
    assert slot.event is None
    assert isinstance(slot.error, DecodeError)


async def test_the_first_failure_of_a_port_stays_its_failure():
    host, modem = memory_pair(PORT)
    async with qmi_device(host) as device:
        host.break_now()
        await trio.testing.wait_all_tasks_blocked()
    assert isinstance(device.failure, DeviceGone)
    await modem.aclose()


async def test_anomalies_beyond_a_number_are_counted_only():
    host, modem = memory_pair(PORT)
    async with qmi_device(host) as device:
        for _ in range(250):
            await modem.deliver(Garbage(b"\xff"))
        await trio.testing.wait_all_tasks_blocked()
        assert len(device.observed.anomalies) == 200
        assert device.observed.counts["garbage"] == 250
    await modem.aclose()


async def test_the_evidence_goes_where_the_caller_wants_it():
    from qmiprobe.device import Observed

    observed = Observed()
    host, modem = memory_pair(PORT)
    async with qmi_device(host, observed=observed):
        await modem.deliver(Garbage(b"\xff"))
        await trio.testing.wait_all_tasks_blocked()
    assert observed.counts == {"garbage": 1}
    await modem.aclose()


async def test_one_request_to_ctl_and_four_to_services_run_at_a_time():
    async with scripted_qmi() as (port, modem):
        modem.script(ctl.GetVersionInfo, After(1, ctl.GetVersionInfoResponse(service_list=[])))
        modem.script(dms.GetModel, After(1, MODEL))
        async with qmi_device(port) as device, device.client("dms") as client:
            begin = trio.current_time()
            async with trio.open_nursery() as nursery:
                for _ in range(8):
                    nursery.start_soon(client.call, dms.GetModel())
                for _ in range(3):
                    nursery.start_soon(device.call, ctl.GetVersionInfo())
            assert trio.current_time() - begin == 3
            assert modem.most_under_way == {0: 1, 2: 4}
            assert modem.count(dms.GetModel) == 8


async def test_answers_out_of_order_go_to_whom_they_belong():
    async with scripted_qmi() as (port, modem):
        delays = [0.4, 0.3, 0.2, 0.1]
        modem.script(
            dms.GetModel,
            *(After(delay, dms.GetModelResponse(model=str(delay))) for delay in delays),
        )
        got: list[str] = []

        async def ask(client: QmiClient) -> None:
            got.append((await client.call(dms.GetModel())).model)

        async with (
            qmi_device(port) as device,
            device.client("dms") as client,
            trio.open_nursery() as nursery,
        ):
            for _ in delays:
                nursery.start_soon(ask, client)
        assert got == ["0.1", "0.2", "0.3", "0.4"]


async def test_a_dead_port_wakes_all_who_wait_at_once():
    async with scripted_qmi() as (port, modem):
        modem.script(dms.GetModel, Silent())
        errors: list[BaseException] = []
        async with qmi_device(port) as device, device.client("dms") as client:

            async def ask() -> None:
                try:
                    await client.call(dms.GetModel(), timeout=600)
                except DeviceGone as error:
                    errors.append(error)

            begin = trio.current_time()
            async with trio.open_nursery() as nursery:
                for _ in range(7):  # three of them wait for their turn
                    nursery.start_soon(ask)
                await trio.sleep(1)
                port.break_now()
            assert trio.current_time() - begin == 1
            assert len(errors) == 7
            with pytest.raises(DeviceGone, match="unplugged"):
                await client.call(dms.GetModel())
        assert trio.current_time() - begin == 1


async def test_after_the_block_calls_fail_at_once():
    host, modem = memory_pair(PORT)
    async with qmi_device(host) as device:
        pass
    with pytest.raises(TransportError, match="closed here"):
        await device.call(ctl.GetVersionInfo())
    await modem.aclose()


async def test_a_call_under_way_elsewhere_ends_with_the_block():
    async with scripted_qmi() as (port, modem):
        modem.script(ctl.GetVersionInfo, Silent())
        failed: list[Exception] = []

        async def ask(device: QmiDevice) -> None:
            try:
                await device.call(ctl.GetVersionInfo(), timeout=600)
            except TransportError as error:
                failed.append(error)

        begin = trio.current_time()
        async with trio.open_nursery() as nursery, qmi_device(port) as device:
            nursery.start_soon(ask, device)
            await trio.sleep(1)
        assert len(failed) == 1
        assert trio.current_time() - begin == 1


async def test_an_unknown_service_is_named():
    host, modem = memory_pair(PORT)
    async with qmi_device(host) as device:
        with pytest.raises(EncodeError, match=r"'wsd' is no Service; one of: .*wds"):
            async with device.client("wsd"):
                pass
    await modem.aclose()


async def test_a_message_that_is_not_defined_can_be_sent_as_bytes():
    async with opened_qmi() as (device, modem):
        modem.script(ctl.GetVersionInfo, Error.NOT_SUPPORTED)
        answer = await device.exchange_raw(service=0, client=0, message_id=0x21, tlvs=b"")
        assert answer.result is not None
        assert answer.result.error == Error.NOT_SUPPORTED
