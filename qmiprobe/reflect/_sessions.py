# SPDX-License-Identifier: GPL-2.0-or-later
"""The sessions of a reflector: whose keys it knows, what they have used up."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ._keys import session_key
from ._messages import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ._limits import Limits

WINDOW = 1024
"""Sequence numbers below the highest one that may still come, each once."""
_SHOWN = (1 << 64) - 1
_TALLIES = 4
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
        self.held = 0
        self.trains = 0
        self.sequence = 0
        self._seen = 0
        self._tallies: dict[int, Tally] = {}

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

    def count_data(self, run: int, *, size: int, at_ns: int) -> None:
        """Note a packet of a run of data; the oldest run gives way to a fifth."""
        so_far = self._tallies.get(run)
        if so_far is None:
            while len(self._tallies) >= _TALLIES:
                del self._tallies[next(iter(self._tallies))]
            self._tallies[run] = Tally(run=run, packets=1, size=size, first_ns=at_ns, last_ns=at_ns)
        else:
            self._tallies[run] = Tally(
                run=run,
                packets=so_far.packets + 1,
                size=so_far.size + size,
                first_ns=so_far.first_ns,
                last_ns=at_ns,
            )

    def tally(self, run: int) -> Tally:
        """Return what has arrived of a run."""
        empty = Tally(run=run, packets=0, size=0, first_ns=0, last_ns=0)
        return self._tallies.get(run, empty)


class Sessions:
    """All sessions, at most so many as the limits allow."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._by_id: dict[bytes, Session] = {}
        self._by_nonce: dict[bytes, Session] = {}

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

    def close(self, session: Session) -> None:
        """Forget a session."""
        self._by_id.pop(session.id, None)
        for nonce, one in list(self._by_nonce.items()):
            if one is session:
                del self._by_nonce[nonce]

    def close_all(self) -> None:
        """Forget all sessions."""
        self._by_id.clear()
        self._by_nonce.clear()

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
