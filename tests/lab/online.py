# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem on the machine's bus with its network behind it, and ``qmiprobe`` run at its nodes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator, Iterable
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

import trio

from qmiprobe.bearer import HttpTarget, Targets
from qmiprobe.sim.dataplane import DataPlane, open_dataplane
from tests.lab import slow
from tests.lab.plugged import Plugged, plugged, run
from tests.requirements import CHECKOUT

_FOLDER = Path("/tmp")
_CHECK_SECONDS = 100
"""What a check may take in the machine; the tests that do without sessions take a tenth of it."""


@dataclass
class Online:
    """A modem that is plugged in, and the network that its data sessions lead to."""

    plug: Plugged
    plane: DataPlane


@asynccontextmanager
async def online(
    profile: str, *, usb_faults: Iterable[str] = (), configuration: int | None = None
) -> AsyncGenerator[Online, None]:
    """Have a modem on the bus with a network behind it."""
    async with plugged(profile, usb_faults=usb_faults) as plug:
        faults = plug.modem.network_faults
        async with open_dataplane(port=plug.body.port, faults=faults) as plane:
            plug.modem.bearers = plane.table
            if configuration is not None:
                await plug.configure(configuration)
            if await trio.Path("/sys/class/net/wwan0/qmi").exists():
                await _give_address("wwan0")
            yield Online(plug, plane)


async def _give_address(netdev: str) -> None:
    """Replace its random Ethernet address: one that begins like an IP packet is a fault."""
    status, output = await run("ip", "link", "set", netdev, "address", "02:50:56:00:00:01")
    assert status == 0, output


@dataclass
class Report:
    """What a run of ``qmiprobe check`` found."""

    status: int
    document: dict[str, object]
    errors: str
    outcomes: dict[str, str] = field(init=False)
    """By check: pass, warn, fail, blocked, skipped."""
    summaries: dict[str, str] = field(init=False)
    findings: list[str] = field(init=False)

    def __post_init__(self) -> None:
        checks = cast("list[dict[str, str]]", self.document.get("checks", []))
        self.outcomes = {check["id"]: check["outcome"] for check in checks}
        self.summaries = {check["id"]: check["summary"] for check in checks}
        found = cast("list[dict[str, str]]", self.document.get("findings", []))
        self.findings = [finding["id"] for finding in found]

    def of(self, *outcomes: str) -> dict[str, str]:
        """Return the checks that ended so, with what they say."""
        return {
            name: self.summaries[name] for name, one in self.outcomes.items() if one in outcomes
        }

    def __str__(self) -> str:
        lines = [f"exit status {self.status}, findings {self.findings}", self.errors]
        lines += [
            f"{self.outcomes[name]:8} {name}: {self.summaries[name]}" for name in self.outcomes
        ]
        return "\n".join(lines)


class Judge:
    """Runs ``qmiprobe`` as a process of its own, quickly: see :mod:`tests.lab._judge`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._runs = 0
        self.pid = 0
        """Of the run that is on, or was last."""

    async def check(self, *arguments: str, seconds: float = _CHECK_SECONDS) -> Report:
        """Run ``qmiprobe check ARGUMENTS --json``."""
        words = ("check", *arguments, "--json", "--timeout", str(seconds))
        status, output, errors = await self.run(*words, seconds=seconds * 1.5)
        document = json.loads(output) if output.strip() else {}
        return Report(status, document, errors)

    async def run(
        self, *arguments: str, seconds: float = 60.0, prepare: tuple[str, str, str] | None = None
    ) -> tuple[int, str, str]:
        """Run ``qmiprobe ARGUMENTS``; return exit status, output and errors.

        ``prepare``: module, function and a word for it, called in the process beforehand.
        """
        self._runs += 1
        output, errors = _FOLDER / f"judge-{self._runs}.out", _FOLDER / f"judge-{self._runs}.err"
        order = {"arguments": arguments, "output": str(output), "errors": str(errors)}
        order |= {} if prepare is None else {"prepare": prepare}
        print(json.dumps(order), file=self._process.stdin, flush=True)
        self.pid = cast("int", (await self._said())["pid"])
        try:
            with trio.fail_after(seconds):
                status = cast("int", (await self._said())["status"])
        except trio.TooSlowError:
            os.kill(self.pid, signal.SIGABRT)
            await self._said()
            raise AssertionError(f"did not end: {errors.read_text()}") from None
        return status, output.read_text(), errors.read_text()

    async def _said(self) -> dict[str, object]:
        assert self._process.stdout is not None
        line = await trio.to_thread.run_sync(self._process.stdout.readline, abandon_on_cancel=True)
        return cast("dict[str, object]", json.loads(line))

    def wait_until_ready(self) -> None:
        """Wait until it has loaded everything."""
        assert cast("IO[str]", self._process.stdout).readline()


@contextmanager
def judge_process() -> Generator[Judge, None, None]:
    """Start a judge; it ends with the block."""
    command = [sys.executable, "-m", "tests.lab._judge"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    )
    with process:
        judge = Judge(process)
        judge.wait_until_ready()
        try:
            yield judge
        finally:
            cast("IO[str]", process.stdin).close()
            process.wait(slow(1))


def write_targets(targets: Targets, path: Path) -> str:
    """Write a file for ``--targets``; return its path."""
    lines = [f"name = {_text(targets.name)}"]
    lines.append(f"existing-name = {_text(targets.existing_name)}")
    lines.append(f"missing-name = {_text(targets.missing_name)}")
    lines.append(f"echo = [{', '.join(_text(one) for one in targets.echo)}]")
    tcp = (f"[{_text(address)}, {port}]" for address, port in targets.tcp)
    lines.append(f"tcp = [{', '.join(tcp)}]")
    for kind, pages in (("http", targets.http), ("large", targets.large)):
        lines += [line for page in pages for line in _page(kind, page)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def _page(kind: str, page: HttpTarget) -> list[str]:
    addresses = ", ".join(_text(one) for one in page.addresses)
    return [
        f"[[{kind}]]",
        f"host = {_text(page.host)}",
        f"path = {_text(page.path)}",
        f"status = {page.status}",
        f"port = {page.port}",
        f"addresses = [{addresses}]",
    ]


def _text(value: object) -> str:
    return json.dumps(str(value))
