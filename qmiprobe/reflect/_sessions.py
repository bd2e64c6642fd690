# SPDX-License-Identifier: GPL-2.0-or-later
"""The sessions of a reflector: whose keys it knows, what they have used up."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ._bare import Count, tag_of
from ._keys import session_key
from ._messages import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ._limits import Limits

WINDOW = 1024
"""Sequence numbers below the highest one that may still come, each once."""
_SHOWN = (1 << 64) - 1
_RUNS = 4
_EVICT_AFTER = 60.0


class Session:
    """One client's session; frames of it may come from any address."""

    def __init__(self, identity: bytes, key: bytes, network: bytes, limits: Limits) -> None:
        self.id = identity
        self.key = key
        self.network = network
        self.budget = limits.budget
        self.highest = 0
        self.received = 0
        self.used_at = 0.0
        self.closed = False
        self.held = 0
        self.trains = 0
        self.sequence = 0
        self._seen = 0
        self.counted_runs: dict[int, Count] = {}
        self._sent_runs: dict[int, Tally] = {}

    @property
    def window(self) -> int:
        """Bit n: whether sequence number ``highest`` - n has arrived; 64 bits."""
        return self._seen & _SHOWN

    def accept(self, sequence: int) -> bool:
        """Note a sequence number; return whether it is new. One too old is not."""
        ahead = sequence - self.highest
        if ahead > 0:
            kept = self._seen << ahead if ahead < WINDOW else 0
            self._seen = (kept | 1) & ((1 << WINDOW) - 1)
            self.highest = sequence
        else:
            bit = 1 << -ahead
            if -ahead >= WINDOW or self._seen & bit:
                return False
            self._seen |= bit
        self.received += 1
        return True

    def next_sequence(self) -> int:
        """Return the number of the next frame toward the client."""
        self.sequence = (self.sequence + 1) & 0xFFFFFFFF
        return self.sequence

    def note_sent(self, run: int, *, packets: int, size: int) -> None:
        """Note what was sent of a run of data; the oldest of four gives way."""
        tally = Tally(run=run, packets=packets, size=packets * size, first_ns=0, last_ns=0)
        self._sent_runs[run] = tally
        for old in list(self._sent_runs)[:-_RUNS]:
            del self._sent_runs[old]

    def sent(self, run: int) -> Tally | None:
        """Return what was sent of a run; None: the reflector sends no such run."""
        return self._sent_runs.get(run)

    @contextmanager
    def holding(self, *, train: bool) -> Iterator[None]:
        """Count an answer that is held back, or a train of them, while it is."""
        self.held += not train
        self.trains += train
        try:
            yield
        finally:
            self.held -= not train
            self.trains -= train


class Sessions:
    """All sessions, at most so many as the limits allow."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._by_id: dict[bytes, Session] = {}
        self._by_nonce: dict[bytes, Session] = {}
        self._by_tag: dict[bytes, tuple[Session, Count]] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, identity: bytes, *, now: float) -> Session | None:
        """Return the session, or None where there is none of that name."""
        session = self._by_id.get(identity)
        if session is not None and now - session.used_at > self._limits.idle_s:
            self.close(session)
            return None
        return session

    def open(
        self, master: bytes, *, nonce: bytes, cookie: bytes, network: bytes, now: float
    ) -> Session | None:
        """Return a new session, the old one to a nonce seen before, or None where all are used."""
        known = self._by_nonce.get(nonce + cookie)
        if known is not None:
            return known
        if not self._make_room(network, now):
            return None
        identity = b"\0" * 8
        while identity in self._by_id or int.from_bytes(identity[4:], "big") < 256:
            identity = secrets.token_bytes(8)  # its end is an SPI too, and those below 256 are none
        key = session_key(master, nonce=nonce, cookie=cookie, session=identity)
        session = Session(identity, key, network, self._limits)
        session.used_at = now
        self._by_id[identity] = session
        self._by_nonce[nonce + cookie] = session
        return session

    def counted(self, session: Session, run: int) -> Count:
        """Return what has come of a run of data; the first time that begins it."""
        count = session.counted_runs.get(run)
        if count is None:
            count = session.counted_runs[run] = Count(run)
            self._by_tag[tag_of(session.key, run, down=False)] = session, count
            for old in list(session.counted_runs)[:-_RUNS]:
                self._forget_run(session, old)
        return count

    def run_of(self, tag: bytes) -> tuple[Session, Count] | None:
        """Return the run whose packets bear ``tag``, and its session."""
        return self._by_tag.get(tag)

    def _forget_run(self, session: Session, run: int) -> None:
        del session.counted_runs[run]
        self._by_tag.pop(tag_of(session.key, run, down=False), None)

    def close(self, session: Session) -> None:
        """Forget a session."""
        self._by_id.pop(session.id, None)
        session.closed = True
        for run in list(session.counted_runs):
            self._forget_run(session, run)
        for nonce, one in list(self._by_nonce.items()):
            if one is session:
                del self._by_nonce[nonce]

    def close_all(self) -> None:
        """Forget all sessions."""
        for session in self._by_id.values():
            session.closed = True
        self._by_id.clear()
        self._by_nonce.clear()
        self._by_tag.clear()

    def _make_room(self, network: bytes, now: float) -> bool:
        for session in list(self._by_id.values()):
            if now - session.used_at > self._limits.idle_s:
                self.close(session)
        mine = [one for one in self._by_id.values() if one.network == network]
        if len(mine) >= self._limits.sessions_per_network:
            return self._evict(mine, now)
        if len(self._by_id) >= self._limits.sessions:
            return self._evict(list(self._by_id.values()), now)
        return True

    def _evict(self, among: list[Session], now: float) -> bool:
        """Close the one that has been idle for longest, unless it may still be in use."""
        idle = [one for one in among if not one.held and now - one.used_at > _EVICT_AFTER]
        if not idle:
            return False
        self.close(min(idle, key=lambda session: session.used_at))
        return True
