# SPDX-License-Identifier: GPL-2.0-or-later
"""A host's and a modem's QMI connection joined, with what passed between them at hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qmiprobe._events import Role, Unmatched
from qmiprobe.qmi._codec import QmiMessage, encode
from qmiprobe.qmi._connection import (
    Pending,
    QmiConnection,
    RequestReceived,
    ResponseReceived,
)
from qmiprobe.qmi._sdu import Header

if TYPE_CHECKING:
    from qmiprobe._message import Request, Response


@dataclass
class ConnectionPair:
    """Both ends of one control channel; time is an attribute."""

    host: QmiConnection = field(default_factory=lambda: QmiConnection(Role.HOST))
    modem: QmiConnection = field(default_factory=lambda: QmiConnection(Role.MODEM))
    now: float = 0.0

    def ask(self, body: Request[Response], *, client: int = 0) -> tuple[Pending, QmiMessage]:
        """Send a request and return it from both sides."""
        pending, frame = self.host.request(body, client=client, now=self.now)
        event = self.modem.receive(frame, now=self.now)
        assert isinstance(event, RequestReceived)
        return pending, event.message

    def take(self, frame: bytes) -> object:
        """Let the host receive a frame."""
        return self.host.receive(frame, now=self.now)

    def answer(self, request: QmiMessage, body: Response | None = None) -> QmiMessage:
        """Answer a request rightly and return the answer as the host takes it."""
        event = self.take(self.modem.respond(request, body))
        assert isinstance(event, ResponseReceived)
        return event.message

    def refuse_to_match(self, frame: bytes, kind: str) -> Unmatched:
        """Let the host receive a frame that has to be an event of this kind."""
        event = self.take(frame)
        assert isinstance(event, Unmatched), event
        assert event.kind == kind, event
        assert event.raw == frame
        return event


def answer_with(request: QmiMessage, **changes: int) -> bytes:
    """Return an answer to ``request`` in whose header something is changed."""
    asked = request.header
    values: dict[str, object] = {
        "service": asked.service,
        "client": asked.client,
        "transaction": asked.transaction,
        "message_id": asked.message_id,
        "kind": "response",
        "from_service": True,
    }
    return encode(Header(**{**values, **changes}), None)  # type: ignore[arg-type]
