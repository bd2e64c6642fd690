# SPDX-License-Identifier: GPL-2.0-or-later
"""QMI inside MBIM: a QMI device works on the tunnel as on a port, and leaves MBIM as it was."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio

from qmiprobe._framing import Frame, Garbage
from qmiprobe._message import Indication
from qmiprobe.device import Observed, QmiDevice, qmi_device
from qmiprobe.device._tunnel import AS_AFTER_OPEN, TunnelTransport, open_tunnel
from qmiprobe.errors import (
    DeviceGone,
    MbimError,
    NoAnswer,
    OtherProtocol,
    QmiError,
    TransportError,
)
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services import phonebook, sms, stk, ussd
from qmiprobe.mbim.services import qmi as tunnel
from qmiprobe.mbim.services._shared import ProtocolError, Service, Status
from qmiprobe.qmi.services import ctl, dms, nas
from qmiprobe.transport import MemoryTransport
from tests.device.inside import SERVICES, Inside
from tests.device.scripted import Silent, scripted_mbim


@asynccontextmanager
async def _function(
    *, services: tuple[Service, ...] = SERVICES, max_control_transfer: int = 4096
) -> AsyncIterator[tuple[MemoryTransport, Inside]]:
    async with scripted_mbim(max_control_transfer=max_control_transfer) as (port, function):
        yield port, Inside(function, services=services)


@asynccontextmanager
async def _tunnel(
    *, max_control_transfer: int = 4096
) -> AsyncIterator[tuple[TunnelTransport, Inside]]:
    async with _function(max_control_transfer=max_control_transfer) as (port, inside):
        transport = await open_tunnel(port)
        try:
            yield transport, inside
        finally:
            await transport.aclose()


@asynccontextmanager
async def _device(
    *, max_control_transfer: int = 4096, observed: Observed | None = None
) -> AsyncIterator[tuple[QmiDevice, Inside]]:
    async with (
        _tunnel(max_control_transfer=max_control_transfer) as (transport, inside),
        qmi_device(transport, observed=observed) as device,
    ):
        yield device, inside


async def test_a_qmi_device_asks_through_it_and_gives_its_client_ids_back():
    async with _device() as (device, inside):
        async with device.client("dms") as client:
            assert (await client.call(dms.GetModel())).model == "EM7455"
            with pytest.raises(QmiError):
                await client.call(dms.GetRevision())
        assert inside.modem.held == []
        assert device.observed.anomalies == []
        assert device.transport.name == "mbim-tunnel:memory:modem"


async def test_nothing_is_said_in_qmi_by_opening():
    async with _tunnel() as (_transport, inside):
        assert inside.asked == []
        assert inside.function.asked[0] == "open"


@pytest.mark.parametrize("size", [64, 100, 512])
async def test_messages_longer_than_a_fragment_arrive_whole(size: int):
    async with _device(max_control_transfer=size) as (device, inside):
        request = ctl.InternalProxyOpen(device_path="/dev/" + 300 * "x")
        with pytest.raises(QmiError):
            await device.call(request)
        assert inside.asked == [request]


async def test_it_subscribes_to_qmi_and_puts_the_notifications_back():
    async with _tunnel() as (transport, inside):
        assert inside.subscriptions == [{Service.QMI: [1]}]
        await transport.aclose()
        assert inside.subscriptions[1:] == [
            {
                Service.BASIC_CONNECT: [2, 3, 7, 9, 10, 11, 12, 13, 15, 22, 24],
                Service.SMS: [1, 2, 5],
            }
        ]
        assert inside.function.asked[-1] == "close"


async def test_the_function_stays_open_for_a_session_that_is_not_ours():
    async with _tunnel() as (transport, inside):
        inside.function.active.add(1)
        await transport.aclose()
        assert inside.function.count("close") == 0
        assert Service.QMI not in inside.subscriptions[-1]


async def test_indications_reach_their_client():
    async with _device() as (device, inside):
        async with device.client("nas") as client:
            with device.subscribe() as indications:
                body = nas.SignalInfoIndication()
                # What the function tells of MBIM itself is no concern of a QMI client.
                for frame in inside.function.connection.notify(bc.SignalStateNotification.blank()):
                    await inside.function.port.send(frame)
                await inside.indicate(body, client.cid)
                with trio.fail_after(2):
                    message = await anext(aiter(indications))
        assert isinstance(message.body, nas.SignalInfoIndication)
        assert message.header.client == client.cid
        assert device.observed.anomalies == []


async def test_a_function_without_qmi_is_another_protocol_and_is_closed_again():
    async with _function(services=(Service.BASIC_CONNECT, Service.SMS)) as (port, inside):
        with pytest.raises(OtherProtocol, match=r"has no QMI service; it has basic-connect, sms"):
            await open_tunnel(port)
        assert inside.function.asked[-1] == "close"
        assert inside.subscriptions == []
        with pytest.raises(DeviceGone):
            await port.receive()


async def test_a_function_that_lists_qmi_and_refuses_it():
    async with _function() as (port, inside):
        inside.function.script(bc.DeviceServiceSubscribeListSet, Status.NO_DEVICE_SUPPORT)
        with pytest.raises(OtherProtocol, match="although it lists one"):
            await open_tunnel(port)
        assert inside.function.asked[-1] == "close"


async def test_qmi_messages_that_are_not_supported_end_the_port():
    async with _device() as (device, inside):
        inside.function.script(tunnel.MsgSet, Status.NO_DEVICE_SUPPORT)
        with pytest.raises(TransportError, match="has no QMI service"):
            await device.call(ctl.GetVersionInfo())


async def test_a_refusal_to_open_is_the_modems():
    async with _function() as (port, inside):
        inside.function.script("open", Status.BUSY)
        with pytest.raises(MbimError, match="busy"):
            await open_tunnel(port)
        with pytest.raises(DeviceGone):
            await port.receive()


@pytest.mark.autojump
async def test_a_silent_function_is_given_up_in_time():
    async with _function() as (port, inside):
        inside.function.script("open", Silent())
        began = trio.current_time()
        with pytest.raises(NoAnswer, match="no answer to OPEN"):
            await open_tunnel(port, timeout=3)
        assert trio.current_time() - began < 4


@pytest.mark.autojump
@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (Status.BUSY, "MBIM status busy (1) in place of a QMI answer"),
        (tunnel.MsgResponse(qmux=bytes(3)), "3 bytes that are no message"),
    ],
)
async def test_what_comes_in_place_of_an_answer_is_evidence(answer: object, text: str):
    observed = Observed()
    async with _device(observed=observed) as (device, inside):
        inside.function.script(tunnel.MsgSet, answer)
        with pytest.raises(NoAnswer):
            await device.call(ctl.GetVersionInfo(), timeout=1)
        assert any(text in one.text for one in observed.anomalies), observed.anomalies


@pytest.mark.autojump
async def test_a_damaged_mbim_message_is_evidence():
    observed = Observed()
    async with _device(observed=observed) as (_, inside):
        (frame,) = inside.function.connection.notify(tunnel.MsgNotification(qmux=bytes(12)))
        await inside.function.port.send(frame[:4] + b"\xff\0\0\0" + frame[8:])
        await trio.sleep(0.1)
        assert "an MBIM message cannot be read" in observed.anomalies[0].text


async def test_a_function_that_was_closed_by_another_program_ends_the_port():
    async with _device() as (device, inside):
        function = inside.function

        def not_opened(message: MbimMessage) -> bytes:
            number = message.packet.transaction
            return function.connection.function_error(number, ProtocolError.NOT_OPENED)

        function.script(tunnel.MsgSet, not_opened)
        with pytest.raises(TransportError, match="another program closed the function"):
            await device.call(ctl.GetVersionInfo())


async def test_padding_behind_a_message_does_no_harm():
    observed = Observed()
    async with _device(observed=observed) as (device, inside):

        def padded(message: MbimMessage) -> tunnel.MsgResponse:
            assert isinstance(message.body, tunnel.MsgSet)
            return tunnel.MsgResponse(qmux=inside.answer(message.body.qmux) + bytes(3))

        inside.function.script(tunnel.MsgSet, padded)
        async with device.client("dms") as client:
            assert (await client.call(dms.GetModel())).model == "EM7455"
        assert {one.kind for one in observed.anomalies} == {"garbage"}


async def test_unplugging_is_the_end_of_the_tunnel_too():
    async with _device() as (device, inside):
        await inside.function.port.aclose()
        with pytest.raises(DeviceGone):
            await device.call(ctl.GetVersionInfo())


async def test_closing_ends_a_receive_that_waits_and_takes_its_time_once():
    async with _tunnel() as (transport, inside):
        ended = trio.Event()

        async def receive() -> None:
            with pytest.raises(DeviceGone, match="closed by this program"):
                await transport.receive()
            ended.set()

        async with trio.open_nursery() as nursery:
            nursery.start_soon(receive)
            await trio.testing.wait_all_tasks_blocked()
            await transport.aclose()
            await ended.wait()
        await transport.aclose()
        assert inside.function.count("close") == 1
        with pytest.raises(DeviceGone):
            await transport.send(b"\1")


@pytest.mark.autojump
async def test_closing_a_tunnel_to_a_modem_that_fell_silent_is_bounded():
    async with _function() as (port, inside):
        transport = await open_tunnel(port)
        for kind in (tunnel.MsgSet, bc.DeviceServiceSubscribeListSet, bc.DeviceCapsQuery):
            inside.function.script(kind, Silent())
        inside.function.script("close", Silent())
        await transport.send(bytes.fromhex("010b00000000000121000000"))
        began = trio.current_time()
        await transport.aclose()
        assert trio.current_time() - began < 2


async def test_closing_works_where_the_caller_was_cancelled():
    async with _function() as (port, inside):
        transport = await open_tunnel(port)
        with trio.CancelScope() as scope:
            scope.cancel()
            await transport.aclose()
        assert inside.function.asked[-1] == "close"


async def test_a_cancelled_receive_loses_nothing():
    async with _tunnel() as (transport, _inside):
        with trio.move_on_after(0.02) as scope:
            await transport.receive()
        assert scope.cancelled_caught
        request = bytes.fromhex("010b00000000000121000000")
        await transport.send(request)
        with trio.fail_after(2):
            item = await transport.receive()
        assert isinstance(item, Frame)
        assert not isinstance(item, Garbage)
        assert item.data[8:10] == request[8:10]


def test_what_is_put_back_is_every_notification_of_the_first_services():
    modules = (bc, sms, ussd, phonebook, stk)
    named = {
        one.service: {
            item.id
            for item in vars(module).values()
            if isinstance(item, type) and issubclass(item, Indication) and item is not Indication
        }
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, Indication) and one is not Indication
    }
    assert {service: set(cids) for service, cids in AS_AFTER_OPEN} == named
