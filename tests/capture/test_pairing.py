# SPDX-License-Identifier: GPL-2.0-or-later
"""Which answer belongs to which request, and what may not be timed."""

from __future__ import annotations

from typing import Any

import pytest

from qmiprobe.capture import Captured, Decoder
from qmiprobe.capture import _pairing as pairing
from tests.capture.messages import (
    GET_IDS_ANSWER,
    GET_IDS_REQUEST,
    OPEN,
    OPEN_DONE,
    RADIO_STATE,
    RADIO_STATE_QUERY,
    unhex,
)

REQUEST, ANSWER = unhex(GET_IDS_REQUEST), unhex(GET_IDS_ANSWER)


def latencies(*items: tuple[bytes, float | None], **facts: Any) -> list[float | None]:  # noqa: ANN401
    decoder = Decoder(follow=True)
    return [decoder.decode(Captured(data=data, time=at, **facts)).latency_s for data, at in items]


def numbered(data: bytes, transaction: int) -> bytes:
    """Return a QMI message with another transaction."""
    return data[:7] + transaction.to_bytes(2, "little") + data[9:]


def test_answers_are_timed_from_their_own_request():
    assert latencies((REQUEST, 1.0), (numbered(REQUEST, 6), 2.0), (ANSWER, 4.0)) == [
        None,
        None,
        3.0,
    ]
    other_client = ANSWER[:5] + b"\x07" + ANSWER[6:]
    assert latencies((REQUEST, 1.0), (other_client, 2.0), (ANSWER, 3.0)) == [None, None, 2.0]


def test_mbim_is_paired_by_transaction_and_kind():
    items = [(OPEN, 0.0), (OPEN_DONE, 0.5), (RADIO_STATE_QUERY, 1.0), (RADIO_STATE, 3.0)]
    found = latencies(*((unhex(text), at) for text, at in items))
    assert found == [None, 0.5, None, 2.0]


def test_an_answer_that_comes_twice_is_timed_once():
    assert latencies((REQUEST, 1.0), (ANSWER, 1.5), (ANSWER, 2.0)) == [None, 0.5, None]


def test_what_has_no_times_or_coarse_ones_or_runs_backwards_is_not_timed():
    assert latencies((REQUEST, None), (ANSWER, 2.0)) == [None, None]
    assert latencies((REQUEST, 1.0), (ANSWER, 2.0), is_coarse=True) == [None, None]
    assert latencies((REQUEST, 2.0), (ANSWER, 1.0)) == [None, None]


def test_another_port_does_not_answer():
    decoder = Decoder()
    decoder.decode(Captured(data=REQUEST, time=1.0, port="/dev/cdc-wdm0"))
    assert decoder.decode(Captured(data=ANSWER, time=2.0, port="/dev/cdc-wdm1")).latency_s is None


def test_requests_that_are_never_answered_take_no_more_and_more_memory(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(pairing, "_MOST", 3)
    items = [(numbered(REQUEST, number), float(number)) for number in range(1, 6)]
    answers = [(numbered(ANSWER, number), 10.0) for number in range(1, 6)]
    assert latencies(*items, *answers)[5:] == [None, None, 7.0, 6.0, 5.0]
