# SPDX-License-Identifier: GPL-2.0-or-later
"""A host's and a function's MBIM connection joined, with what passed between them at hand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qmiprobe._events import Malformed, Role, Unmatched
from qmiprobe.mbim._connection import (
    CommandReceived,
    MbimConnection,
    OpenDone,
    OpenReceived,
    Pending,
)
from qmiprobe.mbim._header import Packet, build

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmiprobe._message import Request, Response
    from qmiprobe.mbim._codec import MbimMessage


@dataclass
class ConnectionPair:
    """Both ends of one control channel; time is an attribute."""

    host: MbimConnection = field(default_factory=lambda: MbimConnection(Role.HOST))
    modem: MbimConnection = field(default_factory=lambda: MbimConnection(Role.MODEM))
    now: float = 0.0

    def open(self) -> OpenDone:
        """Open the function and return the answer as the host takes it."""
        _, data = self.host.open(now=self.now)
        event = self.modem.receive(data)
        assert isinstance(event, OpenReceived)
        done = self.take(self.modem.open_done(event.packet))
        assert isinstance(done, OpenDone)
        return done

    def ask(self, body: Request[Response]) -> tuple[Pending, MbimMessage]:
        """Send a command and return it from both sides."""
        pending, fragments = self.host.command(body, now=self.now)
        events = [self.modem.receive(data, now=self.now) for data in fragments]
        assert events[:-1] == [None] * (len(fragments) - 1)
        assert isinstance(events[-1], CommandReceived)
        return pending, events[-1].message

    def take(self, data: bytes) -> object:
        """Let the host receive one message or fragment."""
        return self.host.receive(data, now=self.now)

    def take_all(self, fragments: Iterable[bytes]) -> list[object]:
        """Let the host receive several, and return the events beside None."""
        events: list[object] = []
        for data in fragments:
            event = self.take(data)
            events += [one for one in (event, *self.host.others()) if one is not None]
        return events

    def refuse_to_match(self, data: bytes, kind: str) -> Unmatched:
        """Let the host receive a message that has to be an event of this kind."""
        event = self.take(data)
        assert isinstance(event, Unmatched), event
        assert event.kind == kind, event
        return event

    def spoil(self, fragments: Iterable[bytes]) -> list[Malformed]:
        """Let the host receive fragments that give nothing but evidence."""
        events = self.take_all(fragments)
        assert all(isinstance(event, Malformed) for event in events), events
        return [event for event in events if isinstance(event, Malformed)]


def answer_with(request: MbimMessage, **changes: object) -> bytes:
    """Return an empty answer to ``request`` in which something is changed."""
    asked = request.packet
    packet = Packet(
        kind="command-done", transaction=asked.transaction, service=asked.service, cid=asked.cid
    )
    return build(replace(packet, **changes))  # type: ignore[arg-type]
