# SPDX-License-Identifier: GPL-2.0-or-later
"""Certificates of a VPN, and the time: what is not valid at this clock's may be at the real one."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qmiprobe import link
from qmiprobe.bearer import Targets
from qmiprobe.diagnosis import Evidence, JsonValue

if TYPE_CHECKING:
    from qmiprobe.bearer import BearerFacts
    from qmiprobe.check.vpn._context import VpnContext
    from qmiprobe.vpn import Validity


def note_certificates(
    context: VpnContext, found: Iterable[tuple[str, Validity]], *, source: str
) -> list[Evidence]:
    """Note certificates that are not valid at this clock's time; return lines about them."""
    now = time.time()
    records: list[JsonValue] = []
    lines = []
    for whose, valid in found:
        if not valid.holds(now):
            records.append({"whose": whose, "begins": int(valid.begins), "ends": int(valid.ends)})
            text = f"a certificate ({whose}) is valid from {day(valid.begins)} to {day(valid.ends)}"
            lines.append(Evidence(text, source=source))
    if records:
        context.facts.add("vpn.certificates", records, source=source)
        context.facts.add("vpn.now", int(now), source="this clock")
    return lines


async def ask_time(context: VpnContext, outside: BearerFacts | None) -> list[Evidence]:
    """Note what time it is by servers that the link reaches; return a line about it."""
    if outside is None:
        return []
    targets: Targets = context.options.targets or link.default_targets()
    clock = await link.measure_clock(outside, targets=targets)
    if clock.ahead_s is None:
        return []
    ahead = round(clock.ahead_s)
    context.facts.add("vpn.clock_ahead_s", ahead, source=f"packets on {outside.netdev}")
    return [Evidence(f"time servers are {ahead} s ahead of this clock", value=ahead)]


def day(seconds: float) -> str:
    """A time as a day, for people."""
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%d")
