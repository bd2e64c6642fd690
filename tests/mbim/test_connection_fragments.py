# SPDX-License-Identifier: GPL-2.0-or-later
"""Fragments both ways at the smallest size, and each way in which they can be wrong."""

from __future__ import annotations

import pytest

from qmiprobe._events import Malformed, Role
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim._connection import (
    AnswerReceived,
    CommandReceived,
    MbimConnection,
    NotificationReceived,
    Pending,
)
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import ContextType, ProtocolError
from tests.mbim.pair import ConnectionPair

APN = "internet.with-a-rather-long-name.example.com"


@pytest.fixture
def pair() -> ConnectionPair:
    made = ConnectionPair(
        MbimConnection(Role.HOST, max_control_transfer=64),
        MbimConnection(Role.MODEM, max_control_transfer=64),
    )
    made.open()
    return made


def _contexts() -> bc.ProvisionedContextsResponse:
    context = bc.ProvisionedContextElement.blank(
        context_id=1, context_type=ContextType.INTERNET, access_string=APN
    )
    return bc.ProvisionedContextsResponse(provisioned_contexts=[context])


def _asked(pair: ConnectionPair) -> tuple[Pending, list[bytes]]:
    """Ask for the contexts and return the request with the fragments of its answer."""
    pending, request = pair.ask(bc.ProvisionedContextsQuery())
    fragments = pair.modem.answer(request, _contexts())
    assert len(fragments) > 3
    assert all(len(fragment) <= 64 for fragment in fragments)
    return pending, fragments


def _apn(event: object) -> str:
    assert isinstance(event, AnswerReceived), event
    assert isinstance(event.message.body, bc.ProvisionedContextsResponse)
    return event.message.body.provisioned_contexts[0].access_string


def _with_transaction(fragment: bytes, number: int) -> bytes:
    return fragment[:8] + number.to_bytes(4, "little") + fragment[12:]


def test_a_long_command_goes_out_in_fragments_of_64_bytes_and_comes_whole(pair: ConnectionPair):
    body = bc.ConnectSet.blank(session_id=0, access_string=APN, user_name="u" * 100)
    _, fragments = pair.host.command(body, now=0)
    assert len(fragments) > 5
    assert max(map(len, fragments)) == 64
    events = [pair.modem.receive(fragment) for fragment in fragments]
    assert events[:-1] == [None] * (len(fragments) - 1)
    assert isinstance(events[-1], CommandReceived)
    got = events[-1].message
    assert isinstance(got, MbimMessage)
    assert got.body == body
    assert got.packet.total == 1


def test_a_long_answer_comes_in_fragments_and_is_whole_with_the_last(pair: ConnectionPair):
    pending, fragments = _asked(pair)
    events = pair.take_all(fragments)
    assert len(events) == 1
    assert _apn(events[0]) == APN
    assert getattr(events[0], "request", None) is pending


def test_long_answers_one_after_the_other_are_nothing_but_answers(pair: ConnectionPair):
    for _ in range(3):
        _, fragments = _asked(pair)
        assert [_apn(event) for event in pair.take_all(fragments)] == [APN]


def test_a_long_notification_comes_in_fragments(pair: ConnectionPair):
    context = _contexts().provisioned_contexts
    note = bc.ProvisionedContextsNotification(provisioned_contexts=context)
    (event,) = pair.take_all(pair.modem.notify(note))
    assert isinstance(event, NotificationReceived)
    assert event.message.body == note


@pytest.mark.parametrize("missing", [1, 2])
def test_a_missing_fragment_ends_the_request_with_the_next_one(pair: ConnectionPair, missing: int):
    pending, fragments = _asked(pair)
    del fragments[missing]
    events = pair.spoil(fragments)
    assert events[0].request is pending
    assert events[0].raw == fragments[missing]
    assert f"fragment {missing + 1} of" in str(events[0].error)
    assert all(event.request is None for event in events[1:])
    assert pair.host.pending == ()


def test_without_the_first_fragment_the_others_end_the_request(pair: ConnectionPair):
    pending, fragments = _asked(pair)
    events = pair.spoil(fragments[1:])
    assert events[0].request is pending
    assert "no first fragment" in str(events[0].error)


def test_without_the_last_fragment_the_next_message_is_not_lost(pair: ConnectionPair):
    pending, fragments = _asked(pair)
    other, again = _asked(pair)
    assert pair.spoil(fragments[:-1]) == []
    lost, whole = sorted(pair.take_all(again), key=lambda event: isinstance(event, AnswerReceived))
    assert isinstance(lost, Malformed)
    assert lost.request is pending
    assert "lacks fragments" in str(lost.error)
    assert _apn(whole) == APN
    assert getattr(whole, "request", None) is other


def test_an_unfragmented_message_amid_fragments_is_taken_and_ends_them(pair: ConnectionPair):
    pending, fragments = _asked(pair)
    radio, request = pair.ask(bc.RadioStateQuery())
    assert pair.take(fragments[0]) is None
    on = bc.RadioSwitchState.ON
    body = bc.RadioStateResponse(hw_radio_state=on, sw_radio_state=on)
    (data,) = pair.modem.answer(request, body)  # 56 bytes
    event = pair.take(data)
    assert isinstance(event, AnswerReceived)
    assert event.request is radio
    (lost,) = pair.host.others()
    assert isinstance(lost, Malformed)
    assert lost.request is pending


def test_swapped_fragments_end_the_request(pair: ConnectionPair):
    pending, fragments = _asked(pair)
    fragments[1], fragments[2] = fragments[2], fragments[1]
    events = pair.spoil(fragments)
    assert events[0].request is pending
    assert "fragment 2 of" in str(events[0].error)


def test_a_doubled_fragment_ends_the_request(pair: ConnectionPair):
    pending, fragments = _asked(pair)
    events = pair.spoil([*fragments[:2], fragments[1]])
    assert [event.request for event in events] == [pending]


def test_interleaved_answers_end_both_requests(pair: ConnectionPair):
    first, one = _asked(pair)
    second, other = _asked(pair)
    events = pair.spoil([one[0], other[0], one[1], other[1]])
    assert [event.request for event in events if event.request] == [first, second]
    assert pair.host.pending == ()


def test_a_fragment_of_another_open_request_ends_both(pair: ConnectionPair):
    first, one = _asked(pair)
    second, other = _asked(pair)
    events = pair.spoil([one[0], other[1]])
    assert [event.request for event in events] == [first, second]
    assert "transaction" in str(events[0].error)


def test_a_fragment_of_a_transaction_that_nobody_opened_ends_the_one_begun(pair: ConnectionPair):
    pending, fragments = _asked(pair)
    events = pair.spoil([fragments[0], _with_transaction(fragments[1], 4711)])
    assert [event.request for event in events] == [pending]


def test_a_total_that_changes_ends_the_request(pair: ConnectionPair):
    pending, fragments = _asked(pair)
    total = int.from_bytes(fragments[1][12:16], "little")
    changed = fragments[1][:12] + (total + 1).to_bytes(4, "little") + fragments[1][16:]
    events = pair.spoil([fragments[0], changed])
    assert [event.request for event in events] == [pending]


def test_a_repeated_first_fragment_starts_over_but_the_request_is_spoilt(pair: ConnectionPair):
    pending, fragments = _asked(pair)
    assert pair.take(fragments[0]) is None
    assert pair.take(fragments[0]) is None
    (lost,) = pair.host.others()
    assert isinstance(lost, Malformed)
    assert lost.request is pending
    assert [getattr(event, "kind", None) for event in pair.take_all(fragments[1:])] == ["duplicate"]


def test_a_buffer_length_that_does_not_fit_the_fragments_ends_the_request(pair: ConnectionPair):
    pending, fragments = _asked(pair)
    length = int.from_bytes(fragments[0][44:48], "little")
    fragments[0] = fragments[0][:44] + (length + 4).to_bytes(4, "little") + fragments[0][48:]
    (event,) = pair.spoil(fragments)
    assert event.request is pending


def test_a_joined_buffer_that_means_nothing_ends_the_request(pair: ConnectionPair):
    pending, fragments = _asked(pair)
    fragments[0] = fragments[0][:48] + b"\xff\xff\xff\xff" + fragments[0][52:]
    (event,) = pair.spoil(fragments)
    assert event.request is pending
    assert len(event.raw) > 64


def test_fragments_without_end_are_given_up(pair: ConnectionPair):
    pending, fragments = _asked(pair)

    def numbered(current: int) -> bytes:
        head = (100_000).to_bytes(4, "little") + current.to_bytes(4, "little")
        return fragments[0][:12] + head + fragments[0][20:]

    events: list[object] = []
    for current in range(10_000):
        events += pair.take_all([numbered(current)])
        if events:
            break
    (event,) = events
    assert isinstance(event, Malformed)
    assert event.request is pending
    assert "bytes of fragments" in str(event.error)


def test_a_new_open_forgets_the_fragments_of_before(pair: ConnectionPair):
    pending, fragments = _asked(pair)
    pair.take(fragments[0])
    pair.open()
    (lost,) = pair.host.others()
    assert isinstance(lost, Malformed)
    assert lost.request is pending
    _, again = _asked(pair)
    assert [_apn(event) for event in pair.take_all(again)] == [APN]


def test_control_messages_pass_between_fragments(pair: ConnectionPair):
    pending, fragments = _asked(pair)
    error = pair.modem.function_error(999, ProtocolError.UNKNOWN)
    events = pair.take_all([fragments[0], error, *fragments[1:]])
    assert len(events) == 2
    assert _apn(events[1]) == APN
    assert getattr(events[1], "request", None) is pending


def test_a_function_that_is_sent_too_little_keeps_the_next_command(pair: ConnectionPair):
    body = bc.ConnectSet.blank(session_id=0, access_string=APN)
    _, broken = pair.host.command(body, now=0)
    _, sound = pair.host.command(body, now=0)
    assert pair.modem.receive(broken[0]) is None
    events = [pair.modem.receive(fragment) for fragment in sound]
    assert isinstance(events[-1], CommandReceived)
