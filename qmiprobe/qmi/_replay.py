# SPDX-License-Identifier: GPL-2.0-or-later
"""What a replay has to know of QMI: which requests are the same, and which answer fits one."""

from __future__ import annotations

from qmiprobe.errors import DecodeError
from qmiprobe.qmi._sdu import CTL, parse_header


def _transaction_at(data: bytes) -> tuple[int, int]:
    """Where the transaction id stands: CTL has one byte, a service two."""
    return (7, 8) if data[4] == CTL else (7, 9)


def same_request(recorded: bytes, asked: bytes) -> bool:
    """Whether two requests are equal but for their transaction ids."""
    if len(recorded) != len(asked) or len(asked) < 12 or recorded[4] != asked[4]:
        return recorded == asked
    start, end = _transaction_at(asked)
    return recorded[:start] == asked[:start] and recorded[end:] == asked[end:]


def retag(answer: bytes, request: bytes) -> bytes | None:
    """Return ``answer`` with the transaction id of ``request``; None if it answers another."""
    try:
        one, other = parse_header(answer)[0], parse_header(request)[0]
    except DecodeError:
        return None
    same = (one.service, one.client, one.message_id) == (
        other.service,
        other.client,
        other.message_id,
    )
    if one.kind != "response" or not same:
        return None
    start, end = _transaction_at(answer)
    return answer[:start] + request[start:end] + answer[end:]
