# SPDX-License-Identifier: GPL-2.0-or-later
"""An MBIM control channel as a state machine: bytes in, events out, no I/O (MBIM 1.0, 9).

An answer has to match transaction, service and command id. (Stock tools look at the transaction
only, and take a wrong answer for the right one.) What does not fit is an event, never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass

from qmiprobe._enums import Uuid
from qmiprobe._events import QUARANTINE, Malformed, Role, Unmatched
from qmiprobe._message import Indication, Request, Response
from qmiprobe.errors import DecodeError, EncodeError
from qmiprobe.mbim._codec import MbimMessage, decode, encode
from qmiprobe.mbim._header import Joiner, Packet, build, parse, split
from qmiprobe.mbim.services._shared import ProtocolError

MAX_CONTROL_TRANSFER = 4096


@dataclass(frozen=True)
class Pending:
    """A message under way: what its answer has to match."""

    transaction: int
    kind: str
    """``open``, ``close`` or ``command``."""
    service: Uuid | None = None
    cid: int = 0


@dataclass(frozen=True)
class OpenDone:
    """The answer to OPEN; ``message.status`` says whether the function is open."""

    request: Pending
    message: MbimMessage


@dataclass(frozen=True)
class CloseDone:
    """The answer to CLOSE."""

    request: Pending
    message: MbimMessage


@dataclass(frozen=True)
class AnswerReceived:
    """The answer to a command."""

    request: Pending
    message: MbimMessage


@dataclass(frozen=True)
class FunctionErrorReceived:
    """The function refused a message itself; ``request`` is None where no message fits."""

    request: Pending | None
    message: MbimMessage


@dataclass(frozen=True)
class NotificationReceived:
    """The function told something unasked."""

    message: MbimMessage


@dataclass(frozen=True)
class OpenReceived:
    """Modem's role: OPEN; ``packet.value`` is the MaxControlTransfer that the host wants."""

    packet: Packet


@dataclass(frozen=True)
class CloseReceived:
    """Modem's role: CLOSE."""

    packet: Packet


@dataclass(frozen=True)
class CommandReceived:
    """Modem's role: a command."""

    message: MbimMessage


Event = (
    OpenDone
    | CloseDone
    | AnswerReceived
    | FunctionErrorReceived
    | NotificationReceived
    | OpenReceived
    | CloseReceived
    | CommandReceived
    | Unmatched
    | Malformed
)


class MbimConnection:
    """One control channel, seen from either side."""

    def __init__(
        self,
        role: Role,
        *,
        max_control_transfer: int = MAX_CONTROL_TRANSFER,
        mbimex: str | None = "1.0",
    ) -> None:
        self.role = role
        self.max_control_transfer = max_control_transfer
        """Longest message or fragment in bytes; the smaller of both sides' once open."""
        self.mbimex = mbimex
        """Negotiated version of the extensions; 1.0 until both sides agree on more."""
        self.is_open = False
        self._limit = max_control_transfer
        self._joiner = Joiner()
        self._last = 0
        self._pending: dict[int, Pending] = {}
        self._abandoned: dict[int, tuple[Pending, float]] = {}
        self._answered: dict[int, Pending] = {}

    # The host's side

    def open(self, *, now: float) -> tuple[Pending, bytes]:
        """Return OPEN as it will be matched, and its bytes."""
        pending = self._start("open", now)
        packet = Packet(
            kind="open", transaction=pending.transaction, value=self.max_control_transfer
        )
        return pending, build(packet)

    def close(self, *, now: float) -> tuple[Pending, bytes]:
        """Return CLOSE as it will be matched, and its bytes."""
        pending = self._start("close", now)
        return pending, build(Packet(kind="close", transaction=pending.transaction))

    def command(self, body: Request[Response], *, now: float) -> tuple[Pending, list[bytes]]:
        """Return a command as it will be matched, and its fragments."""
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
        pending = self._start("command", now, service=service, cid=cid)
        packet = Packet(
            kind="command",
            transaction=pending.transaction,
            value=int(is_set),
            service=service,
            cid=cid,
            buffer=buffer,
        )
        return pending, list(split(encode(packet, body), self.max_control_transfer))

    def _start(
        self, kind: str, now: float, *, service: Uuid | None = None, cid: int = 0
    ) -> Pending:
        self._abandoned = {n: entry for n, entry in self._abandoned.items() if entry[1] > now}
        for _ in range(len(self._pending) + len(self._abandoned) + 1):
            self._last = self._last % 0xFFFFFFFF + 1
            if self._last not in self._pending and self._last not in self._abandoned:
                break
        else:
            raise EncodeError("all transaction ids are in use")
        pending = Pending(self._last, kind, service, cid)
        self._pending[self._last] = pending
        return pending

    def abandon(self, pending: Pending, *, now: float) -> None:
        """Give a message up: its answer, when it comes, is an event of kind ``late``."""
        if self._pending.pop(pending.transaction, None) is not None:
            self._abandoned[pending.transaction] = (pending, now + QUARANTINE)

    def receive(self, data: bytes, *, now: float = 0.0) -> Event | None:
        """Return what one message or fragment means; None while fragments are missing."""
        try:
            whole = self._joiner.add(data)
            if whole is None:
                return None
            packet = parse(whole)
            if self.role is Role.MODEM:
                return self._from_host(packet, whole)
            return self._from_function(packet, whole)
        except DecodeError as error:
            return Malformed(data, error, self._seems_to_answer(data))

    def _seems_to_answer(self, data: bytes) -> Pending | None:
        """Return the request whose answer was damaged, so that nobody waits for another."""
        if self.role is Role.MODEM or len(data) < 12 or not data[3] & 0x80:
            return None
        return self._pending.pop(int.from_bytes(data[8:12], "little"), None)

    def _from_function(self, packet: Packet, whole: bytes) -> Event:
        if packet.kind in ("open", "close", "command", "host-error"):
            return Unmatched("wrong-role", f"a {packet.kind} from the function", whole)
        if packet.kind == "indicate-status":
            return NotificationReceived(decode(whole, mbimex=self.mbimex))
        return self._match(packet, whole)

    def _match(self, packet: Packet, whole: bytes) -> Event:
        found = self._pending.get(packet.transaction)
        text = f"{packet.kind} of transaction {packet.transaction}"
        if packet.kind == "command-done":
            text += f", service {packet.service}, command {packet.cid}"
        if packet.kind == "function-error":
            if found is not None:
                self._finish(found)
            return FunctionErrorReceived(found, decode(whole))
        if found is None:
            return self._judge_stranger(packet, text, whole)
        if packet.kind != f"{found.kind}-done":
            return Unmatched("wrong-message", f"{text}; the request was {found.kind}", whole)
        if packet.kind == "command-done":
            if packet.service != found.service:
                wanted = f"{text}; the request was to service {found.service}"
                return Unmatched("wrong-service", wanted, whole)
            if packet.cid != found.cid:
                return Unmatched("wrong-message", f"{text}; the request was {found.cid}", whole)
        message = decode(whole, mbimex=self.mbimex)
        self._finish(found)
        if found.kind == "open":
            self.is_open = not packet.value
            return OpenDone(found, message)
        if found.kind == "close":
            self.is_open = False
            return CloseDone(found, message)
        return AnswerReceived(found, message)

    def _finish(self, found: Pending) -> None:
        del self._pending[found.transaction]
        self._answered = {found.transaction: found}

    def _judge_stranger(self, packet: Packet, text: str, whole: bytes) -> Unmatched:
        if self._abandoned.pop(packet.transaction, None) is not None:
            return Unmatched("late", f"{text}; its request was given up", whole)
        if packet.transaction in self._answered:
            return Unmatched("duplicate", f"{text}; it came before", whole)
        waits = any(
            packet.kind == f"{pending.kind}-done"
            and (pending.kind != "command" or (packet.service, packet.cid) ==
                 (pending.service, pending.cid))
            for pending in self._pending.values()
        )  # fmt: skip
        kind = "wrong-transaction" if waits else "stale"
        return Unmatched(kind, f"{text}; no such request is open", whole)

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
        if not status:
            self.is_open = True
            self.max_control_transfer = max(64, min(self._limit, request.value))
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
