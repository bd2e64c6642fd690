# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of ``qmiprobe disconnect`` that needs trio."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click
import trio

from qmiprobe.address import Address, NetdevAddress, NodeAddress, resolve
from qmiprobe.cli._connect_output import FORMAT
from qmiprobe.cli._group import PROGRAM
from qmiprobe.cli._options import Options
from qmiprobe.cli._run import run
from qmiprobe.cli._say import say
from qmiprobe.cli._session_device import end_by_journal
from qmiprobe.cli._status import ExitStatus
from qmiprobe.cli._tracing import trace_to
from qmiprobe.device._journal_system import LINUX
from qmiprobe.errors import CannotTest
from qmiprobe.session import Running, SessionJournal, held_bearer, sessions

if TYPE_CHECKING:
    from qmiprobe.address._resolve import Wrap

_LOOK_AGAIN = 0.05
_PATIENCE = 20.0
"""Seconds for a run that holds a session to undo it."""


def run_disconnect(device: Address | None, options: Options) -> int:
    """End sessions; return the exit status."""

    async def main() -> int:
        with trace_to(options) as wrap:
            return await _Run(device, options, wrap).disconnect()

    return run(main, timeout=options.timeout)


@dataclass
class _Run:
    """One run of the command."""

    device: Address | None
    options: Options
    wrap: Wrap | None
    ended: list[dict[str, object]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _exact: bool = False
    """Whether there is a session on the very netdev that was named, not only on one above it."""

    async def disconnect(self) -> int:
        paths = await self._paths()
        if isinstance(self.device, NetdevAddress):
            self._exact = held_bearer(self.device.name) is not None
        for one in sessions():
            if isinstance(one, Running):
                if self._is_meant(one, paths):
                    await self._stop(one)
                continue
            with one:
                if self._is_meant(one, paths):
                    await self._end(one)
        self._tell()
        return ExitStatus.DEFECT if self.problems else ExitStatus.OK

    async def _paths(self) -> frozenset[str]:
        """Return the nodes that DEVICE stands for, as far as it is there."""
        if isinstance(self.device, NodeAddress):
            return frozenset((self.device.path, _resolved(self.device.path)))
        if self.device is None or isinstance(self.device, NetdevAddress):
            return frozenset()
        async with resolve(self.device, sysroot=self.options.sysroot) as port:
            if port.path is None:
                raise CannotTest(port.missing or f"{port.name} has no control port")
            return frozenset((port.path,))

    def _is_meant(self, one: SessionJournal | Running, paths: frozenset[str]) -> bool:
        if self.device is None:
            return True
        if isinstance(self.device, NetdevAddress):
            name = self.device.name
            if one.bearer is not None and (one.bearer.netdev == name or self._exact):
                return one.bearer.netdev == name
            return one.owner.netdev == name
        return one.owner.port is not None and one.owner.port.path in paths

    async def _end(self, journal: SessionJournal) -> None:
        how = "kept" if journal.kept else "left"
        bearer, owner = journal.bearer, journal.owner
        problems = await end_by_journal(journal, wrap=self.wrap)
        self._note(bearer.netdev if bearer is not None else owner.netdev, owner.address, how)
        self.problems += problems

    async def _stop(self, one: Running) -> None:
        """Ask the run that holds a session to end it, as Ctrl-C would."""
        holder = one.owner.holder
        if holder is None or LINUX.life(holder) != "alive":
            self.problems.append(f"{one.path}: whoever holds this session cannot be found")
            return
        try:
            os.kill(holder.pid, signal.SIGTERM)
        except PermissionError:
            self.problems.append(f"process {holder.pid} holds the session: run as its user")
            return
        except ProcessLookupError:
            pass
        with trio.move_on_after(_PATIENCE):
            while one.path.exists():  # noqa: ASYNC110  # the file is gone once all is undone
                await trio.sleep(_LOOK_AGAIN)
        if one.path.exists():
            text = f"process {holder.pid} has not ended its session within {_PATIENCE:g} s"
            self.problems.append(f"{text}: run this again once it is gone")
            return
        netdev = one.bearer.netdev if one.bearer is not None else one.owner.netdev
        self._note(netdev, one.owner.address, "held")

    def _note(self, netdev: str, address: str, how: str) -> None:
        self.ended.append({"netdev": netdev, "device": address, "was": how})

    def _tell(self) -> None:
        for problem in self.problems:
            say(f"{PROGRAM}: {problem}", self.options, err=True)
        if self.options.json:
            document = {
                "format": FORMAT,
                "event": "disconnected",
                "ended": self.ended,
                "problems": self.problems,
            }
            click.echo(json.dumps(document, indent=2, ensure_ascii=False))
            return
        for one in self.ended:
            say(f"{one['netdev']}: disconnected, by {one['device']}", self.options)
        if not self.ended and not self.problems:
            say(f"{PROGRAM}: no session of `{PROGRAM} connect` here", self.options, err=True)


def _resolved(path: str) -> str:
    return os.path.realpath(path)
