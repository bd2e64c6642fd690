# SPDX-License-Identifier: GPL-2.0-or-later
"""An answer has to match transaction, service and command; the rest is evidence."""

from __future__ import annotations

import pytest

from qmiprobe._events import QUARANTINE, Malformed, Role
from qmiprobe.mbim._connection import (
    AnswerReceived,
    FunctionErrorReceived,
    MbimConnection,
    NotificationReceived,
)
from qmiprobe.mbim._header import Packet, build
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services import sms
from qmiprobe.mbim.services._shared import ProtocolError, Status
from tests.mbim.pair import ConnectionPair, answer_with


@pytest.fixture
def pair() -> ConnectionPair:
    made = ConnectionPair()
    made.open()
    return made


def _radio() -> bc.RadioStateResponse:
    on = bc.RadioSwitchState.ON
    return bc.RadioStateResponse(hw_radio_state=on, sw_radio_state=on)


def test_an_answer_that_fits_in_all_three_is_the_answer(pair: ConnectionPair):
    pending, request = pair.ask(bc.RadioStateQuery())
    (event,) = pair.take_all(pair.modem.answer(request, _radio()))
    assert isinstance(event, AnswerReceived)
    assert event.request is pending
    assert isinstance(event.message.body, bc.RadioStateResponse)
    assert pair.host.pending == ()


@pytest.mark.parametrize(
    ("changes", "kind", "text"),
    [
        ({"transaction": 99}, "wrong-transaction", "the request has transaction 2"),
        ({"cid": 1}, "wrong-message", "the request was command 3"),
        ({"service": sms.ReadQuery.service}, "wrong-service", "a289cc33"),
        ({"transaction": 99, "cid": 1}, "stale", "nobody asked"),
        ({"transaction": 99, "service": sms.ReadQuery.service}, "stale", "nobody asked"),
        ({"kind": "open-done"}, "wrong-message", "the request was command"),
        ({"kind": "close-done"}, "wrong-message", "the request was command"),
        ({"kind": "close-done", "transaction": 99}, "stale", "close-done"),
        ({"kind": "command"}, "wrong-role", "from the function"),
        ({"kind": "host-error"}, "wrong-role", "from the function"),
    ],
)
def test_an_answer_that_differs_is_an_event_that_says_in_what(
    pair: ConnectionPair, changes: dict[str, object], kind: str, text: str
):
    pending, request = pair.ask(bc.RadioStateQuery())
    data = answer_with(request, **changes)
    event = pair.refuse_to_match(data, kind)
    assert text in event.text
    assert event.raw == data
    assert pair.host.pending == (pending,)
    (right,) = pair.take_all(pair.modem.answer(request, _radio()))
    assert isinstance(right, AnswerReceived)


def test_a_second_answer_is_a_duplicate_also_while_others_are_open(pair: ConnectionPair):
    _, first = pair.ask(bc.RadioStateQuery())
    _, second = pair.ask(bc.RadioStateQuery())
    data = pair.modem.answer(first, _radio())
    assert isinstance(pair.take(data[0]), AnswerReceived)
    pair.take_all(pair.modem.answer(second, _radio()))
    pair.ask(bc.RadioStateQuery())
    pair.refuse_to_match(data[0], "duplicate")
    pair.refuse_to_match(data[0], "duplicate")


def test_another_answer_under_an_answered_transaction_is_no_duplicate(pair: ConnectionPair):
    _, request = pair.ask(bc.RadioStateQuery())
    pair.take_all(pair.modem.answer(request, _radio()))
    event = pair.refuse_to_match(answer_with(request, cid=1), "stale")
    assert "command-done of transaction 2, service a289cc33-" in event.text
    assert ", command 1;" in event.text


def test_an_answer_to_what_was_given_up_is_late_and_then_a_duplicate(pair: ConnectionPair):
    pending, request = pair.ask(bc.RadioStateQuery())
    pair.host.abandon(pending, now=0)
    (data,) = pair.modem.answer(request, _radio())
    assert pair.refuse_to_match(data, "late").request is pending
    pair.refuse_to_match(data, "duplicate")


def test_another_answer_under_a_given_up_transaction_is_not_the_late_one(pair: ConnectionPair):
    pending, request = pair.ask(bc.RadioStateQuery())
    pair.host.abandon(pending, now=0)
    pair.refuse_to_match(answer_with(request, cid=1), "wrong-message")
    pair.refuse_to_match(answer_with(request, service=sms.ReadQuery.service), "wrong-service")
    pair.refuse_to_match(pair.modem.answer(request, _radio())[0], "late")


def test_a_late_open_done_is_no_answer_to_the_next_open():
    pair = ConnectionPair()
    first, _ = pair.host.open(now=0)
    pair.host.abandon(first, now=0)
    pair.host.open(now=0)
    done = build(Packet(kind="open-done", transaction=first.transaction))
    pair.refuse_to_match(done, "late")
    assert not pair.host.is_open


def test_a_refusal_with_and_without_a_buffer_is_an_answer(pair: ConnectionPair):
    for body in (None, _radio()):
        _, request = pair.ask(bc.RadioStateQuery())
        (event,) = pair.take_all(pair.modem.answer(request, body, status=Status.FAILURE))
        assert isinstance(event, AnswerReceived)
        assert event.message.status == Status.FAILURE
        assert (event.message.body is None) is (body is None)


def test_a_notification_answers_nothing_whatever_its_transaction(pair: ConnectionPair):
    pending, _ = pair.ask(bc.RadioStateQuery())
    on = bc.RadioSwitchState.ON
    note = bc.RadioStateNotification(hw_radio_state=on, sw_radio_state=on)
    (data,) = pair.modem.notify(note)
    odd = data[:8] + pending.transaction.to_bytes(4, "little") + data[12:]
    for sent in (data, odd):
        event = pair.take(sent)
        assert isinstance(event, NotificationReceived)
        assert isinstance(event.message.body, bc.RadioStateNotification)
    assert pair.host.pending == (pending,)


def test_a_function_error_ends_the_request_that_it_names(pair: ConnectionPair):
    pending, _ = pair.ask(bc.RadioStateQuery())
    other, _ = pair.ask(bc.DeviceCapsQuery())
    error = pair.modem.function_error(pending.transaction, ProtocolError.LENGTH_MISMATCH)
    event = pair.take(error)
    assert isinstance(event, FunctionErrorReceived)
    assert event.request is pending
    assert event.message.error == ProtocolError.LENGTH_MISMATCH
    assert pair.host.pending == (other,)
    assert pair.host.is_open


def test_not_opened_means_that_there_is_nothing_to_close(pair: ConnectionPair):
    pending, _ = pair.ask(bc.RadioStateQuery())
    pair.take(pair.modem.function_error(pending.transaction, ProtocolError.NOT_OPENED))
    assert not pair.host.is_open


def test_a_function_error_about_nothing_that_is_open_says_so(pair: ConnectionPair):
    event = pair.take(pair.modem.function_error(1234, ProtocolError.UNKNOWN))
    assert isinstance(event, FunctionErrorReceived)
    assert event.request is None


def test_a_function_error_about_what_was_given_up_or_answered_is_no_news(pair: ConnectionPair):
    pending, _ = pair.ask(bc.RadioStateQuery())
    pair.host.abandon(pending, now=0)
    error = pair.modem.function_error(pending.transaction, ProtocolError.CANCEL)
    pair.refuse_to_match(error, "late")
    pair.refuse_to_match(error, "duplicate")


def test_a_damaged_answer_ends_its_request_at_once(pair: ConnectionPair):
    pending, request = pair.ask(bc.RadioStateQuery())
    (data,) = pair.modem.answer(request, _radio())
    damaged = data[:44] + b"\xff\0\0\0" + data[48:]
    event = pair.take(damaged)
    assert isinstance(event, Malformed)
    assert event.request is pending
    assert event.raw == damaged
    pair.refuse_to_match(data, "duplicate")


def test_an_answer_whose_buffer_means_nothing_ends_its_request(pair: ConnectionPair):
    pending, request = pair.ask(bc.DeviceCapsQuery())
    short = answer_with(request, buffer=bytes(7))
    event = pair.take(short)
    assert isinstance(event, Malformed)
    assert event.request is pending


@pytest.mark.parametrize(
    "change",
    [(0, b"\x07"), (0, b"\x01"), (8, b"\x63"), (20, b"\x00"), (36, b"\x01"), (3, b"\x00")],
    ids=["indication", "open-done", "transaction", "service", "command", "from host"],
)
def test_a_damaged_message_that_fits_no_request_ends_none(
    pair: ConnectionPair, change: tuple[int, bytes]
):
    pending, request = pair.ask(bc.RadioStateQuery())
    (data,) = pair.modem.answer(request, _radio())
    damaged = bytearray(data)
    damaged[44] = 0xFF
    damaged[4] -= 1
    damaged[change[0]] = change[1][0]
    event = pair.take(bytes(damaged))
    assert isinstance(event, Malformed)
    assert event.request is None
    assert pair.host.pending == (pending,)


@pytest.mark.parametrize("role", [Role.HOST, Role.MODEM])
@pytest.mark.parametrize("data", [b"", b"\x01", bytes(16), b"\xff" * 60, b"\x01\x0b\x00\x80" * 4])
def test_bytes_that_mean_nothing_are_malformed_in_both_roles(role: Role, data: bytes):
    event = MbimConnection(role).receive(data)
    assert isinstance(event, Malformed)
    assert event.request is None


def test_what_only_a_function_may_send_has_the_wrong_role_at_the_function(pair: ConnectionPair):
    event = pair.modem.receive(build(Packet(kind="open-done", transaction=1)))
    assert getattr(event, "kind", None) == "wrong-role"


def test_transactions_wrap_behind_the_largest_number_to_1_and_pass_those_in_use():
    host = MbimConnection(Role.HOST)
    open_one, _ = host.command(bc.RadioStateQuery(), now=0)
    host._last = 0xFFFFFFFE
    numbers = [host.command(bc.RadioStateQuery(), now=0)[0].transaction for _ in range(2)]
    assert (open_one.transaction, numbers) == (1, [0xFFFFFFFF, 2])


def test_a_given_up_transaction_is_free_after_300_seconds_and_not_before():
    host = MbimConnection(Role.HOST)
    pending, _ = host.command(bc.RadioStateQuery(), now=0)
    host.abandon(pending, now=0)
    for now, expected in ((QUARANTINE - 1, 2), (QUARANTINE, 1)):
        host._last = 0
        assert host.command(bc.RadioStateQuery(), now=now)[0].transaction == expected
