# SPDX-License-Identifier: GPL-2.0-or-later
"""Opening and closing a function, and the sizes that both sides agree on."""

from __future__ import annotations

import pytest

from qmiprobe._events import Role
from qmiprobe.errors import EncodeError
from qmiprobe.mbim._connection import (
    CloseDone,
    CloseReceived,
    FunctionErrorReceived,
    MbimConnection,
    OpenDone,
    OpenReceived,
)
from qmiprobe.mbim._header import Packet, build
from qmiprobe.mbim.services._shared import ProtocolError, Status
from tests.mbim.pair import ConnectionPair


def test_open_and_close_are_these_bytes():
    host = MbimConnection(Role.HOST)
    assert host.open(now=0)[1].hex() == "01000000100000000100000000100000"
    assert host.close(now=0)[1].hex() == "020000000c00000002000000"


def test_a_function_is_open_from_open_done_to_close_done():
    pair = ConnectionPair()
    assert not pair.host.is_open
    done = pair.open()
    assert done.request.kind == "open"
    assert done.message.status == Status.NONE
    assert pair.host.is_open
    assert pair.modem.is_open
    _, data = pair.host.close(now=0)
    event = pair.modem.receive(data)
    assert isinstance(event, CloseReceived)
    answer = pair.take(pair.modem.close_done(event.packet))
    assert isinstance(answer, CloseDone)
    assert not pair.host.is_open
    assert not pair.modem.is_open


def test_a_function_that_does_not_want_to_is_not_open():
    pair = ConnectionPair()
    _, data = pair.host.open(now=0)
    event = pair.modem.receive(data)
    assert isinstance(event, OpenReceived)
    done = pair.take(pair.modem.open_done(event.packet, status=Status.BUSY))
    assert isinstance(done, OpenDone)
    assert done.message.status == Status.BUSY
    assert not pair.host.is_open
    assert not pair.modem.is_open


@pytest.mark.parametrize("length", [12, 16])
def test_close_of_12_bytes_and_of_16_is_taken(length: int):
    data = build(Packet(kind="close", transaction=7))
    padded = data[:4] + length.to_bytes(4, "little") + data[8:] + bytes(length - 12)
    event = MbimConnection(Role.MODEM).receive(padded)
    assert isinstance(event, CloseReceived)
    assert event.packet.transaction == 7


def test_a_stale_close_done_does_not_answer_open_even_with_its_transaction():
    pair = ConnectionPair()
    pending, _ = pair.host.open(now=0)
    pair.refuse_to_match(build(Packet(kind="close-done", transaction=1)), "wrong-message")
    pair.refuse_to_match(build(Packet(kind="close-done", transaction=9)), "stale")
    pair.refuse_to_match(build(Packet(kind="open-done", transaction=9)), "wrong-transaction")
    assert pair.host.pending == (pending,)
    assert not pair.host.is_open


@pytest.mark.parametrize(
    ("host", "modem", "agreed"),
    [(4096, 512, 512), (512, 4096, 512), (4096, 4096, 4096), (64, 64, 64)],
)
def test_the_function_takes_the_smaller_of_both_sizes(host: int, modem: int, agreed: int):
    pair = ConnectionPair(
        MbimConnection(Role.HOST, max_control_transfer=host),
        MbimConnection(Role.MODEM, max_control_transfer=modem),
    )
    pair.open()
    assert pair.modem.max_control_transfer == agreed


def test_a_function_never_goes_below_64_bytes_whatever_the_host_asks():
    modem = MbimConnection(Role.MODEM)
    modem.open_done(Packet(kind="open", transaction=1, value=3))
    assert modem.max_control_transfer == 64


def test_a_second_open_may_ask_for_more_than_the_first():
    modem = MbimConnection(Role.MODEM)
    for size, agreed in ((64, 64), (2048, 2048), (100000, 4096)):
        modem.open_done(Packet(kind="open", transaction=1, value=size))
        assert modem.max_control_transfer == agreed


def test_less_than_64_bytes_is_not_mbim():
    with pytest.raises(EncodeError, match="MBIM needs 64"):
        MbimConnection(Role.HOST, max_control_transfer=63)


def test_open_refused_for_its_size_is_a_function_error():
    pair = ConnectionPair()
    pending, _ = pair.host.open(now=0)
    event = pair.take(pair.modem.function_error(1, ProtocolError.MAX_TRANSFER))
    assert isinstance(event, FunctionErrorReceived)
    assert event.request is pending
    assert not pair.host.is_open
