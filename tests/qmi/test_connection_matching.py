# SPDX-License-Identifier: GPL-2.0-or-later
"""An answer has to match service, client, transaction and message id; the rest is evidence."""

from __future__ import annotations

import pytest

from qmiprobe._events import Malformed, Role, Unmatched
from qmiprobe._ledger import REMEMBERED
from qmiprobe.qmi._connection import (
    IndicationReceived,
    QmiConnection,
    RequestReceived,
    ResponseReceived,
)
from qmiprobe.qmi.services import ctl, dms, nas, wds
from qmiprobe.qmi.services._shared import Error
from tests.qmi.pair import ConnectionPair, answer_with


@pytest.fixture
def pair() -> ConnectionPair:
    return ConnectionPair()


def test_an_answer_that_fits_in_all_four_is_the_answer(pair: ConnectionPair):
    pending, request = pair.ask(dms.GetModel(), client=3)
    frame = pair.modem.respond(request, dms.GetModelResponse(model="EC25"))
    event = pair.take(frame)
    assert isinstance(event, ResponseReceived)
    assert event.request is pending
    assert isinstance(event.message.body, dms.GetModelResponse)
    assert event.message.body.model == "EC25"
    assert pair.host.pending == ()


def test_requests_answers_and_indications_are_these_bytes(pair: ConnectionPair):
    _, frame = pair.host.request(ctl.GetVersionInfo(), now=0)
    assert frame.hex() == "010b00000000000121000000"
    _, frame = pair.host.request(dms.GetModel(), client=3, now=0)
    assert frame.hex() == "010c00000203000100220000" + "00"
    event = pair.modem.receive(frame)
    assert isinstance(event, RequestReceived)
    assert pair.modem.respond(event.message).hex() == "0113008002030201002200070002040000000000"
    refusal = pair.modem.respond(event.message, error=Error.NOT_SUPPORTED)
    assert refusal.hex() == "0113008002030201002200070002040001005e00"
    assert pair.modem.indicate(dms.EventReportIndication()).hex() == "010c008002ff04000001000000"


@pytest.mark.parametrize(
    ("changes", "kind", "text"),
    [
        ({"transaction": 9}, "wrong-transaction", "the request has transaction 1"),
        ({"message_id": 0x0021}, "wrong-message", "was 0x0022"),
        ({"client": 4}, "wrong-client", "client 3 asked"),
        ({"service": 0x03}, "wrong-service", "to service 0x02"),
        ({"client": 4, "transaction": 9}, "stale", "nobody asked"),
        ({"service": 0x03, "transaction": 9}, "stale", "nobody asked"),
        ({"service": 0x00, "client": 0}, "stale", "nobody asked"),
        ({"transaction": 9, "message_id": 0x0021}, "stale", "nobody asked"),
    ],
)
def test_an_answer_that_differs_is_an_event_that_says_in_what(
    pair: ConnectionPair, changes: dict[str, int], kind: str, text: str
):
    pending, request = pair.ask(dms.GetModel(), client=3)
    assert request.header.message_id == 0x0022
    event = pair.refuse_to_match(answer_with(request, **changes), kind)
    assert text in event.text
    assert pair.host.pending == (pending,)
    assert isinstance(pair.take(answer_with(request)), ResponseReceived)


def test_a_control_answer_with_a_client_id_is_not_ours(pair: ConnectionPair):
    _, request = pair.ask(ctl.GetVersionInfo())
    pair.refuse_to_match(answer_with(request, client=1), "wrong-client")


def test_the_nearest_of_several_requests_is_named(pair: ConnectionPair):
    pair.ask(nas.GetServingSystem(), client=2)
    _, request = pair.ask(dms.GetModel(), client=3)
    event = pair.refuse_to_match(answer_with(request, transaction=77), "wrong-transaction")
    assert "service 0x02" in event.text


def test_a_second_answer_is_a_duplicate_however_often_it_comes(pair: ConnectionPair):
    _, request = pair.ask(dms.GetModel(), client=3)
    frame = answer_with(request)
    assert isinstance(pair.take(frame), ResponseReceived)
    pair.refuse_to_match(frame, "duplicate")
    pair.refuse_to_match(frame, "duplicate")


def test_a_duplicate_is_known_while_other_requests_are_open(pair: ConnectionPair):
    _, first = pair.ask(dms.GetModel(), client=3)
    pair.answer(first, dms.GetModelResponse(model=""))
    _, second = pair.ask(dms.GetModel(), client=3)
    pair.refuse_to_match(answer_with(first), "duplicate")
    assert isinstance(pair.take(answer_with(second)), ResponseReceived)
    pair.refuse_to_match(answer_with(first), "duplicate")


def test_another_answer_under_an_answered_transaction_is_no_duplicate(pair: ConnectionPair):
    _, request = pair.ask(dms.GetModel(), client=3)
    pair.take(answer_with(request))
    pair.refuse_to_match(answer_with(request, message_id=0x0021), "stale")


def test_only_so_many_answers_are_remembered(pair: ConnectionPair):
    _, first = pair.ask(dms.GetModel(), client=3)
    pair.take(answer_with(first))
    for _ in range(REMEMBERED - 1):
        pair.take(answer_with(pair.ask(dms.GetModel(), client=3)[1]))
    pair.refuse_to_match(answer_with(first), "duplicate")
    for _ in range(REMEMBERED):
        pair.take(answer_with(pair.ask(dms.GetModel(), client=3)[1]))
    pair.refuse_to_match(answer_with(first), "stale")


def test_an_answer_that_nobody_asked_for_is_stale(pair: ConnectionPair):
    other = ConnectionPair()
    _, request = other.ask(wds.GetPacketServiceStatus(), client=8)
    pair.refuse_to_match(answer_with(request), "stale")


def test_an_answer_to_what_was_given_up_is_late_and_then_a_duplicate(pair: ConnectionPair):
    pending, request = pair.ask(dms.GetModel(), client=3)
    pair.host.abandon(pending, now=0)
    frame = pair.modem.respond(request, dms.GetModelResponse(model="EC25"))
    assert pair.refuse_to_match(frame, "late").request is pending
    pair.refuse_to_match(frame, "duplicate")


def test_a_wrong_answer_under_a_given_up_transaction_does_not_free_it(pair: ConnectionPair):
    pending, request = pair.ask(dms.GetModel(), client=3)
    pair.host.abandon(pending, now=0)
    pair.refuse_to_match(answer_with(request, message_id=0x0021), "wrong-message")
    pair.refuse_to_match(answer_with(request), "late")


def test_a_refusal_is_an_answer(pair: ConnectionPair):
    _, request = pair.ask(dms.GetModel(), client=3)
    event = pair.take(pair.modem.respond(request, error=Error.NOT_SUPPORTED))
    assert isinstance(event, ResponseReceived)
    assert event.message.result is not None
    assert (event.message.result.ok, event.message.result.error) == (False, Error.NOT_SUPPORTED)


@pytest.mark.parametrize("client", [3, 0xFF])
def test_an_indication_is_for_whom_its_header_says(pair: ConnectionPair, client: int):
    status = dms.EventReportIndication()
    event = pair.take(pair.modem.indicate(status, client=client))
    assert isinstance(event, IndicationReceived)
    assert event.message.header.client == client
    assert isinstance(event.message.body, dms.EventReportIndication)


def test_an_indication_never_answers_a_request(pair: ConnectionPair):
    pending, _ = pair.ask(dms.SetEventReport(), client=3)
    event = pair.take(pair.modem.indicate(dms.EventReportIndication(), client=3))
    assert isinstance(event, IndicationReceived)
    assert pair.host.pending == (pending,)


def test_a_request_from_the_modem_and_an_answer_to_it_have_the_wrong_role(pair: ConnectionPair):
    _, frame = pair.host.request(dms.GetModel(), client=3, now=0)
    echo = pair.refuse_to_match(frame, "wrong-role")
    assert "from the modem" in echo.text
    event = pair.modem.receive(pair.modem.indicate(dms.EventReportIndication()))
    assert isinstance(event, Unmatched)
    assert event.kind == "wrong-role"


@pytest.mark.parametrize("body", [ctl.GetVersionInfo(), dms.GetModel()])
def test_a_damaged_answer_ends_its_request_at_once(
    pair: ConnectionPair, body: ctl.GetVersionInfo | dms.GetModel
):
    client = 0 if isinstance(body, ctl.GetVersionInfo) else 3
    pending, request = pair.ask(body, client=client)
    damaged = bytearray(pair.modem.respond(request))
    damaged[-6] = 0x7F  # the Result TLV says more than there is
    event = pair.take(bytes(damaged))
    assert isinstance(event, Malformed)
    assert event.request is pending
    assert event.raw == damaged
    assert pair.host.pending == ()
    pair.refuse_to_match(answer_with(request), "duplicate")


@pytest.mark.parametrize("at", [5, 7, 9, 4])
def test_a_damaged_answer_that_fits_no_request_ends_none(pair: ConnectionPair, at: int):
    pending, request = pair.ask(dms.GetModel(), client=3)
    damaged = bytearray(pair.modem.respond(request))
    damaged[-6] = 0x7F
    damaged[at] ^= 0x10
    event = pair.take(bytes(damaged))
    assert isinstance(event, Malformed)
    assert event.request is None
    assert pair.host.pending == (pending,)


def test_a_damaged_echo_of_the_request_ends_nothing(pair: ConnectionPair):
    pending, frame = pair.host.request_raw(
        service=2, client=3, message_id=1, tlvs=b"\x10\x01\x00\x01", now=0
    )
    event = pair.take(frame[:1] + bytes([frame[1] - 1]) + frame[2:-1])
    assert isinstance(event, Malformed)
    assert event.request is None
    assert pair.host.pending == (pending,)


@pytest.mark.parametrize("role", [Role.HOST, Role.MODEM])
@pytest.mark.parametrize(
    "data", [b"", b"\x01", b"\x01\x0b\x00\x80\x02\x03", bytes(12), b"\xff" * 30]
)
def test_bytes_that_mean_nothing_are_malformed_in_both_roles(role: Role, data: bytes):
    event = QmiConnection(role).receive(data)
    assert isinstance(event, Malformed)
    assert event.request is None


def test_a_modem_takes_any_request_and_answers_what_was_asked(pair: ConnectionPair):
    _, frame = pair.host.request_raw(
        service=0xE3, client=9, message_id=0x5555, tlvs=b"\x01\x01\x00\x07", now=0
    )
    event = pair.modem.receive(frame)
    assert isinstance(event, RequestReceived)
    assert event.message.unknown == {1: b"\x07"}
    answer = pair.take(pair.modem.respond(event.message, extra=b"\x10\x01\x00\x01"))
    assert isinstance(answer, ResponseReceived)
    assert answer.message.unknown == {0x10: b"\x01"}
