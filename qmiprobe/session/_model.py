# SPDX-License-Identifier: GPL-2.0-or-later
"""What a data session is asked with, what it gives, and why it was refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import ip_interface
from typing import Literal, TypeAlias

from qmiprobe.bearer import FamilyFacts, IPAddress
from qmiprobe.errors import QmiprobeError
from qmiprobe.session._steps import Step

Framing: TypeAlias = Literal["auto", "raw-ip", "802.3"]
"""What host and modem shall speak on the netdev; ``auto``: what the modem speaks now."""
Auth: TypeAlias = Literal["none", "pap", "chap", "both"]
START_TIMEOUT = 180.0
"""Seconds; networks have been seen to take minutes, and ModemManager waits as long."""
STOP_TIMEOUT = 5.0
QUERY_TIMEOUT = 10.0


@dataclass(frozen=True, kw_only=True)
class SessionRequest:
    """What the user wants; empty fields are the network's or the profile's choice."""

    apn: str = ""
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    families: tuple[int, ...] = (4, 6)
    """Of 4 and 6, at least one, in the order in which they are started."""
    profile: int | None = None
    auth: Auth | None = None
    """How user and password are told; None: as the network likes, where there is a user."""
    timeout: float = START_TIMEOUT

    def __post_init__(self) -> None:
        families = set(self.families)
        if not families or families - {4, 6} or len(families) < len(self.families):
            raise ValueError(f"families {self.families}: want 4, 6 or both")


@dataclass(frozen=True)
class Refusal:
    """Why the network or the modem refused: a reason's type, number and name."""

    family: int
    """4 or 6; 0 where one request was for both."""
    type: str
    """``3gpp``, ``internal``, ``cm``, ...: QMI's verbose types; ``call-end-reason`` the old
    one; ``nw-error`` and ``status`` of MBIM; ``qmi-error``; ``no-address`` and ``in-use`` are
    what we found out ourselves, and have no number (0)."""
    number: int
    name: str

    def __str__(self) -> str:
        return f"{self.type} {self.number} ({self.name})" if self.number else self.name


class SessionRefused(QmiprobeError):
    """No family came up; ``refusals`` says why for each."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("; ".join(str(refusal) for refusal in refusals))
        self.refusals = refusals


async def _no_counters() -> tuple[int, int] | None:
    return None


async def _nothing() -> tuple[FamilyFacts, ...]:
    return ()


def _no_message(_message: object) -> bool:
    return False


def _no_leaving() -> None:
    pass


@dataclass
class DataSession:
    """A session that is up."""

    families: tuple[FamilyFacts, ...]
    refusals: tuple[Refusal, ...] = ()
    """Families that were asked for and not granted."""
    owner: str = "qmiprobe"
    """``other`` where somebody else started it: it is not stopped."""
    session_id: int = 0
    packets: Callable[[], Awaitable[tuple[int, int] | None]] = _no_counters
    """Reads the modem's own counters: packets sent and received; None where it has none."""
    read: Callable[[], Awaitable[tuple[FamilyFacts, ...]]] = _nothing
    """Asks the modem what is up by now; empty once nothing is."""
    concerns: Callable[[object], bool] = _no_message
    """Whether an indication may mean that this session has changed or ended."""
    ending: tuple[Step, ...] = ()
    """By what a later run ends it, if it is left up."""
    leave: Callable[[], None] = _no_leaving
    """Has the session stay up when the block ends, its client ids with it."""


def make_facts(
    address: IPAddress | None,
    prefix: int,
    *,
    gateway: IPAddress | None,
    dns: Iterable[IPAddress | None],
    mtu: int | None,
) -> FamilyFacts | None:
    """Return what a modem says as facts: zeros mean nothing, and nothing stands there twice.

    None without an address. A prefix that cannot be one counts as the address alone.
    """
    if address is None or not int(address):
        return None
    length = prefix if 0 < prefix <= address.max_prefixlen else address.max_prefixlen
    servers = dict.fromkeys(one for one in dns if one is not None and int(one))
    return FamilyFacts(
        family=address.version,
        interface=ip_interface(f"{address}/{length}"),
        gateway=gateway if gateway is not None and int(gateway) else None,
        dns=tuple(servers),
        mtu=mtu or None,
    )
