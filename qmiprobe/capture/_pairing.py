# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds the request of each answer in a record, and how long the answer took."""

from __future__ import annotations

from qmiprobe.capture._captured import Captured
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.qmi._codec import QmiMessage

_MOST = 4096
"""Requests that are remembered; of more, the oldest stay without an answer."""
_ASKING = {"open": "open-done", "close": "close-done", "command": "command-done"}
_ANSWERING = frozenset(_ASKING.values())


class Pairing:
    """Remembers the requests that wait for an answer, in bounded memory."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[object, ...], float] = {}

    def latency_s(self, item: Captured, message: QmiMessage | MbimMessage) -> float | None:
        """Return the seconds since the request that ``message`` answers.

        None for what is no answer, whose request is not in the record, or whose times the record
        does not have finely enough.
        """
        if item.time is None or item.is_coarse:
            return None
        if isinstance(message, QmiMessage):
            header = message.header
            key: tuple[object, ...] = (
                *(item.port, "qmi", header.service, header.client),
                *(header.transaction, header.message_id),
            )
            asks, answers = header.kind == "request", header.kind == "response"
        else:
            packet = message.packet
            kind = packet.kind
            asks, answers = kind in _ASKING, kind in _ANSWERING
            key = (item.port, _ASKING.get(kind, kind), packet.transaction)
        if asks:
            self._ask(key, item.time)
        elif answers:
            asked = self._waiting.pop(key, None)
            return item.time - asked if asked is not None and item.time >= asked else None
        return None

    def _ask(self, key: tuple[object, ...], time: float) -> None:
        self._waiting.pop(key, None)
        if len(self._waiting) >= _MOST:
            del self._waiting[next(iter(self._waiting))]
        self._waiting[key] = time
