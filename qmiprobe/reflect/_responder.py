# SPDX-License-Identifier: GPL-2.0-or-later
"""What a reflector answers to a packet, if anything: no sockets and no clock of its own.

To whoever does not know the token it answers nothing. An answer is never longer than what asked
for it until the asker has shown that it hears what is sent to its address and port; beyond that,
each session has a budget. Nothing is kept for a packet that is not signed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ._bare import BARE_BYTES
from ._frame import OVERHEAD, Frame, Op, Sealed, seal, unseal
from ._keys import Proofs, master_key
from ._limits import Buckets, Limits, network_of
from ._messages import (
    ANSWER_BYTES,
    AS_ASKED,
    COOKIE_BYTES,
    LONGEST_DELAY,
    NO_FEATURE,
    NONCE_BYTES,
    Answer,
    Ask,
    Feature,
    Opened,
    Status,
    Wish,
    parse_ask,
)
from ._sessions import Session, Sessions

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

_ELSEWHERE = Wish.OTHER_PORT | Wish.OTHER_ADDRESS


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Where a packet came from, and how."""

    protocol: str
    """"udp", "tcp", "esp" or "gre"."""
    address: IPAddress
    port: int = 0
    size: int
    """Bytes of the IP packet; over TCP of the frame alone."""
    headers: int = 0
    """Bytes of it before the frame."""
    ttl: int = 0
    tos: int = 0
    fragment: int = 0
    at_ns: int = 0

    @property
    def place(self) -> bytes:
        """What a proof of the way back is made for."""
        return self.protocol.encode() + self.address.packed + self.port.to_bytes(2, "big")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What is to be sent back to where the packet came from."""

    frame: Frame
    key: bytes
    payload: int = 0
    """Bytes to pad the frame to."""
    answer: Answer | None = None
    """The body, which gets its time when it is sent."""
    ask: Ask = Ask()  # noqa: RUF009  # frozen
    session: Session | None = None

    def seal(self, *, index: int = 0, now_ns: int = 0) -> bytes:
        """Return the bytes of one answer, the ``index``th of its train."""
        if self.answer is None:
            return seal(self.frame, key=self.key, size=self.payload)
        body = replace(self.answer, index=index & 0xFFFF, left_ns=now_ns).pack()
        return seal(replace(self.frame, body=body), key=self.key, size=self.payload)

    def too_long(self) -> Reply | None:
        """Return what to say instead where the system does not send it; None: nothing."""
        if self.answer is None or self.answer.status == Status.TOO_LONG:
            return None
        answer = replace(self.answer, status=Status.TOO_LONG)
        return replace(self, answer=answer, payload=0, ask=Ask())


class Responder:
    """A reflector without its sockets."""

    def __init__(
        self,
        token: bytes,
        *,
        limits: Limits | None = None,
        ports: tuple[int, ...] = (),
        other_port: int = 0,
        features: Feature = NO_FEATURE,
        other_addresses: tuple[IPAddress, ...] = (),
    ) -> None:
        self.limits = limits or Limits()
        self.sessions = Sessions(self.limits)
        self._master = master_key(token)
        self._proofs = Proofs()
        self._ports = ports
        self._other_port = other_port
        self._features = features
        self._others: dict[int, IPAddress] = {int(one.version): one for one in other_addresses}
        most = self.limits.networks
        rate = self.limits.greetings_per_second
        self._greetings = Buckets(rate=rate, burst=2 * rate, most=most)
        rate = self.limits.packets_per_second
        self._answers = Buckets(rate=rate, burst=rate, most=most)
        budget = self.limits.budget
        self._gifts = Buckets(rate=budget / 60, burst=5 * budget, most=most)

    def other_address(self, family: int) -> IPAddress | None:
        """Return the address that answers may come from beside the asked one."""
        return self._others.get(family)

    def handle(self, data: bytes, arrival: Arrival, *, now: float) -> Reply | None:
        """Return what to answer to a packet; None: nothing. ``now`` in seconds, monotonic."""
        sealed = unseal(data)
        if sealed is None:
            return None
        if sealed.frame.op in (Op.HELLO, Op.OPEN):
            return self._greet(sealed, arrival, now)
        session = self.admit(sealed, now=now)
        return self.answer(session, sealed.frame, arrival, now=now) if session else None

    def admit(self, sealed: Sealed, *, now: float) -> Session | None:
        """Return the session that a frame belongs to; None where it is forged, old or repeated."""
        session = self.sessions.find(sealed.frame.session, now=now)
        if session is None or not sealed.signed_by(session.key):
            return None
        if not session.accept(sealed.frame.sequence):
            return None
        session.used_at = now
        return session

    def answer(
        self, session: Session, frame: Frame, arrival: Arrival, *, now: float
    ) -> Reply | None:
        """Return what to answer to a frame of a session."""
        network = network_of(arrival.address)
        if not self._answers.take(network, 1, now=now):
            return None
        if frame.op == Op.CLOSE:
            self.sessions.close(session)
            return None
        if frame.op == Op.TALLY:
            run = int.from_bytes(frame.body[:4], "big")
            tally = session.sent(run) or self.sessions.counted(session, run).tally()
            reply = self.reply(session, frame, Op.TALLIED, tally.pack())
            return self._fitting(reply, arrival)
        ask = parse_ask(frame.body) if frame.op == Op.ASK else None
        return self._answer_ask(session, frame, ask, arrival, now) if ask else None

    def count(self, tag: bytes, number: int, *, size: int, at_ns: int, now: float) -> None:
        """Count a packet of a run of data, where the tag is that of one; nothing is answered."""
        found = self.sessions.run_of(tag)
        if found is not None:
            session, count = found
            count.take(number, size=size, at_ns=at_ns)
            session.used_at = now

    def reply(self, session: Session, frame: Frame, op: Op, body: bytes) -> Reply:
        """Return a reply to a frame, as it is."""
        made = Frame(
            op=op,
            session=session.id,
            sequence=session.next_sequence(),
            body=body,
            prefix=frame.prefix,
        )
        return Reply(frame=made, key=session.key, session=session)

    def spend(self, session: Session, amount: int, *, now: float) -> bool:
        """Take bytes from what a session and its network may still get; False: none are left."""
        if amount > session.budget or not self._gifts.take(session.network, amount, now=now):
            return False
        session.budget -= amount
        return True

    def _answer_ask(
        self, session: Session, frame: Frame, ask: Ask, arrival: Arrival, now: float
    ) -> Reply | None:
        proven = arrival.protocol == "tcp" or self._proofs.is_path(
            frame.proof, session.id, arrival.place, now=now
        )
        smallest = arrival.headers + len(frame.prefix) + OVERHEAD + ANSWER_BYTES
        least = arrival.headers + BARE_BYTES if ask.run else smallest
        wanted = max(arrival.size if ask.size == AS_ASKED else ask.size, least)
        whole = max(1, ask.count) * wanted + (smallest if ask.run else 0)
        status = self._status(session, ask, whole, arrival, proven=proven, now=now)
        if status is not Status.OK:
            ask = Ask()
        if ask.run:
            ask = replace(ask, size=wanted)
        if ask.run or status is not Status.OK:
            wanted = smallest
        if not proven and wanted > arrival.size:
            return None
        answer = Answer(
            status=status,
            address=arrival.address,
            port=arrival.port,
            ttl=arrival.ttl,
            tos=arrival.tos,
            size=arrival.size,
            fragment=arrival.fragment,
            ask=frame.sequence,
            arrived_ns=arrival.at_ns,
            window=session.window,
            highest=session.highest,
            received=session.received,
        )
        made = self.reply(session, frame, Op.ANSWER, b"")
        proof = self._proofs.path(session.id, arrival.place, now=now)
        payload = wanted - arrival.headers
        framed = replace(made.frame, proof=proof)
        return replace(made, frame=framed, payload=payload, answer=answer, ask=ask)

    def _status(
        self,
        session: Session,
        ask: Ask,
        whole: int,
        arrival: Arrival,
        *,
        proven: bool,
        now: float,
    ) -> Status:
        """Return whether it is done; ``whole``: the bytes of all that would be sent."""
        count = max(1, ask.count)
        extra = whole - arrival.size
        if (extra > 0 or ask.wishes & _ELSEWHERE) and not proven:
            return Status.UNPROVEN
        if ask.wishes & Wish.OTHER_PORT and not self._other_port:
            return Status.NOT_HERE
        if ask.run and (arrival.protocol != "udp" or ask.wishes & _ELSEWHERE):
            return Status.NOT_HERE
        if ask.wishes & Wish.OTHER_ADDRESS and arrival.address.version not in self._others:
            return Status.NOT_HERE
        if ask.delay_ms > LONGEST_DELAY * 1000 or (
            ask.delay_ms and session.held >= self.limits.held
        ):
            return Status.TOO_MANY
        if (count > 1 or ask.run) and session.trains >= self.limits.trains:
            return Status.TOO_MANY
        if extra > 0 and not self.spend(session, extra, now=now):
            return Status.OVER_BUDGET
        return Status.OK

    def _greet(self, sealed: Sealed, arrival: Arrival, now: float) -> Reply | None:
        """Answer who knows the token: first with a cookie, and with a session who brings it."""
        body = sealed.frame.body
        nonce, cookie = body[:NONCE_BYTES], body[NONCE_BYTES:]
        hello = sealed.frame.op == Op.HELLO
        if len(body) != NONCE_BYTES + (0 if hello else COOKIE_BYTES):
            return None
        if not sealed.signed_by(self._master):
            return None
        network = network_of(arrival.address)
        if not self._greetings.take(network, 1, now=now):
            return None
        if hello:
            made = nonce + self._proofs.cookie(arrival.place, nonce, now=now)
            frame = Frame(op=Op.COOKIE, body=made, prefix=sealed.frame.prefix)
            return self._fitting(Reply(frame=frame, key=self._master), arrival)
        if not self._proofs.is_cookie(cookie, arrival.place, nonce, now=now):
            return None
        session = self.sessions.open(
            self._master, nonce=nonce, cookie=cookie, network=network, now=now
        )
        return self._opened(session, sealed.frame, nonce, arrival, now) if session else None

    def _opened(
        self, session: Session, frame: Frame, nonce: bytes, arrival: Arrival, now: float
    ) -> Reply | None:
        opened = Opened(
            session=session.id,
            nonce=nonce,
            budget=session.budget,
            rate=self.limits.rate,
            other_port=self._other_port,
            features=self._features,
            other_address=self._others.get(arrival.address.version),
            ports=self._ports,
        )
        proof = self._proofs.path(session.id, arrival.place, now=now)
        made = Frame(op=Op.OPENED, body=opened.pack(), prefix=frame.prefix, proof=proof)
        return self._fitting(Reply(frame=made, key=self._master), arrival)

    def _fitting(self, reply: Reply, arrival: Arrival) -> Reply | None:
        """Return the reply unless it is longer than what it answers."""
        return reply if reply.frame.size + arrival.headers <= arrival.size else None
