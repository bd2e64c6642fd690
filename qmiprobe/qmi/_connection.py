# SPDX-License-Identifier: GPL-2.0-or-later
"""A QMI control channel as a state machine: bytes in, events out, no I/O.

It owns the transaction ids: a request is open until its answer comes or it is abandoned, and an
abandoned id is not used again before its late answer or 300 seconds. An answer has to match
service, client, transaction and message id; what does not fit is an event, never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass

from qmiprobe._events import Malformed, Role, Unmatched
from qmiprobe._ledger import Ledger
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


_RESPONSE_BIT_CTL, _RESPONSE_BIT = 0x01, 0x02

Event = ResponseReceived | IndicationReceived | RequestReceived | Unmatched | Malformed


class QmiConnection:
    """One control channel, seen from either side."""

    def __init__(self, role: Role, *, vendor: int | None = None) -> None:
        self.role = role
        self.vendor = vendor
        """USB vendor id, to choose among vendors' messages."""
        self.clients = ClientTable()
        """Modem's role: the ids it gave out."""
        self._ledger: Ledger[Pending] = Ledger()
        self._last: dict[tuple[int, int], int] = {}

    @property
    def pending(self) -> tuple[Pending, ...]:
        """Requests without an answer yet."""
        return self._ledger.open

    def request(
        self, body: Request[Response], *, client: int = 0, now: float
    ) -> tuple[Pending, bytes]:
        """Return the request as it will be matched, and the frame to send.

        ``now`` in seconds of any clock that never goes back. EncodeError where a field's value is
        not allowed, or where no transaction id is free.
        """
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
        self._ledger.start(pending)
        self._last[service, client] = transaction
        return pending, frame

    def _next_transaction(self, service: int, client: int, now: float) -> int:
        self._ledger.expire(now)
        most = 0xFF if service == CTL else 0xFFFF
        number = self._last.get((service, client), 0)
        for _ in range(most):
            number = number % most + 1
            if self._ledger.is_free((service, client, number)):
                return number
        raise EncodeError(
            f"all {most} transaction ids of service {service:#04x}, client {client} wait for an "
            "answer: the modem answers nothing"
        )

    def abandon(self, pending: Pending, *, now: float) -> None:
        """Give a request up: its answer, when it comes, is an event of kind ``late``."""
        self._ledger.abandon(pending, now=now)

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
        # A service above 255 stands in two bytes, see _sdu.
        service = int.from_bytes(data[3:5], "little") if data[0] == 2 else data[4]
        ctl = service == CTL
        if not data[6] & (_RESPONSE_BIT_CTL if ctl else _RESPONSE_BIT):
            return None
        at = 8 if ctl else 9
        transaction = int.from_bytes(data[7:at], "little")
        found = self._ledger.find_open((service, data[5], transaction))
        if found is None or found.message_id != int.from_bytes(data[at : at + 2], "little"):
            return None
        self._ledger.finish(found)
        return found

    def _match(self, message: QmiMessage) -> Event:
        header = message.header
        key = (header.service, header.client, header.transaction)
        text = (
            f"answer {header.message_id:#06x} of service {header.service:#04x}, "
            f"client {header.client}, transaction {header.transaction}"
        )
        found = self._ledger.find_open(key)
        if found is not None:
            if found.message_id != header.message_id:
                wanted = f"{text}; the request of that transaction was {found.message_id:#06x}"
                return Unmatched("wrong-message", wanted, message.raw)
            self._ledger.finish(found)
            return ResponseReceived(found, message)
        past = self._ledger.find_past(key)
        if past is None:
            return self._judge_stranger(header, text, message.raw)
        kind, asked = past
        if asked.message_id == header.message_id:
            self._ledger.finish(asked)
            how = "its request was given up" if kind == "late" else "it came before"
            return Unmatched(kind, f"{text}; {how}", message.raw, asked)
        if kind == "late":
            wanted = (
                f"{text}; the request of that transaction, given up, was {asked.message_id:#06x}"
            )
            return Unmatched("wrong-message", wanted, message.raw)
        return self._judge_stranger(header, text, message.raw)

    def _judge_stranger(self, header: Header, text: str, raw: bytes) -> Unmatched:
        """Say in what an answer differs from the request that it is nearest to."""
        for asked in self._ledger.open:
            if asked.message_id != header.message_id:
                continue
            client, transaction = asked.client == header.client, asked.transaction
            if asked.service != header.service:
                if client and transaction == header.transaction:
                    other = f"{text}; the request was to service {asked.service:#04x}"
                    return Unmatched("wrong-service", other, raw)
            elif client:
                other = f"{text}; the request has transaction {transaction}"
                return Unmatched("wrong-transaction", other, raw)
            elif transaction == header.transaction:
                return Unmatched("wrong-client", f"{text}; client {asked.client} asked", raw)
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
