# SPDX-License-Identifier: GPL-2.0-or-later
"""What a client says to qmi-proxy itself: which control port it means."""

from __future__ import annotations

from qmiprobe._events import Role
from qmiprobe.qmi._connection import QmiConnection, RequestReceived
from qmiprobe.qmi.services.ctl import InternalProxyOpen


class QmiClient:
    """One client of the proxy."""

    def __init__(self) -> None:
        self._connection = QmiConnection(Role.MODEM)

    def hear(self, data: bytes) -> bytes | None:
        """Return the answer to a message that is for the proxy; None for others."""
        event = self._connection.receive(data)
        if isinstance(event, RequestReceived) and isinstance(event.message.body, InternalProxyOpen):
            return self._connection.respond(event.message)
        return None
