# SPDX-License-Identifier: GPL-2.0-or-later
"""A network namespace with a modem on a pty, its netdev and network; ``qmiprobe`` runs there."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import trio

from qmiprobe.sim import SimulatedModem, serve_pty
from qmiprobe.sim.dataplane import DataPlane, open_dataplane
from tests.cli.forking import Ended, Forks, Running, forking
from tests.dbus.private_bus import private_bus
from tests.netns import run_in_netns
from tests.session.fake_resolver import FakeResolver, running
from tests.session.machine import ip, settled

NO_BUS = "unix:path=/nonexistent/bus"


@dataclass
class Stage:
    """What a test has to do with."""

    modem: SimulatedModem
    plane: DataPlane
    address: str
    """``qmi:/dev/pts/3``."""
    forks: Forks
    folder: Path
    """Where the journals stand."""

    @property
    def journals(self) -> list[str]:
        """Names of the journals' files."""
        return sorted(one.name for one in self.folder.iterdir()) if self.folder.exists() else []

    @property
    def sessions(self) -> list[int]:
        """Numbers of the sessions that are up."""
        return self.modem.state.sessions.numbers

    async def connect(self, *options: str) -> Ended:
        """Run ``qmiprobe connect``."""
        return await self.forks.run("connect", self.address, "--netdev", "wwan0", *options)

    async def hold(self, *options: str) -> Running:
        """Start ``qmiprobe connect --hold --json``."""
        words = ("connect", self.address, "--netdev", "wwan0", "--hold", "--json", *options)
        return await self.forks.start(*words)

    async def disconnect(self, *words: str) -> Ended:
        """Run ``qmiprobe disconnect``."""
        return await self.forks.run("disconnect", *words)

    async def reaches(self, family: int) -> bool:
        """Whether the web server of the network takes a connection."""
        target = {4: "203.0.113.80", 6: "2001:db8:80::80"}[family]
        try:
            with trio.fail_after(5):
                async with await trio.open_tcp_stream(target, 80):
                    return True
        except (OSError, trio.TooSlowError):
            return False


async def said(run: Running, event: str, *, times: int = 1) -> dict[str, object]:
    """Wait until a run has told an event so often; return the last."""
    with trio.move_on_after(20):
        while True:
            text = run.out.read_text() if run.out.exists() else ""
            lines = text[: text.rfind("\n") + 1]
            found = [one for one in Ended(0, lines, "").objects if one.get("event") == event]
            if len(found) >= times:
                return found[times - 1]
            await trio.sleep(0.02)
    raise AssertionError(f"never {event}: {run.out.read_text()}{run.err.read_text()}")


@asynccontextmanager
async def stage(
    profile: str, *, faults: Iterable[str] = (), up: bool = True, **environment: str
) -> AsyncGenerator[Stage, None]:
    """Set the stage, inside a namespace of the test's own."""
    modem = SimulatedModem(profile, faults=faults)
    with tempfile.TemporaryDirectory(prefix="qmiprobe-connect-") as name:
        journals = Path(name) / "run"
        variables = {
            "QMIPROBE_RUNTIME_DIR": str(journals),
            "DBUS_SYSTEM_BUS_ADDRESS": NO_BUS,
            **environment,
        }
        async with (
            forking(Path(name), **variables) as forks,
            open_dataplane("wwan0", ethernet=modem.ethernet) as plane,
            serve_pty(modem) as path,
        ):
            modem.bearers = plane.table
            if not up:  # the first time up, the kernel gives it a queue for ever
                ip("link", "set", "wwan0", "down")
            address = f"{modem.profile.protocol}:{path}"
            yield Stage(modem, plane, address, forks, journals)


Play = Callable[[Stage], Awaitable[None]]


Heard = Callable[[Stage, FakeResolver], Awaitable[None]]


def play_beside_a_resolver(
    body: Heard, profile: str, *, up: bool = True, timeout: float = 60
) -> None:
    """Run ``body`` on a stage with a resolver on a bus of its own."""

    async def whole() -> None:
        with private_bus() as address:
            resolver = FakeResolver()
            async with (
                running(address, resolver),
                stage(profile, up=up, DBUS_SYSTEM_BUS_ADDRESS=address) as set_up,
            ):
                await body(set_up, resolver)

    run_in_netns(whole, timeout=timeout)


def play(
    body: Play,
    profile: str,
    *,
    faults: Iterable[str] = (),
    up: bool = True,
    same: bool = True,
    timeout: float = 60,
) -> None:
    """Run ``body`` on a stage; with ``same`` the machine has to be afterwards as it was before."""

    async def whole() -> None:
        async with stage(profile, faults=faults, up=up) as set_up:
            before = await settled()
            await body(set_up)
            if same:
                assert await settled() == before
                assert set_up.journals in ([], ["client-ids.json"])

    run_in_netns(whole, timeout=timeout)
