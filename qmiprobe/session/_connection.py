# SPDX-License-Identifier: GPL-2.0-or-later
"""A data session in use on this machine: framing agreed, started, on its netdev, names asked.

The parts are undone in reverse, on every way out; each is noted in the session's ledger before it
is made, so that another run can do it where this one is killed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from qmiprobe.bearer import BearerFacts, FamilyFacts
from qmiprobe.device import MbimDevice, QmiDevice
from qmiprobe.device._leftovers import Witness, take_witness
from qmiprobe.errors import CannotTest
from qmiprobe.session._bearer_json import step_of
from qmiprobe.session._ledger import Ledger
from qmiprobe.session._model import DataSession, Framing, SessionRequest
from qmiprobe.session._netdev import METRIC, configure
from qmiprobe.session._steps import Kept, MbimSession, QmiWitness
from qmiprobe.session._unwind import unwind

DnsWay: TypeAlias = Literal["resolver", "resolv.conf", "none"]
Change: TypeAlias = Literal["same", "changed", "ended"]


@dataclass(frozen=True, kw_only=True)
class ConnectPlan:
    """What the user wants of a session on this machine."""

    request: SessionRequest = field(default_factory=SessionRequest)
    netdev: str
    """Of the control port's own interface."""
    session_id: int = 0
    """Of MBIM."""
    mux_id: int | None = None
    """Of QMAP; None: no aggregation."""
    endpoint: tuple[int, int] | None = None
    """Type and number of the modem's data endpoint, where it is known."""
    framing: Framing = "auto"
    dns: DnsWay = "resolver"
    metric: int = METRIC
    force: bool = False
    follow: bool = False
    """Whether changes are going to be followed."""


@dataclass
class Prepared:
    """A netdev that is ready for sessions; made by :func:`prepared`."""

    device: QmiDevice | MbimDevice
    plan: ConnectPlan
    ledger: Ledger
    netdev: str
    """Where the session's packets go: the plan's, or one above it."""
    witness: Witness | None
    kept: bool = False
    problems: list[str] = field(default_factory=list)
    """What could not be undone."""
    stale: bool = False
    """Whether the modem has restarted, and host and modem have to agree anew."""

    async def renew(self) -> None:
        """Agree with a modem that has restarted; CannotTest where that takes a new run."""
        if not self.stale:
            return
        if self.plan.mux_id is not None:
            raise CannotTest("the modem has restarted, and forgot the mux id: connect again")
        self.netdev = await _prepare(self.device, self.plan, self.ledger)
        self.stale = False


@asynccontextmanager
async def prepared(
    device: QmiDevice | MbimDevice, plan: ConnectPlan, ledger: Ledger
) -> AsyncIterator[Prepared]:
    """Agree with the modem on framing and make the netdev that is needed, while the block runs.

    Raises CannotTest where that is not possible, and what calls raise. A client id is held that
    tells a later run whose ids this one's were.
    """
    begin = len(ledger.steps)
    async with AsyncExitStack() as stack:
        witness = None
        if isinstance(device, QmiDevice) and device.journal is not None:
            witness = await take_witness(device, stack)
        made = Prepared(device, plan, ledger, plan.netdev, witness)
        try:
            made.netdev = await _prepare(device, plan, ledger)
            yield made
        finally:
            if not made.kept:
                made.problems += await unwind(ledger, to=begin, device=device)


async def _prepare(device: QmiDevice | MbimDevice, plan: ConnectPlan, ledger: Ledger) -> str:
    if isinstance(device, QmiDevice):
        if plan.session_id:
            raise CannotTest("QMI tells sessions apart by mux ids: give --mux, not --session-id")
        from qmiprobe.session._framing import agree_framing

        return await agree_framing(
            device,
            plan.netdev,
            ledger=ledger,
            framing=plan.framing,
            mux_id=plan.mux_id,
            endpoint=plan.endpoint,
            force=plan.force,
        )
    if plan.mux_id is not None or plan.framing != "auto":
        raise CannotTest("MBIM has one framing and session ids: leave --mux and --framing out")
    from qmiprobe.session._links import session_netdev

    return await session_netdev(plan.netdev, session_id=plan.session_id, ledger=ledger)


@dataclass
class Connection:
    """A session that is up and on its netdev; made by :func:`connected`."""

    place: Prepared
    session: DataSession
    bearer: BearerFacts
    dns: DnsWay = "none"
    """How names are asked at the session's servers."""
    dns_problem: str | None = None
    """Why they are not, though wanted."""
    _begin: int = 0

    async def look(self) -> Change:
        """Ask the modem how the session is, and follow what has changed on the netdev.

        ``ended``: nothing is up any more; the netdev is then as before the session.
        """
        now = await self.session.read()
        if not now:
            await self._take_off()
            return "ended"
        if now == self.bearer.families:
            return "same"
        await self._take_off()
        self.bearer = _bearer(self.place, self.session, families=now)
        await self.put_on()
        return "changed"

    async def put_on(self) -> None:
        """Configure the netdev and the resolver; note what the network gave."""
        ledger, plan = self.place.ledger, self.place.plan
        if isinstance(self.place.device, MbimDevice):
            addresses = tuple(str(one.interface) for one in self.bearer.families)
            ledger.push(MbimSession(session_id=plan.session_id, addresses=addresses))
        await configure(self.bearer, ledger, metric=plan.metric)
        await self._tell_servers()
        ledger.push(step_of(self.bearer))

    async def _tell_servers(self) -> None:
        from qmiprobe.session._dns import tell_servers

        plan = self.place.plan
        told = await tell_servers(self.bearer, self.place.ledger, way=plan.dns, metric=plan.metric)
        self.dns, self.dns_problem = told.way, told.problem

    async def _take_off(self) -> None:
        place = self.place
        place.problems += await unwind(place.ledger, to=self._begin)

    def forget(self) -> None:
        """Take the session for ended: the modem closed its function, and all sessions with it."""
        device = self.place.device
        if isinstance(device, MbimDevice):
            device.owned_sessions.discard(self.session.session_id)

    def keep(self) -> None:
        """Have it stay up when this program ends; ``disconnect`` ends it.

        Raises CannotTest where it cannot be written down; then it does not stay.
        """
        place = self.place
        if place.witness is not None:
            place.ledger.push(QmiWitness(client=place.witness.client.cid))
        for step in self.session.ending:
            place.ledger.push(step)
        place.ledger.push(Kept())
        place.kept = True
        self.session.leave()
        if place.witness is not None:
            place.witness.client.device.leave(place.witness.client)


@asynccontextmanager
async def connected(place: Prepared) -> AsyncIterator[Connection]:
    """Start the session, put it on its netdev, and hold it while the block runs.

    Raises SessionRefused with the network's reason, CannotTest where the machine does not take
    it, and what calls raise.
    """
    device, plan, ledger = place.device, place.plan, place.ledger
    await place.renew()
    if isinstance(device, QmiDevice):
        from qmiprobe.session._qmi import Mux, open_qmi_session

        mux = Mux(plan.mux_id, plan.endpoint) if plan.mux_id is not None else None
        opening = open_qmi_session(device, plan.request, mux=mux, follow=plan.follow)
    else:
        from qmiprobe.session._mbim import open_mbim_session

        if not device.connection.is_open:  # it has restarted since
            await device.open()
        opening = open_mbim_session(device, plan.request, session_id=plan.session_id, ledger=ledger)
    async with opening as session:
        begin = len(ledger.steps)
        connection = Connection(place, session, _bearer(place, session), _begin=begin)
        try:
            await connection.put_on()
            yield connection
        finally:
            if not place.kept:
                place.problems += await unwind(ledger, to=begin)


def _bearer(
    place: Prepared, session: DataSession, *, families: tuple[FamilyFacts, ...] | None = None
) -> BearerFacts:
    return BearerFacts(
        netdev=place.netdev,
        families=session.families if families is None else families,
        session_id=place.plan.mux_id or session.session_id,
    )
