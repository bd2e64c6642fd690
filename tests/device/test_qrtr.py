# SPDX-License-Identifier: GPL-2.0-or-later
"""The QMI device works on a QRTR node as on any port: a socket for each client."""

from __future__ import annotations

import errno

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from qmiprobe.device import qmi_device
from qmiprobe.errors import (
    QmiError,
    TransportError,
)
from qmiprobe.qmi.services import ctl, dms
from qmiprobe.qmi.services._shared import Error, Service
from qmiprobe.transport._qrtr import QrtrAddress
from tests.device.fake_qrtr import DMS, MODEM, NAS, WIDE, a_modem, call_model, model, opened

pytestmark = pytest.mark.autojump


async def test_a_call_goes_to_the_service_and_its_answer_comes_back():
    network, served = a_modem()
    async with opened(network) as port, qmi_device(port) as device:
        assert await call_model(device) == "QRTR1"
        assert device.observed.anomalies == []
    ((server, data, _),) = network.got
    assert server == served
    assert data == bytes.fromhex("00 0100 2200 0000")


async def test_a_client_is_a_socket_and_goes_back_with_it():
    network, _ = a_modem()
    async with opened(network) as port, qmi_device(port) as device:
        before = set(network.sockets)
        async with device.client("dms") as one, device.client("dms") as two:
            assert (one.cid, two.cid) == (1, 2)
            ours = set(network.sockets) - before
            assert len(ours) == 2
            assert device.held == {(DMS, 1), (DMS, 2)}
        assert set(network.left) == ours
        assert device.held == set()
        assert device.observed.anomalies == []


async def test_two_clients_get_their_own_answers():
    network, served = a_modem()
    async with opened(network) as port, qmi_device(port) as device:
        async with device.client("dms") as one, device.client("dms") as two:
            network.replies[served.address] = lambda message: None
            async with trio.open_nursery() as nursery:
                for client in (one, two):
                    nursery.start_soon(client.call, dms.GetModel())
                await wait_all_tasks_blocked()
                # Answered in the wrong order, with equal transactions.
                network.replies[served.address] = model
                for _, data, source in reversed(network.got[:]):
                    network.carry(data, source, served.address)
        assert device.observed.anomalies == []


async def test_versions_come_from_the_list_without_asking_the_modem():
    network, _ = a_modem()
    network.serve(NAS, instance=0x0005)
    async with opened(network) as port, qmi_device(port) as device:
        answer = await device.call(ctl.GetVersionInfo())
        listed = [(int(one.service_), one.major_version) for one in answer.service_list]
        assert listed == [(DMS, 1), (NAS, 25)]
        assert [one.service for one in port.services] == [DMS, NAS, NAS, WIDE]
    assert network.got == []


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (ctl.Sync(), Error.NOT_SUPPORTED),
        (ctl.SetInstanceId(id_=1), Error.NOT_SUPPORTED),
        (ctl.SetDataFormat(format=ctl.DataFormat.ABSENT), Error.NOT_SUPPORTED),
        (ctl.AllocateCid(service_=Service(0x0B)), Error.INVALID_SERVICE_TYPE),
        (ctl.AllocateCid(service_=Service(0)), Error.INVALID_SERVICE_TYPE),
        (
            ctl.ReleaseCid(release_info=ctl.Client(service_=Service(DMS), cid=7)),
            Error.INVALID_CLIENT_ID,
        ),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, Error) else str(value),
)
async def test_what_no_socket_can_do_is_refused(body: ctl.Sync, error: Error):
    network, _ = a_modem()
    async with opened(network) as port, qmi_device(port) as device:
        with pytest.raises(QmiError) as caught:
            await device.call(body)
        assert caught.value.error == error
    assert network.got == []


async def test_unknown_messages_to_ctl_are_refused_and_those_without_argument():
    network, _ = a_modem()
    async with opened(network) as port, qmi_device(port) as device:
        refusals = [
            (0x7777, Error.NOT_SUPPORTED),
            (0x0022, Error.MISSING_ARGUMENT),
            (0x0023, Error.MISSING_ARGUMENT),
        ]
        for number, error in refusals:
            answer = await device.exchange_raw(service=0, client=0, message_id=number, tlvs=b"")
            assert answer.result is not None
            assert answer.result.error == error


async def test_a_request_of_a_client_that_was_not_given_out_is_refused():
    network, _ = a_modem()
    async with opened(network) as port, qmi_device(port) as device:
        answer = await device.exchange(dms.GetModel(), client=9)
        assert answer.result is not None
        assert answer.result.error == Error.INVALID_CLIENT_ID
    assert network.got == []


async def test_client_ids_end_at_254():
    network, _ = a_modem()
    async with opened(network) as port, qmi_device(port) as device:
        body = ctl.AllocateCid(service_=Service(DMS))
        for number in range(1, 255):
            assert (await device.call(body)).allocation_info.cid == number
        with pytest.raises(QmiError) as caught:
            await device.call(body)
        assert caught.value.error == Error.CLIENT_IDS_EXHAUSTED


async def test_a_client_that_gets_no_socket_fails_and_takes_no_id():
    network, _ = a_modem()
    async with opened(network) as port, qmi_device(port) as device:
        network.open_error = errno.EMFILE
        with pytest.raises(TransportError, match="EMFILE"):
            async with device.client("dms"):
                pytest.fail("there is no socket")
        network.open_error = 0
        async with device.client("dms") as client:
            assert client.cid == 1


async def test_an_indication_reaches_subscribers_with_its_client():
    network, served = a_modem()
    async with opened(network) as port, qmi_device(port) as device, device.client("dms") as client:
        await client.call(dms.GetModel())
        source = network.got[-1][2]
        with device.subscribe() as indications:
            network.indicate(served, dms.EventReportIndication(), source)
            message = await anext(aiter(indications))
        assert isinstance(message.body, dms.EventReportIndication)
        assert (message.header.service, message.header.client) == (DMS, client.cid)
        assert message.header.from_service


async def test_strangers_and_scraps_are_kept_as_evidence():
    network, served = a_modem()
    async with opened(network) as port, qmi_device(port) as device, device.client("dms") as client:
        await client.call(dms.GetModel())
        own = network.sockets[network.got[-1][2]]
        own.put(bytes.fromhex("02 0100 2200 0000"), QrtrAddress(MODEM, 0x7777))
        own.put(b"\2\1\0", served.address)
        own.put(bytes(65531), served.address)
        own.put(b"", served.address)  # takes messages again: nothing to note
        (lookup,) = network.lookups
        network.sockets[lookup].put(b"?", QrtrAddress(MODEM, 5))
        await wait_all_tasks_blocked()
        found = device.observed.anomalies
        assert {one.kind for one in found} == {"garbage"}
        assert sorted(len(one.raw) for one in found) == [1, 3, 7, 65531]
        assert (await client.call(dms.GetModel())).model == "QRTR1"


async def test_a_service_that_takes_no_messages_holds_up_others_for_a_second_at_most():
    network, served = a_modem()
    network.stuck.add(served.address)
    nas = next(one for one in network.servers if one.service == NAS)
    network.replies[nas.address] = lambda message: Error.NOT_SUPPORTED
    async with opened(network) as port, qmi_device(port) as device:
        async with trio.open_nursery() as nursery:

            async def ask_stuck() -> None:
                with pytest.raises(TransportError, match="service 0x2 did not take this message"):
                    await call_model(device)

            nursery.start_soon(ask_stuck)
            await wait_all_tasks_blocked()
            begin = trio.current_time()
            answer = await device.call(ctl.GetVersionInfo())
            assert len(answer.service_list) == 2
            assert trio.current_time() - begin <= 1
        assert device.held == set()


async def test_what_is_no_frame_is_not_sent():
    network, _ = a_modem()
    async with opened(network) as port:
        for message in (b"", b"\1", bytes(13), bytes.fromhex("010c00000201000000000000")):
            with pytest.raises(TransportError, match="nothing was sent"):
                await port.send(message)
        with pytest.raises(TransportError, match="nothing was sent: this is no QMI request"):
            await port.send(bytes.fromhex("010b00000000010121000000"))
    assert network.got == []


async def test_a_cancelled_receive_loses_nothing():
    network, served = a_modem()
    async with opened(network) as port:
        await port.send(bytes.fromhex("010f0000000000012200040001010002"))
        await port.receive()
        await port.send(bytes.fromhex("010c00000201000100220000") + b"\0")
        source = network.got[-1][2]
        with trio.CancelScope() as scope:
            scope.cancel()
            await port.receive()
        frame = await port.receive()
        assert frame.data[:6] == bytes((1, *frame.data[1:3], 0x80, DMS, 1))
        with trio.move_on_after(1):
            await port.receive()
        network.indicate(served, dms.EventReportIndication(), source)
        assert (await port.receive()).data[6] == 4


async def test_services_above_255_have_frames_of_their_own():
    network, _ = a_modem()
    wide = next(one for one in network.servers if one.service == WIDE)
    async with opened(network) as port:
        await port.send(bytes.fromhex("0110000000000001 22ff 0500 01 0200 9001"))
        answer = (await port.receive()).data
        assert answer[-6:] == bytes.fromhex("01 0300 9001 01")
        sdu = bytes.fromhex("00 0100 2000 0000")
        await port.send(bytes.fromhex("020c00 9001 01") + sdu)
        ((server, data, source),) = network.got
        assert (server, data) == (wide, sdu)
        network.sockets[source].put(b"\2" + sdu[1:], wide.address)
        assert (await port.receive()).data == bytes.fromhex("020c00 9001 01 02") + sdu[1:]
        with pytest.raises(TransportError, match="0x190 was not given out"):
            await port.send(bytes.fromhex("020c00 9001 02") + sdu)
        await port.send(bytes.fromhex("0111000000000002 23ff 0600 01 0300 9001 01"))
        assert (await port.receive()).data[-6:] == bytes.fromhex("01 0300 9001 01")
        assert network.left == [source]


async def test_a_service_above_255_that_stops_closes_its_clients():
    network, _ = a_modem()
    wide = next(one for one in network.servers if one.service == WIDE)
    async with opened(network) as port, qmi_device(port) as device:
        info = await device.call(ctl.InternalAllocateCidQrtr(service_=Service(WIDE)))
        assert info.allocation_info.cid == 1
        network.stop(wide)
        await wait_all_tasks_blocked()
        assert len(network.left) == 1
        assert device.observed.anomalies == []
