# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of ``qmiprobe connect`` that needs trio."""

from __future__ import annotations

import math
import os
import signal
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TypeAlias, cast

import click
import trio

from qmiprobe.address import Address, ControlPort, resolve
from qmiprobe.cli._check import _enter_namespace as enter_namespace
from qmiprobe.cli._connect_output import Voice
from qmiprobe.cli._managed import kept_away, managed
from qmiprobe.cli._options import Options
from qmiprobe.cli._run import run
from qmiprobe.cli._say import say_observed
from qmiprobe.cli._session_device import (
    end_by_journal,
    end_left,
    is_port_of,
    opened_device,
    protocol_of,
)
from qmiprobe.cli._status import ExitStatus
from qmiprobe.cli._tracing import trace_to
from qmiprobe.device import Observed
from qmiprobe.errors import CannotTest, NoAnswer, PortMissing
from qmiprobe.session import (
    Auth,
    Connection,
    ConnectPlan,
    DnsWay,
    Framing,
    SessionJournal,
    SessionRefused,
    SessionRequest,
    connected,
    hold,
    new_journal,
    prepared,
    sessions,
)

if TYPE_CHECKING:
    from qmiprobe.bearer import BearerFacts
    from qmiprobe.session._hold import Event
    from qmiprobe.session._journal import Owner

Handler: TypeAlias = Callable[[int, FrameType | None], object] | int | None
_FAMILIES = {"4": (4,), "6": (6,), "46": (4, 6)}
_SHARE = 0.8
"""Of the whole time, for the network's answer."""
_HSUSB, _PCIE = 2, 3
_PCIE_NUMBER = 4
"""What modems on PCIe call their data endpoint."""
_EXPLAIN_S = 20.0
"""Seconds for the ladder that says why a session was refused, beyond the time of the attempt."""


def run_connect(device: Address | None, options: Options, asked: dict[str, object]) -> int:
    """Connect; return the exit status."""
    data_plane, no_data_path = enter_namespace(device, connect=True)
    kept: list[Path] = []

    async def main() -> int:
        if early:
            return 128 + early[0]
        with trace_to(options) as wrap:
            async with resolve(
                device, data_plane=data_plane, no_data_path=no_data_path, wrap=wrap
            ) as port:
                return await _Run(port, options, asked, kept).connect()

    early: list[int] = []
    before = _catch_signals(early)
    status: int | None = None
    try:
        status = run(main)
    finally:
        if status != ExitStatus.OK and kept:  # interrupted after that: it is not to stay either
            run(partial(_end_kept, kept[0]))
        if status != ExitStatus.OK or not kept:
            for number, handler in before.items():
                signal.signal(number, handler)
        # Else what comes from here on is too late: the session is up, and the status says so.
    return status


def _catch_signals(caught: list[int]) -> dict[signal.Signals, Handler]:
    """Have SIGINT and SIGTERM only noted while ``run`` does not take them; return who did before.

    Else one that comes after the run would end the program as if all had been put back.
    """

    def note(number: int, _frame: object) -> None:
        caught.append(number)

    numbers = (signal.SIGINT, signal.SIGTERM)
    return {number: signal.signal(number, note) for number in numbers}


async def _end_kept(path: Path) -> int:
    for one in sessions():
        if isinstance(one, SessionJournal):
            with one:
                if one.path == path:
                    await end_by_journal(one)
    return ExitStatus.OK


@dataclass
class _Run:
    """One run of the command."""

    port: ControlPort
    options: Options
    asked: dict[str, object]
    kept: list[Path]
    """The journal of the session, once it is to stay."""

    async def connect(self) -> int:
        timeout = self.options.timeout or 120.0
        observed = Observed()
        try:
            with trio.move_on_after(timeout) as scope:
                return await self._connect(observed, scope, timeout)
        except SessionRefused as refused:
            return await self._explain(refused)
        finally:
            say_observed(observed, self.options)
        raise NoAnswer(f"did not finish within {timeout:g} s: --timeout gives it more")

    async def _connect(self, observed: Observed, scope: trio.CancelScope, timeout: float) -> int:
        netdev, hold_it = self._netdev(), bool(self.asked["hold"])
        protocol_of(self.port)  # what cannot be asked is said first
        voice = Voice(self.options, self.port, held=hold_it)
        others = await managed(self.port)
        if others is None or self.asked["force"]:
            async with kept_away(self.port) if others is not None else nullcontext():
                if others is not None and not hold_it:
                    voice.warn("ModemManager has the modem again now: --hold keeps it away")
                return await self._start(netdev, voice, observed, scope, timeout)
        if others.bearer is None or hold_it:
            raise others.refusal(hold=hold_it)
        voice.managed(others.bearer)
        return ExitStatus.OK

    async def _start(
        self,
        netdev: str,
        voice: Voice,
        observed: Observed,
        scope: trio.CancelScope,
        timeout: float,
    ) -> int:
        beside = await self._make_room(netdev, observed)
        plan = self._plan(netdev, timeout * _SHARE)
        journal = new_journal(
            address=self.port.name,
            netdev=netdev,
            protocol=protocol_of(self.port),
            node=self.port.path,
        )
        with journal:
            async with opened_device(self.port, observed=observed, joined=beside) as device:
                async with prepared(device, plan, journal) as place:
                    if plan.follow:

                        def tell(event: Event) -> None:
                            scope.deadline = math.inf  # from here on it is to stay
                            voice.tell(event)

                        await hold(place, tell)
                    async with connected(place) as connection:
                        self._settle(connection, journal, voice)
                for problem in place.problems:
                    voice.warn(problem)
        return ExitStatus.OK

    def _settle(self, connection: Connection, journal: SessionJournal, voice: Voice) -> None:
        """Leave the session up, where there is something that it can outlive this run in."""
        if self.port.simulated:
            voice.warn(
                "a simulated modem ends with this command, and its session too: --hold keeps both"
            )
        else:
            connection.keep()
            self.kept.append(journal.path)
        if connection.session.owner == "other":
            voice.warn("the session was up before, and is another program's: it stays as it is")
        voice.connected(connection)

    def _netdev(self) -> str:
        given, port = self.asked["netdev"], self.port
        netdev = str(given) if given else port.netdev
        if netdev is not None:
            return netdev
        if port.missing is not None:
            raise CannotTest(port.missing)
        if port.path is not None and not os.path.exists(port.path):
            text = "does not exist: `qmiprobe list` shows what there is"
            raise PortMissing(text, port=port.path)
        why = port.no_data_path or "no netdev belongs to this control port"
        raise CannotTest(f"{port.name}: {why}; --netdev names one")

    def _request(self, timeout: float) -> SessionRequest:
        asked = self.asked
        return SessionRequest(
            apn=str(asked["apn"]),
            user=str(asked["user"]),
            password=str(asked["password"]),
            families=_FAMILIES[str(asked["ip_type"])],
            profile=cast("int | None", asked["profile"]),
            auth=cast("Auth | None", asked["auth"]),
            timeout=timeout,
        )

    def _plan(self, netdev: str, timeout: float) -> ConnectPlan:
        asked = self.asked
        return ConnectPlan(
            request=self._request(timeout),
            netdev=netdev,
            session_id=cast("int", asked["session_id"]),
            mux_id=cast("int | None", asked["mux"]),
            endpoint=_endpoint(self.port),
            framing=cast("Framing", asked["framing"]),
            # A simulated session is not to be asked for the names of this machine.
            dns="none" if self.port.simulated else cast("DnsWay", asked["dns"]),
            metric=cast("int", asked["metric"]),
            force=bool(asked["force"]),
            follow=bool(asked["hold"]),
        )

    async def _make_room(self, netdev: str, observed: Observed) -> bool:
        """Undo what killed runs left here, with --force also a session that is kept.

        Returns whether there is another session that the modem is to keep. Raises CannotTest
        where one is in the way.
        """
        beside = False
        for one in sessions():
            if not isinstance(one, SessionJournal):
                if one.owner.netdev == netdev:
                    self._require_room(one.owner, one.bearer, held=True)
                    beside = True
                continue
            with one:
                if one.owner.netdev != netdev and not is_port_of(one, self.port):
                    continue
                if one.kept and not self.asked["force"]:
                    self._require_room(one.owner, one.bearer, held=False)
                    beside = True
                    continue
                for problem in await end_left(one, self.port, observed=observed):
                    click.echo(f"qmiprobe: left by an earlier run: {problem}", err=True)
        return beside

    def _require_room(self, owner: Owner, bearer: BearerFacts | None, *, held: bool) -> None:
        """Raise CannotTest unless the modem can have our session beside another one's."""
        number = self.asked["session_id"]
        if owner.protocol == "mbim" and bearer is not None and bearer.session_id != number:
            return
        netdev = owner.netdev
        how = f"`qmiprobe disconnect {netdev}` ends it"
        if held:
            raise CannotTest(f"another run of qmiprobe holds a session on {netdev}: {how}")
        raise CannotTest(f"{netdev} has a session of `qmiprobe connect` already: {how}, or --force")

    async def _explain(self, refused: SessionRefused) -> int:
        from qmiprobe.cli._connect_refused import report_refusal

        return await report_refusal(
            self.port,
            self.options,
            refused,
            request=self._request(0.0),
            timeout=_EXPLAIN_S,
            stream=bool(self.asked["hold"]),
        )


def _endpoint(port: ControlPort) -> tuple[int, int] | None:
    """Return type and number of the data endpoint, as modems count them."""
    if port.modem is None or port.port is None:
        return None
    if port.modem.bus == "pci":
        return _PCIE, _PCIE_NUMBER
    return None if port.port.interface is None else (_HSUSB, port.port.interface)
