# SPDX-License-Identifier: GPL-2.0-or-later
"""A QMI control channel as a state machine: bytes in, events out, no I/O.

It owns the transaction ids: a request is open until its answer comes or it is abandoned, and an
abandoned id is not used again before its late answer or 300 seconds. An answer has to match
service, client, transaction and message id; what does not fit is an event, never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass

from qmiprobe._events import QUARANTINE, Malformed, Role, Unmatched
from qmiprobe._message import Indication, Request, Response
from qmiprobe.errors import DecodeError, EncodeError
from qmiprobe.qmi._clients import ClientTable
from qmiprobe.qmi._codec import QmiMessage, Result, decode, encode
from qmiprobe.qmi._sdu import BROADCAST, CTL, Header
from qmiprobe.qmi.services._shared import Error


@dataclass(frozen=True)
class Pending:
    """A request under way: what its answer has to match."""

    service: int
    client: int
    transaction: int
    message_id: int

    @property
    def key(self) -> tuple[int, int, int]:
        """Service, client and transaction: unique while the request is open."""
        return self.service, self.client, self.transaction


@dataclass(frozen=True)
class ResponseReceived:
    """The answer to ``request``."""

    request: Pending
    message: QmiMessage


@dataclass(frozen=True)
class IndicationReceived:
    """An indication, for one client or (client id 0xFF) for all of its service."""

    message: QmiMessage


@dataclass(frozen=True)
class RequestReceived:
    """A request to a connection in the modem's role."""

    message: QmiMessage


Event = ResponseReceived | IndicationReceived | RequestReceived | Unmatched | Malformed


class QmiConnection:
    """One control channel, seen from either side."""

    def __init__(self, role: Role, *, vendor: int | None = None) -> None:
        self.role = role
        self.vendor = vendor
        """USB vendor id, to choose among vendors' messages."""
        self.clients = ClientTable()
        """Modem's role: the ids it gave out."""
        self._pending: dict[tuple[int, int, int], Pending] = {}
        self._abandoned: dict[tuple[int, int, int], float] = {}
        self._answered: dict[tuple[int, int, int], int] = {}
        self._last: dict[tuple[int, int], int] = {}

    @property
    def pending(self) -> tuple[Pending, ...]:
        """Requests without an answer yet."""
        return tuple(self._pending.values())

    def request(
        self, body: Request[Response], *, client: int = 0, now: float
    ) -> tuple[Pending, bytes]:
        """Return the request as it will be matched, and the frame to send."""
        return self._open(body.service, client, body.id, now, body=body)

    def request_raw(
        self, *, service: int, client: int, message_id: int, tlvs: bytes, now: float
    ) -> tuple[Pending, bytes]:
        """The same for a message that is not defined: TLVs as bytes."""
        return self._open(service, client, message_id, now, extra=tlvs)

    def _open(
        self,
        service: int,
        client: int,
        message_id: int,
        now: float,
        *,
        body: Request[Response] | None = None,
        extra: bytes = b"",
    ) -> tuple[Pending, bytes]:
        transaction = self._next_transaction(service, client, now)
        pending = Pending(service, client, transaction, message_id)
        header = Header(
            service=service,
            client=client,
            transaction=transaction,
            message_id=message_id,
            kind="request",
            from_service=False,
        )
        frame = encode(header, body, extra=extra)
        self._pending[pending.key] = pending
        self._answered.pop(pending.key, None)
        return pending, frame

    def _next_transaction(self, service: int, client: int, now: float) -> int:
        self._abandoned = {key: end for key, end in self._abandoned.items() if end > now}
        most = 0xFF if service == CTL else 0xFFFF
        number = self._last.get((service, client), 0)
        for _ in range(most):
            number = number % most + 1
            key = (service, client, number)
            if key not in self._pending and key not in self._abandoned:
                self._last[service, client] = number
                return number
        raise EncodeError(f"all {most} transaction ids of service {service:#04x} are in use")

    def abandon(self, pending: Pending, *, now: float) -> None:
        """Give a request up: its answer, when it comes, is an event of kind ``late``."""
        if self._pending.pop(pending.key, None) is not None:
            self._abandoned[pending.key] = now + QUARANTINE

    def receive(self, data: bytes, *, now: float = 0.0) -> Event:
        """Return what one whole frame means."""
        try:
            message = decode(data, vendor=self.vendor)
        except DecodeError as error:
            return Malformed(data, error, self._seems_to_answer(data))
        kind = message.header.kind
        if self.role is Role.MODEM:
            if kind == "request":
                return RequestReceived(message)
            return Unmatched("wrong-role", f"a {kind} from the host", data)
        if kind == "response":
            return self._match(message)
        if kind == "indication":
            return IndicationReceived(message)
        return Unmatched("wrong-role", "a request from the modem", data)

    def _seems_to_answer(self, data: bytes) -> Pending | None:
        """Return the request whose answer was damaged, so that nobody waits for another."""
        if self.role is Role.MODEM or len(data) < 12:
            return None
        ctl = data[4] == CTL
        transaction = data[7] if ctl else int.from_bytes(data[7:9], "little")
        at = 8 if ctl else 9
        found = self._pending.get((data[4], data[5], transaction))
        if found is None or found.message_id != int.from_bytes(data[at : at + 2], "little"):
            return None
        return self._pending.pop(found.key)

    def _match(self, message: QmiMessage) -> Event:
        header = message.header
        key = (header.service, header.client, header.transaction)
        found = self._pending.get(key)
        text = (
            f"answer {header.message_id:#06x} of service {header.service:#04x}, "
            f"client {header.client}, transaction {header.transaction}"
        )
        if found is not None and found.message_id == header.message_id:
            del self._pending[key]
            self._answered[key] = header.message_id
            return ResponseReceived(found, message)
        if found is not None:
            wanted = f"{text}; the request of that transaction was {found.message_id:#06x}"
            return Unmatched("wrong-message", wanted, message.raw)
        if self._abandoned.pop(key, None) is not None:
            return Unmatched("late", f"{text}; its request was given up", message.raw)
        if self._answered.get(key) == header.message_id:
            return Unmatched("duplicate", f"{text}; it came before", message.raw)
        return self._judge_stranger(header, text, message.raw)

    def _judge_stranger(self, header: Header, text: str, raw: bytes) -> Unmatched:
        same = [p for p in self._pending.values() if p.message_id == header.message_id]
        if any(p.service == header.service for p in same):
            return Unmatched("wrong-transaction", f"{text}; no such request is open", raw)
        if any(p.transaction == header.transaction for p in same):
            return Unmatched("wrong-service", f"{text}; the request was to another service", raw)
        return Unmatched("stale", f"{text}; nobody asked", raw)

    def respond(
        self,
        request: QmiMessage,
        body: Response | None = None,
        *,
        error: Error | int | None = None,
        extra: bytes = b"",
    ) -> bytes:
        """Return the frame that answers ``request``; with ``error`` a refusal."""
        header = request.header
        answer = Header(
            service=header.service,
            client=header.client,
            transaction=header.transaction,
            message_id=header.message_id,
            kind="response",
            from_service=True,
        )
        result = Result(not error, Error(error or 0))
        return encode(answer, body, result=result, extra=extra)

    def indicate(self, body: Indication, *, client: int = BROADCAST) -> bytes:
        """Return the frame of an indication."""
        header = Header(
            service=body.service,
            client=client,
            transaction=0,
            message_id=body.id,
            kind="indication",
            from_service=True,
        )
        return encode(header, body)
