# SPDX-License-Identifier: GPL-2.0-or-later
"""The ladder of `link` over recipes: each in a bed of its own, several at once."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from tempfile import NamedTemporaryFile

from qmiprobe.check import Report, climb
from qmiprobe.check.link import LINK_LADDER, LinkOptions, Pace, open_link
from qmiprobe.diagnosis import Facts, Finding, Outcome, Verdict
from tests.netns import BodyFailed, run_in_netns

from .recipe import HEALTHY, Recipe
from .reflector import reflecting
from .turns import alone
from .world import bed

AT_ONCE = 5 * (os.cpu_count() or 1)
"""Most of a climb is waiting."""
SECONDS = 110.0
# Sockets that are kept for late answers are reset after 3 s: only then is the netdev silent.
PACE = Pace(idle_s=3.3, rtt_packets=40, nat_longest_s=4.0, load_s=2.0)


@dataclass(frozen=True)
class Climbed:
    """What came of one recipe."""

    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    facts: list[dict[str, object]]
    duration_s: float

    @property
    def named(self) -> set[str]:
        """The ids of all findings."""
        return {finding.id for finding in self.findings}

    def outcome(self, check: str) -> Outcome:
        """How a check ended."""
        return next(one.outcome for one in self.verdicts if one.check == check)

    def __str__(self) -> str:
        lines = [
            f"{one.outcome:8} {one.duration_s:5.1f} s {one.check:20} {one.summary}"
            for one in self.verdicts
        ]
        for one in self.verdicts:
            if one.outcome in (Outcome.FAIL, Outcome.BROKEN):
                lines += [f"    {one.check}: {line.text}" for line in one.evidence]
        return "\n".join([*lines, *(f"{one.id}: {one.title}" for one in self.findings)])


async def climb_in(
    recipe: Recipe, *, only: str | None = None, resolv_conf: str | None = None
) -> Report:
    """Climb inside a namespace of the caller's.

    With ``resolv_conf`` nobody says what the network gave: the netdev and that file are all.
    """
    async with AsyncExitStack() as stack:
        built = await stack.enter_async_context(bed(recipe))
        urls: dict[int, str] = {}
        if recipe.needs_reflector:
            urls, _ = await stack.enter_async_context(reflecting(built))
        if recipe.resolv_conf:
            resolv_conf = stack.enter_context(_resolv_conf(recipe.resolv_conf))
        known = resolv_conf is None or bool(recipe.resolv_conf)
        options = LinkOptions(
            netdev=built.bearer.netdev,
            targets=built.targets,
            bearer=built.bearer if known else None,
            bearer_source="the bed",
            reflector=urls.get(4),
            load=recipe.load,
            pace=PACE,
            resolv_conf=resolv_conf or "/nonexistent",
        )
        async with open_link(options) as context:
            return await climb(LINK_LADDER, context, timeout=SECONDS - 10, only=only)


@contextmanager
def _resolv_conf(servers: Iterable[str]) -> Iterator[str]:
    """Write such a file; gives its path."""
    with NamedTemporaryFile("w", prefix="resolv-", suffix=".conf") as file:
        file.writelines(f"nameserver {one}\n" for one in servers)
        file.flush()
        yield file.name


async def _climbed(recipe: Recipe, only: str | None) -> Climbed:
    report = await climb_in(recipe, only=only)
    facts: list[dict[str, object]] = [dict(one) for one in report.facts.to_json()]
    return Climbed(report.verdicts, report.findings, facts, report.duration_s)


def climbed(recipe: Recipe = HEALTHY, *, only: str | None = None) -> Climbed:
    """Climb in a child process with a bed of its own."""
    return run_in_netns(_climbed, recipe, only, timeout=SECONDS)


def climbs(recipes: Iterable[Recipe]) -> dict[str, Climbed | BodyFailed]:
    """Climb over all of them, several at once; what a climb raised stands in its place."""
    # Those that take longest come first, so that the last ones do not wait for one of them.
    recipes = sorted(recipes, key=lambda one: not (one.needs_reflector or one.load or one.radio))
    with alone(), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork beside the pool's own thread
        with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("fork")) as pool:
            found = list(pool.map(_climbed_or_failed, recipes))
    return dict(zip((recipe.name for recipe in recipes), found, strict=True))


def _climbed_or_failed(recipe: Recipe) -> Climbed | BodyFailed:
    try:
        return climbed(recipe)
    except BodyFailed as error:
        return error


@cache
def healthy() -> Climbed:
    """The climb in a bed without a fault, once for all tests of a process."""
    return climbed(replace(HEALTHY, name="healthy"))


def facts_of(found: Climbed) -> Facts:
    """The facts of a climb, to be asked by name."""
    return Facts.from_json(found.facts)  # type: ignore[arg-type]
