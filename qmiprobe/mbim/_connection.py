# SPDX-License-Identifier: GPL-2.0-or-later
"""An MBIM control channel as a state machine: bytes in, events out, no I/O (MBIM 1.0, 9).

An answer has to match transaction, service and command id. (Stock tools look at the transaction
only, and take a wrong answer for the right one.) What does not fit is an event, never dropped.
"""

from __future__ import annotations

from qmiprobe._enums import Uuid
from qmiprobe._events import Malformed, Role, Unmatched
from qmiprobe._ledger import Ledger
from qmiprobe._message import Indication, Request, Response
from qmiprobe.errors import DecodeError, EncodeError
from qmiprobe.mbim._codec import MbimMessage, decode, encode
from qmiprobe.mbim._connection_events import (
    AnswerReceived,
    CloseDone,
    CloseReceived,
    CommandReceived,
    Event,
    FunctionErrorReceived,
    NotificationReceived,
    OpenDone,
    OpenReceived,
    Pending,
)
from qmiprobe.mbim._header import KINDS, Joiner, Packet, build, parse, split
from qmiprobe.mbim.services._shared import ProtocolError

__all__ = [
    "MAX_CONTROL_TRANSFER",
    "MIN_CONTROL_TRANSFER",
    "AnswerReceived",
    "CloseDone",
    "CloseReceived",
    "CommandReceived",
    "Event",
    "FunctionErrorReceived",
    "MbimConnection",
    "NotificationReceived",
    "OpenDone",
    "OpenReceived",
    "Pending",
]

MAX_CONTROL_TRANSFER = 4096
"""Bytes that a host asks for where it knows no better."""
MIN_CONTROL_TRANSFER = 64
"""Bytes that every function and host takes (MBIM 1.0, table 6-3)."""
_FRAGMENTED = ("command", "command-done", "indicate-status")


class MbimConnection:
    """One control channel, seen from either side."""

    def __init__(
        self,
        role: Role,
        *,
        max_control_transfer: int = MAX_CONTROL_TRANSFER,
        mbimex: str | None = "1.0",
    ) -> None:
        if max_control_transfer < MIN_CONTROL_TRANSFER:
            raise EncodeError(
                f"MaxControlTransfer {max_control_transfer}: MBIM needs {MIN_CONTROL_TRANSFER}"
            )
        self.role = role
        self.max_control_transfer = max_control_transfer
        """Longest message or fragment in bytes; the smaller of both sides' once open."""
        self.mbimex = mbimex
        """Negotiated version of the extensions; 1.0 until both sides agree on more."""
        self.is_open = False
        self._limit = max_control_transfer
        self._joiner = Joiner()
        self._joining: Packet | None = None
        """First fragment of the message whose rest is due."""
        self._others: list[Event] = []
        self._ledger: Ledger[Pending] = Ledger()
        self._last = 0

    @property
    def pending(self) -> tuple[Pending, ...]:
        """Messages without an answer yet."""
        return self._ledger.open

    # The host's side

    def open(self, *, now: float) -> tuple[Pending, bytes]:
        """Return OPEN as it will be matched, and its bytes."""
        pending = self._start("open", now)
        packet = Packet(
            kind="open", transaction=pending.transaction, value=self.max_control_transfer
        )
        return pending, build(packet)

    def join(self, *, transaction: int) -> None:
        """Take the function for open, as another program left it; count from ``transaction`` on."""
        self.is_open = True
        self._last = transaction

    def close(self, *, now: float) -> tuple[Pending, bytes]:
        """Return CLOSE as it will be matched, and its bytes."""
        pending = self._start("close", now)
        return pending, build(Packet(kind="close", transaction=pending.transaction))

    def command(self, body: Request[Response], *, now: float) -> tuple[Pending, list[bytes]]:
        """Return a command as it will be matched, and its fragments, to be sent in a row.

        ``now`` in seconds of any clock that never goes back. EncodeError where a field's value is
        not allowed.
        """
        is_set = getattr(body, "direction", "query") == "set"
        return self._command(body.service, body.id, is_set=is_set, body=body, buffer=b"", now=now)

    def command_raw(
        self, *, service: Uuid, cid: int, is_set: bool, buffer: bytes, now: float
    ) -> tuple[Pending, list[bytes]]:
        """The same for a command that is not defined: information buffer as bytes."""
        return self._command(service, cid, is_set=is_set, body=None, buffer=buffer, now=now)

    def _command(
        self,
        service: Uuid,
        cid: int,
        *,
        is_set: bool,
        body: Request[Response] | None,
        buffer: bytes,
        now: float,
    ) -> tuple[Pending, list[bytes]]:
        number = self._next_transaction(now)
        packet = Packet(
            kind="command",
            transaction=number,
            value=int(is_set),
            service=service,
            cid=cid,
            buffer=buffer,
        )
        fragments = list(split(encode(packet, body), self.max_control_transfer))
        pending = Pending(number, "command", service, cid)
        self._last = number
        self._ledger.start(pending)
        return pending, fragments

    def _start(self, kind: str, now: float) -> Pending:
        pending = Pending(self._next_transaction(now), kind)
        self._last = pending.transaction
        self._ledger.start(pending)
        return pending

    def _next_transaction(self, now: float) -> int:
        self._ledger.expire(now)
        number = self._last % 0xFFFFFFFF + 1
        while not self._ledger.is_free(number):
            number = number % 0xFFFFFFFF + 1
        return number

    def abandon(self, pending: Pending, *, now: float) -> None:
        """Give a message up: its answer, when it comes, is an event of kind ``late``."""
        self._ledger.abandon(pending, now=now)

    # What is received

    def receive(self, data: bytes, *, now: float = 0.0) -> Event | None:
        """Return what one message or fragment means; None while fragments are missing.

        What it means beside that (a message that it interrupted) :meth:`others` has.
        """
        self._others.clear()
        packet: Packet | None = None
        try:
            packet = parse(data)
            if packet.kind in _FRAGMENTED and not packet.current:
                self._interrupt(data, f"{packet.kind} of transaction {packet.transaction} began")
            whole = self._joiner.add(data)
        except DecodeError as error:
            return self._misfit(packet, data, error)
        if whole is None:
            self._joining = self._joining or packet
            return None
        if packet.current:
            self._joining = None
        return self._whole(whole)

    def others(self) -> tuple[Event, ...]:
        """Return what the bytes received last meant beside what :meth:`receive` returned."""
        return tuple(self._others)

    def _whole(self, whole: bytes) -> Event:
        try:
            packet = parse(whole)
            if self.role is Role.MODEM:
                return self._from_host(packet, whole)
            return self._from_function(packet, whole)
        except DecodeError as error:
            return Malformed(whole, error, self._seems_to_answer(whole))

    def _interrupt(self, data: bytes, why: str) -> None:
        """Give up the message whose fragments did not all come."""
        first, self._joining = self._joining, None
        if first is not None:
            self._joiner.reset()
            text = f"{first.kind} of transaction {first.transaction} lacks fragments: {why}"
            found = self._spoilt(first)
            self._others.append(Malformed(data, DecodeError(text, offset=16), found))

    def _misfit(self, packet: Packet | None, data: bytes, error: DecodeError) -> Event:
        """Bytes that are no message, or a fragment that is not the one that is due."""
        if packet is None or not packet.current:
            return Malformed(data, error, self._seems_to_answer(data))
        first, self._joining = self._joining, None
        if first is None or first.transaction == packet.transaction:
            return Malformed(data, error, self._spoilt(packet))
        other = self._spoilt(packet)
        if other is not None:
            text = f"fragment {packet.current} of {packet.total} without those before it"
            self._others.append(Malformed(data, DecodeError(text, offset=16), other))
        return Malformed(data, error, self._spoilt(first))

    def _spoilt(self, fragment: Packet) -> Pending | None:
        """Return the request whose answer this is a part of; it is open no more."""
        found = self._ledger.find_open(fragment.transaction)
        if found is None or fragment.kind != f"{found.kind}-done":
            return None
        self._ledger.finish(found)
        return found

    def _seems_to_answer(self, data: bytes) -> Pending | None:
        """Return the request whose answer was damaged, so that nobody waits for another."""
        if self.role is Role.MODEM or len(data) < 12:
            return None
        kind = KINDS.get(int.from_bytes(data[:4], "little"), "")
        found = self._ledger.find_open(int.from_bytes(data[8:12], "little"))
        if found is None or kind not in (f"{found.kind}-done", "function-error"):
            return None
        if kind == "command-done" and len(data) >= 40 and not any(data[16:20]):
            asked = (found.service, found.cid)
            if (data[20:36], int.from_bytes(data[36:40], "little")) != asked:
                return None
        self._ledger.finish(found)
        return found

    def _from_function(self, packet: Packet, whole: bytes) -> Event:
        if packet.kind in ("open", "close", "command", "host-error"):
            return Unmatched("wrong-role", f"a {packet.kind} from the function", whole)
        if packet.kind == "indicate-status":
            return NotificationReceived(decode(whole, mbimex=self.mbimex))
        found = self._ledger.find_open(packet.transaction)
        if found is None:
            return self._judge_stranger(packet, whole)
        if packet.kind == "function-error":
            self._ledger.finish(found)
            if packet.value == ProtocolError.NOT_OPENED:
                self.is_open = False
            return FunctionErrorReceived(found, decode(whole))
        misfit = found.misfit(packet)
        if misfit is not None:
            return Unmatched(misfit[0], f"{_named(packet)}; {misfit[1]}", whole)
        message = decode(whole, mbimex=self.mbimex)
        self._ledger.finish(found)
        return self._answered(found, message, whole)

    def _answered(self, found: Pending, message: MbimMessage, whole: bytes) -> Event:
        if found.kind == "command":
            return AnswerReceived(found, message)
        if not message.packet.value or found.kind == "close":
            # From here on nothing belongs to what was said before.
            self._interrupt(whole, f"the function was {found.kind}ed")
        if found.kind == "open":
            self.is_open = not message.packet.value
            return OpenDone(found, message)
        self.is_open = False
        return CloseDone(found, message)

    def _judge_stranger(self, packet: Packet, whole: bytes) -> Event:
        """Say what an answer is whose transaction no open request has."""
        text, error = _named(packet), packet.kind == "function-error"
        past = self._ledger.find_past(packet.transaction)
        if past is not None:
            kind, asked = past
            misfit = None if error else asked.misfit(packet)
            if misfit is None:
                self._ledger.finish(asked)
                how = "its request was given up" if kind == "late" else "it came before"
                return Unmatched(kind, f"{text}; {how}", whole, asked)
            if kind == "late":
                return Unmatched(misfit[0], f"{text}; {misfit[1]}, and given up", whole)
        if error:
            return FunctionErrorReceived(None, decode(whole))
        for asked in self._ledger.open:
            if asked.misfit(packet) is None:
                other = f"{text}; the request has transaction {asked.transaction}"
                return Unmatched("wrong-transaction", other, whole)
        return Unmatched("stale", f"{text}; nobody asked", whole)

    # The modem's side

    def _from_host(self, packet: Packet, whole: bytes) -> Event:
        if packet.kind == "open":
            return OpenReceived(packet)
        if packet.kind == "close":
            return CloseReceived(packet)
        if packet.kind == "command":
            return CommandReceived(decode(whole, mbimex=self.mbimex))
        return Unmatched("wrong-role", f"a {packet.kind} from the host", whole)

    def open_done(self, request: Packet, *, status: int = 0) -> bytes:
        """Return OPEN_DONE; with status 0 the function is open, at the smaller of both sizes."""
        self._joiner.reset()
        self._joining = None
        if not status:
            self.is_open = True
            self.max_control_transfer = max(MIN_CONTROL_TRANSFER, min(self._limit, request.value))
        return build(Packet(kind="open-done", transaction=request.transaction, value=status))

    def close_done(self, request: Packet) -> bytes:
        """Return CLOSE_DONE, whose status is always success (9.4.2)."""
        self.is_open = False
        return build(Packet(kind="close-done", transaction=request.transaction))

    def answer(
        self, request: MbimMessage, body: Response | None = None, *, status: int = 0
    ) -> list[bytes]:
        """Return the fragments of COMMAND_DONE."""
        asked = request.packet
        packet = Packet(
            kind="command-done",
            transaction=asked.transaction,
            value=status,
            service=asked.service,
            cid=asked.cid,
        )
        return list(split(encode(packet, body), self.max_control_transfer))

    def notify(self, body: Indication) -> list[bytes]:
        """Return the fragments of INDICATE_STATUS."""
        packet = Packet(kind="indicate-status", transaction=0, service=body.service, cid=body.id)
        return list(split(encode(packet, body), self.max_control_transfer))

    def function_error(self, transaction: int, error: ProtocolError | int) -> bytes:
        """Return FUNCTION_ERROR."""
        return build(Packet(kind="function-error", transaction=transaction, value=int(error)))


def _named(packet: Packet) -> str:
    text = f"{packet.kind} of transaction {packet.transaction}"
    if packet.kind == "command-done":
        text += f", service {packet.service}, command {packet.cid}"
    return text
