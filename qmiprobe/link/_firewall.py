# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules of nftables (iptables-nft among them) that throw packets away and may mean a netdev.

A hint where to look, never a proof: that is what the four observation points give.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from functools import partial

import trio

_SECONDS = 5.0
_PATH = "/usr/sbin:/sbin:/usr/bin:/bin"


@dataclass(frozen=True, kw_only=True)
class DropRule:
    """A rule that drops or rejects, or a chain whose policy does."""

    table: str
    chain: str
    hook: str
    text: str
    """The rule as data, shortened; policy for a chain's policy."""
    packets: int | None
    """How many it has met, where it counts."""


@dataclass(frozen=True, kw_only=True)
class FirewallFacts:
    """What was found; None where it cannot be read, and why."""

    drops: tuple[DropRule, ...] | None
    why_not: str | None = None


async def read_firewall(netdev: str) -> FirewallFacts:
    """Return the rules on input, output and prerouting that may throw packets of it away."""
    program = shutil.which("nft", path=_PATH)
    if program is None:
        return FirewallFacts(drops=None, why_not="nft is not installed")
    run = partial(
        trio.run_process,
        [program, "-j", "list", "ruleset"],
        capture_stdout=True,
        capture_stderr=True,
        check=False,
    )
    done: subprocess.CompletedProcess[bytes] | None = None
    with trio.move_on_after(_SECONDS):
        done = await run()
    if done is None or done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip()[-120:] if done else "no answer"
        return FirewallFacts(drops=None, why_not=f"nft: {said}")
    return FirewallFacts(drops=tuple(parse_drops(done.stdout, netdev)))


def parse_drops(listing: bytes, netdev: str) -> list[DropRule]:
    """Return the rules that throw packets away in what ``nft -j list ruleset`` printed."""
    try:
        items = json.loads(listing)["nftables"]
    except (ValueError, KeyError, TypeError):
        return []
    hooks: dict[tuple[str, str], str] = {}
    found = []
    for item in items:
        chain = item.get("chain") if isinstance(item, dict) else None
        if chain and chain.get("hook") in ("input", "output", "prerouting", "postrouting"):
            hooks[chain["table"], chain["name"]] = chain["hook"]
            if chain.get("policy") == "drop":
                found.append(
                    DropRule(
                        table=f"{chain['family']} {chain['table']}",
                        chain=chain["name"],
                        hook=chain["hook"],
                        text="policy drop",
                        packets=None,
                    )
                )
    for item in items:
        rule = item.get("rule") if isinstance(item, dict) else None
        if rule and (made := _drop(rule, hooks, netdev)) is not None:
            found.append(made)
    return found


def _drop(
    rule: dict[str, object], hooks: dict[tuple[str, str], str], netdev: str
) -> DropRule | None:
    table, chain = str(rule.get("table")), str(rule.get("chain"))
    parts = rule.get("expr")
    if not isinstance(parts, list) or (table, chain) not in hooks:
        return None
    if not any("drop" in part or "reject" in part for part in parts):
        return None
    named = [
        part["match"]["right"]
        for part in parts
        if "match" in part and part["match"].get("left") in _NETDEV_KEYS
    ]
    if named and netdev not in str(named):
        return None
    counters = [part["counter"] for part in parts if isinstance(part.get("counter"), dict)]
    return DropRule(
        table=f"{rule.get('family')} {table}",
        chain=chain,
        hook=hooks[table, chain],
        text=json.dumps([part for part in parts if "counter" not in part])[:160],
        packets=counters[0].get("packets") if counters else None,
    )


_NETDEV_KEYS = ({"meta": {"key": "iifname"}}, {"meta": {"key": "oifname"}})
