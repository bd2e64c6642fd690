# SPDX-License-Identifier: GPL-2.0-or-later
"""The ladder of `vpn` over causes: each in a bed of its own, several at once."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import trio

from qmiprobe.check import Report, climb
from qmiprobe.check.vpn import VPN_LADDER, VpnContext, VpnOptions, VpnPace
from qmiprobe.diagnosis import Finding, Outcome, Verdict
from qmiprobe.vpn import Kind
from tests.bed.reflector import reflecting
from tests.bed.turns import alone
from tests.bed.world import Bed, bed
from tests.netns import BodyFailed, run_in_netns

from .cause import Cause
from .causes import CAUSES
from .daemons import daemons, own_run

AT_ONCE = 2 * (os.cpu_count() or 1)
SECONDS = 100.0


@dataclass(frozen=True)
class Climbed:
    """What came of one cause."""

    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    duration_s: float

    @property
    def named(self) -> set[str]:
        """The ids of all findings."""
        return {finding.id for finding in self.findings}

    @property
    def commands(self) -> str:
        """The commands of all findings."""
        return "\n".join(line for one in self.findings for line in one.remedy.commands)

    def __str__(self) -> str:
        lines = []
        for one in self.verdicts:
            lines.append(f"{one.outcome:8} {one.duration_s:5.1f} s {one.check:14} {one.summary}")
            if one.outcome in (Outcome.FAIL, Outcome.BROKEN, Outcome.WARN):
                lines += [f"    {line.text}" for line in one.evidence]
        return "\n".join([*lines, *(f"{one.id}: {one.title}" for one in self.findings)])


async def climb_in(cause: Cause, built: Bed, folder: Path, *, reflector: str | None) -> Report:
    """Climb at the client of a bed whose tunnel is up."""
    resolv_conf = folder / "resolv.conf"
    resolv_conf.write_text(f"nameserver {cause.dns}\n", encoding="ascii")
    options = VpnOptions(
        host=cause.host,
        peer=cause.peer,
        kind=Kind(cause.kind) if cause.kind else None,
        targets=built.targets,
        resolv_conf=str(resolv_conf),
        reflector=reflector,
        pace=VpnPace(handshake_s=6.0),
    )
    return await climb(VPN_LADDER, VpnContext(options), timeout=60)


async def _climbed(name: str) -> Climbed:
    cause = next(one for one in CAUSES if one.name == name)
    own_run()
    with tempfile.TemporaryDirectory() as folder:
        async with bed(cause.recipe) as built, AsyncExitStack() as stack:
            with daemons(built, Path(folder)) as made:
                await trio.to_thread.run_sync(cause.tunnel, made)  # a relay may have to run
                for line in cause.after:
                    built.command(line)
                url = None
                if cause.reflect:
                    urls, _ = await stack.enter_async_context(reflecting(built))
                    url = urls[4]
                report = await climb_in(cause, built, Path(folder), reflector=url)
    return Climbed(report.verdicts, report.findings, report.duration_s)


def climbed(name: str) -> Climbed | BodyFailed:
    """Climb in a child process with a bed of its own; what it raised stands in its place."""
    try:
        return run_in_netns(_climbed, name, timeout=SECONDS)
    except BodyFailed as error:
        return error


def climbs(causes: Iterable[Cause]) -> dict[str, Climbed | BodyFailed]:
    """Climb over all of them, several at once."""
    names = [one.name for one in causes]
    with alone(), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork beside the pool's own thread
        with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("fork")) as pool:
            return dict(zip(names, pool.map(climbed, names), strict=True))
