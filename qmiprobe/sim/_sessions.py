# SPDX-License-Identifier: GPL-2.0-or-later
"""Data sessions of a simulated modem: one family of one session number each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from qmiprobe.bearer import FamilyFacts, IPInterface
from qmiprobe.sim._parts import CLIENT_ENDED, CallEnd, Calls, Change, Kind

MOST_SESSIONS = 8
"""The simulated network has addresses for so many."""
TOO_MANY = CallEnd(kind="internal", number=228)
"""No more connections."""


class Counters(Protocol):
    """What one session has carried; "tx" is from the host to the network."""

    @property
    def tx_packets(self) -> int: ...
    @property
    def tx_bytes(self) -> int: ...
    @property
    def tx_dropped(self) -> int: ...
    @property
    def rx_packets(self) -> int: ...
    @property
    def rx_bytes(self) -> int: ...
    @property
    def rx_dropped(self) -> int: ...


class Bearers(Protocol):
    """The data plane's side: it opens its gate for sessions that are up, and counts.

    ``sim.dataplane.BearerTable`` is one.
    """

    def frame(self, *, ethernet: bool) -> None: ...
    def up(self, session_id: int, family: int, interface: IPInterface) -> None: ...
    def down(self, session_id: int, family: int) -> None: ...
    def counters(self, session_id: int, family: int | None = None) -> Counters: ...


class NetworkDescription(Protocol):
    """Gives out addresses; ``sim.dataplane.Network`` does, and its addresses without it."""

    def __call__(self, family: int, *, index: int = 0, mtu: int | None = None) -> FamilyFacts: ...


@dataclass(frozen=True, kw_only=True)
class Session:
    """One family of a data session that is up."""

    session_id: int
    family: int
    apn: str
    facts: FamilyFacts
    started: float = 0.0


class Sessions:
    """All data sessions, and how the last one of each kind ended."""

    def __init__(
        self,
        calls: Calls,
        bearers: Bearers,
        network: NetworkDescription,
        tell: Callable[[Change], None],
        *,
        ethernet: Callable[[], bool] = lambda: False,
    ) -> None:
        self._ethernet = ethernet
        self._bearers = bearers
        self.network = network
        self._calls = calls
        self._tell = tell
        self._up: dict[tuple[int, int], Session] = {}
        self._indexes: dict[int, int] = {}
        """Which of the network's addresses a session number has."""
        self.ends: dict[tuple[int, int], CallEnd] = {}
        """Why a session and family is down; nothing for one that never was up."""

    @property
    def bearers(self) -> Bearers:
        """The data plane that is told; a new one hears of what is up already."""
        return self._bearers

    @bearers.setter
    def bearers(self, bearers: Bearers) -> None:
        bearers.frame(ethernet=self._ethernet())
        self._bearers = bearers
        for session in self._up.values():
            bearers.up(session.session_id, session.family, session.facts.interface)

    def find(self, session_id: int, family: int) -> Session | None:
        """Return a session that is up, or None."""
        return self._up.get((session_id, family))

    def families(self, session_id: int) -> list[int]:
        """Return the families of a session that are up."""
        return sorted(family for number, family in self._up if number == session_id)

    @property
    def numbers(self) -> list[int]:
        """Numbers of the sessions that are up."""
        return sorted({number for number, _ in self._up})

    def start(self, session_id: int, family: int, *, apn: str) -> Session | CallEnd:
        """Bring one family up; a :class:`CallEnd` says why not."""
        refusal = self._calls.refusals.get(family)
        if refusal is not None:
            self.ends[session_id, family] = refusal
            return refusal
        index = self._index(session_id)
        if index >= MOST_SESSIONS:
            return TOO_MANY
        facts = self.network(family, index=index, mtu=self._calls.signalled_mtu)
        if not self._calls.with_dns:
            facts = replace(facts, dns=())
        session = Session(session_id=session_id, family=family, apn=plain(apn), facts=facts)
        self._up[session_id, family] = session
        self.ends.pop((session_id, family), None)
        self._bearers.up(session_id, family, facts.interface)
        self._tell(Change(Kind.SESSION, session_id, family))
        return session

    def stop(self, session_id: int, family: int, reason: CallEnd = CLIENT_ENDED) -> bool:
        """Bring one family down; False where it was not up."""
        if self._up.pop((session_id, family), None) is None:
            return False
        self.ends[session_id, family] = reason
        self._bearers.down(session_id, family)
        self._tell(Change(Kind.SESSION, session_id, family))
        return True

    def end_all(self, reason: CallEnd) -> None:
        """Bring all down."""
        for session_id, family in list(self._up):
            self.stop(session_id, family, reason)

    def _index(self, session_id: int) -> int:
        used = {self._indexes[number] for number in self.numbers if number != session_id}
        index = self._indexes.get(session_id)
        if index is None or index in used or index >= MOST_SESSIONS:
            index = next(number for number in range(MOST_SESSIONS + 1) if number not in used)
        self._indexes[session_id] = index
        return index


def plain(text: str) -> str:
    """Return a host's text without what no message could carry back."""
    return text.replace("\0", "")
