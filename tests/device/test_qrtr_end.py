# SPDX-License-Identifier: GPL-2.0-or-later
"""QRTR nodes that are not there, services and nodes that leave, a name server started anew."""

from __future__ import annotations

import errno

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from qmiprobe.device import qmi_device
from qmiprobe.device._qrtr import open_qrtr
from qmiprobe.errors import DeviceGone, DeviceReset, PortMissing, QmiError, TransportError
from qmiprobe.qmi.services import dms
from qmiprobe.qmi.services._shared import Error
from tests.device.fake_qrtr import (
    DMS,
    HERE,
    MODEM,
    NAS,
    FakeNetwork,
    a_modem,
    call_model,
    opened,
)

pytestmark = pytest.mark.autojump


async def test_opening_without_qrtr_says_so():
    network = FakeNetwork()
    network.open_error = errno.EAFNOSUPPORT
    with pytest.raises(PortMissing, match="modprobe qrtr"):
        await open_qrtr(MODEM, system=network)


async def test_opening_without_a_name_server_says_so():
    network, _ = a_modem()
    network.name_server = False
    with pytest.raises(PortMissing, match="qrtr-ns"):
        await open_qrtr(MODEM, system=network)
    assert network.sockets == {}


async def test_opening_waits_for_the_name_server_in_bounded_time():
    network, _ = a_modem()
    network.answers_lookups = False
    begin = trio.current_time()
    with pytest.raises(PortMissing, match="does not answer within 2 s"):
        await open_qrtr(MODEM, system=network, timeout=2)
    assert trio.current_time() - begin == pytest.approx(2)
    assert network.sockets == {}


async def test_opening_a_node_that_is_not_there_names_those_that_are():
    network, _ = a_modem()
    with pytest.raises(PortMissing, match=r"^qrtr:7: .*nodes with services: 0, 1, 3$"):
        await open_qrtr(7, system=network)
    assert network.sockets == {}


async def test_a_closed_port_stays_closed():
    network, _ = a_modem()
    port = await open_qrtr(MODEM, system=network)
    async with trio.open_nursery() as nursery:

        async def receive() -> None:
            with pytest.raises(DeviceGone, match="closed by this program"):
                await port.receive()

        nursery.start_soon(receive)
        await wait_all_tasks_blocked()
        await port.aclose()
        await port.aclose()
    with pytest.raises(DeviceGone):
        await port.send(bytes.fromhex("010b00000000000121000000"))
    assert network.sockets == {}


async def test_a_service_that_stops_revokes_its_clients_only():
    network, served = a_modem()
    async with opened(network) as port, qmi_device(port) as device:
        async with device.client("dms") as one, device.client("nas") as other:
            network.stop(served)
            await wait_all_tasks_blocked()
            assert device.held == {(NAS, other.cid)}
            with pytest.raises(DeviceReset, match="not ours any more"):
                await one.call(dms.GetModel())
            with pytest.raises(QmiError) as caught:
                await call_model(device)
            assert caught.value.error == Error.INVALID_SERVICE_TYPE
        assert [one.kind for one in device.observed.anomalies] == ["client-revoked"]


async def test_a_service_that_starts_later_can_be_used():
    network, _ = a_modem()
    async with opened(network) as port, qmi_device(port) as device:
        with pytest.raises(QmiError):
            async with device.client("wds"):
                pytest.fail("it does not run yet")
        network.serve(1)
        await wait_all_tasks_blocked()
        async with device.client("wds") as client:
            assert client.cid == 1


@pytest.mark.parametrize("bye", [False, True])
async def test_a_node_that_leaves_ends_the_port(bye: bool):
    network, served = a_modem()
    network.replies[served.address] = lambda message: None
    async with opened(network) as port, qmi_device(port) as device:
        begin = trio.current_time()
        async with trio.open_nursery() as nursery:

            async def ask() -> None:
                with pytest.raises(DeviceGone, match="left the QRTR network"):
                    await call_model(device)

            nursery.start_soon(ask)
            await wait_all_tasks_blocked()
            network.leave_node(MODEM, bye=bye)
        assert trio.current_time() == begin
        assert network.sockets == {}
        network.serve(DMS)
        with pytest.raises(DeviceGone):
            await port.receive()


async def test_sending_to_a_node_that_left_unnoticed_ends_the_port():
    network, _ = a_modem()
    async with opened(network) as port, qmi_device(port) as device, device.client("dms") as client:
        for server in [one for one in network.servers if one.address.node == MODEM]:
            network.stop(server, quietly=True)
        with pytest.raises(DeviceGone, match="left the QRTR network"):
            await client.call(dms.GetModel())
        await wait_all_tasks_blocked()
        assert isinstance(device.failure, DeviceGone)


async def test_sending_to_a_local_service_that_stopped_unnoticed_is_not_the_end():
    network = FakeNetwork()
    served, _ = network.serve(DMS, node=HERE), network.serve(NAS, node=HERE)
    async with opened(network, HERE) as port, qmi_device(port) as device:
        async with device.client("dms") as client:
            network.stop(served, quietly=True)
            with pytest.raises(DeviceReset, match="has stopped"):
                await client.call(dms.GetModel())
        assert device.failure is None


async def test_a_new_name_server_is_asked_again_and_clients_live_on():
    network, served = a_modem()
    async with opened(network) as port, qmi_device(port) as device, device.client("dms") as client:
        network.servers.remove(served)  # not known to the new one yet
        network.restart_name_server()
        await wait_all_tasks_blocked()
        network.servers.append(served)
        assert len(network.lookups) == 1
        assert (await client.call(dms.GetModel())).model == "QRTR1"
        assert [one.kind for one in device.observed.anomalies] == ["reset"]
        network.stop(served)
        await wait_all_tasks_blocked()
        assert device.held == set()


async def test_without_a_new_name_server_clients_live_on():
    network, _ = a_modem()
    async with opened(network) as port:
        network.name_server = False
        network.restart_name_server()
        with pytest.raises(PortMissing, match="cannot be asked"):
            await port.receive()
        await port.send(bytes.fromhex("010b00000000000121000000"))
        assert (await port.receive()).data[3] == 0x80


async def test_a_name_server_that_starts_while_it_is_asked_is_asked_again():
    network, _ = a_modem()
    network.answers_lookups = False
    async with trio.open_nursery() as nursery:

        async def use() -> None:
            async with opened(network) as port:
                assert len(port.services) == 3

        nursery.start_soon(use)
        await wait_all_tasks_blocked()
        network.answers_lookups = True
        network.restart_name_server()


async def test_a_send_that_meets_the_restart_is_done_again():
    network, served = a_modem()
    async with opened(network) as port, qmi_device(port) as device:
        async with device.client("dms") as client:
            await client.call(dms.GetModel())
            own = network.sockets[network.got[-1][2]]
            own.send_errors.append(errno.ENETRESET)
            assert (await client.call(dms.GetModel())).model == "QRTR1"
        assert len(network.got) == 2
        assert served in network.servers


async def test_a_failed_read_is_told_once():
    network, _ = a_modem()
    async with opened(network) as port:
        (lookup,) = network.lookups
        network.sockets[lookup].errors.append(errno.ENOMEM)
        with pytest.raises(TransportError, match="reading failed"):
            await port.receive()
        await port.send(bytes.fromhex("010b00000000000121000000"))
        assert (await port.receive()).data[3] == 0x80
