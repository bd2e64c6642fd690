# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs qmiprobe in processes of their own, forked from one that has loaded it: a few ms each.

Started inside a network namespace, the runs are in it too.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import trio

from tests.requirements import CHECKOUT

_NEEDED = (
    *("trio", "pyroute2", "rich.console", "jeepney.io.trio", "qmiprobe.cli._connect"),
    *("qmiprobe.cli._disconnect", "qmiprobe.cli._connect_refused", "qmiprobe.device._journal"),
    *("qmiprobe.session._qmi", "qmiprobe.session._mbim", "qmiprobe.session._framing"),
    *("qmiprobe.session._undo_modem", "qmiprobe.session._resolver", "qmiprobe.session._links"),
    *("qmiprobe.session._hold", "qmiprobe.session._joined", "qmiprobe.check._modem_qmi"),
    *("qmiprobe.check._modem_mbim", "qmiprobe.mbim.services.basic_connect"),
    *(f"qmiprobe.qmi.services.{name}" for name in ("ctl", "dms", "nas", "uim", "wda", "wds")),
)


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    status: int
    """Negative: by this signal."""
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, object]]:
        """JSON objects on standard output, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    def __str__(self) -> str:
        return f"status {self.status}\n{self.out}\n{self.err}"


@dataclass(frozen=True)
class Running:
    """A run that is on."""

    pid: int
    out: Path
    err: Path
    ended: trio.MemoryReceiveChannel[int]

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal; nothing where it has ended."""
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return

    async def wait(self) -> Ended:
        """Wait until it ends."""
        status = await self.ended.receive()
        out, err = (one.read_text() if one.exists() else "" for one in (self.out, self.err))
        return Ended(status, out, err)


class Forks:
    """The process that forks; made by :func:`forking`."""

    def __init__(self, process: trio.Process, folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._waiting: dict[int, trio.MemorySendChannel[int]] = {}
        self._begun: dict[int, tuple[trio.Event, list[int]]] = {}
        self._runs = 0

    async def start(self, *arguments: str, **environment: str) -> Running:
        """Start ``qmiprobe ARGUMENTS``."""
        self._runs += 1
        number = self._runs
        out, err = self._folder / f"{number}.out", self._folder / f"{number}.err"
        send, receive = trio.open_memory_channel[int](1)
        self._waiting[number] = send
        begun, pids = self._begun[number] = trio.Event(), []
        order = {
            "number": number,
            "arguments": arguments,
            "environment": environment,
            "out": str(out),
            "err": str(err),
        }
        assert self._process.stdin is not None
        await self._process.stdin.send_all(json.dumps(order).encode() + b"\n")
        await begun.wait()
        return Running(pids[0], out, err, receive)

    async def run(self, *arguments: str, **environment: str) -> Ended:
        """Run ``qmiprobe ARGUMENTS`` and wait until it ends."""
        return await (await self.start(*arguments, **environment)).wait()

    async def listen(self, ready: trio.Event) -> None:
        """Take what the process tells."""
        rest = b""
        assert self._process.stdout is not None
        async for data in self._process.stdout:
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                self._take(cast("dict[str, int]", json.loads(line)), ready)

    def _take(self, told: Mapping[str, int], ready: trio.Event) -> None:
        if "pid" in told:
            event, pids = self._begun[told["number"]]
            pids.append(told["pid"])
            event.set()
        elif "status" in told:
            self._waiting[told["number"]].send_nowait(told["status"])
        else:
            ready.set()


@asynccontextmanager
async def forking(folder: Path, **environment: str) -> AsyncGenerator[Forks, None]:
    """Have a process to fork runs from; it and they end with the block."""
    command = [sys.executable, "-W", "error", "-m", "tests.cli.forking"]
    process = await trio.lowlevel.open_process(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=CHECKOUT,
        env={**os.environ, **environment},
    )
    forks, ready = Forks(process, folder), trio.Event()
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(forks.listen, ready)
            with trio.fail_after(60):
                await ready.wait()
            yield forks
            nursery.cancel_scope.cancel()
    finally:
        process.kill()
        with trio.CancelScope(shield=True):
            await process.wait()
            for stream in (process.stdin, process.stdout):
                assert stream is not None
                await stream.aclose()


def _tell(values: dict[str, int]) -> None:
    os.write(1, json.dumps(values).encode() + b"\n")


def _fork(order: dict[str, object]) -> None:
    child = os.fork()
    if child:
        return
    # This one waits for the run: several may be on at a time.
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    inner = os.fork()
    number = cast("int", order["number"])
    if inner == 0:
        for descriptor, name in ((1, "out"), (2, "err")):
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            os.dup2(os.open(str(order[name]), flags, 0o600), descriptor)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.environ.update(cast("dict[str, str]", order["environment"]))
        from qmiprobe.cli import main

        main(cast("list[str]", order["arguments"]))
    _tell({"number": number, "pid": inner})
    _tell({"number": number, "status": os.waitstatus_to_exitcode(os.waitpid(inner, 0)[1])})
    os._exit(0)


def _serve() -> None:
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    for name in _NEEDED:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    _tell({})
    for line in sys.stdin:
        _fork(json.loads(line))


if __name__ == "__main__":
    _serve()
