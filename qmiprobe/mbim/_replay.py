# SPDX-License-Identifier: GPL-2.0-or-later
"""What a replay has to know of MBIM: which requests are the same, and which answer fits one."""

from __future__ import annotations

from qmiprobe.errors import DecodeError
from qmiprobe.mbim._header import parse

_TRANSACTION = slice(8, 12)
_ANSWERS = {"open": "open-done", "close": "close-done", "command": "command-done"}


def same_request(recorded: bytes, asked: bytes) -> bool:
    """Whether two requests are equal but for their transaction ids."""
    return recorded[:8] == asked[:8] and recorded[12:] == asked[12:]


def retag(answer: bytes, request: bytes) -> bytes | None:
    """Return ``answer`` with the transaction id of ``request``; None if it answers another."""
    try:
        one, other = parse(answer), parse(request)
    except DecodeError:
        return None
    if one.kind not in ("function-error", _ANSWERS.get(other.kind)):
        return None
    if one.kind == "command-done" and (one.service, one.cid) != (other.service, other.cid):
        return None
    return answer[:8] + request[_TRANSACTION] + answer[12:]
