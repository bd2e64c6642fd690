# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem as the rungs see it: the same questions whether it speaks QMI or MBIM."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from qmiprobe.device import Observed
from qmiprobe.session import DataSession, SessionRequest


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who the modem says it is; empty where it does not say."""

    manufacturer: str = ""
    model: str = ""
    revision: str = ""
    imei: str = ""
    capabilities: str = ""


@dataclass(frozen=True, kw_only=True)
class Mode:
    """Operating mode by QMI's names; ``cause`` says why it is not online."""

    name: str
    cause: str | None = None
    """``software``, ``hardware``, ``fcc-lock``, ``unknown``; None while online."""


@dataclass(frozen=True, kw_only=True)
class SimStatus:
    """State of the SIM in the active slot, as the table of facts names it."""

    state: str
    error: str | None = None
    pin_tries: int | None = None
    puk_tries: int | None = None
    slot: int | None = None
    """The active slot, from 1; None where it was not asked for."""
    other_slot: int | None = None
    """A slot that is not active and holds a card; looked for where the active one is empty."""


@dataclass(frozen=True, kw_only=True)
class Registration:
    """Registration and packet attach."""

    state: str
    roaming: bool | None = None
    operator: str | None = None
    plmn: str | None = None
    technology: str | None = None
    reject_number: int | None = None
    reject_name: str | None = None
    attached: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Signal:
    """Signal figures: dBm, dB; None where the modem does not give one."""

    technology: str | None = None
    rssi: float | None = None
    rsrp: float | None = None
    rsrq: float | None = None
    snr: float | None = None


@dataclass(frozen=True, kw_only=True)
class ClientTrial:
    """A client id of one service, asked for."""

    service: str
    error: str | None = None
    """The error's name where none was given."""
    spare: bool = False
    """Whether it was one more than the one in use, asked for and given back."""


@dataclass(frozen=True, kw_only=True)
class Leftover:
    """A client id that a killed run of qmiprobe had left, given back now."""

    service: str
    client: int
    pid: int
    """The process that had it."""


class Modem(Protocol):
    """What the rungs ask; each raises what calls raise."""

    protocol: str

    @property
    def observed(self) -> Observed:
        """Latencies and anomalies of the port so far."""
        ...

    def let_go(self, check: str) -> None:
        """Begin to give back what only this check, which is over, and earlier ones needed."""
        ...

    @property
    def joined(self) -> bool:
        """Whether the function was open already, for a session that an earlier run keeps."""
        ...

    @property
    def at_once(self) -> bool:
        """Whether round trips may be made beside each other."""
        ...

    async def round_trip(self, number: int) -> None:
        """Make one harmless round trip; ``number`` counts them from 0."""
        ...

    def trips(self, check: str) -> int:
        """Return how many answers a check has to wait for, one after another, at most."""
        ...

    @property
    def undo_trips(self) -> int:
        """How many answers giving back takes that is due at the end by now."""
        ...

    async def give_back_leftovers(self, *, held_by_others: bool) -> tuple[Leftover, ...]:
        """Give back what killed runs left on this port; return what went back. Empty for MBIM.

        ``held_by_others``: another program has the port open, and nothing is given back.
        """
        ...

    @property
    def journal_problem(self) -> str | None:
        """Why the ids that are held cannot be written down; None where they are, or need not."""
        ...

    async def try_clients(self) -> tuple[ClientTrial, ...]:
        """Ask for a client id of each service used, which stays ours, and for a spare one of the
        service that sessions need more of, which goes back at once. Empty for MBIM.
        """
        ...

    async def identity(self) -> Identity:
        """Read who it is."""
        ...

    async def mode(self) -> Mode:
        """Read its operating mode."""
        ...

    async def sim(self) -> SimStatus:
        """Read the SIM's state."""
        ...

    async def registration(self) -> Registration:
        """Read registration and attach."""
        ...

    async def signal(self) -> Signal:
        """Read the signal figures."""
        ...

    async def data_format(self) -> str | None:
        """Read what it speaks on the netdev: ``raw-ip`` or ``802.3``; None if it does not say."""
        ...

    async def settings(self) -> dict[str, str]:
        """Read what decides about a data session: APN, profiles, autoconnect."""
        ...

    def open_session(self, request: SessionRequest) -> AbstractAsyncContextManager[DataSession]:
        """Start a data session while the block runs."""
        ...

    async def find_session(self) -> DataSession | None:
        """Return the session that is up already, if it can be seen."""
        ...
