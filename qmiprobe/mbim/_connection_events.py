# SPDX-License-Identifier: GPL-2.0-or-later
"""What an MBIM connection makes of received bytes, and the requests it waits for."""

from __future__ import annotations

from dataclasses import dataclass

from qmiprobe._enums import Uuid
from qmiprobe._events import Malformed, Unmatched
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim._header import Packet


@dataclass(frozen=True)
class Pending:
    """A message under way: what its answer has to match."""

    transaction: int
    kind: str
    """``open``, ``close`` or ``command``."""
    service: Uuid | None = None
    cid: int = 0

    @property
    def key(self) -> int:
        """The transaction: unique while the request is open."""
        return self.transaction

    def misfit(self, packet: Packet) -> tuple[str, str] | None:
        """Return kind and text of what keeps ``packet`` from answering this, or None."""
        if packet.kind != f"{self.kind}-done":
            return "wrong-message", f"the request was {self.kind}"
        if packet.kind == "command-done" and packet.service != self.service:
            return "wrong-service", f"the request was to service {self.service}"
        if packet.kind == "command-done" and packet.cid != self.cid:
            return "wrong-message", f"the request was command {self.cid}"
        return None


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
