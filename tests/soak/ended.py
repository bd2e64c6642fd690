# SPDX-License-Identifier: GPL-2.0-or-later
"""A slow simulated modem on a pty, and runs of `qmiprobe check` on it that are ended early."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trio

from qmiprobe._framing import Frame, Garbage
from qmiprobe.device import QmiDevice, qmi_device
from qmiprobe.device._journal import FILE
from qmiprobe.device._journal_entries import read_entries
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.qmi._sdu import CTL
from qmiprobe.sim import SimulatedModem, serve_pty
from qmiprobe.transport import ControlTransport, open_wdm
from tests.requirements import CHECKOUT

PATIENCE = 60.0
"""Seconds within which a run ends by itself, or after a signal, on a loaded machine."""
IDLE_START = 0.35
"""Seconds from the start of the program to its first request, on a machine with nothing to do."""
IDLE_END = 0.3
"""And from its last request to its end, an answer included."""
PATIENCE_AFTER = 5.0
"""Seconds after a run until the modem has what it gave back; on a loaded machine it is late."""
_SERVICE_AT = 4
_HOST = ("/proc/net/dev", "/proc/net/route", "/proc/net/fib_trie", "/proc/net/if_inet6")

Ids = list[tuple[int, int]]


@dataclass(frozen=True)
class Moment:
    """A time in a run, by what the modem was asked: the same on a loaded machine."""

    asked: int
    """Requests that the modem has begun to look at; with none it counts from the start."""
    further: float
    """Seconds from there."""


START = Moment(0, 0.0)


class Progress:
    """When the modem began to look at each request of a run, in seconds from its start."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """A new run starts."""
        self.times: list[float] = []
        self._start = trio.current_time()
        self._came = trio.Event()

    def note(self) -> None:
        """One more."""
        self.times.append(trio.current_time() - self._start)
        self._came.set()
        self._came = trio.Event()

    async def reach(self, moment: Moment) -> None:
        """Wait until then."""
        while len(self.times) < moment.asked:
            await self._came.wait()
        await trio.sleep(moment.further)

    def moment(self, share: float, end: float) -> Moment:
        """What was after this share of the run, which took until ``end``.

        Python's own start and end count for no more than they take on an idle machine.
        """
        first, end = self.times[0], min(end, self.times[-1] + IDLE_END)
        start = min(first, IDLE_START)
        after = share * (end - first + start)
        if after < start:
            return Moment(0, after * first / start)
        after += first - start
        before = [one for one in self.times if one <= after]
        return Moment(len(before), after - before[-1])


class Slow:
    """The modem's end of a port, which looks at one request after the other, ``pause`` s each.

    ``ctl``: at one for the control service too. Else client ids are given at once: who is killed
    while it waits for one does not learn its number, and so nobody does.
    """

    def __init__(
        self, inner: ControlTransport, progress: Progress, *, pause: float, ctl: bool
    ) -> None:
        self.name, self.max_command = inner.name, inner.max_command
        self._inner = inner
        self._progress = progress
        self._pause, self._ctl = pause, ctl

    async def send(self, message: bytes) -> None:
        await self._inner.send(message)

    async def receive(self) -> Frame | Garbage:
        item = await self._inner.receive()
        self._progress.note()
        if self._ctl or item.data[_SERVICE_AT] != CTL:
            await trio.sleep(self._pause)
        return item

    async def aclose(self) -> None:
        await self._inner.aclose()


@dataclass(kw_only=True)
class Ended:
    """How one run ended."""

    status: int
    held: Ids
    """What the modem had given out when the signal was sent."""
    took_signals: bool
    """Whether the program, and not Python that was still starting, had them in hand."""
    over: bool = False
    """Whether the run was over before."""
    out: str = ""
    err: str = ""

    @property
    def report(self) -> dict[str, Any]:
        """The JSON that it wrote."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def told(self) -> str:
        """What there is to say where it did not end as it should."""
        bad = [one for one in self.report["checks"] if one["outcome"] == "fail"] if self.out else []
        return f"status {self.status}, {self.held} were held; {bad} {self.err}"

    def check(self, name: str) -> dict[str, Any]:
        """One check of the report."""
        return next(one for one in self.report["checks"] if one["id"] == name)


@dataclass
class Stage:
    """A modem on a pty, and the folder of the journal."""

    modem: SimulatedModem
    path: str
    folder: Path
    progress: Progress = field(default_factory=Progress)
    _runs: int = field(default=0)

    @property
    def noted(self) -> Ids:
        """What stands in the journal."""
        file = self.folder / "run" / FILE
        entries = read_entries(file.read_bytes()) if file.exists() else []
        return sorted((one.service, one.client) for one in entries)

    @property
    def sessions(self) -> list[int]:
        """Data sessions that are up in the modem."""
        return self.modem.state.sessions.numbers

    async def run(
        self, *options: str, number: signal.Signals | None = None, when: Moment = START
    ) -> Ended:
        """Run a check and, with ``number``, send it a signal at some moment."""
        self._runs += 1
        self.progress.begin()
        out, err = (self.folder / f"{name}-{self._runs}" for name in ("out", "err"))
        environment = {**os.environ, "QMIPROBE_RUNTIME_DIR": str(self.folder / "run")}
        command = ["-W", "error", "-m", "qmiprobe", "check", self.path, "--json", *options]
        with out.open("wb") as to, err.open("wb") as complaints:
            process = await trio.lowlevel.open_process(
                [sys.executable, *command],
                stdout=to.fileno(),
                stderr=complaints.fileno(),
                cwd=CHECKOUT,
                env=environment,
            )
        ended = Ended(status=0, held=[], took_signals=False)
        try:
            if number is not None:
                await self._until(when, process)
                ended.held = sorted(self.modem.client_ids)
                ended.over = process.returncode is not None
                ended.took_signals = ended.over or _takes_signals(process.pid)
                process.send_signal(number)
            with trio.fail_after(PATIENCE):
                ended.status = await process.wait()
        finally:
            process.kill()
            with trio.CancelScope(shield=True):
                await process.wait()
        ended.out, ended.err = out.read_text(), err.read_text()
        return ended

    async def _until(self, when: Moment, process: trio.Process) -> None:
        """Wait until then, or until the run is over."""
        async with trio.open_nursery() as nursery:

            async def over() -> None:
                await process.wait()
                nursery.cancel_scope.cancel()

            nursery.start_soon(over)
            await self.progress.reach(when)
            nursery.cancel_scope.cancel()

    @asynccontextmanager
    async def other_program(self) -> AsyncIterator[QmiDevice]:
        """Another program on the port, which keeps no journal."""
        port = await open_wdm(self.path, QmuxFramer())
        try:
            async with qmi_device(port) as device:
                yield device
        finally:
            await port.aclose()

    async def settle(self) -> None:
        """Wait until the modem has looked at what a killed run had still asked."""
        await trio.sleep(0.6)

    async def all_back(self) -> bool:
        """Wait a moment for the modem to look at what a run gave back with its last breath."""
        with trio.move_on_after(PATIENCE_AFTER):
            while self.modem.client_ids:  # noqa: ASYNC110
                await trio.sleep(0.05)
        return not self.modem.client_ids


@asynccontextmanager
async def stage(folder: Path, *, pause: float, ctl: bool) -> AsyncIterator[Stage]:
    """Serve a modem while the block runs; see :class:`Slow`."""
    await trio.Path(folder).mkdir()
    modem, progress = SimulatedModem("ec25"), Progress()

    def slow(inner: ControlTransport) -> ControlTransport:
        return Slow(inner, progress, pause=pause, ctl=ctl)

    async with serve_pty(modem, wrap=slow) as path:
        yield Stage(modem, path, folder, progress)


def host_state() -> dict[str, list[str]]:
    """Netdevs, addresses and routes of this network namespace."""
    state = {}
    for name in _HOST:
        file = Path(name)
        lines = file.read_text(encoding="ascii").splitlines() if file.exists() else []
        # Of a netdev its name: it counts packets.
        state[name] = [line.partition(":")[0] for line in lines] if name == _HOST[0] else lines
    return state


def _takes_signals(pid: int) -> bool:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(errors="replace").splitlines()
    except OSError:
        return False
    caught = next((int(one.split()[1], 16) for one in lines if one.startswith("SigCgt")), 0)
    return bool(caught >> (signal.SIGTERM - 1) & 1)
