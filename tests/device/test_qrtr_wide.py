# SPDX-License-Identifier: GPL-2.0-or-later
"""Services above 255, which exist on QRTR only: the same messages in frames of their own."""

from __future__ import annotations

from typing import cast

import pytest
from trio.testing import wait_all_tasks_blocked

from qmiprobe._message import Request, Response, member
from qmiprobe._types import Int
from qmiprobe.device import qmi_device
from qmiprobe.errors import DecodeError, QmiError, TransportError
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi._sdu import Header, build
from qmiprobe.transport._qrtr import QrtrAddress
from tests.device.fake_qrtr import WIDE, FakeNetwork, Server, a_modem, opened

pytestmark = pytest.mark.autojump


class AskResponse(Response):
    """The answer to :class:`Ask`."""

    service, service_name, id, message = WIDE, "ssc", 0x20, "ask"


class Ask(Request[AskResponse]):
    """A question that no definition has."""

    service, service_name, id, message = WIDE, "ssc", 0x20, "ask"
    response = AskResponse
    number: int = member(Int(4), tlv=0x01)


def modem(*, error: int = 0) -> tuple[FakeNetwork, Server]:
    """A network whose wide service answers each message with its result."""
    network, _ = a_modem()
    server = next(one for one in network.servers if one.service == WIDE)

    def answer(got: Server, data: bytes, source: QrtrAddress) -> None:
        transaction, message = data[1:3], data[3:5]
        result = bytes((2, 4, 0, bool(error), 0, error, 0))
        size = len(result).to_bytes(2, "little")
        sdu = b"\x02" + transaction + message + size + result
        network.sockets[source].put(sdu, got.address)

    network._answer = answer  # type: ignore[method-assign, assignment]
    return network, server


async def ask(network: FakeNetwork) -> QmiMessage:
    async with opened(network) as port, qmi_device(port) as device, device.client("ssc") as client:
        return await client.exchange(cast("Request[Response]", Ask(number=7)))


async def test_a_typed_call_goes_out_as_its_sdu_and_the_answer_comes_back():
    network, server = modem()
    answer = await ask(network)
    ((got, data, source),) = network.got
    assert got == server
    assert data == bytes.fromhex("00 0100 2000 0700 01 0400 07000000")
    assert (answer.header.service, answer.header.client) == (WIDE, 1)
    assert answer.result is not None
    assert answer.result.ok
    assert network.left[0] == source  # the client was given back


async def test_a_refusal_is_one():
    network, _ = modem(error=3)
    async with opened(network) as port, qmi_device(port) as device, device.client("ssc") as client:
        with pytest.raises(QmiError, match="ssc ask: QMI error"):
            await client.call(cast("Request[Response]", Ask(number=7)))


async def test_an_indication_of_a_wide_service_is_for_its_client():
    network, server = modem()
    async with opened(network) as port, qmi_device(port) as device, device.client("ssc") as client:
        await client.exchange(cast("Request[Response]", Ask(number=7)))
        source = network.got[0][2]
        with device.subscribe() as news:
            header = Header(WIDE, 1, 0, 0x21, "indication", True)
            network.sockets[source].put(build(header, b"")[6:], server.address)
            message = await news.__anext__()
        assert message.header.message_id == 0x21
        assert client.concerns(message)
        assert device.observed.anomalies == []


async def test_an_answer_that_cannot_be_read_is_told_to_who_asked():
    network, server = modem()

    def answer(got: Server, data: bytes, source: QrtrAddress) -> None:
        network.sockets[source].put(b"\x02" + data[1:5] + bytes((9, 0, 2, 4)), server.address)

    network._answer = answer  # type: ignore[method-assign, assignment]
    async with opened(network) as port, qmi_device(port) as device, device.client("ssc") as client:
        with pytest.raises(DecodeError, match="ssc ask: TLV length says 9 bytes, there are 2"):
            await client.exchange(cast("Request[Response]", Ask(number=7)), timeout=1)


async def test_a_client_of_a_wide_service_that_stopped_says_so():
    network, server = modem()
    async with opened(network) as port, qmi_device(port) as device, device.client("ssc") as client:
        network.stop(server)
        await wait_all_tasks_blocked()
        with pytest.raises(TransportError, match="0x190 was not given out"):
            await client.exchange(cast("Request[Response]", Ask(number=7)), timeout=1)
