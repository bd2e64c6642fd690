# SPDX-License-Identifier: GPL-2.0-or-later
"""Opening, typed calls and closing in MBIM: what they return, raise, and leave behind."""

from __future__ import annotations

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from qmiprobe.device import MbimDevice, Observed, mbim_device
from qmiprobe.errors import (
    DecodeError,
    DeviceGone,
    MbimError,
    NoAnswer,
    TransportError,
)
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim._connection import MbimConnection
from qmiprobe.mbim._header import Packet, build
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import ContextType, ProtocolError, Status
from qmiprobe.transport import MemoryTransport
from tests.device.scripted import (
    After,
    Silent,
    opened_mbim,
    scripted_mbim,
)
from tests.mbim.pair import answer_with

pytestmark = pytest.mark.autojump
ON = bc.RadioSwitchState.ON
RADIO = bc.RadioStateResponse(hw_radio_state=ON, sw_radio_state=ON)
LONG = "internet.with-a-rather-long-name.example.com"


async def _open(port: MemoryTransport, **options: float) -> None:
    async with mbim_device(port, **options):  # type: ignore[arg-type]
        pytest.fail("it is not open")


async def test_a_function_is_opened_used_and_closed():
    async with scripted_mbim() as (port, modem):
        async with mbim_device(port) as device:
            modem.script(bc.RadioStateQuery, RADIO)
            assert (await device.call(bc.RadioStateQuery())).sw_radio_state == ON
            assert device.connection.is_open
        assert modem.asked[0] == "open"
        assert modem.asked[-1] == "close"
        assert not device.left_open
        assert device.observed.anomalies == []


async def test_a_command_that_is_not_defined_can_be_sent_as_bytes():
    async with opened_mbim() as (device, modem):
        modem.script(bc.RadioStateQuery, RADIO)
        answer = await device.exchange_raw(
            service=bc.RadioStateQuery.service, cid=3, is_set=False, buffer=b""
        )
        assert answer.body == RADIO
        modem.script(bc.RadioStateQuery, Silent())
        with pytest.raises(NoAnswer, match="no answer to command 3 of a289cc33-"):
            await device.exchange_raw(
                service=bc.RadioStateQuery.service, cid=3, is_set=False, buffer=b"", timeout=1
            )


async def test_it_can_be_closed_and_opened_again():
    async with opened_mbim() as (device, modem):
        assert (await device.close()).status == Status.NONE
        assert not device.connection.is_open
        assert (await device.open()).status == Status.NONE
        assert device.connection.is_open
    assert modem.count("open") == modem.count("close") == 2


async def test_a_status_is_an_error_of_a_call_and_an_answer_of_an_exchange():
    async with opened_mbim() as (device, modem):
        modem.script(bc.RadioStateQuery, Status.SIM_NOT_INSERTED)
        text = r"basic-connect radio-state: MBIM status sim-not-inserted \(3\)"
        with pytest.raises(MbimError, match=text) as got:
            await device.call(bc.RadioStateQuery())
        assert got.value.error == Status.SIM_NOT_INSERTED
        answer = await device.exchange(bc.RadioStateQuery())
        assert answer.status == Status.SIM_NOT_INSERTED


async def test_a_success_without_the_buffer_that_it_must_have_is_a_decode_error():
    async with opened_mbim() as (device, modem):
        modem.script(bc.RadioStateQuery, Status.NONE)
        with pytest.raises(DecodeError):
            await device.call(bc.RadioStateQuery())


async def test_no_answer_names_port_and_command():
    async with opened_mbim() as (device, modem):
        modem.script(bc.RadioStateQuery, Silent(), RADIO)
        with pytest.raises(NoAnswer, match="memory:modem: no answer to basic-connect radio-state"):
            await device.call(bc.RadioStateQuery(), timeout=2)
        assert (await device.call(bc.RadioStateQuery())).hw_radio_state == ON


async def test_open_that_is_not_answered_ends_in_time_and_sends_no_close():
    async with scripted_mbim() as (port, modem):
        modem.script("open", Silent())
        observed = Observed()
        begin = trio.current_time()
        with pytest.raises(NoAnswer, match="no answer to OPEN within 3 s"):
            async with mbim_device(port, timeout=3, observed=observed):
                pytest.fail("it is not open")
        assert trio.current_time() - begin == 3
        assert modem.asked == ["open"]


async def test_open_that_is_refused_with_a_status_is_an_error():
    async with scripted_mbim() as (port, modem):
        modem.script("open", Status.FAILURE)
        with pytest.raises(MbimError, match=r"OPEN: MBIM status failure \(2\)"):
            await _open(port)
        assert modem.asked == ["open"]


async def test_a_wrong_open_done_is_kept_also_where_open_fails():
    async with scripted_mbim() as (port, modem):
        modem.script("open", build(Packet(kind="open-done", transaction=77)))
        observed = Observed()
        with pytest.raises(NoAnswer):
            async with mbim_device(port, timeout=1, observed=observed):
                pytest.fail("it is not open")
        assert observed.counts == {"wrong-transaction": 1}


@pytest.mark.parametrize(("number", "kind"), [(1, "wrong-message"), (9, "stale")])
async def test_a_close_done_of_before_does_not_answer_open(number: int, kind: str):
    async with scripted_mbim() as (port, modem):
        await modem.port.send(build(Packet(kind="close-done", transaction=number)))
        async with mbim_device(port) as device:
            assert device.connection.is_open
        assert device.observed.counts == {kind: 1}


@pytest.mark.parametrize(
    ("max_command", "asked"), [(None, 4096), (512, 512), (16384, 4096), (64, 64)]
)
async def test_open_asks_for_what_a_write_can_carry(max_command: int | None, asked: int):
    async with scripted_mbim(max_command=max_command) as (port, modem), mbim_device(port):
        assert modem.connection.max_control_transfer == asked


async def test_long_commands_and_answers_pass_in_fragments_of_64_bytes():
    async with scripted_mbim(max_command=64) as (port, modem):
        context = bc.ProvisionedContextElement.blank(
            context_id=1, context_type=ContextType.INTERNET, access_string=LONG
        )
        contexts = bc.ProvisionedContextsResponse(provisioned_contexts=[context])
        modem.script(bc.ProvisionedContextsQuery, contexts)
        modem.script(bc.ConnectSet, lambda _: modem.state(0))
        async with mbim_device(port) as device:
            got = await device.call(bc.ProvisionedContextsQuery())
            assert got.provisioned_contexts[0].access_string == LONG
            body = bc.ConnectSet.blank(access_string=LONG, user_name="u" * 100)
            await device.call(body)
            assert modem.bodies(bc.ConnectSet) == [body]
        assert device.observed.anomalies == []


class Slow:
    """A port that lets others run between any two messages it takes."""

    def __init__(self, inner: MemoryTransport) -> None:
        self.inner = inner
        self.name = inner.name
        self.max_command = inner.max_command
        self.sent: list[bytes] = []
        self.receivers = 0

    async def send(self, message: bytes) -> None:
        await trio.sleep(0.01)
        self.sent.append(message)
        await self.inner.send(message)

    async def receive(self) -> object:
        self.receivers += 1
        assert self.receivers == 1, "there is one reader"
        try:
            return await self.inner.receive()
        finally:
            self.receivers -= 1

    async def aclose(self) -> None:
        await self.inner.aclose()


async def test_fragments_of_two_commands_never_mix():
    async with scripted_mbim(max_command=64) as (port, modem):
        modem.script(bc.ConnectSet, lambda _: modem.state(0))
        slow = Slow(port)
        async with mbim_device(slow) as device, trio.open_nursery() as nursery:  # type: ignore[arg-type]
            for number in range(6):
                body = bc.ConnectSet.blank(session_id=number, access_string=LONG)
                nursery.start_soon(device.call, body)
        numbers = [message[8:12] for message in slow.sent]
        runs = [number for i, number in enumerate(numbers) if numbers[i - 1 : i] != [number]]
        assert len(runs) == len(set(runs))
        assert modem.count(bc.ConnectSet) == 6


async def test_a_command_that_was_begun_is_sent_whole_though_its_caller_is_cancelled():
    async with scripted_mbim(max_command=64) as (port, modem):
        modem.script(bc.ConnectSet, lambda _: modem.state(0))
        async with mbim_device(Slow(port)) as device:  # type: ignore[arg-type]
            with trio.move_on_after(0.015) as scope:
                await device.call(bc.ConnectSet.blank(access_string=LONG))
            assert scope.cancelled_caught
            await trio.sleep(1)
            assert modem.count(bc.ConnectSet) == 1
            assert [one.kind for one in device.observed.anomalies] == ["late"]


async def test_a_port_that_stops_amid_a_message_is_said_to_have_taken_a_part():
    async with scripted_mbim(max_command=64) as (port, _modem):
        slow = Slow(port)
        async with mbim_device(slow) as device:  # type: ignore[arg-type]
            begun = len(slow.sent)

            async def send_one(message: bytes) -> None:
                if len(slow.sent) > begun:
                    await trio.sleep_forever()
                slow.sent.append(message)

            slow.send = send_one  # type: ignore[method-assign]
            with pytest.raises(TransportError, match="only a part of a message of 4 fragments"):
                await device.call(bc.ConnectSet.blank(access_string=LONG), timeout=60)
            assert trio.current_time() < 3


async def test_a_spoilt_answer_ends_its_call_when_the_next_one_begins():
    async with opened_mbim() as (device, modem):
        connection = MbimConnection(modem.connection.role, max_control_transfer=64)
        context = bc.ProvisionedContextElement.blank(context_id=1, access_string=LONG)
        body = bc.ProvisionedContextsResponse(provisioned_contexts=[context])

        def torso(message: MbimMessage) -> bytes:
            return connection.answer(message, body)[0]

        modem.script(bc.ProvisionedContextsQuery, torso)
        modem.script(bc.RadioStateQuery, After(1, RADIO))
        begin = trio.current_time()

        async def ask_contexts() -> None:
            with pytest.raises(DecodeError, match="lacks fragments"):
                await device.call(bc.ProvisionedContextsQuery(), timeout=60)

        async with trio.open_nursery() as nursery:
            nursery.start_soon(ask_contexts)
            await device.call(bc.RadioStateQuery())
        assert trio.current_time() - begin == 1


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"transaction": 99}, "wrong-transaction"),
        ({"cid": 1}, "wrong-message"),
        ({"service": bytes(16)}, "wrong-service"),
    ],
)
async def test_a_wrong_answer_is_kept_and_the_right_one_is_waited_for(
    change: dict[str, object], kind: str
):
    async with opened_mbim() as (device, modem):
        async with trio.open_nursery() as nursery:

            def react(message: MbimMessage) -> object:
                nursery.start_soon(modem.port.send, answer_with(message, **change))
                return After(1, RADIO)

            modem.script(bc.RadioStateQuery, react)
            assert (await device.call(bc.RadioStateQuery())).hw_radio_state == ON
        assert device.observed.counts == {kind: 1}


async def test_a_function_error_about_nothing_is_kept():
    async with opened_mbim() as (device, modem):
        await modem.port.send(modem.connection.function_error(999, ProtocolError.UNKNOWN))
        await wait_all_tasks_blocked()
        (anomaly,) = device.observed.anomalies
        assert anomaly.kind == "stale"
        assert "FUNCTION_ERROR unknown" in anomaly.text


async def test_four_commands_run_at_a_time():
    async with opened_mbim() as (device, modem):
        modem.script(bc.RadioStateQuery, After(1, RADIO))
        begin = trio.current_time()
        async with trio.open_nursery() as nursery:
            for _ in range(8):
                nursery.start_soon(device.call, bc.RadioStateQuery())
        assert trio.current_time() - begin == 2
        assert modem.most_under_way == {0: 4}


async def test_notifications_go_to_subscriptions():
    async with opened_mbim() as (device, modem):
        with device.subscribe() as notifications:
            note = bc.RadioStateNotification(hw_radio_state=ON, sw_radio_state=ON)
            for data in modem.connection.notify(note):
                await modem.port.send(data)
            got = await anext(notifications)
        assert got.body == note


async def test_a_dead_port_wakes_all_who_wait_and_leaves_at_once():
    async with scripted_mbim() as (port, modem):
        modem.script(bc.RadioStateQuery, Silent())
        gone = []

        async def ask(device: MbimDevice) -> None:
            try:
                await device.call(bc.RadioStateQuery(), timeout=600)
            except DeviceGone as error:
                gone.append(error)

        begin = trio.current_time()
        async with mbim_device(port) as device, trio.open_nursery() as nursery:
            for _ in range(6):
                nursery.start_soon(ask, device)
            await trio.sleep(1)
            port.break_now()
        assert len(gone) == 6
        assert trio.current_time() - begin == 1


async def test_a_command_longer_than_the_port_takes_is_refused_by_the_port_alone():
    async with scripted_mbim(max_command=64) as (port, modem), mbim_device(port) as device:
        port.max_command = 50
        with pytest.raises(TransportError, match="was not sent"):
            await device.call(bc.ConnectSet.blank(access_string=LONG))
        port.max_command = 64
        modem.script(bc.RadioStateQuery, RADIO)
        await device.call(bc.RadioStateQuery())
