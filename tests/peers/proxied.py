# SPDX-License-Identifier: GPL-2.0-or-later
"""The stock proxies at a simulated modem, with qmiprobe and the stock tools as their clients.

To be used in a network namespace of the test's own, where the proxies' sockets are its own too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from subprocess import DEVNULL
from typing import Literal, cast

import trio

from qmiprobe import host
from qmiprobe.sim import SimulatedModem, serve_pty
from tests.netns import run_in_netns
from tests.peers.peer import Peer, Said
from tests.requirements import CHECKOUT, proxy_path

Kind = Literal["qmi", "mbim"]
PATIENCE = 30.0
_PROFILES = {"qmi": "ec25", "mbim": "em7455"}
_OPTIONS = {"qmi": ("--device-open-qmi",), "mbim": ()}


@dataclass
class Proxied:
    """A simulated modem on a pty, and the proxy that others reach it through."""

    kind: Kind
    path: str
    modem: SimulatedModem
    proxy: trio.Process

    @property
    def address(self) -> str:
        """The modem as qmiprobe is told to reach it."""
        return f"{self.kind}-proxy:{self.path}"

    @property
    def tool(self) -> Peer:
        """The stock tool, by way of the proxy."""
        options = ("-p", *_OPTIONS[self.kind])
        return Peer((f"{self.kind}cli", "-d", self.path, *options), self.modem)

    @property
    def held(self) -> list[tuple[int, int]]:
        """(service, client id) of what the modem has given out."""
        return self.modem.face.connection.clients.held()  # type: ignore[union-attr]

    async def end_proxy(self) -> None:
        """Stop the proxy."""
        self.proxy.terminate()
        await self.proxy.wait()


async def qmiprobe(*arguments: str) -> Said:
    """Run qmiprobe in a process of its own; it is killed when it takes too long."""
    code = "from qmiprobe.cli import main; main()"
    with trio.fail_after(PATIENCE):
        done = await trio.run_process(
            [sys.executable, "-W", "error", "-c", code, *arguments],
            capture_stdout=True,
            capture_stderr=True,
            check=False,
            cwd=CHECKOUT,
        )
    said = (done.stdout or b"").decode()
    return Said(done.returncode, said + (done.stderr or b"").decode())


async def outcomes(address: str) -> dict[str, str]:
    """Run ``check``, which has to succeed; return each check's outcome."""
    said = await qmiprobe("check", address, "--json")
    assert said.status == 0, said.text
    document = cast("dict[str, list[dict[str, str]]]", json.loads(said.text))
    return {one["id"]: one["outcome"] for one in document["checks"]}


@asynccontextmanager
async def running_proxy(name: str) -> AsyncIterator[trio.Process]:
    """Run a stock proxy, and give it once it listens."""
    program = proxy_path(name)
    assert program is not None
    async with trio.open_nursery() as nursery:
        run = partial(
            trio.run_process, [program, "--no-exit"], check=False, stdout=DEVNULL, stderr=DEVNULL
        )
        process: trio.Process = await nursery.start(run)
        try:
            with trio.fail_after(5):
                while name not in host.listening_proxies():  # noqa: ASYNC110
                    await trio.sleep(0.02)
            yield process
        finally:
            if process.returncode is None:
                process.terminate()


@asynccontextmanager
async def proxied(kind: Kind, *, faults: tuple[str, ...] = ()) -> AsyncIterator[Proxied]:
    """Give a modem, and the stock proxy of its protocol."""
    modem = SimulatedModem(_PROFILES[kind], faults=faults)
    async with running_proxy(f"{kind}-proxy") as process, serve_pty(modem) as path:
        yield Proxied(kind, path, modem, process)


def with_proxy(
    kind: Kind, body: Callable[[Proxied], Awaitable[None]], *, faults: tuple[str, ...] = ()
) -> None:
    """Run ``body`` in a network namespace of its own, with a proxy at a modem."""

    async def run() -> None:
        async with proxied(kind, faults=faults) as shared:
            await body(shared)

    run_in_netns(run, timeout=60)


async def with_running_proxy(kind: Kind, body: Callable[[], Awaitable[None]]) -> None:
    """Run ``body`` while the proxy runs, for ports that it brings itself."""
    async with running_proxy(f"{kind}-proxy"):
        await body()
