# SPDX-License-Identifier: GPL-2.0-or-later
"""Transaction ids: their range, their wrap, and none used twice while an answer may come."""

from __future__ import annotations

import pytest

from qmiprobe._events import QUARANTINE, Role
from qmiprobe.errors import EncodeError
from qmiprobe.qmi._connection import QmiConnection, ResponseReceived
from qmiprobe.qmi.services import ctl, dms
from tests.qmi.pair import ConnectionPair, answer_with


def _transactions(connection: QmiConnection, count: int, *, client: int = 0) -> list[int]:
    """Make requests, giving each up and letting its quarantine pass before the next."""
    numbers = []
    for index in range(count):
        body = dms.GetModel() if client else ctl.GetVersionInfo()
        now = index * (QUARANTINE + 1)
        pending, _ = connection.request(body, client=client, now=now)
        connection.abandon(pending, now=now)
        numbers.append(pending.transaction)
    return numbers


def test_control_transactions_run_from_1_to_255_and_wrap():
    numbers = _transactions(QmiConnection(Role.HOST), 257)
    assert numbers == [*range(1, 256), 1, 2]


def test_service_transactions_run_from_1_to_65535_and_wrap():
    pair = ConnectionPair()
    pending, _ = pair.host.request(dms.GetModel(), client=1, now=0)
    assert pending.transaction == 1
    pair.host.abandon(pending, now=-QUARANTINE)
    numbers = []
    for _ in range(65536):
        pending, _ = pair.host.request_raw(service=2, client=1, message_id=1, tlvs=b"", now=0)
        numbers.append(pending.transaction)
        pair.host.abandon(pending, now=-QUARANTINE)
    assert numbers == [*range(2, 65536), 1, 2]


def test_each_service_and_client_counts_for_itself():
    host = QmiConnection(Role.HOST)
    first = [
        host.request_raw(service=service, client=client, message_id=1, tlvs=b"", now=0)[0]
        for service, client in ((0, 0), (2, 1), (2, 2), (3, 1))
    ]
    assert [pending.transaction for pending in first] == [1, 1, 1, 1]
    assert len({pending.key for pending in first}) == 4


def test_an_id_is_not_used_again_while_its_request_is_open():
    pair = ConnectionPair()
    _, first = pair.ask(ctl.GetVersionInfo())
    for _ in range(254):
        pair.take(answer_with(pair.ask(ctl.GetVersionInfo())[1]))
    _, next_one = pair.ask(ctl.GetVersionInfo())
    assert (first.header.transaction, next_one.header.transaction) == (1, 2)
    assert isinstance(pair.take(answer_with(first)), ResponseReceived)


def test_an_id_that_was_given_up_is_free_after_300_seconds_and_not_before():
    pair = ConnectionPair()
    pending, _ = pair.ask(ctl.GetVersionInfo())
    pair.host.abandon(pending, now=0)
    for _ in range(254):
        pair.take(answer_with(pair.ask(ctl.GetVersionInfo())[1]))
    pair.now = QUARANTINE - 0.001
    second, request = pair.ask(ctl.GetVersionInfo())
    assert second.transaction == 2
    pair.take(answer_with(request))
    for _ in range(253):
        pair.take(answer_with(pair.ask(ctl.GetVersionInfo())[1]))
    pair.now = QUARANTINE
    assert pair.ask(ctl.GetVersionInfo())[0].transaction == 1


def test_a_late_answer_frees_its_id_at_once():
    pair = ConnectionPair()
    pending, request = pair.ask(ctl.GetVersionInfo())
    pair.host.abandon(pending, now=0)
    pair.refuse_to_match(answer_with(request), "late")
    for _ in range(254):
        pair.take(answer_with(pair.ask(ctl.GetVersionInfo())[1]))
    assert pair.ask(ctl.GetVersionInfo())[0].transaction == 1


def test_when_all_ids_wait_for_an_answer_no_request_is_made():
    host = QmiConnection(Role.HOST)
    asked = [host.request(ctl.GetVersionInfo(), now=0)[0] for _ in range(255)]
    with pytest.raises(EncodeError, match="all 255 transaction ids"):
        host.request(ctl.GetVersionInfo(), now=0)
    host.abandon(asked[6], now=0)
    with pytest.raises(EncodeError, match="the modem answers nothing"):
        host.request(ctl.GetVersionInfo(), now=QUARANTINE - 1)
    pending, _ = host.request(ctl.GetVersionInfo(), now=QUARANTINE)
    assert pending.transaction == 7
    host.request(dms.GetModel(), client=1, now=0)


def test_a_request_that_cannot_be_encoded_leaves_nothing_open():
    host = QmiConnection(Role.HOST)
    with pytest.raises(EncodeError):
        host.request_raw(service=2, client=1, message_id=1, tlvs=bytes(0x10000), now=0)
    assert host.pending == ()
    assert host.request(dms.GetModel(), client=1, now=0)[0].transaction == 1


def test_giving_up_what_was_answered_changes_nothing():
    pair = ConnectionPair()
    pending, request = pair.ask(dms.GetModel(), client=1)
    pair.answer(request, dms.GetModelResponse(model=""))
    pair.host.abandon(pending, now=0)
    pair.refuse_to_match(answer_with(request), "duplicate")


def test_giving_up_twice_does_not_prolong_the_quarantine():
    host = QmiConnection(Role.HOST)
    pending, _ = host.request(ctl.GetVersionInfo(), now=0)
    host.abandon(pending, now=0)
    host.abandon(pending, now=200)
    for _ in range(254):
        host.request(ctl.GetVersionInfo(), now=0)
    assert host.request(ctl.GetVersionInfo(), now=QUARANTINE)[0].transaction == 1
